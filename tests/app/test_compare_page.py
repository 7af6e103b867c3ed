from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import running
from tests.app.running import chosen, html
from tests.app.sample import document_rows, mention_rows, sample_tables
from timeline import store


def script() -> None:
    """The page as the app calls it, without what stands around it."""
    import streamlit as st

    from timeline.app import compare_page, data, filters, language, state
    from timeline.app.view import View

    language.settle(st.query_params.get("lang"))
    shelf, entries = data.load(data.folder()), data.entries()
    state.sync("compare_page", shelf.archive.events)
    chosen = filters.conditions(shelf.facets, entries)
    state.write_url()
    compare_page.render(View.of(shelf, chosen, entries, now=state.get("now")))
    state.write_url()


run = partial(running.run, script)


def figures(app: AppTest) -> list[str]:
    return [piece.split("<")[0] for piece in html(app).split("<dd>")[1:]]


def heads(app: AppTest) -> list[str]:
    return [piece.split("</h2>")[0] for piece in html(app).split('<h2 class="tl-head">')[1:]]


def opens(app: AppTest, part: str) -> list[str]:
    """The events that a list offers."""
    keys = [button.key for button in app.button if button.key]
    return [key.removeprefix(f"compare-{part}-") for key in keys if key.startswith(f"compare-{part}-")]


@pytest.mark.usefixtures("built")
class TestPair:
    def test_the_two_with_most_events_are_compared_at_first(self) -> None:
        app = run()
        assert [(box.label, box.value) for box in app.selectbox] == [("Left", "Cao Bằng"), ("Right", "Guangxi")]
        assert figures(app) == ["3", "1", "2"]
        assert opens(app, "only_left") == ["e-day", "e-deal"]
        assert opens(app, "both") == ["e-gate"]
        assert opens(app, "only_right") == ["e-fair"]
        assert chosen(app) == {}

    def test_options_count_what_the_filters_leave_and_leave_out_the_other_side(self) -> None:
        app = run(type="exchange")
        assert app.selectbox[0].options == ["Cao Bằng · 1", "Lạng Sơn · 1"]
        assert app.selectbox[1].options == ["Guangxi · 1", "Lạng Sơn · 1"]

    def test_url_names_kind_and_sides(self) -> None:
        app = run(by="actor", left="Ngô Lê Văn", right="Ministry of Foreign Affairs of Vietnam")
        assert heads(app)[-3:] == ["Only Ngô Lê Văn · 1", "Both · 1", "Only Ministry of Foreign Affairs of Vietnam · 0"]

    def test_chosen_side_gets_into_the_url_and_the_other_stays(self) -> None:
        app = run()
        app.selectbox[0].set_value("Hà Nội").run()
        assert not app.exception
        assert chosen(app) == {"left": ["Hà Nội"], "right": ["Guangxi"]}
        assert figures(app) == ["2", "0", "2"]

    def test_swap_turns_the_sides(self) -> None:
        app = run()
        app.button(key="compare_swap").click().run()
        assert [box.value for box in app.selectbox] == ["Guangxi", "Cao Bằng"]

    def test_another_kind_begins_with_its_own_sides(self) -> None:
        app = run(left="Hà Nội")
        app.button_group[0].set_value("actor").run()
        assert not app.exception
        assert chosen(app) == {"by": ["actor"]}
        assert app.selectbox[0].value == "Ngô Lê Văn"

    def test_nonsense_in_the_url_gives_the_defaults(self) -> None:
        app = run(by="moon", left="<b>nowhere</b>", right="Guangxi")
        assert [box.value for box in app.selectbox] == ["Cao Bằng", "Guangxi"]

    def test_provinces_of_today_are_compared_where_the_reader_asks_for_them(self) -> None:
        app = run(now="yes", left="Tuyên Quang", right="Cao Bằng")
        assert opens(app, "both") == ["e-deal"]

    def test_fewer_than_two_sides_are_told(self) -> None:
        assert "no two sides" in run(by="gate").info[0].value


@pytest.mark.usefixtures("built")
class TestPage:
    def test_an_item_opens_its_event(self) -> None:
        app = run()
        app.button(key="compare-both-e-gate").click().run()
        assert chosen(app)["event"] == ["e-gate"]

    def test_titles_are_not_read_as_markup(self) -> None:
        app = run()
        assert app.button(key="compare-only_left-e-deal").label == r"Agreement \*on\* \<b\>water\</b\> \[x\]\(y\)"

    def test_an_item_says_the_date_after_its_title_as_everywhere(self) -> None:
        assert run().button(key="compare-only_right-e-fair").label == r"Border fair \(19–23 December 2023\)"
        assert run(lang="zh").button(key="compare-only_right-e-fair").label == "Border fair（2023年12月19日至23日）"

    def test_counts_by_year_and_type_have_their_tables(self) -> None:
        tables = [piece.split("</table>")[0] for piece in html(run()).split('<table class="tl-numbers">')[1:]]
        assert '<th scope="row">2023</th><td>0</td><td>1</td><td>1</td>' in tables[0]
        assert '<th scope="row">Exchange</th><td>1</td><td>0</td><td>1</td>' in tables[1]

    def test_undated_sides_say_so_in_place_of_charts(self) -> None:
        app = run(q="water")
        assert figures(app) == ["1", "1", "1"]
        assert "None of these events has a date." in [caption.value for caption in app.caption]
        assert not app.get("vega_lite_chart")

    def test_filters_that_leave_nothing_are_told(self) -> None:
        app = run(province="Hà Nội", type="exchange")
        assert "Take one away" in app.info[0].value
        app.button(key="loosen-type").click().run()
        assert not app.exception
        assert figures(app)


def save_with_sources(folder: Path) -> None:
    """A Vietnamese source of e-gate, e-session and e-conference, and a Chinese one of the last, of another day."""
    hosts = {"cs.txt": "https://baoquocte.vn/1", "he.txt": "http://www.xinhuanet.com/1"}
    documents = [row | {"source_url": hosts.get(row["doc_id"], ""), "publisher": ""} for row in document_rows()]
    mentions = [row | ({"date_edtf": "2025-08-26"} if row["mention_id"] == "m3" else {}) for row in mention_rows()]
    store.save(sample_tables(documents=documents, mentions=mentions), folder)


class TestSources:
    def test_events_are_told_apart_by_the_country_of_their_sources(self, built: Path) -> None:
        save_with_sources(built)
        app = run(by="source")
        assert not app.selectbox
        assert figures(app)[:4] == ["3", "1", "1", "4"]
        assert opens(app, "only_left") == ["e-gate", "e-session"]
        assert opens(app, "both") == ["e-conference"]
        assert opens(app, "only_right") == []
        assert len(opens(app, "neither")) == 4
        assert "1 document is of no known country." in app.caption[0].value

    def test_what_they_give_differently_is_told_with_both_values(self, built: Path) -> None:
        save_with_sources(built)
        app = run(by="source")
        assert heads(app)[-1] == "What they give differently · 1"
        assert "Vietnamese sources: 25 August 2025. Chinese sources: 26 August 2025." in html(app)
        assert "These cannot both be true." in html(app)
        app.button(key="compare-differs-e-conference").click().run()
        assert chosen(app)["event"] == ["e-conference"]

    def test_other_provinces_alone_are_no_contradiction(self, built: Path) -> None:
        hosts = {"cs.txt": "https://baoquocte.vn/1", "he.txt": "http://www.xinhuanet.com/1"}
        documents = [row | {"source_url": hosts.get(row["doc_id"], ""), "publisher": ""} for row in document_rows()]
        mentions = [row | ({"provinces": ["Guangxi", "Cao Bằng"]} if row["mention_id"] == "m3" else {}) for row in mention_rows()]
        store.save(sample_tables(documents=documents, mentions=mentions), built)
        said = html(run(by="source"))
        assert "Vietnamese sources: Hà Nội. Chinese sources: Guangxi; Cao Bằng." in said
        assert "cannot both be true" not in said
        assert "广西；高平" in html(run(by="source", lang="zh"))

    def test_filters_hold_for_the_differences_too(self, built: Path) -> None:
        save_with_sources(built)
        assert heads(run(by="source", type="border_gate"))[-1] == "What they give differently · 0"


class TestClick:
    """What a click in the browser sends: AppTest cannot click in a chart, so the callback is called."""

    @pytest.fixture
    def session(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        held: dict[str, Any] = {}
        monkeypatch.setattr("streamlit.session_state", held)
        return held

    def click(self, session: dict[str, Any], chart: str, *events: str) -> str | None:
        from timeline.app import compare_page, state

        state.open_event(None)
        session[chart] = {"selection": {"event": [{"event_id": event} for event in events]}}
        compare_page._clicked(chart)
        return state.opened()

    def test_each_click_opens_its_event_also_a_second_one_on_a_mark(self, session: dict[str, Any]) -> None:
        assert self.click(session, "lanes", "e-gate") == "e-gate"
        assert self.click(session, "lanes", "e-gate", "e-fair") == "e-fair"
        assert self.click(session, "lanes", "e-fair") == "e-gate"

    def test_what_was_clicked_on_one_chart_says_nothing_of_another(self, session: dict[str, Any]) -> None:
        self.click(session, "lanes_2020", "e-gate")
        assert self.click(session, "lanes_2021", "e-gate") == "e-gate"
