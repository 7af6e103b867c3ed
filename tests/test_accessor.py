from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.app.sample import sample_tables
from timeline import store
from timeline.accessor import TimelineAccessor
from timeline.edtf import EdtfError
from timeline.errors import InputError, TableError


@pytest.fixture
def events() -> pd.DataFrame:
    return sample_tables().events


def kept(events: pd.DataFrame, **conditions: Any) -> list[str]:
    return sorted(row.removeprefix("e-") for row in events.timeline.filter(**conditions)["event_id"])


FILTERS = [
    ({}, "conference day deal decree fair gate session"),
    ({"province": "Cao Bằng"}, "day deal gate"),
    ({"province": "cao bang"}, "day deal gate"),
    ({"province": ["广西", "Caobang"]}, "day deal fair gate"),
    ({"gate": "Trà Lĩnh"}, "gate"),
    ({"gate": "龙邦"}, "gate"),
    ({"gate": "Hữu Nghị"}, ""),
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


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({"province": "Cao Bnag"}, r"province 'Cao Bnag': nothing is called so \(did you mean Cao Bằng"),
        ({"gate": "Tra Lnih"}, r"gate 'Tra Lnih': .* \(did you mean Trà Lĩnh–Longbang"),
        ({"event_type": "gate"}, r"event_type 'gate': .* \(one of agreement, border_gate"),
        ({"status": "done"}, r"status 'done': .* \(one of cancelled"),
    ],
)
def test_a_name_that_nobody_knows_is_told_and_no_empty_result(events: pd.DataFrame, conditions: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        events.timeline.filter(**conditions)
    assert events.timeline.filter(actor="Nobody Atall").empty


def test_a_page_has_the_lanes_and_the_title_of_ones_choice(events: pd.DataFrame, tmp_path: Path) -> None:
    events.timeline.to_html(tmp_path / "page.html", lane="event_type", title="Fairs & gates")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>Fairs &amp; gates" in page
    assert "Border gate 1" in page


class TestTablesOfOnesOwn:
    """An events table that somebody has read with pandas himself, and not with `timeline.load`."""

    @pytest.fixture(params=["csv", "excel", "parquet", "dates"])
    def read(self, request: pytest.FixtureRequest, events: pd.DataFrame, tmp_path: Path) -> pd.DataFrame:
        if request.param == "parquet":
            events.timeline.to_parquet(tmp_path / "events.parquet")
            return pd.read_parquet(tmp_path / "events.parquet")
        events.timeline.to_csv(tmp_path / "events.csv")
        frame = pd.read_csv(tmp_path / "events.csv", parse_dates=["date_start", "date_end"] if request.param == "dates" else None)
        if request.param == "excel":
            frame.to_excel(tmp_path / "events.xlsx", index=False)
            frame = pd.read_excel(tmp_path / "events.xlsx", engine="calamine")
        return frame

    def test_is_filtered_as_the_table_itself(self, read: pd.DataFrame) -> None:
        assert {str(conditions): kept(read, **conditions) for conditions, _ in FILTERS} == {str(c): told.split() for c, told in FILTERS}

    def test_comes_back_as_the_table_was(self, read: pd.DataFrame, events: pd.DataFrame) -> None:
        found = read.timeline.filter()[list(events.columns)]
        pd.testing.assert_frame_equal(found.reset_index(drop=True), store.sort_rows("events", events))

    def test_is_not_changed(self, read: pd.DataFrame) -> None:
        before = read.copy(deep=True)
        read.timeline.filter(province="Cao Bằng").timeline.counts()
        pd.testing.assert_frame_equal(read, before)

    def test_keeps_its_own_columns_and_rows(self, read: pd.DataFrame) -> None:
        mine = read.assign(note="mine").set_index(pd.Index([f"r{k}" for k in range(len(read))]))
        found = mine.timeline.filter(actor="Ngô Lê Văn")
        assert set(found["note"]) == {"mine"}
        assert set(found.index) <= set(mine.index)

    def test_rows_of_two_tables_one_below_the_other_stay_as_many(self, read: pd.DataFrame) -> None:
        both = pd.concat([read.assign(mine=1), read.assign(mine=2)])
        assert len(both.timeline.filter()) == 2 * len(read)
        assert both.timeline.filter()["mine"].tolist() == both["mine"].tolist()

    def test_without_the_columns_is_told_which_are_missing(self, read: pd.DataFrame) -> None:
        with pytest.raises(AttributeError, match="no column date_edtf, actors"):
            _ = read.drop(columns=["date_edtf", "actors"]).timeline
        assert len(read.drop(columns=["title_vi", "quote"]).timeline.filter(province="Guangxi")) == 2


def test_years_that_pandas_has_read_as_numbers_are_years(events: pd.DataFrame, tmp_path: Path) -> None:
    rows = events.iloc[:3].assign(date_edtf=["2022", "", "2023"], date_start=["2022-01-01", "", "2023-01-01"])
    rows[
        ["event_id", "title", "event_type", "status", "date_edtf", "date_start", "date_end", "date_precision", "provinces", "actors"]
    ].to_csv(tmp_path / "mine.csv", index=False)
    assert pd.read_csv(tmp_path / "mine.csv").timeline.filter()["date_edtf"].tolist() == ["2022", "", "2023"]
    with pytest.raises(TableError, match="'last spring' is no EDTF"):
        pd.read_csv(tmp_path / "mine.csv").assign(date_edtf="last spring").timeline.filter()


def test_between_leaves_out_the_undated(events: pd.DataFrame) -> None:
    assert sorted(events.timeline.between("2025", None)["event_id"]) == ["e-conference", "e-gate", "e-session"]
    assert len(events.timeline.between(undated=True)) == len(events)


def test_explode_gives_a_row_a_value_and_none_for_none(events: pd.DataFrame) -> None:
    rows = events.timeline.explode("province")
    assert rows["provinces"].value_counts().to_dict() == events.timeline.counts("province").to_dict()
    assert "e-decree" not in set(rows["event_id"])


def test_series_tell_what_is_missing(events: pd.DataFrame) -> None:
    years = [2021, 2022, 2025]
    rows = pd.concat([events.iloc[[0]]] * 3, ignore_index=True).assign(
        event_id=["a", "b", "c"],
        series="Fair",
        recurrence="annual",
        ordinal=pd.array([11, 12, 15], dtype="Int64"),
        date_start=[f"{year}-11-01" for year in years],
        date_end=[f"{year}-11-05" for year in years],
    )
    (fair,) = rows.timeline.series().to_dict("records")
    assert (fair["series"], fair["events"], fair["first_day"], fair["last_day"]) == ("Fair", 3, "2021-11-01", "2025-11-05")
    assert (fair["ordinals"], fair["missing_ordinals"], fair["missing_years"]) == ([11, 12, 15], [13, 14], [2023, 2024])
    assert events.timeline.series().empty


def test_gates_have_the_class_that_they_had_on_the_day(events: pd.DataFrame) -> None:
    def of(day: Any, gate: str = "Trà Lĩnh–Longbang") -> dict[str, Any]:
        found: dict[str, Any] = events.timeline.gates_at(day).set_index("border_gate").loc[gate].to_dict()
        return found

    assert of("2023-05-01")["class"] == "bilateral"
    assert of("2023-12-28")["class"] == of(pd.Timestamp("2024-03-01"))["class"] == "international"
    assert of("2023-12-28")["since"] == "2023-12-28"
    # The event of the table is of some time in 2020 to 2025: not until then is it sure to be over.
    assert (of("2025-12-30")["last_change"], of("2025-12-31")["last_change"]) == ("", "e-gate")
    with pytest.raises(ValueError, match="'2023-13-01' is no day"):
        events.timeline.gates_at("2023-13-01")


def test_for_analysis_days_are_days(events: pd.DataFrame) -> None:
    found = events.assign(date_start=events["date_start"].replace("2022-01-01", "0979-01-01")).timeline.to_pandas()
    assert found["date_start"].min() == pd.Timestamp("0979-01-01").as_unit("s")
    assert str(found["date_start"].dtype) == "datetime64[s]"
    assert found.loc[found["event_id"] == "e-fair", "date_end"].dt.day.item() == 23
    assert found["date_start"].isna().sum() == 2
    assert isinstance(found["event_type"].dtype, pd.CategoricalDtype)
    assert isinstance(found["provinces"].iloc[0], list)


@pytest.mark.parametrize("format", ["jsonl", "geojson", "icalendar", "timelinejs", "html", "excel"])
def test_each_writer_writes_what_is_filtered(events: pd.DataFrame, tmp_path: Path, format: str) -> None:
    fair = events.timeline.filter(event_type="exchange", undated=False)
    path = tmp_path / "file"
    getattr(fair.timeline, f"to_{format}")(path)
    assert path.read_bytes() == fair.timeline.to(format)


def test_a_file_that_cannot_be_written_leaves_the_old_one(events: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    # pandas' own text type cannot hold half of a character; a list of names can.
    broken = events.assign(actors=pd.Series([["half \ud800"]] * len(events), index=events.index))
    with pytest.raises(TableError, match="half of a character"):
        broken.timeline.to("json", path)
    with pytest.raises(InputError, match="no such format"):
        events.timeline.to("docx", path)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
