"""Lanes, tooltips and the chart in words bear the names of the reader's language; what a click tells stays canonical."""

from datetime import date
from typing import Any

import pytest

from tests.app.sample import sample_tables
from timeline import i18n, knowledge
from timeline.charts import draw, prepare
from timeline.charts.compare import draw_pair, pair_lanes
from timeline.charts.lanes import lane_name
from timeline.naming import Naming

EVENTS = sample_tables().events


@pytest.fixture(scope="module")
def entries() -> knowledge.Tables:
    return knowledge.load_entries()


def drawn(entries: knowledge.Tables, language: str, lane: str) -> Any:
    return draw(EVENTS, lane, words=i18n.words(language), naming=Naming(entries, language))


def rows(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["event_id"]: row for row in spec["datasets"][spec["data"]["name"]]}


@pytest.mark.parametrize(
    ("language", "lane", "names"),
    [
        ("zh", "provinces", ["广西", "高平"]),
        ("vi", "provinces", ["Quảng Tây", "Cao Bằng"]),
        ("zh", "actors", ["越南外交部", "高平省人民委员会", "吴黎文"]),
        ("vi", "actors", ["Bộ Ngoại giao", "Ủy ban nhân dân tỉnh Cao Bằng", "Ngô Lê Văn"]),
        ("zh", "border_gates", ["茶岭—龙邦"]),
        ("vi", "border_gates", ["Trà Lĩnh – Long Bang"]),
    ],
)
def test_lanes_and_the_chart_in_words(entries: knowledge.Tables, language: str, lane: str, names: list[str]) -> None:
    drawing = drawn(entries, language, lane)
    axes = str(drawing.chart.to_dict()["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]).encode().decode("unicode_escape")
    for name in names:
        assert name in drawing.description
        assert all(word in axes for word in name.split())


def test_tooltips(entries: knowledge.Tables) -> None:
    row = rows(drawn(entries, "zh", "provinces").chart.to_dict())["e-gate"]
    assert (row["where"], row["who"]) == ("高平；广西", "高平省人民委员会")
    row = rows(drawn(entries, "vi", "provinces").chart.to_dict())["e-gate"]
    assert (row["where"], row["who"]) == ("Cao Bằng; Quảng Tây", "Ủy ban nhân dân tỉnh Cao Bằng")


def test_two_sides_have_such_tooltips_too(entries: knowledge.Tables) -> None:
    prepared, all_of_it = prepare(EVENTS, "event_type"), [True] * len(EVENTS)
    pair = pair_lanes(prepared, prepared.only(all_of_it).shown, prepared.only(all_of_it).shown, ("左", "右"))
    drawing = draw_pair(pair, (date(2019, 1, 1), date(2026, 1, 1)), words=i18n.words("zh"), naming=Naming(entries, "zh"))
    assert {row["where"] for row in rows(drawing.chart.to_dict()).values()} >= {"高平；广西", "谅山；广西"}


def test_names_stand_as_they_are_without_a_naming() -> None:
    assert lane_name("Guangxi", "provinces", i18n.words("zh")) == "Guangxi"
