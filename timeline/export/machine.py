"""Events for programs, exactly as the table has them: CSV as in a built folder, and JSON."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from timeline.export.plain import encoded
from timeline.store import to_csv
from timeline.tables import EVENTS, Column, sort_rows


def machine_csv(events: pd.DataFrame) -> bytes:
    """The events as in a built folder; `timeline.store.from_csv` reads them back."""
    return encoded(to_csv("events", events), "events as CSV")


def json_(events: pd.DataFrame) -> bytes:
    """The events as one JSON array, an object an event: lists as lists, a missing number as null, in the table's order."""
    table = sort_rows("events", events)
    columns = [[_value(spec, cell) for cell in table[spec.name]] for spec in EVENTS]
    names = [spec.name for spec in EVENTS]
    rows = [json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False) for row in zip(*columns, strict=True)]
    return encoded("[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n", "events as JSON")


def _value(spec: Column, cell: Any) -> Any:
    if spec.is_list:
        return list(cell)
    if spec.kind == "text":
        return str(cell)
    return None if pd.isna(cell) else int(cell) if spec.kind == "integer" else float(cell)
