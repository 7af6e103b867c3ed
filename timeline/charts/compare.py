"""Two sides on one time axis: their events in two lanes, and their numbers a year, mirrored, left up and right down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from timeline.charts.axes import config_of, ink_on, time_axis
from timeline.charts.letters import letters
from timeline.charts.prepared import Days, Prepared, number_of
from timeline.charts.stacking import DAY
from timeline.charts.timeline import WRAP, Drawing, draw
from timeline.compare import Part
from timeline.i18n import ENGLISH, Words
from timeline.naming import CANONICAL, Naming
from timeline.query import Mask

# Blue, grey and vermilion: told apart with any colour vision, and by where they stand.
COLOURS: dict[Part, str] = {"only_left": "#0072B2", "both": "#767B82", "only_right": "#D55E00"}
DARK_COLOURS: dict[Part, str] = {"only_left": "#4FA9E0", "both": "#A9AFB7", "only_right": "#F08A4B"}
LANE = "compared"
_HEIGHT = 150
_LETTER, _PADDING, _LEAST, _MOST = 7.4, 14, 60, 165  # pixels: a letter of a lane's name, air, and the bounds of its room


def pair_lanes(prepared: Prepared, left: Mask, right: Mask, names: tuple[str, str]) -> Prepared:
    """A prepared table with two lanes in place of its own: the events of two masks; one of both stands in each."""
    sides = [np.flatnonzero(left), np.flatnonzero(right)]
    return replace(
        prepared.only(left | right),
        column=LANE,
        names=list(names),
        pair_events=np.concatenate(sides),
        pair_lanes=np.repeat([0, 1], [len(side) for side in sides]),
    )


def draw_pair(
    pair: Prepared, domain: Days, dark: bool = False, words: Words = ENGLISH, now: bool = False, naming: Naming = CANONICAL
) -> Drawing:
    """The timeline of `pair_lanes`, with the room for the lanes' names that `mirrored_chart` leaves too."""
    drawing = draw(pair, LANE, order=pair.names, domain=domain, dark=dark, words=words, now=now, naming=naming)
    room = _room(pair.names)
    return replace(drawing, chart=drawing.chart.configure_axisY(minExtent=room, maxExtent=room))


def mirrored_chart(
    years: Mapping[Part, Mapping[int, int]],
    labels: Mapping[Part, str],
    names: tuple[str, str],
    domain: Days,
    dark: bool = False,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """Events a year: those of the left side rise, those of the right hang, those of both lie next to the line in each.

    `years` gives each part its number by year, `labels` its name, and `names` the lanes above, whose room this chart
    leaves free so that the axes of both stand in line. `domain` is the first and last day shown.
    """
    ink = ink_on(dark)
    room = _room(names)
    rows = pd.DataFrame(_bars(years, labels, words), columns=list(_Bar._fields))
    most = max([1.0, *rows["high"], *(-rows["low"])])
    edges = (number_of(domain[0]) * DAY, (number_of(domain[1]) + 1) * DAY)
    counts = alt.Axis(
        title=None,
        tickMinStep=1,
        tickCount=4,
        labelExpr="format(abs(datum.value), ',d')",
        domain=False,
        labelFontSize=12,
        labelFlush=False,
    )
    y = alt.Y("low:Q", scale=alt.Scale(domain=[-most, most], nice=True), axis=counts)
    palette = DARK_COLOURS if dark else COLOURS
    bars = (
        alt.Chart(rows)
        .mark_rect(clip=True, cornerRadius=1, stroke="#14181F" if dark else "#FFFFFF", strokeWidth=0.5)
        .encode(
            x=time_axis("start", edges, words, orient="bottom"),
            x2="end:T",
            y=y,
            y2="high:Q",
            color=alt.Color("part:N", scale=alt.Scale(domain=list(palette), range=list(palette.values())), legend=None),
            tooltip=[
                alt.Tooltip("year:N", title=words.gettext("Year")),
                alt.Tooltip("label:N", title=words.gettext("Side")),
                alt.Tooltip("said:N", title=words.gettext("Events")),
            ],
            description="label:N",
        )
    )
    line = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=ink, strokeWidth=1).encode(y="at:Q")
    chart: alt.LayerChart = (
        alt.layer(bars, line)
        .properties(width="container", height=_HEIGHT, description=describe_mirrored(years, labels, words))
        .properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding={"left": 0, "top": 5, "right": 5, "bottom": 0})
        .properties(config=config_of(ink, words))
        .configure_axisY(minExtent=room, maxExtent=room)
    )
    return chart


def describe_mirrored(years: Mapping[Part, Mapping[int, int]], labels: Mapping[Part, str], words: Words = ENGLISH) -> str:
    """The chart in words: over which years, and where each part has most events."""
    held = sorted({year for counts in years.values() for year in counts})
    if not held:
        return words.gettext("No dated events to count by year.")
    said = [words.gettext("Events a year from {first} to {last}.").format(first=held[0], last=held[-1])]
    for part in COLOURS:
        counts = years.get(part) or {}
        if counts:
            year = max(sorted(counts), key=lambda one: counts[one])
            told = words.ngettext("{name}: {n} event at most, in {year}.", "{name}: {n} events at most, in {year}.", counts[year])
            said.append(told.format(name=labels[part], n=words.number(counts[year]), year=year))
    return words.sentences(said)


def common_domain(years: Collection[int], since: date | None = None, until: date | None = None) -> Days:
    """From the first day of the first year to the last of the last; no further than the bounds that a reader set."""
    whole = date(min(years), 1, 1), date(max(years), 12, 31)
    first, last = since or whole[0], until or whole[1]
    return (first, last) if first < last else whole


class _Bar(NamedTuple):
    """One part of one year; `start` and `end` in ms since 1970 (UTC), `low` and `high` in events, below 0 for the right."""

    year: str
    start: float
    end: float
    low: float
    high: float
    part: Part
    label: str
    number: int
    said: str


def _bars(years: Mapping[Part, Mapping[int, int]], labels: Mapping[Part, str], words: Words) -> list[_Bar]:
    rows = []
    both = years.get("both") or {}
    sides: tuple[tuple[Part, int], ...] = (("only_left", 1), ("only_right", -1))
    for side, sign in sides:
        own = years.get(side) or {}
        for year in sorted(own.keys() | both.keys()):
            # As floats: whole numbers of 64 bits would reach the browser as BigInts, which Vega cannot draw.
            start = float(number_of(date(year, 1, 1)) * DAY)
            end = float((number_of(date(year, 12, 31)) + 1) * DAY)
            shared, alone = both.get(year, 0), own.get(year, 0)
            stack: tuple[tuple[Part, int, int], ...] = (("both", 0, shared), (side, shared, shared + alone))
            for part, near, far in stack:
                if far > near:
                    low, high = sorted((float(sign * near), float(sign * far)))
                    rows.append(_Bar(str(year), start, end, low, high, part, labels[part], far - near, words.number(far - near)))
    return rows


def _room(names: Sequence[str]) -> float:
    """Pixels left of the plot for the lanes' names, which are broken into lines."""
    longest = max(min(letters(name), WRAP) for name in names)
    return min(max(longest * _LETTER + _PADDING, _LEAST), _MOST)
