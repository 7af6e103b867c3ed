from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.app.sample import sample_tables
from timeline import store
from timeline.accessor import TimelineAccessor
from timeline.edtf import EdtfError


@pytest.fixture
def events() -> pd.DataFrame:
    return sample_tables().events


def kept(events: pd.DataFrame, **conditions: Any) -> list[str]:
    return sorted(row.removeprefix("e-") for row in events.timeline.filter(**conditions)["event_id"])


FILTERS = [
    ({}, "conference day deal decree fair gate session"),
    ({"province": "Cao Bằng"}, "day deal gate"),
    ({"province": "cao bang"}, "day deal gate"),
    ({"province": ["Hà Nội", "Lạng Sơn"]}, "conference fair session"),
    ({"province": []}, ""),
    ({"province": "Hà Giang"}, "deal"),
    ({"province_now": "Tuyên Quang"}, "deal"),
    ({"province_now": "Hà Giang"}, ""),
    ({"actor": "Ngô Lê Văn"}, "conference fair"),
    ({"actor": "Ngô Lê Văn", "province": "Guangxi"}, "fair"),
    ({"event_type": "conference"}, "conference session"),
    ({"event_type": ["policy", "agreement"]}, "deal decree"),
    ({"gate": "Trà Lĩnh–Longbang"}, "gate"),
    ({"status": "scheduled"}, "day"),
    ({"language": "he"}, "conference"),
    ({"undated": False}, "conference decree fair gate session"),
    ({"between": ("2025", "2025")}, "conference gate session"),
    ({"between": ("2025", "2025"), "undated": True}, "conference day deal gate session"),
    ({"between": ("2022", "2023-12-19")}, "decree fair gate"),
    ({"between": ("2023-12-23", "2024")}, "fair gate"),
    ({"between": ("2023-12-24", "2024")}, "gate"),
    ({"between": ("2024", None)}, "conference gate session"),
    ({"between": (None, "2021")}, "gate"),
    ({"between": ("..", "2019")}, ""),
    ({"between": ("2026", "..")}, ""),
]


@pytest.mark.parametrize(("conditions", "expected"), FILTERS)
def test_filter_keeps_events_that_meet_every_condition(events: pd.DataFrame, conditions: dict[str, Any], expected: str) -> None:
    assert kept(events, **conditions) == expected.split()


def test_open_spans_reach_as_far_as_time(events: pd.DataFrame) -> None:
    since = events.assign(date_edtf="2016/..", date_start="2016-01-01", date_end="", date_precision="span")
    assert len(since.timeline.filter(between=("2030", "2031"))) == len(events)
    assert since.timeline.filter(between=("2010", "2015")).empty


@pytest.mark.parametrize("bound", ["soon", "XXXX-09-12"])
def test_bound_that_is_no_date_is_refused(events: pd.DataFrame, bound: str) -> None:
    with pytest.raises(EdtfError, match=bound):
        events.timeline.filter(between=(bound, "2025"))


def test_filter_of_no_events_gives_no_events(events: pd.DataFrame) -> None:
    assert events.iloc[:0].timeline.filter(province="Cao Bằng", between=("2020", "2021")).empty


def test_filter_leaves_the_table_as_it_was(events: pd.DataFrame) -> None:
    before = events.copy(deep=True)
    events.timeline.filter(province="Cao Bằng")
    pd.testing.assert_frame_equal(events, before)


def test_counts_say_how_many_events_a_value_has(events: pd.DataFrame) -> None:
    counts = events.timeline.counts("province")
    assert list(counts.index) == ["Cao Bằng", "Guangxi", "Hà Nội", "Hà Giang", "Lạng Sơn"]
    assert counts["Cao Bằng"] == 3
    assert events.iloc[:0].timeline.counts("actor").empty


def test_lanes_repeat_an_event_for_each_of_its_provinces(events: pd.DataFrame) -> None:
    lanes = events.timeline.lanes("province")
    assert lanes.loc[lanes["event_id"] == "e-gate", "lane"].tolist() == ["Cao Bằng", "Guangxi"]
    assert lanes.loc[lanes["event_id"] == "e-decree", "lane"].tolist() == [""]


def test_lanes_by_an_unknown_group_are_refused(events: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="no lanes by 'colour'; choose one of province"):
        events.timeline.lanes("colour")


@pytest.mark.parametrize("lane", ["province", "actor", "gate", "event_type", "language"])
def test_chart_takes_any_group_for_its_lanes(events: pd.DataFrame, lane: str) -> None:
    assert events.timeline.chart(lane=lane).to_dict()["layer"]


def test_csv_is_that_of_a_built_folder(events: pd.DataFrame, tmp_path: Path) -> None:
    store.save(sample_tables(), tmp_path / "built")
    text = events.timeline.to_csv()
    assert text == (tmp_path / "built" / "events.csv").read_text(encoding="utf-8")
    assert events.timeline.to_csv(tmp_path / "events.csv") is None
    assert (tmp_path / "events.csv").read_text(encoding="utf-8") == text


def test_other_frames_have_no_timeline() -> None:
    with pytest.raises(AttributeError, match=r"needs an events table; this frame has no column event_id, title"):
        TimelineAccessor(pd.DataFrame({"a": [1]}))
    assert not hasattr(pd.DataFrame({"a": [1]}), "timeline")
