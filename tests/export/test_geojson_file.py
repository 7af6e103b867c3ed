import json
from typing import Any

import geojson as reader
import pandas as pd
import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import event
from tests.export.written import BUILT, EVENTS
from timeline.errors import TableError
from timeline.export.geojson_file import geojson
from timeline.knowledge import Gate, Tables, load_entries
from timeline.tables import events_frame

GATES = Tables(
    gates={
        "A–B": Gate("A–B", lat="22.5", lon="106.5", coords_basis="source"),
        "C–D": Gate("C–D", lat="21.5", lon="107.9", coords_basis="about 0.1 degree"),
        "E–F": Gate("E–F"),
    }
)


def feature_of(entries: Tables | None = GATES, **cells: Any) -> dict[str, Any]:
    (feature,) = reader.loads(geojson(events_frame([event("e", **cells)]), entries))["features"]
    return dict(feature)


@pytest.mark.parametrize("events", EVENTS.values(), ids=list(EVENTS))
def test_a_reader_of_geojson_finds_no_fault_and_the_same_events(events: pd.DataFrame) -> None:
    read = reader.loads(geojson(events, load_entries()))
    assert (type(read).__name__, read.errors()) == ("FeatureCollection", [])
    rows = [{name: cell for name, cell in feature["properties"].items() if name in events} for feature in read["features"]]
    pd.testing.assert_frame_equal(events_frame(rows), events)
    assert [feature["id"] for feature in read["features"]] == events["event_id"].tolist()


class TestPlaces:
    def test_a_gate_is_a_point_longitude_first(self) -> None:
        feature = feature_of(border_gates=["A–B"], provinces=["Cao Bằng", "Guangxi"])
        assert feature["geometry"] == {"type": "Point", "coordinates": [106.5, 22.5]}
        told = [feature["properties"][name] for name in ("precision", "places", "coordinates_basis")]
        assert told == ["gate", ["A–B"], ["source"]]

    def test_several_gates_are_points_with_their_names_and_bases_in_order(self) -> None:
        feature = feature_of(border_gates=["C–D", "E–F", "A–B"])
        assert feature["geometry"] == {"type": "MultiPoint", "coordinates": [[107.9, 21.5], [106.5, 22.5]]}
        assert feature["properties"]["places"] == ["C–D", "A–B"]
        assert feature["properties"]["coordinates_basis"] == ["about 0.1 degree", "source"]

    @pytest.mark.parametrize("gates", [[], ["E–F"], ["nowhere"]])
    def test_without_a_gate_of_known_position_it_stands_in_its_provinces(self, gates: list[str]) -> None:
        feature = feature_of(border_gates=gates, provinces=["Cao Bằng", "Beijing", "Quảng Ninh"])
        (west, north), (east, south) = feature["geometry"]["coordinates"]
        assert 105.2 < west < 106.9 < east < 108.6
        assert 20.6 < south < 21.7 < 22.3 < north < 23.2
        assert (feature["properties"]["precision"], feature["properties"]["places"]) == ("province", ["Cao Bằng", "Quảng Ninh"])

    @pytest.mark.parametrize("provinces", [[], ["Beijing"]])
    def test_what_can_be_put_nowhere_has_no_geometry(self, provinces: list[str]) -> None:
        feature = feature_of(provinces=provinces)
        assert feature["geometry"] is None
        assert [feature["properties"][name] for name in ("precision", "places", "coordinates_basis")] == ["none", [], []]

    def test_every_event_of_the_seeds_lies_in_or_beside_vietnam(self) -> None:
        features = json.loads(geojson(BUILT.events, load_entries()))["features"]
        assert {feature["properties"]["precision"] for feature in features} == {"gate", "province", "none"}
        for shape in filter(None, (feature["geometry"] for feature in features)):
            for lon, lat in [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]:
                assert (102 < lon < 110, 8 < lat < 25) == (True, True)


def test_the_same_events_give_the_same_bytes_in_whatever_order() -> None:
    events = sample_tables().events
    assert geojson(events.iloc[::-1], GATES) == geojson(events, GATES)


def test_half_a_character_is_one_clear_error() -> None:
    with pytest.raises(TableError, match="half of a character"):
        geojson(events_frame([event("e", actors=["\ud800"])]))
