"""Days of other calendars as Gregorian days.

Persian: the Solar Hijri calendar of Iran (`convertdate`). Islamic: Umm al-Qura, the civil calendar of Saudi Arabia
(`hijridate`); a country that sights the moon may be a day off. Lunar: the Chinese calendar (`lunardate`), which Vietnam
shares but for a few days in a century, its clock being an hour behind.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Calendar = Literal["", "persian", "islamic", "lunar"]
_MONTHS = 12
# Years of Iran's calendar in which counting eight leap years in thirty-three gives the day of the equinox, each of them.
_BY_COUNTING = range(1277, 1600)
_LAST_DAY_BEFORE = date(2024, 3, 20).toordinal() - 365 * 1403 - (8 * 1403 + 21) // 33


@lru_cache(maxsize=1 << 12)
def day_in(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a day in `calendar`; None where that has none."""
    try:
        return {"persian": _persian, "islamic": _islamic, "lunar": _lunar}[calendar](year, month, day)
    except (ValueError, OverflowError):
        return None


def month_in(calendar: Calendar, year: int, month: int) -> tuple[date, date] | None:
    """First and last Gregorian day of a month in `calendar`."""
    first = day_in(calendar, year, month, 1)
    following = day_in(calendar, year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def year_in(calendar: Calendar, day: date) -> int:
    """The year of `calendar` in which a Gregorian day lies."""
    guess = day.year - 621 if calendar == "persian" else (round((day.year - 622) * 33 / 32) + 1 if calendar == "islamic" else day.year)
    for year in range(guess + 1, guess - 4, -1):
        first = day_in(calendar, year, 1, 1)
        if first and first <= day:
            return year
    return guess


def _persian(year: int, month: int, day: int) -> date | None:
    """Reckoned from the days on which its years begin: of the months, six have 31 days, five 30, and the last the rest."""
    if not 1 <= month <= _MONTHS:
        return None
    before = (month - 1) * 30 + min(month - 1, 6)
    length = 30 + (month <= 6) if month < _MONTHS else (_persian_new_year(year + 1) - _persian_new_year(year)).days - before
    return _persian_new_year(year) + timedelta(days=before + day - 1) if 1 <= day <= length else None


@lru_cache(maxsize=1 << 10)
def _persian_new_year(year: int) -> date:
    """The day of the equinox; reckoned, which takes thousands of times longer, only for years in which counting may be a day off."""
    if year in _BY_COUNTING:
        return date.fromordinal(_LAST_DAY_BEFORE + 365 * year + (8 * year + 21) // 33)
    from convertdate import persian

    return date(*persian.to_gregorian(year, 1, 1))


def _islamic(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    converted = Hijri(year, month, day).to_gregorian()
    return date(converted.year, converted.month, converted.day)


def _lunar(year: int, month: int, day: int) -> date | None:
    from lunardate import LunarDate

    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar
