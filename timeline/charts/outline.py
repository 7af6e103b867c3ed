"""The plain outline that maps are drawn on: `data/map/outline.json`, which ships with the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from timeline.shipped import shipped

Point = tuple[float, float]  # degrees: longitude, latitude
Geometry = Mapping[str, Any]  # GeoJSON; outer rings run clockwise, as Vega wants them


@dataclass(frozen=True, slots=True)
class Unit:
    """A first-level unit that is drawn by name."""

    name: str  # as in provinces.csv
    country: str  # VN or CN
    label: Point  # inside the unit and, for the Chinese ones, near the border
    geometry: Geometry
    parts: tuple[str, ...] = ()  # since July 2025: the units that it was made of


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that a map is drawn on."""

    land: Geometry  # the neighbours, in one shape
    border: Geometry  # between Vietnam and China
    then: Mapping[str, Unit]  # as of before 1 July 2025
    now: Mapping[str, Unit]  # and since

    def units(self, now: bool) -> Mapping[str, Unit]:
        """The units by name, as they are now or were then."""
        return self.now if now else self.then

    def shapes(self, layer: Literal["land", "then", "now"]) -> list[dict[str, Any]]:
        """A layer as GeoJSON features with a `name`."""
        if layer == "land":
            return [{"type": "Feature", "geometry": self.land}]
        return [{"type": "Feature", "name": unit.name, "geometry": unit.geometry} for unit in self.units(layer == "now").values()]


def outline_path() -> Path:
    """Where the file stands: beside the installed package, else in the checkout."""
    return shipped("map/outline.json")


@cache
def outline() -> Outline:
    """The outline, read once. It comes with the package, so a fault in it is the package's own and not caught."""
    features = json.loads(outline_path().read_text(encoding="utf-8"))["features"]
    layers: dict[str, list[Any]] = {}
    for feature in features:
        layers.setdefault(feature["layer"], []).append(feature)
    return Outline(
        land=layers["land"][0]["geometry"],
        border=layers["border"][0]["geometry"],
        then={feature["name"]: _unit(feature) for feature in layers["then"]},
        now={feature["name"]: _unit(feature) for feature in layers["now"]},
    )


def _unit(feature: Mapping[str, Any]) -> Unit:
    lon, lat = feature["label"]
    return Unit(feature["name"], feature["country"], (lon, lat), feature["geometry"], tuple(feature.get("parts", ())))
