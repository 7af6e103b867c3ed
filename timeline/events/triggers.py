"""The triggers of a sentence: which of them count there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from operator import attrgetter

from timeline.events.legal import legal_numbers
from timeline.events.ordinals import ordinal_of_series
from timeline.events.reading import Mark, Tools
from timeline.events.sentence import CLAUSE_BREAK, CLOSING, EASTERN_COMMA, Sentence, Trigger, begin_of_clause, between
from timeline.knowledge import Knowledge
from timeline.model import NameSpan
from timeline.text.spans import are_apart

_OCCASION_REACH = 40
_MET_REACH, _PARTNER_REACH = 90, 40  # characters between who met and "met", and from there to whom
_PARTIES = frozenset(("person", "body", "province", "place", "country"))
_OF_SOMEBODY = frozenset(("visit", "meeting"))
_IN_COMPANY = frozenset(("border_gate", *_OF_SOMEBODY))  # what counts only with somebody, or a gate, beside it
_NAMED_BY_EVENTS = frozenset(("person", "body", "series"))  # names in which a word for a happening may stand that tells none
_AIM_REACH = 60  # characters between "to agree on" and what it speaks of
_GATHERINGS = frozenset((("exchange", "fair"), ("exchange", "festival"), ("exchange", "sport")))
_SPEAKING = frozenset(("meeting", "visit", "conference", "agreement"))  # what is done in order to bring about something else
_OBJECT_REACH = 12
_PAPER_REACH = 2  # characters between "joint patrol" and the "record" of it
_ANNIVERSARY = re.compile(
    r"[\d一二两三四五六七八九十百]{1,3}个?周年| ?\d{1,3} ?주년"
)  # what comes before it is what is remembered: 恢复通关20周年
_PAIR_GAP = re.compile(r"\s*[)）]\s*[-–—]\s*[^\n()（）]{2,40}[(（]")
_CHANGES = frozenset(("border_gate", "ceremony"))
_start_of = attrgetter("start")
_LEAD = 10  # characters before "to prepare for" that begin a clause: "in order "
_ARTICLE = 6  # characters of "a", "the" before what opens a sentence
_PRONOUN, _IT = 24, 12  # characters of a subject: of "this gate was officially" at most, and of "it was"


def triggers_of(part: Sentence, sentence: Sentence, tools: Tools, knowledge: Knowledge) -> list[Trigger]:
    """The triggers that count in a segment: its words, its named series, its documents, in order."""
    found = [t for t in _words_alone(part) if t.event_type not in _IN_COMPANY or applies(t, part, sentence)]
    for verb in part.marked["met"]:
        met = Trigger(verb.start, verb.end, "meeting", "talks", literal=verb.literal)
        if _is_between_parties(verb, sentence) and applies(met, part, sentence):
            found.append(met)
    if found:
        found = _longest(found, part.text)
    told = found
    for name in part.named["series"]:
        row = knowledge.tables.series[name.name]
        if _owns_document(name, told, part):
            continue
        found = [t for t in found if not (name.start <= t.start < name.end)]
        ordinal = ordinal_of_series(name, part, tools)
        found.append(Trigger(name.start, name.end, row.event_type, row.event_subtype, row.name, ordinal))
    if found:
        found = _without_occasions(found, part)
    low, high = part.span
    if part.text.find("/", low, high) >= 0:
        found = _with_legal(found, part, knowledge)
    return sorted(found, key=_start_of) if len(found) > 1 else found


def _words_alone(part: Sentence) -> Sequence[Trigger]:
    """Its words that are no more than part of somebody's name, of a series' or of a document's left out."""
    triggers = part.triggers
    if triggers and (names := [n for n in part.names if n.kind in _NAMED_BY_EVENTS]):
        triggers = _outside(triggers, names)
    if papers := part.marked["document"]:  # a "nghị định thư" (protocol) is no decree
        triggers = [t for t in triggers if t.event_type != "policy" or not any(m.start <= t.start and t.end < m.end for m in papers)]
    return triggers


def _outside(triggers: Iterable[Trigger], names: Sequence[NameSpan]) -> list[Trigger]:
    """Those that stand in none of `names`, which are sorted by their start."""
    found: list[Trigger] = []
    for trigger in triggers:
        start, end = trigger.start, trigger.end
        for name in names:
            if name.start > start:
                found.append(trigger)
                break
            if end <= name.end:
                break
        else:
            found.append(trigger)
    return found


def _without_occasions(triggers: list[Trigger], part: Sentence) -> list[Trigger]:
    """ "To mark 20 years since the reopening, they met": the reopening is the occasion, not what happened."""
    text, cues = part.text, part.marked["subordinate"]
    kept = [t for t in triggers if not _ANNIVERSARY.match(text, t.end) and not (cues and _is_occasion(t, cues, text))]
    signed = [t for t in triggers if t.event_type == "agreement"] if len(triggers) > 1 else []
    if signed:
        kept = [t for t in kept if not _is_object(t, signed, part)]
    leads = (*part.marked["wish"], *part.marked["topic"])
    aims = [t for t in kept if _is_aim(t, leads, kept, part)] if leads else []
    if aims:
        kept = [t for t in kept if t not in aims]
    if kept:
        return kept
    spoken = any(m.key in _SPEAKING for m in part.marked["at_event"])
    return [] if aims and spoken else triggers  # "at the talks they spoke of the opening": that is what was done


def _is_occasion(trigger: Trigger, cues: Iterable[Mark], text: str) -> bool:
    for mark in cues:
        gap = between(mark, trigger.start, trigger.end, _OCCASION_REACH)
        if gap and not CLAUSE_BREAK.search(text, *gap):
            return True
    return False


def _is_object(trigger: Trigger, signed: list[Trigger], part: Sentence) -> bool:
    """ "Signed a commitment to open a pair of gates", "signed the joint patrol record": the opening, the patrol is what was signed."""
    is_patrol = trigger.event_subtype == "patrol"
    if trigger.event_type != "border_gate" and not is_patrol:
        return False
    if any(s.start < trigger.start <= s.end + _OBJECT_REACH for s in signed):
        return True
    papers = [m.start for m in part.marked["document"]] + [s.start for s in signed] if is_patrol else []
    return any(0 <= start - trigger.end <= _PAPER_REACH for start in papers)


def _is_aim(trigger: Trigger, leads: Iterable[Mark], triggers: list[Trigger], part: Sentence) -> bool:
    """ "They met to agree on the opening", "to prepare for the opening, they met": what another happening was for, or about."""
    for mark in leads:
        gap = between(mark, trigger.start, trigger.end, _AIM_REACH)
        if gap is None or CLAUSE_BREAK.search(part.text, *gap):
            continue
        done = [(t.start, t.end) for t in triggers if t.event_type in _SPEAKING and t.event_type != trigger.event_type]
        done += [(m.start, m.end) for m in part.marked["at_event"] if m.key in _SPEAKING and m.key != trigger.event_type]
        if any(mark.end <= start if mark.follows else start < mark.start for start, _ in done):
            return True
        if mark.key == "topic" and not mark.follows and _leads_clause(mark, part):
            end = CLAUSE_BREAK.search(part.text, trigger.end, part.span[1])
            if end and any(start >= end.end() for start, _ in done):
                return True
    return False


def _leads_clause(mark: Mark, part: Sentence) -> bool:
    """Whether nothing but a time stands between the begin of a clause and a cue: "On 5 March, to prepare for the opening, …"."""
    low = begin_of_clause(mark.start, part)
    return mark.start - low <= _LEAD or any(low <= t.start and mark.start - t.end <= _LEAD for t in part.times)


def _owns_document(series: NameSpan, triggers: list[Trigger], part: Sentence) -> bool:
    """ "The resolution of the 13th Congress" tells of the resolution, not of the congress."""
    return any(
        t.event_type == "policy" and 0 <= series.start - t.end <= 40 and not re.search(r"[,;:(]", part.text[t.end : series.start])
        for t in triggers
    )


def _longest(triggers: list[Trigger], text: str) -> list[Trigger]:
    """Of words of one type that overlap, those that reach furthest in one clause; of two types, one inside the other, the outer.

    A phrase with a gap in it ("committee … session") reaches far without saying much: it yields to words inside it
    that say more themselves.
    """
    if are_apart(triggers):
        return triggers
    by_type: dict[str, list[Trigger]] = {}
    for trigger in sorted(triggers, key=partial(_reach, text)):
        kept = by_type.setdefault(trigger.event_type, [])
        if not (kept and any(k.start < trigger.end and trigger.start < k.end for k in kept)):
            kept.append(trigger)
    found = [t for kept in by_type.values() for t in kept]
    if len(by_type) < 2:
        return found
    return [t for t in found if not any(_hides(other, t) for other in found)]


def _reach(text: str, trigger: Trigger) -> tuple[bool, int, int, int]:
    """Sorts those first that reach furthest in one clause, and of them those that say most."""
    start, end = trigger.start, trigger.end
    return EASTERN_COMMA.search(text, start, end) is not None, start - end, -trigger.literal, start


def _hides(other: Trigger, trigger: Trigger) -> bool:
    if other.event_type == trigger.event_type or (other.start, other.end) == (trigger.start, trigger.end):
        return False
    if other.event_type == "ceremony" and trigger.event_type == "border_gate" and trigger.event_subtype != "opening":
        return False  # "upgrade ceremony": what is announced gives the type; an "opening ceremony" opens many things
    around = other.start <= trigger.start and trigger.end <= other.end
    if around:
        return other.literal >= trigger.literal
    crossed = other.start < trigger.end and trigger.start < other.end  # "working *session* on"
    return crossed and other.literal > trigger.literal and trigger.event_type != "ceremony"


def applies(trigger: Trigger, part: Sentence, sentence: Sentence) -> bool:
    """Types that need company: a gate for a change of gates, somebody for a visit or a meeting."""
    if trigger.event_type == "border_gate":
        if trigger.event_subtype == "opening" and _opens_gathering(trigger, part):
            return False
        gates = part.named["gate"] or part.marked["gate"]
        return bool(gates) or _names_pair(part) or _is_of_trains(trigger, part) or bool(gates_before(trigger, part, sentence))
    if trigger.event_type in _OF_SOMEBODY:
        if sentence.tells_of_somebody:
            return True
        towns = {n.name for n in sentence.named["place"]}  # "Móng Cái and Dongxing held talks"
        # "They held talks on 3 September": those of the sentence before
        they = trigger.event_type == "meeting" and any(t.date_precision == "day" for t in part.times) and sentence.parties_told
        return they or len(towns) > 1
    return True


def _opens_gathering(trigger: Trigger, part: Sentence) -> bool:
    """Whether what opened is no gate but a fair, a festival or a conference at one: "a fair was opened on 31 October at the gate"."""
    gatherings = [t for t in part.triggers if t.event_type == "conference" or (t.event_type, t.event_subtype) in _GATHERINGS]
    gates = [*(n.start for n in part.named["gate"]), *(m.start for m in part.marked["gate"])]
    if not gatherings or not gates:
        return False
    text, first = part.text, min(gates)
    if first <= trigger.start:  # where the verb stands last: "was at the gate a fair opened", "A fair was on 31 October at the gate opened"
        beside = any(first < t.start and t.end <= trigger.end and len(text[t.end : trigger.end].split()) == 1 for t in gatherings)
        leads = [t for t in gatherings if t.start - part.span[0] <= _ARTICLE and t.end < first]
        return beside or any(t.end <= time.start < first for t in leads for time in part.times)
    dated = any(trigger.start < t.start < first for t in part.times)  # "… opened the gate" has its object right behind it
    for gathering in gatherings:
        low, high = sorted((gathering.start, trigger.start))
        if gathering.start >= first or CLAUSE_BREAK.search(text, low, high):
            continue
        if gathering.start > trigger.start or dated or not any(low <= n.start < high and n.kind in _PARTIES for n in part.names):
            return True
    return False


def gates_before(trigger: Trigger, part: Sentence, sentence: Sentence) -> Sequence[NameSpan]:
    """The gate of the clause before, or those of the sentence before, where no more than a pronoun stands before the change: "…; it was
    opened on 26 February".
    """
    day = any(
        t.date_precision in ("day", "span") or (t.date_precision == "month" and trigger.event_subtype == "suspension") for t in part.times
    )
    if not day or any(t.event_type not in _CHANGES for t in part.triggers):
        return ()
    of_times = sum(t.end - t.start for t in part.times if t.end <= trigger.start)  # characters
    if part.span[0] == sentence.span[0]:
        return sentence.gates_told if trigger.start - part.span[0] - of_times <= _IT and _says_no_more(trigger, part) else ()
    if trigger.start - part.span[0] - of_times > _PRONOUN:
        return ()
    last = max((n for n in sentence.named["gate"] if n.end <= part.span[0]), key=lambda n: n.end, default=None)
    return (last,) if last else ()


def _says_no_more(trigger: Trigger, part: Sentence) -> bool:
    """Whether a sentence tells of a closure, or its end, and of nothing else that might be closed: "It was reopened on 7 June"."""
    behind = part.span[1] - trigger.end - sum(t.end - t.start for t in part.times if t.start >= trigger.end)
    return trigger.event_subtype in CLOSING and behind <= _PRONOUN and not any(map(part.named.get, _PARTIES))


def _is_of_trains(trigger: Trigger, part: Sentence) -> bool:
    """Whether trains stop, or run again, between two places: "trains between Hà Nội and Nanning have been running again"."""
    if trigger.event_subtype not in CLOSING or not part.marked["train"]:
        return False
    return len({n.name for n in part.names if n.kind in ("province", "place", "country")}) > 1


def _names_pair(part: Sentence) -> bool:
    """`Si Choang (Vietnam) – Den Suoi Thang (China)`: a pair that no table lists, by its form."""
    bracketed = [n for n in part.named["country"] if part.text[n.start - 1 : n.start] in ("(", "（")]
    return any(
        {one.name, other.name} == {"Vietnam", "China"} and _PAIR_GAP.fullmatch(part.text, one.end, other.start) is not None
        for one, other in pairwise(bracketed)
    )


def _is_between_parties(verb: Mark, sentence: Sentence) -> bool:
    """Whether somebody stands before a verb and somebody right behind it, in its clause."""
    starts, ends = sentence.party_edges
    if bisect_left(ends, verb.start - _MET_REACH) == bisect_right(ends, verb.start):
        return False
    behind = starts[bisect_left(starts, verb.end) : bisect_right(starts, verb.end + _PARTNER_REACH)]
    return any(not CLAUSE_BREAK.search(sentence.text, verb.end, start) for start in behind)


def _with_legal(triggers: list[Trigger], part: Sentence, knowledge: Knowledge) -> list[Trigger]:
    """A document number is a policy event of its own; the noun before it ("Decree") belongs to it."""
    numbers = legal_numbers(part.text, *part.span, knowledge)
    kept = [
        t
        for t in triggers
        if not (t.event_type == "policy" and any(0 <= n.start - t.end <= 12 or n.start <= t.start < n.end for n in numbers))
    ]
    for number in numbers:
        nouns = [t for t in triggers if t.event_type == "policy" and 0 <= number.start - t.end <= 12]
        noun = min(nouns, key=partial(_reach, part.text), default=None)
        kept.append(Trigger(noun.start if noun else number.start, number.end, "policy", number.subtype, legal=number))
    return kept
