"""Mentions → events: which reports tell one happening, why, and what the event is by all of them.

Pairs of mentions are proposed by blocks (same series, same gate, same day, same document), judged by a visible list of
named rules whose weights stand in `data/knowledge/fusion.csv`, and joined strongest first. A join is refused when any
mention of one side excludes any of the other, so an event of one day never swallows two that exclude each other.
The order of the documents changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from timeline import edtf
from timeline.knowledge import Knowledge
from timeline.model import DAYS_LONG, Document, Event, Evidence, Mention, Status
from timeline.titles import title_of

# A ceremony, meeting or agreement of one source may be the other source's word for the same happening only when
# types agree; these pairs are one kind of happening told with another word.
_KINDRED = (
    {"ceremony", "border_gate"},
    {"ceremony", "infrastructure"},
    {"ceremony", "agreement"},
    {"exchange", "conference"},
)
_DISTINCT = frozenset(("border_gate", "policy", "infrastructure"))  # types whose subtypes are different happenings
_MOST_DAYS = 14  # of them
_LARGEST_BLOCK = 400  # mentions; a block beyond it (a day of a crawl) is only paired within finer blocks


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions held to tell one happening, and by which rule."""

    weight: float
    rule: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Fused:
    """The outcome: events, the mentions with their event and cross-document dates, and the links that made them."""

    events: list[Event]
    mentions: list[Mention]
    evidence: list[Evidence]  # a row a link: field `event_id`, the rule and the mention it ties to


def fuse(mentions: Sequence[Mention], documents: Sequence[Document], knowledge: Knowledge) -> Fused:
    """Fuse `mentions` (with their documents) into events."""
    ordered = sorted(mentions, key=lambda m: (m.doc_id, m.start, m.end, m.mention_id))
    by_id = {mention.mention_id: mention for mention in ordered}
    links = sorted(_links(ordered, knowledge), key=lambda link: (-link.weight, link.rule, link.left, link.right))
    clusters, used = _clusters(ordered, links, by_id)
    sources = {document.doc_id: document for document in documents}
    events: list[Event] = []
    resolved: list[Mention] = []
    for members in clusters:
        event = _event(members, sources, knowledge)
        events.append(event)
        resolved += [_dated(replace(mention, event_id=event.event_id), event, members) for mention in members]
    events = _with_wholes(events, {m.mention_id: m for m in resolved})
    events.sort(key=lambda event: (*edtf.sort_key(event.date_edtf), event.event_type, event.event_id))
    resolved.sort(key=lambda m: (m.doc_id, m.start, m.end, m.mention_id))
    by_id = {mention.mention_id: mention for mention in resolved}
    return Fused(events, resolved, [_evidence(link, by_id) for link in used])


def _evidence(link: Link, mentions: dict[str, Mention]) -> Evidence:
    """The reason for a join, as evidence of the later mention for its event."""
    mention = mentions[link.right]
    return Evidence(link.right, "event_id", mention.event_id, mention.start, mention.end, mention.text, f"{link.rule}:{link.left}")


# ---------------------------------------------------------------- rules


def _same_number(a: Mention, b: Mention) -> bool:
    return bool(a.number) and a.number == b.number


def _same_series_number(a: Mention, b: Mention) -> bool:
    return bool(a.series) and a.series == b.series and a.ordinal is not None and a.ordinal == b.ordinal


def _same_series_time(a: Mention, b: Mention) -> bool:
    if not a.series or a.series != b.series:
        return False
    if a.doc_id == b.doc_id:
        return True
    return bool(a.date_edtf and b.date_edtf) and edtf.overlaps(a.date_edtf, b.date_edtf)


def _same_gate_change(a: Mention, b: Mention) -> bool:
    if a.event_type != "border_gate" or b.event_type != "border_gate" or a.event_subtype != b.event_subtype:
        return False
    return _share(a.border_gates, b.border_gates) and (a.doc_id == b.doc_id or bool(a.date_edtf and b.date_edtf))


def _same_day_place(a: Mention, b: Mention) -> bool:
    return _same_day(a, b) and (_share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces))


def _same_day_actor(a: Mention, b: Mention) -> bool:
    return _same_day(a, b) and _share(a.actors, b.actors)


def _headline(a: Mention, b: Mention) -> bool:
    return (
        a.doc_id == b.doc_id
        and a.title != b.title
        and (_share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors))
    )


def _same_story(a: Mention, b: Mention) -> bool:
    if a.doc_id != b.doc_id or a.event_subtype != b.event_subtype or a.series != b.series:
        return False
    if a.date_edtf and b.date_edtf and a.date_edtf != b.date_edtf:
        return False
    return _share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors)


def _points_back(a: Mention, b: Mention) -> bool:
    return a.refers_to == b.mention_id or b.refers_to == a.mention_id


RULES: dict[str, Callable[[Mention, Mention], bool]] = {
    "points-back": _points_back,
    "same-document-number": _same_number,
    "same-series-number": _same_series_number,
    "same-series-time": _same_series_time,
    "same-gate-change": _same_gate_change,
    "same-day-place": _same_day_place,
    "same-day-actor": _same_day_actor,
    "headline": _headline,
    "same-story": _same_story,
}


def _share(left: Iterable[str], right: Iterable[str]) -> bool:
    return not set(left).isdisjoint(right)


def _same_day(a: Mention, b: Mention) -> bool:
    if not a.date_edtf or not b.date_edtf or {a.date_precision, b.date_precision} - {"day", "span"}:
        return False
    return edtf.overlaps(a.date_edtf, b.date_edtf)


def excludes(a: Mention, b: Mention) -> bool:
    """Whether two mentions cannot tell one happening."""
    if _points_back(a, b):
        return False
    if not _kindred(a.event_type, b.event_type) or _of_another_kind(a, b):
        return True
    if a.number or b.number:
        return a.number != b.number
    if _differ(a.series, b.series) or (a.series == b.series and _differ(a.ordinal, b.ordinal)):
        return True
    if a.event_type == "border_gate" and a.border_gates and b.border_gates and not _share(a.border_gates, b.border_gates):
        return True
    return bool(a.date_edtf and b.date_edtf) and not edtf.overlaps(a.date_edtf, b.date_edtf)


def _of_another_kind(a: Mention, b: Mention) -> bool:
    """A pilot is no opening, a part is not its whole."""
    if a.event_type != b.event_type:
        return False
    if a.event_type == "conference" and bool(a.part_of) != bool(b.part_of):
        return True
    if a.part_of and _differ(a.event_subtype, b.event_subtype):
        return True
    return a.event_type in _DISTINCT and _differ(a.event_subtype, b.event_subtype)


def _kindred(left: str, right: str) -> bool:
    return left == right or {left, right} in _KINDRED


def _differ(left: object, right: object) -> bool:
    return bool(left) and bool(right) and left != right


def _links(mentions: Sequence[Mention], knowledge: Knowledge) -> Iterator[Link]:
    seen: set[tuple[str, str]] = set()
    for block in _blocks(mentions):
        for a, b in combinations(block, 2):
            pair = (a.mention_id, b.mention_id)
            if pair in seen or excludes(a, b):
                continue
            seen.add(pair)
            rule = next((name for name, test in RULES.items() if test(a, b)), None)
            if rule:
                yield Link(knowledge.fusion_weights[rule], rule, *pair)


def _blocks(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Mentions that may belong together: only those are compared, so that cost stays near-linear."""
    blocks: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        for key in _keys(mention):
            blocks[key].append(mention)
    yield from (block for block in blocks.values() if 1 < len(block) <= _LARGEST_BLOCK)


def _keys(mention: Mention) -> Iterator[tuple[str, ...]]:
    yield ("document", mention.doc_id)
    if mention.number:
        yield ("number", mention.number)
    if mention.series:
        yield ("series", mention.series, str(mention.ordinal or ""))
        yield ("series", mention.series)
    for gate in mention.border_gates:
        yield ("gate", gate, mention.event_type)
    start, end = edtf.bounds(mention.date_edtf) if mention.date_precision in ("day", "span") else (None, None)
    if start and end and (end - start).days <= 31:
        for name in (*mention.provinces, *mention.actors):
            for ordinal in range(start.toordinal(), end.toordinal() + 1):
                yield ("day", str(ordinal), name)


# ---------------------------------------------------------------- joining


def _clusters(mentions: Sequence[Mention], links: Sequence[Link], by_id: dict[str, Mention]) -> tuple[list[list[Mention]], list[Link]]:
    home = {mention.mention_id: mention.mention_id for mention in mentions}
    members = {mention.mention_id: [mention] for mention in mentions}
    used: list[Link] = []
    for link in links:
        left, right = home[link.left], home[link.right]
        if left == right:
            used.append(link)
            continue
        if any(excludes(a, b) for a in members[left] for b in members[right] if not (a.refers_to or b.refers_to)):
            continue
        for mention in members[right]:
            home[mention.mention_id] = left
        members[left] += members.pop(right)
        used.append(link)
    ordered = [sorted(group, key=lambda m: (m.doc_id, m.start, m.mention_id)) for group in members.values()]
    return ordered, used


# ---------------------------------------------------------------- the event by all its mentions


def _event(members: list[Mention], sources: dict[str, Document], knowledge: Knowledge) -> Event:
    told = [m for m in members if not m.refers_to] or members
    lead = min(told, key=lambda m: (knowledge.type_ranks.get(m.event_type, 99), m.title, -m.confidence, m.doc_id, m.start))
    dated = _best_date(told if any(m.date_edtf for m in told) else members)
    provinces = _union((m.provinces for m in told), knowledge.province_order)
    gates = _union(m.border_gates for m in told)
    actors = _union(m.actors for m in members)
    date = _with_year(dated, told)
    value = edtf.parse(date)
    event = Event(
        event_id="e" + hashlib.sha256(min(m.mention_id for m in told).encode()).hexdigest()[:10],
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
        date_precision=dated.date_precision,
        date_basis=dated.date_basis if date == dated.date_edtf else "completed",
        provinces=provinces,
        provinces_now=_union(((knowledge.province_now(name),) for name in provinces), knowledge.province_order),
        border_gates=gates,
        countries=_countries(provinces, gates, knowledge),
        actors=actors,
        languages=tuple(sorted({m.language for m in members})),
        documents=tuple(sorted({m.doc_id for m in members})),
        mentions=tuple(m.mention_id for m in members),
        conflicts=_conflicts(told, dated),
        confidence=_confidence(told),
        quote=_quote(lead),
        source_url=next((s.source_url for m in [lead, *members] if (s := sources.get(m.doc_id)) and s.source_url), ""),
    )
    return replace(event, title=title_of(event, knowledge, next((m.number for m in told if m.number), "")))


def _best_date(told: list[Mention]) -> Mention:
    """The finest date; of equals the one that most mentions give, then what is stated before what is completed.

    A visit or an exchange takes the days that some mention gives it, where they hold that date.
    """
    votes = Counter(m.date_edtf for m in told)
    basis = {"stated": 0, "completed": 1, "period": 2, "cross_document": 3, "none": 4}

    def order(mention: Mention) -> tuple[object, ...]:
        width = edtf.width(mention.date_edtf)
        return width, -votes[mention.date_edtf], basis[mention.date_basis], mention.title, mention.doc_id, mention.start

    finest = min(told, key=order)
    if finest.event_type not in DAYS_LONG or finest.date_precision != "day":
        return finest
    stays = [m for m in told if m.date_precision == "span" and edtf.width(m.date_edtf) <= _MOST_DAYS]
    return min((m for m in stays if edtf.contains(m.date_edtf, finest.date_edtf)), key=order, default=finest)


def _with_year(dated: Mention, told: list[Mention]) -> str:
    """A day without a year takes the one year that the other reports give (`… talks of 2025`)."""
    years = {m.date_edtf[:4] for m in told if m.date_precision in ("year", "month") and m.date_edtf[:4].isdigit()}
    value = dated.date_edtf.replace("XXXX", years.pop()) if "XXXX" in dated.date_edtf and len(years) == 1 else dated.date_edtf
    try:
        edtf.parse(value)
    except edtf.EdtfError:  # 29 February of another year
        return dated.date_edtf
    return value


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


def _quote(lead: Mention) -> str:
    text = " ".join(lead.text.split())
    return text if len(text) <= 300 else text[:297].rstrip() + "…"


def _dated(mention: Mention, event: Event, members: list[Mention]) -> Mention:
    """A mention that its own document leaves undated takes the event's date from the documents that give it."""
    if mention.date_edtf or not event.date_edtf:
        return mention
    giver = next((m for m in members if m.date_edtf == event.date_edtf), members[0])
    basis = giver.date_basis if giver.doc_id == mention.doc_id else "cross_document"
    evidence = Evidence(
        mention.mention_id, "date_edtf", event.date_edtf, mention.start, mention.end, mention.text, f"{basis}:{giver.mention_id}"
    )
    return replace(
        mention, date_edtf=event.date_edtf, date_precision=event.date_precision, date_basis=basis, evidence=(*mention.evidence, evidence)
    )


def _with_wholes(events: list[Event], mentions: dict[str, Mention]) -> list[Event]:
    """`part_of` as an event id: the event of the mention it names, or the event of that series at the same time."""
    by_series: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.series:
            by_series[event.series].append(event)
    found: list[Event] = []
    for event in events:
        told = mentions.get(event.part_of)
        same = (w.event_id for w in by_series.get(event.part_of, ()) if edtf.overlaps(w.date_edtf, event.date_edtf))
        whole = told.event_id if told else next(same, "")
        found.append(replace(event, part_of=whole if whole != event.event_id else ""))
    return found
