"""What lies ahead: a time in a sentence that speaks of what will be."""

from __future__ import annotations

import re

from timeline.dates.page import Atom, Page

_CLAUSE_BREAK = re.compile(r"[.!?,;:·。！？，；،؛۔؟।\n]")
_FUTURE_REACH = 90  # characters between "will" and the weekday that then lies ahead
_NEXT_FUTURE, _AFTER_COMMA = 3, 14  # and between the weekday and a "will" behind it: "Friday, the market will open"
_CLAUSE, _OPENING = 45, 14  # and between a day that opens a clause, but for a preposition, and a "will" further on in it


def lies_ahead(page: Page, atom: Atom) -> bool:
    """Whether a word of the clause says that the time is still to come."""
    for hit in page.near("future", atom.start - 2 * _FUTURE_REACH, atom.end + _FUTURE_REACH):
        if hit.end <= atom.start:
            low, high, reach = hit.end, atom.start, _FUTURE_REACH
        else:
            low, high, reach = atom.end, hit.start, _reach_behind(page, atom)
            if page.text[low : low + 1] == ",":  # "Friday, the market will open"
                low, reach = low + 1, max(reach, _AFTER_COMMA)
        between = page.text[low:high]
        joined = hit.start >= atom.end and not page.grammar.list_words.isdisjoint(between.split()) and not page.near("weekday", low, high)
        said = hit.start >= atom.end and not page.grammar.clause_words.isdisjoint(between.split())  # "on Monday he said that it will"
        another = said or _CLAUSE_BREAK.search(between)
        if 0 <= high - low <= reach and not joined and not another:
            return True
    return False


def _reach_behind(page: Page, atom: Atom) -> int:
    """How far behind a time a "will" may stand: to the end of the clause where verbs stand last; some words where the time opens it.

    A weekday is mostly of a report's own days ("on Monday he said that it will"), so it wants the word nearer.
    """
    if page.grammar.verb_last:
        return _CLAUSE if atom.parts.relative else _FUTURE_REACH
    before = page.text[max(0, atom.start - _OPENING - 1) : atom.start]
    opens = _CLAUSE_BREAK.search(before) or atom.start <= _OPENING
    return _CLAUSE if opens and not atom.parts.relative else _NEXT_FUTURE
