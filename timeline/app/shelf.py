"""One build with what is reckoned from it once: the index of the filters, that of the charts, and the orders of the table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pyarrow.compute as pc

from timeline import knowledge
from timeline.app.keeping import Kept
from timeline.charts import Prepared, extent, prepare
from timeline.charts.prepared import Days
from timeline.corrections import Correction
from timeline.facets import Facets
from timeline.query import Archive, Mask
from timeline.query.words import Search, search_documents
from timeline.titles import CURATED, MARK

_CHARTS_KEPT = 32  # some megabyte each at most


class Shelf:
    """The tables, and their indexes as far as they have been asked for."""

    def __init__(
        self, archive: Archive, entries: knowledge.Tables, new: frozenset[str] = frozenset(), corrections: Sequence[Correction] = ()
    ) -> None:
        self.archive = archive
        self.new = new  # event_ids that a reader's own texts tell
        self.corrections = tuple(corrections)  # those that are in the tables already
        offices = {name: row.office.split("; ") for name, row in entries.actors.items() if row.office and row.kind == "person"}
        self.facets = Facets(archive, offices)
        self.drawn = Kept(_CHARTS_KEPT)
        self._prepared: dict[str, Prepared] = {}

    @cached_property
    def documents(self) -> Search:
        """Words sought in titles, publishers and names of the documents."""
        return search_documents(self.archive)

    @cached_property
    def texts(self) -> frozenset[tuple[str, str]]:
        """Every document with its content: name and `sha256`."""
        return frozenset(zip(*(self.archive.documents.column(name).to_pylist() for name in ("doc_id", "sha256")), strict=True))

    @cached_property
    def is_curated(self) -> Mask:
        """Which events no text tells, only somebody's table."""
        documents, size = self.archive.documents, self.facets.size
        texts = documents.column("doc_id").filter(pc.not_equal(documents.column("kind"), "chronology")).to_pylist()
        return ~self.facets.group("document").any_of(texts) if len(texts) < len(documents) else np.zeros(size, dtype=bool)

    @cached_property
    def curated(self) -> frozenset[str]:
        """Their event_ids."""
        return frozenset(self.archive.events.column("event_id").take(np.flatnonzero(self.is_curated)).to_pylist())

    @cached_property
    def extent(self) -> Days:
        """From the first day of an event to the last, with a little air."""
        return extent(self.prepared("event_type"))

    @cached_property
    def marks(self) -> dict[str, str]:
        """What stands before the titles of events that are told apart."""
        return dict.fromkeys(self.curated, CURATED) | dict.fromkeys(self.new, MARK)

    def prepared(self, column: str) -> Prepared:
        """The charts' index with lanes by a column of the events table."""
        if column not in self._prepared:
            self._prepared[column] = prepare(self.archive.events, column).marking(self.new).hollowing(self.curated)
        return self._prepared[column]
