import itertools
import json
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from tests.app.sample import sample_tables
from timeline import i18n, knowledge
from timeline.charts.map import FRAMES, PLACE, map_chart
from timeline.charts.map_labels import WIDTHS, Frame, Label, Placed, place_labels, spread
from timeline.charts.map_rows import Look
from timeline.charts.outline import outline, outline_path
from timeline.charts.places import SHAPES, class_in_words, class_of, counts_frame, has_position, place_counts, say_off_the_map
from timeline.knowledge import Gate
from timeline.naming import Naming
from timeline.tables import events_frame

NEAR = 0.15  # degrees: most gates' positions are known to about 0.1


@pytest.fixture(scope="module")
def entries() -> knowledge.Tables:
    return knowledge.load_entries()


@pytest.fixture
def events() -> pd.DataFrame:
    return sample_tables().events


def spec(events: pd.DataFrame, entries: knowledge.Tables, **options: Any) -> dict[str, Any]:
    chart: dict[str, Any] = map_chart(events, entries.gates.values(), entries.provinces.values(), **options).to_dict()
    return chart


def rows(chart: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """The rows of the layer that draws provinces or gates, by name."""
    layers = [layer for layer in chart["layer"] if "description" in layer.get("encoding", {})]
    found = [chart["datasets"][layer["data"]["name"]] for layer in layers]
    return {row["name"]: row for data in found for row in data if row["kind"] == kind}


def labels(chart: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is written on the map, by its text."""
    layers = [layer for layer in chart["layer"] if layer["mark"]["type"] == "text"]
    return {row["label"]: row for layer in layers for row in chart["datasets"][layer["data"]["name"]]}


def rings(geometry: Any) -> list[Sequence[Sequence[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def contains(geometry: Any, point: Sequence[float]) -> bool:
    """Whether a ray to the east crosses the rings an odd number of times."""
    x, y = point
    inside = False
    for ring in rings(geometry):
        for (x0, y0), (x1, y1) in itertools.pairwise(ring):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                inside = not inside
    return inside


def distance(line: Sequence[Sequence[float]], point: Sequence[float]) -> float:
    """From a point to the nearest of a line, in degrees."""
    found = math.inf
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        length = (x1 - x0) ** 2 + (y1 - y0) ** 2
        share = ((point[0] - x0) * (x1 - x0) + (point[1] - y0) * (y1 - y0)) / length if length else 0.0
        share = min(max(share, 0.0), 1.0)
        found = min(found, math.dist(point, (x0 + share * (x1 - x0), y0 + share * (y1 - y0))))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class TestOutline:
    def test_every_province_has_exactly_one_outline_then_and_now(self, entries: knowledge.Tables) -> None:
        features = json.loads(outline_path().read_text(encoding="utf-8"))["features"]
        vietnamese = [row for row in entries.provinces.values() if row.country == "VN"]
        wanted = {
            "then": sorted([row.name for row in vietnamese if not row.since] + ["Guangxi", "Yunnan"]),
            "now": sorted([row.name for row in vietnamese if not row.merged_into] + ["Guangxi", "Yunnan"]),
        }
        for layer, names in wanted.items():
            assert sorted(feature["name"] for feature in features if feature["layer"] == layer) == names

    def test_todays_units_are_made_of_those_that_the_table_merges(self, entries: knowledge.Tables) -> None:
        for unit in outline().now.values():
            if unit.country == "VN":
                wanted = {row.name for row in entries.provinces.values() if (row.merged_into or row.name) == unit.name}
                assert set(unit.parts) == wanted

    @pytest.mark.parametrize("now", [False, True])
    def test_every_label_stands_in_its_unit(self, now: bool) -> None:
        assert [unit.name for unit in outline().units(now).values() if not contains(unit.geometry, unit.label)] == []

    def test_a_merged_unit_covers_its_parts(self) -> None:
        ground = outline()
        assert all(contains(unit.geometry, ground.then[part].label) for unit in ground.now.values() for part in unit.parts)

    def test_provinces_lie_where_they_should(self) -> None:
        cities = {
            "Bắc Kạn": (105.83, 22.15),
            "Đồng Nai": (106.82, 10.95),
            "Hưng Yên": (106.05, 20.72),
            "Cao Bằng": (106.26, 22.67),
            "Hà Nội": (105.85, 21.02),
            "Guangxi": (108.32, 22.82),
            "Yunnan": (102.83, 24.88),
        }
        assert all(contains(outline().then[name].geometry, point) for name, point in cities.items())

    def test_every_gate_lies_at_the_border_and_in_or_near_its_province(self, entries: knowledge.Tables) -> None:
        ground = outline()
        known = [gate for gate in entries.gates.values() if has_position(gate)]
        assert len(known) > 30
        for gate in known:
            point = (float(gate.lon), float(gate.lat))
            assert distance(ground.border["coordinates"], point) < NEAR, gate.pair
            for name in (gate.vn_province, gate.cn_province):
                shape = ground.then[name].geometry
                assert contains(shape, point) or min(distance(ring, point) for ring in rings(shape)) < NEAR, (gate.pair, name)

    def test_outer_rings_run_clockwise(self) -> None:
        ground = outline()
        for unit in (*ground.then.values(), *ground.now.values()):
            for ring in rings(unit.geometry)[:1]:
                assert sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)) < 0, unit.name

    def test_file_is_small(self) -> None:
        assert outline_path().stat().st_size < 300_000


class TestCounts:
    def test_an_event_counts_for_each_of_its_places(self, events: pd.DataFrame) -> None:
        counts = place_counts(events)
        assert list(counts.itertuples(index=False, name=None)) == [
            ("province", "Cao Bằng", 3),
            ("province", "Guangxi", 2),
            ("province", "Hà Nội", 2),
            ("province", "Hà Giang", 1),
            ("province", "Lạng Sơn", 1),
            ("gate", "Trà Lĩnh–Longbang", 1),
        ]

    def test_provinces_are_those_of_today_where_that_is_asked(self, events: pd.DataFrame) -> None:
        names = set(place_counts(events, now=True)["name"])
        assert "Tuyên Quang" in names
        assert "Hà Giang" not in names

    def test_none_of_no_events(self, events: pd.DataFrame) -> None:
        assert place_counts(events.iloc[:0]).empty

    def test_events_that_the_map_cannot_show_are_told_in_words(self) -> None:
        assert say_off_the_map(2, 1, ["Fujian"]) == ["2 events name no province and no gate.", "1 event lies beyond this map: Fujian."]
        assert say_off_the_map(0, 0, []) == []
        assert say_off_the_map(0, 2, "BA", i18n.words("zh"))[0].endswith("A、B。")

    def test_class_is_the_latest_and_told_with_its_beginning(self, entries: knowledge.Tables) -> None:
        gate = entries.gates["Trà Lĩnh–Longbang"]
        assert class_of(gate) == "international"
        assert class_in_words(gate) == "bilateral gate; international gate since 28 December 2023"
        assert class_in_words(Gate("A–B")) == "class not known"
        assert "；" in class_in_words(gate, i18n.words("zh"))

    def test_every_class_of_the_table_has_its_shape(self, entries: knowledge.Tables) -> None:
        assert {step.partition("@")[0] for gate in entries.gates.values() for step in gate.class_} <= set(SHAPES)
        assert len(set(SHAPES.values())) == len(SHAPES)
        assert set(SHAPES) == set(i18n.GATE_CLASSES)


class TestChart:
    def test_more_events_give_a_darker_tint_and_a_number(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        chart = spec(events, entries)
        drawn = rows(chart, "province")
        assert [drawn[name]["events"] for name in ("Cao Bằng", "Guangxi", "Hà Giang", "Yunnan")] == [3, 2, 1, 0]
        tints = [luminance(drawn[name]["fill"]) for name in ("Cao Bằng", "Guangxi", "Hà Giang", "Yunnan")]
        assert tints == sorted(tints)
        assert len(set(tints)) == 4
        assert {"Cao Bằng · 3", "Guangxi · 2", "Hà Giang · 1", "Yunnan"} <= set(labels(chart))

    def test_number_stands_alone_where_the_name_has_no_room(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        written = labels(spec(events, entries))["Cao Bằng · 3"]
        assert written["number"] == "3"
        assert WIDTHS[0] < written["from_width"] <= WIDTHS[-1]

    def test_all_63_provinces_are_drawn_then_and_34_now(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        assert len(rows(spec(events, entries), "province")) == 63 + 2
        today = rows(spec(events, entries, now=True), "province")
        assert len(today) == 34 + 2
        assert today["Tuyên Quang"]["parts"] == "Hà Giang, Tuyên Quang"
        assert today["Tuyên Quang"]["events"] == 1

    def test_gate_is_told_in_vietnamese_pinyin_and_hanzi_with_class_and_position(
        self, events: pd.DataFrame, entries: knowledge.Tables
    ) -> None:
        chart = spec(events, entries)
        gate = rows(chart, "gate")["Trà Lĩnh–Longbang"]
        assert (gate["vietnamese"], gate["pinyin"], gate["hanzi"]) == ("Trà Lĩnh", "Longbang", "龙邦")
        assert gate["classes"].endswith("international gate since 28 December 2023")
        assert gate["position"] == "to about 0.1 degree, some 10 km"
        assert gate["events"] == 1
        tooltip = [entry["title"] for entry in chart["layer"][-1]["encoding"]["tooltip"]]
        assert tooltip == ["Border gate", "Vietnamese name", "Pinyin", "Chinese name", "Class", "Events", "Position"]

    def test_pointer_is_told_numbers_as_the_reader_writes_them(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        counted = counts_frame({"Yunnan": 12345}, {"Chi Ma–Aidian": 1234})
        chart = spec(events, entries, counted=counted, words=i18n.words("vi"))
        assert rows(chart, "province")["Yunnan"]["told"] == "12.345"
        assert rows(chart, "gate")["Chi Ma–Aidian"]["told"] == "1.234"
        fields = [{entry["field"] for entry in layer.get("encoding", {}).get("tooltip") or ()} for layer in chart["layer"]]
        assert sum("told" in held for held in fields) == 3
        assert not any("events" in held for held in fields)

    def test_gate_with_events_is_larger_and_filled(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        drawn = rows(spec(events, entries), "gate")
        busy, idle = drawn["Trà Lĩnh–Longbang"], drawn["Chi Ma–Aidian"]
        assert busy["size"] > idle["size"]
        assert busy["fill"] != idle["fill"]

    def test_gates_of_one_place_do_not_hide_each_other(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        drawn = [(row["lon"], row["lat"]) for row in rows(spec(events, entries), "gate").values()]
        assert min(math.dist(a, b) for k, a in enumerate(drawn) for b in drawn[:k]) > 0.06
        for gate in entries.gates.values():
            if gate.coords_basis == "source":
                assert (float(gate.lon), float(gate.lat)) in drawn

    def test_the_whole_country_shows_only_gates_with_events_or_chosen(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        drawn = rows(spec(events, entries, focus="country", selected_gates=["Chi Ma–Aidian"]), "gate")
        assert set(drawn) == {"Trà Lĩnh–Longbang", "Chi Ma–Aidian"}

    def test_click_selects_kind_and_name_of_a_place(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        (click,) = (one for one in spec(events, entries)["params"] if "select" in one)
        assert click["name"] == PLACE
        assert click["select"]["fields"] == ["kind", "name"]

    def test_chosen_places_are_outlined(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        chart = spec(events, entries, selected_provinces=["Cao Bằng"], selected_gates=["Chi Ma–Aidian"])
        outlined = [layer for layer in chart["layer"] if layer["mark"]["type"] == "geoshape" and layer["mark"].get("filled") is False]
        assert [row["name"] for layer in outlined for row in chart["datasets"][layer["data"]["name"]]] == ["Cao Bằng"]
        gates = rows(chart, "gate")
        assert gates["Chi Ma–Aidian"]["wide"] > gates["Trà Lĩnh–Longbang"]["wide"]

    def test_a_filter_changes_only_the_rows(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        def still(chart: dict[str, Any]) -> str:
            kept = {name: data for name, data in chart["datasets"].items() if name in ("land", "then")}
            names = [layer.pop("data") for layer in chart["layer"]]
            assert len(names) == len(chart["layer"])
            return json.dumps({**chart, "datasets": kept})

        whole, filtered = spec(events, entries), spec(events.iloc[:1], entries, selected_provinces=["Cao Bằng"])
        for chart in (whole, filtered):  # Altair numbers its views
            for layer in chart["layer"]:
                layer.pop("name", None)
            chart["params"][0].pop("views")
        assert still(whole) == still(filtered)

    @pytest.mark.parametrize("dark", [False, True])
    def test_ink_is_legible_on_every_tint(self, dark: bool) -> None:
        look = Look(dark)
        grounds = [look.tint(share / 20) for share in range(21)] + [look.land]
        assert min(contrast(look.ink, ground) for ground in grounds) >= 4.5
        assert contrast(look.chosen, look.empty) >= 3
        assert contrast(look.border, look.empty) >= 3

    @pytest.mark.parametrize("language", ["en", "vi", "zh"])
    @pytest.mark.parametrize("focus", ["border", "country"])
    def test_draws_in_every_language_without_events(self, entries: knowledge.Tables, focus: str, language: str) -> None:
        chart = spec(events_frame([]), entries, focus=focus, words=i18n.words(language), dark=True)
        assert {row["events"] for row in rows(chart, "province").values()} == {0}
        assert chart["description"]

    def test_counts_that_are_given_are_not_counted_again(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        chart = spec(events, entries, counted=counts_frame({"Yunnan": 7}, {"Chi Ma–Aidian": 2}))
        assert {name for name, row in rows(chart, "province").items() if row["events"]} == {"Yunnan"}
        assert rows(chart, "gate")["Chi Ma–Aidian"]["events"] == 2

    def test_needs_neither_gates_nor_names(self, events: pd.DataFrame) -> None:
        assert map_chart(events, []).to_dict()["layer"]

    def test_markup_in_a_name_stays_text(self, events: pd.DataFrame) -> None:
        gate = Gate("<b>A</b>–B", vn_name="<b>A</b>", lat="22", lon="106")
        assert rows(map_chart(events, [gate]).to_dict(), "gate")["<b>A</b>–B"]["classes"] == "class not known"


class TestNames:
    """A Chinese or Vietnamese reader sees names of their own, and a click tells the canonical one."""

    def shown(self, events: pd.DataFrame, entries: knowledge.Tables, language: str) -> dict[str, Any]:
        return spec(events, entries, words=i18n.words(language), naming=Naming(entries, language))

    def test_labels_and_text_alternatives_are_in_the_language(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        chart = self.shown(events, entries, "zh")
        assert {"广西 · 2", "高平 · 3", "龙邦 · 1"} <= set(labels(chart))
        assert rows(chart, "province")["Guangxi"]["said"] == "广西：2个事件"
        chart = self.shown(events, entries, "vi")
        assert {"Quảng Tây · 2", "Cao Bằng · 3", "Trà Lĩnh · 1"} <= set(labels(chart))
        assert rows(chart, "gate")["Trà Lĩnh–Longbang"]["said"].startswith("Trà Lĩnh – Long Bang")

    def test_a_pointer_is_told_the_name_in_the_language_and_in_the_other_writing(
        self, events: pd.DataFrame, entries: knowledge.Tables
    ) -> None:
        chart = self.shown(events, entries, "zh")
        told = [
            [one["field"] for one in layer["encoding"]["tooltip"]] for layer in chart["layer"] if "tooltip" in layer.get("encoding", {})
        ]
        assert told[0][:2] == ["shown", "other"]
        assert told[-1][0] == "shown"
        province, gate = rows(chart, "province")["Guangxi"], rows(chart, "gate")["Trà Lĩnh–Longbang"]
        assert (province["shown"], province["other"], gate["shown"]) == ("广西", "Guangxi", "茶岭—龙邦")

    def test_provinces_that_were_merged_are_named_so_too(self, events: pd.DataFrame, entries: knowledge.Tables) -> None:
        chart = spec(events, entries, now=True, words=i18n.words("zh"), naming=Naming(entries, "zh"))
        assert rows(chart, "province")["Tuyên Quang"]["parts"] == "河江、宣光"


def test_the_browser_reckons_the_same_height_as_the_labels_are_placed_for(events: pd.DataFrame, entries: knowledge.Tables) -> None:
    for focus, frame in FRAMES.items():
        formula = next(one["expr"] for one in spec(events, entries, focus=focus)["params"] if one["name"] == "height")
        for width in (300, 500, 1100):
            assert eval(formula, {"max": max, "min": min, "width": width}) == frame.height_at(width)


class TestLabels:
    frame = Frame(100.0, 20.0, 110.0, 24.0, height=500, ratio=9.0, least=500)

    def test_frame_is_fitted_into_the_plot(self) -> None:
        for frame in (*FRAMES.values(), self.frame):
            for width in WIDTHS:
                corners = [frame.place((lon, lat), width) for lon in (frame.west, frame.east) for lat in (frame.south, frame.north)]
                assert all(-0.01 <= x <= width + 0.01 and -0.01 <= y <= frame.height_at(width) + 0.01 for x, y in corners)

    def test_plot_is_lower_on_a_narrow_page_but_not_too_low_to_read(self) -> None:
        frame = Frame(100.0, 20.0, 110.0, 24.0, height=500, ratio=0.5, least=200)
        assert [frame.height_at(width) for width in (300, 600, 1400)] == [200, 300, 500]

    def test_names_that_would_overlap_wait_for_a_wider_map_or_are_left_out(self) -> None:
        near = [Label(name, "A name of some length", (105.0 + k * 1.5, 22.0)) for k, name in enumerate("ab")]
        placed = place_labels(near, self.frame)
        assert placed["a"] == Placed(0, 0, WIDTHS[0])
        assert placed["b"].width > WIDTHS[0]
        same = [Label(name, "A name", (105.0, 22.0)) for name in "ab"]
        assert set(place_labels(same, self.frame)) == {"a"}

    def test_name_beside_a_mark_takes_the_side_that_is_free(self) -> None:
        mark = Label("a", "Name", (105.0, 22.0), radius=5)
        assert place_labels([mark], self.frame, [mark])["a"].across == 1
        wall = Label("wall", "", (105.3, 22.0), radius=8)
        assert place_labels([mark], self.frame, [mark, wall])["a"].across == -1

    def test_name_stays_in_the_plot(self) -> None:
        mark = Label("a", "A name at the edge", (109.95, 22.0), radius=5)
        assert place_labels([mark], self.frame)["a"].across == -1

    def test_points_are_spread_only_where_they_are_too_near(self) -> None:
        spread_out = spread([(1.0, 1.0), (1.0, 1.0), (2.0, 2.0), (1.01, 1.0)], 0.1)
        assert spread_out[0] == (1.0, 1.0)
        assert spread_out[2] == (2.0, 2.0)
        assert min(math.dist(a, b) for k, a in enumerate(spread_out) for b in spread_out[:k]) >= 0.099
