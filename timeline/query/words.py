"""Words sought in titles and passages, without regard to case and diacritics."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from timeline.query.archive import Archive
from timeline.query.mapped import mapped
from timeline.query.relation import Mask, Relation, Rows
from timeline.text import fold, without_halves

Texts = tuple[pa.ChunkedArray, Rows | None]  # texts, and the row that each is of, where that is not its own
_AT_ONCE = 20_000  # texts that are folded as one, which is faster than each by itself
_FOLDED = pa.schema([pa.field("text", pa.string())])


class Search:
    """Texts of some rows, folded once, when first asked for."""

    def __init__(self, size: int, texts: Callable[[], Sequence[Texts]]) -> None:
        """`texts` gives all texts of so many rows."""
        self._size = size
        self._texts = texts
        self._lock = threading.Lock()
        self._folded: list[Texts] | None = None

    def holding(self, words: Collection[str]) -> Mask:
        """Which rows hold every one of these folded words, each in any of its texts."""
        keep = np.ones(self._size, dtype=bool)
        for word in words:
            found = np.zeros(self._size, dtype=bool)
            for column, row_of in self._all():
                matched = _matches(column, word)
                found[matched if row_of is None else row_of[matched]] = True
            keep &= found
        return keep

    def _all(self) -> Sequence[Texts]:
        with self._lock:  # it takes some seconds for a million: those who ask meanwhile wait for the first
            if self._folded is None:
                self._folded = [(mapped(_FOLDED, _pieces(column)).column("text"), row_of) for column, row_of in self._texts()]
            return self._folded


def _matches(column: pa.ChunkedArray, word: str) -> Mask:
    """In which texts a word stands; the pieces are read side by side on all cores."""
    wanted = without_halves(word)
    with ThreadPoolExecutor(pa.cpu_count()) as pool:
        found = pool.map(lambda piece: pc.match_substring(piece, wanted).to_numpy(zero_copy_only=False), column.chunks)
        return np.concatenate([np.empty(0, dtype=bool), *found])


def search_events(archive: Archive) -> Search:
    """For words in the titles of events and in their passages."""

    def texts() -> Sequence[Texts]:
        events, mentions = archive.events, archive.mentions
        places = pc.index_in(mentions.column("event_id"), value_set=events.column("event_id").combine_chunks())
        of_event = places.to_numpy().astype(np.int64)
        return (_joined(events, "title", "title_vi", "title_zh"), None), (mentions.column("text"), of_event)

    return Search(len(archive.events), texts)


def search_documents(archive: Archive) -> Search:
    """For words in the titles, publishers and names of documents."""
    return Search(len(archive.documents), lambda: [(_joined(archive.documents, "doc_id", "title", "publisher"), None)])


def _joined(relation: Relation, *names: str) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(*(relation.column(name) for name in names), "\n")


def _pieces(column: pa.ChunkedArray) -> Iterator[pa.Table]:
    for first in range(0, len(column), _AT_ONCE):
        yield pa.table([pa.array(_folded_apart(column.slice(first, _AT_ONCE).to_pylist()), pa.string())], schema=_FOLDED)


def _folded_apart(texts: Sequence[str]) -> list[str]:
    """Texts folded as one, and cut where each ends: only blanks stand between, which no word holds."""
    folded = fold("\n".join(texts))
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1)
    edges = [0, *(folded.position(int(end)) for end in ends[:-1]), len(folded.words)]
    return [folded.words[low + 1 : high + 1] for low, high in pairwise(edges)]
