"""A reader who has leave puts an event right: the row is kept, it holds at once, and the change log tells of it."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import drawer
from tests.app.drawer import SCRIPT, built_folder, open_drawer, rich_tables, view_of
from tests.app.running import html, ran
from timeline.app.correction_form import CHOICES
from timeline.app.correction_inputs import alike
from timeline.app.keeping import forget_all
from timeline.app.leave import corrections_file, may_fetch
from timeline.corrections import Correction, all_corrections, append_correction


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that corrections are written to."""
    monkeypatch.setenv("TIMELINE_DATA", str(built_folder(tmp_path / "built", rich_tables())))
    monkeypatch.setenv("TIMELINE_CORRECTIONS", str(tmp_path / "corrections.csv"))
    yield tmp_path / "corrections.csv"
    forget_all()


def rows(path: Path) -> list[tuple[str, str, str, str, str]]:
    return [(c.target, c.field, c.value, c.who, c.why) for c in all_corrections(path)]


def form(event: str, field: str, lang: str = "en", **options: Any) -> AppTest:
    """The form of an event with a field chosen."""
    app = open_drawer(event, lang, **options)
    return ran(app.selectbox(key=f"correct-field-{event}").set_value(field).run())


def the(boxes: Any, field: str, event: str) -> Any:
    """The input of a field; its key ends with what tells the cell's value from others."""
    (found,) = [box for box in boxes if (box.key or "").startswith(f"correct-{field}-{event}-")]
    return found


def save(app: AppTest, event: str, field: str, who: str = "Lan", why: str = "seen there") -> AppTest:
    app.text_input(key=f"correct-who-{event}").set_value(who)
    app.text_area(key=f"correct-why-{event}-{field}").set_value(why)
    return ran(app.button(key="correct-save").click().run())


class TestLeave:
    def test_the_form_is_there_only_with_leave(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Correct this event" in [expander.label for expander in open_drawer("e-fair").expander]
        monkeypatch.delenv("TIMELINE_CORRECTIONS")
        app = open_drawer("e-fair")
        assert "Correct this event" not in [expander.label for expander in app.expander]
        assert not [button for button in app.button if button.key == "correct-save"]

    def test_own_texts_cannot_be_corrected_for_everybody(self) -> None:
        app = open_drawer("e-fair", new=frozenset(("e-fair",)))
        assert "Correct this event" not in [expander.label for expander in app.expander]

    def test_the_environment_gives_leave(self) -> None:
        assert corrections_file({}) is None
        assert corrections_file({"TIMELINE_CORRECTIONS": " "}) is None
        assert corrections_file({"TIMELINE_CORRECTIONS": "kept/c.csv"}) == Path("kept/c.csv")
        assert [may_fetch({"TIMELINE_ALLOW_FETCH": value}) for value in ("1", "0", "")] == [True, False, False]
        assert not may_fetch({})


class TestForm:
    def test_a_date_is_put_right_at_once_and_says_whose_it_is(self, kept: Path) -> None:
        app = form("e-fair", "date_edtf")
        the(app.text_input, "date_edtf", "e-fair").set_value("2023-12-20").run()
        assert "That is: 20 December 2023" in [caption.value for caption in app.caption]
        save(app, "e-fair", "date_edtf")
        assert rows(kept) == [("e-fair", "date_edtf", "2023-12-20", "Lan", "seen there")]
        assert "20 December 2023 <small>(to the day; put right by a reader)</small>" in html(app)
        assert "<li>Date: 20 December 2023 (Lan, " in html(app)
        assert app.toast[0].value == "The correction is saved and holds now."

    def test_a_date_that_is_none_is_told_and_not_kept(self, kept: Path) -> None:
        app = form("e-fair", "date_edtf")
        the(app.text_input, "date_edtf", "e-fair").set_value("*soon*").run()
        save(app, "e-fair", "date_edtf")
        assert app.error[0].value.startswith(r"“\*soon\*” is no date. Write 2025")
        assert not kept.exists()

    @pytest.mark.parametrize(("who", "why", "told"), [("", "x", "Say who you are"), ("Lan", " ", "Say why")])
    def test_name_and_reason_are_required(self, kept: Path, who: str, why: str, told: str) -> None:
        app = form("e-fair", "drop")
        save(app, "e-fair", "drop", who, why)
        assert app.error[0].value.startswith(told)
        assert not kept.exists()

    @pytest.mark.parametrize("field", [name for name in CHOICES if name not in ("drop", "drop_passage")])
    def test_what_is_not_changed_is_not_kept(self, kept: Path, field: str) -> None:
        app = form("e-conference", field)
        save(app, "e-conference", field)
        assert len(app.error) == 1
        assert not kept.exists()

    def test_a_type_brings_its_subtype(self, kept: Path) -> None:
        app = form("e-fair", "type")
        the(app.selectbox, "type", "e-fair").set_value("visit.delegation")
        save(app, "e-fair", "type")
        assert [row[1:3] for row in rows(kept)] == [("event_type", "visit"), ("event_subtype", "delegation")]
        assert "<dt>What</dt><dd>Visit · " in html(app)

    def test_lists_are_chosen_from_known_names(self, kept: Path) -> None:
        app = form("e-deal", "provinces")
        box = the(app.multiselect, "provinces", "e-deal")
        assert box.value == ["Cao Bằng", "Hà Giang"]
        assert "Lạng Sơn" in box.options
        box.set_value(["Hà Giang", "Lạng Sơn"])
        save(app, "e-deal", "provinces")
        assert rows(kept)[0][:3] == ("e-deal", "provinces", "Hà Giang; Lạng Sơn")
        assert "Tuyên Quang" in html(app)

    def test_a_number_in_the_series_is_put_right(self, kept: Path) -> None:
        app = form("e-conference", "ordinal")
        the(app.number_input, "ordinal", "e-conference").set_value(5)
        save(app, "e-conference", "ordinal")
        assert rows(kept)[0][:3] == ("e-conference", "ordinal", "5")
        assert "(no. 5)" in html(app)

    def test_two_events_become_one(self, kept: Path) -> None:
        app = form("e-conference", "merge")
        box = the(app.selectbox, "merge", "e-conference")
        assert box.options[0].startswith("Session on gates")
        box.set_value("e-session")
        save(app, "e-conference", "merge")
        assert rows(kept)[0][:3] == ("e-conference", "merge", "e-session")
        assert "What the sources say · 3 passages" in html(app)

    def test_a_passage_may_be_told_apart(self, kept: Path) -> None:
        app = form("e-conference", "split")
        box = the(app.multiselect, "split", "e-conference")
        box.set_value(["m2", "m3"])
        save(app, "e-conference", "split")
        assert app.error[0].value == "Leave at least one passage to this event."
        the(app.multiselect, "split", "e-conference").set_value(["m3"])
        save(app, "e-conference", "split")
        assert rows(kept)[0][:3] == ("e-conference", "split", "m3")
        assert "What the sources say · 1 passage" in html(app)

    def test_a_passage_may_tell_of_nothing(self, kept: Path) -> None:
        app = form("e-conference", "drop_passage")
        the(app.selectbox, "drop_passage", "e-conference").set_value("m3")
        save(app, "e-conference", "drop_passage")
        assert rows(kept)[0][:3] == ("m3", "drop", "")
        assert "What the sources say · 1 passage" in html(app)

    def test_what_is_no_event_closes(self, kept: Path) -> None:
        app = form("e-fair", "drop")
        save(app, "e-fair", "drop")
        assert rows(kept)[0][:3] == ("e-fair", "drop", "")
        assert "<h2>" not in html(app)

    def test_a_title_with_markup_stays_text(self, kept: Path) -> None:
        app = form("e-fair", "title")
        the(app.text_input, "title", "e-fair").set_value(f"1+1 {SCRIPT}")
        save(app, "e-fair", "title", who=SCRIPT, why=SCRIPT)
        assert rows(kept) == [("e-fair", "title", f"1+1 {SCRIPT}", SCRIPT, SCRIPT)]
        assert f"<h2>1+1 {escape(SCRIPT)}</h2>" in html(app)
        assert "<script" not in html(app)

    def test_a_file_that_cannot_be_written_is_told(self, kept: Path) -> None:
        kept.write_text("a,b\n1,2\n", encoding="utf-8")
        app = form("e-fair", "drop")
        save(app, "e-fair", "drop")
        assert app.error[0].value.startswith("The correction was not saved: has no columns target")
        assert kept.read_text(encoding="utf-8") == "a,b\n1,2\n"

    @pytest.mark.parametrize(("lang", "date"), [("vi", "20/12/2023"), ("zh", "2023年12月20日")])
    def test_the_form_works_in_each_language(self, kept: Path, lang: str, date: str) -> None:
        app = form("e-fair", "date_edtf", lang)
        the(app.text_input, "date_edtf", "e-fair").set_value("2023-12-20")
        save(app, "e-fair", "date_edtf")
        assert rows(kept)[0][:3] == ("e-fair", "date_edtf", "2023-12-20")
        assert date in html(app)

    @pytest.mark.parametrize(("who", "why"), [("=1+1", "x"), ("Lan", "@SUM(A1)"), ("Lan", " ＝1")])
    def test_what_a_spreadsheet_would_reckon_is_told_and_not_kept(self, kept: Path, who: str, why: str) -> None:
        app = form("e-fair", "drop")
        save(app, "e-fair", "drop", who, why)
        assert app.error[0].value.startswith("Begin the name and the reason with a letter")
        assert not kept.exists()

    @pytest.mark.parametrize("field", ["merge", "part_of"])
    def test_events_of_ones_own_texts_are_not_offered(self, field: str) -> None:
        app = form("e-conference", field, new=frozenset(("e-session",)))
        box = the(app.selectbox, field, "e-conference")
        assert box.options
        assert not any("Session on gates" in option for option in box.options)

    def test_an_event_does_not_become_a_part_of_its_own_part(self, kept: Path) -> None:
        app = form("e-conference", "part_of")
        the(app.selectbox, "part_of", "e-conference").set_value("e-session")
        save(app, "e-conference", "part_of")
        assert app.error[0].value == "That event is itself a part of this one."
        assert not kept.exists()

    def test_likely_events_come_first_and_the_event_itself_never(self) -> None:
        view = view_of(rich_tables())
        event = next(row for row in rich_tables().events.to_dict("records") if row["event_id"] == "e-session")
        ids = view.archive.events.rows(alike(view.facets, event))["event_id"].tolist()
        assert ids[0] == "e-conference"
        assert "e-session" not in ids


class TestTwoAtOnce:
    FIRST = Correction("", "e-fair", "date_edtf", "2023-12-20", "An", "2026-01-05", "seen")

    def filled(self) -> AppTest:
        app = form("e-fair", "date_edtf")
        return ran(the(app.text_input, "date_edtf", "e-fair").set_value("2023-12-22").run())

    def test_who_comes_second_sees_what_the_first_saved(self, kept: Path) -> None:
        app = self.filled()
        append_correction(kept, self.FIRST)
        save(app, "e-fair", "date_edtf")
        assert rows(kept) == [("e-fair", "date_edtf", "2023-12-20", "An", "seen")]
        assert app.warning[0].value.startswith("Somebody has changed this meanwhile")
        assert app.toast[0].value == app.warning[0].value
        assert next(one for one in app.expander if one.label == "Correct this event").proto.expanded
        assert the(app.text_input, "date_edtf", "e-fair").value == "2023-12-20"
        the(app.text_input, "date_edtf", "e-fair").set_value("2023-12-22")
        save(app, "e-fair", "date_edtf")
        assert [row[2:4] for row in rows(kept)] == [("2023-12-20", "An"), ("2023-12-22", "Lan")]
        assert not app.warning

    def test_a_drawer_that_still_shows_the_old_tables_saves_nothing_either(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        app = self.filled()
        old = drawer.view_of(drawer.current_tables())
        append_correction(kept, self.FIRST)
        # As a fragment does that runs again on its own.
        monkeypatch.setattr(drawer, "view_of", lambda *args, **options: old)
        save(app, "e-fair", "date_edtf")
        assert rows(kept) == [("e-fair", "date_edtf", "2023-12-20", "An", "seen")]
        assert app.warning[0].value.startswith("Somebody has changed this meanwhile")

    def test_nobody_is_told_of_their_own_correction(self, kept: Path) -> None:
        app = self.filled()
        save(app, "e-fair", "date_edtf")
        assert len(rows(kept)) == 1
        assert not app.warning

    def test_another_field_of_the_event_is_no_hindrance(self, kept: Path) -> None:
        app = self.filled()
        append_correction(kept, Correction("", "e-fair", "status", "cancelled", "An", "2026-01-05", "seen"))
        save(app, "e-fair", "date_edtf")
        assert [row[1] for row in rows(kept)] == ["status", "date_edtf"]


class TestAwkwardFiles:
    """What stands in a file that was written by hand may not take the drawer from everybody."""

    NAMES = ("Ann of 2024-99-99: x", "Ann of 2024-02-31", "of 2024-13-01")

    @pytest.mark.parametrize("who", NAMES)
    def test_a_name_like_a_day_leaves_the_drawer_as_it_is(self, kept: Path, who: str) -> None:
        kept.write_text(f"target,field,value,who,when,why\ne-fair,status,cancelled,{who},2026-01-02,seen\n", encoding="utf-8")
        assert who.partition(":")[0] in html(open_drawer("e-fair"))

    @pytest.mark.parametrize("when", ["2026-02-31", "2026-99-99", "20260-1-05"])
    def test_a_day_that_is_none_stands_in_the_log_as_it_is(self, kept: Path, when: str) -> None:
        kept.write_text(f"target,field,value,who,when,why\ne-fair,status,cancelled,An,{when},seen\n", encoding="utf-8")
        assert f"{when} · An" in html(open_drawer(page="changes"))


class TestChanges:
    def test_the_log_says_that_corrections_are_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("TIMELINE_CORRECTIONS")
        assert open_drawer(page="changes").info[0].value.startswith("Corrections are off here")

    def test_the_log_says_that_there_are_none(self) -> None:
        assert open_drawer(page="changes").info[0].value.startswith("Nobody has corrected anything yet")

    def test_the_log_lists_each_with_what_became_of_it(self, kept: Path) -> None:
        append_correction(
            kept,
            Correction("", "e-fair", "status", "held", "An", "2026-01-01", "old"),
            Correction("", "e-fair", "status", "cancelled", SCRIPT, "2026-01-02", SCRIPT),
            Correction("", "e-gone", "title", SCRIPT, "An", "2026-01-03", "x"),
            Correction("", "e-conference", "merge", "e-session", "An", "2026-01-04", "one"),
        )
        app = open_drawer(page="changes")
        text = html(app)
        assert "4 corrections, 2 in force" in text
        assert "<script" not in text
        assert "Status: Cancelled" in text
        assert f"2 January 2026 · {escape(SCRIPT)} · holds" in text
        assert "replaced by a later correction that says otherwise" in text
        assert "no event or passage bears this id any more" in text
        assert app.warning[0].value == "2 are without effect: they are marked below."
        opened = next(button for button in app.button if "Border fair" in button.label)
        ran(opened.click().run())
        assert "<h2>Border fair</h2>" in html(app)

    def test_what_was_refused_is_not_put_down_to_the_tables_alone(self, kept: Path) -> None:
        append_correction(kept, Correction("", "e-conference", "part_of", "e-session", "An", "2026-01-04", "x"))
        assert "its field or value is unknown, or does not go with this event" in html(open_drawer(page="changes"))

    def test_chinese_stands_in_chinese_marks(self, kept: Path) -> None:
        append_correction(kept, Correction("", "e-fair", "date_edtf", "2023-12-20", "An", "2026-01-04", "x"))
        assert "：2023年12月20日" in html(open_drawer(page="changes", lang="zh"))
        assert "：2023年12月20日（An、2026年1月4日）：x" in html(open_drawer("e-fair", lang="zh"))

    def test_a_file_of_something_else_is_told(self, kept: Path) -> None:
        kept.write_text("a,b\n1,2\n", encoding="utf-8")
        assert open_drawer(page="changes").error[0].value.startswith("The file of corrections cannot be read")

    def test_a_long_log_is_shown_bit_by_bit(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("timeline.app.changes_page._AT_ONCE", 2)
        append_correction(kept, *(Correction("", "e-fair", "title", f"T{k}", "An", f"2026-01-0{k}", "x") for k in range(1, 4)))
        app = open_drawer(page="changes")
        assert html(app).count("<h3>") == 2
        ran(app.button(key="changes-more").click().run())
        assert html(app).count("<h3>") == 3

    @pytest.mark.parametrize(("lang", "day"), [("vi", "4/1/2026"), ("zh", "2026年1月4日")])
    def test_the_log_speaks_each_language(self, kept: Path, lang: str, day: str) -> None:
        append_correction(kept, Correction("", "e-conference", "date_edtf", "2025-08-26", "An", "2026-01-04", "x"))
        assert day in html(open_drawer(page="changes", lang=lang))
