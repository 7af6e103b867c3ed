"""Numbers as texts write them."""

import pytest

from timeline.dates.numerals import Numerals, han_number

JAPANESE = Numerals(eras={"令和": 2018, "平成": 1988}, han=True)
THAI = Numerals(eras={"พ.ศ.": -543, "ค.ศ.": 0}, buddhist=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("三十", 30), ("廿三", 23), ("二〇二五", 2025), ("二零二五", 2025)],
)
def test_hanzi_numerals_are_read(text: str, number: int) -> None:
    assert han_number(text) == number


def test_what_is_no_numeral_is_zero() -> None:
    assert han_number("") == han_number("月") == han_number("十月") == 0


@pytest.mark.parametrize(
    ("numerals", "text", "year"),
    [
        (JAPANESE, "令和7", 2025),
        (JAPANESE, "令和元", 2019),
        (JAPANESE, "平成二十八", 2016),
        (JAPANESE, "2025", 2025),
        (THAI, "พ.ศ. 2566", 2023),
        (THAI, "ค.ศ. 2023", 2023),
        (THAI, "2566", 2023),  # no other era has come so far
        (THAI, "พ.ศ. 2023", 2023),  # a slip: that year of the era lies in the Middle Ages
    ],
)
def test_years_of_an_era_are_gregorian_years(numerals: Numerals, text: str, year: int) -> None:
    assert numerals.year(text) == year


def test_two_digits_are_a_year_of_this_century_or_the_last() -> None:
    assert (Numerals().short_year("25"), Numerals().short_year("79")) == (2025, 1979)
    assert THAI.short_year("66") == 2023
