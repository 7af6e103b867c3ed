"""Copies of one document: a thousand of them tell what the first tells, and cost no pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from timeline.fusion.links import Link
from timeline.model import Document, Mention


def text_digest(text: str) -> str:
    """By what copies of a text are known."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def originals_of(digests: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By doc_id, of which document each copy is one: the first by name. `digests` are doc_ids, each with its `text_digest`."""
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for doc_id, digest in sorted(digests):
        original = first.setdefault(digest, doc_id)
        if original != doc_id:
            copies[doc_id] = original
    return copies


def twins_of(mentions: Sequence[Mention], documents: Sequence[Document]) -> dict[str, str]:
    """The mentions of documents that are copies of another, each with the one in the first copy."""
    copies = originals_of((document.doc_id, text_digest(document.text)) for document in documents)
    return paired(mentions, copies) if copies else {}


def paired(mentions: Iterable[Mention], copies: Mapping[str, str]) -> dict[str, str]:
    """The same, where `copies` is known; what a copy alone says (it was published on another day) has no twin."""
    listed = list(mentions)
    originals = {_place_of(m, m.doc_id): m.mention_id for m in listed if m.doc_id not in copies}
    pairs = ((m.mention_id, originals.get(_place_of(m, copies[m.doc_id]))) for m in listed if m.doc_id in copies)
    return {copy: original for copy, original in pairs if original}


def _place_of(mention: Mention, doc_id: str) -> tuple[object, ...]:
    """Where a mention stands and what it says: copies that were published on other days may say otherwise."""
    return doc_id, mention.start, mention.end, mention.event_type, mention.event_subtype, mention.date_edtf, mention.status


def with_copies(
    groups: list[list[Mention]], used: list[Link], mentions: Sequence[Mention], twins: Mapping[str, str], weight: float
) -> tuple[list[list[Mention]], list[Link]]:
    """The groups with those of `mentions` that are twins of a member, and the links that say so."""
    copies = [mention for mention in mentions if mention.mention_id in twins]
    if not copies:
        return groups, used
    home = {mention.mention_id: group for group in groups for mention in group}
    for copy in copies:
        home[twins[copy.mention_id]].append(copy)
    links = [Link(weight, "same-text", twins[copy.mention_id], copy.mention_id) for copy in copies]
    return [sorted(group, key=lambda m: (m.doc_id, m.start, m.mention_id)) for group in groups], used + links
