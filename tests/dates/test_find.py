"""Times beyond what the language files' examples hold: completion, bad input, the shape of the answer."""

import pytest

from timeline import find_dates
from timeline.pipeline import Extractor


def values(engine: Extractor, text: str, language: str = "en", published: str | None = None) -> list[str]:
    return [time.date_edtf for time in engine.find_dates(text, language, published)]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("They met on December 28.", "2024-01-05", "2023-12-28"),  # news looks back over the turn of the year
        ("They will meet on January 10.", "2023-12-28", "2024-01-10"),  # and a little ahead
        ("They met on December 28.", None, "XXXX-12-28"),  # and never guesses
        ("They met on December 28.", "2023-12", "2023-12-28"),  # a month of publication gives the year
        ("In May 2019 they talked; on June 3 they signed.", "2025-01-01", "2019-06-03"),  # a clause before gives it
    ],
)
def test_a_year_is_completed_from_the_document(engine: Extractor, text: str, published: str | None, value: str) -> None:
    assert values(engine, text, published=published)[-1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 đến 23/2/2024", ["2024-02-15/2024-02-23"]),
        ("từ ngày 28/7 - 2/8/2024", ["2024-07-28/2024-08-02"]),
        ("ngày 12/9/2025 và ngày 13/9/2025", ["2025-09-12", "2025-09-13"]),
        ("giai đoạn 2016-2020", ["2016/2020"]),
        ("giữa mốc 1119-1120", []),
        ("Nghị định 58/2022/NĐ-CP", []),
        ("đạt 1/3 kế hoạch", []),
        ("Việt Nam 2045", []),
    ],
)
def test_vietnamese_forms_and_traps(engine: Extractor, text: str, expected: list[str]) -> None:
    assert values(engine, text, "vi") == expected


@pytest.mark.parametrize("text", ["31/2/2025", "12/13/2025 13.13.2025", "0/0/0000", "99/99/9999", "1" * 5000, "1/" * 5000, "2025-02-30"])
def test_impossible_days_are_no_days(engine: Extractor, text: str) -> None:
    assert not [value for value in values(engine, text) if "-" in value and len(value) == 10 and value not in ("2025-12-13",)]


def test_spans_point_at_the_words() -> None:
    text = "Dateline.\n\nThe gate opened on 12 September 2025 in Cao Bang."
    row = find_dates(text, language="en").iloc[0]
    assert text[row.start : row.end] == row.text
    assert (row.date_edtf, row.date_precision, row.date_basis) == ("2025-09-12", "day", "stated")


def test_a_text_without_dates_gives_an_empty_table_of_the_same_shape() -> None:
    frame = find_dates("Nothing happened.", language="en")
    assert list(frame.columns) == ["start", "end", "text", "date_edtf", "date_precision", "date_basis", "rule"]
    assert len(frame) == 0
