"""A sentence with what stands in it, and the drafts of events that it tells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, get_args

from timeline.events.legal import LegalNumber
from timeline.events.reading import Mark, Reading
from timeline.knowledge.language import SECTIONS
from timeline.model import NameKind, NameSpan, TimeSpan

Span = tuple[int, int]
_Item = TypeVar("_Item", Mark, TimeSpan, NameSpan, "Trigger")
_NO_MARKS: dict[str, Sequence[Mark]] = dict.fromkeys(("trigger", "at_event", "future", *SECTIONS["cues"], *SECTIONS["words"]), ())
_NO_NAMES: dict[str, Sequence[NameSpan]] = dict.fromkeys(get_args(NameKind), ())
_PARTIES = frozenset(("person", "body", "province", "place"))
_MEETING = _PARTIES | {"country"}
SOMEBODY = ("delegation", "person", "party_secretary")  # words for who may meet
ACTORS = frozenset(("person", "body"))  # kinds of names that say who took part
PLACES = frozenset(("province", "place", "gate"))  # kinds of names that say where something happened
CAPITAL = "Hà Nội"  # where the state sits, and which pages name for it
CAPITALS = frozenset(("Beijing", CAPITAL))
CLOSING = frozenset(("suspension", "resumption"))  # event subtypes of a gate that shuts, and of one that opens again
_BRACKET_REACH = 70
_SUBORDINATE_REACH = 26  # characters between "since", "to mark the … anniversary of" and the time it takes away
_PAUSE = re.compile("[,;，、،؛]")
_SEMICOLONS = ";；؛"
SEGMENT_END = re.compile(f"[{_SEMICOLONS}]")
# In Japanese a comma ends a clause behind the form in which a verb goes on ("訪問し、", "会談した後、"), and parts a list behind a noun.
# (The set of signs stands first: a search runs over all else at once.)
CLAUSE_BREAK = re.compile(r"[,;:，；：、،؛](?:(?<!、)|(?<=[しいきりみびちえけせてた後]、))")
# What parts the clauses and lists of Chinese and Japanese; pages write the Latin comma too.
EASTERN_COMMA = re.compile(r"[，、,](?:(?<!,)|(?<=[\u3040-\u30ff\u3400-\u9fff],))")


@dataclass(slots=True)
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
    framed: bool = False  # only the whole that something else is a part of
    recalled: bool = False  # told only as what another happening looked back on


@dataclass(slots=True)
class Draft:
    """An event as one sentence tells it, before it becomes a mention."""

    triggers: list[Trigger]
    segment: Span
    sentence: Span
    time: TimeSpan | None = None
    time_rule: str = ""
    beside: Sequence[TimeSpan] = ()  # the times told with it, whosever they are
    names: list[NameSpan] = field(default_factory=list)
    series: str = ""
    ordinal: int | None = None
    legal: LegalNumber | None = None
    status: str = "held"
    status_mark: Mark | None = None
    recurrence: str = ""
    part_of: NameSpan | None = None
    points: bool = False  # "at the meeting": it speaks of one that was told
    adds_up: bool = False  # it tells how much there was in all, and no one happening
    told: bool = False  # the words tell of it as of something that was or will be done, and do not merely name it
    score: float = 0.0
    reasons: list[tuple[str, float]] = field(default_factory=list)  # what spoke for it and against it, with its weight
    refers_to: Draft | None = None  # the draft of the same event that tells it
    whole: Draft | None = None  # the draft of the event that it is a part of
    title: bool = False
    item: int | None = None  # where it begins, if its sentence tells it apart from others: as an item of a list, or as what was recalled
    piece: Span | None = None  # where it stands, if the words that tell it tell another before
    main: Trigger = field(init=False)  # the trigger that gives the type

    def __post_init__(self) -> None:
        self.main = self.triggers[0]

    def weigh(self, weight: float, reason: str) -> None:
        """Add what speaks for it, or against it."""
        self.score += weight
        self.reasons.append((reason, weight))

    @property
    def is_placed(self) -> bool:
        """Whether it names where it happened."""
        return not PLACES.isdisjoint([n.kind for n in self.names])


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence, or a segment of one, with what stands in it in order; what is asked of it again and again is sorted once."""

    span: Span
    marks: Sequence[Mark]
    times: Sequence[TimeSpan]
    names: Sequence[NameSpan]
    text: str  # the whole document's text
    title: bool = False
    caption: bool = False
    lead: bool = False
    before: Sentence | None = None  # the one before it in its passage
    head: Mark | None = None  # what tells of the whole list of which it is an item that it was done
    # The marks by their kind, a cue or a word by its key (`held`, `gate`); the names by their kind.
    marked: Mapping[str, Sequence[Mark]] = field(init=False, repr=False)
    named: Mapping[str, Sequence[NameSpan]] = field(init=False, repr=False)
    _whole: Sentence | None = field(default=None, init=False, repr=False)  # of which it is a segment
    _triggers: Sequence[Trigger] | None = field(default=None, init=False, repr=False)
    _actors: Sequence[tuple[NameSpan, Sequence[Trigger]]] | None = field(default=None, init=False, repr=False)
    _party_edges: tuple[list[int], list[int]] | None = field(default=None, init=False, repr=False)
    _tells_of_somebody: bool | None = field(default=None, init=False, repr=False)
    _free_times: list[TimeSpan] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.marked = _marks_by_key(self.marks) if self.marks else _NO_MARKS
        self.named = _names_by_kind(self.names) if self.names else _NO_NAMES

    def within(self, segment: Span) -> Sentence:
        """What of the sentence stands in one of its segments."""
        if segment == self.span:
            return self
        marks, times, names = _beginning_in(self.marks, segment), _beginning_in(self.times, segment), _beginning_in(self.names, segment)
        part = Sentence(segment, marks, times, names, self.text, self.title, self.caption, self.lead)
        part._whole = self
        return part

    @property
    def is_done(self) -> bool:
        """Whether it says that it was done, or its list says so of all."""
        return bool(self.marked["held"]) or self.head is not None

    @property
    def tells_of_somebody(self) -> bool:
        """Whether it names who may visit or meet, a country or a province among them."""
        if self._tells_of_somebody is None:
            named, marked = self.named, self.marked
            somebody = named["person"] or named["body"] or named["province"] or named["country"]
            self._tells_of_somebody = bool(somebody or marked["delegation"] or marked["person"] or marked["party_secretary"])
        return self._tells_of_somebody

    @property
    def triggers(self) -> Sequence[Trigger]:
        """The words in it that may name a happening."""
        if self._triggers is None:
            if self._whole is None:
                self._triggers = [_trigger_of(mark) for mark in self.marked["trigger"]]
            else:
                self._triggers = _beginning_in(self._whole.triggers, self.span)
        return self._triggers

    @property
    def happenings(self) -> list[Trigger | Mark]:
        """Those words, and the verbs that tell that somebody met."""
        return [*self.triggers, *self.marked["met"]]

    @property
    def actors(self) -> Sequence[tuple[NameSpan, Sequence[Trigger]]]:
        """Who may take part, people and bodies, each with the triggers that stand before it in its segment."""
        if self._actors is None:
            people, bodies = self.named["person"], self.named["body"]
            named = [n for n in self.names if n.kind in ACTORS] if people and bodies else people or bodies
            told = sorted(self.triggers, key=_end_of) if named else []
            ends = [t.end for t in told]
            self._actors = [(n, told[bisect_right(ends, self._begin_of_segment(n)) : bisect_right(ends, n.start)]) for n in named]
        return self._actors

    def _begin_of_segment(self, name: NameSpan) -> int:
        """Where the last semicolon stands before a name; before the sentence where there is none."""
        return max(self.text.rfind(sign, self.span[0], name.start) for sign in _SEMICOLONS)

    @property
    def party_edges(self) -> tuple[list[int], list[int]]:
        """Where those begin, and where they end, who may meet, in order."""
        if self._party_edges is None:
            parties: list[Mark | NameSpan] = [n for n in self.names if n.kind in _MEETING]
            parties += [m for word in SOMEBODY for m in self.marked[word]]
            self._party_edges = sorted(p.start for p in parties), sorted(p.end for p in parties)
        return self._party_edges

    @property
    def free_times(self) -> Sequence[TimeSpan]:
        """Its times but those that a word before them says to be another's: "since …", "to mark the anniversary of …"."""
        if self._free_times is None:
            self._free_times = [time for time in self.times if not _is_taken_away(time, self)]
        return self._free_times

    @property
    def gates_told(self) -> Sequence[NameSpan]:
        """The gates that the sentence before names."""
        return tuple({n.name: n for n in self.before.named["gate"]}.values()) if self.before else ()

    @property
    def parties_told(self) -> bool:
        """Whether the sentence before names who may meet."""
        return self.before is not None and any(map(self.before.named.get, _PARTIES))


def _trigger_of(mark: Mark) -> Trigger:
    kind: Any = mark.key
    return Trigger(mark.start, mark.end, kind[0], kind[1], "", None, None, mark.literal)


def sentences_of(reading: Reading, text: str) -> list[Sentence]:
    """The sentences of a passage with their marks, times and names."""
    title, caption = reading.passage.kind in ("title", "heading"), reading.passage.kind == "caption"
    spans = reading.sentences
    if len(spans) == 1:
        return [Sentence(spans[0], reading.marks, reading.times, reading.names, text, title, caption)]
    found: list[Sentence] = []
    before = None
    parted = zip(spans, _parted(reading.marks, spans), _parted(reading.times, spans), _parted(reading.names, spans), strict=True)
    for span, marks, times, names in parted:
        before = Sentence(span, marks, times, names, text, title, caption, False, before)
        found.append(before)
    return found


def _parted(items: tuple[_Item, ...], segments: Sequence[Span]) -> list[tuple[_Item, ...]]:
    """Of `items`, sorted by their start, those that begin in each segment."""
    if not items:
        return [()] * len(segments)
    starts = [item.start for item in items]
    return [items[bisect_left(starts, low) : bisect_left(starts, high)] for low, high in segments]


def _marks_by_key(marks: Iterable[Mark]) -> Mapping[str, Sequence[Mark]]:
    groups: dict[Any, Any] = _NO_MARKS.copy()
    for mark in marks:
        kind = mark.kind
        key = mark.key if kind == "cue" or kind == "word" else kind
        if found := groups[key]:
            found.append(mark)
        else:
            groups[key] = [mark]
    return groups


def _names_by_kind(names: Iterable[NameSpan]) -> Mapping[str, Sequence[NameSpan]]:
    groups: dict[str, Any] = _NO_NAMES.copy()
    for name in names:
        if found := groups[name.kind]:
            found.append(name)
        else:
            groups[name.kind] = [name]
    return groups


def _beginning_in(items: Sequence[_Item], segment: Span) -> Sequence[_Item]:
    """Those of `items`, sorted by their start, that begin in a segment."""
    low, high = segment
    if not items or (items[0].start >= low and items[-1].start < high):
        return items
    return items[bisect_left(items, low, key=start_of) : bisect_left(items, high, key=start_of)]


_end_of: Callable[[Trigger], int] = attrgetter("end")
start_of: Callable[[Mark | TimeSpan | NameSpan | Trigger], int] = attrgetter("start")


def _is_taken_away(time: TimeSpan, part: Sentence) -> bool:
    if time.date_edtf.startswith(".."):
        return True
    for cue in part.marked["subordinate"]:
        gap = between(cue, time.start, time.end, _reach(cue, time, part))
        if gap and not _is_inside_trigger(cue, part) and not _PAUSE.search(part.text, *gap):
            return True
    return False


def _is_inside_trigger(cue: Mark, part: Sentence) -> bool:
    """Whether a cue is no more than a word of a trigger: "an agreement was born"."""
    return any(t.start <= cue.start and cue.end <= t.end for t in part.triggers)


def _reach(cue: Mark, time: TimeSpan, part: Sentence) -> int:
    """How far a word of another time reaches: to a bracket that ends its clause ("since the president took office (May 2022)")."""
    bracketed = cue.end <= time.start and part.text[time.start - 1] in "(（"
    return _BRACKET_REACH if bracketed and not any(cue.end <= t.start < time.start for t in part.triggers) else _SUBORDINATE_REACH


def is_list(sentence: Sentence) -> bool:
    """Whether a semicolon parts it into segments, or ends it."""
    low, high = sentence.span
    return any(sentence.text.find(sign, low, high) >= 0 for sign in _SEMICOLONS)


def begin_of_clause(place: int, part: Sentence) -> int:
    """Where the clause begins that holds a place of a segment."""
    low = part.span[0]
    for match in CLAUSE_BREAK.finditer(part.text, low, place):
        low = match.end()
    return low


def between(cue: Mark, start: int, end: int, reach: int) -> Span | None:
    """The stretch between a cue and what it may speak of; None where that stands on its other side, or too far away."""
    low, high = (end, cue.start) if cue.follows else (cue.end, start)
    return (low, high) if 0 <= high - low <= reach else None


def spans_of(items: Iterable[Trigger | TimeSpan | NameSpan]) -> Span:
    """The stretch that covers all items."""
    listed: Sequence[Trigger | TimeSpan | NameSpan] = list(items)
    return min(i.start for i in listed), max(i.end for i in listed)
