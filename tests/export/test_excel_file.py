import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.app.sample import sample_tables
from tests.export.awkward import FORMULA, SCRIPTS, armed, dated, event, of_every_script
from timeline.errors import TableError
from timeline.export import COLUMNS
from timeline.export.excel_file import excel
from timeline.i18n import words
from timeline.tables import events_frame


def sheet_of(content: bytes) -> Worksheet:
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    return sheet


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    names = list(COLUMNS)
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2, max_col=len(names), values_only=True)]


def row_of(**cells: Any) -> dict[str, Any]:
    return rows_of(sheet_of(excel(events_frame([event("e", **cells)]))))[0]


class TestCells:
    def test_days_are_dates_and_numbers_are_numbers(self) -> None:
        sheet = sheet_of(excel(events_frame([dated("e", "2023-12-19", ordinal=13, confidence=0.75)])))
        (row,) = rows_of(sheet)
        assert (row["first"], row["last"], row["number"], row["confidence"]) == (datetime(2023, 12, 19), datetime(2023, 12, 19), 13, 0.75)
        assert row["when"] == "19 December 2023"

    @pytest.mark.parametrize("day", ["1900-01-01", "1900-02-28", "1900-03-01", "9999-12-31"])
    def test_days_at_the_edges_of_excels_calendar(self, day: str) -> None:
        assert row_of(date_edtf=day, date_start=day, date_end=day)["first"] == datetime.fromisoformat(day)

    def test_a_day_before_excels_calendar_is_text(self) -> None:
        assert row_of(date_edtf="1899-12-31", date_start="1899-12-31", date_end="1899-12-31")["first"] == "1899-12-31"

    def test_an_undated_event_has_empty_days(self) -> None:
        row = row_of()
        assert (row["when"], row["first"], row["last"]) == ("undated", None, None)

    def test_every_script_comes_back(self) -> None:
        assert [row["event"] for row in rows_of(sheet_of(excel(of_every_script())))] == list(SCRIPTS)

    def test_no_text_becomes_a_formula_a_link_or_a_number(self) -> None:
        for text in (FORMULA, "https://example.org", "{=1+1}", "00012", "@SUM(A1)"):
            sheet = sheet_of(excel(armed(text)))
            cells = [cell for cell in sheet[2] if cell.value is not None and cell.column != list(COLUMNS).index("confidence") + 1]
            assert {cell.data_type for cell in cells} == {"s"}
            assert not [cell for cell in cells if cell.hyperlink]
            assert sheet.cell(2, list(COLUMNS).index("event") + 1).value == text

    def test_text_that_begins_as_a_formula_stays_text_when_its_cell_is_edited(self) -> None:
        sheet = sheet_of(excel(events_frame([event("e", title="=1+1", quote="plain", actors=["＠SUM(1)"])])))
        kept = {name: sheet.cell(2, at + 1).quotePrefix for at, name in enumerate(COLUMNS) if name in ("event", "quote", "actors")}
        assert {name: bool(is_kept) for name, is_kept in kept.items()} == {"event": True, "quote": False, "actors": True}

    def test_newlines_quotes_and_control_characters(self) -> None:
        row = row_of(title="A\x00\x07B\ufffe", quote='"no",\r\n<b>&amp;', actors=["C\ud800D"])
        assert (row["event"], row["quote"], row["actors"]) == ("AB", '"no",\n<b>&amp;', "CD")

    def test_text_that_looks_like_an_escape_of_excel_comes_back(self) -> None:
        content = excel(events_frame([event("e", title="_x0041_")]))
        assert row_of(title="_x0041_")["event"] in ("_x0041_", "_x005F_x0041_")  # openpyxl leaves the escape in
        assert b"_x005F_x0041_" in unpacked(content)

    def test_a_passage_longer_than_a_cell_is_cut_and_says_so(self) -> None:
        quote = row_of(quote="ạ" * 40_000)["quote"]
        assert len(quote) == 32_767
        assert quote.endswith("ạ…")


class TestSheet:
    def test_head_stays_and_filters_reach_over_all_rows(self) -> None:
        sheet = sheet_of(excel(sample_tables().events))
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:Z8"
        assert sheet.column_dimensions["B"].width > 40

    def test_without_events_there_is_the_head(self) -> None:
        sheet = sheet_of(excel(events_frame([])))
        assert [cell.value for cell in sheet[1]][:2] == ["When", "Event"]
        assert sheet.max_row == 1

    def test_the_same_events_give_the_same_bytes(self) -> None:
        events = sample_tables().events
        assert excel(events) == excel(events)

    def test_dates_are_in_the_readers_language(self) -> None:
        sheet = sheet_of(excel(events_frame([dated("e", "2023-12-19")]), words("zh")))
        assert rows_of(sheet)[0]["when"] == "2023年12月19日"

    def test_more_events_than_a_sheet_holds_are_one_clear_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("timeline.export.excel_file._MOST_ROWS", 6)
        with pytest.raises(TableError, match="7 events are more than the 6"):
            excel(sample_tables().events)


def unpacked(content: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
