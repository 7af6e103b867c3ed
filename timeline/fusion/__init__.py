"""Mentions → events: which reports tell one happening, why, and what the event is by all of them.

Pairs of mentions are proposed by blocks (same series, same gate, same day, same document), judged by a visible list of
named rules whose weights stand in `data/knowledge/fusion.csv`, and joined strongest first. A join is refused when any
mention of one side excludes any of the other, so an event of one day never swallows two that exclude each other.
The order of the documents changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline import edtf
from timeline.fusion.event import event_id_of, event_of, with_derived
from timeline.fusion.joining import Link, groups_of
from timeline.knowledge import Knowledge
from timeline.model import Document, Event, Evidence, Mention

__all__ = ["Fused", "Link", "event_id_of", "event_of", "fuse", "with_derived"]


@dataclass(frozen=True, slots=True)
class Fused:
    """The outcome: events, the mentions with their event and cross-document dates, and the links that made them."""

    events: list[Event]
    mentions: list[Mention]
    evidence: list[Evidence]  # a row a link: field `event_id`, the rule and the mention it ties to


def fuse(mentions: Sequence[Mention], documents: Sequence[Document], knowledge: Knowledge) -> Fused:
    """Fuse `mentions` (with their documents) into events."""
    ordered = sorted(mentions, key=lambda m: (m.doc_id, m.start, m.end, m.mention_id))
    groups, used = groups_of(ordered, documents, knowledge)
    sources = {document.doc_id: document for document in documents}
    events: list[Event] = []
    resolved: list[Mention] = []
    for members in groups:
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
