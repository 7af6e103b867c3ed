"""What of the tables goes with some of the events."""

from __future__ import annotations

from timeline.tables import Tables, TimelineLike


def coherent(tables: TimelineLike) -> Tables:
    """The documents and events, with the mentions of these events alone, and the evidence of these mentions alone."""
    told = tables.mentions["event_id"].isin(set(tables.events["event_id"]))
    mentions = tables.mentions[told].reset_index(drop=True)
    shown = tables.evidence["mention_id"].isin(set(mentions["mention_id"]))
    evidence = tables.evidence[shown].reset_index(drop=True)
    return Tables(tables.documents.reset_index(drop=True), mentions, evidence, tables.events.reset_index(drop=True))
