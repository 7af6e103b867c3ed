"""Other calendars' days as Gregorian ones. The days are from the calendars' published tables."""

from datetime import date

import pytest
from convertdate import persian

from timeline.dates.calendars import Calendar, day_in, month_in, year_in


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "gregorian"),
    [
        ("persian", 1403, 1, 1, date(2024, 3, 20)),  # Nowruz
        ("persian", 1402, 12, 7, date(2024, 2, 26)),
        ("persian", 1403, 12, 30, date(2025, 3, 20)),  # of a leap year
        ("persian", 1403, 7, 1, date(2024, 9, 22)),  # behind six months of 31 days
        ("islamic", 1446, 1, 1, date(2024, 7, 7)),  # Umm al-Qura
        ("lunar", 2025, 1, 1, date(2025, 1, 29)),  # Tết Ất Tỵ
        ("lunar", 2024, 8, 15, date(2024, 9, 17)),  # mid-autumn
    ],
)
def test_a_day_is_converted(calendar: Calendar, year: int, month: int, day: int, gregorian: date) -> None:
    assert day_in(calendar, year, month, day) == gregorian
    assert year_in(calendar, gregorian) == year


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [("persian", 1402, 12, 30), ("persian", 1402, 7, 31), ("persian", 1402, 0, 1), ("islamic", 1446, 13, 1), ("lunar", 2025, 1, 31)],
)
def test_a_day_that_is_none_gives_none(calendar: Calendar, year: int, month: int, day: int) -> None:
    assert day_in(calendar, year, month, day) is None


@pytest.mark.parametrize("year", [1276, 1277, 1304, 1354, 1399, 1403, 1436, 1599, 1602])
def test_a_persian_year_begins_on_the_day_of_the_equinox(year: int) -> None:
    """Whether its day is counted or, where counting may be a day off, reckoned."""
    assert day_in("persian", year, 1, 1) == date(*persian.to_gregorian(year, 1, 1))


def test_a_month_of_another_calendar_is_a_span_of_days() -> None:
    assert month_in("persian", 1402, 9) == (date(2023, 11, 22), date(2023, 12, 21))
