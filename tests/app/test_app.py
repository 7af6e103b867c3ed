from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import WHOLE_APP, chosen, html, run
from timeline.app import data
from timeline.store import FILES


def count(app: AppTest) -> str:
    return html(app).split('role="status"><b>')[1].split("</p>")[0].replace("</b>", "")


def pick(app: AppTest, label: str, value: Any) -> None:
    widget = next(widget for widget in (*app.multiselect, *app.selectbox) if widget.label == label)
    widget.set_value(value)
    app.run()
    assert not app.exception


def labels(app: AppTest, label: str) -> list[str]:
    return next(widget for widget in (*app.multiselect, *app.selectbox) if widget.label == label).options


@pytest.mark.usefixtures("built")
class TestPage:
    def test_all_events_are_counted(self) -> None:
        assert count(run()) == "7 of 7 events: 5 on the timeline, 2 undated"

    def test_undated_events_are_listed_beside_the_chart(self) -> None:
        keys = [button.key for button in run().button if button.key and button.key.startswith("open-")]
        assert keys == ["open-e-day", "open-e-deal"]

    def test_undated_title_is_not_read_as_markdown(self) -> None:
        app = run()
        deal, day = app.button(key="open-e-deal"), app.button(key="open-e-day")
        assert deal.label == r"Agreement \*on\* \<b\>water\</b\> \[x\]\(y\)"
        assert "12 September, year unknown" in day.label

    def test_options_say_how_many_events_they_leave(self) -> None:
        app = run()
        assert labels(app, "Province") == ["Cao Bằng · 3", "Guangxi · 2", "Hà Nội · 2", "Hà Giang · 1", "Lạng Sơn · 1"]
        assert labels(app, "Type of event")[:2] == ["Conference · 2", "Exchange · 2"]
        assert labels(app, "From") == ["2020 · 7", "2021 · 7", "2022 · 7", "2023 · 6", "2024 · 5", "2025 · 5"]
        assert labels(app, "To") == ["2020 · 3", "2021 · 3", "2022 · 4", "2023 · 5", "2024 · 5", "2025 · 7"]
        pick(app, "From", "2023")
        assert count(app).startswith("6 of 7")

    def test_filters_narrow_each_others_counts(self) -> None:
        app = run()
        pick(app, "Province", ["Guangxi"])
        assert count(app) == "2 of 7 events: 2 on the timeline, 0 undated"
        assert labels(app, "Type of event") == ["Exchange · 1", "Border gate · 1"]
        assert labels(app, "Province")[0] == "Cao Bằng · 3"
        assert chosen(app) == {"province": ["Guangxi"]}

    def test_filters_by_actor_type_and_dates(self) -> None:
        app = run()
        pick(app, "From", "2023")
        assert count(app) == "6 of 7 events: 4 on the timeline, 2 undated"
        pick(app, "Person or body", ["Ngô Lê Văn"])
        assert count(app).startswith("2 of 7")
        pick(app, "Type of event", ["exchange"])
        assert count(app).startswith("1 of 7")
        assert chosen(app) == {"actor": ["Ngô Lê Văn"], "from": ["2023"], "type": ["exchange"]}

    def test_nothing_left_says_what_to_loosen(self) -> None:
        app = run(province="Hà Nội", type="exchange")
        assert count(app).startswith("0 of 7")
        assert "Take one away" in app.info[0].value
        assert labels(app, "Province") == ["Cao Bằng · 1", "Guangxi · 1", "Hà Nội · 0", "Lạng Sơn · 1"]

    def test_what_stands_in_the_way_can_be_dropped_alone(self) -> None:
        app = run(province="Hà Nội", type="exchange")
        assert app.button(key="loosen-type").label == "Without the type of event: 2 events"
        app.button(key="loosen-type").click().run()
        assert chosen(app) == {"province": ["Hà Nội"]}
        assert count(app).startswith("2 of 7")

    def test_undated_events_can_be_left_out(self) -> None:
        app = run()
        assert app.checkbox(key="f_undated").label == "Keep undated events · 2"
        app.checkbox(key="f_undated").uncheck().run()
        assert count(app) == "5 of 7 events: 5 on the timeline, 0 undated"
        assert chosen(app) == {"undated": ["no"]}

    def test_undated_events_stay_when_dates_are_chosen(self) -> None:
        app = run()
        pick(app, "To", "2021")
        assert count(app) == "3 of 7 events: 1 on the timeline, 2 undated"

    def test_no_more_words_are_sought_than_somebody_would_write(self) -> None:
        app = run(q="border " * 1000)
        assert len(chosen(app)["q"][0]) == 200
        assert labels(app, "Province")

    def test_only_what_is_another_goes_back_to_the_browser(self) -> None:
        # A widget that is sent anew takes the place of what the reader may be choosing in it just then.
        app = run()
        pick(app, "Province", ["Guangxi"])
        sent = {widget.label: widget.proto.set_value for widget in app.multiselect}
        assert sent.pop("Province")  # with its count it has another label
        assert not any(sent.values())
        pick(app, "Type of event", ["exchange"])
        sent = {widget.label: widget.proto.set_value for widget in app.multiselect}
        assert sent.pop("Province")
        assert sent.pop("Type of event")
        assert not any(sent.values())

    def test_clear_drops_every_filter(self) -> None:
        app = run(province=["Guangxi"], from_="2022", undated="no")
        assert count(app) == "2 of 7 events: 2 on the timeline, 0 undated"
        clear = next(button for button in app.button if button.label == "Clear filters")
        clear.click().run()
        assert count(app).startswith("7 of 7")
        assert chosen(app) == {}

    def test_provinces_of_today_take_over_the_chosen_ones(self) -> None:
        app = run(province=["Hà Giang"])
        assert count(app).startswith("1 of 7")
        app.checkbox(key="f_now").check().run()
        assert chosen(app) == {"now": ["yes"], "province": ["Tuyên Quang"]}
        assert count(app).startswith("1 of 7")

    def test_words_are_sought_in_titles_and_passages(self) -> None:
        app = run()
        app.text_input(key="f_q").set_value("lang son").run()
        assert count(app).startswith("1 of 7")
        assert chosen(app) == {"q": ["lang son"]}

    def test_the_rarer_filters_count_and_narrow_too(self) -> None:
        app = run()
        assert labels(app, "Office held") == ["Deputy Minister of Foreign Affairs of Vietnam · 2"]
        assert labels(app, "Status") == ["Held · 6", "Scheduled · 1"]
        pick(app, "Language of a source", ["he"])
        assert count(app).startswith("1 of 7")
        assert chosen(app) == {"language": ["he"]}

    def test_the_page_speaks_the_language_of_the_url(self) -> None:
        app = run(lang="vi", province=["Guangxi"])
        assert any(widget.label == "Tỉnh" for widget in app.multiselect)
        assert "19–23/12/2023" in app.dataframe[0].value.iloc[1, 0]
        app.segmented_control(key="f_lang").set_value("zh").run()
        assert chosen(app) == {"lang": ["zh"], "province": ["Guangxi"]}
        assert "2023年12月19日至23日" in app.dataframe[0].value.iloc[1, 0]

    def test_examples_are_offered_until_something_is_chosen(self) -> None:
        app = run()
        app.button(key="example-0").click().run()
        assert chosen(app) == {"province": ["Cao Bằng"]}
        assert not [button for button in app.button if button.key and button.key.startswith("example")]

    def test_url_opens_the_same_view(self) -> None:
        app = run(province=["Cao Bằng", "Guangxi"], type="border_gate", to="2021")
        assert count(app).startswith("1 of 7")
        assert app.multiselect[0].value == ["Cao Bằng", "Guangxi"]

    def test_nonsense_in_the_url_is_told_or_dropped(self) -> None:
        app = run(province=["<b>nowhere</b>"], event="no-such", from_="soon", zoom="later", other="1")
        assert count(app).startswith("7 of 7")
        assert [warning.value for warning in app.warning] == [
            r"This link asks for what is not among these events, and so it is left out: “no\-such”; “later”; “\<b\>nowhere\</b\>”",
            "From: “soon” is no date. Write 2023, 2023-05 or 2023-05-14.",
        ]
        assert chosen(app) == {"from": ["soon"]}

    def test_dates_the_wrong_way_round_are_told(self) -> None:
        app = run(from_="2025", to="2022")
        assert "later than" in app.warning[0].value

    def test_table_shows_what_is_filtered(self) -> None:
        table = run(province="Guangxi").dataframe[0].value
        assert table["When"].tolist() == ["some time in 2020–2025", "19–23 December 2023"]
        assert table["Provinces"].tolist() == ["Cao Bằng; Guangxi", "Lạng Sơn; Guangxi"]


@pytest.mark.usefixtures("built")
class TestEvent:
    def test_event_opens_with_all_that_is_known(self) -> None:
        text = html(run(event="e-conference"))
        assert "<h2>Conference on local foreign affairs</h2>" in text
        assert "25 August 2025 <small>(to the day; stated in the text)</small>" in text
        assert "Ministry of Foreign Affairs of Vietnam<br>Ngô Lê Văn" in text
        assert "one source names the minister" in text
        assert "What the sources say · 2 passages" in text

    def test_undated_row_opens_its_event_and_the_url_says_so(self) -> None:
        app = run()
        app.button(key="open-e-day").click().run()
        assert "<h2>Patrol along the markers</h2>" in html(app)
        assert chosen(app) == {"event": ["e-day"]}

    def test_marks_that_the_browser_has_forgotten_are_forgotten_here(self) -> None:
        app = AppTest.from_file(WHOLE_APP, default_timeout=60)
        app.session_state["held_clicks"] = {"timeline/marks": {"e-gate"}, "map": {"x"}}
        app.run()
        assert "timeline/marks" not in app.session_state["held_clicks"]
        assert app.session_state["held_clicks"]["map"] == {"x"}

    def test_steps_go_through_what_is_filtered(self) -> None:
        app = run(event="e-gate", province="Guangxi")
        assert app.button(key="step-Previous").disabled
        app.button(key="step-Next").click().run()
        assert "<h2>Border fair</h2>" in html(app)
        assert app.button(key="step-Next").disabled


def test_missing_folder_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["streamlit_app.py", str(tmp_path / "none")])
    app = run()
    assert app.info[0].value.startswith("There are no events to show yet")
    assert "timeline build" in app.markdown[0].value


@pytest.mark.parametrize("lang", ["en", "vi", "zh"])
@pytest.mark.parametrize("content", [None, "a,b\n1,2\n", "\x00"])
def test_where_a_folder_lies_is_told_to_the_host_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: str, content: str | None
) -> None:
    folder = tmp_path / "secret"
    folder.mkdir()
    for name in FILES.values() if content is not None else ():
        (folder / name).write_text(content or "", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["streamlit_app.py", str(folder)])
    app = run(lang=lang)
    shown = " ".join(element.value for kind in (app.info, app.markdown, app.title) for element in kind)
    assert "secret" not in shown
    assert str(folder) in caplog.text


def test_folder_comes_from_the_argument_then_the_variable_then_the_default() -> None:
    assert data.folder(["app", "here"], {"TIMELINE_DATA": "there"}) == Path("here")
    assert data.folder(["app"], {"TIMELINE_DATA": "there"}) == Path("there")
    assert data.folder(["app"], {}) == Path("data/built")


def test_rebuilt_folder_is_read_again(built: Path) -> None:
    first = data.load(built)
    assert data.load(built) is first
    (built / "events.csv").touch()
    assert data.load(built) is not first
