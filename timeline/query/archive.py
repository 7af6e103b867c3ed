"""The four tables of a build, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd

from timeline.query.relation import Relation, Rows
from timeline.tables import TABLES, Tables, TimelineLike, sort_rows


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """A build; events and documents stand in their tables' own order, mentions and evidence in any."""

    documents: Relation
    mentions: Relation
    evidence: Relation
    events: Relation

    @classmethod
    def of(cls, tables: TimelineLike) -> Archive:
        """Tables that stand in memory."""
        return cls(**{name: Relation.of(name, getattr(tables, name)) for name in TABLES})

    def frames(self) -> Tables:
        """All of it as frames, which takes some ten kilobytes of memory an event."""
        return Tables(**{name: sort_rows(name, self._all(name)) for name in TABLES})

    def _all(self, name: str) -> pd.DataFrame:
        relation: Relation = getattr(self, name)
        return relation.rows(np.arange(len(relation)))

    def about(self, events: Rows | Sequence[int]) -> Tables:
        """Some of the events (positions), with their mentions, the evidence of these, and their documents."""
        rows = self.events.rows(events)
        mentions = self.mentions.rows(self.mentions.where("event_id", rows["event_id"]))
        evidence = self.evidence.rows(self.evidence.where("mention_id", mentions["mention_id"]))
        documents = self.documents.rows(self.documents.where("doc_id", {*chain.from_iterable(rows["documents"]), *mentions["doc_id"]}))
        return Tables(documents, sort_rows("mentions", mentions), sort_rows("evidence", evidence), rows)

    def place_of(self, event_id: str) -> int | None:
        """Where an event stands in the table."""
        found = self.events.where("event_id", [event_id])
        return int(found[0]) if len(found) else None
