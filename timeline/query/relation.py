"""One of the four tables as Arrow holds it: columns to reckon with, rows as frames to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from timeline.arrow import as_arrow
from timeline.tables import KEYS, TABLES

Rows = npt.NDArray[np.int64]  # positions in a table
Mask = npt.NDArray[np.bool_]
_DTYPES = {pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}


class Relation:
    """A table with the columns of `timeline.tables`; nobody may write into it, for all sessions share it."""

    def __init__(self, name: str, arrow: pa.Table) -> None:
        self.name = name
        self.arrow = arrow

    @classmethod
    def of(cls, name: str, frame: pd.DataFrame) -> Relation:
        """A frame of that table, row for row."""
        return cls(name, as_arrow(frame, name).combine_chunks())

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __contains__(self, key: object) -> bool:
        """Whether a row bears this id."""
        return isinstance(key, str) and bool(len(self.where(KEYS[self.name], [key])))

    def column(self, name: str) -> pa.ChunkedArray:
        """A column as it stands."""
        return self.arrow.column(name)

    def rows(self, at: Rows | Sequence[int], columns: Sequence[str] = ()) -> pd.DataFrame:
        """The rows at these positions, in that order, typed as in `timeline.tables`: all columns, or those named."""
        specs = [spec for spec in TABLES[self.name] if not columns or spec.name in columns]
        taken = self.arrow.select([spec.name for spec in specs]).take(pa.array(at, pa.int64()))
        return pd.DataFrame({spec.name: _series(taken.column(spec.name), spec.is_list) for spec in specs})

    def where(self, column: str, values: Iterable[str]) -> Rows:
        """Positions of the rows with one of these values in a column of texts."""
        return np.flatnonzero(self.has(column, values)).astype(np.int64)

    def has(self, column: str, values: Iterable[str]) -> Mask:
        """Which rows have one of these values in a column of texts."""
        wanted = pa.array(list(values), pa.string())
        found: Mask = pc.is_in(self.column(column), value_set=wanted).to_numpy().astype(bool)
        return found


def _series(column: pa.ChunkedArray, is_list: bool) -> pd.Series[Any]:
    if is_list:
        return pd.Series(column.to_pylist(), dtype="object")  # to_pandas would make arrays of the lists
    found: pd.Series[Any] = column.to_pandas(types_mapper=_DTYPES.get)
    return found
