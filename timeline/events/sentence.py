"""A sentence with what stands in it, and the drafts of events that it tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from timeline.events.legal import LegalNumber
from timeline.events.reading import Mark, Reading
from timeline.model import NameSpan, TimeSpan

Span = tuple[int, int]
_Item = TypeVar("_Item", Mark, TimeSpan, NameSpan)
_PARTIES = frozenset(("person", "body", "province", "place"))
PLACES = frozenset(("province", "place", "gate"))  # kinds of names that say where something happened
CAPITAL = "Hà Nội"  # where the state sits, and which pages name for it
CAPITALS = frozenset(("Beijing", CAPITAL))
CLOSING = frozenset(("suspension", "resumption"))  # event subtypes of a gate that shuts, and of one that opens again
SEGMENT_END = re.compile(r"[;；]")
# In Japanese a comma ends a clause behind the form in which a verb goes on ("訪問し、", "会談した後、"), and parts a list behind a noun.
# (The set of signs stands first: a search runs over all else at once.)
CLAUSE_BREAK = re.compile(r"[,;:，；：、](?:(?<!、)|(?<=[しいきりみびちえけせてた後]、))")
# What parts the clauses and lists of Chinese and Japanese; pages write the Latin comma too.
EASTERN_COMMA = re.compile(r"[，、,](?:(?<!,)|(?<=[\u3040-\u30ff\u3400-\u9fff],))")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name a happening."""

    start: int
    end: int
    event_type: str
    event_subtype: str
    series: str = ""
    ordinal: int | None = None
    legal: LegalNumber | None = None
    literal: int = 0
    time: TimeSpan | None = None  # its own, of several that a segment tells


@dataclass(slots=True)
class Draft:
    """An event as one sentence tells it, before it becomes a mention."""

    triggers: list[Trigger]
    segment: Span
    sentence: Span
    time: TimeSpan | None = None
    time_rule: str = ""
    beside: tuple[TimeSpan, ...] = ()  # the times told with it, whosever they are
    names: list[NameSpan] = field(default_factory=list)
    series: str = ""
    ordinal: int | None = None
    legal: LegalNumber | None = None
    status: str = "held"
    status_mark: Mark | None = None
    recurrence: str = ""
    part_of: NameSpan | None = None
    points: bool = False  # "at the meeting": it speaks of one that was told
    told: bool = False  # the words tell of it as of something that was or will be done, and do not merely name it
    score: float = 0.0
    reasons: list[tuple[str, float]] = field(default_factory=list)  # what spoke for it and against it, with its weight
    refers_to: Draft | None = None  # the draft of the same event that tells it
    whole: Draft | None = None  # the draft of the event that it is a part of
    title: bool = False
    listed: bool = False  # its segment is an item of a list
    piece: Span | None = None  # where it stands, if the words that tell it tell another before

    @property
    def main(self) -> Trigger:
        return self.triggers[0]

    @property
    def is_placed(self) -> bool:
        """Whether it names where it happened."""
        return any(n.kind in PLACES for n in self.names)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what stands in it."""

    span: Span
    marks: tuple[Mark, ...]
    times: tuple[TimeSpan, ...]
    names: tuple[NameSpan, ...]
    text: str  # the whole document's text
    title: bool = False
    caption: bool = False
    lead: bool = False
    gates_told: tuple[NameSpan, ...] = ()  # those that the sentence before names
    parties_told: bool = False  # whether the sentence before names who may meet
    cues: Mapping[str, Mark] = field(default_factory=dict)  # the first of each cue

    def within(self, segment: Span) -> Sentence:
        """What of the sentence stands in one of its segments."""
        if segment == self.span:
            return self
        marks = _beginning_in(self.marks, segment)
        return Sentence(
            segment,
            marks,
            _beginning_in(self.times, segment),
            _beginning_in(self.names, segment),
            self.text,
            self.title,
            self.caption,
            self.lead,
            cues=_first_cues(marks),
        )

    def cue(self, name: str) -> Mark | None:
        return self.cues.get(name)


def _beginning_in(items: tuple[_Item, ...], segment: Span) -> tuple[_Item, ...]:
    """Those of `items`, sorted by their start, that begin in a segment."""
    return items[bisect_left(items, segment[0], key=_start_of) : bisect_left(items, segment[1], key=_start_of)]


def _start_of(item: Mark | TimeSpan | NameSpan) -> int:
    return item.start


def _first_cues(marks: Sequence[Mark]) -> dict[str, Mark]:
    return {str(mark.key): mark for mark in reversed(marks) if mark.kind == "cue"}


def sentences_of(reading: Reading, text: str) -> list[Sentence]:
    """The sentences of a passage with their marks, times and names."""
    found: list[Sentence] = []
    before: dict[str, NameSpan] = {}
    parties = False
    marked, timed, named = ([item.start for item in items] for items in (reading.marks, reading.times, reading.names))
    for low, high in reading.sentences:
        marks = reading.marks[bisect_left(marked, low) : bisect_left(marked, high)]
        found.append(
            Sentence(
                (low, high),
                marks,
                reading.times[bisect_left(timed, low) : bisect_left(timed, high)],
                names := reading.names[bisect_left(named, low) : bisect_left(named, high)],
                text,
                title=reading.passage.kind in ("title", "heading"),
                caption=reading.passage.kind == "caption",
                gates_told=tuple(before.values()),
                parties_told=parties,
                cues=_first_cues(marks),
            )
        )
        before = {n.name: n for n in names if n.kind == "gate"}
        parties = any(n.kind in _PARTIES for n in names)
    return found


def between(cue: Mark, start: int, end: int, reach: int) -> Span | None:
    """The stretch between a cue and what it may speak of; None where that stands on its other side, or too far away."""
    low, high = (end, cue.start) if cue.follows else (cue.end, start)
    return (low, high) if 0 <= high - low <= reach else None


def spans_of(items: Iterable[Trigger | TimeSpan | NameSpan]) -> Span:
    """The stretch that covers all items."""
    listed: Sequence[Trigger | TimeSpan | NameSpan] = list(items)
    return min(i.start for i in listed), max(i.end for i in listed)
