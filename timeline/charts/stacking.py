"""The stretch of the width that each event takes, title included, and the row in which it is free.

Times are milliseconds since 1970 in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timeline.charts.letters import letters
from timeline.charts.prepared import KIND_NAMES, POINT, Prepared, Whole

DAY = 86_400_000
# Shares of the width: the most and least that a title takes, a letter of it (11.5 px type on 650 px), the type's sign.
_LABEL_MAX, _LABEL_MIN = 0.6, 0.03
_LETTER = 0.0094
_ICON = 0.026

Edges = tuple[int, int]


class Stretch(NamedTuple):
    """An event's mark from `x` to `x2`, and what it takes with its title from `low` to `high`.

    The title begins at `label_x`, on the `side` ("in", "left", "right") of the mark, in a `room` that is a share of
    the width; without a title the side is "".
    """

    event: int
    kind: str
    approximate: bool
    x: int
    x2: int
    low: int
    high: int
    label_x: int
    side: str
    room: float


def stretches(prepared: Prepared, events: Whole, titles: Sequence[str] | None, edges: Edges) -> list[Stretch]:
    """One for each event (a position in the table), from left to right; `titles` None draws marks only."""
    cells = zip(
        events.tolist(),
        prepared.kinds[events].tolist(),
        prepared.approximate[events].tolist(),
        prepared.low[events].tolist(),
        prepared.high[events].tolist(),
        titles if titles is not None else [None] * len(events),
        strict=True,
    )
    found = []
    for event, kind, approximate, first, last, title in cells:
        x = max(first * DAY, edges[0])
        x2 = x if kind == POINT else min((last + 1) * DAY, edges[1])
        label = _label(kind == POINT, x, x2, title, edges)
        found.append(Stretch(event, KIND_NAMES[kind], approximate, x, x2, *label))
    return sorted(found, key=lambda stretch: (stretch.low, stretch.high, stretch.event))


def rows_of(placed: Sequence[Stretch]) -> list[int]:
    """First fit: each stretch, from left to right, goes into the first row that is free where it begins."""
    ends: list[int] = []
    rows = []
    for stretch in placed:
        row = next((k for k, end in enumerate(ends) if end < stretch.low), len(ends))
        if row == len(ends):
            ends.append(stretch.high)
        else:
            ends[row] = stretch.high
        rows.append(row)
    return rows


def _label(point: bool, x: int, x2: int, title: str | None, edges: Edges) -> tuple[int, int, int, str, float]:
    """The stretch taken, where the label starts, its side and its room."""
    width = edges[1] - edges[0]
    icon = int(_ICON * width)
    if title is None:
        return x - icon // 3, x2 + (icon // 3 if point else icon // 6), x, "", 0.0
    need = min(max(letters(title) * _LETTER + _ICON, _LABEL_MIN), _LABEL_MAX)
    share = (x2 - x) / width
    if not point and share >= min(need, 0.18):
        return x, x2, x, "in", share
    if (edges[1] - x2) / width >= need or (x - edges[0]) / width < need:
        need = min(need, max((edges[1] - x2) / width, _LABEL_MIN))
        return x - icon // 2, int(x2 + need * width), x2, "right", need - _ICON
    return int(x - need * width), x2 + icon // 2, x, "left", need - _ICON
