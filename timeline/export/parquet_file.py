"""Parquet, for pandas, DuckDB, Polars, R and Spark: typed columns, lists as lists, the codebook inside."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pandas as pd

from timeline.arrow import as_arrow, field_of
from timeline.errors import TableError
from timeline.tables import sort_rows
from timeline.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

# Real days beside the ISO text: column, the text that it is made of, what it means.
_DAYS = (
    ("first_day", "date_start", "date_start as a day, missing where it is open or unknown"),
    ("last_day", "date_end", "date_end as a day, missing where it is open or unknown"),
)


def parquet(frame: pd.DataFrame, table: str = "events") -> bytes:
    """One of the four tables, in its own order, as a Parquet file.

    Its columns are those of `timeline.tables` under the same names: text is `string` and never null ("" where there is
    none), whole numbers are `int64` and shares `double`, both nullable, lists are `list<string>`. pandas reads them back
    as `string`, `Int64` and `Float64`, for the file says so.

    Days: `date_start` and `date_end` stay ISO text, so that what reads a CSV file or a built folder reads this file too,
    and the file can go back into this library. But whoever takes Parquet expects days that are days, and SQL casts no
    empty text to DATE. So the events have two more columns behind the others: `first_day` and `last_day`, `date32`, null
    where the time is open or unknown. They say nothing that the text doesn't.

    Metadata of the schema: `timeline.version`, `timeline.table` and `timeline.columns` (JSON: what each column means);
    each field has its meaning as `about`. No clock: the same rows give the same bytes, by one release of pyarrow and
    pandas, which sign the file. Raises `TableError` for half of a surrogate pair, or a day that is none.
    """
    import pyarrow as pa  # a large library, wanted by few who import this one
    import pyarrow.parquet as pq

    ordered = sort_rows(table, frame)
    try:
        arrow = as_arrow(ordered, table)
        for name, text, about in _DAYS if table == "events" else ():
            days = pa.array([day or None for day in ordered[text]], pa.string()).cast(pa.date32())
            arrow = arrow.append_column(field_of(name, pa.date32(), about, nullable=True), days)
    except (UnicodeError, pa.ArrowException) as fault:
        raise TableError(f"{table} as Parquet: {fault}") from fault
    file = io.BytesIO()
    pq.write_table(arrow.replace_schema_metadata({**arrow.schema.metadata, **_metadata(arrow.schema, table)}), file, compression="zstd")
    return file.getvalue()


def _metadata(schema: pa.Schema, table: str) -> dict[str, str]:
    about = {field.name: field.metadata[b"about"].decode("utf-8") for field in schema}
    return {
        "timeline.version": __version__,
        "timeline.table": table,
        "timeline.columns": json.dumps(about, ensure_ascii=False),
    }
