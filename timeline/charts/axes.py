"""The axis of time, always UTC, with its months and days as the reader writes them; and numbers so too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import altair as alt
from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from timeline.i18n import Words

# d3 formats for a year, a month and a day on the axis.
_FORMATS = {
    "en": ("%Y", "%b", "%-d %b"),
    "vi": ("%Y", "%b", "%-d/%-m"),
    "zh": ("%Y年", "%b", "%-m月%-d日"),
}


def time_axis(field: str, edges: tuple[int, int], words: Words, orient: Literal["top", "bottom"] = "top", **options: Any) -> alt.X:
    """`field` (ms since 1970) on an axis from edge to edge; ticks within a day have no label, for no time is that exact."""
    year, month, day = _FORMATS.get(words.language, _FORMATS["en"])
    label = (
        f"utchours(datum.value) ? '' : utcdate(datum.value) !== 1 ? utcFormat(datum.value, '{day}') : "
        f"utcmonth(datum.value) ? utcFormat(datum.value, '{month}') : utcFormat(datum.value, '{year}')"
    )
    look = {"grid": True, "gridOpacity": 0.5, "labelFontSize": 12} | options
    ticks: Any = {"expr": "max(2, width / 90)"}
    axis = alt.Axis(orient=orient, title=None, tickCount=ticks, labelOverlap=True, labelBound=True, labelExpr=label, **look)
    # As expressions: as plain numbers, Vega-Lite reads them once as times and once not, and warns of a conflict.
    domain: Any = [{"expr": str(edge)} for edge in edges]
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc", domain=domain, nice=False), axis=axis)


def config_of(ink: str, words: Words) -> alt.Config:
    """What all our charts share: no frame, ink on the page's ground, months and weekdays by CLDR."""
    return alt.Config(
        view=alt.ViewConfig(strokeWidth=0),
        axis=alt.AxisConfig(labelColor=ink),
        legend=alt.LegendConfig(labelColor=ink, padding=0),
        locale=locale_of(words),
    )


def locale_of(words: Words) -> alt.Locale:
    """Names of months and weekdays, and the marks in numbers, in the reader's language, by CLDR."""
    return _locale(words.language)


def decimal(value: float, words: Words) -> str:
    """A number with one decimal, as this language writes it."""
    return str(format_decimal(value, "#,##0.0", locale=words.language))


@lru_cache
def _locale(language: str) -> alt.Locale:
    locale = Locale(language)
    # Not the stand-alone names: Babel resolves them in place in tables that locales share, and every language that dates
    # are then read in would have these months (see `_own_data` in dates/templates.py).
    months = {width: [get_month_names(width, "format", locale)[k] for k in range(1, 13)] for width in ("wide", "abbreviated")}
    # CLDR counts weekdays from Monday, d3 from Sunday.
    days = {width: [get_day_names(width, "format", locale)[k] for k in (6, *range(6))] for width in ("wide", "abbreviated")}
    time = alt.TimeLocale(
        dateTime="%x, %X",
        date="%Y-%m-%d",
        time="%H:%M:%S",
        periods=["AM", "PM"],
        days=days["wide"],
        shortDays=days["abbreviated"],
        months=months["wide"],
        shortMonths=months["abbreviated"],
    )
    marks: Any = {"decimal": get_decimal_symbol(locale), "thousands": get_group_symbol(locale), "grouping": [3], "currency": ["", ""]}
    return alt.Locale(time=time, number=alt.NumberLocale(**marks))


def ink_on(dark: bool) -> str:
    """The colour of text."""
    return "#E6E6E6" if dark else "#23272E"


def ground_on(dark: bool) -> str:
    """The colour of the page, as the theme has it."""
    return "#14181F" if dark else "#FFFFFF"


def blue_on(dark: bool) -> str:
    """The colour of counts and of what is chosen: the theme's own."""
    return "#6FB1E4" if dark else "#1F5A8C"


def expr(text: str) -> Any:
    """A Vega expression; it sees the row as `datum` and the plot's `width`, so that one chart serves every screen."""
    return {"expr": text}
