"""An events table that somebody has read from a file himself → the typed one that all else here works on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from timeline.edtf import is_edtf
from timeline.errors import TableError
from timeline.store import split_list
from timeline.tables import EVENTS, Column

# Without these columns a frame is no events table; any other may be missing, and is taken to be empty.
NEEDED = ("event_id", "title", "event_type", "status", "date_edtf", "date_start", "date_end", "date_precision", "provinces", "actors")
_DAYS = ("date_start", "date_end")
_NOTHING = {"date_basis": "none"}  # what stands for nothing where that is no empty text


def missing_columns(frame: pd.DataFrame) -> list[str]:
    """The columns without which a frame is no events table."""
    return [name for name in NEEDED if name not in frame.columns]


def as_events(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the columns of the events table typed as in `timeline.tables`; itself, where they are.

    For a table that comes from a CSV, Excel or Parquet file: missing text becomes "", a list that is one cell
    (`Cao Bằng; Guangxi`) or an array becomes a list, a day that was parsed becomes ISO text again. The index, the rows'
    order and columns of one's own stay. Raises `TableError` where a column is missing or a cell cannot be what it should.
    """
    missing = missing_columns(frame)
    if missing:
        raise TableError(f"this frame is no events table: it has no column {', '.join(missing)}; read the events.csv of a built folder")
    if all(spec.name in frame.columns and _is_typed(spec, frame[spec.name]) for spec in EVENTS):
        return frame
    typed = {spec.name: _typed(spec, frame[spec.name]) if spec.name in frame else _empty(spec, frame.index) for spec in EVENTS}
    own = [name for name in frame.columns if name not in typed]
    found = pd.DataFrame(typed, index=frame.index)
    _check_dates(found["date_edtf"])
    return found.assign(**{str(name): frame[name].array for name in own})


def _check_dates(cells: pd.Series[Any]) -> None:
    for at, text in enumerate(cells):
        if text and not is_edtf(text):
            raise TableError(f"events row {at}, column date_edtf: {text!r} is no EDTF; read the column as text")


def _is_typed(spec: Column, cells: pd.Series[Any]) -> bool:
    if not spec.is_list:
        return str(cells.dtype) == spec.dtype and not (spec.kind == "text" and bool(cells.isna().any()))
    return cells.dtype == object and all(isinstance(cell, list) for cell in cells)


def _empty(spec: Column, index: pd.Index[Any]) -> pd.Series[Any]:
    nothing = _NOTHING.get(spec.name, "") if spec.kind == "text" else pd.NA
    cells: list[Any] = [[] for _ in index] if spec.is_list else [nothing] * len(index)
    return pd.Series(cells, index=index, dtype=spec.dtype)


def _typed(spec: Column, cells: pd.Series[Any]) -> pd.Series[Any]:
    if spec.is_list:
        return pd.Series([_as_list(cell) for cell in cells], index=cells.index, dtype="object")
    if spec.kind == "text":
        if spec.name in _DAYS and pd.api.types.is_datetime64_any_dtype(cells.dtype):
            cells = cells.dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(cells.dtype) and (cells.dropna() % 1 == 0).all():
            cells = cells.astype("Int64")  # years alone, with some missing, which pandas reads as 2022.0
        return cells.astype("string").fillna("")
    try:
        numbers = pd.to_numeric(cells.replace("", pd.NA) if cells.dtype in (object, "string") else cells)
        return pd.Series(numbers, index=cells.index, dtype=spec.dtype)
    except (TypeError, ValueError) as fault:
        raise TableError(f"events, column {spec.name}: {fault}") from fault


def _as_list(cell: Any) -> list[str]:
    if isinstance(cell, str):
        return split_list(cell)
    if isinstance(cell, Iterable):  # a tuple, or the array that Parquet gives
        return [str(item) for item in cell]
    return []  # None, NaN, NA
