"""The layers below and instead of single events: lanes, the bands of gates, and the blocks of dense lanes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from timeline.charts.axes import blue_on, expr
from timeline.charts.bins import say_bin
from timeline.charts.layout import DAY, ROW_UNITS, Layout, to_ms
from timeline.charts.marks import STILL
from timeline.i18n import Words

Axis = Callable[[str], Any]
_BAND_TEXTS = ("lane", "start", "end", "label")
_BAND_TINTS = {1: 0.05, 2: 0.11, 3: 0.19}
# The strongest tint of a block on which its number is still well read.
_PALEST, _STRONGEST = 0.12, {False: 0.6, True: 0.5}


def lanes_layer(layout: Layout, y: alt.Y, dark: bool) -> alt.Chart:
    """Every second lane on a tint, so that the eye keeps its lane."""
    rows = [(float(lane.top), float(lane.bottom), 0.0 if k % 2 else 0.045) for k, lane in enumerate(layout.lanes)]
    lanes = pd.DataFrame(rows, columns=["top", "bottom", "tint"])
    ground = alt.Chart(lanes).mark_rect(color="#FFFFFF" if dark else "#1F3A5F", opacity=expr("datum.tint"), **STILL)
    chart: alt.Chart = ground.encode(y=y, y2=alt.Y2("bottom:Q"))
    return chart


def band_layers(bands: pd.DataFrame, x: Axis, y: Axis, dark: bool, ink: str) -> list[alt.Chart]:
    """The class of a gate behind its lane, a line at the day on which it changes, and its name above."""
    ground = (
        alt.Chart(bands)
        .mark_rect(color=blue_on(dark), opacity=expr("datum.tint"), **STILL)
        .encode(x=x("x"), x2=alt.X2("x2:T"), y=y("top"), y2=alt.Y2("bottom:Q"))
    )
    changes = bands[bands["begins"]]
    line = alt.Chart(changes).mark_rule(color=blue_on(dark), strokeWidth=1.5, **STILL).encode(x=x("x"), y=y("top"), y2=alt.Y2("bottom:Q"))
    name = alt.Chart(bands).mark_text(
        color=ink,
        fontSize=10.5,
        fontStyle="italic",
        align="left",
        baseline="middle",
        dx=4,
        limit=expr("max(width * datum.share - 6, 1)"),
        **STILL,
    )
    return [ground, *([line] if len(changes) else []), name.encode(x=x("x"), y=y("name_y"), text=alt.Text("label:N"))]


def band_data(bands: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Bands of the lanes that are drawn, cut to the window; `begins` where the band's first day is known and lies in it."""
    lanes = {lane.name: lane for lane in layout.lanes}
    low, high = layout.domain
    weights = bands["weight"] if "weight" in bands else [1] * len(bands)
    exact = bands["exact"] if "exact" in bands else [True] * len(bands)
    rows = []
    for name, start, end, label, weight, is_exact in zip(*(bands[name] for name in _BAND_TEXTS), weights, exact, strict=True):
        x = max(_ms(start), low) if start else low
        x2 = min(_ms(end, 1), high) if end else high
        if name in lanes and x < x2:
            lane = lanes[name]
            place = (float(x), float(x2), lane.top + 0.2, lane.bottom - 0.2, lane.top + 1.4)
            rows.append((*place, label, _BAND_TINTS.get(int(weight), 0.05), (x2 - x) / (high - low), bool(is_exact and x > low)))
    return pd.DataFrame(rows, columns=["x", "x2", "top", "bottom", "name_y", "label", "tint", "share", "begins"])


def block_data(layout: Layout, lane_names: dict[str, str], words: Words, dark: bool) -> pd.DataFrame:
    """One row a block, with what it says; the tint grows with the root of the count, so that small ones are seen too."""
    most = max((block.count for block in layout.bins), default=1)
    spread = _STRONGEST[dark] - _PALEST
    periods = {days: say_bin(layout.unit, days, words) for days in {block.days for block in layout.bins}}
    rows = []
    for block in layout.bins:
        first, last = block.days
        x, x2 = float(to_ms(first)), float(to_ms(last) + DAY)
        period, events = periods[block.days], _events_said(block.count, block.across, words)
        rows.append(
            {
                "start": first.isoformat(),
                "end": last.isoformat(),
                "x": x,
                "x2": x2,
                "centre": (x + x2) / 2,
                "share": (x2 - x) / (layout.domain[1] - layout.domain[0]),
                "y": block.y + 0.4,
                "y2": block.y + ROW_UNITS - 0.4,
                "middle": block.y + ROW_UNITS / 2,
                "text": words.number(block.count),
                "across": block.across,
                "tint": _PALEST / 2 if block.across else _PALEST + spread * (block.count / most) ** 0.5,
                "period": period,
                "lane": lane_names[block.lane],
                "events": events,
                "said": words.labelled(words.enumerated((lane_names[block.lane], period)), events),
            }
        )
    return pd.DataFrame(rows)


def block_layers(data: pd.DataFrame, x: Axis, y: Axis, words: Words, dark: bool, ink: str) -> list[alt.Chart]:
    """A block a bin with its count, the last layer is what can be pointed at."""
    shown = {"lane": words.gettext("Lane"), "period": words.gettext("When"), "events": words.gettext("Events")}
    block = alt.Chart(data).mark_rect(
        color=blue_on(dark),
        fillOpacity=expr("datum.tint"),
        stroke=blue_on(dark),
        strokeWidth=expr("datum.across ? 0.8 : 0"),
        strokeDash=[3, 2],
        strokeOpacity=0.5,
        x2Offset=-1.5,
        cornerRadius=2,
        **STILL,
    )
    number = alt.Chart(data).mark_text(
        color=ink,
        fontSize=10.5,
        baseline="middle",
        opacity=expr("width * datum.share < 6.5 * length(datum.text) + 2 ? 0 : 1"),
        **STILL,
    )
    target = alt.Chart(data).mark_rect(opacity=0, cursor="pointer")
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in shown.items()]
    place = {"x": x("x"), "x2": alt.X2("x2:T"), "y": y("y"), "y2": alt.Y2("y2:Q")}
    return [
        block.encode(**place),
        number.encode(x=x("centre"), y=y("middle"), text=alt.Text("text:N")),
        target.encode(**place, tooltip=tooltip, description=alt.Description("said:N")),
    ]


def nothing_layer(ink: str, words: Words) -> alt.Chart:
    """A sentence where there is nothing to draw."""
    empty = pd.DataFrame({"text": [words.gettext("No dated event to draw")]})
    middle, centre = alt.value(expr("width / 2")), alt.value(expr("height / 2"))
    text = alt.Chart(empty).mark_text(fontSize=14, color=ink, opacity=0.7, **STILL)
    chart: alt.Chart = text.encode(text=alt.Text("text:N"), x=middle, y=centre)
    return chart


def _events_said(count: int, across: bool, words: Words) -> str:
    number = words.number(count)
    if across:
        said = words.ngettext("{n} event that lasts longer or may lie elsewhere", "{n} events that last longer or may lie elsewhere", count)
    else:
        said = words.ngettext("{n} event", "{n} events", count)
    return said.format(n=number)


def _ms(day: str, after: int = 0) -> int:
    """Midnight at which an ISO day begins; so many days after it."""
    return to_ms(date.fromisoformat(day)) + after * DAY
