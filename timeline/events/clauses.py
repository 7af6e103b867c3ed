"""One sentence → drafts of events: which triggers tell one happening, and what belongs to it.

A sentence is cut into segments (list items, clauses after a semicolon); in each, triggers that share a time and do
not name different gates tell one happening. Every choice is kept as a reason, so that a row can be explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from timeline.events.legal import LegalNumber, legal_numbers
from timeline.events.reading import Mark, Reading, Tools
from timeline.knowledge import Knowledge
from timeline.model import NameSpan, TimeSpan
from timeline.text import fold_short

Span = tuple[int, int]

_SEGMENT_END = re.compile(r"[;；]")
# A Roman number right before the words: "XIV съезд", "XIII. sjezd", "IX-й".
_ROMAN = re.compile(r"(?<!\w)(?P<n>[IVX]{1,6})(?:[.-]?[^\W\d]{0,3})?\s+$")
_FIGURE = re.compile(r"\d|(?<!\w)[IVX]+(?!\w)")
_CARDINAL = re.compile(r"(?<![\w/.-])\d[\d., \u00a0]*\s*$")
_SUBORDINATE_REACH = 26  # characters between "since", "to mark the … anniversary of" and the time it takes away
_OCCASION_REACH = 40
_OBJECT_REACH = 12
_ANNIVERSARY = re.compile(r"\d{1,3}周年")  # what comes before it is what is remembered: 恢复通关20周年
_LASTING = frozenset(("border_gate", "policy", "infrastructure", "exchange"))  # may be told by when they began
_CLAUSE_BREAK = re.compile(r"[,;:，；：]")
_ADJACENT = 7  # characters between a trigger and the time that is its alone ("talks on 30 March", "visit (18–20 August)")
_PART_REACH = 48  # characters between "within the framework of" and the whole it names
_QUOTED_REACH = 24
_ROLES = frozenset(("person", "party_secretary"))
_ROLE_REACH = 24  # characters between "Chairman" and the body that he chairs
_APPOSITION_REACH = 60  # and between that title and its bearer


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


@dataclass(slots=True)
class Draft:
    """An event as one sentence tells it, before it becomes a mention."""

    triggers: list[Trigger]
    segment: Span
    sentence: Span
    time: TimeSpan | None = None
    time_rule: str = ""
    names: list[NameSpan] = field(default_factory=list)
    series: str = ""
    ordinal: int | None = None
    legal: LegalNumber | None = None
    status: str = "held"
    status_mark: Mark | None = None
    recurrence: str = ""
    part_of: NameSpan | None = None
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)
    refers_to: Draft | None = None  # the draft of the same event that tells it
    whole: Draft | None = None  # the draft of the event that it is a part of
    title: bool = False

    @property
    def main(self) -> Trigger:
        return self.triggers[0]


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
    cues: Mapping[str, Mark] = field(default_factory=dict)  # the first of each cue

    def within(self, segment: Span) -> Sentence:
        """What of the sentence stands in one of its segments."""
        if segment == self.span:
            return self
        low, high = segment
        marks = tuple([m for m in self.marks if low <= m.start < high])
        return Sentence(
            segment,
            marks,
            tuple([t for t in self.times if low <= t.start < high]),
            tuple([n for n in self.names if low <= n.start < high]),
            self.text,
            self.title,
            self.caption,
            self.lead,
            _first_cues(marks),
        )

    def cue(self, name: str) -> Mark | None:
        return self.cues.get(name)


def _first_cues(marks: Sequence[Mark]) -> dict[str, Mark]:
    return {str(mark.key): mark for mark in reversed(marks) if mark.kind == "cue"}


def sentences_of(reading: Reading, text: str) -> list[Sentence]:
    """The sentences of a passage with their marks, times and names."""
    found = []
    for low, high in reading.sentences:
        marks = tuple([m for m in reading.marks if low <= m.start < high])
        found.append(
            Sentence(
                (low, high),
                marks,
                tuple([t for t in reading.times if low <= t.start < high]),
                tuple([n for n in reading.names if low <= n.start < high]),
                text,
                title=reading.passage.kind in ("title", "heading"),
                caption=reading.passage.kind == "caption",
                cues=_first_cues(marks),
            )
        )
    return found


def drafts_of(sentence: Sentence, tools: Tools, knowledge: Knowledge) -> list[Draft]:
    """Every happening that a sentence may tell, with its own time and names; not yet judged."""
    drafts: list[Draft] = []
    if not _may_tell(sentence):
        return drafts
    for segment in _segments(sentence):
        part = sentence.within(segment)
        if not _may_tell(part):
            continue
        triggers = _triggers(part, sentence, tools, knowledge)
        for group in _groups(triggers, part, knowledge):
            drafts.append(_draft(group, part, sentence, tools, knowledge))
    return drafts


def _may_tell(sentence: Sentence) -> bool:
    """Whether anything in the sentence can name a happening: a trigger, a series, the number of a document."""
    return (
        any(m.kind == "trigger" for m in sentence.marks)
        or any(n.kind == "series" for n in sentence.names)
        or sentence.text.find("/", *sentence.span) >= 0
    )


def _segments(sentence: Sentence) -> list[Span]:
    low, high = sentence.span
    cuts = [match.end() for match in _SEGMENT_END.finditer(sentence.text, low, high)]
    edges = [low, *cuts, high]
    return [(a, b) for a, b in pairwise(edges) if b > a]


# ---------------------------------------------------------------- triggers


def _triggers(part: Sentence, sentence: Sentence, tools: Tools, knowledge: Knowledge) -> list[Trigger]:
    found = [Trigger(m.start, m.end, *m.key, literal=m.literal) for m in part.marks if m.kind == "trigger"]  # type: ignore[misc]
    named = [n for n in part.names if n.kind in ("person", "body", "series")]
    found = [t for t in found if not any(n.start <= t.start and t.end <= n.end for n in named)]
    found = _without_occasions(_longest([t for t in found if _applies(t, part, sentence)]), part)
    for name in part.names:
        if name.kind == "series":
            row = knowledge.tables.series[name.name]
            if _owns_document(name, found, part):
                continue
            found = [t for t in found if not (name.start <= t.start < name.end)]
            ordinal = _ordinal_at(name.start, name.end, part, tools)
            found.append(Trigger(name.start, name.end, row.event_type, row.event_subtype, row.name, ordinal))
    found = _with_legal(found, part, knowledge)
    return sorted(found, key=lambda t: t.start)


def _without_occasions(triggers: list[Trigger], part: Sentence) -> list[Trigger]:
    """ "To mark 20 years since the reopening, they met": the reopening is the occasion, not what happened."""
    occasions = [m for m in part.marks if m.kind == "cue" and m.key == "subordinate"]

    def is_occasion(trigger: Trigger) -> bool:
        return _ANNIVERSARY.match(part.text, trigger.end) is not None or any(
            m.end <= trigger.start <= m.end + _OCCASION_REACH and not _CLAUSE_BREAK.search(part.text, m.end, trigger.start)
            for m in occasions
        )

    signed = [t for t in triggers if t.event_type == "agreement"]

    def is_object(trigger: Trigger) -> bool:  # "signed a commitment to open a pair of gates"
        return trigger.event_type == "border_gate" and any(s.start < trigger.start <= s.end + _OBJECT_REACH for s in signed)

    kept = [t for t in triggers if not is_occasion(t) and not is_object(t)]
    return kept or triggers


def _owns_document(series: NameSpan, triggers: list[Trigger], part: Sentence) -> bool:
    """ "The resolution of the 13th Congress" tells of the resolution, not of the congress."""
    return any(
        t.event_type == "policy" and 0 <= series.start - t.end <= 40 and not re.search(r"[,;:(]", part.text[t.end : series.start])
        for t in triggers
    )


def _longest(triggers: list[Trigger]) -> list[Trigger]:
    """Of words of one type that overlap, those that reach furthest; of two types, one inside the other, the outer.

    A phrase with a gap in it ("committee … session") reaches far without saying much: it yields to words inside it
    that say more themselves.
    """
    by_type: dict[str, list[Trigger]] = {}
    for trigger in sorted(triggers, key=lambda t: (t.start - t.end, t.start)):
        kept = by_type.setdefault(trigger.event_type, [])
        if not any(k.start < trigger.end and trigger.start < k.end for k in kept):
            kept.append(trigger)
    found = [t for kept in by_type.values() for t in kept]
    return [t for t in found if not any(_hides(other, t) for other in found)]


def _hides(other: Trigger, trigger: Trigger) -> bool:
    if other.event_type == trigger.event_type or (other.start, other.end) == (trigger.start, trigger.end):
        return False
    around = other.start <= trigger.start and trigger.end <= other.end
    within = trigger.start <= other.start and other.end <= trigger.end
    return (around and other.literal >= trigger.literal) or (within and other.literal > trigger.literal)


def _applies(trigger: Trigger, part: Sentence, sentence: Sentence) -> bool:
    """Types that need company: a gate for a change of gates, somebody for a visit or a meeting."""
    if trigger.event_type == "border_gate":
        return any(n.kind == "gate" for n in part.names) or any(m.kind == "word" and m.key == "gate" for m in part.marks)
    if trigger.event_type in ("visit", "meeting"):
        return any(n.kind in ("person", "body", "province", "country") for n in sentence.names) or any(
            m.kind == "word" and m.key in ("delegation", "person", "party_secretary") for m in sentence.marks
        )
    return True


def _with_legal(triggers: list[Trigger], part: Sentence, knowledge: Knowledge) -> list[Trigger]:
    """A document number is a policy event of its own; the noun before it ("Decree") belongs to it."""
    numbers = legal_numbers(part.text, *part.span, knowledge)
    kept = [
        t
        for t in triggers
        if not (t.event_type == "policy" and any(0 <= n.start - t.end <= 12 or n.start <= t.start < n.end for n in numbers))
    ]
    for number in numbers:
        noun = next((t for t in triggers if t.event_type == "policy" and 0 <= number.start - t.end <= 12), None)
        kept.append(Trigger(noun.start if noun else number.start, number.end, "policy", number.subtype, legal=number))
    return kept


# ---------------------------------------------------------------- which triggers tell one happening


def _groups(triggers: list[Trigger], part: Sentence, knowledge: Knowledge) -> list[list[Trigger]]:
    """Triggers of one happening together, the one that gives the type first."""
    if not triggers:
        return []
    legal = [t for t in triggers if t.legal is not None]
    frames = [t for t in triggers if t.legal is None and _framed(t, part)]
    rest = [t for t in triggers if t not in frames and t not in legal]
    policies = [t for t in rest if t.event_type == "policy"]
    rest = [t for t in rest if t.event_type != "policy"]
    groups = _by_time(rest, part) if rest else []
    groups = [piece for group in groups for piece in _by_gate(group, part, knowledge)]
    groups = [piece for group in groups for piece in _by_series(group)]
    groups = [piece for group in groups for piece in _apart_from_series(group)]
    groups += [[t] for t in (*frames, *policies, *legal)]
    return [_ranked(group, part, knowledge) for group in groups if group]


def _apart_from_series(group: list[Trigger]) -> list[list[Trigger]]:
    """What is signed or announced at a named conference is an event of its own beside it."""
    series = [t for t in group if t.series]
    finer = [t for t in group if series and t.event_type in ("border_gate", "agreement") and t.event_type != series[0].event_type]
    return [finer, [t for t in group if t not in finer]] if finer else [group]


def _by_series(group: list[Trigger]) -> list[list[Trigger]]:
    """Each named series, and each number of it, is an event of its own; other triggers go with the nearest."""
    named = [t for t in group if t.series]
    if len({(t.series, t.ordinal) for t in named}) < 2:
        return [group]
    pieces: dict[tuple[str, int | None], list[Trigger]] = {(t.series, t.ordinal): [] for t in named}
    for trigger in group:
        near = trigger if trigger.series else min(named, key=lambda t: abs(t.start - trigger.start))
        pieces[near.series, near.ordinal].append(trigger)
    return list(pieces.values())


def _ranked(group: list[Trigger], part: Sentence, knowledge: Knowledge) -> list[Trigger]:
    """The trigger that gives the type first: by the order of EVENTS.md.

    A reception of somebody who "is on a visit" is the reception: of visit and meeting the one nearer to the time
    (else the first) leads.
    """
    ranks = knowledge.type_ranks
    days = [t for t in part.times if t.date_precision == "day"]

    def key(trigger: Trigger) -> tuple[int, bool, int, int]:
        rank = ranks.get(trigger.event_type, 99)
        moving = trigger.event_type in ("visit", "meeting")
        gap = min((_gap(trigger, t) for t in days), default=0) if moving else 0
        return (ranks.get("visit", 99) if moving else rank, not trigger.series, gap, trigger.start)

    return sorted(group, key=key)


def _gap(trigger: Trigger, time: TimeSpan) -> int:
    return max(time.start - trigger.end, trigger.start - time.end, 0)


def _framed(trigger: Trigger, part: Sentence) -> bool:
    """Whether the trigger names only the whole that something else is a part of ("within the framework of the visit")."""
    for mark in part.marks:
        if mark.kind == "cue" and mark.key == "part" and 0 <= trigger.start - mark.end <= _PART_REACH:
            gap = part.text[mark.end : trigger.start]
            if not re.search(r"[,;:，、]", gap):
                return any(t.kind == "trigger" and t.start != trigger.start for t in part.marks)
    return False


def _by_time(triggers: list[Trigger], part: Sentence) -> list[list[Trigger]]:
    """One group a day that the segment names, when it names several and has triggers for them."""
    days = [t for t in part.times if t.date_precision in ("day", "span") and not _taken_away(t, part)]
    if len({t.date_edtf for t in days}) < 2 or len(triggers) < 2:
        return [triggers]
    groups: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        near = min(days, key=lambda t: (_distance(trigger, t, part.text), t.start))
        groups.setdefault(near.date_edtf, []).append(trigger)
    return list(groups.values())


def _distance(trigger: Trigger, time: TimeSpan, text: str) -> int:
    """How far a time stands from a trigger; a time in parentheses belongs to what stands before it."""
    if time.start >= trigger.end:
        return time.start - trigger.end
    return 10_000 if text[max(0, time.start - 3) : time.start].rstrip().endswith(("(", "（")) else 2 * (trigger.start - time.end) + 10


def _by_gate(group: list[Trigger], part: Sentence, knowledge: Knowledge) -> list[list[Trigger]]:
    """Different changes, each followed by a gate of its own, are different events."""
    gate_triggers = [t for t in group if t.event_type == "border_gate"]
    gates = [n for n in part.names if n.kind == "gate"]
    if len({t.event_subtype for t in gate_triggers}) < 2 or len({g.name for g in gates}) < 2:
        return [group]
    owners: dict[str, list[Trigger]] = {}
    for trigger in gate_triggers:
        following = [g for g in gates if g.start >= trigger.start]
        gate = following[0].name if following else gates[-1].name
        owners.setdefault(knowledge.gates_of_part.get(gate, gate), []).append(trigger)
    if len(owners) < 2:
        return [group]
    others = [t for t in group if t.event_type != "border_gate"]
    pieces = list(owners.values())
    return [[*pieces[0], *others], *pieces[1:]]


# ---------------------------------------------------------------- fields


def _draft(group: list[Trigger], part: Sentence, sentence: Sentence, tools: Tools, knowledge: Knowledge) -> Draft:
    draft = Draft(group, part.span, sentence.span, title=sentence.title)
    draft.legal = group[0].legal
    draft.series = next((t.series for t in group if t.series), "")
    draft.ordinal = _ordinal(group, part, tools)
    draft.time, draft.time_rule = _time(group, part, sentence)
    draft.names = _names(group, part, sentence)
    draft.part_of = _whole(group, part)
    _set_status(draft, part, sentence)
    if part.cue("recurring") and (draft.series or not draft.time):
        draft.recurrence = "annual"
    _judge(draft, part, sentence, knowledge)
    return draft


def _taken_away(time: TimeSpan, part: Sentence) -> bool:
    """A time that a word before it says is another's: "since …", "to mark the anniversary of …"."""
    if time.date_edtf.startswith(".."):
        return True
    return any(
        m.kind == "cue"
        and m.key == "subordinate"
        and 0 <= time.start - m.end <= _SUBORDINATE_REACH
        and not re.search(r"[,;，]", part.text[m.end : time.start])
        for m in part.marks
    )


def _time(group: list[Trigger], part: Sentence, sentence: Sentence) -> tuple[TimeSpan | None, str]:
    """The time that belongs to the triggers: the finest and nearest of the segment, else of the sentence."""
    main = group[0]
    if main.legal is not None:
        return _legal_time(main.legal, part)
    for scope, rule in ((part, "clause"), (sentence, "sentence")):
        times = [t for t in scope.times if not _taken_away(t, scope) and not _in_legal(t, scope)]
        times = [t for t in times if _issues(t, scope) == (main.event_type == "policy")]
        times = [t for t in times if not _belongs_to_another(t, group, scope)]
        if main.event_type not in _LASTING:  # "has had ties since 1996": what has lasted since is no meeting
            times = [t for t in times if not t.date_edtf.endswith("..") or _opens_day(t)]
        if main.event_type in ("agreement", "policy"):  # "signed a plan for 2023–2027": the plan's time
            times = [t for t in times if t.date_precision != "period" or t.end <= main.start]
        if scope is sentence:
            times = [t for t in times if not _owned_elsewhere(t, sentence, part)]
        if times:
            best = min(times, key=lambda t: (_grain(t), min(_distance(g, t, part.text) for g in group), t.start))
            return best, rule
    return None, ""


def _opens_day(time: TimeSpan) -> bool:
    """Whether an open time begins with a day: "from 5 May" dates a meeting, "since 1996" does not."""
    return time.date_edtf.count("-") >= 2


def _grain(time: TimeSpan) -> int:
    return {"day": 0, "span": 1, "month": 2, "season": 2, "year": 3, "period": 4, "none": 5}[time.date_precision] + (
        3 if time.date_edtf.endswith("..") else 0
    )


def _owned_elsewhere(time: TimeSpan, sentence: Sentence, part: Sentence) -> bool:
    """A time inside another list item belongs there; one before all that happens ("In 2020–2025, …: …; …") to all."""
    if _SEGMENT_END.search(sentence.text, *sentence.span) is None:
        return False
    return any(m.kind == "trigger" and m.start < time.start for m in sentence.marks)


def _belongs_to_another(time: TimeSpan, group: list[Trigger], scope: Sentence) -> bool:
    """Whether a time stands right behind (or in brackets behind) a trigger of another event of the clause."""
    behind = [
        m
        for m in scope.marks
        if m.kind == "trigger" and 0 <= time.start - m.end <= _ADJACENT and _applies(Trigger(m.start, m.end, *m.key), scope, scope)  # type: ignore[misc]
    ]
    others = [
        m
        for m in behind
        if not _CLAUSE_BREAK.search(scope.text, m.end, time.start) and all(m.end <= t.start or m.start >= t.end for t in group)
    ]
    return bool(others) and len(others) == len(behind)


def _issues(time: TimeSpan, scope: Sentence) -> bool:
    """Whether a time is that of a document named before it ("Plan 25 issued on 24 January"), not of what follows."""
    before = [m for m in scope.marks if m.kind == "trigger" and m.end <= time.start]
    if not before:
        return False
    last = max(m.end for m in before)
    return all(m.key[0] == "policy" for m in before if m.end == last)  # type: ignore[index]


def _in_legal(time: TimeSpan, scope: Sentence) -> bool:
    return "/" in scope.text[time.start - 1 : time.start] or bool(re.match(r"/\w", scope.text[time.end : time.end + 2]))


def _legal_time(legal: LegalNumber, part: Sentence) -> tuple[TimeSpan | None, str]:
    for time in part.times:
        if 0 <= time.start - legal.end <= 25 and time.date_precision == "day":
            return time, "date-of-document"
    days = [t for t in part.times if t.date_precision == "day" and t.date_edtf[:4] == legal.year]
    if len(days) == 1 and part.text[slice(*part.span)].count(f"/{legal.year}/") == 1:
        return days[0], "clause"  # "On 31 August 2022 the Government issued Decree 58/2022/NĐ-CP"
    if legal.year:
        start = legal.start + legal.text.index(legal.year)
        return TimeSpan(start, start + 4, legal.year, legal.year, "year", "stated", "year-in-number"), "year-in-number"
    return None, ""


def _names(group: list[Trigger], part: Sentence, sentence: Sentence) -> list[NameSpan]:
    """Names of the segment; people and bodies of the whole sentence, since list items share their subject."""
    quoted = [m for m in sentence.marks if m.kind == "cue" and m.key == "quoted"]
    if group[0].legal is not None:
        return []
    own = list(part.names)
    actors = [n for n in sentence.names if n.kind in ("person", "body") and n not in own]
    found = own + actors

    def is_quoted(name: NameSpan) -> bool:
        return name.kind in ("person", "body") and any(0 <= name.start - m.end <= _QUOTED_REACH for m in quoted)

    titles = {id(n) for n in found if n.kind == "body" and _is_title(n, sentence)}
    return sorted((n for n in found if not is_quoted(n) and id(n) not in titles), key=lambda n: n.start)


def _is_title(body: NameSpan, sentence: Sentence) -> bool:
    """A body that only tells whose chairman a person is took no part by itself.

    Behind a role word ("Chairman of the Assembly"), with the person right behind the body, or named before in the clause
    ("X, Chairman of the Assembly").
    """
    role = max((m.end for m in sentence.marks if m.kind == "word" and m.key in _ROLES and m.end <= body.start), default=-1)
    led = role >= 0 and body.start - role <= _ROLE_REACH and not _CLAUSE_BREAK.search(sentence.text, role, body.start)
    people = [n for n in sentence.names if n.kind == "person"]
    if led and any(0 <= role - n.end <= _APPOSITION_REACH for n in people):
        return True
    person = next((n for n in people if n.start >= body.end), None)
    if person is None or person.start - body.end > _APPOSITION_REACH:
        return False
    gap = sentence.text[body.end : person.start]
    if led and not re.search(r"[.;:()]", gap):
        return True
    for mark in sentence.marks:
        if mark.kind == "word" and mark.key == "person" and body.end <= mark.start and mark.end <= person.start:
            gap = gap.replace(sentence.text[mark.start : mark.end], "")
    for name in sentence.names:
        if name.kind == "province" and body.end <= name.start and name.end <= person.start:
            gap = gap.replace(name.text, "")
    return not re.sub(r"[\s.]", "", gap)


def _ordinal(group: list[Trigger], part: Sentence, tools: Tools) -> int | None:
    """A number beside a trigger: `21. Krajowej Konferencji`, `hội nghị lần thứ 32`, `XIV съезд`."""
    for trigger in group:
        if trigger.legal is None and (number := trigger.ordinal or _ordinal_at(trigger.start, trigger.end, part, tools)):
            return number
    return None


def _ordinal_at(start: int, end: int, part: Sentence, tools: Tools) -> int | None:
    low, high = max(part.span[0], start - 26), min(part.span[1], end + 22)
    figures = [figure.start() for figure in _FIGURE.finditer(part.text, low, high)]
    if not figures:
        return None
    roman = _ROMAN.search(part.text, max(part.span[0], start - 12), start)
    if roman:
        return _number(roman["n"].lower())
    if all(_is_time(figure, part) for figure in figures):
        return None
    window = fold_short(part.text[low:high])
    best: tuple[int, int] | None = None
    for pattern in tools.ordinals:
        for match in pattern.finditer(window):
            number = _number(match["n"])
            if number is None or _is_time(low + match.start("n"), part):
                continue
            gap = start - low - match.end() if match.end() <= start - low else match.start() - (end - low)
            if gap <= 18 and (best is None or gap < best[0]):
                best = (gap, number)
    return best[1] if best else None


def _is_time(position: int, part: Sentence) -> bool:
    return any(t.start <= position < t.end for t in part.times)


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 0 < int(text) < 200 else None
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for char, following in zip(text, text[1:] + " ", strict=True):
        value = values[char]
        total += -value if values.get(following, 0) > value else value
    return total if total > 1 else None


def _whole(group: list[Trigger], part: Sentence) -> NameSpan | None:
    """The named series within whose frame it happened, when another trigger gives the event itself."""
    main = group[0]
    for name in part.names:
        if name.kind == "series" and name.name != main.series and main.event_type not in ("conference",):
            return name
    return None


def _set_status(draft: Draft, part: Sentence, sentence: Sentence) -> None:
    for status in ("cancelled", "postponed", "scheduled", "ongoing"):
        mark = part.cue(status) or (sentence.cue(status) if len(part.marks) < 2 else None)
        if mark and abs(mark.start - draft.main.start) < 120:
            draft.status, draft.status_mark = status, mark
            return


# ---------------------------------------------------------------- is it an event at all


_TIME_WEIGHTS = {"day": 3.0, "span": 2.5, "month": 2.5, "season": 2.0, "year": 1.5, "period": 1.0, "none": 0.0}


def _judge(draft: Draft, part: Sentence, sentence: Sentence, knowledge: Knowledge) -> None:
    """Add up what speaks for a happening and against; each reason is kept."""
    precision = draft.time.date_precision if draft.time else "none"
    dated = precision in ("day", "span")
    actors = sum(n.kind in ("person", "body") for n in draft.names)
    place = "title" if sentence.title else ("lead" if sentence.lead else "caption")
    scale = [
        (True, _TIME_WEIGHTS[precision], f"time:{precision}"),
        (draft.legal, 3.0, "document-number"),
        (draft.series, 2.5, "series"),
        (draft.ordinal, 1.0, "ordinal"),
        (draft.main.event_type == "border_gate" and any(n.kind == "gate" for n in draft.names), 2.0, "gate"),
        (part.cue("held"), 1.0, "held"),
        (draft.status_mark, 0.8, draft.status),
        (_on_an_occasion(draft, part), 1.2, "occasion"),
        (sentence.title or sentence.caption, 0.8, place),
        (sentence.lead, 1.5, place),
        (actors, 0.5 if actors == 1 else 0.8, "actors"),
        (any(n.kind in ("province", "place", "gate") for n in draft.names), 0.5, "place"),
        (_two_sides(draft, knowledge), 0.5, "both sides"),
        (len(draft.triggers) > 1 and (draft.time or actors), 0.4, "triggers"),
        (not draft.series and _counted(draft, part), -3.0, "counted"),
        (not draft.recurrence and part.cue("total"), -3.0, "total"),
        (part.cue("wish"), -1.0 if dated else -2.5, "wish"),
        (draft.main.event_type == "policy" and not draft.legal, -1.0 if dated else -2.5, "policy-without-number"),
    ]
    for holds, weight, reason in scale:
        if holds:
            draft.score += weight
            draft.reasons.append(f"{reason} {weight:+.1f}")


def _on_an_occasion(draft: Draft, part: Sentence) -> bool:
    """ "On this occasion they signed …": done when something was done that the text told."""
    return any(m.kind == "at_event" and m.key == "any" and m.end <= draft.main.start for m in part.marks)


def _two_sides(draft: Draft, knowledge: Knowledge) -> bool:
    """Whether units of Vietnam and of another country are named: parties of something shared."""
    tables = knowledge.tables
    rows = [tables.provinces.get(n.name) or tables.places.get(n.name) for n in draft.names if n.kind in ("province", "place", "country")]
    return len({row.country for row in rows if row}) > 1


def _counted(draft: Draft, part: Sentence) -> bool:
    """A cardinal right before the trigger ("200 agreements") makes it a total, unless it is an ordinal or a time."""
    if draft.ordinal:
        return False
    for trigger in draft.triggers:
        match = _CARDINAL.search(part.text, max(part.span[0], trigger.start - 14), trigger.start)
        if match and not _is_time(match.start(), part) and not any(n.start <= match.start() < n.end for n in part.names):
            return True
    return False


def spans_of(items: Iterable[Trigger | TimeSpan | NameSpan]) -> Span:
    """The stretch that covers all items."""
    listed: Sequence[Trigger | TimeSpan | NameSpan] = list(items)
    return min(i.start for i in listed), max(i.end for i in listed)
