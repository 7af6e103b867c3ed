"""The layers of single events: bars, points, titles, the lines of series, and what can be pointed at.

All but the lines read the data of the whole chart, so that these are written once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import altair as alt
import pandas as pd

from timeline.charts.axes import expr, ground_on, ink_on
from timeline.charts.palette import OTHER, STYLES
from timeline.i18n import Words

NARROW = 430  # pixels of plot below which only the titles inside bars are drawn
STILL: Any = {"tooltip": None, "aria": False}
_ALL_STYLES = (*STYLES.values(), OTHER)
_EDGE = "#30343B"
# A colour that is nowhere and everywhere as likely: full in the middle, and going out where the time does.
_FADING = (
    "{gradient: 'linear', x1: 0, y1: 0, x2: 1, y2: 0, stops: ["
    "{offset: 0, color: datum.tone + (datum.cut_left ? '66' : '0A')}, {offset: 0.25, color: datum.tone + '66'}, "
    "{offset: 0.75, color: datum.tone + '66'}, {offset: 1, color: datum.tone + (datum.cut_right ? '66' : '0A')}]}"
)


def links_layer(points: pd.DataFrame, x: alt.X, y: alt.Y, ink: str) -> alt.Chart:
    """A thin line from each event of a series to the next."""
    chart: alt.Chart = (
        alt.Chart(points)
        .mark_line(color=ink, strokeWidth=1, opacity=0.45, interpolate="linear", **STILL)
        .encode(x=x, y=y, detail=alt.Detail("chain:N"), order=alt.Order("step:Q"))
    )
    return chart


def fading_layer(x: alt.X, y: alt.Y) -> alt.Chart:
    """Periods and approximate times: bars that fade at their ends, for nobody knows where in them it was."""
    chart: alt.Chart = (
        alt.Chart(transform=[_where("datum.fading")])
        .mark_rect(cornerRadius=3, fill=expr(_FADING), opacity=1, **STILL)
        .encode(x=x, x2=alt.X2("x2:T"), y=y, y2=alt.Y2("bar2:Q"))
    )
    return chart


def bars_layer(x: alt.X, y: alt.Y, words: Words, dark: bool, present: Collection[str]) -> alt.Chart:
    """A span is a bar; a month, season or year a thin one."""
    fill, stroke = (_colour(channel, words, dark, present) for channel in ("fill", "stroke"))
    chart: alt.Chart = (
        alt.Chart(transform=[_where("datum.kind !== 'point' && !datum.fading")])
        .mark_rect(
            cornerRadius=3,
            strokeWidth=1.3,
            strokeDash=expr("datum.hollow ? [4, 3] : [1, 0]"),
            fillOpacity=expr("datum.hollow ? 0.08 : 0.32"),
            **STILL,
        )
        .encode(x=x, x2=alt.X2("x2:T"), y=y, y2=alt.Y2("bar2:Q"), fill=fill, stroke=stroke)
    )
    return chart


def points_layer(x: alt.X, y: alt.Y, words: Words, dark: bool, present: Collection[str]) -> alt.Chart:
    """The shape of the type: on its day (pale where the day is approximate, hollow where no text tells it), or at the head of its bar."""
    chart: alt.Chart = (
        alt.Chart()
        .mark_point(
            filled=True,
            size=110,
            stroke=expr(f"datum.hollow ? datum.tone : '{'#FFFFFF' if dark else _EDGE}'"),
            strokeWidth=expr("datum.hollow ? 2 : 0.8"),
            opacity=1,
            fillOpacity=expr("datum.hollow ? 0.05 : datum.kind === 'point' && datum.approximate ? 0.35 : 1"),
            xOffset=expr("min(11, width * datum.share / 2)"),
            **STILL,
        )
        .encode(x=x, y=y, fill=_colour("fill", words, dark, present), shape=_shape(words, present))
    )
    return chart


def title_layers(x: alt.X, y: alt.Y, dark: bool, over_lines: bool) -> list[alt.Chart]:
    """Titles in the bars and beside the points, cut to the room that the layout found for them.

    Beside the points they stand on a rim of the ground's colour where lines may cross them.
    """
    look: Any = {
        "fontSize": 11.5,
        "baseline": "middle",
        "align": expr("datum.side === 'left' ? 'right' : 'left'"),
        "dx": expr("datum.side === 'in' ? 22 : datum.side === 'left' ? -10 : datum.kind === 'point' ? 10 : 6"),
        "limit": expr("max(width * datum.room - (datum.side === 'in' ? 28 : 0), 1)"),
        "opacity": expr(f"width < {NARROW} && datum.side !== 'in' ? 0 : 1"),
    }
    ground = ground_on(dark)
    rim = alt.Chart(transform=[_where("datum.side && datum.side !== 'in'")])
    title = alt.Chart(transform=[_where("datum.side")])
    layers = [rim.mark_text(color=ground, stroke=ground, strokeWidth=4, strokeJoin="round", **look, **STILL)] if over_lines else []
    return [layer.encode(x=x, y=y, text=alt.Text("title:N")) for layer in (*layers, title.mark_text(color=ink_on(dark), **look, **STILL))]


def targets_layer(x: alt.X, y: alt.Y, words: Words) -> alt.Chart:
    """What can be pointed at: the whole stretch of an event, title included."""
    shown = {
        "title": words.gettext("Event"),
        "when": words.gettext("When"),
        "precision": words.gettext("How precisely"),
        "basis": words.gettext("Known from"),
        "where": words.gettext("Where"),
        "who": words.gettext("Who"),
        "belongs": words.gettext("Series"),
    }
    chart: alt.Chart = (
        alt.Chart()
        .mark_rect(opacity=0, cursor="pointer")
        .encode(
            x=x,
            x2=alt.X2("high:T"),
            y=y,
            y2=alt.Y2("y2:Q"),
            tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in shown.items()],
            description=alt.Description("said:N"),
        )
    )
    return chart


def _where(test: str) -> alt.FilterTransform:
    return alt.FilterTransform(filter=test)


def _scale(values: list[str], words: Words) -> alt.Scale:
    """A fixed place for every type, so that none changes its look when others are filtered away."""
    return alt.Scale(domain=[words.gettext(style.label) for style in _ALL_STYLES], range=values)


def _legend(present: Collection[str], words: Words) -> alt.Legend:
    labels = [words.gettext(style.label) for style in _ALL_STYLES]
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=expr("max(2, floor(width / 100))"),
        values=[label for label in labels if label in present],
        symbolSize=110,
        symbolStrokeColor=_EDGE,
        symbolStrokeWidth=0.8,
        labelFontSize=12,
    )


def _colour(channel: str, words: Words, dark: bool, present: Collection[str]) -> Any:
    scale = _scale([style.on(dark) for style in _ALL_STYLES], words)
    kind = alt.Stroke if channel == "stroke" else alt.Fill
    return kind("kind_of_event:N", scale=scale, legend=_legend(present, words))


def _shape(words: Words, present: Collection[str]) -> alt.Shape:
    return alt.Shape("kind_of_event:N", scale=_scale([style.shape for style in _ALL_STYLES], words), legend=_legend(present, words))
