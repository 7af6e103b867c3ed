"""How sure a draft is to be an event: what speaks for it and against it."""

from __future__ import annotations

import re

from timeline.events.ordinals import is_time
from timeline.events.reading import Mark, Tools
from timeline.events.sentence import CLAUSE_BREAK, Draft, Sentence, between
from timeline.events.times import tells_days
from timeline.knowledge import Knowledge

# A draft of at least this weight is an event, whatever else the story tells. Chosen on pages of the development
# sets; see docs/accuracy.md.
THRESHOLD = 2.1
# Down to these, one of a type that is seldom named in vain is an event too, unless it names one that the story has told.
# Conferences and policies are: reports are full of them.
LEAST = {"agreement": 1.0, "meeting": 1.0, "visit": 1.0, "exchange": 1.3, "ceremony": 1.5, "border_gate": 1.5, "infrastructure": 1.5}
_CARDINAL = re.compile(r"(?<![\w/.-])\d[\d., \u00a0]*\s*$")
_NUMBER = re.compile(r"(?<![A-Za-z\d./:-])(?:[2-9]|\d{2,3})(?![A-Za-z\d./:%-])")
_NUMBER_REACH = 24  # characters between a happening and the number of its like
_LONG = re.compile(r"(?:\d{4}-\d\d/\d{4}-\d\d|\d{4}(?:/\d{4})?)")  # months, years
_ADDED_UP = frozenset(("meeting", "visit", "agreement", "exchange"))
_TOPIC_REACH = 40  # characters between "discussed" and what was
_PAUSE = re.compile(r"[,;:，；：、]")
_OBJECT = 2  # characters between a verb and the number of its objects
_TIME_WEIGHTS = {"day": 3.0, "span": 2.5, "month": 2.5, "season": 2.0, "year": 1.5, "period": 1.0, "none": 0.0}


def judge(draft: Draft, part: Sentence, sentence: Sentence, tools: Tools, knowledge: Knowledge) -> None:
    """Add up what speaks for a happening and against; each reason is kept."""
    precision = draft.time.date_precision if draft.time else "none"
    dated = precision in ("day", "span")
    actors = sum(n.kind in ("person", "body") for n in draft.names)
    place = "title" if sentence.title else ("lead" if sentence.lead else "caption")
    counted = not draft.series and (_counted(draft, part) or _is_sum(draft, part))
    wish = _is_wished(draft, part, tools.grammar.verb_last)
    draft.told = _is_told(draft, part, sentence, actors) and not (counted or wish or part.cue("total"))
    signed = dated and draft.main.event_type == "agreement"  # "altogether 45 agreements were signed today"
    reported = actors > 0 and part.cue("held") and (sentence.title or sentence.lead)
    scale = [
        (True, _TIME_WEIGHTS[precision], f"time:{precision}"),
        (draft.legal, 3.0, "document-number"),
        (draft.series, 2.5, "series"),
        (draft.ordinal, 1.0, "ordinal"),
        (draft.main.event_type == "border_gate" and any(n.kind == "gate" for n in draft.names), 2.0, "gate"),
        (part.cue("held") and (dated or not wish), 1.0, "held"),  # "hopes that it will be opened"
        (draft.status_mark and draft.status_mark.kind != "future" and (dated or not wish), 1.0, draft.status),
        (_on_an_occasion(draft, part) and not wish, 1.2, "occasion"),
        (sentence.title or sentence.caption, 0.8, place),
        (sentence.lead, 1.5, place),
        (sentence.title and draft.main.event_subtype == "state_visit", 0.4, "state visit"),
        (actors, 0.5 if actors == 1 else 0.8, "actors"),
        (draft.is_placed, 0.5, "place"),
        (_two_sides(draft, knowledge), 0.5, "both sides"),
        (len(draft.triggers) > 1 and (draft.time or actors), 0.4, "triggers"),
        (counted, -3.0, "counted"),
        (part.cue("total") and not (draft.recurrence and draft.series), -1.0 if signed else -3.0, "total"),
        (wish, -1.0 if dated else -2.5, "wish"),
        (wish and draft.time and _is_behind_day(part.cue("wish"), draft), -1.5 - _TIME_WEIGHTS[precision], "wish-behind-the-day"),
        (_is_hoped_for(part.cue("wish") if wish and not dated else None, draft), -_TIME_WEIGHTS[precision], "wish-with-its-time"),
        (draft.main.event_type == "policy" and not draft.legal, -1.0 if dated or reported else -2.5, "policy-without-number"),
    ]
    for holds, weight, reason in scale:
        if holds:
            draft.score += weight
            draft.reasons.append((reason, weight))


def _is_told(draft: Draft, part: Sentence, sentence: Sentence, actors: int) -> bool:
    """Whether the words tell that something was or will be done, and do not merely name it."""
    met = any(m.key == "met" and m.start == draft.main.start for m in part.marks)
    if draft.time or draft.status_mark or part.cue("held") or met or _on_an_occasion(draft, part):
        return True
    return sentence.title or sentence.caption or (sentence.lead and actors > 0)


def _is_wished(draft: Draft, part: Sentence, verb_last: bool) -> bool:
    """Whether somebody wishes for it: an aim behind what was done ("signed …, in order to promote …") is none."""
    if _is_talked_about(draft, part):
        return True
    wish = part.cue("wish")
    if wish is None:
        return False
    done = [m for m in part.marks if m.kind == "cue" and m.key == "held"]
    held = [m.start for m in done]
    if verb_last:  # what was done is told last, or in a clause before
        before = any(draft.main.start <= m.end <= wish.start and CLAUSE_BREAK.search(part.text, m.end - 1, wish.start) for m in done)
        return not before and not any(start > wish.end for start in held)
    return wish.start < draft.main.end or not any(start < wish.start for start in held)


def _is_behind_day(wish: Mark | None, draft: Draft) -> bool:
    """Whether a wish stands between the day and what is wished: "it grew on 3 May; both will press for the upgrade"."""
    return wish is not None and draft.time is not None and draft.time.end <= wish.start and wish.end <= draft.main.start


def _is_hoped_for(wish: Mark | None, draft: Draft) -> bool:
    """Whether the time too is only hoped for: "hopes that the gate will be upgraded in 2026"."""
    return wish is not None and draft.time is not None and not wish.follows and wish.end <= min(draft.time.start, draft.main.start)


def _is_talked_about(draft: Draft, part: Sentence) -> bool:
    """Whether it was only spoken of: "they discussed the opening of the gate"."""
    start, end = draft.main.start, draft.main.end
    gaps = (between(m, start, end, _TOPIC_REACH) for m in part.marks if m.kind == "cue" and m.key == "topic")
    return any(gap and not _PAUSE.search(part.text, *gap) for gap in gaps)


def _on_an_occasion(draft: Draft, part: Sentence) -> bool:
    """ "On this occasion they signed …": done when something was done that the text told."""
    return any(m.kind == "at_event" and m.key == "any" and m.end <= draft.main.start for m in part.marks)


def _two_sides(draft: Draft, knowledge: Knowledge) -> bool:
    """Whether units of Vietnam and of another country are named: parties of something shared.

    Two countries alone are no such parties: "Vietnamese–Chinese" stands in half the names on these pages.
    """
    tables = knowledge.tables
    named = [n for n in draft.names if n.kind in ("province", "place", "country")]
    rows = [tables.provinces.get(n.name) or tables.places.get(n.name) for n in named]
    return any(n.kind != "country" for n in named) and len({row.country for row in rows if row}) > 1


def _is_sum(draft: Draft, part: Sentence) -> bool:
    """ "In the first half of the year it received 45 delegations and signed 12 agreements": what months or years add up to."""
    if draft.time is None or draft.ordinal or draft.main.event_type not in _ADDED_UP or not _LONG.fullmatch(draft.time.date_edtf):
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
    ends = [trigger.end for trigger in draft.triggers]
    for trigger in draft.triggers:
        match = _CARDINAL.search(part.text, max(part.span[0], trigger.start - 14), trigger.start)
        if match and 0 < trigger.literal < trigger.end - trigger.start and draft.time and tells_days(draft.time):
            continue  # "45 students came for an exchange from 8 to 10 December": those who came were counted
        if match is None or is_time(match.start(), part) or any(n.start <= match.start() < n.end for n in part.names):
            continue
        done = trigger.event_type == "agreement" and part.cue("held") and not part.cue("recurring")  # "45 agreements were signed"
        is_object = (done or any(0 <= match.start() - end <= _OBJECT for end in ends)) and not part.cue("total")
        if not is_object:  # "signed 45 agreements" is a happening
            return True
    return False
