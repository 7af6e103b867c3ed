"""`df.timeline`: filter, count, draw and write an events table."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from timeline import edtf
from timeline.text import fold_words

if TYPE_CHECKING:
    import altair as alt

Values = str | Iterable[str] | None

# What a reader calls a group of events, and the column that holds it.
GROUPS = {
    "province": "provinces",
    "province_now": "provinces_now",
    "actor": "actors",
    "gate": "border_gates",
    "event_type": "event_type",
    "status": "status",
    "language": "languages",
    "series": "series",
}
_NEEDED = ("event_id", "title", "date_edtf", "date_start", "date_end", "date_precision", *GROUPS.values())


@pd.api.extensions.register_dataframe_accessor("timeline")
class TimelineAccessor:
    """What can be asked of an events table; any other frame has no `.timeline`."""

    def __init__(self, events: pd.DataFrame) -> None:
        missing = [name for name in _NEEDED if name not in events.columns]
        if missing:
            raise AttributeError(f".timeline needs an events table; this frame has no column {', '.join(missing)}")
        self._events = events

    def filter(
        self,
        province: Values = None,
        province_now: Values = None,
        actor: Values = None,
        event_type: Values = None,
        gate: Values = None,
        status: Values = None,
        language: Values = None,
        between: tuple[str | None, str | None] | None = None,
        undated: bool | None = None,
    ) -> pd.DataFrame:
        """The events that meet every condition given.

        A condition is one value or several, of which an event needs any; case and diacritics do not matter
        (`Cao Bang` finds `Cao Bằng`). `between` takes two EDTF strings, None for an open side, both sides
        included: ("2023", "2025") keeps every event that can have happened from 1 January 2023 to
        31 December 2025, so also a period that only reaches into it. Undated events are kept unless `between`
        is given; `undated=True` keeps them always, `undated=False` never.
        """
        keep = pd.Series(True, index=self._events.index)
        wanted = {
            "province": province,
            "province_now": province_now,
            "actor": actor,
            "event_type": event_type,
            "gate": gate,
            "status": status,
            "language": language,
        }
        for group, values in wanted.items():
            if values is not None:
                keep &= self._has(GROUPS[group], values)
        keep &= self._within(between, undated)
        return self._events[keep]

    def counts(self, by: str = "province") -> pd.Series[Any]:
        """How many events each value of a group has, most first; an event with two provinces counts for both."""
        values = self._events[_group_column(by)].explode()
        values = values[values.notna() & (values != "")]
        return values.astype("string").value_counts().astype("int64").sort_index().sort_values(ascending=False, kind="stable")

    def lanes(self, by: str = "province") -> pd.DataFrame:
        """One row for an event and lane, with a `lane` column; an event without any value stands in the lane ""."""
        from timeline.charts.lanes import explode_lanes  # the charts are wanted by few who import the library

        return explode_lanes(self._events, _group_column(by))

    def chart(self, lane: str = "province", **options: Any) -> alt.LayerChart:
        """An interactive Altair timeline; the options are those of `timeline.charts.timeline_chart`."""
        from timeline.charts import timeline_chart  # Altair takes longer to import than all the rest

        return timeline_chart(self._events, lane=_group_column(lane), **options)

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """The events as CSV, as in a built folder; written to `path`, or returned."""
        from timeline.store import to_csv

        text = to_csv("events", self._events)
        if path is None:
            return text
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return None

    def _has(self, column: str, values: str | Iterable[str]) -> pd.Series[bool]:
        wanted = {fold_words(value) for value in ([values] if isinstance(values, str) else values)}
        folds: dict[str, bool] = {}

        def is_wanted(value: str) -> bool:
            if value not in folds:
                folds[value] = fold_words(value) in wanted
            return folds[value]

        cells = self._events[column]
        found = [any(is_wanted(item) for item in ([cell] if isinstance(cell, str) else cell)) for cell in cells]
        return pd.Series(found, index=cells.index, dtype=bool)

    def _within(self, between: tuple[str | None, str | None] | None, undated: bool | None) -> pd.Series[bool]:
        # ISO days compare as text; an open side of a span reaches as far as there is time.
        start, end = self._events["date_start"], self._events["date_end"]
        dated = (start != "") | (end != "")
        keep_undated = undated if undated is not None else between is None
        first, last = _bounds(between)
        inside = ((start == "") | (start <= last)) & ((end == "") | (end >= first))
        return ((dated & inside) | (~dated & keep_undated)).astype(bool)


def _group_column(by: str) -> str:
    column = GROUPS.get(by, by)
    if column not in GROUPS.values():
        raise ValueError(f"no lanes by {by!r}; choose one of {', '.join(GROUPS)}")
    return column


def _bounds(between: tuple[str | None, str | None] | None) -> tuple[str, str]:
    low, high = between or (None, None)
    first = _bound(low).start if low else None
    last = _bound(high).end if high else None
    return (first or date.min).isoformat(), (last or date.max).isoformat()


def _bound(text: str) -> edtf.Edtf:
    value = edtf.parse("" if text == ".." else text)
    if text != ".." and value.start is None and value.end is None:
        raise edtf.EdtfError("{text!r} has no year, so nothing can lie before or after it", text)
    return value
