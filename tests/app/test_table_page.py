import csv
import io
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from tests.app import running
from tests.app.sample import event_rows, sample_tables
from timeline import store
from timeline.app import downloads, table_page
from timeline.query import Archive, Rows
from timeline.tables import Tables


def script() -> None:
    """The table's page with its filters and drawer, as the app shows it."""
    import streamlit as st

    from timeline.app import data, language, state
    from timeline.app.main import _page

    language.settle(st.query_params.get("lang") if state.is_first_run() else state.get("lang"))
    _page("table_page", data.load(data.folder()), [])()


run = partial(running.run, script)


def grid(app: AppTest) -> list[list[Any]]:
    return [list(row) for row in app.dataframe[0].value.itertuples(index=False)]


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["event"])


def plain_table(app: AppTest) -> list[list[Any]]:
    return [list(row) for row in app.table[0].value.itertuples(index=False)]


def query(app: AppTest) -> dict[str, Any]:
    """The URL's parameters, each as a list."""
    found = {name: app.query_params[name] for name in app.query_params}
    return {name: value if isinstance(value, list) else [value] for name, value in found.items()}


def text(app: AppTest) -> str:
    return "\n".join([*(element.proto.body for element in app.get("html")), *(caption.value for caption in app.caption)])


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each button would give the reader, by the format's name: AppTest keeps no files."""
    found: dict[str, Any] = {}
    draw = st.download_button

    def button(label: str, *, data: Any, key: str, **options: Any) -> bool:
        found[key.removeprefix("download-")] = data
        return draw(label, data=data, key=key, **options)

    monkeypatch.setattr(st, "download_button", button)
    return found


@pytest.mark.usefixtures("built")
class TestTable:
    def test_every_event_is_a_row_in_words(self) -> None:
        app = run()
        assert "<b>7</b> of 7 events" in text(app)
        assert grid(app)[0][:3] == ["some time in 2020–2025", "Trà Lĩnh–Longbang upgraded", "Border gate"]
        assert grid(app)[-1][0] == "undated"
        assert list(app.dataframe[0].value) == list(table_page.USUAL)

    def test_only_what_the_filters_leave_is_shown(self) -> None:
        assert titles(run(province="Guangxi")) == ["Trà Lĩnh–Longbang upgraded", "Border fair"]

    def test_columns_can_be_chosen_and_stand_in_the_url(self) -> None:
        app = run()
        app.multiselect(key="table_columns").set_value(["event", "first"]).run()
        assert list(app.dataframe[0].value) == ["event", "first"]
        assert query(app)["columns"] == ["event", "first"]
        app.multiselect(key="table_columns").set_value([]).run()
        assert list(app.dataframe[0].value) == list(table_page.USUAL)
        assert "columns" not in query(app)

    def test_a_link_reopens_columns_and_order(self) -> None:
        app = run(columns=["first", "event"], sort="-event")
        assert list(app.dataframe[0].value) == ["first", "event"]
        assert titles(app)[0] == "Trà Lĩnh–Longbang upgraded"
        assert app.selectbox(key="table_sort").value == "event"
        assert app.checkbox(key="table_backward").value is True

    @pytest.mark.parametrize("sort", ["nonsense", "-", "--event", "", "<script>"])
    def test_nonsense_in_the_url_does_no_harm(self, sort: str) -> None:
        app = run(columns=["nonsense", "event", "event"], sort=sort)
        assert list(app.dataframe[0].value) == ["event"]
        assert len(titles(app)) == 7

    def test_rows_can_be_sorted_from_the_keyboard(self) -> None:
        app = run()
        app.selectbox(key="table_sort").set_value("event").run()
        assert titles(app)[:2] == ["Agreement *on* <b>water</b> [x](y)", "Border fair"]
        assert query(app)["sort"] == ["event"]
        app.checkbox(key="table_backward").check().run()
        assert titles(app)[0] == "Trà Lĩnh–Longbang upgraded"
        assert query(app)["sort"] == ["-event"]

    def test_the_order_of_time_can_be_turned_round(self) -> None:
        app = run()
        app.checkbox(key="table_backward").check().run()
        assert titles(app)[:2] != titles(run())[:2]
        assert grid(app)[0][0] == "25 August 2025"
        assert grid(app)[-1][0] == "undated"

    def test_addresses_that_are_no_web_page_are_no_links(self, built: Path) -> None:
        rows = event_rows()
        rows[0]["source_url"], rows[1]["source_url"] = "javascript:alert(1)", "https://example.org/a"
        store.save(sample_tables(events=rows), built)
        assert sorted(run(columns=["link"]).dataframe[0].value["link"])[-1] == "https://example.org/a"
        assert "javascript" not in str(grid(run(columns=["link"])))

    def test_a_long_table_says_that_it_is_cut_and_sorts_the_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_page, "_SHOWN", 2)
        app = run(sort="-event")
        assert titles(app) == ["Trà Lĩnh–Longbang upgraded", "Session on gates"]
        assert "the first 2 of 7 events" in text(app)

    def test_when_nothing_is_left_it_says_what_to_loosen(self) -> None:
        app = run(province="Hà Nội", type="exchange")
        assert not app.dataframe
        assert "Take one away" in app.info[0].value

    def test_it_speaks_the_readers_language(self) -> None:
        assert grid(run(lang="zh", province="Guangxi"))[1][0] == "2023年12月19日至23日"

    def test_provinces_are_those_of_today_when_the_reader_asks(self) -> None:
        assert "provinces_now" in run(now="yes").dataframe[0].value


@pytest.mark.usefixtures("built")
class TestPlainTable:
    def plain(self, **query: str | list[str]) -> AppTest:
        app = run(**query)
        app.checkbox(key="table_plain").check().run()
        assert not app.exception
        return app

    def test_it_shows_the_same_rows_without_the_grid(self) -> None:
        app = self.plain(columns=["when", "event"], province="Guangxi")
        assert not app.dataframe
        assert [row[0] for row in plain_table(app)] == ["some time in 2020–2025", "19–23 December 2023"]

    def test_titles_are_not_read_as_markdown(self) -> None:
        assert r"Agreement \*on\* \<b\>water\</b\> \[x\]\(y\)" in str(plain_table(self.plain(columns=["event"]))).replace("\\\\", "\\")

    def test_an_event_can_be_opened_from_a_list(self) -> None:
        app = self.plain()
        app.selectbox(key="table_open").set_value("e-fair").run()
        assert query(app)["event"] == ["e-fair"]
        assert app.selectbox(key="table_open").value is None

    def test_it_goes_page_by_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_page, "_ON_A_PAGE", 3)
        app = self.plain(columns=["event"])
        assert len(plain_table(app)) == 3
        app.number_input(key="table_page").set_value(3).run()
        assert len(plain_table(app)) == 1
        assert app.selectbox(key="table_open").options == ["Agreement *on* <b>water</b> [x](y)"]

    def test_a_page_that_is_filtered_away_gives_the_last_there_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_page, "_ON_A_PAGE", 3)
        app = self.plain(columns=["event"])
        app.number_input(key="table_page").set_value(3).run()
        app.multiselect(key="f_province").set_value(["Cao Bằng"]).run()
        assert not app.exception
        assert len(plain_table(app)) == 3


@pytest.mark.usefixtures("built")
class TestDownloads:
    def test_each_file_holds_exactly_what_is_filtered(self, files: dict[str, Any]) -> None:
        run(province="Guangxi")
        assert set(files) == {*downloads.EVENTS, next(iter(downloads.MORE)), *downloads.SOURCES}
        people = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8"), newline="")))
        assert [row["Identifier"] for row in people] == ["e-gate", "e-fair"]
        assert not files["csv"].startswith(b"\xef\xbb\xbf")
        machine = store.from_csv("events", io.StringIO(files["csv-machine"].decode("utf-8"), newline=""), "download")
        assert machine["event_id"].tolist() == ["e-gate", "e-fair"]
        assert [row["event_id"] for row in json.loads(files["json"])] == ["e-gate", "e-fair"]
        (sheet,) = load_workbook(io.BytesIO(files["excel"])).worksheets
        assert sheet.max_row == 3

    def test_citations_are_of_the_documents_behind_the_events(self, files: dict[str, Any]) -> None:
        run(province="Lạng Sơn")
        assert files["bibtex"].startswith(b"@online{vi.txt,")
        assert files["bibtex"].count(b"@online") == files["ris"].count(b"TY  - ELEC") == 1

    def test_the_byte_order_mark_is_there_when_asked_for(self, files: dict[str, Any]) -> None:
        run().checkbox(key="download_bom").check().run()
        assert files["csv"].startswith(b"\xef\xbb\xbf")
        assert not files["csv-machine"].startswith(b"\xef\xbb\xbf")

    def test_files_are_in_the_readers_language(self, files: dict[str, Any]) -> None:
        run(lang="zh")
        assert "2023年12月19日至23日" in files["csv"].decode("utf-8")

    def test_many_events_are_written_only_when_asked_for(self, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(downloads, "_WRITTEN_AT_ONCE", 3)
        run(province="Guangxi")
        assert b"Border fair" in files["csv"]
        run(lang="zh")
        assert all(callable(write) for write in files.values())
        assert "2023年12月19日至23日" in files["csv"]().decode("utf-8")

    def test_the_documents_behind_many_events_are_looked_up_only_when_asked_for(
        self, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(downloads, "_WRITTEN_AT_ONCE", 3)
        looked_up: list[int] = []
        about = Archive.about

        def counted(archive: Archive, events: Rows) -> Tables:
            looked_up.append(len(events))
            return about(archive, events)

        monkeypatch.setattr(Archive, "about", counted)
        run()
        assert looked_up == []
        assert files["ris"]().count(b"TY  - ELEC") == 3
        assert looked_up == [7]

    def test_more_than_a_file_may_hold_are_told_and_not_offered(self, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(downloads, "MOST", 3)
        app = run()
        assert "3" in next(caption.value for caption in app.caption if "timeline export" in caption.value)
        assert files == {}
        run(province="Guangxi")
        assert b"Border fair" in files["csv"]

    def test_a_file_that_cannot_be_written_says_why(self, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("timeline.export.excel_file._MOST_ROWS", 3)
        broken = [button.proto for button in run().get("download_button") if button.proto.disabled]
        assert len(broken) == 1
        assert "7 events are more than the 3" in broken[0].help

    def test_nothing_left_gives_nothing_to_download(self) -> None:
        assert not run(province="Hà Nội", type="exchange").get("download_button")
