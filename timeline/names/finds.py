"""Raw finds of the scan, and what lies near or over them: shared by gates, bodies and places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from timeline.knowledge import Hit
from timeline.model import NameKind
from timeline.names.gazetteer import NameKey

WORD_REACH = 28  # characters between a weak name and the word that supports it
_LONGEST = 120  # characters of a name or of a word beside it
SENTENCE_END = re.compile(r"[.;。；\n]")
_PART_END = re.compile(r"[.;:。；,，\n]")

Span = tuple[int, int]


class Find(NamedTuple):
    start: int
    end: int
    key: NameKey
    weak: bool


class Named(NamedTuple):
    """A name that holds, in offsets of the folded text."""

    start: int
    end: int
    kind: NameKind
    name: str
    rule: str


class Unit(NamedTuple):
    """A province, a place or one side of a gate, that a body may belong to."""

    start: int
    end: int
    name: str
    country: str


_Item = TypeVar("_Item", Find, Unit, Hit)


def longest(finds: Iterable[Find]) -> list[Find]:
    """Drop what lies inside a longer find; several readings of one span all stay. Both in order of their start, the longest first."""
    kept: list[Find] = []
    begin, reached, inside = -1, -1, -1  # where the finds begin that are looked at, how far they go, how far those before them go
    for find in finds:
        if find.start > begin:
            begin, inside = find.start, max(inside, reached)
            reached = find.end
        if find.end == reached and find.end > inside:
            kept.append(find)
    return kept


class Cover:
    """Spans of a text, asked whether one of them holds or meets another: each by one search, however many they are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._reach: list[int] = []  # how far the spans go that begin no later
        reached = 0
        for start, end in sorted(spans):
            reached = max(reached, end)
            self._starts.append(start)
            self._reach.append(reached)

    def holds(self, start: int, end: int) -> bool:
        place = bisect_right(self._starts, start)
        return place > 0 and self._reach[place - 1] >= end

    def meets(self, start: int, end: int) -> bool:
        place = bisect_left(self._starts, end)
        return place > 0 and self._reach[place - 1] > start


class Apart:
    """Spans of a text that share no character, kept in the order in which they are offered: by a mark on each character, so that
    to keep one takes no longer the more there are.
    """

    def __init__(self, length: int) -> None:
        """`length`: where the last of the spans ends, or anything behind that."""
        self._taken = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Keep a span, unless it meets one that was kept before."""
        if self._taken.find(1, start, end) >= 0:
            return False
        self._taken[start:end] = b"\x01" * (end - start)
        return True


def start_of(item: Find | Unit | Hit) -> int:
    return item.start


def window(items: Sequence[_Item], low: int, high: int) -> Sequence[_Item]:
    """Those of `items`, sorted by their start, that may touch `low`–`high`; a name or word is no longer than `_LONGEST`."""
    if not items or (items[0].start >= low - _LONGEST and items[-1].start <= high):
        return items
    return items[bisect_left(items, low - _LONGEST, key=start_of) : bisect_right(items, high, key=start_of)]


def near_word(text: str, find: Find, words: Sequence[Hit], names: tuple[str, ...]) -> bool:
    for hit in window(words, find.start - WORD_REACH, find.end + WORD_REACH):
        if hit.phrase.key in names:
            low, high = (hit.end, find.start) if hit.end <= find.start else (find.end, hit.start)
            if 0 <= high - low <= WORD_REACH and not _PART_END.search(text, low, high):
                return True
    return False
