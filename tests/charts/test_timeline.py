import json
from typing import Any

import pandas as pd
import pytest

from tests.app.sample import event_rows, sample_tables
from timeline.charts import timeline_chart
from timeline.charts.palette import OTHER, STYLES
from timeline.tables import EVENT_TYPES, events_frame

OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999"}


@pytest.fixture
def events() -> pd.DataFrame:
    return sample_tables().events


def spec(events: pd.DataFrame, **options: Any) -> dict[str, Any]:
    return timeline_chart(events, **options).to_dict()


def rows(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """The data of the layer that can be pointed at."""
    return chart["datasets"][chart["layer"][-1]["data"]["name"]]


def test_every_time_axis_is_utc_and_explicit(events: pd.DataFrame) -> None:
    axes = [layer["encoding"]["x"] for layer in spec(events)["layer"] if "x" in layer["encoding"]]
    assert axes
    assert all(axis["scale"]["type"] == "utc" and len(axis["scale"]["domain"]) == 2 for axis in axes)


def test_click_selects_the_id_of_an_event(events: pd.DataFrame) -> None:
    click, move = spec(events)["params"]
    assert click["name"] == "event"
    assert click["select"]["fields"] == ["event_id"]
    assert move["bind"] == "scales"


def test_tooltip_says_the_date_as_text(events: pd.DataFrame) -> None:
    chart = spec(events)
    tooltip = {entry["title"]: entry for entry in chart["layer"][-1]["encoding"]["tooltip"]}
    assert list(tooltip) == ["Event", "When", "How precisely", "Known from", "Where", "Who"]
    assert all(entry["type"] == "nominal" for entry in tooltip.values())
    said = {row["event_id"]: row["when"] for row in rows(chart)}
    assert said["e-conference"] == "25 August 2025"
    assert said["e-gate"] == "some time in 2020–2025"


def test_undated_events_are_not_drawn(events: pd.DataFrame) -> None:
    assert {row["event_id"] for row in rows(spec(events))} == {"e-gate", "e-conference", "e-session", "e-fair", "e-decree"}


def test_lanes_are_named_on_the_axis_and_in_the_description(events: pd.DataFrame) -> None:
    chart = spec(events, order=["Guangxi", "Cao Bằng"], no_lane="nowhere")
    label = chart["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    names = json.loads(label[1 : label.rindex(")[")])
    assert [" ".join(lines) for lines in names.values()] == ["Guangxi", "Cao Bằng", "Hà Nội", "Lạng Sơn", "nowhere"]
    assert chart["description"].startswith("Timeline of 5 dated events in 5 lanes: Guangxi 2, Cao Bằng 1")


def test_name_of_a_lane_cannot_break_out_of_its_expression() -> None:
    row = event_rows()[0] | {"provinces": ['"];alert(1)//']}
    label = spec(events_frame([row]))["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    assert list(json.loads(label[1 : label.rindex(")[")]).values()) == [['"];alert(1)//']]


def test_legend_shows_only_types_that_are_there_and_all_keep_their_place(events: pd.DataFrame) -> None:
    fill = spec(events)["layer"][1]["encoding"]["fill"]
    assert fill["legend"]["values"] == ["Border gate", "Conference", "Exchange", "Policy"]
    assert len(fill["scale"]["domain"]) == len(STYLES) + 1


@pytest.mark.parametrize("none", ["no rows", "only undated"])
def test_chart_without_dated_events_says_so(events: pd.DataFrame, none: str) -> None:
    chart = spec(events.iloc[:0] if none == "no rows" else events[events["date_start"] == ""])
    assert "No dated event" in json.dumps(chart)
    assert chart["description"] == "Timeline without dated events."


def test_type_without_a_style_is_drawn_as_other() -> None:
    assert rows(spec(events_frame([event_rows()[0] | {"event_type": "parade"}])))[0]["kind_of_event"] == OTHER.label


def test_many_events_are_drawn_without_titles() -> None:
    many = events_frame([event_rows()[0] | {"event_id": str(k)} for k in range(200)])
    assert [layer["mark"]["type"] for layer in spec(many)["layer"]] == ["rect", "rect", "point", "rect"]


def test_every_type_has_a_shape_of_its_own_and_a_colour_for_any_eye() -> None:
    assert set(STYLES) == set(EVENT_TYPES)
    assert {style.colour for style in STYLES.values()} == OKABE_ITO
    assert len({style.shape for style in STYLES.values()}) == len(STYLES)


def test_dark_ground_gets_light_ink(events: pd.DataFrame) -> None:
    light, dark = spec(events)["config"], spec(events, dark=True)["config"]
    assert light["axis"]["labelColor"] == "#23272E"
    assert dark["axis"]["labelColor"] == "#E6E6E6"
