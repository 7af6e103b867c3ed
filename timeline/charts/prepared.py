"""An events table as arrays of numbers, made once a table, so that drawing a part of it costs little.

Days are whole numbers since 1970 (day 0 is 1 January 1970): calendar days, so that no zone comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from timeline.query import Mask, Relation, Rows
from timeline.query.values import NO_DAY, codes_of, days_of, matches

Days = tuple[date, date]
Whole = Rows
Kinds = npt.NDArray[np.int8]

# How a time is drawn; `KINDS` of timeline.py says it in words.
KIND_NAMES = ("point", "lasting", "part", "within")
POINT, LASTING, PART, WITHIN = range(4)
OPEN_LOW, OPEN_HIGH = -(10**7), 10**7  # days before and after any that a date can hold
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A table's events as arrays with one item an event, and as pairs (event, lane) with one item a pair.

    `low` and `high` are the first and last possible day; `shown` masks the events that are wanted and dated.
    `pair_events` are positions in the table, `pair_lanes` positions in `names`, sorted by lane; the lane "" holds
    events without any.
    """

    events: Relation
    column: str
    low: Whole
    high: Whole
    kinds: Kinds
    approximate: Mask
    series: Whole  # a number a series, -1 for none
    shown: Mask
    names: list[str]
    pair_events: Whole
    pair_lanes: Whole
    marked: frozenset[str] = frozenset()  # event_ids whose titles bear `titles.MARK`
    hollow: frozenset[str] = frozenset()  # event_ids that are drawn hollow

    def only(self, keep: Mask | Sequence[bool] | pd.Series[bool]) -> Prepared:
        """The same table with only the events of a mask shown; costs next to nothing."""
        wanted = np.asarray(keep, dtype=bool)
        if wanted.shape != self.shown.shape:
            raise ValueError(f"a mask of {wanted.size} for {self.shown.size} events")
        return replace(self, shown=self.shown & wanted)

    def marking(self, event_ids: frozenset[str]) -> Prepared:
        """The same table with the titles of some events marked."""
        return replace(self, marked=event_ids)

    def hollowing(self, event_ids: frozenset[str]) -> Prepared:
        """The same table with some events drawn hollow: those that no text tells."""
        return replace(self, hollow=event_ids)

    def within(self, first: int, last: int) -> Mask:
        """Which shown events can lie in these days, both included."""
        return self.shown & (self.low <= last) & (self.high >= first)


def prepare(events: pd.DataFrame | Relation, lane: str = "provinces") -> Prepared:
    """Read an events table for charts with lanes by the values of the column `lane`; undated events are not shown.

    Takes some tenths of a second for a million events: keep the result as long as the table.
    """
    table = events if isinstance(events, Relation) else Relation.of("events", events)
    start, end = (days_of(table.column(name)) for name in ("date_start", "date_end"))
    known_start, known_end = start != NO_DAY, end != NO_DAY
    span, day, period = (_is(table.column("date_precision"), name) for name in ("span", "day", "period"))
    kinds = np.full(len(table), PART, dtype=np.int8)
    kinds[span | day] = LASTING
    kinds[day & (start == end)] = POINT
    kinds[period] = WITHIN
    names, pair_events, pair_lanes = _pairs(table.column(lane))
    return Prepared(
        events=table,
        column=lane,
        low=np.where(known_start, start, OPEN_LOW),
        high=np.where(known_end, end, OPEN_HIGH),
        kinds=kinds,
        approximate=matches(table.column("date_edtf"), "[~?%]"),
        series=_series_numbers(table.column("series")),
        shown=known_start | known_end,
        names=names,
        pair_events=pair_events,
        pair_lanes=pair_lanes,
    )


def as_prepared(events: pd.DataFrame | Prepared, lane: str) -> Prepared:
    """What a chart reads, whichever it was given."""
    return events if isinstance(events, Prepared) else prepare(events, lane)


def extent(events: pd.DataFrame | Prepared) -> Days:
    """First and last day of the dated events, with a little air; some years where there are none."""
    prepared = as_prepared(events, "event_type")
    days = np.concatenate([prepared.low[prepared.shown], prepared.high[prepared.shown]])
    days = days[(days != OPEN_LOW) & (days != OPEN_HIGH)]
    if not days.size:
        return date(2020, 1, 1), date(2026, 1, 1)
    first, last = day_of(int(days.min())), day_of(int(days.max()))
    air = max(15, (last - first).days // 40)
    return _shift(first, -air), _shift(last, air)


def number_of(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The calendar day of a number, or the nearest that a date can hold."""
    return date.fromordinal(min(max(number + _EPOCH, 1), date.max.toordinal()))


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _is(column: pa.ChunkedArray, value: str) -> Mask:
    found: Mask = pc.equal(column, value).to_numpy().astype(bool)
    return found


def _pairs(column: pa.ChunkedArray) -> tuple[list[str], Whole, Whole]:
    """Names of the lanes, and for every pair its event and its lane; pairs of a lane stand together."""
    found = codes_of(column)
    nowhere = np.flatnonzero(np.bincount(found.rows, minlength=len(column)) == 0)
    events = np.concatenate([found.rows, nowhere])
    lanes = np.concatenate([found.codes, np.full(len(nowhere), len(found.names))])
    order = np.lexsort((events, lanes))
    return [*found.names, *([""] if len(nowhere) else [])], events[order], lanes[order]


def _series_numbers(column: pa.ChunkedArray) -> Whole:
    found = codes_of(column)
    numbers = np.full(len(column), -1, dtype=np.int64)
    numbers[found.rows] = found.codes
    return numbers
