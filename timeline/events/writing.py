"""Drafts → mentions: each written out with its fields and the evidence for them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter

from timeline import edtf
from timeline.events.placing import ADOPTED
from timeline.events.reading import Reading
from timeline.events.sentence import CAPITALS, Draft, Trigger, spans_of
from timeline.knowledge import Knowledge, Province
from timeline.model import STARTING, Basis, Document, Evidence, Mention, NameSpan, Precision, TimeSpan
from timeline.text import fold_words

_CONSULATE = "Consulate General of "
_IN_UNITS = frozenset(("province", "place", "gate", "body"))  # kinds of names that tell a unit
_BRACKET = 40  # characters from a bracket to a name within it
_LONGEST_PLACE = 5  # words of a place in the name of a body: "Thành phố Hồ Chí Minh"
_OF_STATION = 34  # characters from the word for a station to the gate that it stands at
_ALONG = 240  # characters from a clearance route to the gate that it is part of
# The weight of what stands in somebody's table: as of what a document tells in full; less where its keeper has not confirmed it.
_OF_TABLES, _UNCONFIRMED = 7.0, 1.1
IN_TABLE = -1  # where the list begins that a table is: nowhere in its sentences
# (weight of a draft, share of such mentions that readers of three sets held for an event of that type)
_JUDGED = ((0.0, 0.6), (0.6, 0.8), (1.1, 0.87), (3.3, 0.89), (5.5, 0.93), (7.0, 0.98))
_WEIGHTS = [weight for weight, _ in _JUDGED]


@dataclass(frozen=True)
class _Story:
    """What writing out a mention needs of its document: the ids of all drafts by `id`, the gates that it names anywhere, and by
    the name of each body met so far the province that it is of.
    """

    document: Document
    knowledge: Knowledge
    ids: dict[int, str]
    readings: Sequence[Reading]
    _of_bodies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def gates(self) -> Mapping[str, list[int]]:
        """The gates that it names anywhere, each with where."""
        gates: dict[str, list[int]] = {}
        for name in (n for reading in self.readings for n in reading.names):
            if name.kind == "gate":
                gates.setdefault(name.name, []).append(name.start)
        return gates

    @cached_property
    def begins(self) -> list[int]:
        """Where its passages begin."""
        return [passage.start for passage in self.document.passages]

    def province_of(self, body: str) -> str:
        """The province that a body's name tells; "" where it tells none."""
        if body not in self._of_bodies:
            self._of_bodies[body] = _province_in(body, self.knowledge)
        return self._of_bodies[body]


def mentions_of(drafts: list[Draft], readings: Sequence[Reading], document: Document, knowledge: Knowledge) -> list[Mention]:
    """The drafts of a document as its mentions, in the order in which their words begin."""
    ids = {id(draft): _mention_id(draft, document) for draft in drafts}
    shared = Counter([draft.segment for draft in drafts])
    story = _Story(document, knowledge, ids, readings)
    mentions = [_mention(draft, shared[draft.segment] == 1, story) for draft in drafts]
    return sorted(mentions, key=attrgetter("start", "end"))


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of happening words tell, and which one of it: its series, its number there, a legal document's own number (folded)."""

    event_type: str
    event_subtype: str
    series: str = ""
    ordinal: int | None = None
    number: str = ""


def kind_of(draft: Draft) -> Kind:
    """The kind that a draft tells."""
    return Kind(draft.main.event_type, draft.main.event_subtype, draft.series, draft.ordinal, _number_of(draft))


def _number_of(draft: Draft) -> str:
    return fold_words(draft.legal.text) if draft.legal else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of somebody's table, read: where its words stand in the document, and what it tells.

    `key` tells it from the other rows, wherever in the table it stands; `sources` are the addresses it names, with their places.
    """

    key: str
    span: tuple[int, int]
    kind: Kind
    time: TimeSpan | None
    names: tuple[NameSpan, ...]
    status: str
    sources: tuple[tuple[str, int, int], ...] = ()
    is_confirmed: bool = True


def mention_of_row(row: Row, document: Document, knowledge: Knowledge) -> Mention:
    """The mention that a row of a table is; what a person wrote down is as sure as what a document tells in full."""
    kind = row.kind
    draft = Draft(
        [Trigger(*row.span, kind.event_type, kind.event_subtype, kind.series, kind.ordinal)],
        segment=row.span,
        sentence=row.span,
        time=row.time,
        time_rule="table",
        names=list(row.names),
        series=kind.series,
        ordinal=kind.ordinal,
        status=row.status,
        score=_OF_TABLES if row.is_confirmed else _UNCONFIRMED,
    )
    mention_id = "m" + hashlib.sha256(f"{document.doc_id}\0row\0{row.key}".encode()).hexdigest()[:12]
    mention = _mention(draft, True, _Story(document, knowledge, {id(draft): mention_id}, ()))
    sources = (Evidence(mention_id, "source_url", url, start, end, document.text[start:end], "table") for url, start, end in row.sources)
    # Rows are told apart by who keeps the table, as the items of a list are.
    item = (IN_TABLE, row.span[0])
    return replace(mention, number=kind.number, item=item, evidence=(*mention.evidence, *sources))


def _mention_id(draft: Draft, document: Document) -> str:
    """The same words of the same document keep their id from build to build."""
    main = draft.main
    key = f"{document.doc_id}\0{main.start}\0{main.end}\0{main.event_type}\0{main.event_subtype}"
    if draft.piece:
        key += f"\0{draft.piece[0]}"
        if draft.piece[0] <= main.start:  # of a list of years: "visited in 2015, 2017 and 2023"
            key += f"\0{draft.time.start if draft.time else ''}"
    return "m" + hashlib.sha256(key.encode()).hexdigest()[:12]


def _mention(draft: Draft, alone: bool, story: _Story) -> Mention:
    document, ids, knowledge = story.document, story.ids, story.knowledge
    start, end = _extent(draft, alone)
    main, time, back = draft.main, draft.time, draft.refers_to
    mention_id = ids[id(draft)]
    sheet = _Sheet(mention_id, document.text)
    form = ""
    for trigger in draft.triggers:
        kind, subtype = trigger.event_type, trigger.event_subtype
        value = f"{kind}.{subtype}" if subtype else kind
        sheet.add("event_type", value, trigger.start, trigger.end, "series" if trigger.series else "trigger")
        if kind == "ceremony" != main.event_type:
            form = kind
    if draft.status_mark:
        sheet.add("status", draft.status, draft.status_mark.start, draft.status_mark.end, draft.status_mark.kind)
    edtf_value, precision, basis = _date(draft)
    if time:
        sheet.add("date_edtf", edtf_value, time.start, time.end, f"{draft.time_rule}:{time.rule}")
    placed = back is None or _is_on_tour(draft)
    gates = _gates(draft, sheet, story) if placed else ()
    return Mention(
        mention_id=mention_id,
        doc_id=document.doc_id,
        language=_language_at(draft, story),
        start=start,
        end=end,
        text=document.text[start:end],
        event_type=main.event_type,
        event_subtype=main.event_subtype,
        form=form,
        status=draft.status,  # type: ignore[arg-type]
        date_edtf=edtf_value,
        date_precision=precision,
        date_basis=basis,
        date_text=time.text if time else "",
        provinces=_provinces(draft, sheet, story) if placed else (),
        border_gates=gates,
        actors=_actors(draft, sheet, knowledge),
        part_of=ids[id(draft.whole)] if draft.whole else (draft.part_of.name if draft.part_of else ""),
        confidence=_confidence(draft.score),
        recurrence=draft.recurrence,
        series=draft.series,
        ordinal=draft.ordinal,
        number=_number_of(draft),
        refers_to=ids[id(back)] if back else "",
        title=draft.title,
        item=(draft.sentence[0], draft.item) if draft.item is not None else None,
        evidence=sheet.rows,
    )


def _language_at(draft: Draft, story: _Story) -> str:
    place = bisect_right(story.begins, draft.main.start) - 1
    passage = story.document.passages[place] if place >= 0 else None
    return passage.language if passage and draft.main.start < passage.end else story.document.language


def _is_on_tour(draft: Draft) -> bool:
    """Whether a sentence that speaks again of an inspection tells where else it went: "he also inspected the gate of Tà Lùng"."""
    return draft.main.event_subtype == "inspection" and any(n.kind == "gate" for n in draft.names)


@lru_cache(maxsize=1024)
def _confidence(score: float) -> float:
    """How often a mention of this weight was an event of its type on judged pages (docs/accuracy.md), between the points measured."""
    if score >= _JUDGED[-1][0]:
        return _JUDGED[-1][1]
    place = max(bisect_right(_WEIGHTS, score), 1)
    (low, share), (high, more) = _JUDGED[place - 1], _JUDGED[place]
    return round(share + (more - share) * max(0.0, score - low) / (high - low), 2)


def _extent(draft: Draft, alone: bool) -> tuple[int, int]:
    """The clause that tells it; where a clause tells several, from the first to the last of the words of this one."""
    if draft.piece:
        return draft.piece
    low, high = draft.segment
    if alone and draft.refers_to is None:
        return low, high
    items: list[Trigger | TimeSpan | NameSpan] = [draft.main] if draft.refers_to else list(draft.triggers)
    if draft.time and low <= draft.time.start < high:
        items.append(draft.time)
    kinds = ("person",) if draft.refers_to else ("gate", "series")
    items += [n for n in draft.names if low <= n.start < high and n.kind in kinds]
    return spans_of(items)


class _Sheet:
    """Collects the evidence of one mention."""

    def __init__(self, mention_id: str, text: str) -> None:
        self.mention_id, self.text = mention_id, text
        self._rows: dict[tuple[str, str, int, int, str], Evidence] = {}

    @property
    def rows(self) -> tuple[Evidence, ...]:
        return tuple(self._rows.values())

    def add(self, field: str, value: str, start: int, end: int, rule: str) -> None:
        key = field, value, start, end, rule
        if key not in self._rows:
            self._rows[key] = Evidence(self.mention_id, field, value, start, end, self.text[start:end], rule)


def _date(draft: Draft) -> tuple[str, Precision, Basis]:
    time = draft.time
    if time is None:
        return "", "none", "none"
    if time.date_edtf.endswith("/..") and draft.main.event_type in STARTING:
        start = time.date_edtf.removesuffix("/..")
        return start, edtf.parse(start).precision, time.date_basis
    if draft.time_rule == "period-of-report" or time.date_precision == "period":
        return time.date_edtf, time.date_precision, "period"
    return time.date_edtf, time.date_precision, time.date_basis


def _gates(draft: Draft, sheet: _Sheet, story: _Story) -> tuple[str, ...]:
    """The gates named; a clearance route brings along the gate that it is part of, where that is named near it."""
    found: list[str] = []
    stations = _stations(draft)
    for name in draft.names:
        if name.kind != "gate" or (stations and _is_of_station(name, stations, draft, story.knowledge)):
            continue
        whole = story.knowledge.gates_of_part.get(name.name, "")
        low, high = (0, len(story.document.text)) if draft.title else draft.sentence
        along = bool(whole) and any(low <= place < high and abs(place - name.start) <= _ALONG for place in story.gates.get(whole, ()))
        for pair, rule in ((whole if along else "", "gate-of-route"), (name.name, name.rule)):
            if pair and pair not in found:
                found.append(pair)
                sheet.add("border_gates", pair, name.start, name.end, rule)
    return tuple(found)


def _stations(draft: Draft) -> list[NameSpan]:
    """The stations that a draft names, where they may be all that its gates are named for."""
    if draft.main.event_type == "border_gate":
        return []
    return [n for n in draft.names if n.kind == "body" and "Station" in n.name]


def _is_of_station(gate: NameSpan, stations: Sequence[NameSpan], draft: Draft, knowledge: Knowledge) -> bool:
    """Whether a gate is only what a station is called after: "the border guard station of A Pa Chải met …" somewhere else."""
    row = knowledge.tables.gates[gate.name]
    own, across = ([n for n in stations if n.name.startswith(f"{side} ")] for side in (row.vn_name, row.cn_name))
    if (own and across) or not (own or across):  # the stations of both sides meet at their gate
        return False
    named = [n for n in draft.names if n.kind == "gate" and n.name == gate.name]
    if any(n.rule == "gate-pair" for n in named):  # by both its names
        return False
    if len(named) > len(own or across):  # named once more beside its station
        return False
    return all(_overlap(n, stations) or min(abs(n.start - s.end) for s in own or across) <= _OF_STATION for n in named)


def _overlap(name: NameSpan, others: Sequence[NameSpan]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in others)


def _provinces(draft: Draft, sheet: _Sheet, story: _Story) -> tuple[str, ...]:
    """Units where it happened or that are parties: named, of a named place or gate, or in a body's name."""
    found: list[str] = []
    at_gate = _at_gate(draft)
    for name in draft.names:
        if name.kind not in _IN_UNITS:
            continue
        for province, rule in _units_told(name, draft, at_gate, story):
            if not province:
                continue
            if province not in found:
                found.append(province)
            sheet.add("provinces", province, name.start, name.end, rule)
    if len(found) > 1:
        provinces = story.knowledge.tables.provinces
        found.sort(key=lambda p: provinces[p].country != "VN")
    return tuple(found)


def _units_told(name: NameSpan, draft: Draft, at_gate: bool, story: _Story) -> Sequence[tuple[str, str]]:
    """The units that a name stands for, each with the rule; "" where it lies in none."""
    knowledge = story.knowledge
    tables = knowledge.tables
    if name.kind == "province":
        if (at_gate and _is_far(name.name, knowledge)) or _is_former(name, draft, story.document.text, knowledge):
            # It is named only for the state ("Beijing closed the gate"), for what passes through a gate ("fruits from Guangdong"),
            # or with the one that it was merged into.
            return ()
        return ((name.name, name.rule if name.rule in ADOPTED else "named"),)
    if name.kind == "body":
        return _units_of_body(name, draft, at_gate, story)
    if name.kind == "gate":
        gate = tables.gates[name.name]
        return ((_province_then(gate.vn_province, draft, knowledge), "gate-in-province"), (gate.cn_province, "gate-in-province"))
    if name.name in tables.places:  # a village that no table lists tells no province
        return ((tables.places[name.name].province, "place-in-province"),)
    if name.rule == "end-of-road":
        return ((next((g.vn_province for g in tables.gates.values() if g.vn_name == name.name), ""), "place-in-province"),)
    return ()


def _units_of_body(body: NameSpan, draft: Draft, at_gate: bool, story: _Story) -> Sequence[tuple[str, str]]:
    home = story.province_of(body.name)
    units = (("" if at_gate and _is_far(home, story.knowledge) else home, "body-of-province"),)
    if draft.main.event_type == "visit" and body.start >= draft.main.end and body.name.startswith(_CONSULATE):
        # "visited the Consulate General of Vietnam in Kunming"
        city = story.knowledge.tables.places.get(body.name.rpartition(" in ")[2])
        return (*units, (city.province if city else "", "place-in-province"))
    return units


def _at_gate(draft: Draft) -> bool:
    return draft.main.event_type == "border_gate" and "gate" in [n.kind for n in draft.names]


def _is_far(province: str, knowledge: Knowledge) -> bool:
    """Whether a gate can't lie in a unit: in a capital, or in one of China that has no border here."""
    row = knowledge.tables.provinces.get(province)
    return province in CAPITALS or (row is not None and row.country == "CN" and row.borders_china != "yes")


def _is_former(name: NameSpan, draft: Draft, text: str, knowledge: Knowledge) -> bool:
    """ "Tuyên Quang (with the former province of Hà Giang)": a unit in brackets behind the one that it was merged into."""
    row = knowledge.tables.provinces[name.name]
    if not _is_merged(row, draft):
        return False
    before = text[max(0, name.start - _BRACKET) : name.start]
    bracketed = before.rfind("(") > before.rfind(")")
    return bracketed and any(n.kind == "province" and n.name == row.merged_into and n.end <= name.start for n in draft.names)


def _province_then(province: str, draft: Draft, knowledge: Knowledge) -> str:
    """The unit in which a gate lay: of what happened after its province was merged into one that is named, that one."""
    row = knowledge.tables.provinces.get(province)
    if row is None or not _is_merged(row, draft):
        return province
    return row.merged_into if any(n.kind == "province" and n.name == row.merged_into for n in draft.names) else province


def _is_merged(unit: Province, draft: Draft) -> bool:
    """Whether an event was after its unit was merged into another."""
    begin = edtf.start(draft.time.date_edtf) if unit.until and draft.time else None
    return begin is not None and begin >= date.fromisoformat(unit.until)


def _province_in(body: str, knowledge: Knowledge) -> str:
    """The province that a body's name begins with, or that the place lies in with which it does."""
    words, tables = body.split(" "), knowledge.tables
    for head in (" ".join(words[:k]) for k in range(min(_LONGEST_PLACE, len(words)), 0, -1)):
        if head in tables.provinces:
            return head
        if head in tables.places and tables.places[head].province:
            return tables.places[head].province
    return ""


def _takes_part(organiser: str, partners: set[str], knowledge: Knowledge) -> bool:
    """Whether an organiser of a series took part in it where other countries are named: "the Vietnam–Laos border exchange"."""
    row = knowledge.tables.actors.get(organiser)
    country = knowledge.countries.get(row.country, "") if row else ""
    return not partners or country in ("", "Vietnam") or country in partners


def _actors(draft: Draft, sheet: _Sheet, knowledge: Knowledge) -> tuple[str, ...]:
    found: list[str] = []
    for name in draft.names:
        if name.kind in ("person", "body") and name.name not in found:
            found.append(name.name)
            sheet.add("actors", name.name, name.start, name.end, name.rule)
    if draft.series:
        trigger = next(t for t in draft.triggers if t.series)
        partners = {n.name for n in draft.names if n.kind == "country"} - {"Vietnam"}
        for actor in knowledge.tables.series[draft.series].actors:
            if actor not in found and _takes_part(actor, partners, knowledge):
                found.append(actor)
                sheet.add("actors", actor, trigger.start, trigger.end, "organiser-of-series")
    if draft.legal and draft.legal.actor and draft.legal.actor not in found:
        found.append(draft.legal.actor)
        sheet.add("actors", draft.legal.actor, draft.legal.start, draft.legal.end, "issuer-in-number")
    return tuple(found)
