"""The names that belong to a happening, the whole it is a part of, and its status."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from timeline.events.reading import Mark
from timeline.events.sentence import ACTORS, CAPITALS, CLAUSE_BREAK, PLACES, SEGMENT_END, Draft, Sentence, Trigger, between, start_of
from timeline.events.times import FUTURE_REACH
from timeline.events.triggers import gates_before
from timeline.knowledge import Knowledge
from timeline.model import NameSpan

_QUOTED_REACH = 24  # characters between "according to" and who is quoted
_ROLES = ("person", "party_secretary")
_STATUSES = ("cancelled", "postponed", "scheduled", "ongoing")
_STOP, _BLANKS = re.compile(r"[.;:()]"), re.compile(r"[\s.]")
_ROLE_REACH = 24  # characters between "Chairman" and the body that he chairs
_LEADER_REACH = 80  # characters between a leader and the organ of the party that he sits in
_SEAT_REACH = 30  # characters between "consul general" and the city where he resides
_VISITED = 40  # characters between "visited" and the mission
_SEAT_BEFORE = 4  # and where it stands before him
_PROVINCE_BEHIND = 12  # characters between a city and the province told with it ("Kunming, Yunnan")
_STATUS_REACH = 120  # characters between a trigger and the cue for its status
_PLAN_REACH = 8  # and from "planned for" to the time that it was planned for
_LED_REACH = 12  # and between a cue and what it leads up to
_APPOSITION_REACH = 60  # and between that title and its bearer


def names_of(group: list[Trigger], part: Sentence, sentence: Sentence, knowledge: Knowledge) -> list[NameSpan]:
    """Names of the segment; people and bodies of the whole sentence, since list items share their subject.

    Those that stand behind what another item tells belong to that.
    """
    main = group[0]
    if main.legal is not None:
        return []
    found = list(part.names)
    if part is not sentence:
        low, high = part.span
        # not those of another item that stand behind a trigger there: "he met X; visited Y"
        found += [
            n
            for n, before in sentence.actors
            if not low <= n.start < high and not (before and any(not low <= t.start < high for t in before))
        ]
        found += _taking_part(part, sentence)
    if main.event_type == "border_gate" and not part.named["gate"]:
        found += [replace(gate, rule="gate-named-before") for gate in gates_before(main, part, sentence)]
    more = len(found) > len(part.names)
    if seats := _seats(found, sentence, main, knowledge):
        found = [n for n in found if id(n) not in seats]
    found = [n for n in found if n.kind not in ACTORS or not _takes_no_part(n, sentence, knowledge)]
    return sorted(found, key=start_of) if more else found


def _takes_no_part(actor: NameSpan, sentence: Sentence, knowledge: Knowledge) -> bool:
    """Whether somebody is only quoted, or a body only tells who a person is."""
    if is_quoted(actor, sentence):
        return True
    return actor.kind == "body" and (_is_title(actor, sentence) or _is_of_leader(actor, sentence, knowledge))


def _taking_part(part: Sentence, sentence: Sentence) -> list[NameSpan]:
    """The provinces of a last segment that tells nothing else: "a conference was held in Nanning; Lạng Sơn and Cao Bằng took part"."""
    end = part.span[1]
    if end == sentence.span[1] or SEGMENT_END.search(sentence.text, end, sentence.span[1]):
        return []
    if any(m.kind != "word" and m.key != "held" for m in sentence.marks[bisect_left(sentence.marks, end, key=start_of) :]):
        return []
    if sentence.times and sentence.times[-1].start >= end:
        return []
    return [n for n in sentence.names if n.kind in ("province", "place") and n.start >= end]


def is_quoted(name: NameSpan, sentence: Sentence) -> bool:
    """Whether somebody is only quoted or congratulated."""
    quotes = sentence.marked["quoted"]
    return bool(quotes) and any(between(m, name.start, name.end, _QUOTED_REACH) for m in quotes)


def share_out(drafts: list[Draft], verb_last: bool) -> None:
    """Of several meetings in one clause each has the people named with it, and those named before all of them."""
    meetings = sorted((d for d in drafts if d.main.event_type == "meeting"), key=lambda d: d.main.start)
    if len(meetings) < 2:
        return
    first = min((n.start for d in meetings for n in d.names if n.kind == "person"), default=0)
    for k, draft in enumerate(meetings):
        before, behind = meetings[k - 1] if k else None, meetings[k + 1] if k + 1 < len(meetings) else None
        if verb_last:
            low, high = (before.main.end if before else 0), draft.main.end
            shared = {first}
        else:
            low, high = draft.main.start, behind.main.start if behind else draft.segment[1]
            shared = {n.start for n in draft.names if n.start < meetings[0].main.start}
        draft.names = [n for n in draft.names if n.kind != "person" or low <= n.start < high or n.start in shared]


def share_places(drafts: list[Draft], verb_last: bool) -> None:
    """Of happenings in one clause each with a day of its own, each has the places told with it: "on Friday they visited the gate
    of Hekou and on Saturday met in Honghe". One that no place stands with has all of them.
    """
    dated = sorted((d for d in drafts if d.time and d.time_rule == "clause"), key=lambda d: d.main.start)
    if verb_last or len({d.time.date_edtf for d in dated if d.time}) < len(dated) or len(dated) < 2:
        return
    begins = [min(d.time.start, d.main.start) for d in dated if d.time]
    if begins != sorted(begins):
        return
    edges = [*begins[1:], dated[0].segment[1]]
    own = [
        {id(n) for n in d.names if n.kind in PLACES and begin <= n.start < end} for d, begin, end in zip(dated, begins, edges, strict=True)
    ]
    if not all(own):
        return
    for k, draft in enumerate(dated):
        others = set().union(*(names for j, names in enumerate(own) if j != k))
        draft.names = [n for n in draft.names if id(n) not in others]


def leave_to_signers(drafts: list[Draft], verb_last: bool) -> None:
    """Of a conference and what was signed at it, told in this order, those named behind the signing are the signers': "at the fair in
    Yunfu a memorandum was signed between Lạng Sơn and Chongzuo".
    """
    signed = [d.main.start for d in drafts if d.main.event_type == "agreement"]
    for draft in drafts if signed and not verb_last else ():
        begin = min((start for start in signed if start > draft.main.start), default=0)
        if draft.main.event_type != "conference" or not begin or not any(n.kind in PLACES and n.start < begin for n in draft.names):
            continue
        draft.names = [n for n in draft.names if n.start < begin or (n.kind not in PLACES and n.kind != "body")]


def share_time(drafts: list[Draft]) -> None:
    """Of happenings that are told by their numbers in one breath ("the 3rd conference and the 9th session in March") one time is that
    of all.
    """
    numbered = [d for d in drafts if d.ordinal and not d.main.recalled and not d.main.framed]
    timed = [d for d in numbered if d.time]
    for draft in numbered if len(timed) == 1 else ():
        if draft.time is None:
            draft.time, draft.time_rule = timed[0].time, timed[0].time_rule


def leave_to_recalled(drafts: list[Draft]) -> None:
    """What one happening looked back on has the names and the time told behind it, and the other those before."""
    for recalled in [draft for draft in drafts if draft.main.recalled]:
        begin = recalled.main.start
        for draft in drafts:
            behind = draft is recalled
            draft.item = draft.main.start
            if behind or draft.main.start < begin:
                draft.names = [n for n in draft.names if (n.start >= begin) == behind]
            if draft.time and not behind and draft.main.start < begin <= draft.time.start:
                draft.time, draft.time_rule = None, ""


def _seats(names: list[NameSpan], sentence: Sentence, main: Trigger, knowledge: Knowledge) -> set[int]:
    """The places where missions and consuls only reside, by `id`: "the consul general in Kunming, Yunnan province" """
    marked = sentence.marked
    if not (marked["embassy"] or marked["consulate"] or marked["consul"]):
        return set()
    missions = (*marked["embassy"], *marked["consulate"], *marked["consul"])
    places = [n for n in names if n.kind in ("province", "place")]
    seats: set[int] = set()
    for mission in missions if places else ():
        behind = [n for n in places if not mission.follows and 0 <= n.start - mission.end <= _SEAT_REACH]
        before = [n for n in places if 0 <= mission.start - n.end <= (_SEAT_REACH if mission.follows else _SEAT_BEFORE)]
        if not behind and not before:
            continue
        place = max(before, key=lambda n: n.end) if before else min(behind, key=lambda n: n.start)
        low, high = sorted((mission.start, mission.end, place.start, place.end))[1:3]
        city = knowledge.tables.places.get(place.name)
        around = [n for n in places if city and n.name == city.province and 0 < n.start - place.end <= _PROVINCE_BEHIND]
        # "the consulate in Đà Nẵng held a ceremony", "who represents his country in Hanoi was received": there, for all the words say
        if len(places) == 1 + len(around) and (mission.key != "consul" or place.name in CAPITALS):
            continue
        if main.event_type == "visit" and mission.key != "consul" and _gap(main, mission) <= _VISITED:  # "visited the consulate in Kunming"
            continue
        done = any(m.kind in ("trigger", "cue") and low <= m.start < high for m in sentence.marks)  # "the consul visited Đà Nẵng"
        if not done and not CLAUSE_BREAK.search(sentence.text, low, high):
            seats.update(map(id, (place, *around)))
    return seats


def _gap(one: Trigger, other: Mark) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _is_of_leader(body: NameSpan, sentence: Sentence, knowledge: Knowledge) -> bool:
    """An organ of a party beside a person is that person's: texts name the Politburo for its members, not for what it did."""
    row = knowledge.tables.actors.get(body.name)
    if row is None or row.level != "party":
        return False
    return any(-_LEADER_REACH <= n.start - body.end <= _LEADER_REACH for n in sentence.named["person"])


def _is_title(body: NameSpan, sentence: Sentence) -> bool:
    """A body that only tells whose chairman a person is took no part by itself.

    Behind a role word ("Chairman of the Assembly"), with the person right behind the body, or named before in the clause
    ("X, Chairman of the Assembly").
    """
    people = sentence.named["person"]
    if not people:
        return False
    role = max((m.end for kind in _ROLES for m in sentence.marked[kind] if m.end <= body.start), default=-1)
    led = role >= 0 and body.start - role <= _ROLE_REACH and not CLAUSE_BREAK.search(sentence.text, role, body.start)
    if led and any(0 <= role - n.end <= _APPOSITION_REACH for n in people):
        return True
    person = next((n for n in people if n.start >= body.end), None)
    if person is None or person.start - body.end > _APPOSITION_REACH:
        return False
    gap = sentence.text[body.end : person.start]
    if led and not _STOP.search(gap):
        return True
    for mark in sentence.marked["person"]:
        if body.end <= mark.start and mark.end <= person.start:
            gap = gap.replace(sentence.text[mark.start : mark.end], "")
    for name in sentence.named["province"]:
        if body.end <= name.start and name.end <= person.start:
            gap = gap.replace(name.text, "")
    return not _BLANKS.sub("", gap)


def whole_of(group: list[Trigger], part: Sentence) -> NameSpan | None:
    """The named series within whose frame it happened, when another trigger gives the event itself."""
    main = group[0]
    series = part.named["series"]
    if series and main.event_type != "conference":
        return next((name for name in series if name.name != main.series), None)
    return None


def _is_of_next(cue: Mark, draft: Draft, part: Sentence) -> bool:
    """Whether a cue behind a happening leads up to another: "they met and said that the gate will open"."""
    if cue.follows or cue.start < draft.main.end:
        return False
    others = (o for o in part.triggers if all(o.end <= t.start or o.start >= t.end for t in draft.triggers))
    return any(0 <= other.start - cue.end <= _LED_REACH for other in others)


def _is_overtaken(cue: Mark, draft: Draft, part: Sentence) -> bool:
    """Whether the plan is told with a time of its own only to say what became of it: "at first planned for June, it was held from 1
    to 4 August".
    """
    held = min((m.start for m in part.marked["held"] if m.start >= cue.end), default=None)
    if draft.time is None or held is None:
        return False
    if held < draft.time.start and CLAUSE_BREAK.search(part.text, cue.end, held):
        return True
    own = [t for t in part.times if max(t.start - cue.end, cue.start - t.end) <= _PLAN_REACH]
    return bool(own) and draft.time not in own and draft.time.start >= own[-1].end


def _says_so(cue: Mark, status: str, draft: Draft, part: Sentence) -> bool:
    """Whether a cue for a status speaks of a happening."""
    main = draft.main
    if status in ("cancelled", "postponed") and main.event_subtype == "suspension" and cue.start < main.end and main.start < cue.end:
        return False  # "ställs in": that traffic stops is what happened
    if status == "scheduled" and _is_overtaken(cue, draft, part):
        return False
    return abs(cue.start - main.start) < _STATUS_REACH and not _is_of_next(cue, draft, part)


def set_status(draft: Draft, part: Sentence, sentence: Sentence) -> None:
    """Scheduled, postponed, cancelled or ongoing, where a cue near the trigger says so."""
    alone = len(part.marks) < 2
    marked = part.marked
    for status in _STATUSES:
        marks = marked[status] or (alone and sentence.marked[status])
        if marks and _says_so(marks[0], status, draft, part):
            draft.status, draft.status_mark = status, marks[0]
            return
    main = draft.main
    for mark in marked["future"]:
        if 0 <= (mark.start - main.end if mark.follows else main.start - mark.end) <= FUTURE_REACH:
            draft.status, draft.status_mark = "scheduled", Mark(mark.start, mark.end, "future", "scheduled")
            return
    planned = sentence.marked["scheduled"] if part is not sentence else ()
    if planned and planned[0].end <= part.span[0] and not part.is_done:  # "will meet X; visit Y"
        draft.status, draft.status_mark = "scheduled", planned[0]
