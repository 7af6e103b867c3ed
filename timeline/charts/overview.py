"""The overview strip: how many events over all the time, with a brush to choose a window."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from timeline.charts.axes import blue_on, config_of, decimal, expr, ink_on, time_axis
from timeline.charts.bins import Unit, counts_within, cut, edges_of, fits, say_bin, shares_across, unit_for
from timeline.charts.marks import STILL
from timeline.charts.prepared import Days, Prepared, as_prepared, day_of, extent, number_of
from timeline.charts.selection import WINDOW
from timeline.charts.stacking import DAY, Edges
from timeline.i18n import ENGLISH, N_, Words

HEIGHT = 64
_MOST_BINS = 120
_NONE = 1e-9  # what is less than that is the rounding of shares
_SPREAD = N_("Share of longer or vaguer ones")


def overview_chart(
    events: pd.DataFrame | Prepared,
    domain: Days | None = None,
    window: Days | None = None,
    dark: bool = False,
    words: Words = ENGLISH,
) -> alt.LayerChart:
    """The shown events as counts over `domain` (first and last day), the present `window` shaded.

    An event known to lie in a bin counts there, in the full tone; one that lasts longer or whose time is vaguer is
    spread evenly over the bins that it may lie in, in a fainter tone above. A brush sets the parameter "window", which
    `window_of` reads.
    """
    prepared = as_prepared(events, "event_type")
    days = domain or extent(prepared)
    first, last = number_of(days[0]), number_of(days[1])
    unit = unit_for(first, last, _MOST_BINS)
    data = _counts(prepared, unit, first, last, words)
    edges = (first * DAY, (last + 1) * DAY)
    count = int(prepared.within(first, last).sum())
    return alt.LayerChart(
        data=data,
        layer=_layers(edges, _most(data), window, dark, words),
        width="container",
        height=HEIGHT,
        description=_description(count, data, days, words),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 5, "top": 2, "right": 5, "bottom": 0},
        usermeta={"embedOptions": {"renderer": "svg"}},
        config=config_of(ink_on(dark), words),
    )


def _counts(prepared: Prepared, unit: Unit, first: int, last: int, words: Words) -> pd.DataFrame:
    """One row a bin that is not empty: its stretch, the events `known` to lie in it, and with the others the `total`."""
    inside = prepared.within(first, last)
    low, high = prepared.low[inside], prepared.high[inside]
    edges = edges_of(unit, first, last)
    single = fits(low, high, prepared.kinds[inside], edges)
    known = counts_within(low[single], edges)
    vague = shares_across(low[~single], high[~single], edges)
    starts, ends = cut(edges, first, last)
    rows = []
    for k in np.flatnonzero(known + vague > _NONE).tolist():
        period = say_bin(unit, (day_of(int(starts[k])), day_of(int(ends[k]))), words)
        exact = words.ngettext("{n} event", "{n} events", int(known[k])).format(n=words.number(int(known[k])))
        spread = _share(float(vague[k]), words)
        said = [words.labelled(period, exact), words.labelled(words.gettext(_SPREAD), spread)]
        stretch = float(starts[k] * DAY), float((ends[k] + 1) * DAY)
        rows.append((*stretch, float(known[k]), float(known[k] + vague[k]), period, exact, spread, words.listed(said[: 1 + bool(spread)])))
    return pd.DataFrame(rows, columns=["x", "x2", "known", "total", "period", "exact", "spread", "said"])


def _share(events: float, words: Words) -> str:
    """A number of events with one decimal, as this language writes it; nothing for none."""
    if events < _NONE:
        return ""
    return f"< {decimal(0.1, words)}" if events < 0.05 else decimal(events, words)


def _layers(edges: Edges, most: float, window: Days | None, dark: bool, words: Words) -> list[alt.Chart]:
    ink, blue = ink_on(dark), blue_on(dark)
    x = time_axis("x", edges, words, orient="bottom", grid=False)
    scale = alt.Scale(domain=[0, most], nice=False)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    brush = alt.selection_interval(
        name=WINDOW,
        encodings=["x"],
        zoom=False,
        mark=alt.BrushConfig(fill=blue, fillOpacity=0.12, stroke=blue, strokeOpacity=0.9, cursor="move"),
    )
    tooltip = [
        alt.Tooltip("period:N", title=words.gettext("When")),
        alt.Tooltip("exact:N", title=words.gettext("Known to lie in it")),
        alt.Tooltip("spread:N", title=words.gettext(_SPREAD)),
    ]
    bars = alt.Chart().mark_rect(color=ink, opacity=0.65, x2Offset=expr("width > 700 ? -1 : 0"), **STILL)
    faint = alt.Chart().mark_rect(color=ink, opacity=0.25, x2Offset=expr("width > 700 ? -1 : 0"), **STILL)
    # Over the whole height, so that a low bar can be pointed at too.
    target = alt.Chart().mark_rect(opacity=0)
    layers: list[alt.Chart] = [
        *_shade(edges, window, blue, x),
        bars.transform_filter("datum.known > 0").encode(x=x, x2=alt.X2("x2:T"), y=y("known"), y2=alt.value(HEIGHT)),
        faint.transform_filter("datum.total > datum.known").encode(x=x, x2=alt.X2("x2:T"), y=y("total"), y2=alt.Y2("known:Q")),
        target.encode(
            x=x, x2=alt.X2("x2:T"), y=alt.value(0), y2=alt.value(HEIGHT), tooltip=tooltip, description=alt.Description("said:N")
        ).add_params(brush),
    ]
    return layers


def _shade(edges: Edges, window: Days | None, blue: str, x: alt.X) -> list[alt.Chart]:
    """The window, where it is less than all; drawn by us, for a brush that Python sets is not taken by Streamlit."""
    if window is None:
        return []
    low, high = max(number_of(window[0]) * DAY, edges[0]), min((number_of(window[1]) + 1) * DAY, edges[1])
    if low >= high or (low, high) == edges:
        return []
    shade = alt.Chart(pd.DataFrame({"x": [float(low)], "x2": [float(high)]}))
    mark = shade.mark_rect(color=blue, opacity=0.22, stroke=blue, strokeWidth=1.5, **STILL)
    return [mark.encode(x=x, x2=alt.X2("x2:T"), y=alt.value(0), y2=alt.value(HEIGHT))]


def _most(data: pd.DataFrame) -> float:
    return max(float(data["total"].max()), 1.0) if len(data) else 1.0


def _description(count: int, data: pd.DataFrame, days: Days, words: Words) -> str:
    """The strip in words."""
    time = words.date(f"{days[0].isoformat()}/{days[1].isoformat()}" if days[0] != days[1] else days[0].isoformat())
    said = words.ngettext("Overview of {n} dated event, {time}.", "Overview of {n} dated events, {time}.", count)
    said = said.format(n=words.number(count), time=time)
    if not len(data) or data["known"].max() == 0:
        return said
    fullest = data.iloc[int(data["known"].argmax())]
    most = words.gettext("Most in {period}: {events}.").format(period=fullest["period"], events=fullest["exact"])
    return words.sentences((said, most))
