"""Linked mentions → groups that tell one happening: joined strongest first, unless any two exclude each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from timeline.fusion.blocks import Key, kind_keys
from timeline.fusion.copies import with_copies
from timeline.fusion.links import Link
from timeline.fusion.rules import excludes
from timeline.model import Mention

_REASONS_KEPT = 4  # for a mention that is joined already: the strongest

Groups = list[list[Mention]]


def joined(
    mentions: Sequence[Mention], links: Iterable[Link], twins: Mapping[str, str], weights: Mapping[str, float]
) -> tuple[Groups, list[Link]]:
    """The mentions (in their order) that tell one happening, together, and the links that joined them.

    Mentions between which there is no way (no link, no change of a gate that happens but once, no twin) don't touch one another:
    joined apart, they give the same groups.
    """
    originals = [mention for mention in mentions if mention.mention_id not in twins]
    ordered = sorted(links, key=lambda link: (-link.weight, link.rule, -link.sure, link.left, link.right))
    groups, used = _clusters(originals, ordered)
    groups, later = _with_undated(groups, weights["only-such"])
    return with_copies(groups, used + later, mentions, twins, weights["same-text"])


def _face(mention: Mention) -> tuple[object, ...]:
    """What `excludes` looks at."""
    m = mention
    item = m.item and (m.doc_id, m.item)
    return m.event_type, m.event_subtype, m.number, m.series, m.ordinal, m.border_gates, m.date_edtf, m.actors, bool(m.part_of), item


def _asked(mention: Mention) -> list[Mention]:
    """What is asked whether it excludes others: of one that points back, only that its sentence tells it apart from another."""
    if not mention.refers_to:
        return [mention]
    if mention.item is None:
        return []
    empty: tuple[str, ...] = ()
    return [
        replace(mention, event_subtype="", number="", series="", ordinal=None, date_edtf="", part_of="", border_gates=empty, actors=empty)
    ]


def _clusters(mentions: Sequence[Mention], links: Sequence[Link]) -> tuple[Groups, list[Link]]:
    home = {mention.mention_id: mention.mention_id for mention in mentions}
    members = {mention.mention_id: [mention] for mention in mentions}
    faces = {m.mention_id: {_face(m): m for m in _asked(m)} for m in mentions}  # of many that say the same, one is asked
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


def _with_undated(clusters: Groups, weight: float) -> tuple[Groups, list[Link]]:
    """What a document tells without any time is the one dated thing of its kind that other documents tell, if there is but one.

    A gate is upgraded once, and opened once.
    """
    dated: dict[Key, list[int]] = defaultdict(list)
    for k, members in enumerate(clusters):
        for key in {key for m in members if m.date_edtf and not m.refers_to for key in kind_keys(m)}:
            dated[key].append(k)
    home = list(range(len(clusters)))
    links: list[Link] = []
    for k, members in enumerate(clusters):
        told = [m for m in members if not m.refers_to]
        if not told or any(m.date_edtf for m in members):
            continue
        others = {other for m in told for key in kind_keys(m) for other in dated.get(key, ())}
        others = {other for other in others if not _share_document(clusters[other], members)}
        if len(others) == 1 and not any(excludes(a, b) for a in clusters[min(others)] for b in told if not a.refers_to):
            home[k] = min(others)
            links.append(Link(weight, "only-such", clusters[min(others)][0].mention_id, told[0].mention_id))
    merged: dict[int, list[Mention]] = defaultdict(list)
    for k, members in enumerate(clusters):
        merged[home[k]] += members
    return [sorted(group, key=lambda m: (m.doc_id, m.start, m.mention_id)) for group in merged.values()], links


def _share_document(left: list[Mention], right: list[Mention]) -> bool:
    return not {m.doc_id for m in left}.isdisjoint(m.doc_id for m in right)
