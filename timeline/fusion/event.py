"""The event by all the mentions that tell it: its date, places and people reconciled, what they disagree on kept."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from timeline import edtf
from timeline.fusion.rules import STAY
from timeline.knowledge import Knowledge
from timeline.model import DAYS_LONG, Document, Event, Mention, Status
from timeline.titles import title_of

_AGREEING = 0.3  # of the documents that name places of an event: what fewer name is no place of it
_MOST_DAYS = 14  # of a visit or an exchange


def event_id_of(mention_id: str) -> str:
    """The id of the event that a mention is the first of: by its document's name, so that documents named later change none."""
    return "e" + hashlib.sha256(mention_id.encode()).hexdigest()[:10]


def event_of(members: list[Mention], sources: dict[str, Document], knowledge: Knowledge) -> Event:
    told = [m for m in members if not m.refers_to] or members
    placed = [*told, *(m for m in members if m.refers_to and m.border_gates)]  # "he also inspected the gate of Tà Lùng"

    def order(mention: Mention) -> tuple[Any, ...]:
        return knowledge.type_ranks.get(mention.event_type, 99), mention.title, -mention.confidence, mention.doc_id, mention.start

    lead = min(told, key=order)
    quoted = min(told, key=lambda m: (_is_of_table(m, sources), order(m)))  # a text's own words, where any text tells it
    dated = _best_date(told if any(m.date_edtf for m in told) else members)
    actors = _union(m.actors for m in members)
    date = _with_year(dated, told)
    date = _days_of_stay(date, told) if lead.event_type in DAYS_LONG else date
    value = edtf.parse(date)
    event = Event(
        event_id=event_id_of(told[0].mention_id),
        title="",
        event_type=lead.event_type,
        event_subtype=lead.event_subtype or next((m.event_subtype for m in told if m.event_subtype), ""),
        form=next((m.form for m in told if m.form), ""),
        status=_status(told),
        recurrence=next((m.recurrence for m in told if m.recurrence), ""),
        series=next((m.series for m in told if m.series), ""),
        ordinal=next((m.ordinal for m in told if m.ordinal), None),
        part_of=next((m.part_of for m in told if m.part_of), ""),
        date_edtf=date,
        date_start=value.start.isoformat() if value.start else "",
        date_end=value.end.isoformat() if value.end else "",
        date_precision=value.precision,
        date_basis=dated.date_basis if date == dated.date_edtf else "completed",
        provinces=_union([_agreed(placed, lambda m: m.provinces)], knowledge.province_order),
        provinces_now=(),
        border_gates=_agreed(placed, lambda m: m.border_gates),
        countries=(),
        actors=actors,
        languages=tuple(sorted({m.language for m in members})),
        documents=tuple(sorted({m.doc_id for m in members})),
        mentions=tuple(m.mention_id for m in members),
        conflicts=_conflicts(told, dated),
        confidence=_confidence(told),
        quote=_quote(quoted),
        source_url=next(filter(None, (_address(m, sources) for m in [quoted, *members])), ""),
    )
    return with_derived(event, knowledge, next((m.number for m in told if m.number), ""))


def with_derived(event: Event, knowledge: Knowledge, number: str = "") -> Event:
    """The event with what follows from its other fields: today's provinces, countries, titles. `number` is a legal document's."""
    event = replace(
        event,
        provinces_now=_union(((knowledge.province_now(name),) for name in event.provinces), knowledge.province_order),
        countries=_countries(event.provinces, event.border_gates, knowledge),
    )
    titles = {tongue: title_of(event, knowledge, number, tongue) for tongue in ("en", "vi", "zh")}
    return replace(event, title=titles["en"], title_vi=titles["vi"], title_zh=titles["zh"])


def _best_date(told: list[Mention]) -> Mention:
    """The finest date; of equals the one that most mentions give, then what is stated before what is completed.

    A visit or an exchange takes the days that some mention gives it, where they hold that date, or where no more texts tell that
    date than those days: a date outside them is that of something said of it.
    """
    votes = Counter(m.date_edtf for m in told)
    basis = {"corrected": 0, "stated": 1, "curated": 2, "completed": 3, "period": 4, "cross_document": 5, "none": 6}

    def order(mention: Mention) -> tuple[object, ...]:
        width = edtf.width(mention.date_edtf)
        return width, -votes[mention.date_edtf], basis[mention.date_basis], mention.title, mention.doc_id, mention.start

    finest = min(told, key=order)
    lasts = finest.event_type in DAYS_LONG or finest.event_subtype == "suspension"  # "shut until 7 October", "from 28 September to …"
    if not lasts or finest.date_precision != "day":
        return finest
    stays = [m for m in told if m.date_precision == "span" and _is_stay(m.date_edtf)]
    inside = [m for m in stays if edtf.contains(m.date_edtf, finest.date_edtf)]
    if not inside and stays:
        texts = {m.doc_id for m in told if m.date_edtf == finest.date_edtf}
        inside = [m for m in stays if len({o.doc_id for o in told if o.date_edtf == m.date_edtf}) >= len(texts)]
    return min(inside, key=order, default=finest)


def _is_stay(date: str) -> bool:
    """Whether a span holds no more days than a visit, of whatever year."""
    return edtf.width(edtf.with_year(date, "2000")) <= _MOST_DAYS


def _days_of_stay(date: str, told: list[Mention]) -> str:
    """All its days, where one report tells of the first and another of the last, or one without a year of both."""
    by_people = any(m.date_basis in ("corrected", "curated") and m.date_edtf == date for m in told)
    if by_people or edtf.parse(date).precision != "day" or not date[:4].isdigit():
        return date
    values = [(m.date_precision, edtf.with_year(m.date_edtf, date[:4])) for m in told if m.date_edtf]
    spans = Counter(value for kind, value in values if kind == "span" and _is_stay(value) and edtf.contains(value, date))
    if spans:
        return min(spans, key=lambda value: (-spans[value], value))
    days = sorted({value for kind, value in values if kind == "day"})
    near = len(days) > 1 and edtf.overlaps(days[0], days[-1], max(STAY.values()))
    return f"{days[0]}/{days[-1]}" if near else date


def _with_year(dated: Mention, told: list[Mention]) -> str:
    """A day without a year takes the one year that the other reports give (`… talks of 2025`)."""
    years = {m.date_edtf[:4] for m in told if m.date_precision in ("year", "month") and m.date_edtf[:4].isdigit()}
    return edtf.with_year(dated.date_edtf, years.pop()) if len(years) == 1 else dated.date_edtf


def _agreed(told: list[Mention], names_of: Callable[[Mention], tuple[str, ...]]) -> tuple[str, ...]:
    """The names that the documents give, but for what one alone of many gives: a guest's home, the place of another story."""
    named: dict[str, set[str]] = defaultdict(set)
    for mention in told:
        for name in names_of(mention):
            named[name].add(mention.doc_id)
    documents = set().union(*named.values()) if named else set()
    most = max(map(len, named.values()), default=0)
    return tuple(name for name, where in named.items() if len(where) >= min(most, _AGREEING * len(documents)))


def _union(lists: Iterable[tuple[str, ...]], order: dict[str, int] | None = None) -> tuple[str, ...]:
    names = list(dict.fromkeys(name for items in lists for name in items))
    return tuple(sorted(names, key=lambda name: order.get(name, 999))) if order else tuple(names)


def _status(told: list[Mention]) -> Status:
    """A report that it was held outweighs an announcement; a cancellation outweighs both."""
    found = {m.status for m in told}
    order: tuple[Status, ...] = ("cancelled", "postponed", "held", "ongoing", "scheduled")
    return next(status for status in order if status in found)


def _countries(provinces: tuple[str, ...], gates: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    codes = {knowledge.tables.provinces[name].country for name in provinces if name in knowledge.tables.provinces}
    return tuple(sorted(codes | ({"VN", "CN"} if gates else set())))


def _conflicts(told: list[Mention], chosen: Mention) -> tuple[str, ...]:
    """Values of one grain that differ from the chosen one, with their sources."""
    others = sorted(
        {
            (m.date_edtf, m.doc_id)
            for m in told
            if m.date_edtf and m.date_precision == chosen.date_precision and m.date_edtf != chosen.date_edtf
        }
    )
    return tuple(f"date_edtf: {value} in {doc}" for value, doc in others)


def _confidence(told: list[Mention]) -> float:
    """The best mention's, raised a little by each further document that tells the same."""
    best = max(m.confidence for m in told)
    return round(min(0.99, best + 0.03 * (len({m.doc_id for m in told}) - 1)), 2)


def _is_of_table(mention: Mention, sources: Mapping[str, Document]) -> bool:
    document = sources.get(mention.doc_id)
    return document is not None and document.kind == "chronology"


def _address(mention: Mention, sources: Mapping[str, Document]) -> str:
    """Where the original of a mention stands: its document's address, or the first that its row of a table names."""
    document = sources.get(mention.doc_id)
    own = document.source_url if document else ""
    return own or next((row.value for row in mention.evidence if row.field == "source_url"), "")


def _quote(mention: Mention) -> str:
    text = " ".join(mention.text.split())
    return text if len(text) <= 300 else text[:297].rstrip() + "…"
