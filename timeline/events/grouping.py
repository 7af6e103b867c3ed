"""Which of a segment's triggers tell one happening: those that share a time, a gate, a series, a kind, a partner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from timeline import edtf
from timeline.events.ordinals import ordinal_at
from timeline.events.reading import Tools
from timeline.events.sentence import CLAUSE_BREAK, CLOSING, EASTERN_COMMA, Sentence, Trigger, between
from timeline.knowledge import Knowledge
from timeline.model import TimeSpan
from timeline.text import is_unspaced

_NEXT_CLAUSE = 200  # what a comma of an eastern language adds: there a time stands before what it dates
_KINDS_APART = frozenset(("visit", "agreement"))
# Rites that are no part of what stands beside them: who opened a house and met somebody did two things.
_RITES_BESIDE = dict.fromkeys(("inauguration", "groundbreaking", "award"), frozenset(("meeting", "visit"))) | {
    "commemoration": frozenset(("meeting", "visit", "agreement"))
}
_NUMBERED = frozenset(("conference", "meeting", "exchange"))
_FIGURES = re.compile(r"\d+|\b[IVX]+\b")
_LOOKING_BACK = frozenset(("conference", "meeting", "visit"))  # at which something else is spoken of
_LOOKED_BACK_ON = frozenset(("conference", "meeting", "exchange"))
_OWN = 6  # characters from what is looked back on to its time (" of ")
_CLAUSE = 60  # and to where a clause tells when it was ("…, which was held in Ha Tinh in September 2019")
_WITH_GUESTS = frozenset(("exchange", "conference"))
_PAUSE = re.compile("[,;:，、،؛]")
_TWO = 2
_CLAUSE_TIMES = frozenset(("day", "span", "month", "year"))
_TOUCH = 3  # characters between two words that name one thing
_PART_REACH = 48  # characters between "within the framework of" and the whole it names


def grouped(triggers: list[Trigger], part: Sentence, knowledge: Knowledge, tools: Tools) -> list[list[Trigger]]:
    """Triggers of one happening together, the one that gives the type first."""
    if len(triggers) < _TWO:
        return [triggers] if triggers else []
    verb_last = tools.grammar.verb_last
    recalled = _recalled(triggers, part, tools) if part.times and not verb_last else []
    if recalled:
        starts = {t.start for t in recalled}
        triggers = [t for t in triggers if t.start not in starts]
    legal = [t for t in triggers if t.legal is not None]
    frames = [t for t in triggers if t.legal is None and _framed(t, part)] if part.marked["part"] else []
    rest = [t for t in triggers if t not in frames and t not in legal] if frames or legal else triggers
    policies = [t for t in rest if t.event_type == "policy"]
    if policies:
        rest = [t for t in rest if t.event_type != "policy"]
    groups = _by_time(rest, part) if rest else []
    groups = [piece for group in groups for piece in _by_gate(group, part, knowledge)]
    groups = [piece for group in groups for piece in _by_number(group, part, tools)]
    if any(t.series for t in triggers):
        groups = [piece for group in groups for piece in _by_series(group)]
        groups = [piece for group in groups for piece in _apart_from_series(group)]
    groups = [piece for group in groups for piece in _by_kind(group, part)]
    groups = [piece for group in groups for piece in _by_partner(group, part, verb_last)]
    groups += [[t] for t in (*(replace(t, framed=True) for t in frames), *legal, *recalled)]
    if policies:
        groups += [[t for t in policies if t.event_subtype == subtype] for subtype in sorted({t.event_subtype for t in policies})]
    return [_ranked(group, part, knowledge) for group in groups if group]


def _recalled(triggers: list[Trigger], part: Sentence, tools: Tools) -> list[Trigger]:
    """What another happening before it only looked back on, each with its own time: "at the talks on 4 March they praised the fair of
    2023", "at the conference he spoke of the 22nd summit, which was held in September 2019".
    """
    days = [t for t in part.free_times if t.date_precision in ("day", "span")]
    found: list[Trigger] = []
    for trigger in triggers:
        before = [t for t in triggers if t.end <= trigger.start and t.event_type in _LOOKING_BACK and t.legal is None]
        time = (
            _own_time(trigger, triggers, part, tools)
            if before and trigger.legal is None and trigger.event_type in _LOOKED_BACK_ON
            else None
        )
        if time is None:
            continue
        if any(_touches(trigger, t, part.text) for t in before) or any(edtf.overlaps(t.date_edtf, time.date_edtf) for t in days):
            continue  # "at the conference “Meet Korea 2025”, held in Hưng Yên on 14 May 2025"
        told = [t for t in days if t.end <= trigger.start]
        at_event = any(m.key in {t.event_type for t in before} and m.end <= trigger.start for m in part.marked["at_event"])
        if told or at_event:
            found.append(replace(trigger, time=time, recalled=True))
    return found


def _own_time(trigger: Trigger, triggers: list[Trigger], part: Sentence, tools: Tools) -> TimeSpan | None:
    """The month or year right behind a happening; behind one that has a number, the first one that its clause tells of it."""
    behind = [t for t in part.free_times if t.start >= trigger.end]
    if not behind or behind[0].date_precision not in ("month", "year"):
        return None
    time = behind[0]
    if time.start - trigger.end <= _OWN:
        return time
    low, high = trigger.end, time.start
    if high - low > _CLAUSE or any(low <= t.start < high for t in triggers):
        return None
    return time if ordinal_at(trigger.start, trigger.end, part, tools) else None


def _by_number(group: list[Trigger], part: Sentence, tools: Tools) -> list[list[Trigger]]:
    """Happenings with a number each are each of its own: "the 3rd conference of the secretaries and the 9th session of the group"."""
    if len(group) < _TWO or len(_FIGURES.findall(part.text, *part.span)) < _TWO:
        return [group]
    numbers = {t.start: ordinal_at(t.start, t.end, part, tools) for t in group if t.event_type in _NUMBERED}
    numbered = [t for t in group if numbers.get(t.start)]
    if len({numbers[t.start] for t in numbered}) < _TWO:
        return [group]
    pieces: dict[int | None, list[Trigger]] = {}
    for trigger in group:
        near = trigger if trigger in numbered else min(numbered, key=lambda t: abs(t.start - trigger.start))
        pieces.setdefault(numbers[near.start], []).append(trigger)
    return list(pieces.values())


def _apart_from_series(group: list[Trigger]) -> list[list[Trigger]]:
    """What is signed or announced at a named conference is an event of its own beside it."""
    series = [t for t in group if t.series]
    finer = [t for t in group if series and t.event_type in ("border_gate", "agreement") and t.event_type != series[0].event_type]
    return [finer, [t for t in group if t not in finer]] if finer else [group]


def _by_kind(group: list[Trigger], part: Sentence) -> list[list[Trigger]]:
    """A visit, what was signed on it and the talks held are events of their own; a ceremony goes with what is nearest.

    Words side by side are one thing ("exchange visit", "signing session").
    """
    if len(group) < _TWO:
        return [group]
    own = [t for t in group if t.event_type in _KINDS_APART or t.event_subtype == "reception" or _is_rite_apart(t, group)]
    if part.marked["met"]:
        own += [t for t in group if t.event_type == "meeting" and t not in own and _met_beside(t, group, part)]
    if not own:
        return [group]
    if any(t.event_type in _WITH_GUESTS for t in group):  # "the ministers led their delegations to the exchange": it is no visit of its own
        own = [t for t in own if t.event_type != "visit" or _goes_somewhere(t, part)]
    own = [t for t in own if not any(o.event_type not in (t.event_type, "ceremony") and _touches(t, o, part.text) for o in group)]
    rest = [t for t in group if t.event_type not in ("ceremony", *(o.event_type for o in own))]
    pieces = {kind: [t for t in own if t.event_type == kind] for kind in sorted({t.event_type for t in own})}
    if rest:
        pieces["rest"] = rest
    if len(pieces) < 2:
        return [group]
    for trigger in group:
        if not any(trigger in piece for piece in pieces.values()):
            near = min(pieces, key=lambda kind: min(abs(t.start - trigger.start) for t in pieces[kind]))
            pieces[near].append(trigger)
    return list(pieces.values())


def _by_partner(group: list[Trigger], part: Sentence, verb_last: bool) -> list[list[Trigger]]:
    """ "He held talks with X and met Y": each with people of its own is a meeting of its own."""
    people = part.named["person"]
    if len(group) < _TWO or len(people) < _TWO:
        return [group]
    meetings = [t for t in group if t.event_type == "meeting"]
    if len(meetings) < _TWO:
        return [group]
    pieces: list[list[Trigger]] = []
    for k, trigger in enumerate(meetings):
        if verb_last:
            low, high = (meetings[k - 1].end if k else part.span[0]), trigger.start
        else:
            low, high = trigger.end, (meetings[k + 1].start if k + 1 < len(meetings) else part.span[1])
        if any(low <= n.start < high for n in people) or not pieces:
            pieces.append([trigger])
        else:
            pieces[-1].append(trigger)
    first = pieces[0] + [t for t in group if t.event_type != "meeting"]
    return [first, *pieces[1:]]


def _met_beside(meeting: Trigger, group: list[Trigger], part: Sentence) -> bool:
    """Whether a verb tells that somebody met, in another clause than a conference: "attending the summit, he met with Mr Li"."""
    if not any(m.start == meeting.start for m in part.marked["met"]):
        return False
    conferences = [t for t in group if t.event_type == "conference"]
    return bool(conferences) and all(
        CLAUSE_BREAK.search(part.text, min(t.end, meeting.end), max(t.start, meeting.start)) is not None for t in conferences
    )


def _is_rite_apart(trigger: Trigger, group: list[Trigger]) -> bool:
    """Whether a rite is told beside what else was done: a celebration beside what was signed, an inauguration beside talks."""
    if trigger.event_type != "ceremony":
        return False
    others = {t.event_type for t in group if t.event_type != "ceremony"}
    return bool(others) and others <= _RITES_BESIDE.get(trigger.event_subtype, frozenset())


def _goes_somewhere(visit: Trigger, part: Sentence) -> bool:
    """Whether the words of a visit, or those behind them, name where it went."""
    return any(n.kind in ("province", "place", "gate", "country") and n.start >= visit.start for n in part.names)


def _touches(one: Trigger, other: Trigger, text: str) -> bool:
    """Whether two words stand side by side in one clause; where no blanks part words, nothing may stand between them."""
    low, high = min(one.end, other.end), max(one.start, other.start)
    if CLAUSE_BREAK.search(text, low, max(low, high)) or EASTERN_COMMA.search(text, low, max(low, high)):
        return False
    return high - low <= (1 if is_unspaced(text[low - 1]) else _TOUCH)


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

    Of visit and meeting the one nearer to the time (else the first) leads; of words for one visit, those that tell its rank; of a
    closure and what ended it ("after three years of closure the gate resumed …") what ended it.
    """
    if len(group) < _TWO:
        return group
    ranks = knowledge.type_ranks
    days = [t for t in part.times if t.date_precision == "day"]
    resumed = any(t.event_subtype == "resumption" for t in group)
    met = any(t.event_type == "meeting" for t in group) and bool(days)

    def key(trigger: Trigger) -> tuple[int, bool, bool, int, int]:
        rank = ranks.get(trigger.event_type, 99)
        # "held talks on 17 July to promote trade and cultural exchange": such an exchange may be no more than what was talked about
        moving = trigger.event_type in ("visit", "meeting") or (met and trigger.event_subtype == "cultural" and not trigger.series)
        gap = min((_gap(trigger, t) for t in days), default=0) if moving else 0
        plain = trigger.event_type == "visit" and trigger.event_subtype != "state_visit"
        plain = plain or (trigger.event_subtype == "suspension" and resumed)
        return (ranks.get("visit", 99) if moving else rank, not trigger.series, plain, gap, trigger.start)

    return sorted(group, key=key)


def _gap(trigger: Trigger, time: TimeSpan) -> int:
    return max(time.start - trigger.end, trigger.start - time.end, 0)


def _framed(trigger: Trigger, part: Sentence) -> bool:
    """Whether the trigger names only the whole that something else is a part of ("within the framework of the visit")."""
    gaps = (between(mark, trigger.start, trigger.end, _PART_REACH) for mark in part.marked["part"])
    if any(gap and not _PAUSE.search(part.text, *gap) for gap in gaps):
        return any(t.start != trigger.start for t in part.triggers)
    return False


def _by_time(triggers: list[Trigger], part: Sentence) -> list[list[Trigger]]:
    """One group a day that the segment names, when it names several and has triggers for them; a month counts beside a day."""
    if len(triggers) < _TWO or len(part.free_times) < _TWO:
        return [triggers]
    days = [t for t in part.free_times if t.date_precision in ("day", "span", "month")]
    told = [t for t in days if t.date_precision != "month"]
    days = [t for t in days if t in told or all(not edtf.overlaps(t.date_edtf, day.date_edtf) for day in told)] if told else []
    groups: dict[str, list[Trigger]] = {}
    if len({t.date_edtf for t in days}) < _TWO:
        own = changes_in_order([(t.start, t.event_type, t.event_subtype) for t in triggers], times_of_changes(part))
        own = own if len(own) == len(triggers) else times_by_clause([t.start for t in triggers], part)
        for trigger in triggers:
            groups.setdefault(own[trigger.start].date_edtf if own else "", []).append(trigger)
        return list(groups.values())
    lead = times_lead(days, part)
    changes = changes_in_order([(t.start, t.event_type, t.event_subtype) for t in triggers], days)
    for trigger in triggers:
        near = changes.get(trigger.start) or (lead_of(trigger, days) if lead else None)
        near = near or min(
            [t for t in days if t in told or not _is_parted(trigger, t, triggers)],
            key=lambda t: (distance(trigger, t, part.text), t.start),
        )
        groups.setdefault(near.date_edtf, []).append(replace(trigger, time=near))
    return list(groups.values())


def _is_parted(trigger: Trigger, time: TimeSpan, triggers: list[Trigger]) -> bool:
    """Whether another happening stands between one and a time."""
    low, high = (trigger.end, time.start) if time.start >= trigger.end else (time.end, trigger.start)
    return any(low <= other.start < high for other in triggers)


def times_of_changes(part: Sentence) -> list[TimeSpan]:
    """The times of which two changes of a gate may have one each: "closed in 2020 and opened again on 8 January 2023", "closed since
    the 3rd, opened again on the 7th".
    """
    return [t for t in part.free_times if t.date_precision in _CLAUSE_TIMES]


def changes_in_order(triggers: Sequence[tuple[int, str, str]], times: Sequence[TimeSpan]) -> dict[int, TimeSpan]:
    """By the start of its words, the time of each of two changes of a gate that are told in a row with one time each: "was closed from
    27 January to 2 February and opened again on the 3rd", "on 28 January closed and on 2 February opened". `triggers`: start, type,
    subtype. Nothing where they are more, or fewer.
    """
    changes = sorted((start, subtype.replace("opening", "resumption")) for start, kind, subtype in triggers if kind == "border_gate")
    runs = [subtype for subtype, _ in groupby(subtype for _, subtype in changes)]
    days = {t.date_edtf: t for t in sorted(times, key=lambda t: -t.start)}
    if len(runs) != _TWO or set(runs) != CLOSING or len(days) != _TWO:
        return {}
    first, last = sorted(days.values(), key=lambda t: t.start)
    return {start: first if subtype == runs[0] else last for start, subtype in changes}


def times_by_clause(starts: Sequence[int], part: Sentence) -> dict[int, TimeSpan]:
    """The time of each happening where every clause that tells one has its own: "it was raised in 2014, and in May 2025 a route was
    opened". Empty where one has none or two, or where all tell one time.
    """
    times = [t for t in part.free_times if t.date_precision in _CLAUSE_TIMES and ".." not in t.date_edtf]
    if len(times) < _TWO or len(starts) < _TWO:
        return {}
    breaks = [match.start() for match in CLAUSE_BREAK.finditer(part.text, *part.span)]
    own: dict[int, TimeSpan] = {}
    waiting: list[TimeSpan] = []  # "In 2014, it was raised": of the clause behind
    for low, high in pairwise((part.span[0], *breaks, part.span[1])):
        here = [start for start in starts if low <= start < high]
        waiting += [t for t in times if low <= t.start < high]
        if here and len(waiting) != 1:
            return {}
        own |= dict.fromkeys(here, *waiting) if here else {}
        waiting = [] if here else waiting
    told = list({t.date_edtf: t for t in own.values()}.values())
    apart = len(told) > 1 and not any(edtf.overlaps(a.date_edtf, b.date_edtf) for a, b in pairwise(told))
    return own if apart else {}


def times_lead(days: Sequence[TimeSpan], part: Sentence) -> bool:
    """Whether each of several days stands before what happened on it: "on Friday they visited the gate and on Saturday met"."""
    if len(days) < _TWO:
        return False
    starts = sorted(t.start for t in days)
    told = [t.start for t in part.happenings]
    return all(any(low < start < high for start in told) for low, high in pairwise([*starts, part.span[1]])) and (
        not any(start < starts[0] for start in told)
    )


def lead_of(trigger: Trigger, days: Sequence[TimeSpan]) -> TimeSpan | None:
    """The last day before a happening."""
    return max((t for t in days if t.start < trigger.start), key=lambda t: t.start, default=None)


def distance(trigger: Trigger, time: TimeSpan, text: str) -> int:
    """How far a time stands from a trigger; a time in parentheses belongs to what stands before it."""
    if time.start >= trigger.end:
        return time.start - trigger.end + (_NEXT_CLAUSE if EASTERN_COMMA.search(text, trigger.end, time.start) else 0)
    return 10_000 if text[max(0, time.start - 3) : time.start].rstrip().endswith(("(", "（")) else 2 * (trigger.start - time.end) + 10


def _by_gate(group: list[Trigger], part: Sentence, knowledge: Knowledge) -> list[list[Trigger]]:
    """Different changes, each followed by a gate of its own, are different events."""
    gates = part.named["gate"]
    if len(gates) < _TWO or len(group) < _TWO:
        return [group]
    gate_triggers = [t for t in group if t.event_type == "border_gate"]
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
