"""Calendar bins: days, weeks, months … whole centuries, and how many events fall into each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from timeline.charts.prepared import LASTING, Days, Kinds, Whole, day_of, number_of
from timeline.i18n import Words
from timeline.query import Mask

Shares = npt.NDArray[np.float64]
_MONTHS_BEFORE_1970 = 1970 * 12
_MONDAY = 4  # 5 January 1970, the first Monday from day 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A step of the calendar: so many days, or so many months counted from the year 0."""

    name: str
    days: int = 0
    months: int = 0


UNITS = (
    Unit("day", days=1),
    Unit("week", days=7),
    Unit("month", months=1),
    Unit("quarter", months=3),
    Unit("half", months=6),
    Unit("year", months=12),
    Unit("five years", months=60),
    Unit("decade", months=120),
    Unit("century", months=1200),
)


def unit_for(first: int, last: int, most: int) -> Unit:
    """The smallest unit that cuts these days into at most `most` bins; centuries where none does."""
    return next((unit for unit in UNITS if len(edges_of(unit, first, last)) - 1 <= most), UNITS[-1])


def edges_of(unit: Unit, first: int, last: int) -> Whole:
    """First days of the bins that hold the days `first` to `last`, and of the bin behind them: one more than bins."""
    if unit.days:
        start = first - (first - _MONDAY) % unit.days
        return np.arange(start, last + 1 + unit.days, unit.days, dtype=np.int64)
    low, high = (int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64)) for day in (first, last))
    start = low - (low + _MONTHS_BEFORE_1970) % unit.months
    months = np.arange(start, high + 1 + unit.months, unit.months, dtype=np.int64)
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def cut(edges: Whole, first: int, last: int) -> tuple[Whole, Whole]:
    """First and last day of each bin, cut to the window."""
    return np.maximum(edges[:-1], first), np.minimum(edges[1:] - 1, last)


def fits(low: Whole, high: Whole, kinds: Kinds, edges: Whole) -> Mask:
    """Which events belong to a single bin: known to lie in it, or lasting no longer than it from their first day.

    All others may have happened in several, and to count them in one would claim more than is known.
    """
    bins = _bin_of(low, edges)
    begins = (low >= edges[0]) & (low < edges[-1])
    inside: Mask = begins & (high < edges[bins + 1])
    brief: Mask = begins & (kinds == LASTING) & (high - low < edges[bins + 1] - edges[bins])
    return inside | brief


def counts_within(low: Whole, edges: Whole) -> Whole:
    """Events by the bin of their first day."""
    return np.bincount(_bin_of(low, edges), minlength=len(edges) - 1)


def counts_across(low: Whole, high: Whole, edges: Whole) -> Whole:
    """How many stretches touch each bin: one that reaches over three counts in all three."""
    bins = len(edges) - 1
    steps = np.bincount(_bin_of(low, edges), minlength=bins + 1) - np.bincount(_bin_of(high, edges) + 1, minlength=bins + 1)
    return steps[:bins].cumsum()


def shares_across(low: Whole, high: Whole, edges: Whole) -> Shares:
    """Each stretch spread evenly over the bins that it touches within the edges, so that it weighs 1 in all."""
    bins = len(edges) - 1
    first, last = _bin_of(low, edges), _bin_of(high, edges)
    weight = 1.0 / (last - first + 1)
    steps = np.bincount(first, weight, minlength=bins + 1) - np.bincount(last + 1, weight, minlength=bins + 1)
    shares: Shares = np.maximum(steps[:bins].cumsum(), 0.0)
    return shares


def say_bin(unit: Unit, days: Days, words: Words) -> str:
    """A bin as a reader would say it; one that the window cuts, by its days."""
    first, last = days
    whole = edges_of(unit, number_of(first), number_of(first))
    if (first, last) != (day_of(int(whole[0])), day_of(int(whole[1]) - 1)):
        return words.date(first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}")
    year = f"{first.year:04}"
    texts = {
        "day": first.isoformat(),
        "week": f"{first.isoformat()}/{last.isoformat()}",
        "month": f"{year}-{first.month:02}",
        "quarter": f"{year}-{33 + (first.month - 1) // 3}",
        "half": f"{year}-{40 + (first.month - 1) // 6}",
        "year": year,
        "five years": f"{year}/{last.year:04}",
        "decade": f"{year[:3]}X",
        "century": f"{year}/{last.year:04}",
    }
    return words.date(texts[unit.name])


def _bin_of(days: Whole, edges: Whole) -> Whole:
    """The bin of each day; days outside go to the nearest."""
    return np.clip(np.searchsorted(edges, days, side="right") - 1, 0, len(edges) - 2)
