"""How sure a draft is to be an event: what speaks for it and against it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.events.ordinals import is_time
from timeline.events.reading import Mark, Tools
from timeline.events.sentence import CLAUSE_BREAK, PLACES, Draft, Sentence, Trigger, between
from timeline.events.times import tells_days
from timeline.knowledge import Knowledge
from timeline.model import NameKind, Precision, TimeSpan

# A draft of at least this weight is an event, whatever else the story tells. Chosen on pages of the development
# sets; see docs/accuracy.md.
THRESHOLD = 2.1
# Down to these, one of a type that is seldom named in vain is an event too, unless it names one that the story has told.
# Policies are: reports are full of them. Conferences are, unless their place or whoever came is told too.
LEAST = {
    "conference": 1.5,
    "agreement": 1.0,
    "meeting": 1.0,
    "visit": 1.0,
    "exchange": 1.3,
    "ceremony": 1.5,
    "border_gate": 1.5,
    "infrastructure": 1.5,
}
_CARDINAL = re.compile(r"(?<![\w/.-])\d[\d., \u00a0]{0,14}\s{0,14}$")
_NUMBER = re.compile(r"(?<![A-Za-z\d./:-])(?:[2-9]|\d{2,3})(?![A-Za-z\d./:%-])")
_NUMBER_REACH = 24  # characters between a happening and the number of its like
_LONG = re.compile(r"(?:\d{4}-\d\d/\d{4}-\d\d|\d{4}(?:/\d{4})?)")  # months, years
_ADDED_UP = frozenset(("meeting", "visit", "agreement", "exchange"))
_TOPIC_REACH = 40  # characters between "discussed" and what was
_PAUSE = re.compile(r"[,;:，；：、،؛]")
_COUNT_REACH = 14  # characters before a happening in which a number of it may stand
_IN_NUMBERS = ".,"
_UNITS = frozenset(("province", "place", "country"))
_OBJECT = 2  # characters between a verb and the number of its objects
_TIME_WEIGHTS = {"day": 3.0, "span": 2.5, "month": 2.5, "season": 2.0, "year": 1.5, "period": 1.0, "none": 0.0}


def judge(draft: Draft, part: Sentence, sentence: Sentence, tools: Tools, knowledge: Knowledge) -> None:
    """Add up what speaks for a happening and against; each reason is kept."""
    kinds = [n.kind for n in draft.names]
    actors = kinds.count("person") + kinds.count("body")
    marked = part.marked
    precision: Precision = draft.time.date_precision if draft.time else "none"
    dated = precision in ("day", "span")
    counted = not draft.series and (_counted(draft, part) or _is_sum(draft, part))
    wish = bool(marked["wish"] or marked["topic"]) and _is_wished(draft, part, tools.grammar.verb_last)
    occasion = bool(marked["at_event"]) and _on_an_occasion(draft, part)
    total = bool(marked["total"])
    draft.told = not (counted or wish or total) and (occasion or _is_told(draft, part, sentence, actors))
    draft.weigh(_TIME_WEIGHTS[precision], f"time:{precision}")
    _weigh_what_is_told(draft, part, "gate" in kinds, not wish or dated)
    if occasion and not wish:
        draft.weigh(1.2, "occasion")
    _weigh_who_and_where(draft, kinds, actors, sentence, knowledge)
    if counted:
        draft.weigh(-3.0, "counted")
    if total and not (draft.recurrence and draft.series):
        signed = dated and draft.main.event_type == "agreement"  # "altogether 45 agreements were signed today"
        draft.weigh(-1.0 if signed else -3.0, "total")
        draft.adds_up = not signed
    if wish:
        _weigh_wish(draft, marked["wish"], dated, _TIME_WEIGHTS[precision])
    if draft.main.event_type == "policy" and not draft.legal:
        reported = actors > 0 and part.is_done and (sentence.title or sentence.lead)
        draft.weigh(-1.0 if dated or reported else -2.5, "policy-without-number")


def _weigh_what_is_told(draft: Draft, part: Sentence, at_gate: bool, told: bool) -> None:
    """As what it is told, and in what words; `told`: and not only wished for ("hopes that it will be opened")."""
    if draft.legal:
        draft.weigh(3.0, "document-number")
    if draft.series:
        draft.weigh(2.5, "series")
    if draft.ordinal:
        draft.weigh(1.0, "ordinal")
    if at_gate and draft.main.event_type == "border_gate":
        draft.weigh(2.0, "gate")
    if told and part.is_done:
        draft.weigh(1.0, "held")
    if told and draft.status_mark and draft.status_mark.kind != "future":
        draft.weigh(1.0, draft.status)


def _weigh_who_and_where(draft: Draft, kinds: list[NameKind], actors: int, sentence: Sentence, knowledge: Knowledge) -> None:
    """Where on the page it is told, and what names, of what `kinds`, stand with it."""
    if sentence.title or sentence.caption:
        draft.weigh(0.8, "title" if sentence.title else "caption")
    if sentence.lead:
        draft.weigh(1.5, "lead")
    if sentence.title and draft.main.event_subtype == "state_visit":
        draft.weigh(0.4, "state visit")
    if actors:
        draft.weigh(0.5 if actors == 1 else 0.8, "actors")
    if not PLACES.isdisjoint(kinds):
        draft.weigh(0.5, "place")
    if ("province" in kinds or "place" in kinds) and _two_sides(draft, knowledge):
        draft.weigh(0.5, "both sides")
    if len(draft.triggers) > 1 and (draft.time or actors):
        draft.weigh(0.4, "triggers")


def _weigh_wish(draft: Draft, wishes: Sequence[Mark], dated: bool, weight: float) -> None:
    """That it is wished for; `weight`: of its time, which may be no more than hoped for."""
    draft.weigh(-1.0 if dated else -2.5, "wish")
    if wishes and draft.time:
        if _is_behind_day(wishes[0], draft.time, draft):
            draft.weigh(-1.5 - weight, "wish-behind-the-day")
        if not dated and _is_hoped_for(wishes[0], draft.time, draft):
            draft.weigh(-weight, "wish-with-its-time")


def _is_told(draft: Draft, part: Sentence, sentence: Sentence, actors: int) -> bool:
    """Whether the words tell that something was or will be done, and do not merely name it."""
    if draft.time or draft.status_mark or part.is_done or any(m.start == draft.main.start for m in part.marked["met"]):
        return True
    return sentence.title or sentence.caption or (sentence.lead and actors > 0)


def _is_wished(draft: Draft, part: Sentence, verb_last: bool) -> bool:
    """Whether somebody wishes for it: an aim behind what was done ("signed …, in order to promote …") is none."""
    if _is_talked_about(draft, part):
        return True
    if not part.marked["wish"]:
        return False
    wish = part.marked["wish"][0]
    done = part.marked["held"]
    held = [m.start for m in done]
    if verb_last:  # what was done is told last, or in a clause before
        before = any(draft.main.start <= m.end <= wish.start and CLAUSE_BREAK.search(part.text, m.end - 1, wish.start) for m in done)
        return not before and not any(start > wish.end for start in held)
    return wish.start < draft.main.end or not any(start < wish.start for start in held)


def _is_behind_day(wish: Mark, time: TimeSpan, draft: Draft) -> bool:
    """Whether a wish stands between the day and what is wished: "it grew on 3 May; both will press for the upgrade"."""
    return time.end <= wish.start and wish.end <= draft.main.start


def _is_hoped_for(wish: Mark, time: TimeSpan, draft: Draft) -> bool:
    """Whether the time too is only hoped for: "hopes that the gate will be upgraded in 2026"."""
    return not wish.follows and wish.end <= min(time.start, draft.main.start)


def _is_talked_about(draft: Draft, part: Sentence) -> bool:
    """Whether it was only spoken of: "they discussed the opening of the gate"."""
    start, end = draft.main.start, draft.main.end
    for mark in part.marked["topic"]:
        gap = between(mark, start, end, _TOPIC_REACH)
        if gap and not _PAUSE.search(part.text, *gap):
            return True
    return False


def _on_an_occasion(draft: Draft, part: Sentence) -> bool:
    """ "On this occasion they signed …": done when something was done that the text told."""
    return any(m.key == "any" and m.end <= draft.main.start for m in part.marked["at_event"])


def _two_sides(draft: Draft, knowledge: Knowledge) -> bool:
    """Whether units of Vietnam and of another country are named: parties of something shared.

    Two countries alone are no such parties: "Vietnamese–Chinese" stands in half the names on these pages.
    """
    tables = knowledge.tables
    countries: set[str] = set()
    for name in draft.names:
        row = (tables.provinces.get(name.name) or tables.places.get(name.name)) if name.kind in _UNITS else None
        if row:
            countries.add(row.country)
    return len(countries) > 1


def _is_sum(draft: Draft, part: Sentence) -> bool:
    """ "In the first half of the year it received 45 delegations and signed 12 agreements": what months or years add up to."""
    if draft.main.event_type not in _ADDED_UP or draft.time is None or draft.ordinal or not _LONG.fullmatch(draft.time.date_edtf):
        return False
    low, high = max(part.span[0], draft.main.start - _NUMBER_REACH), min(part.span[1], draft.main.end + _NUMBER_REACH)
    for match in _NUMBER.finditer(part.text, low, high):
        if not is_time(match.start(), part) and not any(n.start <= match.start() < n.end for n in part.names):
            return True
    return False


def _counted(draft: Draft, part: Sentence) -> bool:
    """A cardinal right before the trigger ("200 agreements") makes it a total, unless it is an ordinal or a time."""
    if draft.ordinal:
        return False
    for trigger in draft.triggers:
        low = max(part.span[0], trigger.start - _COUNT_REACH)
        last = part.text[low : trigger.start].rstrip()[-1:]
        figures = _CARDINAL.search(part.text, low, trigger.start) if last.isdecimal() or last in _IN_NUMBERS else None
        if figures and _counts(figures.start(), trigger, draft, part):
            return True
    return False


def _counts(place: int, trigger: Trigger, draft: Draft, part: Sentence) -> bool:
    """Whether a number before a happening is of its like, and not of those who came, a time's or a name's."""
    if 0 < trigger.literal < trigger.end - trigger.start and draft.time and tells_days(draft.time):
        return False  # "45 students came for an exchange from 8 to 10 December": those who came were counted
    if is_time(place, part) or any(n.start <= place < n.end for n in part.names):
        return False
    done = trigger.event_type == "agreement" and part.is_done and not part.marked["recurring"]  # "45 agreements were signed"
    is_object = done or any(0 <= place - t.end <= _OBJECT for t in draft.triggers)  # "signed 45 agreements" is a happening
    return not is_object or bool(part.marked["total"])
