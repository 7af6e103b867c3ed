import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import running
from tests.app.running import html
from tests.app.sample import event_rows, sample_tables
from timeline import store


def script() -> None:
    """The page as the app calls it, without what stands around it."""
    from timeline.app import data, filters, language, map_page, state
    from timeline.app.view import View

    shelf, entries = data.load(data.folder()), data.entries()
    state.sync("map_page", shelf.archive.events)
    language.settle(state.get("lang"))
    chosen = filters.conditions(shelf.facets, entries)
    state.write_url()
    map_page.render(View.of(shelf, chosen, entries, now=state.get("now")))


run = partial(running.run, script)


def told(app: AppTest) -> str:
    return html(app).split('role="status">')[1].split("</p>")[0]


def table(app: AppTest) -> dict[str, list[str]]:
    """The rows of the table twin, by place."""
    rows = html(app).split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    cells = [[cell.split("<")[0] for cell in row.replace("<td>", "|").replace('<th scope="row">', "|").split("|")[1:]] for row in rows]
    return {name: rest for name, *rest in cells}


def described(app: AppTest) -> str:
    return str(json.loads(app.get("vega_lite_chart")[0].proto.spec)["description"])


def group(app: AppTest, label: str) -> Any:
    groups: list[Any] = list(app.get("button_group"))
    return next(one for one in groups if one.label == label)


def press(app: AppTest, label: str, values: list[str]) -> None:
    group(app, label).set_value(values)
    app.run()
    assert not app.exception


@pytest.mark.usefixtures("built")
class TestPage:
    def test_map_stands_above_the_same_as_buttons_and_as_a_table(self) -> None:
        app = run()
        assert len(app.get("vega_lite_chart")) == 1
        assert told(app) == "7 events meet the filters. 1 event names no province and no gate."
        rows = table(app)
        assert rows["Cao Bằng"] == ["Province", "高平", "", "3"]
        assert rows["Trà Lĩnh–Longbang"] == ["Border gate", "龙邦", "bilateral gate; international gate since 28 December 2023", "1"]
        assert group(app, "Border gates").options == [r"Trà Lĩnh–Longbang · 1"]

    def test_sentences_in_chinese_stand_without_spaces(self) -> None:
        assert "。 " not in told(run(lang="zh"))

    def test_button_filters_by_a_province_and_lets_it_go(self) -> None:
        app = run()
        press(app, "Provinces", ["Hà Nội"])
        assert told(app) == "2 events meet the filters."
        assert app.query_params["province"] == "Hà Nội"
        assert group(app, "Provinces").value == ["Hà Nội"]
        press(app, "Provinces", [])
        assert told(app).startswith("7 events")
        assert "province" not in app.query_params

    def test_button_filters_by_a_gate(self) -> None:
        app = run()
        press(app, "Border gates", ["Trà Lĩnh–Longbang"])
        assert told(app) == "1 event meets the filters."
        assert app.query_params["gate"] == "Trà Lĩnh–Longbang"

    def test_link_opens_the_same_map(self) -> None:
        app = run(province="Cao Bằng", focus="country")
        assert told(app) == "3 events meet the filters."
        assert group(app, "Provinces").value == ["Cao Bằng"]
        assert described(app).startswith("Map of Vietnam, Guangxi and Yunnan")
        assert app.query_params["focus"] == "country"

    def test_focus_that_does_not_exist_shows_the_border(self) -> None:
        assert described(run(focus="moon")).startswith("Map of the Vietnam–China border")

    def test_provinces_are_those_of_today_where_the_view_says_so(self) -> None:
        assert "Hà Giang" in table(run())
        today = table(run(now="yes"))
        assert "Tuyên Quang" in today
        assert "Hà Giang" not in today

    def test_chosen_province_keeps_its_button_when_nothing_of_it_is_left(self) -> None:
        app = run(province=["Cao Bằng", "Lạng Sơn"], **{"from": "2024"})
        assert group(app, "Provinces").value == ["Cao Bằng", "Lạng Sơn"]

    def test_nothing_left_says_what_to_loosen_and_draws_no_map(self) -> None:
        app = run(province="Hà Nội", gate="Trà Lĩnh–Longbang")
        assert app.get("vega_lite_chart") == []
        assert app.info[0].value.startswith("No event meets all of these conditions.")


def test_names_are_shown_as_they_stand(built: Path) -> None:
    rows = [row | {"provinces": ["<b>*x*</b>"]} if row["event_id"] == "e-gate" else row for row in event_rows()]
    store.save(sample_tables(events=rows), built)
    app = run()
    assert "<b>*x*" not in html(app)
    assert "&lt;b&gt;*x*&lt;/b&gt;" in html(app)


def test_events_beyond_the_map_are_told(built: Path) -> None:
    rows = [row | {"provinces": ["Fujian"]} if row["event_id"] == "e-conference" else row for row in event_rows()]
    store.save(sample_tables(events=rows), built)
    assert told(run()) == "7 events meet the filters. 1 event names no province and no gate. 1 event lies beyond this map: Fujian."
    assert told(run(province="Hà Nội")) == "1 event meets the filters."


class TestClick:
    """What a click in the browser sends: AppTest cannot click in a chart, so the callback is called."""

    @pytest.fixture
    def session(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        held: dict[str, Any] = {}
        monkeypatch.setattr("streamlit.session_state", held)
        return held

    def click(self, session: dict[str, Any], *rows: dict[str, Any]) -> None:
        from timeline.app import map_page

        session["map"] = {"selection": {"place": list(rows)} if rows else {}}
        map_page._clicked("map")

    def test_click_puts_a_place_into_its_filter_and_the_next_takes_it_out(self, session: dict[str, Any]) -> None:
        from timeline.app import state

        hanoi, gate = {"kind": "province", "name": "Hà Nội"}, {"kind": "gate", "name": "Trà Lĩnh–Longbang"}
        self.click(session, hanoi)
        self.click(session, hanoi, gate)
        assert (state.get("province"), state.get("gate")) == (["Hà Nội"], ["Trà Lĩnh–Longbang"])
        self.click(session, gate)
        assert (state.get("province"), state.get("gate")) == ([], ["Trà Lĩnh–Longbang"])

    def test_click_on_a_place_whose_filter_was_cleared_elsewhere_sets_it_again(self, session: dict[str, Any]) -> None:
        from timeline.app import state

        self.click(session, {"kind": "province", "name": "Hà Nội"})
        state.set("province", [])
        self.click(session)
        assert state.get("province") == ["Hà Nội"]

    def test_chart_that_comes_back_without_its_marks_begins_anew(self, session: dict[str, Any]) -> None:
        from timeline.app import clicks, state

        hanoi, gate = {"kind": "province", "name": "Hà Nội"}, {"kind": "gate", "name": "Trà Lĩnh–Longbang"}
        self.click(session, hanoi)
        del session["map"]  # as Streamlit does when another page is opened
        clicks.settle("map")
        self.click(session, gate)
        assert (state.get("province"), state.get("gate")) == (["Hà Nội"], ["Trà Lĩnh–Longbang"])

    def test_click_on_the_ground_and_unknown_kinds_do_nothing(self, session: dict[str, Any]) -> None:
        from timeline.app import state

        self.click(session, {"kind": None, "name": None}, {"kind": "event", "name": "e-gate"}, {"name": "border"})
        assert state.get("province") == []
        assert state.get("event") is None
