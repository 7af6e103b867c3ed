"""Raw finds of the scan, and what lies near or over them: shared by gates, bodies and places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from timeline.knowledge import Hit
from timeline.model import NameSpan
from timeline.names.gazetteer import NameKey

WORD_REACH = 28  # characters between a weak name and the word that supports it
_LONGEST = 120  # characters of a name or of a word beside it
SENTENCE_END = re.compile(r"[.;。；\n]")
_PART_END = re.compile(r"[.;:。；,，\n]")


class Find(NamedTuple):
    start: int
    end: int
    key: NameKey
    weak: bool


class Unit(NamedTuple):
    """A province, a place or one side of a gate, that a body may belong to."""

    start: int
    end: int
    name: str
    country: str


_Item = TypeVar("_Item", Find, Unit, Hit)


def longest(finds: list[Find], length: int) -> list[Find]:
    """Drop what lies inside a longer find; several readings of one span all stay."""
    kept: list[Find] = []
    cover = Cover(length)
    for _, group in groupby(sorted(finds, key=lambda f: (f.start - f.end, f.start)), key=lambda f: f.start - f.end):
        longest = [find for find in group if not cover.holds(find)]
        kept += longest
        for find in longest:
            cover.add(find.start, find.end)
    return sorted(kept, key=lambda f: (f.start, f.end))


class Cover:
    """Spans of a text, asked whether one of them holds another: cost by the characters, not by the pairs."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._ends = [0] * (length + 1)  # for each character the furthest end of a span over it
        self.any = False
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        ends = self._ends
        self.any = True
        for place in range(start, end):
            if ends[place] < end:
                ends[place] = end

    def holds(self, find: Find | NameSpan) -> bool:
        return self.spans(find.start, find.end)

    def spans(self, start: int, end: int) -> bool:
        return self.any and self._ends[start] >= end

    def meets(self, find: Find | NameSpan) -> bool:
        return self.any and any(self._ends[find.start : find.end])


def start_of(item: Find | Unit | Hit) -> int:
    return item.start


def window(items: Sequence[_Item], low: int, high: int) -> Sequence[_Item]:
    """Those of `items`, sorted by their start, that may touch `low`–`high`; a name or word is no longer than `_LONGEST`."""
    return items[bisect_left(items, low - _LONGEST, key=start_of) : bisect_right(items, high, key=start_of)]


def near_word(text: str, find: Find, words: Sequence[Hit], names: tuple[str, ...]) -> bool:
    for hit in window(words, find.start - WORD_REACH, find.end + WORD_REACH):
        if hit.phrase.key in names:
            low, high = (hit.end, find.start) if hit.end <= find.start else (find.end, hit.start)
            if 0 <= high - low <= WORD_REACH and not _PART_END.search(text, low, high):
                return True
    return False
