"""What one lane shows, in five degrees of detail.

`TITLED`: its events with their titles. `BARE`: without. `SPLIT`: the many that are longer or vaguer than a bin of the
calendar as counts, the others one by one. `DENSE`: the many that lie in a single bin as counts, the few longer ones
one by one. `DENSEST`: all as counts, those in a single bin and the longer ones apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from timeline.charts.bins import counts_across, counts_within, fits
from timeline.charts.prepared import Prepared, Whole
from timeline.charts.stacking import DAY, Edges, Stretch, rows_of, stretches
from timeline.titles import MARK, titles_in

ROW_UNITS = 4
LANE_UNITS = 2  # air above and below the rows of a lane, together
TITLED, BARE, SPLIT, DENSE, DENSEST = range(5)
_BARE_ROWS = 6
_LONG_ROWS, _MOST_LONG = 3, 30


@dataclass(frozen=True, slots=True)
class Content:
    """Blocks of counts, one or two rows with a number for each bin, and below them marks in their rows."""

    level: int
    marks: list[Stretch] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    within: Whole | None = None
    across: Whole | None = None

    @property
    def block_rows(self) -> int:
        return (self.within is not None) + (self.across is not None)

    @property
    def height(self) -> int:
        """In units."""
        return max(self.block_rows + max(self.rows, default=-1) + 1, 1) * ROW_UNITS + LANE_UNITS


@dataclass(frozen=True, slots=True)
class Frame:
    """What all lanes share: the bins' edges (days), the window (days, both included), the reader's language."""

    prepared: Prepared
    bins: Whole
    first: int
    last: int
    language: str

    @property
    def edges(self) -> Edges:
        """The window in milliseconds."""
        return self.first * DAY, (self.last + 1) * DAY


def content_at(frame: Frame, events: Whole, level: int, most_rows: int) -> Content | None:
    """The lane of these events at a degree of detail; None where it would need more rows than it may have.

    The densest never needs more. Titles may take `most_rows`.
    """
    if level == TITLED:
        return _one_by_one(frame, events, level, most_rows, True)
    if level == BARE:
        return _one_by_one(frame, events, level, _BARE_ROWS, False)
    low, high = frame.prepared.low[events], frame.prepared.high[events]
    single = fits(low, high, frame.prepared.kinds[events], frame.bins)
    within = counts_within(low[single], frame.bins) if single.any() else None
    across = None if single.all() else counts_across(low[~single], high[~single], frame.bins)
    if level == DENSEST or (level == DENSE and across is None):
        return Content(level, within=within, across=across)
    shown = events[single] if level == SPLIT else events[~single]
    if not len(shown) or (level == SPLIT and across is None) or (level == DENSE and len(shown) > _MOST_LONG):
        return None
    rows = _BARE_ROWS if level == SPLIT else _LONG_ROWS
    found = _one_by_one(frame, shown, level, rows, True) or _one_by_one(frame, shown, level, rows, False)
    if found is None:
        return None
    return replace(found, across=across) if level == SPLIT else replace(found, within=within)


def _one_by_one(frame: Frame, events: Whole, level: int, most_rows: int, titled: bool) -> Content | None:
    """All events as marks, if their rows are not too many."""
    titles = titles_of(frame.prepared, events, frame.language) if titled else None
    marks = stretches(frame.prepared, events, titles, frame.edges)
    rows = rows_of(marks)
    return Content(level, marks, rows) if max(rows, default=0) < most_rows else None


def titles_of(prepared: Prepared, events: Whole, language: str) -> list[str]:
    """Titles in the reader's language where there are any, else in English; those of marked events with the mark."""
    rows = prepared.events.rows(events, ("event_id", "title", "title_vi", "title_zh"))
    titles: list[str] = titles_in(rows, language, dict.fromkeys(prepared.marked, MARK)).tolist()
    return titles
