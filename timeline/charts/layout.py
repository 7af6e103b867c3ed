"""Where each event is drawn: lanes one below the other, and in each lane as many rows as overlaps need.

Times are milliseconds since 1970 in UTC, counted from calendar days, so that no zone comes in. Heights are counted
in units, `ROW_UNITS` a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from timeline.charts.lanes import explode_lanes, lane_order
from timeline.charts.wording import date_in_words

ROW_UNITS = 4
LANE_UNITS = 2  # air above and below the rows of a lane, together
DAY = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()
# Shares of the width: the most and least that a title takes, a letter of it (11.5 px type on 650 px), the type's sign.
_LABEL_MAX, _LABEL_MIN = 0.6, 0.03
_LETTER = 0.0094
_ICON = 0.026

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane and its stretch of the height, in units."""

    name: str
    top: int
    bottom: int
    events: int

    @property
    def centre(self) -> int:
        return (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that the chart draws."""

    marks: pd.DataFrame
    lanes: list[Lane]
    domain: tuple[int, int]
    height: int = field(default=0)


def lay_out(events: pd.DataFrame, column: str, order: Sequence[str] | None = None, domain: Days | None = None) -> Layout:
    """Place the dated events; the undated are the caller's to list."""
    dated = events[(events["date_start"] != "") | (events["date_end"] != "")]
    rows = explode_lanes(dated, column)
    first, last = domain or extent(dated)
    edges = (to_ms(first), to_ms(last) + DAY)
    marks = pd.DataFrame(_marks(rows, edges), columns=list(_MARK_COLUMNS))
    lanes = _stack(marks, lane_order(rows["lane"], order))
    return Layout(marks, lanes, edges, lanes[-1].bottom if lanes else 0)


def extent(events: pd.DataFrame) -> Days:
    """First and last day of the table's dated events, with a little air; some years where there are none."""
    days = [day for column in ("date_start", "date_end") for text in events[column] if (day := to_day(text))]
    if not days:
        return date(2020, 1, 1), date(2026, 1, 1)
    first, last = min(days), max(days)
    air = max(15, (last - first).days // 40)
    return _shift(first, -air), _shift(last, air)


def to_day(text: str) -> date | None:
    """An ISO day of the table, None where it is open."""
    return date.fromisoformat(text) if text else None


def to_ms(day: date) -> int:
    """Midnight UTC of a calendar day."""
    return (day.toordinal() - _EPOCH) * DAY


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


_MARK_COLUMNS = (
    "event_id",
    "title",
    "event_type",
    "lane",
    "kind",
    "x",
    "x2",
    "low",
    "high",
    "label_x",
    "side",
    "room",
    "when",
    "row",
    "y",
    "y2",
)


def _marks(rows: pd.DataFrame, edges: tuple[int, int]) -> list[tuple[object, ...]]:
    cells = zip(
        rows["event_id"],
        rows["title"],
        rows["event_type"],
        rows["lane"],
        rows["date_start"],
        rows["date_end"],
        rows["date_edtf"],
        rows["date_precision"],
        strict=True,
    )
    found: list[tuple[object, ...]] = []
    for event_id, title, event_type, lane, start, end, text, precision in cells:
        kind = _kind(precision, start, end)
        low, high = _span(start, end, edges)
        if high < edges[0] or low > edges[1]:
            continue
        label = _label(kind, low, high, len(title), edges)
        found.append((event_id, title, event_type, lane, kind, low, high, *label, date_in_words(text, precision), 0, 0.0, 0.0))
    return found


def _kind(precision: str, start: str, end: str) -> str:
    """`point` for a day; `lasting` for a span; `within` for a period; `part` for a month, season or year."""
    if precision == "day" and start == end:
        return "point"
    return {"span": "lasting", "day": "lasting", "period": "within"}.get(precision, "part")


def _span(start: str, end: str, edges: tuple[int, int]) -> tuple[int, int]:
    first, last = to_day(start), to_day(end)
    low = max(to_ms(first), edges[0]) if first else edges[0]
    high = min(to_ms(last) + DAY, edges[1]) if last else edges[1]
    if first and first == last:
        low = high = to_ms(first)
    return low, high


def _label(kind: str, low: int, high: int, letters: int, edges: tuple[int, int]) -> tuple[int, int, int, str, float]:
    """Stretch taken with the label, where the label starts, on which side of the mark, and its room (of the width)."""
    width = edges[1] - edges[0]
    need = min(max(letters * _LETTER + _ICON, _LABEL_MIN), _LABEL_MAX)
    share = (high - low) / width
    icon = int(_ICON * width)
    if kind != "point" and share >= min(need, 0.18):
        return low, high, low, "in", share
    if (edges[1] - high) / width >= need or (low - edges[0]) / width < need:
        need = min(need, max((edges[1] - high) / width, _LABEL_MIN))
        return low - icon // 2, int(high + need * width), high, "right", need - _ICON
    return int(low - need * width), high + icon // 2, low, "left", need - _ICON


def _stack(marks: pd.DataFrame, order: Sequence[str]) -> list[Lane]:
    """Give every mark its row, so that no two of a lane overlap, and every lane its height."""
    lanes: list[Lane] = []
    top = 0
    by_lane = marks.sort_values(["low", "high", "event_id"], kind="stable").groupby("lane", sort=False)
    for name in [lane for lane in order if lane in by_lane.groups]:
        stretch = by_lane.get_group(name)
        rows = _rows(list(zip(stretch["low"], stretch["high"], strict=True)))
        bottom = top + (max(rows) + 1) * ROW_UNITS + LANE_UNITS
        marks.loc[stretch.index, "row"] = rows
        marks.loc[stretch.index, "y"] = [top + LANE_UNITS / 2 + ROW_UNITS * row for row in rows]
        lanes.append(Lane(str(name), top, bottom, len(stretch)))
        top = bottom
    marks["y2"] = marks["y"] + ROW_UNITS
    return lanes


def _rows(stretches: list[tuple[int, int]]) -> list[int]:
    """First fit: each stretch goes into the first row that is free where it begins."""
    ends: list[int] = []
    rows = []
    for low, high in stretches:
        row = next((k for k, end in enumerate(ends) if end < low), len(ends))
        if row == len(ends):
            ends.append(high)
        else:
            ends[row] = high
        rows.append(row)
    return rows
