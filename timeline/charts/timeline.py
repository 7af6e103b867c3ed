"""The timeline: a point for a day, a bar for a span, a faded one where only a period is known."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from timeline.charts import marks
from timeline.charts.layout import ROW_UNITS, Layout, lay_out
from timeline.charts.marks import SELECTION
from timeline.charts.palette import style_of
from timeline.charts.wording import BASES, PRECISIONS

__all__ = ["KINDS", "SELECTION", "timeline_chart"]

UNIT_PIXELS = 5.5
KINDS = {
    "point": "on this day",
    "lasting": "from … to …",
    "part": "in this month or year",
    "within": "some time within",
}
# Where a bar begins and ends in the height of its row, in units.
_INSETS = {"point": (0.0, 4.0), "lasting": (0.5, 3.5), "part": (1.4, 2.6), "within": (0.5, 3.5)}
_TITLES_UP_TO = 150  # above, titles would be a carpet


def timeline_chart(
    events: pd.DataFrame,
    lane: str = "provinces",
    order: Sequence[str] | None = None,
    domain: tuple[date, date] | None = None,
    dark: bool = False,
    no_lane: str = "(no place)",
) -> alt.LayerChart:
    """An events table as an interactive timeline with lanes by the values of the column `lane`.

    `order` fixes the order of lanes, `domain` the first and last day shown. A click selects `event_id` in the
    parameter named "event"; Ctrl and the wheel zoom, Shift and dragging move in time, a double click goes back.
    Undated events are not drawn.
    """
    layout = lay_out(events, lane, order, domain)
    data = _chart_data(layout, events)
    bottom = max(layout.height, 2 * ROW_UNITS)
    ink = "#E6E6E6" if dark else "#23272E"

    def x(field: str) -> alt.X:
        return _time_axis(field, layout)

    def y(field: str) -> alt.Y:
        return _lane_axis(field, layout, bottom, no_lane)

    layers = [marks.lanes_layer(layout, y("top"), dark)]
    if data.empty:
        layers = [marks.nothing_layer(ink)]
    else:
        layers += [marks.bars_layer(data, x("x"), y("bar"), dark), marks.points_layer(data, x("x"), y("middle"), dark)]
        layers += [marks.titles_layer(data, x("label_x"), y("middle"), ink)] if len(data) <= _TITLES_UP_TO else []
        layers += [marks.targets_layer(data, x("low"), y("y"))]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width="container", height=bottom * UNIT_PIXELS, description=_description(layout, no_lane))
        .properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding={"left": 0, "top": 5, "right": 5, "bottom": 0})
        .configure_view(strokeWidth=0)
        .configure_axis(labelColor=ink)
        .configure_legend(labelColor=ink, padding=0)
    )
    return chart


def _chart_data(layout: Layout, events: pd.DataFrame) -> pd.DataFrame:
    data = layout.marks.copy()
    rows = events.drop_duplicates("event_id").set_index("event_id").loc[data["event_id"]]
    data["precision"] = [PRECISIONS.get(value, value) for value in rows["date_precision"]]
    data["basis"] = [BASES.get(value, value) for value in rows["date_basis"]]
    data["where"] = ["; ".join(cell) for cell in rows["provinces"]]
    data["who"] = ["; ".join(cell[:6]) + (" …" if len(cell) > 6 else "") for cell in rows["actors"]]
    data["kind_of_event"] = [style_of(value).label for value in data["event_type"]]
    data["said"] = data["title"] + ", " + data["when"]
    data["bar"] = data["y"] + [_INSETS[kind][0] for kind in data["kind"]]
    data["bar2"] = data["y"] + [_INSETS[kind][1] for kind in data["kind"]]
    data["middle"] = data["y"] + ROW_UNITS / 2
    # Whole numbers of 64 bits would reach the browser as BigInts, which Vega cannot draw.
    return data.astype(dict.fromkeys(("x", "x2", "low", "high", "label_x"), "float64"))


def _time_axis(field: str, layout: Layout) -> alt.X:
    ticks: Any = {"expr": "max(2, width / 90)"}
    axis = alt.Axis(orient="top", title=None, grid=True, gridOpacity=0.5, tickCount=ticks, labelOverlap=True, labelFontSize=12)
    # As expressions: as plain numbers, Vega-Lite reads them once as times and once not, and warns of a conflict.
    domain: Any = [{"expr": str(edge)} for edge in layout.domain]
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc", domain=domain, nice=False), axis=axis)


def _lane_axis(field: str, layout: Layout, bottom: int, no_lane: str) -> alt.Y:
    names = {str(lane.centre): textwrap.wrap(lane.name or no_lane, 20)[:2] for lane in layout.lanes}
    axis = alt.Axis(
        title=None,
        values=[lane.centre for lane in layout.lanes],
        labelExpr=f"({json.dumps(names)})[datum.value]",
        domain=False,
        ticks=False,
        grid=False,
        labelPadding=8,
        labelFontSize=13,
        labelFontWeight=600,
        labelLimit=170,
    )
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, bottom], reverse=True, nice=False, zero=False), axis=axis)


def _description(layout: Layout, no_lane: str) -> str:
    """The chart in words, for those who don't see it."""
    if layout.marks.empty:
        return "Timeline without dated events."
    lanes = ", ".join(f"{lane.name or no_lane} {lane.events}" for lane in layout.lanes)
    return f"Timeline of {layout.marks['event_id'].nunique()} dated events in {len(layout.lanes)} lanes: {lanes}."
