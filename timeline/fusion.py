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
# types of which a story seldom tells two: of a meeting or a signature there are many
_SINGLE = frozenset(("visit", "conference", "exchange", "ceremony", "border_gate", "infrastructure"))
_STAY = {"visit": 2, "exchange": 1}  # days between the reports of its first and of its last day
_AGREEING = 0.3  # of the documents that name places of an event: what fewer name is no place of it
_REASONS_KEPT = 4  # for a mention that is joined already: the strongest
_MOST_TOLD = 20  # mentions of one type in a document; with more it tells several
_ONCE = frozenset(("upgrade", "opening", "pilot", "route"))
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
    twins = _twins(ordered, documents)
    copies = [mention for mention in ordered if mention.mention_id in twins]
    ordered = [mention for mention in ordered if mention.mention_id not in twins]
    by_id = {mention.mention_id: mention for mention in ordered}
    links = sorted(_links(ordered, knowledge), key=lambda link: (-link.weight, link.rule, link.left, link.right))
    clusters, used = _clusters(ordered, links, by_id)
    clusters, later = _with_undated(clusters, knowledge)
    used += later
    clusters, used = _with_copies(clusters, used, copies, twins, knowledge)
    sources = {document.doc_id: document for document in documents}
    events: list[Event] = []
    resolved: list[Mention] = []
    for members in clusters:
        event = event_of(members, sources, knowledge)
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


def _same_ordinal(a: Mention, b: Mention) -> bool:
    """`the 9th friendship exchange` in two reports, at one time and place."""
    if a.ordinal is None or a.ordinal != b.ordinal or a.event_type != b.event_type or not (a.date_edtf and b.date_edtf):
        return False
    return _share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors)


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


def _same_day_of_year(a: Mention, b: Mention) -> bool:
    """A report that tells no year, and much in common with one that does."""
    if a.doc_id == b.doc_id or ("XXXX" in a.date_edtf) == ("XXXX" in b.date_edtf):
        return False
    if {a.date_precision, b.date_precision} - {"day", "span"} or not edtf.overlaps(a.date_edtf, b.date_edtf, _slack(a, b)):
        return False
    return _share(a.border_gates, b.border_gates) or len({*a.actors, *a.provinces} & {*b.actors, *b.provinces}) > 1


def _same_stay(a: Mention, b: Mention) -> bool:
    """Reports of the days of one visit: told of its first day here, of its last there."""
    if a.event_type not in DAYS_LONG or not _tell_days(a, b):
        return False
    return _share(a.actors, b.actors) and edtf.overlaps(a.date_edtf, b.date_edtf, _slack(a, b))


def _slack(a: Mention, b: Mention) -> int:
    """How many days two dates of one thing may lie apart: reports of a visit give the day of which they tell."""
    if a.event_type != b.event_type or not (_share(a.actors, b.actors) or (a.ordinal and a.ordinal == b.ordinal)):
        return 0
    return _STAY.get(a.event_type, 0)


def _headline(a: Mention, b: Mention) -> bool:
    return (
        a.doc_id == b.doc_id
        and a.title != b.title
        and (_share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors))
    )


def _same_story(a: Mention, b: Mention) -> bool:
    if a.doc_id != b.doc_id or a.series != b.series:
        return False
    if a.event_subtype != b.event_subtype and a.event_type != "visit" and len(set(a.actors) & set(b.actors)) < 2:
        return False
    if a.date_edtf and b.date_edtf and a.date_edtf != b.date_edtf:
        return False
    return _share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors)


def _points_back(a: Mention, b: Mention) -> bool:
    return a.refers_to == b.mention_id or b.refers_to == a.mention_id


def _only_one_told(a: Mention, b: Mention) -> bool:
    """Two mentions of a document that tells one such thing, one of them without a time or with a coarser one (see `_alone`).

    A ceremony is that of the one thing told. Host and guest may each be named alone for one visit.
    """
    if a.doc_id != b.doc_id or (a.date_edtf and a.date_edtf == b.date_edtf) or "period" in (a.date_precision, b.date_precision):
        return False
    return not _apart(a.provinces, b.provinces) and (a.event_type == "visit" or not _apart(a.actors, b.actors))


def _apart(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return bool(left) and bool(right) and not _share(left, right)


RULES: dict[str, Callable[[Mention, Mention], bool]] = {
    "points-back": _points_back,
    "same-document-number": _same_number,
    "same-series-number": _same_series_number,
    "same-series-time": _same_series_time,
    "same-ordinal": _same_ordinal,
    "same-gate-change": _same_gate_change,
    "same-day-place": _same_day_place,
    "same-day-actor": _same_day_actor,
    "same-stay": _same_stay,
    "same-day-of-year": _same_day_of_year,
    "headline": _headline,
    "same-story": _same_story,
    "only-one-told": _only_one_told,
}


def _share(left: Iterable[str], right: Iterable[str]) -> bool:
    return not set(left).isdisjoint(right)


def _same_day(a: Mention, b: Mention) -> bool:
    return _tell_days(a, b) and edtf.overlaps(a.date_edtf, b.date_edtf)


def _tell_days(a: Mention, b: Mention) -> bool:
    """Whether both tell days, and of two documents both the year or neither (else see `_same_day_of_year`)."""
    if not a.date_edtf or not b.date_edtf or {a.date_precision, b.date_precision} - {"day", "span"}:
        return False
    return a.doc_id == b.doc_id or ("XXXX" in a.date_edtf) == ("XXXX" in b.date_edtf)


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
    if a.event_type == b.event_type == "meeting" and _others_met(a, b):
        return True
    if a.event_type == "border_gate" and a.border_gates and b.border_gates and not _share(a.border_gates, b.border_gates):
        return True
    return bool(a.date_edtf and b.date_edtf) and not edtf.overlaps(a.date_edtf, b.date_edtf, _slack(a, b))


def _others_met(a: Mention, b: Mention) -> bool:
    """Whether two meetings are of different parties: who met Mr Lâm and Mr Chính on one day met twice."""
    left, right = set(a.actors), set(b.actors)
    return min(len(left), len(right)) > 1 and len(left & right) < 2 and bool(left - right) and bool(right - left)


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
    alone = _alone(mentions)
    for block in _blocks(mentions):
        for a, b in combinations(block, 2):
            pair = (a.mention_id, b.mention_id)
            if pair in seen or excludes(a, b):
                continue
            seen.add(pair)
            rule = next((name for name, test in RULES.items() if test(a, b)), None)
            if rule and (rule != "only-one-told" or {(a.doc_id, a.event_type), (b.doc_id, b.event_type)} <= alone):
                yield Link(knowledge.fusion_weights[rule], rule, *pair)


def _alone(mentions: Sequence[Mention]) -> set[tuple[str, str]]:
    """Documents and types of event of which the document tells one: no two mentions exclude each other."""
    told: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.event_type in _SINGLE:
            told[mention.doc_id, mention.event_type].append(mention)
    return {key for key, group in told.items() if len(group) <= _MOST_TOLD and not any(excludes(a, b) for a, b in combinations(group, 2))}


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
    if mention.date_precision in ("day", "span"):
        beside = 1 if mention.event_type in _STAY else 0  # so that its first and its last day meet in a block
        for day in edtf.days_of_year(mention.date_edtf, beside) or ():
            for name in (*mention.provinces, *mention.actors):
                yield ("day", day, name)


# ---------------------------------------------------------------- joining


def _face(mention: Mention) -> tuple[object, ...]:
    """What `excludes` looks at."""
    m = mention
    return m.event_type, m.event_subtype, m.number, m.series, m.ordinal, m.border_gates, m.date_edtf, m.actors, bool(m.part_of)


def _clusters(mentions: Sequence[Mention], links: Sequence[Link], by_id: dict[str, Mention]) -> tuple[list[list[Mention]], list[Link]]:
    home = {mention.mention_id: mention.mention_id for mention in mentions}
    members = {mention.mention_id: [mention] for mention in mentions}
    faces = {m.mention_id: {} if m.refers_to else {_face(m): m} for m in mentions}  # of many that say the same, one is asked
    used: list[Link] = []
    told: Counter[str] = Counter()
    for link in links:
        left, right = home[link.left], home[link.right]
        if left == right:
            if told[link.right] < _REASONS_KEPT:
                told[link.right] += 1
                used.append(link)
            continue
        if any(excludes(a, b) for a in faces[left].values() for b in faces[right].values()):
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        for mention in members[right]:
            home[mention.mention_id] = left
        members[left] += members.pop(right)
        faces[left] |= faces.pop(right)
        used.append(link)
    ordered = [sorted(group, key=lambda m: (m.doc_id, m.start, m.mention_id)) for group in members.values()]
    return ordered, used


def _with_undated(clusters: list[list[Mention]], knowledge: Knowledge) -> tuple[list[list[Mention]], list[Link]]:
    """What a document tells without any time is the one dated thing of its kind that other documents tell, if there is but one.

    A gate is upgraded once, and opened once.
    """
    dated: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, members in enumerate(clusters):
        for key in {key for m in members if m.date_edtf and not m.refers_to for key in _keys_of_kind(m)}:
            dated[key].append(k)
    home = list(range(len(clusters)))
    links: list[Link] = []
    for k, members in enumerate(clusters):
        told = [m for m in members if not m.refers_to]
        if not told or any(m.date_edtf for m in members):
            continue
        others = {other for m in told for key in _keys_of_kind(m) for other in dated.get(key, ())}
        others = {other for other in others if not _share_document(clusters[other], members)}
        if len(others) == 1 and not any(excludes(a, b) for a in clusters[min(others)] for b in told if not a.refers_to):
            home[k] = min(others)
            links.append(Link(knowledge.fusion_weights["only-such"], "only-such", clusters[min(others)][0].mention_id, told[0].mention_id))
    merged: dict[int, list[Mention]] = defaultdict(list)
    for k, members in enumerate(clusters):
        merged[home[k]] += members
    return [sorted(group, key=lambda m: (m.doc_id, m.start, m.mention_id)) for group in merged.values()], links


def _keys_of_kind(mention: Mention) -> Iterator[tuple[str, ...]]:
    """What happens but once, whatever its time: a gate and its change."""
    if mention.event_type == "border_gate" and mention.event_subtype in _ONCE:
        for gate in mention.border_gates:
            yield (mention.event_subtype, gate)


def _share_document(left: list[Mention], right: list[Mention]) -> bool:
    return not {m.doc_id for m in left}.isdisjoint(m.doc_id for m in right)


# ---------------------------------------------------------------- copies of one document


def _twins(mentions: Sequence[Mention], documents: Sequence[Document]) -> dict[str, str]:
    """Mentions of documents that are copies of another, each with the one in the first copy; a thousand copies cost no pairs."""
    first: dict[str, str] = {}
    copy_of: dict[str, str] = {}
    for document in sorted(documents, key=lambda d: d.doc_id):
        original = first.setdefault(hashlib.sha256(document.text.encode()).hexdigest(), document.doc_id)
        if original != document.doc_id:
            copy_of[document.doc_id] = original
    if not copy_of:
        return {}
    originals = {_place_of(m, m.doc_id): m.mention_id for m in mentions if m.doc_id not in copy_of}
    pairs = ((m.mention_id, originals.get(_place_of(m, copy_of[m.doc_id]))) for m in mentions if m.doc_id in copy_of)
    return {copy: original for copy, original in pairs if original}


def _place_of(mention: Mention, doc_id: str) -> tuple[object, ...]:
    """Where a mention stands and what it says: copies that were published on other days may say otherwise."""
    return doc_id, mention.start, mention.end, mention.event_type, mention.event_subtype, mention.date_edtf, mention.status


def _with_copies(
    clusters: list[list[Mention]], used: list[Link], copies: Sequence[Mention], twins: dict[str, str], knowledge: Knowledge
) -> tuple[list[list[Mention]], list[Link]]:
    if not copies:
        return clusters, used
    home = {mention.mention_id: group for group in clusters for mention in group}
    weight = knowledge.fusion_weights["same-text"]
    for copy in copies:
        home[twins[copy.mention_id]].append(copy)
    links = [Link(weight, "same-text", twins[copy.mention_id], copy.mention_id) for copy in copies]
    return [sorted(group, key=lambda m: (m.doc_id, m.start, m.mention_id)) for group in clusters], used + links


# ---------------------------------------------------------------- the event by all its mentions


def event_id_of(mention_id: str) -> str:
    """The id of the event that a mention is the first of: by its document's name, so that documents named later change none."""
    return "e" + hashlib.sha256(mention_id.encode()).hexdigest()[:10]


def event_of(members: list[Mention], sources: dict[str, Document], knowledge: Knowledge) -> Event:
    told = [m for m in members if not m.refers_to] or members
    lead = min(told, key=lambda m: (knowledge.type_ranks.get(m.event_type, 99), m.title, -m.confidence, m.doc_id, m.start))
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
        provinces=_union([_agreed(told, lambda m: m.provinces)], knowledge.province_order),
        provinces_now=(),
        border_gates=_agreed(told, lambda m: m.border_gates),
        countries=(),
        actors=actors,
        languages=tuple(sorted({m.language for m in members})),
        documents=tuple(sorted({m.doc_id for m in members})),
        mentions=tuple(m.mention_id for m in members),
        conflicts=_conflicts(told, dated),
        confidence=_confidence(told),
        quote=_quote(lead),
        source_url=next((s.source_url for m in [lead, *members] if (s := sources.get(m.doc_id)) and s.source_url), ""),
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

    A visit or an exchange takes the days that some mention gives it, where they hold that date.
    """
    votes = Counter(m.date_edtf for m in told)
    basis = {"corrected": 0, "curated": 1, "stated": 2, "completed": 3, "period": 4, "cross_document": 5, "none": 6}

    def order(mention: Mention) -> tuple[object, ...]:
        width = edtf.width(mention.date_edtf)
        return width, -votes[mention.date_edtf], basis[mention.date_basis], mention.title, mention.doc_id, mention.start

    finest = min(told, key=order)
    if finest.event_type not in DAYS_LONG or finest.date_precision != "day":
        return finest
    stays = [m for m in told if m.date_precision == "span" and edtf.width(m.date_edtf) <= _MOST_DAYS]
    return min((m for m in stays if edtf.contains(m.date_edtf, finest.date_edtf)), key=order, default=finest)


def _days_of_stay(date: str, told: list[Mention]) -> str:
    """All its days, where one report tells of the first and another of the last, or one without a year of both."""
    by_people = any(m.date_basis in ("corrected", "curated") and m.date_edtf == date for m in told)
    if by_people or edtf.parse(date).precision != "day" or not date[:4].isdigit():
        return date
    values = [(m.date_precision, edtf.with_year(m.date_edtf, date[:4])) for m in told if m.date_edtf]
    spans = Counter(value for kind, value in values if kind == "span" and edtf.width(value) <= _MOST_DAYS and edtf.contains(value, date))
    if spans:
        return min(spans, key=lambda value: (-spans[value], value))
    days = sorted({value for kind, value in values if kind == "day"})
    near = len(days) > 1 and edtf.overlaps(days[0], days[-1], max(_STAY.values()))
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
