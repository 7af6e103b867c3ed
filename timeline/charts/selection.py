"""What a reader chose in a chart, as Streamlit hands it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from timeline.charts.prepared import Days, day_of

SELECTION = "event"  # clicked events: rows with `event_id`
BIN = "bin"  # clicked bins of dense lanes: rows with `start` and `end`, ISO days
WINDOW = "window"  # the stretch brushed in the overview
_DAY_MS = 86_400_000


def window_of(selection: Mapping[str, Any] | None) -> Days | None:
    """First and last day of the brushed stretch, both included; None where nothing is brushed.

    `selection` is what `st.altair_chart(..., on_select=...)` gives, whole or its part `["selection"]`. The brush
    comes in milliseconds since 1970 (UTC), at any time of day: each end is moved to the nearest midnight. At least
    one day.
    """
    brushed = _part(selection, WINDOW)
    if not isinstance(brushed, Mapping):
        return None
    edges = next((value for value in brushed.values() if _is_stretch(value)), None)
    if edges is None:
        return None
    low, high = sorted(float(edge) for edge in edges)
    first = round(low / _DAY_MS)
    last = max(round(high / _DAY_MS) - 1, first)
    return day_of(first), day_of(last)


def bins_of(selection: Mapping[str, Any] | None) -> set[Days]:
    """First and last day of each bin that is clicked. A click toggles a bin: what differs from before was clicked."""
    rows = _part(selection, BIN)
    return {days for row in rows if (days := _days(row))} if isinstance(rows, list) else set()


def _part(selection: Mapping[str, Any] | None, name: str) -> Any:
    whole = selection or {}
    return whole.get("selection", whole).get(name)


def _is_stretch(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(edge, int | float) for edge in value)


def _days(row: Any) -> Days | None:
    try:
        return date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    except (KeyError, TypeError, ValueError):
        return None
