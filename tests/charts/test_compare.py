from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tests.app.sample import sample_tables
from timeline.charts import prepare
from timeline.charts.compare import common_domain, describe_mirrored, draw_pair, mirrored_chart, pair_lanes
from timeline.compare import Part
from timeline.i18n import words

YEARS: dict[Part, dict[int, int]] = {"only_left": {2022: 2, 2023: 1}, "both": {2023: 3}, "only_right": {2023: 4}}
LABELS: dict[Part, str] = {"only_left": "Only A", "both": "Both", "only_right": "Only B"}
DOMAIN = (date(2022, 1, 1), date(2023, 12, 31))
NAMES = ("Cao Bằng", "Ministry of Foreign Affairs of Vietnam")


def spec(**options: Any) -> dict[str, Any]:
    found: dict[str, Any] = mirrored_chart(YEARS, LABELS, NAMES, DOMAIN, **options).to_dict()
    return found


def bars(chart: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(next(rows for rows in chart["datasets"].values() if "year" in rows[0])).set_index(["year", "part", "low"])


class TestMirrored:
    def test_left_rises_and_right_hangs_with_the_shared_next_to_the_line(self) -> None:
        found = {key: (row["high"], row["number"]) for key, row in bars(spec()).iterrows()}
        assert found == {
            ("2022", "only_left", 0): (2, 2),
            ("2023", "both", 0): (3, 3),
            ("2023", "only_left", 3): (4, 1),
            ("2023", "both", -3): (0, 3),
            ("2023", "only_right", -7): (-3, 4),
        }

    def test_numbers_are_written_as_the_reader_writes_them(self) -> None:
        years: dict[Part, dict[int, int]] = {"only_left": {2022: 12345}}
        chart = mirrored_chart(years, LABELS, NAMES, DOMAIN, words=words("vi")).to_dict()
        assert bars(chart)["said"].tolist() == ["12.345"]
        tooltip = next(layer["encoding"]["tooltip"] for layer in chart["layer"] if "tooltip" in layer["encoding"])
        assert tooltip[-1] == {"field": "said", "title": words("vi").gettext("Events"), "type": "nominal"}
        number = {code: spec(words=words(code))["config"]["locale"]["number"] for code in ("en", "vi", "zh")}
        assert {code: (one["thousands"], one["decimal"]) for code, one in number.items()} == {
            "en": (",", "."),
            "vi": (".", ","),
            "zh": (",", "."),
        }

    def test_sentences_in_chinese_stand_without_spaces(self) -> None:
        said = describe_mirrored({"only_left": {2022: 2}}, {"only_left": "甲"}, words("zh"))
        assert said
        assert ". " not in said
        assert "。 " not in said

    def test_a_bar_lasts_its_year_in_utc(self) -> None:
        row = bars(spec()).reset_index().iloc[0]
        days = [pd.Timestamp(row[name], unit="ms", tz="UTC").date() for name in ("start", "end")]
        assert days == [date(2022, 1, 1), date(2023, 1, 1)]
        assert spec()["layer"][0]["encoding"]["x"]["scale"]["type"] == "utc"

    def test_both_ways_reach_equally_far(self) -> None:
        assert spec()["layer"][0]["encoding"]["y"]["scale"]["domain"] == [-7, 7]

    def test_description_says_what_is_to_be_seen(self) -> None:
        said = "Events a year from 2022 to 2023. Only A: 2 events at most, in 2022. Both: 3 events at most, in 2023. "
        assert describe_mirrored(YEARS, LABELS) == said + "Only B: 4 events at most, in 2023."
        assert spec()["description"] == describe_mirrored(YEARS, LABELS)

    def test_nothing_to_count_still_draws(self) -> None:
        chart = mirrored_chart({}, LABELS, NAMES, DOMAIN).to_dict()
        assert chart["description"] == "No dated events to count by year."

    def test_dark_ground_has_lighter_colours(self) -> None:
        light, dark = (spec(dark=dark)["layer"][0]["encoding"]["color"]["scale"]["range"] for dark in (False, True))
        assert not set(light) & set(dark)


class TestLanes:
    def drawn(self) -> Any:
        prepared = prepare(sample_tables().events, "event_type")
        left, right = (prepared.events.has("event_id", ids) for ids in (["e-gate", "e-day"], ["e-gate", "e-fair"]))
        return draw_pair(pair_lanes(prepared, left, right, NAMES), (date(2020, 1, 1), date(2025, 12, 31)))

    def test_the_two_sides_are_the_only_lanes_and_share_events(self) -> None:
        drawing = self.drawn()
        assert (drawing.events, drawing.lanes) == (2, 2)
        assert "Cao Bằng 1" in drawing.description
        assert "Ministry of Foreign Affairs of Vietnam 2" in drawing.description

    def test_axes_of_both_charts_stand_in_line(self) -> None:
        lanes, counts = self.drawn().chart.to_dict()["config"]["axisY"], spec()["config"]["axisY"]
        assert lanes == counts
        assert lanes["minExtent"] == lanes["maxExtent"]

    def test_table_behind_the_lanes_is_not_touched(self) -> None:
        prepared = prepare(sample_tables().events, "event_type")
        nothing = np.zeros(len(prepared.events), dtype=bool)
        pair = pair_lanes(prepared, nothing, nothing, NAMES)
        assert not pair.shown.any()
        assert prepared.column == "event_type"
        assert prepared.shown.sum() == 5

    def test_pointer_is_told_todays_provinces_where_those_are_compared(self) -> None:
        events = sample_tables().events.assign(date_edtf="2025-08-25", date_start="2025-08-25", date_end="2025-08-25", date_precision="day")
        deal = events["event_id"].eq("e-deal").to_numpy(dtype=bool)
        pair = pair_lanes(prepare(events), deal, deal, ("A", "B"))
        domain = (date(2025, 1, 1), date(2025, 12, 31))
        told = [draw_pair(pair, domain, now=now).chart.to_dict() for now in (False, True)]
        where = [{row["where"] for row in chart["datasets"][chart["data"]["name"]]} for chart in told]
        assert where == [{"Cao Bằng; Hà Giang"}, {"Cao Bằng; Tuyên Quang"}]


class TestDomain:
    def test_whole_years_within_the_readers_bounds(self) -> None:
        assert common_domain([2023, 2020]) == (date(2020, 1, 1), date(2023, 12, 31))
        assert common_domain([2020, 2023], since=date(2021, 5, 1)) == (date(2021, 5, 1), date(2023, 12, 31))

    def test_bounds_the_wrong_way_round_are_left_alone(self) -> None:
        assert common_domain([2020, 2023], since=date(2030, 1, 1)) == (date(2020, 1, 1), date(2023, 12, 31))
