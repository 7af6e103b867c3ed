"""Events by place, on a plain outline of the border or of the country: no tiles, no network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

import altair as alt
import pandas as pd

from timeline.charts.axes import expr
from timeline.charts.map_labels import DIAGONAL, GAP, Frame, Label, Placed, place_labels
from timeline.charts.map_rows import Look, gate_rows, unit_rows
from timeline.charts.marks import STILL
from timeline.charts.outline import Outline, outline
from timeline.charts.places import SHAPES, class_of, has_position, place_counts
from timeline.i18n import GATE_CLASSES, Words
from timeline.i18n import words as words_of
from timeline.knowledge.entries import Gate, Province
from timeline.naming import CANONICAL, Naming

__all__ = ["PLACE", "Focus", "map_chart"]

Focus = Literal["border", "country"]
PLACE = "place"  # clicked provinces and gates: rows with `kind` and `name`
FRAMES: dict[str, Frame] = {
    "border": Frame(101.9, 20.75, 108.45, 23.55, height=470, ratio=0.62, least=240),
    "country": Frame(101.9, 8.35, 109.7, 23.6, height=640, ratio=1.5, least=420),
}

_FULL_SIZE, _SMALLEST = 720, 0.45  # pixels of width from which gates have their full area, and their least share of it


def map_chart(
    events: pd.DataFrame,
    gates: Iterable[Gate],
    provinces: Iterable[Province] = (),
    *,
    now: bool = False,
    selected_provinces: Collection[str] = (),
    selected_gates: Collection[str] = (),
    focus: Focus = "border",
    dark: bool = False,
    words: Words | None = None,
    counted: pd.DataFrame | None = None,
    naming: Naming = CANONICAL,
) -> alt.LayerChart:
    """Provinces tinted and numbered by their events, and the border gates whose position is known.

    A gate's shape is its class, its area grows with its events. `provinces` only adds Chinese names to what a pointer
    is told; `counted` spares counting again what `place_counts` gave; `naming` is what names are shown as. A click
    selects `kind` and the canonical `name` in the parameter "place" (`PLACE`); what is chosen is given back in
    `selected_…`, to be outlined.

    The spec is the same whatever the events are, so that a new filter changes numbers and tints and nothing jumps; see
    `say_off_the_map` for what is not drawn. The chart is as wide as its container, and lower on a narrow one.
    """
    words, look, frame, ground = words or words_of(), Look(dark), FRAMES[focus], outline()
    counted = place_counts(events, now) if counted is None else counted
    counts = {(kind, name): int(n) for kind, name, n in zip(counted["kind"], counted["name"], counted["events"], strict=True)}
    units = unit_rows(ground.units(now), provinces, counts, frozenset(selected_provinces), look, words, naming)
    gates = [gate for gate in gates if has_position(gate)]
    marks = gate_rows(gates, counts, frozenset(selected_gates), look, words, focus, naming)
    _place(units, marks, frame, focus)
    layers = [
        _land_layer(look),
        _units_layer(units, look, now, words),
        _border_layer(ground, look),
        _chosen_layer(units, look, now, words),
        *_names_layers(units, look, weight=600),
        *(_names_layers(marks, look, weight=400) if focus == "border" else []),
        _gates_layer(marks, {class_of(gate) for gate in gates}, look, words),
    ]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .project(type="mercator", fit=_corners(frame), size=expr("[width, height]"))
        .properties(width="container", height=frame.height, description=_description(focus, words))
        .properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding=0)
        .add_params(alt.param(name="height", expr=frame.height_formula))
        .configure_view(strokeWidth=0)
        .configure_legend(labelColor=look.ink, padding=0)
    )
    # By name and last of all: Altair copies and checks whatever is inline, number by number, at each step above.
    chart["datasets"] = {layer: ground.shapes(layer) for layer in ("land", "now" if now else "then")}
    return chart


def _place(units: pd.DataFrame, marks: pd.DataFrame, frame: Frame, focus: str) -> None:
    """Give both tables where each name stands, and from which width of the map on: `across`, `down`, `from_width`.

    What has events is named first, and of that the provinces, for there is only one place where their names can stand.
    """
    names = sorted(units.to_dict("records"), key=lambda row: -row["events"])
    gates = sorted(marks.to_dict("records"), key=lambda row: (-row["chosen"], -row["events"], row["rank"]))
    main = [row for row in gates if row["events"] or not row["part"]] if focus == "border" else []
    rows = [row for row in names if row["events"]] + [row for row in main if row["events"] or row["chosen"] or not row["rank"]]
    numbers = [replace(_label(row), radius=4.0 * len(row["number"])) for row in names if row["number"]]
    placed = place_labels([*map(_label, rows), *map(_label, names), *map(_label, main)], frame, [*map(_label, gates), *numbers])
    for table in (units, marks):
        found = [placed.get(name, Placed(0, 0, 100_000)) for name in table["name"]]
        table["across"] = [one.across for one in found]
        table["down"] = [one.down for one in found]
        table["from_width"] = [one.width for one in found]


def _label(row: Mapping[Any, Any]) -> Label:
    return Label(row["name"], row["label"], (row["lon"], row["lat"]), row.get("radius", 0.0))


def _land_layer(look: Look) -> alt.Chart:
    land = alt.Chart(alt.NamedData("land"))
    chart: alt.Chart = land.mark_geoshape(fill=look.land, stroke=look.land, clip=True, **STILL)
    return chart


def _units_layer(units: pd.DataFrame, look: Look, now: bool, words: Words) -> alt.Chart:
    # Held by this layer, but Vega hears clicks on all of them: it takes gates too, and names nothing for other marks.
    # Toggled and never cleared: so every click changes the selection, and a second click on a mark is told as well.
    click = alt.selection_point(name=PLACE, fields=["kind", "name"], on="click", toggle="true", clear=False, empty=False)
    chart: alt.Chart = (
        _shapes(units, now)
        .mark_geoshape(clip=True, cursor="pointer", stroke=look.line, strokeWidth=0.8)
        .encode(**_pointed(_unit_facts(now, words)), fill=alt.Fill("fill:N", scale=None), description="said:N")
        .add_params(click)
    )
    return chart


def _border_layer(ground: Outline, look: Look) -> alt.Chart:
    # A line, not a shape: Vega takes the inside of an open shape as a part of it, and so what is clicked there.
    points = pd.DataFrame(ground.border["coordinates"], columns=["lon", "lat"])
    chart: alt.Chart = (
        alt.Chart(points.assign(at=range(len(points))))
        .mark_line(color=look.border, strokeWidth=2.2, strokeJoin="round", clip=True, **STILL)
        .encode(longitude="lon:Q", latitude="lat:Q", order="at:Q")
    )
    return chart


def _chosen_layer(units: pd.DataFrame, look: Look, now: bool, words: Words) -> alt.Chart:
    """The outlines of the chosen provinces, above their neighbours' and the border; pointed at like the provinces."""
    chart: alt.Chart = (
        _shapes(units[units["chosen"]], now)
        .mark_geoshape(filled=False, stroke=look.chosen, strokeWidth=3, clip=True, cursor="pointer", aria=False)
        .encode(**_pointed(_unit_facts(now, words)))
    )
    return chart


def _shapes(units: pd.DataFrame, now: bool) -> alt.Chart:
    rows = units[["kind", "name", "shown", "other", "events", "told", "hanzi", "parts", "fill", "said"]]
    shapes = alt.LookupData(alt.NamedData("now" if now else "then"), "name", ["type", "geometry"])
    chart: alt.Chart = alt.Chart(rows).transform_lookup("name", from_=shapes)
    return chart


def _unit_facts(now: bool, words: Words) -> dict[str, str]:
    # A Chinese reader is told the name as the rest of the world writes it, all others the Chinese one.
    other = {"other": words.gettext("In Latin letters")} if words.language == "zh" else {"hanzi": words.gettext("Chinese name")}
    shown = {"shown": words.gettext("Province")} | other | {"told": words.gettext("Events")}
    return shown | ({"parts": words.gettext("Merged in July 2025 from")} if now else {})


def _gates_layer(marks: pd.DataFrame, present: Collection[str], look: Look, words: Words) -> alt.Chart:
    shown = {"shown": words.gettext("Border gate"), "vietnamese": words.gettext("Vietnamese name"), "pinyin": words.gettext("Pinyin")}
    shown |= {"hanzi": words.gettext("Chinese name"), "classes": words.gettext("Class")}
    shown |= {"told": words.gettext("Events"), "position": words.gettext("Position")}
    names = [words.gettext(GATE_CLASSES[key]) for key in SHAPES]
    shape = alt.Shape(
        "class:N",
        scale=alt.Scale(domain=names, range=list(SHAPES.values())),
        legend=alt.Legend(
            title=None,
            orient="bottom",
            direction="horizontal",
            columns=expr("max(2, floor(width / 150))"),
            values=[words.gettext(GATE_CLASSES[key]) for key in SHAPES if key in present],
            symbolFillColor=look.halo,
            symbolStrokeColor=look.ink,
            symbolStrokeWidth=1.2,
            symbolSize=90,
            labelFontSize=12,
        ),
    )
    looks = {"fill": alt.Fill("fill:N", scale=None), "stroke": alt.Stroke("stroke:N", scale=None), "size": alt.Size("area:Q", scale=None)}
    columns = ["rank", "part", "chosen", "label", "radius", "across", "down", "from_width"]
    chart: alt.Chart = (
        alt.Chart(marks.drop(columns=columns))
        .mark_point(filled=True, opacity=1, clip=True, cursor="pointer")
        .encode(**_pointed(shown), **looks, strokeWidth=alt.StrokeWidth("wide:Q", scale=None), shape=shape, description="said:N")
        .encode(longitude="lon:Q", latitude="lat:Q")
        # Smaller on a narrow map, on which the gates stand closer.
        .transform_calculate(area=f"datum.size * clamp(width / {_FULL_SIZE}, {_SMALLEST}, 1)")
    )
    return chart


def _pointed(shown: Mapping[str, str]) -> dict[str, Any]:
    """What a pointer is told; `kind` and `name` must be in the rows for a click."""
    return {"tooltip": [alt.Tooltip(f"{field}:N", title=title) for field, title in shown.items()]}


def _names_layers(table: pd.DataFrame, look: Look, weight: Literal[400, 600]) -> list[alt.Chart]:
    """Names on a halo, so that they are legible over lines; a province without room for its name keeps its number."""
    text = table.assign(**{name: table.get(name, default) for name, default in (("number", ""), ("radius", 0.0))})
    text = text[["label", "number", "lon", "lat", "across", "down", "from_width", "radius"]]
    gap = f"(datum.radius + {GAP}) * (datum.across && datum.down ? {DIAGONAL} : 1)"
    layers = []
    for halo in (True, False):
        chart = (
            alt.Chart(text)
            .mark_text(
                fontSize=11.5,
                fontWeight=weight,
                clip=True,
                color=look.ink,
                stroke=look.halo if halo else None,
                strokeWidth=3 if halo else 0,
                strokeOpacity=0.75,
                strokeJoin="round",
                align=expr("['right', 'center', 'left'][datum.across + 1]"),
                baseline=expr("['bottom', 'middle', 'top'][datum.down + 1]"),
                dx=expr(f"datum.across * {gap}"),
                dy=expr(f"datum.down * {gap}"),
                **STILL,
            )
            .encode(longitude="lon:Q", latitude="lat:Q", text="shown:N")
            .transform_calculate(shown="width >= datum.from_width ? datum.label : datum.number")
        )
        layers.append(chart)
    return layers


def _corners(frame: Frame) -> Any:
    corners = [[frame.west, frame.south], [frame.east, frame.north]]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": corners}}


def _description(focus: str, words: Words) -> str:
    if focus == "border":
        return words.gettext("Map of the Vietnam–China border: provinces tinted by the number of events, and border gates.")
    return words.gettext("Map of Vietnam, Guangxi and Yunnan: provinces tinted by the number of events, and border gates.")
