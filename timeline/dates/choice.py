"""Templates as compiled patterns, looked up by what stands at a place: few of hundreds can fit there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timeline.dates.heads import Fitting, Found, Head
from timeline.dates.numerals import HAN_NUMBER, Numerals
from timeline.dates.trees import Body

_YEAR = 4  # figures
_FIGURES = frozenset("0123456789")
_FIGURE = re.compile(r"([0-9]*)[ \n]{0,2}(.?)", re.DOTALL)
_BLANKS = frozenset(" \n")
WORD_BEGINS, _FIGURE_BEGINS, YEAR_BEGINS = "w", "d", "y"


def place_key(text: str, position: int) -> str:
    """By what templates are looked up at a place: how they begin there (a word, a figure, one as long as a year), and the word's
    first character, or the one behind the figure and its blank.
    """
    figure = _FIGURE.match(text, position)
    length = figure.end(1) - position if figure else 0
    if figure is None or not length:
        return WORD_BEGINS + text[position : position + 1]
    return (YEAR_BEGINS if length >= _YEAR else _FIGURE_BEGINS) + figure[2]


def figure_key(text: str, start: int, end: int) -> str:
    """The `place_key` of a figure that is known to begin and end there."""
    char = text[end : end + 1]
    if char in _BLANKS:
        char = text[end + 1 : end + 2]
        if char in _BLANKS:
            char = text[end + 2 : end + 3]
    return (YEAR_BEGINS if end - start >= _YEAR else _FIGURE_BEGINS) + char


@dataclass(frozen=True)
class Beginnings:
    """Which characters each slot may begin with, and which may go on inside it behind its first figure (days in a list)."""

    firsts: Mapping[str, frozenset[str]]
    inner: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, numerals: Numerals, months: Iterable[str], month_joins: frozenset[str], day_joins: frozenset[str]) -> Beginnings:
        """`month_joins`, `day_joins`: what the words between two months, or two days, of one expression begin with."""
        months = tuple(months)
        han = frozenset(HAN_NUMBER[1:-1]) if numerals.han else frozenset()
        days = frozenset(word[0] for word in numerals.day_words)
        firsts = {
            "d": _FIGURES | han | days,
            "D": days,
            "m": _FIGURES | han,
            "M": frozenset(month[0] for month in months),
            "y": _FIGURES | han | frozenset(era[0] for era in numerals.eras),
            "yy": _FIGURES,
            "q": frozenset("1234i"),
            "R": frozenset("ivx"),
        }
        inner = {"d": day_joins | _goes_on(numerals.day_words), "D": _goes_on(numerals.day_words)}
        return cls(firsts, inner | {"m": month_joins, "M": month_joins | _goes_on(months)})


def _goes_on(words: Iterable[str]) -> frozenset[str]:
    """What stands behind the figure that a word begins with ("1st lunar month")."""
    return frozenset(place_key(word, 0)[1:] for word in words if word[0] in _FIGURES)


def by_slot(bodies: Iterable[Body]) -> Iterable[list[Body]]:
    """Templates that begin alike; what has no second slot is apart: "2-9" is a day and month before it is a range of days."""
    groups: dict[tuple[bool, str], list[Body]] = {}
    for body in bodies:
        groups.setdefault((body.text.count("{") < 2 and body.code != "never", body.pieces[0]), []).append(body)
    return groups.values()


class Choice:
    """Templates, tried at a place by the slot they begin with; the fullest first, so that the first to match is the longest."""

    def __init__(self, bodies: Iterable[Body], beginnings: Beginnings) -> None:
        firsts, inner = beginnings.firsts, beginnings.inner
        self._heads = [Head(group, firsts, inner.get(group[0].first_slot, frozenset())) for group in by_slot(bodies)]
        self._firsts = beginnings.firsts
        self._tried: dict[str, tuple[Fitting, ...]] = {}

    def _trying(self, key: str) -> tuple[Fitting, ...]:
        """What may fit at a place with this `place_key`, head by head in their order."""
        tried = self._tried.get(key)
        if tried is None:
            may_fit = [self._may_begin(head, key[0], key[1:]) for head in self._heads]
            tried = self._tried[key] = tuple(fitting for fitting in may_fit if fitting is not None)
        return tried

    def _may_begin(self, head: Head, kind: str, char: str) -> Fitting | None:
        firsts = self._firsts[head.slot]
        if kind == WORD_BEGINS:
            return Fitting(head, 0, None, longer=True) if char in firsts else None
        # among figures, only those of four begin with a year, and those begin with nothing else
        return head.behind_figure(char) if not firsts.isdisjoint(_FIGURES) and (head.slot == "y") == (kind == YEAR_BEGINS) else None

    def may_fit(self, key: str) -> bool:
        """Whether any template may fit at a place with this `place_key`."""
        return bool(self._trying(key))

    def match(self, text: str, position: int, key: str) -> Found | None:
        """The template that says most of those that stand at `position`, of which `key` is the `place_key`."""
        tried = self._tried.get(key)
        if tried is None:
            tried = self._trying(key)
        if not tried:
            return None
        best: Found | None = None
        figure = position if key[0] == WORD_BEGINS else _end_of_figure(text, position)
        asked: re.Pattern[str] | None = None
        end = 0  # of the slot, as long as it may be
        for head, fitting, runs, longer in tried:
            if longer:
                if head.slot_pattern is not asked:  # heads side by side have the same
                    asked = head.slot_pattern
                    slot = asked.match(text, position)
                    end = slot.end() if slot is not None else 0
                if end > figure:
                    fitting = head.inside(text, position, end)
                elif not end:
                    continue
                elif runs is not None:
                    fitting |= runs.before(text, figure)
            elif runs is not None:
                fitting |= runs.before(text, figure)
            if fitting:
                found = head.first_of(fitting, text, position)
                if found is not None:
                    best = fuller(best, found, position) if best is not None else found
        return best


def _end_of_figure(text: str, position: int) -> int:
    while text[position : position + 1] in _FIGURES:
        position += 1
    return position


def fuller(one: Found | None, other: Found | None, position: int) -> Found | None:
    """The one of two that says more; of equals the first."""
    if one is None or other is None:
        return one or other
    return other if other.weight(position) > one.weight(position) else one
