"""Where everything is drawn: lanes one below the other, each as detailed as the room allows.

Times are milliseconds since 1970 in UTC. Heights are counted in units, `ROW_UNITS` a row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from timeline.charts.bins import Unit, cut, edges_of, unit_for
from timeline.charts.content import BARE, DENSE, DENSEST, LANE_UNITS, ROW_UNITS, SPLIT, TITLED, Content, Frame, content_at
from timeline.charts.lanes import lane_order
from timeline.charts.prepared import Days, Prepared, Whole, day_of, extent, number_of
from timeline.charts.stacking import DAY, Stretch
from timeline.query import Mask

__all__ = ["DAY", "ROW_UNITS", "Bin", "Lane", "Layout", "lay_out", "to_ms"]

HEAD_UNITS = 2  # more air above a lane with bands, for their names
MOST_LANES, MOST_UNITS = 40, 240
MOST_MARKS, MOST_TITLES = 400, 150
_FEWEST_BINS, _MOST_BINS, _ALL_BINS = 16, 36, 480  # in each lane, and in all together
_LOW = 2 * ROW_UNITS + LANE_UNITS  # a lane no higher than this would win little room with counts
_FEWEST_ROWS, _ALL_ROWS = 10, 40  # that titles may take: in each lane, in all lanes together
_LAST_DAYS, _LAST_ROWS = 7, 30  # a window this short opens no further, so that a lane may grow


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane, its stretch of the height (`head` of it above the rows), and the number of its events in the window."""

    name: str
    top: int
    bottom: int
    events: int
    binned: bool = False
    head: int = 0

    @property
    def centre(self) -> int:
        return (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True)
class Bin:
    """A block of a dense lane: how many events lie in these days, or (`across`) may have, lasting or varying longer."""

    lane: str
    days: Days
    count: int
    across: bool
    y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that the chart draws: `marks` with one row a mark, `events` in the window.

    `left_out` lanes had no room, and `left_out_events` stand in none of those that are drawn.
    """

    marks: pd.DataFrame
    bins: list[Bin]
    lanes: list[Lane]
    domain: tuple[int, int]
    unit: Unit
    events: int
    left_out: int
    left_out_events: int

    @property
    def height(self) -> int:
        return self.lanes[-1].bottom if self.lanes else 0


def to_ms(day: date) -> int:
    """Midnight UTC of a calendar day."""
    return number_of(day) * DAY


def lay_out(
    prepared: Prepared,
    order: Sequence[str] | None = None,
    domain: Days | None = None,
    language: str = "en",
    with_head: Collection[str] = (),
) -> Layout:
    """Place the shown events that can lie in the window; lanes `with_head` get room for the names of their bands."""
    window = domain or extent(prepared)
    first, last = number_of(window[0]), number_of(window[1])
    inside = prepared.within(first, last)
    by_lane = _by_lane(prepared, inside)
    counts = {lane: len(events) for lane, events in by_lane.items()}
    names = lane_order(counts, order)
    kept = _fullest(names, counts, MOST_LANES)
    unit = unit_for(first, last, max(_FEWEST_BINS, min(_MOST_BINS, _ALL_BINS // max(len(kept), 1))))
    frame = Frame(prepared, edges_of(unit, first, last), first, last, language)
    heads = {name: HEAD_UNITS if name in with_head else 0 for name in names}
    contents = _contents(frame, {name: by_lane[name] for name in kept})
    _press(frame, by_lane, contents, sum(heads[name] for name in contents))
    lanes = _lanes(contents, counts, heads)
    marks = [mark for lane in lanes for mark in _marks(lane, contents[lane.name])]
    bins = [block for lane in lanes for block in _blocks(lane, contents[lane.name], frame)]
    frame_of_marks = pd.DataFrame(marks, columns=["lane", *Stretch._fields, "row", "y"])
    events = int(inside.sum())
    nowhere = events - _events_in(prepared, by_lane, lanes) if len(lanes) < len(names) else 0
    return Layout(frame_of_marks, bins, lanes, frame.edges, unit, events, len(names) - len(lanes), nowhere)


def _by_lane(prepared: Prepared, inside: Mask) -> dict[str, Whole]:
    """Events of the window, by lane; the pairs stand sorted by lane."""
    pairs = np.flatnonzero(inside[prepared.pair_events])
    lanes = prepared.pair_lanes[pairs]
    starts = np.flatnonzero(np.diff(lanes, prepend=-1))
    stretches = np.split(prepared.pair_events[pairs], starts[1:]) if len(starts) else []
    return {prepared.names[lane]: events for lane, events in zip(lanes[starts].tolist(), stretches, strict=True)}


def _fullest(names: Sequence[str], counts: Mapping[str, int], most: int) -> list[str]:
    """The lanes with most events, so many of them, in the order that they had; the nameless lane is always among them."""
    ranked = sorted(names, key=lambda name: (name != "", -counts[name]))
    kept = set(ranked[: max(most, 1)])
    return [name for name in names if name in kept]


def _events_in(prepared: Prepared, by_lane: Mapping[str, Whole], lanes: Sequence[Lane]) -> int:
    """How many events stand in any of these lanes; one of two lanes counts once."""
    seen = np.zeros(len(prepared.events), dtype=bool)
    for lane in lanes:
        seen[by_lane[lane.name]] = True
    return int(seen.sum())


def _contents(frame: Frame, lanes: Mapping[str, Whole]) -> dict[str, Content]:
    """Each lane as detailed as its own rows and the number of marks in all lanes allow; small lanes come first."""
    most_rows = max(_FEWEST_ROWS, _ALL_ROWS // max(len(lanes), 1))
    if frame.last - frame.first < _LAST_DAYS:
        most_rows = _LAST_ROWS
    sizes = 0
    levels = {}
    for name in sorted(lanes, key=lambda name: len(lanes[name])):
        sizes += len(lanes[name])
        levels[name] = TITLED if sizes <= MOST_TITLES else BARE if sizes <= MOST_MARKS else DENSE
    return {name: _at_most(frame, events, levels[name], most_rows) for name, events in lanes.items()}


def _at_most(frame: Frame, events: Whole, level: int, most_rows: int) -> Content:
    """The lane at this degree of detail, or at the next that has room."""
    found = (content_at(frame, events, step, most_rows) for step in range(level, DENSEST + 1))
    return next(content for content in found if content is not None)


def _press(frame: Frame, by_lane: Mapping[str, Whole], contents: dict[str, Content], heads: int) -> None:
    """Draw the highest lanes in less detail until all have room, or none gets lower."""
    open_lanes = set(contents)
    while open_lanes and heads + sum(content.height for content in contents.values()) > MOST_UNITS:
        name = max(open_lanes, key=lambda name: (contents[name].height, name))
        level = contents[name].level
        if level == DENSEST or (level >= BARE and contents[name].height <= _LOW):
            open_lanes.remove(name)
        else:
            contents[name] = _at_most(frame, by_lane[name], level + 1, _FEWEST_ROWS)


def _lanes(contents: Mapping[str, Content], counts: Mapping[str, int], heads: Mapping[str, int]) -> list[Lane]:
    """The lanes one below the other; those with fewest events go until the others have room."""
    kept = list(contents)
    while len(kept) > 1 and sum(heads[name] + contents[name].height for name in kept) > MOST_UNITS:
        kept = _fullest(kept, counts, len(kept) - 1)
    lanes: list[Lane] = []
    top = 0
    for name in kept:
        bottom = top + heads[name] + contents[name].height
        lanes.append(Lane(name, top, bottom, counts[name], contents[name].level >= SPLIT, heads[name]))
        top = bottom
    return lanes


def _marks(lane: Lane, content: Content) -> Iterator[tuple[object, ...]]:
    for mark, row in zip(content.marks, content.rows, strict=True):
        yield (lane.name, *mark, row, _row_top(lane, content.block_rows + row))


def _blocks(lane: Lane, content: Content, frame: Frame) -> Iterator[Bin]:
    """The bins that are not empty, cut to the window."""
    starts, ends = cut(frame.bins, frame.first, frame.last)
    counts = [(counts, across) for counts, across in ((content.within, False), (content.across, True)) if counts is not None]
    for row, (numbers, across) in enumerate(counts):
        for k in np.flatnonzero(numbers).tolist():
            days = day_of(int(starts[k])), day_of(int(ends[k]))
            yield Bin(lane.name, days, int(numbers[k]), across, _row_top(lane, row))


def _row_top(lane: Lane, row: int) -> float:
    return lane.top + lane.head + LANE_UNITS / 2 + ROW_UNITS * row
