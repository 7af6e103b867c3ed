"""Mentions → groups that tell one happening: pairs proposed by blocks, joined strongest first, unless any two exclude each other."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from timeline import edtf
from timeline.fusion.rules import RULES, STAY, excludes
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention

# types of which a story seldom tells two: of a meeting or a signature there are many
_SINGLE = frozenset(("visit", "conference", "exchange", "ceremony", "border_gate", "infrastructure"))
_ONCE = frozenset(("upgrade", "opening", "pilot", "route"))  # changes of a gate that happen but once
_OF_STORY = frozenset(("headline", "same-story", "only-one-told"))
_OLD = timedelta(days=60)  # from what a page reports to the page's own day, at most
_REASONS_KEPT = 4  # for a mention that is joined already: the strongest
_MOST_TOLD = 20  # mentions of one type in a document; with more it tells several
_LARGEST_BLOCK = 400  # mentions; a block beyond it (a day of a crawl) is only paired within finer blocks


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions held to tell one happening, and by which rule."""

    weight: float
    rule: str
    left: str
    right: str
    sure: float = 0.0  # of links of one rule, those of the surer mentions join first: an undated headline is of the lead's event


def groups_of(mentions: Sequence[Mention], documents: Sequence[Document], knowledge: Knowledge) -> tuple[list[list[Mention]], list[Link]]:
    """The mentions (in their order) that tell one happening, together, and the links that joined them."""
    twins = _twins(mentions, documents)
    originals = [mention for mention in mentions if mention.mention_id not in twins]
    own_days = {document.doc_id: document.published for document in documents}
    links = sorted(_links(originals, knowledge, own_days), key=lambda link: (-link.weight, link.rule, -link.sure, link.left, link.right))
    groups, used = _clusters(originals, links)
    groups, later = _with_undated(groups, knowledge)
    return _with_copies(groups, used + later, [m for m in mentions if m.mention_id in twins], twins, knowledge)


def _links(mentions: Sequence[Mention], knowledge: Knowledge, own_days: Mapping[str, str]) -> Iterator[Link]:
    """`own_days`: the documents' own days, where they are known."""
    seen: set[tuple[str, str]] = set()
    alone = _alone(mentions)
    for block in _blocks(mentions):
        for a, b in combinations(block, 2):
            pair = (a.mention_id, b.mention_id)
            if pair in seen or excludes(a, b):
                continue
            seen.add(pair)
            rule = next((name for name, test in RULES.items() if test(a, b)), None)
            if rule in _OF_STORY and _looks_back(a, b, own_days.get(a.doc_id, "")):
                continue
            if rule and (rule != "only-one-told" or {(a.doc_id, a.event_type), (b.doc_id, b.event_type)} <= alone):
                yield Link(knowledge.fusion_weights[rule], rule, *pair, sure=a.confidence + b.confidence)


def _looks_back(a: Mention, b: Mention, own_day: str) -> bool:
    """Whether one of two mentions of a page is undated, and the other of a time long over when the page was written: its background."""
    dated = a.date_edtf or b.date_edtf
    if bool(a.date_edtf) == bool(b.date_edtf) or not own_day or "X" in dated:
        return False
    begin, end = edtf.start(own_day), edtf.parse(dated).end
    return begin is not None and end is not None and begin - end > _OLD


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
        beside = 1 if mention.event_type in STAY else 0  # so that its first and its last day meet in a block
        for day in edtf.days_of_year(mention.date_edtf, beside) or ():
            for name in (*mention.provinces, *mention.actors):
                yield ("day", day, name)


def _face(mention: Mention) -> tuple[object, ...]:
    """What `excludes` looks at."""
    m = mention
    item = m.item and (m.doc_id, m.item)
    return m.event_type, m.event_subtype, m.number, m.series, m.ordinal, m.border_gates, m.date_edtf, m.actors, bool(m.part_of), item


def _clusters(mentions: Sequence[Mention], links: Sequence[Link]) -> tuple[list[list[Mention]], list[Link]]:
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
