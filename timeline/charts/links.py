"""Thin lines from each event of a series to the next, within a lane."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from timeline.charts.layout import ROW_UNITS, Layout
from timeline.charts.prepared import Prepared
from timeline.charts.stacking import DAY

Point = tuple[int, float]
COLUMNS = ("chain", "step", "x", "y")


def links(prepared: Prepared, layout: Layout) -> pd.DataFrame:
    """Ends of the lines: `chain` (a number a line), `step` (0 and 1), `x` (ms) and `y` (units).

    A line leads from the end of a mark to the beginning of the next; it enters from the left edge where the series has
    an event in this lane before the window, and leaves at the right edge where it has one behind. From a bar that
    reaches over the beginning of the next, it starts where the bar does, so that no line runs back in time.
    """
    marks = layout.marks.assign(series=prepared.series[layout.marks["event"].to_numpy(dtype=np.int64)])
    marks = marks[marks["series"] >= 0].sort_values(["x", "x2", "event"], kind="stable")
    lines: list[tuple[Point, Point]] = []
    for _, rows in marks.groupby(["lane", "series"], sort=False):
        before, behind = _goes_on(prepared, str(rows["lane"].iloc[0]), int(rows["series"].iloc[0]), layout.domain)
        stretches = list(zip(rows["x"].tolist(), rows["x2"].tolist(), (rows["y"] + ROW_UNITS / 2).tolist(), strict=True))
        if before:
            lines.append(((layout.domain[0], stretches[0][2]), (stretches[0][0], stretches[0][2])))
        for (start, end, y), (following, _, other) in pairwise(stretches):
            lines.append(((end if end <= following else start, y), (following, other)))
        if behind:
            lines.append(((stretches[-1][1], stretches[-1][2]), (layout.domain[1], stretches[-1][2])))
    ends = [(chain, step, float(x), float(y)) for chain, line in enumerate(lines) for step, (x, y) in enumerate(line)]
    return pd.DataFrame(ends, columns=list(COLUMNS))


def _goes_on(prepared: Prepared, lane: str, series: int, domain: tuple[int, int]) -> tuple[bool, bool]:
    """Whether the series has shown events in this lane before the window, and behind it."""
    code = prepared.names.index(lane)
    start, end = np.searchsorted(prepared.pair_lanes, [code, code + 1])
    events = prepared.pair_events[start:end]
    events = events[prepared.shown[events] & (prepared.series[events] == series)]
    first, last = domain[0] // DAY, domain[1] // DAY - 1
    return bool((prepared.high[events] < first).any()), bool((prepared.low[events] > last).any())
