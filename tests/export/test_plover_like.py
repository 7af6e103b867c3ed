"""PLOVER's and POLECAT's columns, read back by pandas."""

import io

import pandas as pd
import pytest

from tests.export.awkward import FORMULA, document
from tests.export.research import awkward, built, entries, nothing, tables, timed
from timeline.export.plain import one_line
from timeline.export.plover_like import CODINGS, COLUMNS, plover_like
from timeline.tables import EVENT_TYPES, Tables

# What of the manual's lists is used here.
_EVENTS = {"CONSULT", "SUPPORT", "COOPERATE", "SANCTION", ""}
_CONTEXTS = {"diplomatic", "economic", "cultural", "military", "legal"}


def read(found: Tables) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(plover_like(found, entries())), dtype=str, keep_default_na=False)


def row(text: str = "2025-01-01", precision: str = "", **cells: object) -> dict[str, str]:
    (found,) = read(tables(timed("e", text, precision, **cells))).to_dict("records")
    return {str(name): str(cell) for name, cell in found.items()}


class TestCoding:
    @pytest.mark.parametrize(
        ("event_type", "event_subtype", "status", "said"),
        [
            ("visit", "delegation", "held", ("CONSULT", "visit", "diplomatic")),
            ("meeting", "call", "held", ("CONSULT", "phone", "diplomatic")),
            ("meeting", "talks", "scheduled", ("CONSULT", "", "diplomatic; future")),
            ("agreement", "signing", "cancelled", ("SUPPORT", "", "diplomatic; negation")),
            ("border_gate", "upgrade", "held", ("COOPERATE", "", "economic")),
            ("border_gate", "suspension", "held", ("SANCTION", "sever", "economic")),
            ("exchange", "patrol", "held", ("COOPERATE", "", "military")),
            ("policy", "decree", "held", ("", "", "legal")),
            ("of another table", "", "held", ("", "", "")),
        ],
    )
    def test_kinds(self, event_type: str, event_subtype: str, status: str, said: tuple[str, ...]) -> None:
        found = row(event_type=event_type, event_subtype=event_subtype, status=status)
        assert (found["Event Type"], found["Event Mode"], found["Contexts"]) == said
        assert (found["Timeline Type"], found["Timeline Subtype"], found["Timeline Status"]) == (event_type, event_subtype, status)

    def test_what_one_country_builds_is_no_cooperation(self) -> None:
        assert row(event_type="infrastructure", countries=["VN"])["Event Type"] == ""
        assert row(event_type="infrastructure", countries=["CN", "VN"])["Event Type"] == "COOPERATE"

    def test_every_type_has_its_coding_and_all_words_are_plovers(self) -> None:
        assert set(EVENT_TYPES) <= CODINGS.keys() <= entries().event_types.keys()
        assert {coding.event for coding in CODINGS.values()} == _EVENTS
        assert {coding.context for coding in CODINGS.values()} == _CONTEXTS


class TestSides:
    PEOPLE = ("Cao Bằng People's Committee", "Guangxi People's Government", "Ngô Lê Văn")

    def test_those_who_cooperate_stand_on_two_sides(self) -> None:
        found = row(event_type="border_gate", actors=list(self.PEOPLE))
        assert (found["Actor Name"], found["Actor Country"]) == ("Cao Bằng People's Committee; Ngô Lê Văn", "VNM")
        assert (found["Recipient Name"], found["Recipient Country"]) == ("Guangxi People's Government", "CHN")

    def test_those_who_consult_are_all_actors(self) -> None:
        found = row(event_type="meeting", actors=list(self.PEOPLE))
        assert (set(found["Actor Name"].split("; ")), found["Actor Country"]) == (set(self.PEOPLE), "VNM; CHN")
        assert (found["Recipient Name"], found["Recipient Country"]) == ("", "")


class TestTimeAndPlace:
    @pytest.mark.parametrize(
        ("text", "precision", "day", "end"),
        [
            ("2025-09-12", "", "2025-09-12", ""),
            ("2023-12-19/2023-12-23", "span", "2023-12-19", "2023-12-23"),
            ("2025-09-12~", "", "", ""),
            ("2025-09", "", "", ""),
            ("2020/2025", "", "", ""),
            ("XXXX-09-12", "", "", ""),
            ("", "", "", ""),
        ],
    )
    def test_only_days_are_dates(self, text: str, precision: str, day: str, end: str) -> None:
        found = row(text, precision)
        assert (found["Event Date"], found["End Date"], found["Date EDTF"]) == (day, end, text)

    def test_place_and_source(self) -> None:
        cited = (document("a", publisher="B paper", published="2025-08-26"), document("b", publisher="A paper", published="2025-08-25"))
        place = {"border_gates": ["Trà Lĩnh–Longbang"], "provinces": ["Cao Bằng", "Guangxi"], "countries": ["CN", "VN"]}
        (found,) = read(tables(timed("e", "2025", documents=["a", "b"], languages=["cs", "vi"], **place), sources=cited)).to_dict("records")
        assert [found[name] for name in COLUMNS[9:17]] == [
            *("Trà Lĩnh–Longbang", "Cao Bằng", "VNM", "22.87", "106.32"),
            *("B paper; A paper", "2025-08-25", "cs; vi"),
        ]


class TestWhole:
    def test_no_events_give_the_heads(self) -> None:
        assert list(read(nothing()).columns) == list(COLUMNS)
        assert len(read(nothing())) == 0

    def test_every_event_of_the_seeds_has_its_row(self) -> None:
        content = built()
        found = read(content)
        for name, column in {"Event ID": "event_id", "Title": "title", "Date EDTF": "date_edtf"}.items():
            assert found[name].tolist() == content.events[column].tolist()

    def test_an_event_is_a_line_and_no_cell_a_formula(self) -> None:
        content = awkward()
        assert len(plover_like(content).decode().split("\r\n")) == len(content.events) + 2
        assert read(content)["Title"].tolist() == [one_line(title) for title in content.events["title"]]
        assert row(title=FORMULA)["Title"] == f"'{FORMULA}"
