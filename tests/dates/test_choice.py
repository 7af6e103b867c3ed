"""Templates are looked up by what stands at a place: that must not lose one which fits there."""

import re

import pytest

from timeline.dates.choice import Beginnings, Body, Choice, Found, place_key
from timeline.pipeline import Extractor
from timeline.text import fold

_STARTS = re.compile(r"(?<![0-9])[0-9]|[^\W\d_]")  # where a figure begins, and every letter


class Anything(Beginnings):
    """As if every template might stand anywhere."""

    def keys(self, body: Body, kind: str) -> None:
        return None


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


@pytest.mark.parametrize("code", ["fr", "he", "ja", "zh"])
def test_no_template_that_fits_is_passed_over(engine: Extractor, code: str) -> None:
    tools = engine.reader.date_tools(code)
    assert tools is not None
    assert tools.grammar.continued is not None
    found = 0
    for bodies in (tools.grammar.free.bodies, tools.grammar.free_words.bodies):
        quick, slow = Choice(bodies, tools.grammar.continued.beginnings), Choice(bodies, Anything({}, {}))
        for example in engine.knowledge.languages[code].examples[:8]:
            text = fold(example.text).text
            for place in (match.start() for match in _STARTS.finditer(text)):
                key = place_key(text, place)
                assert told(quick.match(text, place, key)) == told(slow.match(text, place, key)), text[place:]
                found += quick.match(text, place, key) is not None
    assert found
