"""JSON Lines: one row of a table a line, which a program reads one by one however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from timeline.export.plain import encoded
from timeline.tables import TABLES, Column, sort_rows

# They may stand in JSON, but some readers end a line at them; the escapes mean the same.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_AT_ONCE = 10_000  # rows made plain together: fast, and little memory


def json_lines(frame: pd.DataFrame, table: str = "events") -> bytes:
    """The rows of one of the four tables as UTF-8, in the table's own order; nothing at all for no rows."""
    return b"".join(json_line_by_line(frame, table))


def json_line_by_line(frame: pd.DataFrame, table: str = "events") -> Iterator[bytes]:
    """The same one line at a time, for whoever writes to a stream. `TableError` on half of a surrogate pair."""
    for row in records(frame, table):
        yield encoded(as_json(row) + "\n", f"{table} as JSON Lines")


def records(frame: pd.DataFrame, table: str = "events") -> Iterator[dict[str, Any]]:
    """The rows as plain values by column: lists as lists, a missing number as None; in the table's own order."""
    ordered = sort_rows(table, frame)
    names = [spec.name for spec in TABLES[table]]
    for start in range(0, len(ordered), _AT_ONCE):
        part = ordered.iloc[start : start + _AT_ONCE]
        for row in zip(*(_values(spec, part[spec.name]) for spec in TABLES[table]), strict=True):
            yield dict(zip(names, row, strict=True))


def as_json(value: Any) -> str:
    """JSON on one line, letters as themselves."""
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", json.dumps(value, ensure_ascii=False, allow_nan=False))


def _values(spec: Column, cells: pd.Series[Any]) -> list[Any]:
    values = cells.tolist()
    if spec.is_list or spec.kind == "text":
        return values
    number = int if spec.kind == "integer" else float
    return [None if pd.isna(value) else number(value) for value in values]
