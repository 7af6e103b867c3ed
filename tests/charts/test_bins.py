from datetime import date, timedelta

import numpy as np
import pytest

from timeline.charts.bins import UNITS, counts_across, counts_within, edges_of, fits, say_bin, shares_across, unit_for
from timeline.charts.prepared import LASTING, PART, POINT, WITHIN, day_of, number_of
from timeline.i18n import Words

UNIT = {unit.name: unit for unit in UNITS}


def edges(unit: str, first: date, last: date) -> list[date]:
    return [day_of(int(edge)) for edge in edges_of(UNIT[unit], number_of(first), number_of(last))]


def days(*items: date) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([number_of(day) for day in items], dtype=np.int64)


@pytest.mark.parametrize(
    ("unit", "begins"),
    [
        ("day", date(2024, 2, 29)),
        ("week", date(2024, 2, 26)),
        ("month", date(2024, 2, 1)),
        ("quarter", date(2024, 1, 1)),
        ("half", date(2024, 1, 1)),
        ("year", date(2024, 1, 1)),
        ("five years", date(2020, 1, 1)),
        ("decade", date(2020, 1, 1)),
        ("century", date(2000, 1, 1)),
    ],
)
def test_bins_begin_where_the_calendar_does(unit: str, begins: date) -> None:
    assert edges(unit, date(2024, 2, 29), date(2024, 2, 29))[0] == begins


def test_bins_of_the_years_before_1970_begin_there_too() -> None:
    assert edges("year", date(1954, 7, 21), date(1955, 1, 1)) == [date(1954, 1, 1), date(1955, 1, 1), date(1956, 1, 1)]
    assert edges("week", date(1954, 7, 21), date(1954, 7, 21))[0].weekday() == 0


def test_unit_is_the_smallest_that_gives_few_enough_bins() -> None:
    first = number_of(date(2020, 1, 1))
    assert [unit_for(first, first + length, 36).name for length in (10, 100, 1000, 3000, 6000, 12000)] == [
        *("day", "week", "month", "quarter", "half", "year"),
    ]
    assert unit_for(number_of(date(1, 1, 1)), number_of(date(9999, 12, 31)), 36).name == "century"


def test_event_belongs_to_one_bin_only_if_it_cannot_lie_in_another() -> None:
    months = edges_of(UNIT["month"], number_of(date(2024, 1, 1)), number_of(date(2024, 4, 30)))
    low = days(date(2024, 2, 3), date(2024, 2, 1), date(2024, 1, 30), date(2024, 1, 1), date(2024, 1, 30), date(2024, 2, 2))
    high = days(date(2024, 2, 3), date(2024, 2, 29), date(2024, 2, 2), date(2024, 12, 31), date(2024, 2, 2), date(2024, 3, 1))
    kinds = np.array([POINT, PART, LASTING, PART, WITHIN, WITHIN], dtype=np.int8)
    # A span known to begin in January counts there; a period over the same days may lie in February.
    assert fits(low, high, kinds, months).tolist() == [True, True, True, False, False, False]
    assert counts_within(low[:3], months).tolist() == [1, 2, 0, 0]


def test_span_that_began_before_the_bins_belongs_to_none() -> None:
    months = edges_of(UNIT["month"], number_of(date(2024, 1, 1)), number_of(date(2024, 4, 30)))
    kinds = np.array([LASTING], dtype=np.int8)
    assert not fits(days(date(2023, 12, 30)), days(date(2024, 1, 2)), kinds, months).any()


def test_stretch_that_reaches_out_of_the_bins_counts_in_those_that_it_touches() -> None:
    months = edges_of(UNIT["month"], number_of(date(2024, 1, 1)), number_of(date(2024, 3, 31)))
    assert counts_across(days(date(2020, 1, 1)), days(date(2024, 2, 1)), months).tolist() == [1, 1, 0]
    assert counts_across(days(date(2024, 2, 9)), days(date(2030, 1, 1)), months).tolist() == [0, 1, 1]


def test_long_stretch_counts_in_each_bin_that_it_touches_and_weighs_one_in_all() -> None:
    months = edges_of(UNIT["month"], number_of(date(2024, 1, 1)), number_of(date(2024, 4, 30)))
    low, high = days(date(2024, 1, 5), date(2024, 3, 1)), days(date(2024, 3, 20), date(2024, 4, 30))
    assert counts_across(low, high, months).tolist() == [1, 1, 2, 1]
    assert shares_across(low, high, months) == pytest.approx([1 / 3, 1 / 3, 1 / 3 + 1 / 2, 1 / 2])


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("day", "29 February 2024"),
        ("week", "26 February – 3 March 2024"),
        ("month", "February 2024"),
        ("quarter", "1st quarter 2024"),
        ("half", "1st half 2024"),
        ("year", "2024"),
        ("five years", "2020–2024"),
        ("decade", "the 2020s"),
        ("century", "2000–2099"),
    ],
)
def test_bin_is_said_as_a_reader_would(unit: str, said: str) -> None:
    first, behind = edges(unit, date(2024, 2, 29), date(2024, 2, 29))
    assert say_bin(UNIT[unit], (first, behind - timedelta(days=1)), Words()) == said


def test_bin_that_the_window_cuts_is_said_by_its_days() -> None:
    assert say_bin(UNIT["year"], (date(2024, 3, 5), date(2024, 12, 31)), Words()) == "5 March – 31 December 2024"
    assert say_bin(UNIT["week"], (date(2024, 12, 31), date(2024, 12, 31)), Words()) == "31 December 2024"
