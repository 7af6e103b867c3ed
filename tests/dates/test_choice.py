"""Templates are looked up by what stands at a place: that must not lose one which fits there."""

import re
from collections.abc import Callable, Iterable

import pytest

from timeline.dates.choice import Choice, by_slot, figure_key, fuller, place_key
from timeline.dates.heads import Found
from timeline.dates.trees import Body, tree_of
from timeline.pipeline import Extractor
from timeline.text import fold

_STARTS = re.compile(r"(?<![0-9])[0-9]|[^\W\d_]")  # where a figure begins, and every letter


def all_at_once(bodies: Iterable[Body]) -> Callable[[str, int], Found | None]:
    """Tries every template wherever it is asked, as one pattern for those that begin alike."""
    trees = [tree_of(group) for group in by_slot(bodies)]
    patterns = [(re.compile(tree.source), tree.found) for tree in trees]

    def match(text: str, position: int) -> Found | None:
        best = None
        for pattern, found in patterns:
            if (matched := pattern.match(text, position)) is not None:
                best = fuller(best, Found(matched, *found[matched.lastgroup]), position)
        return best

    return match


def told(found: Found | None) -> tuple[object, ...] | None:
    return (found.match.span(), found.code, found.fields) if found else None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("15 May", "dM"),
        ("2025年9月", "y年"),
        ("15.9.", "d."),
        ("3\n\nmai", "dm"),
        ("maja 3", "wm"),
        ("1999", "y"),
        ("", "w"),
    ],
)
def test_a_place_is_known_by_its_beginning_and_what_stands_behind_it(text: str, key: str) -> None:
    assert place_key(text, 0) == key
    figure = re.match("[0-9]+", text)
    assert figure is None or figure_key(text, 0, figure.end()) == key


@pytest.mark.parametrize("code", ["fr", "he", "ja", "zh"])
def test_no_template_that_fits_is_passed_over(engine: Extractor, code: str) -> None:
    tools = engine.reader.date_tools(code)
    assert tools is not None
    assert tools.grammar.continued is not None
    found = 0
    for bodies in (tools.grammar.free.bodies, tools.grammar.free_words.bodies):
        quick, slow = Choice(bodies, tools.grammar.continued.beginnings), all_at_once(bodies)
        for example in engine.knowledge.languages[code].examples[:8]:
            text = fold(example.text).text
            for place in (match.start() for match in _STARTS.finditer(text)):
                key = place_key(text, place)
                wanted = slow(text, place)
                assert told(quick.match(text, place, key)) == told(wanted), text[place:]
                found += wanted is not None
    assert found
