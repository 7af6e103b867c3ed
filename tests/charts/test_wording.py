import pytest

from timeline.charts.wording import date_in_words

CASES = [
    ("", "none", "undated"),
    ("2025-09-12", "day", "12 September 2025"),
    ("2024-11", "month", "November 2024"),
    ("2022", "year", "2022"),
    ("2025-21", "season", "spring 2025"),
    ("2025-33", "season", "1st quarter 2025"),
    ("2025-12~", "month", "about December 2025"),
    ("2025?", "year", "perhaps 2025"),
    ("202X", "period", "the 2020s"),
    ("XXXX-09-12", "day", "12 September, year unknown"),
    ("XXXX-09", "month", "September, year unknown"),
    ("2023-12-19/2023-12-23", "span", "19–23 December 2023"),
    ("2023-02-28/2023-03-02", "span", "28 February – 2 March 2023"),
    ("2023-12-30/2024-01-02", "span", "30 December 2023 – 2 January 2024"),
    ("2024-09/2024-11", "span", "September–November 2024"),
    ("2024-09/2025-01", "span", "September 2024 – January 2025"),
    ("2016/2024-11", "span", "2016 – November 2024"),
    ("2020/2025", "period", "some time in 2020–2025"),
    ("2020/2025", "span", "2020–2025"),
    ("2016/..", "span", "since 2016"),
    ("../2024-03-01", "span", "until 1 March 2024"),
]


@pytest.mark.parametrize(("text", "precision", "words"), CASES)
def test_time_is_said_as_a_reader_would(text: str, precision: str, words: str) -> None:
    assert date_in_words(text, precision) == words
