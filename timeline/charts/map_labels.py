"""Where the names on a map stand, and from which width of the map on there is room for each.

The server does not know how wide a reader's map is. So each name gets the least width at which it fits, for the
browser to compare with its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.charts.outline import Point

# Widths of a map, in pixels, at which names are tried.
WIDTHS = (300, 360, 430, 520, 620, 740, 860, 920, 1000, 1100, 1250)
_LETTER, _LINE = 5.9, 14.0  # pixels, of 11.5 px type
_HAN = 12.0  # a Chinese character is about square
_AIR = 2.0
GAP = 3.0  # pixels between a mark and its name
DIAGONAL = 0.7  # share of that distance, each way, where the name stands at a corner
# Across and down, the best first; the last is for names that are their own mark.
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, 0))

Box = tuple[float, float, float, float]  # pixels: left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of the globe that is fitted into a plot as wide as the page, and no higher than that asks for.

    The plot is `height` pixels high where the page is wide, on a narrower one `ratio` times its width, but never below `least`.
    """

    west: float
    south: float
    east: float
    north: float
    height: int
    ratio: float
    least: int

    def height_at(self, width: float) -> float:
        """Of the plot, in pixels."""
        return max(self.least, min(self.height, self.ratio * width))

    @property
    def height_formula(self) -> str:
        """The same for the browser, as a Vega expression."""
        return f"max({self.least}, min({self.height}, {self.ratio} * width))"

    def place(self, point: Point, width: float) -> Point:
        """Where a point of the globe lies in a plot of some width, in pixels from its top left."""
        top, bottom, height = _mercator(self.north), _mercator(self.south), self.height_at(width)
        scale = min(width / (self.east - self.west), height / (top - bottom))
        x = width / 2 + (point[0] - (self.west + self.east) / 2) * scale
        return x, height / 2 - (_mercator(point[1]) - (top + bottom) / 2) * scale


@dataclass(frozen=True, slots=True)
class Label:
    """A name that wants a place: beside a mark of a `radius`, or, without one, in the middle of its point."""

    key: str
    text: str
    point: Point
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name stands to its mark, and from which width of the map on it is shown."""

    across: int  # -1 left of its mark, 1 right of it, 0 centred
    down: int  # -1 above, 1 below, 0 level
    width: int


def place_labels(labels: Sequence[Label], frame: Frame, marks: Iterable[Label] = ()) -> dict[str, Placed]:
    """A place for each label that finds one, by its key; earlier labels choose first, and the first of a key counts.

    No label covers another, or a mark of another key, at any of `WIDTHS` from its own on, or leaves the plot.
    """
    drawn = list(marks)
    taken = {width: [(mark.key, _mark(mark, frame, width)) for mark in drawn] for width in WIDTHS}
    found: dict[str, Placed] = {}
    for label in labels:
        if label.key in found:
            continue
        for k, (across, down) in ((k, side) for k in range(len(WIDTHS)) for side in (_SIDES[:-1] if label.radius else _SIDES[-1:])):
            boxes: dict[int, Box] = {}
            for wider in WIDTHS[k:]:  # most fail at the first width, so no box is reckoned before it is wanted
                box = _box(label, across, down, frame, wider)
                if not _is_free(box, (other for key, other in taken[wider] if key != label.key), wider, frame.height_at(wider)):
                    break
                boxes[wider] = box
            else:
                for wider, box in boxes.items():
                    taken[wider].append((label.key, box))
                found[label.key] = Placed(across, down, WIDTHS[k])
                break
    return found


def spread(points: Sequence[Point], apart: float) -> list[Point]:
    """The points; one nearer than `apart` degrees to an earlier one is moved, as little as will do."""
    turns = [(ring * apart, turn * math.pi / 4) for ring in (1, 2, 3) for turn in range(8)]
    moves = [(0.0, 0.0), *((far * math.cos(turn), far * math.sin(turn)) for far, turn in turns)]
    placed: list[Point] = []
    for lon, lat in points:
        free = ((lon + dx, lat + dy) for dx, dy in moves if all(math.dist((lon + dx, lat + dy), one) >= 0.99 * apart for one in placed))
        placed.append(next(free, (lon, lat)))
    return placed


def _mercator(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _mark(mark: Label, frame: Frame, width: float) -> Box:
    x, y = frame.place(mark.point, width)
    return x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius


def _box(label: Label, across: int, down: int, frame: Frame, width: float) -> Box:
    x, y = frame.place(label.point, width)
    wide = sum(_HAN if letter > "\u2e80" else _LETTER for letter in label.text)
    gap = (label.radius + GAP) * (DIAGONAL if across and down else 1)
    left = x + across * gap - wide * (1 - across) / 2
    top = y + down * gap - _LINE * (1 - down) / 2
    return left, top, left + wide, top + _LINE


def _is_free(box: Box, taken: Iterable[Box], width: float, height: float) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > width or bottom > height:
        return False
    return not any(
        left - _AIR < other[2] and other[0] < right + _AIR and top - _AIR / 2 < other[3] and other[1] < bottom + _AIR / 2 for other in taken
    )
