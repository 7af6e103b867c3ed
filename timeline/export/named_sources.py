"""The documents behind an event as a reader is told them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from timeline.addresses import host_of
from timeline.export.citations import Source, sources
from timeline.export.plain import one_line
from timeline.tables import sort_rows


class NamedSources:
    """Sources by doc_id. One that the documents table lacks, as where somebody has the events alone, goes by its doc_id."""

    def __init__(self, documents: pd.DataFrame) -> None:
        ids = sort_rows("documents", documents)["doc_id"].tolist()
        self._known = dict(zip(ids, sources(documents), strict=True))

    def of(self, doc_ids: Iterable[str]) -> Iterator[Source]:
        """The sources of some documents, in the order given."""
        return (self._known.get(doc_id) or Source(doc_id, one_line(doc_id), "", (), "", "") for doc_id in doc_ids)


def publisher_of(source: Source) -> str:
    """Who published it: its publisher, else the host of its address, else what the source goes by."""
    return source.publisher or host_of(source.url) or source.title
