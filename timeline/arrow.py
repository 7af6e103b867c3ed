"""The four tables as Arrow holds them: one schema for part files, for the Parquet export, and for whoever reads either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from timeline.tables import TABLES, Kind, build_frame

if TYPE_CHECKING:
    import pyarrow as pa


def schema_of(table: str) -> pa.Schema:
    """The columns of a table: text is never null, whole numbers and shares may be, lists are `list<string>`."""
    import pyarrow as pa

    types: dict[Kind, pa.DataType] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "list": pa.list_(pa.field("item", pa.string(), nullable=False)),
    }
    return pa.schema(
        [field_of(spec.name, types[spec.kind], spec.about, nullable=spec.kind in ("integer", "number")) for spec in TABLES[table]]
    )


def field_of(name: str, kind: pa.DataType, about: str, nullable: bool) -> pa.Field:
    """A column with its meaning as `about`."""
    import pyarrow as pa

    return pa.field(name, kind, nullable=nullable, metadata={"about": about})


def as_arrow(frame: pd.DataFrame, table: str) -> pa.Table:
    """A frame of one table as an Arrow table; raises `UnicodeError` or `pyarrow.ArrowException` for what Arrow can't hold."""
    import pyarrow as pa

    return pa.Table.from_pandas(frame[[spec.name for spec in TABLES[table]]], schema=schema_of(table), preserve_index=False)


def as_frame(arrow: pa.Table, table: str) -> pd.DataFrame:
    """The frame that such a table was, in the order of its rows; more columns than the table's own are left out."""
    return build_frame(table, {spec.name: arrow.column(spec.name).to_pylist() for spec in TABLES[table]})
