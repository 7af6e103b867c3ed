"""Every example of every language file holds: the languages' own tests."""

import pytest

from timeline.examples import check_example
from timeline.knowledge import load
from timeline.pipeline import Extractor

CASES = [(language.code, number) for language in load().languages.values() for number in range(len(language.examples))]


@pytest.mark.parametrize(("code", "number"), CASES, ids=[f"{code}-{number}" for code, number in CASES])
def test_examples_hold(engine: Extractor, code: str, number: int) -> None:
    example = engine.knowledge.languages[code].examples[number]
    assert list(check_example(engine, code, example)) == [], example.text


def test_an_example_that_does_not_hold_is_told(engine: Extractor) -> None:
    example = engine.knowledge.languages["en"].examples[0]
    wrong = type(example)(text=example.text, dates=(("x", "1999"),), traps=(), names=(), events=())
    assert list(check_example(engine, "en", wrong))
