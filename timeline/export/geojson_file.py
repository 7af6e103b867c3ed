"""GeoJSON (RFC 7946), for QGIS, Leaflet and other maps: a feature an event."""

from __future__ import annotations

from typing import Any

import pandas as pd

from timeline import knowledge
from timeline.export.json_lines import as_json, records
from timeline.export.plain import encoded
from timeline.export.positions import Position, positions_of


def geojson(events: pd.DataFrame, entries: knowledge.Tables | None = None) -> bytes:
    """A FeatureCollection in the table's own order; the id of a feature is its event's.

    Geometry: a Point for one place, a MultiPoint for several, null for an event that can be put nowhere. `entries` tell
    where gates lie; without them an event stands in its provinces. Properties: every column of the events table, and

    - `precision` of the position: `gate`, `province` (any point inside it) or `none`;
    - `places`: which gates or provinces the points stand for, in the order of the points;
    - `coordinates_basis`: what each point rests on; most gates are known to about 0.1 degree, some 10 km.

    A gate of unknown position is left out where the event has another one. Raises `TableError` on half of a surrogate pair.
    """
    features = (encoded(as_json(_feature(row, entries)), "events as GeoJSON") for row in records(events))
    return b'{"type": "FeatureCollection", "features": [\n' + b",\n".join(features) + b"\n]}\n"


def _feature(row: dict[str, Any], entries: knowledge.Tables | None) -> dict[str, Any]:
    precision, positions = positions_of(row["border_gates"], row["provinces"], entries)
    told = {
        "precision": precision,
        "places": [position.name for position in positions],
        "coordinates_basis": [position.basis for position in positions],
    }
    return {"type": "Feature", "id": row["event_id"], "geometry": _geometry(positions), "properties": row | told}


def _geometry(positions: tuple[Position, ...]) -> dict[str, Any] | None:
    points = [[position.lon, position.lat] for position in positions]
    if not points:
        return None
    return {"type": "Point", "coordinates": points[0]} if len(points) == 1 else {"type": "MultiPoint", "coordinates": points}
