"""One build with what is reckoned from it once: the index of the filters, and that of the charts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from timeline import knowledge
from timeline.charts import Prepared, prepare
from timeline.corrections import Correction
from timeline.facets import Facets
from timeline.tables import Tables


class Shelf:
    """The tables, and their indexes as far as they have been asked for."""

    def __init__(
        self, tables: Tables, entries: knowledge.Tables, new: frozenset[str] = frozenset(), corrections: Sequence[Correction] = ()
    ) -> None:
        self.tables = tables
        self.new = new  # event_ids that a reader's own texts tell
        self.corrections = tuple(corrections)  # those that are in the tables already
        offices = {name: row.office.split("; ") for name, row in entries.actors.items() if row.office and row.kind == "person"}
        self.facets = Facets(tables, offices)
        self._prepared: dict[str, Prepared] = {}

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """Of all events."""
        return frozenset(self.tables.events["event_id"])

    def prepared(self, column: str) -> Prepared:
        """The charts' index with lanes by a column of the events table."""
        if column not in self._prepared:
            self._prepared[column] = prepare(self.tables.events, column).marking(self.new)
        return self._prepared[column]
