"""The drawer says all that is known of an event, in the reader's language, and takes nothing from a text for markup."""

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest

from tests.app.drawer import SCRIPT, built_folder, entries, open_drawer, rich_tables, view_of
from tests.app.running import html, ran
from timeline.app.event_facts import holds_office, neighbours
from timeline.app.event_reasons import Reasons, rule_in_words, value_in_words
from timeline.app.gates import class_in_words, classes_between, names_of
from timeline.app.keeping import forget_all
from timeline.i18n import words
from timeline.knowledge import Actor, Gate


@pytest.fixture(autouse=True)
def rich(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TIMELINE_DATA", str(built_folder(tmp_path / "built", rich_tables())))
    monkeypatch.delenv("TIMELINE_CORRECTIONS", raising=False)
    yield
    forget_all()


class TestDrawer:
    def test_it_says_when_how_precisely_and_how_that_is_known(self) -> None:
        text = html(open_drawer("e-conference"))
        assert "<h2>Conference on local foreign affairs</h2>" in text
        assert "<dt>When</dt><dd>25 August 2025 <small>(to the day; stated in the text)</small></dd>" in text
        assert "<dt>When</dt><dd>Undated <small>(no source gives a time)</small></dd>" in html(open_drawer("e-deal"))

    def test_persons_bear_their_office(self) -> None:
        office = "Deputy Minister of Foreign Affairs of Vietnam"
        assert f"Ministry of Foreign Affairs of Vietnam<br>Ngô Lê Văn <small>({office})</small>" in html(open_drawer("e-conference"))

    def test_status_goes_on_report_by_report(self) -> None:
        text = html(open_drawer("e-conference"))
        told = f"<li><small>Scheduled ({escape(SCRIPT)}, 1 July 2025)</small></li><li><small>Held (A paper, 26 August 2025)</small></li>"
        assert f"<dt>Status</dt><dd>Held<ol>{told}</ol></dd>" in text
        assert "<ol>" not in html(open_drawer("e-fair"))

    def test_provinces_are_named_then_and_now(self) -> None:
        assert "Cao Bằng<br>Hà Giang<br><small>since July 2025: Cao Bằng, Tuyên Quang</small>" in html(open_drawer("e-deal"))
        assert "since July 2025" not in html(open_drawer("e-fair"))

    def test_gates_bear_all_their_names_and_the_class_of_the_day(self) -> None:
        text = html(open_drawer("e-fair"))
        assert 'Vietnamese: <span lang="vi">Trà Lĩnh – Long Bang</span>' in text
        assert 'pinyin: <span lang="zh-Latn">Longbang</span>' in text
        assert 'hanzi: <span lang="zh-Hans">茶岭 – 龙邦</span>' in text
        assert "<small>bilateral gate</small>" in text
        assert "<small>bilateral gate, then international gate since 28 December 2023</small>" in html(open_drawer("e-gate"))

    def test_series_leads_to_the_one_before_and_the_one_after(self) -> None:
        app = open_drawer("e-conference")
        assert "Conference on local foreign affairs (no. 2)" in html(app)
        assert "<dt>Recurs</dt><dd>every year</dd>" in html(app)
        assert app.button(key="series-next").label == "After it in the series: Decree 58 \\(2022\\)"
        ran(app.button(key="series-previous").click().run())
        assert f"<h2>First {escape(SCRIPT)}</h2>" in html(app)
        assert not [button for button in app.button if button.key == "series-previous"]

    def test_parts_lead_to_the_whole_and_back(self) -> None:
        app = open_drawer("e-session")
        ran(app.button(key="kin-e-conference").click().run())
        assert app.button(key="kin-e-session").label == "With the part: Session on gates"

    def test_steps_go_through_what_is_filtered(self) -> None:
        app = open_drawer("e-gate", province=("Guangxi",))
        assert app.button(key="step-Previous").disabled
        assert app.caption[0].value == "1 of 2"
        ran(app.button(key="step-Next").click().run())
        assert "<h2>Border fair</h2>" in html(app)
        assert app.button(key="step-Next").disabled
        outside = open_drawer("e-conference", province=("Guangxi",))
        assert outside.button(key="step-Previous").disabled
        assert outside.button(key="step-Next").disabled

    def test_disagreement_and_reasons_are_sentences(self) -> None:
        text = html(open_drawer("e-conference"))
        assert f"<li>{escape(SCRIPT)} gives the date as 26 August 2025; here it stands as 25 August 2025.</li>" in text
        assert "<h3>Why these reports are one event</h3><ul><li>One type, one day, and a province or gate in common" in text
        assert f"1 pair of passages; {escape(SCRIPT)} – A paper" in text
        assert f"<li>Status: Scheduled (Lan, 5 January 2026): {escape(SCRIPT)}</li>" in text

    def test_each_cell_is_explained(self) -> None:
        app = open_drawer("e-conference")
        assert "How each cell is known" in [expander.label for expander in app.expander]
        text = html(app)
        assert "<h4>Date</h4>" in text
        assert '“<bdi lang="cs" dir="ltr">Dne 25.</bdi>” <small>in its clause: stated in full</small>' in text
        assert "from the passage of A paper on the same event" in text
        assert '“<bdi lang="he" dir="rtl">האנוי</bdi>”' in text

    def test_passages_keep_language_and_direction_under_their_source(self) -> None:
        text = html(open_drawer("e-conference"))
        assert '<blockquote lang="he" dir="rtl">' in text
        assert '<blockquote lang="cs" dir="ltr">' in text
        assert '<mark class="tl date" title="date: 25 באוגוסט">25 באוגוסט</mark>' in text
        assert "What the sources say · 2 passages" in text
        assert "date: <bdi>“năm 2022”</bdi>" in html(open_drawer("e-deal"))

    def test_nothing_of_a_text_is_markup_or_a_script_link(self) -> None:
        for event in ("e-conference", "e-gate", "e-deal", "e-day"):
            app = open_drawer(event)
            assert "<script" not in html(app)
            assert "javascript:" not in html(app)
            assert all("<" not in button.label.replace(r"\<", "") for button in app.button)
        assert 'href="https://example.org/cs.txt"' in html(open_drawer("e-conference"))
        assert f"Nowhere {escape(SCRIPT)}" in html(open_drawer("e-gate"))
        assert f"Somebody {escape(SCRIPT)}" in html(open_drawer("e-gate"))

    def test_own_texts_are_marked_as_such(self) -> None:
        assert "From your own texts" in html(open_drawer("e-fair", new=frozenset(("e-fair",))))
        assert "From your own texts" not in html(open_drawer("e-gate", new=frozenset(("e-fair",))))

    def test_link_names_the_event_alone(self) -> None:
        assert open_drawer("e-fair", lang="vi").code[0].value.endswith("?event=e-fair&lang=vi")

    def test_headings_stand_in_order(self) -> None:
        text = html(open_drawer("e-conference"))
        levels = [int(part[0]) for part in text.split("<h")[1:] if part[0].isdigit()]
        assert levels[0] == 2
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))

    def test_many_sources_are_shown_when_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("timeline.app.detail._SOURCES_AT_ONCE", 1)
        app = open_drawer("e-conference")
        assert html(app).count("<blockquote") == 1
        ran(app.button(key="all-sources").click().run())
        assert html(app).count("<blockquote") == 2


class TestLanguages:
    def test_vietnamese_title_dates_and_languages(self) -> None:
        text = html(open_drawer("e-conference", lang="vi"))
        assert '<h2>Hội nghị đối ngoại địa phương</h2><p class="tl-other" lang="en">Conference on local foreign affairs</p>' in text
        assert "25/8/2025" in text
        assert "Tiếng Do Thái" in text
        assert "<script" not in text

    def test_chinese_title_dates_and_names(self) -> None:
        text = html(open_drawer("e-conference", lang="zh"))
        assert "<h2>地方外事会议</h2>" in text
        assert "2025年8月25日" in text
        assert '<span lang="zh-Hans">吴黎文</span> <small>Ngô Lê Văn</small>' in text
        assert "希伯来语" in text

    def test_english_title_stands_where_there_is_no_other(self) -> None:
        text = html(open_drawer("e-fair", lang="zh"))
        assert "<h2>Border fair</h2>" in text
        assert 'class="tl-other"' not in text


class TestGates:
    GATE = Gate("A–B", "A", "B", class_=("bilateral@2004", "international@2023-12-28"))

    def test_class_is_that_of_the_day(self) -> None:
        def told(day: date) -> str:
            return class_in_words(self.GATE, day, day, words())

        assert told(date(2023, 12, 27)) == "bilateral gate since 2004"
        assert told(date(2023, 12, 28)) == "international gate since 28 December 2023"
        assert told(date(2003, 12, 31)) == ""

    def test_open_days_allow_every_class(self) -> None:
        assert [name for name, _ in classes_between(self.GATE, None, None)] == ["bilateral", "international"]
        assert [name for name, _ in classes_between(self.GATE, date(2024, 1, 1), None)] == ["international"]
        assert [name for name, _ in classes_between(self.GATE, None, date(2020, 1, 1))] == ["bilateral"]

    def test_every_gate_of_the_tables_can_be_told(self) -> None:
        for gate in entries().gates.values():
            assert names_of(gate)
            assert class_in_words(gate, None, None, words()) or not gate.class_


class TestReasons:
    def test_every_rule_and_field_has_words(self) -> None:
        assert rule_in_words("clause:template", words()) == "in its clause: stated in full"
        assert rule_in_words("no-such", words()) == "no-such"
        assert value_in_words("event_type", "border_gate.upgrade", entries(), words()) == "Upgrade"
        assert value_in_words("date_edtf", "soon", entries(), words()) == "soon"

    def test_an_event_without_evidence_has_nothing_to_say(self) -> None:
        view = view_of(rich_tables())
        tables = view.archive.frames()
        event = tables.events.to_dict("records")[0] | {"event_id": "e-none", "conflicts": []}
        reasons = Reasons(event, tables, view.entries, words())
        assert reasons.joins() == reasons.cells() == reasons.conflicts() == reasons.corrections() == ""


def test_a_series_without_numbers_goes_by_time() -> None:
    events = rich_tables().events.copy()
    events["series"] = "S"
    ids = [row["event_id"] for row in events.sort_values("date_start").to_dict("records") if row["date_start"]]
    middle = next(row for row in events.to_dict("records") if row["event_id"] == ids[1])
    assert neighbours(events, middle) == (ids[0], ids[2])
    assert neighbours(events, middle | {"series": ""}) == (None, None)


def test_an_office_is_told_only_while_it_was_held() -> None:
    actor = Actor("X", "person", office="Minister", since="2020", until="2022-07-01")
    assert holds_office(actor, date(2021, 1, 1), date(2021, 1, 1))
    assert holds_office(actor, None, None)
    assert not holds_office(actor, date(2019, 1, 1), date(2019, 1, 1))
    assert not holds_office(actor, date(2022, 7, 1), date(2022, 7, 1))
