import csv
import io
from typing import Any

import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import SCRIPTS, armed, dated, event, of_every_script
from timeline import knowledge
from timeline.export import COLUMNS, people_csv
from timeline.i18n import words
from timeline.tables import events_frame


def rows_of(content: bytes) -> list[dict[str, str]]:
    """What a program that reads RFC 4180 sees."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def row_of(**cells: Any) -> dict[str, str]:
    return rows_of(people_csv(events_frame([event("e", **cells)])))[0]


class TestContent:
    def test_a_row_says_what_a_reader_wants_to_know(self) -> None:
        fair = next(row for row in rows_of(people_csv(sample_tables().events)) if row["Identifier"] == "e-fair")
        assert fair["When"] == "19–23 December 2023"
        assert (fair["First possible day"], fair["Last possible day"]) == ("2023-12-19", "2023-12-23")
        assert (fair["Event"], fair["Type"], fair["Kind"], fair["Status"]) == ("Border fair", "Exchange", "Fair", "Held")
        assert fair["Provinces then"] == "Lạng Sơn; Guangxi"
        assert fair["Languages of the sources"] == "Vietnamese"
        assert fair["How precisely the time is known"] == "from first to last day"
        assert fair["Confidence"] == "0.9"

    def test_without_events_there_is_the_head(self) -> None:
        lines = people_csv(events_frame([])).decode().splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("When,Event,Type,")

    def test_an_undated_event_says_so_and_has_no_days(self) -> None:
        row = row_of()
        assert (row["When"], row["First possible day"], row["Last possible day"]) == ("undated", "", "")

    def test_events_keep_the_order_they_are_given_in(self) -> None:
        events = events_frame([dated("a", "2020-01-01"), dated("b", "2021-01-01")]).iloc[::-1]
        assert [row["Identifier"] for row in rows_of(people_csv(events))] == ["b", "a"]

    def test_every_script_comes_back(self) -> None:
        assert [row["Event"] for row in rows_of(people_csv(of_every_script()))] == list(SCRIPTS)

    def test_quotes_commas_and_newlines_come_back(self) -> None:
        assert row_of(quote='He said: "no",\r\nand left;\rso')["Passage"] == 'He said: "no",\nand left;\nso'

    def test_control_characters_are_left_out(self) -> None:
        assert row_of(title="A\x00\x07B", actors=["C\x1bD"])["Persons and bodies"] == "CD"

    def test_columns_of_numbers_may_be_empty(self) -> None:
        assert row_of(ordinal=None, confidence=None)["Number in the series"] == ""
        assert row_of(ordinal=13)["Number in the series"] == "13"


class TestSafety:
    @pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠"])
    def test_no_cell_of_any_column_begins_with_a_formula(self, lead: str) -> None:
        row = rows_of(people_csv(armed(f"{lead}cmd")))[0]
        told = {name: cell for name, cell in row.items() if "cmd" in cell}
        assert len(told) >= 14
        assert all(cell.startswith("'") for cell in told.values()), told

    def test_nor_does_any_item_of_a_list(self) -> None:
        assert row_of(actors=["Ngô Lê Văn", "=1+1", "@SUM(A1)"])["Persons and bodies"] == "Ngô Lê Văn; '=1+1; '@SUM(A1)"

    def test_a_program_that_splits_at_semicolons_finds_no_formula_either(self) -> None:
        content = people_csv(events_frame([event("e", title='a";=1+1', quote='x;"=2"')])).decode()
        cells = [cell.strip(' "') for line in content.splitlines() for cell in line.replace('"', ";").split(";")]
        assert not [cell for cell in cells if cell.startswith("=")]

    @pytest.mark.parametrize(
        ("address", "told"),
        [("https://vi.example/tin-tức", "https://vi.example/tin-tức"), ("javascript:alert(1)", ""), ("file:///etc/passwd", ""), ("x", "")],
    )
    def test_an_address_leads_to_the_web_or_nowhere(self, address: str, told: str) -> None:
        assert row_of(source_url=address)["Address of the passage"] == told


class TestLanguages:
    def test_the_byte_order_mark_is_there_when_asked_for(self) -> None:
        events = of_every_script()
        assert people_csv(events, bom=True) == b"\xef\xbb\xbf" + people_csv(events)
        assert not people_csv(events).startswith(b"\xef\xbb\xbf")

    def test_titles_dates_and_types_are_in_the_readers_language(self) -> None:
        events = events_frame(
            [dated("e", "2023-12-19", title="Fair", title_vi="Hội chợ", title_zh="交易会", event_subtype="fair", countries=["VN"])]
        )
        entries = knowledge.load_entries()
        vietnamese = people_csv(events, words=words("vi"), entries=entries).decode().splitlines()[1].split(",")
        chinese = people_csv(events, words=words("zh"), entries=entries).decode().splitlines()[1].split(",")
        assert vietnamese[:4] == ["19/12/2023", "Hội chợ", "Giao lưu", "Hội chợ"]
        assert chinese[:4] == ["2023年12月19日", "交易会", "交流", "交易会"]
        assert "Việt Nam" in vietnamese
        assert "越南" in chinese

    def test_an_event_without_a_title_in_the_language_keeps_the_english_one(self) -> None:
        line = people_csv(events_frame([event("e", title="Fair")]), words=words("vi")).decode().splitlines()[1]
        assert ",Fair," in line

    def test_a_form_is_named_as_the_type_or_kind_that_it_is(self) -> None:
        entries = knowledge.load_entries()
        events = events_frame([event("a", form="ceremony"), event("b", form="seminar"), event("c", form="never_heard_of")])
        told = [row["Form"] for row in rows_of(people_csv(events, entries=entries))]
        assert told == ["Ceremony", "Seminar", "Never heard of"]


def test_heads_are_all_different() -> None:
    heads = [column.head for column in COLUMNS.values()]
    assert len(set(heads)) == len(heads)
