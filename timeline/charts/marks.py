"""The layers of the timeline, from the ground up: lanes, bars, points, titles, and what can be pointed at."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from timeline.charts.layout import Layout
from timeline.charts.palette import OTHER, STYLES

SELECTION = "event"
NARROW = 430  # pixels of plot below which only the titles inside bars are drawn
_ALL_STYLES = (*STYLES.values(), OTHER)
_STILL: Any = {"tooltip": None, "aria": False}


def lanes_layer(layout: Layout, y: alt.Y, dark: bool) -> alt.Chart:
    """Every second lane on a tint, so that the eye keeps its lane."""
    rows = [(lane.top, lane.bottom, 0.0 if k % 2 else 0.045) for k, lane in enumerate(layout.lanes)]
    lanes = pd.DataFrame(rows, columns=["top", "bottom", "tint"])
    chart: alt.Chart = (
        alt.Chart(lanes).mark_rect(color="#FFFFFF" if dark else "#1F3A5F", opacity=_expr("datum.tint"), **_STILL).encode(y=y, y2="bottom:Q")
    )
    return chart


def bars_layer(data: pd.DataFrame, x: alt.X, y: alt.Y, dark: bool) -> alt.Chart:
    """A span is filled, a month or year thin, a period dashed and almost empty."""
    chart: alt.Chart = (
        alt.Chart(data[data["kind"] != "point"])
        .mark_rect(
            cornerRadius=3,
            strokeWidth=1.3,
            strokeDash=_expr("datum.kind === 'within' ? [4, 3] : [1, 0]"),
            fillOpacity=_expr("datum.kind === 'within' ? 0.1 : 0.3"),
            **_STILL,
        )
        .encode(x=x, x2="x2:T", y=y, y2="bar2:Q", fill=_colour("fill", data, dark), stroke=_colour("stroke", data, dark))
    )
    return chart


def points_layer(data: pd.DataFrame, x: alt.X, y: alt.Y, dark: bool) -> alt.Chart:
    """The shape of the type: on its day, or at the head of its bar."""
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_point(
            filled=True,
            size=110,
            stroke="#FFFFFF" if dark else "#30343B",
            strokeWidth=0.8,
            opacity=1,
            xOffset=_expr("datum.kind === 'point' ? 0 : 11"),
            **_STILL,
        )
        .encode(x=x, y=y, fill=_colour("fill", data, dark), shape=_shape(data))
    )
    return chart


def titles_layer(data: pd.DataFrame, x: alt.X, y: alt.Y, ink: str) -> alt.Chart:
    """Titles in the bars and beside the points, cut to the room that the layout found for them."""
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_text(
            color=ink,
            fontSize=11.5,
            baseline="middle",
            align=_expr("datum.side === 'left' ? 'right' : 'left'"),
            dx=_expr("datum.side === 'in' ? 22 : datum.side === 'left' ? -10 : datum.kind === 'point' ? 10 : 6"),
            limit=_expr("max(width * datum.room - (datum.side === 'in' ? 28 : 0), 1)"),
            opacity=_expr(f"width < {NARROW} && datum.side !== 'in' ? 0 : 1"),
            **_STILL,
        )
        .encode(x=x, y=y, text="title:N")
    )
    return chart


def targets_layer(data: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """What can be pointed at: the whole stretch of an event, title included."""
    shown = {"title": "Event", "when": "When", "precision": "How precisely", "basis": "Known from", "where": "Where", "who": "Who"}
    # Toggled and never cleared: so every click changes the selection, and a second click on a mark is told as well.
    click = alt.selection_point(name=SELECTION, fields=["event_id"], on="click[!event.shiftKey]", toggle="true", clear=False, empty=False)
    # Only with a key held: a bare wheel, and a finger, must go on scrolling the page.
    move = alt.selection_interval(
        name="move",
        bind="scales",
        encodings=["x"],
        zoom="wheel![event.ctrlKey || event.metaKey]",
        translate="[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!",
        clear="dblclick",
    )
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_rect(opacity=0, cursor="pointer")
        .encode(
            x=x,
            x2="high:T",
            y=y,
            y2="y2:Q",
            tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in shown.items()],
            description="said:N",
        )
        .add_params(click, move)
    )
    return chart


def nothing_layer(ink: str) -> alt.Chart:
    """A sentence where there is nothing to draw."""
    empty = pd.DataFrame({"text": ["No dated event to draw"]})
    middle, centre = alt.value(_expr("width / 2")), alt.value(_expr("height / 2"))
    text = alt.Chart(empty).mark_text(fontSize=14, color=ink, opacity=0.7, **_STILL)
    chart: alt.Chart = text.encode(text="text:N", x=middle, y=centre)
    return chart


def _expr(text: str) -> Any:
    """A Vega expression; it sees the row as `datum` and the plot's `width`, so that one chart serves every screen."""
    return {"expr": text}


def _scale(values: list[str]) -> alt.Scale:
    """A fixed place for every type, so that none changes its look when others are filtered away."""
    return alt.Scale(domain=[style.label for style in _ALL_STYLES], range=values)


def _legend(data: pd.DataFrame) -> alt.Legend:
    present = set(data["kind_of_event"])
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=_expr("max(2, floor(width / 100))"),
        values=[style.label for style in _ALL_STYLES if style.label in present],
        symbolSize=110,
        symbolStrokeColor="#30343B",
        symbolStrokeWidth=0.8,
        labelFontSize=12,
    )


def _colour(channel: str, data: pd.DataFrame, dark: bool) -> Any:
    scale = _scale([style.on(dark) for style in _ALL_STYLES])
    if channel == "stroke":
        return alt.Stroke("kind_of_event:N", scale=scale, legend=_legend(data))
    return alt.Fill("kind_of_event:N", scale=scale, legend=_legend(data))


def _shape(data: pd.DataFrame) -> alt.Shape:
    return alt.Shape("kind_of_event:N", scale=_scale([style.shape for style in _ALL_STYLES]), legend=_legend(data))
