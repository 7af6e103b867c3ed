"""Where an event can be put on a map, and how precisely: at its gates, else inside its provinces, else nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from timeline import knowledge
from timeline.shipped import shipped

Precision = Literal["gate", "province", "none"]
# What the position of a gate rests on is told by border_gates.csv (`coords_basis`).
_PROVINCE_BASIS = "a point inside the province"
_UNKNOWN_BASIS = "not told"


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees (WGS 84), the place whose it is, and what it rests on."""

    name: str
    lon: float
    lat: float
    basis: str


def positions_of(
    gates: Iterable[str], provinces: Iterable[str], entries: knowledge.Tables | None
) -> tuple[Precision, tuple[Position, ...]]:
    """The positions of the gates that have one; where none has, a point inside each province that the maps draw.

    A point of a province says no more than that the event belongs there; for Guangxi and Yunnan it lies near the border.
    """
    known = entries.gates if entries else {}
    found = [_of_gate(known[name]) for name in gates if name in known and known[name].lat and known[name].lon]
    if found:
        return "gate", tuple(found)
    points = province_points()
    inside = tuple(Position(name, *points[name], _PROVINCE_BASIS) for name in provinces if name in points)
    return ("province", inside) if inside else ("none", ())


def _of_gate(gate: knowledge.Gate) -> Position:
    return Position(gate.pair, float(gate.lon), float(gate.lat), gate.coords_basis or _UNKNOWN_BASIS)


@cache
def province_points() -> Mapping[str, tuple[float, float]]:
    """Province → longitude and latitude of a point inside it, from `data/map/outline.json`, read once.

    The units of before July 2025, which are smaller. Those of today keep the name, and the ground, of one of their parts.
    """
    features = json.loads(shipped("map/outline.json").read_text(encoding="utf-8"))["features"]
    points: dict[str, tuple[float, float]] = {}
    for feature in features:
        if feature["layer"] in ("then", "now"):
            lon, lat = feature["label"]
            points.setdefault(feature["name"], (lon, lat))
    return points
