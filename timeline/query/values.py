"""Columns of Arrow as arrays of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from timeline.query.relation import Mask, Rows

NO_DAY = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """The values in a column of texts or lists: row `rows[k]` holds `names[codes[k]]`; rows ascend."""

    rows: Rows
    codes: Rows
    names: list[str]

    def translated(self, names_of: Callable[[str], Iterable[str]]) -> Codes:
        """Each value replaced by others, any number of them; a row holds none twice."""
        found: dict[str, int] = {}
        lists = [[found.setdefault(other, len(found)) for other in names_of(name)] for name in self.names]
        lengths = np.array([len(others) for others in lists], dtype=np.int64)
        flat = np.array([other for others in lists for other in others], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if len(lengths) else lengths
        times = lengths[self.codes]
        steps = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        codes = flat[np.repeat(starts[self.codes], times) + steps]
        pairs = np.unique(np.repeat(self.rows, times) * max(len(found), 1) + codes)
        return Codes(pairs // max(len(found), 1), pairs % max(len(found), 1), list(found))


def codes_of(column: pa.ChunkedArray) -> Codes:
    """The values of a column as numbers; an empty text is no value."""
    whole = column.combine_chunks()
    if pa.types.is_list(whole.type):
        rows, values = pc.list_parent_indices(whole).to_numpy().astype(np.int64), pc.list_flatten(whole)
    else:
        known = pc.not_equal(whole, "")
        rows, values = np.flatnonzero(known.to_numpy(zero_copy_only=False)).astype(np.int64), whole.filter(known)
    encoded = values.dictionary_encode()
    return Codes(rows, encoded.indices.to_numpy().astype(np.int64), encoded.dictionary.to_pylist())


def days_of(column: pa.ChunkedArray) -> Rows:
    """ISO days as days since 1970, `NO_DAY` for an empty text."""
    known = pc.if_else(pc.equal(column, ""), None, column)
    days: Rows = pc.fill_null(known.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()), NO_DAY).to_numpy()
    return days


def matches(column: pa.ChunkedArray, pattern: str) -> Mask:
    """In which texts a regular expression (RE2's) finds something."""
    found: Mask = pc.match_substring_regex(column, pattern).to_numpy().astype(bool)
    return found
