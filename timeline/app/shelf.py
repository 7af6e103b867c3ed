"""One build with what is reckoned from it once: the index of the filters, and that of the charts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from timeline import knowledge
from timeline.charts import Prepared, prepare
from timeline.corrections import Correction
from timeline.facets import Facets
from timeline.tables import Tables
from timeline.titles import CURATED, MARK


class Shelf:
    """The tables, and their indexes as far as they have been asked for."""

    def __init__(
        self, tables: Tables, entries: knowledge.Tables, new: frozenset[str] = frozenset(), corrections: Sequence[Correction] = ()
    ) -> None:
        self.tables = tables
        self.new = new  # event_ids that a reader's own texts tell
        self.corrections = tuple(corrections)  # those that are in the tables already
        self.curated = _of_tables_alone(tables)  # event_ids that no text tells, only somebody's table
        offices = {name: row.office.split("; ") for name, row in entries.actors.items() if row.office and row.kind == "person"}
        self.facets = Facets(tables, offices)
        self._prepared: dict[str, Prepared] = {}

    @cached_property
    def marks(self) -> dict[str, str]:
        """What stands before the titles of events that are told apart."""
        return dict.fromkeys(self.curated, CURATED) | dict.fromkeys(self.new, MARK)

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """Of all events."""
        return frozenset(self.tables.events["event_id"])

    def prepared(self, column: str) -> Prepared:
        """The charts' index with lanes by a column of the events table."""
        if column not in self._prepared:
            self._prepared[column] = prepare(self.tables.events, column).marking(self.new).hollowing(self.curated)
        return self._prepared[column]


def _of_tables_alone(tables: Tables) -> frozenset[str]:
    kinds = dict(zip(tables.documents["doc_id"], tables.documents["kind"], strict=True))
    if "chronology" not in kinds.values():
        return frozenset()
    ids = zip(tables.events["event_id"], tables.events["documents"], strict=True)
    return frozenset(event_id for event_id, names in ids if all(kinds.get(name) == "chronology" for name in names))
