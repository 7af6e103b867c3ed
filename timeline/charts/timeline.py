"""The timeline: a point for a day, a bar for a span, a fading one where only a period is known, counts where it is dense."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from timeline.charts import grounds, marks
from timeline.charts.axes import config_of, ink_on, time_axis
from timeline.charts.content import titles_of
from timeline.charts.lanes import lane_name
from timeline.charts.layout import ROW_UNITS, Layout, lay_out
from timeline.charts.letters import wrapped
from timeline.charts.links import links
from timeline.charts.palette import style_of
from timeline.charts.prepared import Days, Prepared, as_prepared, day_of
from timeline.charts.selection import BIN, SELECTION
from timeline.charts.stacking import DAY
from timeline.i18n import BASES, ENGLISH, N_, PRECISIONS, Words
from timeline.naming import CANONICAL, Naming

__all__ = ["KINDS", "Drawing", "draw", "timeline_chart"]

KINDS = {
    "point": N_("on this day"),
    "lasting": N_("from … to …"),
    "part": N_("in this month or year"),
    "within": N_("some time within, or about then"),
}
UNIT_PIXELS, MOST_PIXELS = 5.5, 1200
WRAP, _LINES, _LINE_PIXELS = 22, 2, 15  # Latin letters of a lane's name in a line, its lines, and the height of one
# Where a bar begins and ends in the height of its row, in units.
_INSETS = {"point": (0.0, 4.0), "lasting": (0.5, 3.5), "part": (1.4, 2.6), "within": (0.5, 3.5)}
_BELOW = (3.0, 3.8)
_LANES_SAID, _ACTORS_SAID = 12, 6
# What is told of an event that is drawn one by one.
_TOLD = ("event_id", "event_type", "date_edtf", "date_precision", "date_basis", "provinces", "provinces_now", "actors", "series")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline with what the page says beside it.

    `description` is the chart in words; `events` are in the window; `lanes` are drawn, `binned` of them as counts, and
    `left_out` had no room, so that `left_out_events` stand in none of the lanes drawn. A file of the chart says so below it.
    """

    chart: alt.LayerChart
    description: str
    events: int
    lanes: int
    binned: int
    left_out: int
    left_out_events: int


def timeline_chart(
    events: pd.DataFrame | Prepared,
    lane: str = "provinces",
    order: Sequence[str] | None = None,
    domain: Days | None = None,
    dark: bool = False,
    words: Words = ENGLISH,
    bands: pd.DataFrame | None = None,
    no_lane: str | None = None,
    naming: Naming = CANONICAL,
) -> alt.LayerChart:
    """An events table as an interactive timeline with lanes by the values of the column `lane`.

    Of a `Prepared` table the shown events are drawn, and `lane` is the one that it was prepared for. `order` fixes the
    order of lanes, `domain` the first and last day shown, `bands` (see `gate_bands`) what stands behind lanes,
    `no_lane` the name of the lane of events without one, `naming` what names are shown as. A click selects `event_id`
    in the parameter "event", or `start` and `end` of a bin of a dense lane in "bin"; Ctrl and the wheel zoom, Shift and
    dragging move in time, a double click goes back. Undated events are not drawn.
    """
    return draw(events, lane, order, domain, dark, words, bands, no_lane, naming=naming).chart


def draw(
    events: pd.DataFrame | Prepared,
    lane: str = "provinces",
    order: Sequence[str] | None = None,
    domain: Days | None = None,
    dark: bool = False,
    words: Words = ENGLISH,
    bands: pd.DataFrame | None = None,
    no_lane: str | None = None,
    now: bool = False,
    naming: Naming = CANONICAL,
) -> Drawing:
    """The chart of `timeline_chart`, which explains the parameters, with what the page says beside it.

    `now` has a pointer told the provinces of today, which lanes of `provinces_now` always do.
    """
    prepared = as_prepared(events, lane)
    layout = lay_out(prepared, order, domain, words.language, set() if bands is None else set(bands["lane"]))
    names = {lane.name: lane_name(lane.name, prepared.column, words, no_lane, naming) for lane in layout.lanes}
    description = _description(layout, names, words)
    data = _chart_data(prepared, layout, words, naming, dark, now or prepared.column == "provinces_now")
    layers = _layers(data, links(prepared, layout), layout, names, bands, dark, words)
    bottom = max(layout.height, 2 * ROW_UNITS)
    # All in one call: each `properties` or `configure` would copy the whole chart.
    chart = alt.LayerChart(
        data=data,
        layer=layers,
        width="container",
        height=min(bottom * UNIT_PIXELS, MOST_PIXELS),
        description=description,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 0, "top": 5, "right": 5, "bottom": 0},
        usermeta={"embedOptions": {"renderer": "svg"}, "note": _left_out(layout, words)},
        config=config_of(ink_on(dark), words),
    )
    binned = sum(lane.binned for lane in layout.lanes)
    return Drawing(chart, description, layout.events, len(layout.lanes), binned, layout.left_out, layout.left_out_events)


def _layers(
    data: pd.DataFrame, lines: pd.DataFrame, layout: Layout, names: dict[str, str], bands: pd.DataFrame | None, dark: bool, words: Words
) -> list[alt.Chart]:
    """From the ground up; a layer without data is left out. `data` are the events', which the chart itself holds."""
    ink = ink_on(dark)
    # Always there, for Streamlit refuses a chart that lacks a selection which the page listens to.
    event, block = _click(SELECTION, "event_id"), _click(BIN, "start", "end")
    if not layout.lanes:
        return [grounds.nothing_layer(ink, words).add_params(event, block)]

    def x(field: str) -> alt.X:
        return time_axis(field, layout.domain, words)

    def y(field: str) -> alt.Y:
        return _lane_axis(field, layout, names)

    present = set(data["kind_of_event"])
    layers = [grounds.lanes_layer(layout, y("top"), dark)]
    if bands is not None and len(behind := grounds.band_data(bands, layout)):
        layers += grounds.band_layers(behind, x, y, dark, ink)
    if layout.bins:
        layers += grounds.block_layers(grounds.block_data(layout, names, words, dark), x, y, words, dark, ink)
    layers += [marks.links_layer(lines, x("x"), y("y"), ink)] if len(lines) else []
    layers += [marks.fading_layer(x("x"), y("bar"))] if data["fading"].any() else []
    layers += [marks.bars_layer(x("x"), y("bar"), words, dark, present)] if ((data["kind"] != "point") & ~data["fading"]).any() else []
    if len(data):
        layers += [marks.points_layer(x("x"), y("middle"), words, dark, present)]
        layers += marks.title_layers(x("label_x"), y("middle"), dark, bool(len(lines))) if (data["side"] != "").any() else []
        layers += [marks.targets_layer(x("low"), y("y"), words)]
    return [*layers[:-1], layers[-1].add_params(event, block, _move())]


def _chart_data(prepared: Prepared, layout: Layout, words: Words, naming: Naming, dark: bool, now: bool) -> pd.DataFrame:
    data = layout.marks.copy()
    positions = data["event"].to_numpy(dtype=np.int64)
    rows = prepared.events.rows(positions, _TOLD)
    styles = [style_of(value) for value in rows["event_type"]]
    data["event_id"] = rows["event_id"].tolist()
    data["title"] = titles_of(prepared, positions, words.language)
    data["when"] = [words.date(text, precision) for text, precision in zip(rows["date_edtf"], rows["date_precision"], strict=True)]
    data["precision"] = [words.gettext(PRECISIONS.get(value, value)) for value in rows["date_precision"]]
    data["basis"] = [words.gettext(BASES.get(value, value)) for value in rows["date_basis"]]
    # In lanes of today's provinces, an event is where its lane says.
    data["where"] = [words.listed(naming.all("province", cell)) for cell in rows["provinces_now" if now else "provinces"]]
    told = [words.listed(naming.all("actor", cell[:_ACTORS_SAID])) for cell in rows["actors"]]
    data["who"] = [said + (" …" if len(cell) > _ACTORS_SAID else "") for said, cell in zip(told, rows["actors"], strict=True)]
    data["belongs"] = naming.all("series", rows["series"])
    data["kind_of_event"] = [words.gettext(style.label) for style in styles]
    data["tone"] = [style.on(dark) for style in styles]
    data["said"] = [words.enumerated((title, when)) for title, when in zip(data["title"], data["when"], strict=True)]
    data["cut_left"] = prepared.low[positions] * DAY < layout.domain[0]
    data["cut_right"] = (prepared.high[positions] + 1) * DAY > layout.domain[1]
    data["fading"] = (data["kind"] == "within") | (data["approximate"] & (data["kind"] != "point"))
    data["hollow"] = rows["event_id"].isin(prepared.hollow).to_numpy(dtype=bool)
    data["share"] = (data["x2"] - data["x"]) / (layout.domain[1] - layout.domain[0])
    # A thin bar would strike its own title through: it lies below it.
    insets = [_BELOW if kind == "part" and side == "in" else _INSETS[kind] for kind, side in zip(data["kind"], data["side"], strict=True)]
    data["bar"] = data["y"] + [inset[0] for inset in insets]
    data["bar2"] = data["y"] + [inset[1] for inset in insets]
    data["middle"] = data["y"] + [1.6 if inset == _BELOW else ROW_UNITS / 2 for inset in insets]
    data["y2"] = data["y"] + ROW_UNITS
    # Whole numbers of 64 bits would reach the browser as BigInts, which Vega cannot draw.
    return data.drop(columns=["event", "row"]).astype(dict.fromkeys(("x", "x2", "low", "high", "label_x"), "float64"))


def _click(name: str, *fields: str) -> alt.Parameter:
    """A selection by clicks: toggled and never cleared, so that a second click on a mark changes it as well."""
    return alt.selection_point(name=name, fields=list(fields), on="click[!event.shiftKey]", toggle="true", clear=False, empty=False)


def _move() -> alt.Parameter:
    """Zooming and moving. Only with a key held: a bare wheel, and a finger, must go on scrolling the page."""
    return alt.selection_interval(
        name="move",
        bind="scales",
        encodings=["x"],
        zoom="wheel![event.ctrlKey || event.metaKey]",
        translate="[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!",
        clear="dblclick",
    )


def _lane_axis(field: str, layout: Layout, names: dict[str, str]) -> alt.Y:
    labels = {str(lane.centre): wrapped(names[lane.name], WRAP, _LINES) for lane in layout.lanes}
    double = [lane.centre for lane in layout.lanes if len(labels[str(lane.centre)]) > 1]
    axis = alt.Axis(
        title=None,
        values=[lane.centre for lane in layout.lanes],
        labelExpr=f"({json.dumps(labels)})[datum.value]",
        labelLineHeight=_LINE_PIXELS,
        # Vega sets the first of several lines in the middle.
        labelOffset=alt.condition(f"indexof({double}, datum.value) >= 0", alt.value(-_LINE_PIXELS / 2), alt.value(0)),
        domain=False,
        ticks=False,
        grid=False,
        labelPadding=8,
        labelFontSize=13,
        labelFontWeight=600,
        labelLimit=170,
    )
    bottom = max(layout.height, 2 * ROW_UNITS)
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, bottom], reverse=True, nice=False, zero=False), axis=axis)


def _description(layout: Layout, names: dict[str, str], words: Words) -> str:
    """The chart in words."""
    if not layout.lanes:
        return words.gettext("Timeline without dated events.")
    first, last = (day_of(edge // DAY) for edge in (layout.domain[0], layout.domain[1] - DAY))
    time = words.date(f"{first.isoformat()}/{last.isoformat()}" if first != last else first.isoformat())
    shown = [f"{names[lane.name]} {words.number(lane.events)}" for lane in layout.lanes]
    named = words.enumerated(shown[:_LANES_SAID]) + (" …" if len(shown) > _LANES_SAID else "")
    events = words.ngettext("Timeline of {n} dated event, {time}.", "Timeline of {n} dated events, {time}.", layout.events)
    lanes = words.ngettext("{lanes} lane: {names}.", "{lanes} lanes: {names}.", len(layout.lanes))
    said = [
        events.format(n=words.number(layout.events), time=time),
        lanes.format(lanes=words.number(len(layout.lanes)), names=named),
    ]
    binned = sum(lane.binned for lane in layout.lanes)
    if binned:
        counts = words.ngettext("{binned} lane shows counts.", "{binned} lanes show counts.", binned)
        said.append(counts.format(binned=words.number(binned)))
    return words.sentences([*said, _left_out(layout, words)])


def _left_out(layout: Layout, words: Words) -> str:
    """What the chart lacks for want of room, or nothing."""
    said = []
    if layout.left_out:
        lanes = words.ngettext("{left} more lane had no room.", "{left} more lanes had no room.", layout.left_out)
        said.append(lanes.format(left=words.number(layout.left_out)))
    if layout.left_out_events:
        events = words.ngettext(
            "{n} event stands in none of the lanes drawn.", "{n} events stand in none of the lanes drawn.", layout.left_out_events
        )
        said.append(events.format(n=words.number(layout.left_out_events)))
    return words.sentences(said)
