"""Drafts completed by what the story tells elsewhere: the gate spoken of again, the two sides and their provinces, the same day's
place; an agency's or a reporter's seat left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from timeline import edtf
from timeline.events.news import News
from timeline.events.reading import Mark
from timeline.events.sentence import CAPITALS, PLACES, SOMEBODY, Draft, Sentence, Span
from timeline.knowledge import Knowledge
from timeline.model import NameSpan

# What evidence says of a name that another sentence lent (see `explain`).
OF_PARTIES, OF_DAY, OF_HOME = "parties-of-story", "place-of-story", "home-of-report"
ADOPTED = frozenset((OF_PARTIES, OF_DAY, OF_HOME))
_AT_GATES = frozenset(("border_gate", "meeting", "visit", "ceremony", "infrastructure", "exchange"))
_OF_PARTIES = frozenset(("meeting", "agreement", "ceremony", "exchange", "visit"))
_TO_CAPITALS = frozenset(("visit", "infrastructure", "border_gate"))
_SIDE_BY_SIDE = 8  # characters between two capitals that stand for their states
_SPOKEN = ("said", "quoted", "wish", "topic")  # cues of what is only spoken of
_BESIDE = 30  # characters between a place and whoever is from there
_AGAIN = 1  # sentences back to the gate that "the gate" speaks of, where the story names several
_PARTIES_REACH = 6  # sentences back to where the parties of what was done next were told
_DAYS_AROUND = 3
_SIGNED_AFTER = 2  # sentences from a meeting to what was signed at its end
_OF_TWO = frozenset(("meeting", "agreement", "exchange"))  # what takes two sides
_OF_SIGNERS = frozenset(("meeting", "conference", "agreement"))  # what is signed, and where
_IN_UNITS = frozenset(("province", "place"))
_TAKING_PART = frozenset(("person", "body"))
# "Hanoi (VNA) – …", "HÀ NỘI, 12 September (VNA) – …": where an agency writes from, at the head of a paragraph
# "[인사이드비나=하노이, 장연환 기자]", "（北京=新华社）": a reporter's seat
_BYLINE, _REPORTER = re.compile(r"[\[(（【][^\])）】\n]{0,20}="), re.compile(r"[^\])）】\n]{0,24}[\])）】]")
_WIRE = re.compile(r"(?:,[^\n(]{0,30})?\s*\([^()\n]{2,25}\)\s*[-–—:]|,\s*[^\n(,]{0,30}\d[^\n(,]{0,30}\s[-–—]\s")


def place_drafts(
    drafts: list[Draft], sentences: Sequence[Sentence], order: Mapping[Span, int], knowledge: Knowledge, published: str
) -> None:
    """Complete where each draft happened, in their order: after an agency's seat is left out, gates first, which tell provinces.

    `order`: by its span, the place of each sentence among all. `published` is the page's own day, where it is known.
    """
    own = [draft for draft in drafts if draft.refers_to is None and draft.legal is None]
    text = sentences[0].text if sentences else ""
    for draft in own:
        _leave_out_states(draft)
        _leave_out_seat(draft, text)
    _adopt_gates(own, sentences, order, knowledge)
    _adopt_parties(own, order, knowledge, News(published))
    _adopt_signers(own, order)
    _adopt_place_of_day(own)


def _leave_out_states(draft: Draft) -> None:
    """ "The border between Beijing and Hanoi", "Hanoi–Beijing relations": two capitals side by side are the states; a visit may go to
    both, and a train.
    """
    if draft.main.event_type in _TO_CAPITALS:
        return
    capitals = [n for n in draft.names if n.kind == "province" and n.name in CAPITALS]
    states = [
        n
        for one, other in pairwise(capitals)
        for n in (one, other)
        if one.name != other.name and 0 < other.start - one.end <= _SIDE_BY_SIDE
    ]
    if states:
        draft.names = [n for n in draft.names if n not in states]


def _leave_out_seat(draft: Draft, text: str) -> None:
    """ "Hanoi (VNA) – The gate of X was opened": an agency's seat is no place of what the words place elsewhere."""
    placed = [n for n in draft.names if n.kind in PLACES]
    abroad = _goes_abroad(draft)
    if len(placed) < 2 and not (placed and abroad):
        return
    seats = [n for n in placed if n.kind != "gate" and _is_seat(n, draft, text)]
    if abroad or any(n.name != seat.name for seat in seats for n in placed):
        draft.names = [n for n in draft.names if n not in seats]


def _goes_abroad(draft: Draft) -> bool:
    """Whether what stands behind the words of a visit names countries, and not Vietnam: "visited the county of Neamț in Romania"."""
    countries = {n.name for n in draft.names if n.kind == "country" and n.start >= draft.main.end}
    return draft.main.event_type == "visit" and bool(countries) and "Vietnam" not in countries


def _is_seat(name: NameSpan, draft: Draft, text: str) -> bool:
    before = text[draft.sentence[0] : name.start].strip()
    if not before:
        return _WIRE.match(text, name.end) is not None
    return before.endswith("=") and _BYLINE.fullmatch(before) is not None and _REPORTER.match(text, name.end) is not None


def _adopt_gates(drafts: list[Draft], sentences: Sequence[Sentence], order: Mapping[Span, int], knowledge: Knowledge) -> None:
    """ "The two sides met at the gate", "this gate was opened": the one that the story names, or has just named."""
    named: dict[str, NameSpan] = {}
    for sentence in sentences:
        for name in sentence.named["gate"]:
            named.setdefault(name.name, name)
    if not named:
        return
    only = next(iter(named.values())) if len(named) == 1 else None
    for draft in drafts:
        if draft.main.event_type not in _AT_GATES or any(n.kind == "gate" for n in draft.names):
            continue
        place = order[draft.sentence]
        own = sentences[place]
        if own.named["gate"]:  # another's, told in the same breath
            continue
        low, high = draft.segment
        again = any(low <= m.start < high for m in own.marked["gate"])
        # whether something is told of it, and not only how much went through it
        held_there = draft.main.event_subtype == "defence" and any(s.named["gate"] and s.happenings for s in sentences)
        if only is not None and (again or draft.main.event_type == "border_gate" or held_there):
            gate, rule = only, "only-gate-of-story"
        elif again and (before := _just_named(sentences, place)) is not None:
            gate, rule = before, "gate-named-before"
        else:
            continue
        if _lies_elsewhere(draft, gate, knowledge):
            continue
        draft.names.append(replace(gate, rule=rule))


def _just_named(sentences: Sequence[Sentence], place: int) -> NameSpan | None:
    """The one gate that the sentence before names."""
    before = sentences[max(0, place - _AGAIN) : place]
    gates = {n.name: n for sentence in before for n in sentence.named["gate"]}
    return next(iter(gates.values())) if len(gates) == 1 else None


def _lies_elsewhere(draft: Draft, gate: NameSpan, knowledge: Knowledge) -> bool:
    """Whether the draft names provinces, and the gate lies in none of them."""
    row = knowledge.tables.gates[gate.name]
    provinces = {_unit_of(n, knowledge) for n in draft.names} - {""}
    return bool(provinces) and provinces.isdisjoint((row.vn_province, row.cn_province))


def _adopt_parties(drafts: list[Draft], order: Mapping[Span, int], knowledge: Knowledge, news: News) -> None:
    """ "The two sides also signed …": what is told without a place, and of nobody new, is of the parties told before."""
    known: set[str] = set()
    last: Draft | None = None
    for draft in drafts:
        taking_part = {n.name for n in draft.names if n.kind in _TAKING_PART}
        if draft.is_placed:
            last = draft
        elif last is None:
            pass
        elif draft.time and not news.may_be(draft.time) and not last.time:
            pass  # "A received B in Hà Nội. In October 2022 they had met": where, the page does not tell
        elif taking_part <= known and (_goes_on(draft, last, order) or _is_news_of(draft, last, order)):
            draft.names += _provinces_of(last, knowledge)
        known |= taking_part


def add_counterparts(drafts: list[Draft], sentences: Sequence[Sentence], order: Mapping[Span, int], knowledge: Knowledge) -> None:
    """ "The two sides held talks in Lào Cai", of a story of Lào Cai and Yunnan alone: the other side of what takes two."""
    of_two = [d for d in drafts if _takes_two(d) and not (d.refers_to or d.legal or any(n.kind == "gate" for n in d.names))]
    units = _units_of(sentences, drafts, knowledge) if of_two else {}
    provinces = knowledge.tables.provinces
    if sorted(provinces[unit].country for unit in units) != ["CN", "VN"]:
        return
    for draft in of_two:
        own = units.keys() & {_unit_of(n, knowledge) for n in draft.names}
        if len(own) != 1:
            continue
        (other,) = units.keys() - own
        sentence = sentences[order[draft.sentence]]
        if any(_unit_of(n, knowledge) == other for n in sentence.names):  # another's, or the seat of a consul
            continue
        if _speaks_of_two(draft, sentence, knowledge.countries[provinces[other].country], knowledge):
            draft.names.append(replace(units[other], kind="province", name=other, rule=OF_PARTIES))


def _units_of(sentences: Sequence[Sentence], drafts: Sequence[Draft], knowledge: Knowledge) -> dict[str, NameSpan]:
    """The provinces of a story that take part in what it tells, capitals left out, each where it is named first.

    What somebody only speaks of takes no part: "he asked Lạng Sơn to work more with Guangxi".
    """
    told = {id(n) for draft in drafts for n in draft.names}
    units: dict[str, NameSpan] = {}
    for sentence in sentences:
        for name in sentence.names:
            if name.kind not in _IN_UNITS or not (unit := _unit_of(name, knowledge)) or unit in CAPITALS or unit in units:
                continue
            spoken = any(sentence.marked[cue] for cue in _SPOKEN) and not (sentence.title or sentence.lead)
            if not spoken or id(name) in told or _is_of_somebody(name, sentence):
                units[unit] = name
    return units


def _is_of_somebody(name: NameSpan, sentence: Sentence) -> bool:
    """Whether a place stands beside words for people or a body: "leaders of Guangxi", "the chairman of the province of Lào Cai"."""
    beside: list[Mark | NameSpan] = [*(m for word in SOMEBODY for m in sentence.marked[word]), *sentence.named["body"]]
    return any(-_BESIDE <= m.start - name.end <= _BESIDE or -_BESIDE <= name.start - m.end <= _BESIDE for m in beside)


def _speaks_of_two(draft: Draft, sentence: Sentence, country: str, knowledge: Knowledge) -> bool:
    """Whether its words name the other side: its country, a delegation or "the two sides"; and nobody of a third country."""
    named = {n.name for n in sentence.named["country"]}
    if named - {"Vietnam", "China"}:
        return False
    bodies = [knowledge.tables.actors.get(n.name) for n in draft.names if n.kind == "body"]
    if any(row is not None and row.level == "national" and knowledge.countries.get(row.country) != country for row in bodies):
        return False  # "the province worked with the Ministry of Trade"
    return country in named or draft.title or bool(sentence.marked["delegation"])


def _takes_two(draft: Draft) -> bool:
    """Whether it is done by two sides: a fair or a festival is held by one, whoever comes."""
    return draft.main.event_type in _OF_TWO and draft.main.event_subtype not in ("fair", "festival")


def _unit_of(name: NameSpan, knowledge: Knowledge) -> str:
    """The province that a name is, or lies in; "" for others."""
    if name.kind == "province":
        return name.name
    return knowledge.tables.places[name.name].province if name.kind == "place" and name.name in knowledge.tables.places else ""


def _is_news_of(draft: Draft, last: Draft, order: Mapping[Span, int]) -> bool:
    """Whether a day's happening, of nobody named, is of the two parties of the background told in the sentence before: "In 2019 the two
    provinces signed an accord. On 3 September both sides held talks".
    """
    if draft.title or draft.main.event_type not in _OF_PARTIES or any(n.kind in _TAKING_PART for n in draft.names):
        return False
    parties = {n.name for n in last.names if n.kind == "province"}
    dated = draft.time is not None and draft.time.date_precision == "day" and last.time is not None and last.time.date_precision != "day"
    return dated and len(parties) > 1 and order[draft.sentence] - order[last.sentence] == 1


def _is_of_same_day(draft: Draft, last: Draft) -> bool:
    if draft.time is None or last.time is None or "same-day" not in draft.time.rule:
        return False
    return edtf.overlaps(draft.time.date_edtf, last.time.date_edtf)


def _adopt_place_of_day(drafts: list[Draft]) -> None:
    """ "In the afternoon of the same day he met …": where what was told of that day happened."""
    last: Draft | None = None
    if not any(draft.time and "same-day" in draft.time.rule for draft in drafts):
        return
    for draft in drafts:
        if draft.is_placed:
            last = draft
        elif last is not None and _is_of_same_day(draft, last):
            draft.names += [replace(n, rule=OF_DAY) for n in last.names if n.kind in ("province", "place")]


def _adopt_signers(drafts: list[Draft], order: Mapping[Span, int]) -> None:
    """ "After the talks the two sides signed …": who signs, where nobody is named, are those who met."""
    met: Draft | None = None
    for draft in drafts:
        if draft.main.event_type not in _OF_SIGNERS:
            continue
        people = [n for n in draft.names if n.kind in _TAKING_PART]
        if draft.main.event_type != "agreement":
            met = draft if people else met
        elif not people and met is not None and _goes_on(draft, met, order):
            after = order[draft.sentence] - order[met.sentence]
            if 0 < after <= _SIGNED_AFTER:
                draft.names += [replace(n, rule=OF_PARTIES) for n in met.names if n.kind in _TAKING_PART]


def _goes_on(draft: Draft, last: Draft, order: Mapping[Span, int]) -> bool:
    """Whether a draft goes on from one that is placed: soon after it, and not as the background of another time."""
    if draft.main.event_type not in _OF_PARTIES or draft.title or order[draft.sentence] - order[last.sentence] > _PARTIES_REACH:
        return False
    if not (draft.time and last.time):
        return True
    if draft.time.date_precision == "year" and "X" in last.time.date_edtf:  # "in 2018 they had signed": background, for all it tells
        return False
    return edtf.overlaps(draft.time.date_edtf, last.time.date_edtf, _DAYS_AROUND)


def _provinces_of(draft: Draft, knowledge: Knowledge) -> list[NameSpan]:
    """The provinces that a draft names, and those on both sides of its gates; not the capital to which a visit went or came back."""
    visit = draft.main.event_type == "visit"
    found = [n for n in draft.names if n.kind == "province" and not (visit and n.name in CAPITALS)]
    for name in draft.names:
        if name.kind == "gate":
            row = knowledge.tables.gates[name.name]
            found += [replace(name, kind="province", name=province) for province in (row.vn_province, row.cn_province) if province]
    return [replace(n, rule=OF_PARTIES) for n in found]
