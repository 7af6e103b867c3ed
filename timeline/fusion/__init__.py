"""Mentions → events: which reports tell one happening, why, and what the event is by all of them.

Pairs of mentions are proposed by blocks (same series, same gate, same day, same document), judged by a visible list of
named rules whose weights stand in `data/knowledge/fusion.csv`, and joined strongest first. A join is refused when any
mention of one side excludes any of the other, so an event of one day never swallows two that exclude each other.
The order of the documents changes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from timeline import edtf
from timeline.fusion.blocks import blocks_of
from timeline.fusion.copies import twins_of
from timeline.fusion.event import event_id_of, event_of, with_derived
from timeline.fusion.joining import joined
from timeline.fusion.links import Link, links_of, told_once
from timeline.knowledge import Knowledge
from timeline.model import Document, Event, Evidence, Mention

__all__ = [
    "Fused",
    "Link",
    "Serial",
    "event_id_of",
    "event_of",
    "fuse",
    "fuse_linked",
    "order",
    "position",
    "wholes_of",
    "with_derived",
]

_EVENT_ID = re.compile(r"e[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class Fused:
    """The outcome: events, the mentions with their event and cross-document dates, and the links that made them."""

    events: list[Event]
    mentions: list[Mention]
    evidence: list[Evidence]  # a row a link: field `event_id`, the rule and the mention it ties to


def fuse(mentions: Sequence[Mention], documents: Sequence[Document], knowledge: Knowledge) -> Fused:
    """Fuse `mentions` (with their documents) into events."""
    ordered = sorted(mentions, key=position)
    twins = twins_of(ordered, documents)
    originals = [mention for mention in ordered if mention.mention_id not in twins]
    own_days = {document.doc_id: document.published for document in documents}
    links = links_of(blocks_of(originals), knowledge.fusion_weights, own_days, told_once(originals))
    fused = fuse_linked(ordered, links, twins, documents, knowledge)
    wholes = wholes_of(map(Serial.of, fused.events))
    return replace(fused, events=[replace(e, part_of=wholes[e.event_id]) if e.event_id in wholes else e for e in fused.events])


def fuse_linked(
    mentions: Sequence[Mention], links: Iterable[Link], twins: Mapping[str, str], documents: Iterable[Document], knowledge: Knowledge
) -> Fused:
    """The same where it is known which mentions (in their order) may tell one happening, and which are twins of others.

    `part_of` of an event is an event_id where one of `mentions` tells the whole, and else what the mention says: a series.
    """
    groups, used = joined(mentions, links, twins, knowledge.fusion_weights)
    sources = {document.doc_id: document for document in documents}
    events: list[Event] = []
    resolved: list[Mention] = []
    for members in groups:
        event = event_of(members, sources, knowledge)
        events.append(event)
        resolved += [_dated(replace(mention, event_id=event.event_id), event, members) for mention in members]
    by_id = {mention.mention_id: mention for mention in resolved}
    events = [replace(e, part_of=by_id[e.part_of].event_id) if e.part_of in by_id else e for e in events]
    return Fused(sorted(events, key=order), sorted(resolved, key=position), [_evidence(link, by_id) for link in used])


def position(mention: Mention) -> tuple[str, int, int, str]:
    """Where a mention stands among all: their order."""
    return mention.doc_id, mention.start, mention.end, mention.mention_id


def order(event: Event | Serial) -> tuple[object, ...]:
    """Where an event stands among all."""
    return *edtf.sort_key(event.date_edtf), event.event_type, event.event_id


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


class Serial(NamedTuple):
    """What must be known of an event that belongs to a series, or is part of something, to find of which event it is part."""

    event_id: str
    event_type: str
    series: str
    date_edtf: str
    part_of: str  # an event_id, or a series

    @classmethod
    def of(cls, event: Event) -> Serial:
        return cls(event.event_id, event.event_type, event.series, event.date_edtf, event.part_of)


def wholes_of(serial: Iterable[Serial]) -> dict[str, str]:
    """By event_id, the event of which each is part that says no more than a series, or itself: the first of it at the same time, or ""."""
    ordered = sorted(serial, key=order)
    by_series: dict[str, list[Serial]] = defaultdict(list)
    for event in ordered:
        if event.series:
            by_series[event.series].append(event)
    found: dict[str, str] = {}
    for event in ordered:
        whole = event.part_of
        if whole in by_series:
            whole = next((w.event_id for w in by_series[whole] if edtf.overlaps(w.date_edtf, event.date_edtf)), "")
        if whole == event.event_id or not _EVENT_ID.fullmatch(whole):
            whole = ""
        if whole != event.part_of:
            found[event.event_id] = whole
    return found
