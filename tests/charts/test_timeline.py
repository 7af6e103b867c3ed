import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.app.sample import event_rows, sample_tables
from tests.charts.tables import event, many, table
from timeline.charts import KINDS, draw, gate_bands, prepare, timeline_chart
from timeline.charts.palette import OTHER, STYLES
from timeline.i18n import Words, words
from timeline.knowledge.entries import Gate
from timeline.tables import EVENT_TYPES, events_frame

ROOT = Path(__file__).parents[2]

OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999"}
EVENTS = sample_tables().events
DAYS = [(date(2020, 1, 1) + timedelta(days=k)).isoformat() for k in range(1800)]


def spec(events: Any, **options: Any) -> dict[str, Any]:
    return timeline_chart(events, **options).to_dict()


def rows(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """The data of the single events, which the chart itself holds."""
    found: list[dict[str, Any]] = chart["datasets"][chart["data"]["name"]]
    return found


def layers(chart: dict[str, Any], **own: str) -> list[dict[str, Any]]:
    """Layers that show these fields."""
    return [layer for layer in chart["layer"] if all(layer["encoding"].get(name, {}).get("field") == field for name, field in own.items())]


def own_rows(chart: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart["datasets"][layer["data"]["name"]]
    return found


def lane_labels(chart: dict[str, Any]) -> list[str]:
    label = chart["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    return [" ".join(lines) for lines in json.loads(label[1 : label.rindex(")[")]).values()]


def test_every_time_axis_is_utc_and_explicit() -> None:
    axes = [layer["encoding"]["x"] for layer in spec(EVENTS)["layer"] if "x" in layer["encoding"]]
    assert axes
    assert all(axis["scale"]["type"] == "utc" and len(axis["scale"]["domain"]) == 2 for axis in axes)


@pytest.mark.parametrize("events", [EVENTS, EVENTS.iloc[:0], table(*DAYS)], ids=["few", "none", "dense"])
def test_what_the_page_listens_to_is_always_there(events: pd.DataFrame) -> None:
    params = {param["name"]: param for param in spec(events)["params"]}
    assert params["event"]["select"]["fields"] == ["event_id"]
    assert params["bin"]["select"]["fields"] == ["start", "end"]


def test_wheel_and_finger_alone_go_on_scrolling_the_page() -> None:
    move = next(param for param in spec(EVENTS)["params"] if param["name"] == "move")
    assert move["bind"] == "scales"
    assert "ctrlKey" in move["select"]["zoom"]
    assert "shiftKey" in move["select"]["translate"]


def test_tooltip_says_the_date_as_text() -> None:
    chart = spec(EVENTS)
    tooltip = {entry["title"]: entry for entry in chart["layer"][-1]["encoding"]["tooltip"]}
    assert list(tooltip) == ["Event", "When", "How precisely", "Known from", "Where", "Who", "Series"]
    assert all(entry["type"] == "nominal" for entry in tooltip.values())
    said = {row["event_id"]: row["when"] for row in rows(chart)}
    assert said["e-conference"] == "25 August 2025"
    assert said["e-gate"] == "some time in 2020–2025"


def test_undated_events_are_not_drawn() -> None:
    assert {row["event_id"] for row in rows(spec(EVENTS))} == {"e-gate", "e-conference", "e-session", "e-fair", "e-decree"}


def test_masked_events_are_not_drawn() -> None:
    shown = prepare(EVENTS).only(EVENTS["event_type"] == "conference")
    assert {row["event_id"] for row in rows(spec(shown))} == {"e-conference", "e-session"}


def test_prepared_table_draws_the_same_chart() -> None:
    assert spec(prepare(EVENTS, "actors")) == spec(EVENTS, lane="actors")


def test_lanes_are_named_on_the_axis_and_in_the_description() -> None:
    chart = spec(EVENTS, order=["Guangxi", "Cao Bằng"], no_lane="nowhere")
    assert lane_labels(chart) == ["Guangxi", "Cao Bằng", "Hà Nội", "Lạng Sơn", "nowhere"]
    assert "5 lanes: Guangxi 2, Cao Bằng 1, Hà Nội 2, Lạng Sơn 1, nowhere 1." in chart["description"]


def test_name_of_a_lane_cannot_break_out_of_its_expression() -> None:
    row = event_rows()[0] | {"provinces": ['"];alert(1)//']}
    assert lane_labels(spec(events_frame([row]))) == ['"];alert(1)//']


def test_lanes_of_codes_are_named_in_words() -> None:
    assert set(lane_labels(spec(EVENTS, lane="event_type"))) == {"Conference", "Border gate", "Exchange", "Policy"}
    assert {"Czech", "Vietnamese"} <= set(lane_labels(spec(EVENTS, lane="languages")))
    assert {"Tiếng Séc", "Tiếng Việt"} <= set(lane_labels(spec(EVENTS, lane="languages", words=Words("vi"))))


def test_titles_and_dates_are_in_the_readers_language() -> None:
    events = events_frame([event(1, "2025-08-25", title_vi="Hội nghị", title_zh="会议"), event(2, "2025-08-26", title="Fair")])
    said = {language: [row["said"] for row in rows(spec(events, words=Words(language)))] for language in ("en", "vi", "zh")}
    assert said["en"] == ["Event 1, 25 August 2025", "Fair, 26 August 2025"]
    assert said["vi"] == ["Hội nghị, 25/8/2025", "Fair, 26/8/2025"]
    assert said["zh"][0] == "会议、2025年8月25日"


@pytest.mark.parametrize(("language", "march"), [("en", "Mar"), ("vi", "thg 3"), ("zh", "3月")])
def test_months_on_the_axis_are_in_the_readers_language(language: str, march: str) -> None:
    time = spec(EVENTS, words=words(language))["config"]["locale"]["time"]
    assert time["shortMonths"][2] == march
    assert len(time["days"]) == 7


def test_drawing_in_one_language_leaves_the_dates_of_others_alone() -> None:
    code = (
        "from timeline.charts.axes import locale_of; from timeline.i18n import words; "
        "[locale_of(words(code)) for code in ('en', 'vi', 'zh')]; "
        "from timeline.dates.templates import cldr_words; print(dict(cldr_words('ro', 'months'))[1])"
    )
    # In a process of its own: where a language has been read before, nothing could go wrong any more.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.startswith("ian")


def test_pointer_is_told_the_provinces_that_the_lanes_are_of() -> None:
    events = table("2025-08-25", provinces=["Hà Giang", "Guangxi"], provinces_now=["Tuyên Quang", "Guangxi"])

    def where(**options: Any) -> set[str]:
        return {row["where"] for row in rows(draw(events, **options).chart.to_dict())}

    assert where() == {"Hà Giang; Guangxi"}
    assert where(lane="provinces_now") == where(lane="actors", now=True) == {"Tuyên Quang; Guangxi"}


def test_lists_are_joined_as_each_language_joins_them() -> None:
    chart = spec(table("2025-08-25", provinces=["A", "B"], actors=["C", "D"]), words=words("zh"))
    assert {(row["where"], row["who"]) for row in rows(chart)} == {("A；B", "C；D")}
    assert "A 1、B 1" in chart["description"]
    assert ": " not in chart["description"]


def test_legend_shows_only_types_that_are_there_and_all_keep_their_place() -> None:
    chart = spec(EVENTS)
    for channel in ("fill", "shape", "stroke"):
        looks = [layer["encoding"][channel] for layer in chart["layer"] if channel in layer["encoding"]]
        assert looks
        for look in looks:
            assert look["legend"]["values"] == ["Border gate", "Conference", "Exchange", "Policy"]
            assert len(look["scale"]["domain"]) == len(look["scale"]["range"]) == len(STYLES) + 1


@pytest.mark.parametrize("none", ["no rows", "only undated", "other window"])
def test_chart_without_dated_events_says_so(none: str) -> None:
    domain = (date(1990, 1, 1), date(1991, 1, 1)) if none == "other window" else None
    events = EVENTS.iloc[:0] if none == "no rows" else EVENTS if domain else EVENTS[EVENTS["date_start"] == ""]
    chart = spec(events, domain=domain)
    assert "No dated event" in json.dumps(chart)
    assert chart["description"] == "Timeline without dated events."


def test_type_without_a_style_is_drawn_as_other() -> None:
    assert rows(spec(events_frame([event_rows()[0] | {"event_type": "parade"}])))[0]["kind_of_event"] == OTHER.label


def test_only_vague_times_fade_and_only_where_the_window_does_not_cut_them() -> None:
    events = table("2022/2023", "2024~", "2024", "2024-05-01~", "2024-05-01/2024-06-01")
    found = {row["event_id"]: row for row in rows(spec(events, domain=(date(2023, 1, 1), date(2025, 1, 1))))}
    fading = {name for name, row in found.items() if row["fading"]}
    vague = set(events["event_id"][events["date_edtf"].isin(["2022/2023", "2024~"])])
    assert fading == vague
    cut = {row["event_id"]: (row["cut_left"], row["cut_right"]) for row in found.values() if row["fading"]}
    assert sorted(cut.values()) == [(False, False), (True, False)]


def test_bar_that_ends_with_the_window_is_not_cut_and_one_a_day_longer_is() -> None:
    cut = [
        rows(spec(table("2022/2023"), domain=(date(2022, 1, 1), last)))[0]["cut_right"] for last in (date(2023, 12, 31), date(2023, 12, 30))
    ]
    assert cut == [False, True]


def test_month_is_thinner_than_a_span_and_each_kind_is_explained() -> None:
    found = {row["kind"]: row for row in rows(spec(EVENTS))}
    assert found["part"]["bar2"] - found["part"]["bar"] < found["lasting"]["bar2"] - found["lasting"]["bar"]
    assert set(found) == set(KINDS)


def test_thin_bar_does_not_strike_through_its_title() -> None:
    row = rows(spec(table("2024"), domain=(date(2024, 1, 1), date(2024, 12, 31))))[0]
    assert row["side"] == "in"
    assert row["bar"] > row["middle"] + 1


def test_series_is_linked_behind_the_marks() -> None:
    chart = spec(table("2021-03-01", "2022-03-01", series="Meeting"))
    kinds = [layer["mark"]["type"] for layer in chart["layer"]]
    assert kinds.count("line") == 1
    assert kinds.index("line") < kinds.index("point")
    assert "line" not in [layer["mark"]["type"] for layer in spec(EVENTS)["layer"]]


def test_class_of_a_gate_is_a_band_behind_its_lane_that_changes_at_the_upgrade() -> None:
    bands = gate_bands([Gate("Trà Lĩnh–Longbang", class_=("bilateral", "international@2023-12-28")), Gate("C–D", class_=("rail",))])
    chart = spec(EVENTS, lane="border_gates", bands=bands)
    names = layers(chart, text="label")
    assert len(names) == 1
    drawn = own_rows(chart, names[0])
    assert [row["label"] for row in drawn] == ["bilateral gate", "international gate"]
    assert drawn[0]["x2"] == drawn[1]["x"] == 1_703_721_600_000
    assert drawn[0]["tint"] < drawn[1]["tint"]
    assert [row["begins"] for row in drawn] == [False, True]
    row = next(row for row in rows(chart) if row["lane"] == "Trà Lĩnh–Longbang")
    assert drawn[0]["top"] < drawn[0]["name_y"] < row["y"] < drawn[0]["bottom"]


def test_change_of_class_that_is_known_to_the_year_has_no_line() -> None:
    bands = gate_bands([Gate("Trà Lĩnh–Longbang", class_=("bilateral", "international@2022"))])
    chart = spec(EVENTS, lane="border_gates", bands=bands)
    assert [row["begins"] for row in own_rows(chart, layers(chart, text="label")[0])] == [False, False]
    assert not [layer for layer in chart["layer"] if layer["mark"]["type"] == "rule"]


def test_bands_of_lanes_or_times_that_are_not_drawn_are_left_out() -> None:
    bands = gate_bands([Gate("Trà Lĩnh–Longbang", class_=("bilateral", "international@2023-12-28"))])
    chart = spec(EVENTS, lane="border_gates", bands=bands, domain=(date(2024, 1, 1), date(2025, 12, 31)))
    assert [row["label"] for row in own_rows(chart, layers(chart, text="label")[0])] == ["international gate"]
    assert layers(spec(EVENTS, bands=bands), text="label") == []


class TestDenseLanes:
    """Blocks of counts."""

    def test_block_says_its_lane_time_and_count_and_can_be_clicked(self) -> None:
        chart = spec(table(*DAYS))
        target = layers(chart, description="said")[0]
        block = own_rows(chart, target)[0]
        assert block["said"] == "Cao Bằng, 1st quarter 2020: 91 events"
        assert (block["start"], block["end"]) == ("2020-01-01", "2020-03-31")
        assert target["mark"]["cursor"] == "pointer"
        assert [entry["title"] for entry in target["encoding"]["tooltip"]] == ["Lane", "When", "Events"]

    def test_fuller_block_has_the_stronger_tint_and_longer_ones_the_weakest(self) -> None:
        chart = spec(table(*DAYS, *DAYS[:40], *["2020/2024"] * 50))
        blocks = own_rows(chart, layers(chart, description="said")[0])
        tints = {int(block["text"]): block["tint"] for block in blocks if not block["across"]}
        assert tints[max(tints)] == max(tints.values()) <= 0.6
        assert max(block["tint"] for block in blocks if block["across"]) < min(tints.values())
        assert "that last longer or may lie elsewhere" in next(block["said"] for block in blocks if block["across"])

    def test_counts_are_written_as_the_reader_writes_them(self) -> None:
        chart = spec(table(*["2024-05-01"] * 1200), words=words("vi"), domain=(date(2024, 1, 1), date(2024, 12, 31)))
        (block,) = own_rows(chart, layers(chart, text="text")[0])
        assert block["text"] == "1.200"

    def test_block_in_chinese_has_chinese_marks(self) -> None:
        chart = spec(table(*DAYS), words=words("zh"))
        assert own_rows(chart, layers(chart, description="said")[0])[0]["said"].startswith("Cao Bằng、2020年第一季度：")

    def test_description_says_that_lanes_show_counts(self) -> None:
        assert "1 lane shows counts." in draw(table(*DAYS)).description
        assert "counts" not in draw(EVENTS).description


def test_drawing_tells_what_the_page_says_beside_it() -> None:
    rows = [event(k, "2024-05-01", provinces=[f"Province {k:03}"]) for k in range(60)]
    drawing = draw(events_frame(rows))
    assert (drawing.events, drawing.lanes, drawing.left_out, drawing.binned) == (60, 40, 20, 0)
    assert drawing.left_out_events == 20
    note = "20 more lanes had no room. 20 events stand in none of the lanes drawn."
    assert drawing.description.endswith(note)
    assert drawing.chart.to_dict()["usermeta"]["note"] == note
    assert draw(EVENTS).chart.to_dict()["usermeta"]["note"] == ""
    assert drawing.chart.to_dict()["height"] <= 1200


def test_description_is_that_of_the_chart() -> None:
    assert draw(EVENTS, no_lane="nowhere").description == spec(EVENTS, no_lane="nowhere")["description"]


def test_chart_of_very_many_events_is_no_larger_than_that_of_some() -> None:
    prepared = prepare(many(20_000, provinces="ABCDEFGH"))
    some = prepared.only(np.arange(20_000) % 10 == 0)
    assert len(json.dumps(spec(prepared))) < 1.3 * len(json.dumps(spec(some)))


def test_every_type_has_a_shape_of_its_own_and_a_colour_for_any_eye() -> None:
    assert set(STYLES) == set(EVENT_TYPES)
    assert {style.colour for style in STYLES.values()} == OKABE_ITO
    assert len({style.shape for style in STYLES.values()}) == len(STYLES)


def test_dark_ground_gets_light_ink() -> None:
    light, dark = spec(EVENTS)["config"], spec(EVENTS, dark=True)["config"]
    assert light["axis"]["labelColor"] == "#23272E"
    assert dark["axis"]["labelColor"] == "#E6E6E6"


def test_drawn_as_svg_so_that_marks_can_be_read_aloud() -> None:
    chart = spec(EVENTS)
    assert chart["usermeta"]["embedOptions"]["renderer"] == "svg"
    assert chart["layer"][-1]["encoding"]["description"]["field"] == "said"
