"""Partial dates → EDTF values, completed from the document and from nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from timeline import edtf
from timeline.dates.calendars import Calendar, day_in, month_in, year_in
from timeline.dates.codes import FORETOLD, OF_WEEK, days_from, stepped, weekday_of
from timeline.model import Basis

# A day without a year in a dated document is taken to the year that puts it nearest to the document's day, news
# looking back further than ahead: up to nine months back, three ahead; in a sentence that foretells, ahead, unless it is
# just past ("the fair that opened on the 3rd will last").
_BACK = timedelta(days=275)
_AHEAD = timedelta(days=91)
_FORETOLD_BACK, _FORETOLD_AHEAD = timedelta(days=45), timedelta(days=320)
_BY_WEEKDAY = timedelta(days=330)
_HALF_A_YEAR = timedelta(days=183)  # what lasts until a day may be over, or not
OLDEST = 1000  # older figures are no years, even in a history
MODERN = 1990  # the border was opened again in 1991; an older day is history, and dates nothing else
_BESIDE_A_DAY = timedelta(days=45)  # from a full day to one whose year it tells
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_SEASON_MONTHS = 3
_NUMBERED_PART = re.compile(r"(half|quarter|months)(\d{1,2})")


class Parts(NamedTuple):
    """What an expression itself says of a time; None where it is silent."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""  # half1, quarter3, months9, spring, decade
    relative: str = ""
    year_step: int | None = None  # "of last year": -1
    month_step: int | None = None  # "the 11th of last month": -1
    side: int = 0  # "last September": -1, "next September": 1
    calendar: Calendar = ""
    same: str = ""  # "of that year", "of the same month": what the time told before lends
    weekday: int | None = None  # said beside the day: "Tuesday (25)", "Monday, 8 January"
    order: str = ""  # of an all-number date: dmy, mdy, ymd
    ahead: bool = False  # the sentence speaks of what will be
    limit: bool = False  # something lasts until then

    @property
    def silent_of_year(self) -> bool:
        """Whether neither a year nor a way to reckon it is told."""
        return self.year is None and self.year_step is None

    @property
    def is_full(self) -> bool:
        """Whether the year is told with all that lies between it and what is told within it."""
        return self.year is not None and (self.month is not None or self.day is None) and not self.relative and not self.same

    @property
    def is_decade(self) -> bool:
        return self.part.startswith("decade")

    @property
    def decade(self) -> int | None:
        """The first year of the decade that is told; None where none is."""
        if self.part == "decade":
            return self.year
        return int(self.part[6:]) if self.is_decade else None

    @property
    def is_plain_year(self) -> bool:
        """Whether a year is told and nothing within it."""
        return self.year is not None and self.month is None and self.day is None and not self.part


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the document gives to complete a partial date with."""

    published: date | None = None
    near: date | None = None  # the middle of the month, where only the month of publication is known
    year: int | None = None  # the year that an undated text speaks of, as far as its own dates tell
    today: tuple[int, int] | None = None  # the month and day that it calls today, where no year is told
    days: tuple[date, ...] = ()  # the full days that an undated text states
    own_year: int | None = None  # the document's own, where no more of its day is known
    first: str = ""  # when the time begins that an undated text tells first: its month is "this month", its year "this year"

    @property
    def first_month(self) -> int | None:
        """The month of `first`; None where that tells none, but a season ("2012-21") or a year."""
        month = self.first[5:7]
        return int(month) if month.isdigit() and 1 <= int(month) <= 12 else None

    @classmethod
    def of(cls, published: str | date | None) -> Anchor:
        """From an ISO day, a month or a year (which complete a date, but are no "today"), or nothing."""
        if isinstance(published, date):
            return cls(published, published)
        try:
            if published and len(published) == len("2023") and published.isdigit():
                return cls(year=int(published), own_year=int(published))
            if published and len(published) == len("2023-12"):
                return cls(None, date.fromisoformat(published + "-15"))
            day = date.fromisoformat(published) if published else None
        except ValueError:
            day = None
        return cls(day, day)


def complete(parts: Parts, anchor: Anchor, context_year: int | None) -> tuple[Parts, Basis, str]:
    """Fill in the year of `parts`: from the expression, a year in its sentence, or the document's own day."""
    if parts.relative:
        return parts, "completed", f"relative:{parts.relative}"
    if parts.year is not None:
        return parts, "stated", "stated"
    near = anchor.near
    if parts.year_step is not None and near is not None:
        this = year_in(parts.calendar, near) if parts.calendar else near.year
        return parts._replace(year=this + parts.year_step), "completed", "relative-year"
    if parts.year_step is not None and (this_year := _this_year(anchor)):
        return parts._replace(year=this_year + parts.year_step), "completed", "relative-year"
    if parts.calendar and near is not None:
        return parts._replace(year=_nearest_in_calendar(parts, near)), "completed", f"year-of-document:{parts.calendar}"
    if parts.side and near is not None:
        return parts._replace(year=_beside(parts, near)), "completed", "last" if parts.side < 0 else "next"
    over = parts.ahead and near is not None and context_year is not None and context_year < near.year  # "signed in July 2024, opens in May"
    if context_year is not None and not over and _fits_weekday(parts, context_year):
        return parts._replace(year=context_year), "completed", "year-of-clause"
    if near is not None and (parts.month is not None or parts.part):
        return parts._replace(year=_by_weekday(parts, _nearest_year(parts, near), near)), "completed", "year-of-document"
    year = year_beside(anchor, *_place(parts)) if parts.month is not None or parts.part else None
    year = _by_weekday(parts, year) if year is not None else None
    if year is not None and _fits_weekday(parts, year):
        return parts._replace(year=year), "completed", "year-of-text"
    return parts, "stated", "no-year"


def year_beside(anchor: Anchor, month: int, day: int) -> int | None:
    """The year that an undated text tells for one of its days: of a full day that lies close to it, else the text's own."""
    if not anchor.days:
        return anchor.year
    places = [
        (abs(date(stated.year + step, month, min(day, 28)) - stated), stated.year + step) for stated in anchor.days for step in (-1, 0, 1)
    ]
    nearest = min(places, default=None)
    return nearest[1] if nearest and nearest[0] <= _BESIDE_A_DAY else anchor.year


def _this_year(anchor: Anchor) -> int | None:
    """What "this year" is where the document's day is not known: its own year, else that of the time it tells first."""
    return anchor.own_year or (int(anchor.first[:4]) if anchor.first[:4].isdigit() else None)


def _place(parts: Parts) -> tuple[int, int]:
    """The month and day by which the year is chosen: of a part of the year its beginning, of a month its middle."""
    if parts.month is not None:
        return parts.month, min(parts.day or 15, 28)
    numbered = _NUMBERED_PART.fullmatch(parts.part)
    if numbered is None:
        return {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}.get(parts.part, 6), 1
    return {"half": int(numbered[2]) * 6 - 5, "quarter": int(numbered[2]) * 3 - 2, "months": 1}[numbered[1]], 1


def _nearest_year(parts: Parts, published: date) -> int:
    month, day = _place(parts)
    if parts.part and parts.ahead:  # "will visit in the autumn": the one that is not over
        return published.year + (published.month >= month + _SEASON_MONTHS)
    if parts.part:  # the last that has begun, or one about to begin
        return published.year - (date(published.year, month, day) - published > _AHEAD)
    back, ahead, step = (_FORETOLD_BACK, _FORETOLD_AHEAD, 1) if parts.ahead else (_BACK, _AHEAD, -1)
    if parts.limit and not parts.ahead:
        back, ahead = _HALF_A_YEAR, _HALF_A_YEAR
    for year in (published.year, published.year + step, published.year - step):
        if -back <= date(year, month, day) - published <= ahead:
            return year
    return published.year


def _fits_weekday(parts: Parts, year: int) -> bool:
    """Whether the day may fall in that year, as far as a weekday told with it says ("Sunday (8/1)" was not in 2020)."""
    if parts.weekday is None or parts.month is None or parts.day is None:
        return True
    try:
        return date(year, parts.month, parts.day).isoweekday() == parts.weekday
    except ValueError:
        return False


def _by_weekday(parts: Parts, year: int, near: date | None = None) -> int:
    """The year, or one beside it, in which the day falls on the weekday that it is told with ("Monday, 8 January").

    One that lies far ahead of the document, or far back, is a slip of the text.
    """
    if parts.weekday is None or parts.month is None or parts.day is None:
        return year
    fitting = [candidate for candidate in (year, year + 1, year - 1) if _fits_weekday(parts, candidate)]
    if near is not None:
        fitting = [y for y in fitting if y == year or abs(date(y, parts.month, min(parts.day, 28)) - near) <= _BY_WEEKDAY]
    return fitting[0] if fitting else year


def _beside(parts: Parts, published: date) -> int:
    """The year of the last, or next, such month or day before, or after, the document's own month."""
    month, _ = _place(parts)
    if parts.side < 0:
        return published.year - (month > published.month or (month == published.month and (parts.day or 31) > published.day))
    return published.year + (month < published.month or (month == published.month and 0 < (parts.day or 99) < published.day))


def _nearest_in_calendar(parts: Parts, published: date) -> int:
    year = year_in(parts.calendar, published)
    candidates = [(day, y) for y in (year - 1, year, year + 1) if (day := day_in(parts.calendar, y, parts.month or 1, parts.day or 1))]
    fitting = [y for day, y in candidates if -_BACK <= day - published <= _AHEAD]
    return fitting[-1] if fitting else year


def to_edtf(parts: Parts, anchor: Anchor) -> str | None:
    """The EDTF string of (completed) parts; None where the calendar has no such day or nothing is known."""
    if parts.relative:
        return relative(parts.relative, anchor)
    if parts.calendar:
        return _from_calendar(parts)
    if parts.part:
        return _part_or_decade(parts)
    if parts.year is None and parts.month is None:
        return None
    if parts.month is None:
        return f"{parts.year:04d}"
    if parts.day is None:
        return f"{parts.year:04d}-{parts.month:02d}" if parts.year is not None else f"XXXX-{parts.month:02d}"
    if parts.year is None:
        return f"XXXX-{parts.month:02d}-{parts.day:02d}" if edtf.day(2000, parts.month, parts.day) else None
    return edtf.day(parts.year, parts.month, parts.day)


def _part_or_decade(parts: Parts) -> str | None:
    if parts.part.startswith(("decade13", "decade14")):  # of the Persian calendar
        return _part_in_calendar(Parts(year=int(parts.part[6:]), part="decade", calendar="persian"))
    if parts.part.startswith("decade") and len(parts.part) > len("decade"):  # "the nineties"
        return f"{parts.part[6:9]}X"
    return _part_of_year(parts.part, parts.year)


def _from_calendar(parts: Parts) -> str | None:
    if parts.year is None:
        return None
    if parts.part:
        return _part_in_calendar(parts)
    if parts.day is not None:
        day = day_in(parts.calendar, parts.year, parts.month or 1, parts.day)
        return day.isoformat() if day else None
    if parts.month is not None:
        ends = month_in(parts.calendar, parts.year, parts.month)
    else:
        first, following = day_in(parts.calendar, parts.year, 1, 1), day_in(parts.calendar, parts.year + 1, 1, 1)
        ends = (first, following - timedelta(days=1)) if first and following else None
    return f"{ends[0].isoformat()}/{ends[1].isoformat()}" if ends else None


def _part_in_calendar(parts: Parts) -> str | None:
    """A half, a quarter or (of the Persian year, which begins with spring) a season as a span of days."""
    if parts.part == "decade" and parts.year is not None:
        begin, end = day_in(parts.calendar, parts.year, 1, 1), day_in(parts.calendar, parts.year + 10, 1, 1)
        return f"{begin.isoformat()}/{(end - timedelta(days=1)).isoformat()}" if begin and end else None
    seasons = {"spring": (1, 3), "summer": (4, 6), "autumn": (7, 9), "winter": (10, 12)} if parts.calendar == "persian" else {}
    months = seasons.get(parts.part) or _months_of(parts.part)
    if months is None or parts.year is None:
        return None
    begins, ends = (month_in(parts.calendar, parts.year, month) for month in months)
    return f"{begins[0].isoformat()}/{ends[1].isoformat()}" if begins and ends else None


def _months_of(part: str) -> tuple[int, int] | None:
    """First and last month of `half1`, `quarter3`, `months9`."""
    numbered = _NUMBERED_PART.fullmatch(part)
    if numbered is None:
        return None
    number = int(numbered[2])
    first, last = {"half": (number * 6 - 5, number * 6), "quarter": (number * 3 - 2, number * 3), "months": (1, number)}[numbered[1]]
    return (first, last) if 1 <= first <= last <= 12 else None


def _part_of_year(part: str, year: int | None) -> str | None:
    """`half1`, `quarter3`, `months9` as spans of months, of an unknown year too; `spring` as an EDTF season; `decade`."""
    if months := _months_of(part):
        told = "XXXX" if year is None else f"{year:04d}"
        if months[0] == months[1]:  # "in the first month of the year"
            return f"{told}-{months[0]:02d}"
        return f"{told}-{months[0]:02d}/{told}-{months[1]:02d}"
    if year is None:
        return None
    if part == "decade":
        return f"{year // 10:03d}X" if year % 10 == 0 else f"{year:04d}"
    return f"{year:04d}-{SEASONS[part]}" if part in SEASONS else None


def relative(code: str, anchor: Anchor) -> str | None:
    """`day-1`, `weekday3`, `weekday3-`, `week+0`, `month-1`, `year+1`, `part:half1`, `half2-1`: reckoned from the document's day."""
    near, published = anchor.near, anchor.published
    if near is None:
        return _beside_today(code, anchor)
    if code.startswith("part:"):
        return _part_of_year(code[5:], _nearest_year(Parts(part=code[5:]), near))
    unit, step = stepped(code)
    if unit in ("half", "quarter"):  # "last quarter"
        return _part_beside(unit, step, near)
    if unit in SEASONS or code.startswith(("half", "quarter")):  # "来春", "the first half of this year", "half2+1": the second of the next
        return _part_of_year(unit, near.year + step)
    if code.startswith("weekday"):
        return _weekday(int(code[7]), code[8:], published).isoformat() if published else None
    if code.startswith("weekend"):
        return _weekend(code[7:], published) if published else None
    if unit == "month":
        count = near.year * 12 + near.month - 1 + step
        return f"{count // 12:04d}-{count % 12 + 1:02d}"
    if unit == "year":
        return f"{near.year + step:04d}"
    if published is None:
        return None
    if unit == "day":
        return (published + timedelta(days=step)).isoformat()
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return None


def _part_beside(unit: str, step: int, near: date) -> str | None:
    """The quarter, or half-year, so many from the document's own."""
    months = {"half": 6, "quarter": 3}[unit]
    year, number = divmod(near.year * (12 // months) + (near.month - 1) // months + step, 12 // months)
    return _part_of_year(f"{unit}{number + 1}", year)


def _weekend(step: str, published: date) -> str:
    """Saturday and Sunday of the document's week, or so many weeks from it; `-`: the last that began."""
    days = -((published.isoweekday() + 1) % 7) if step == "-" else 6 - published.isoweekday() + 7 * int(step)
    saturday = published + timedelta(days=days)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def _beside_today(code: str, anchor: Anchor) -> str | None:
    """What an undated text tells of its own day: `yesterday` of "HANOI, 12 September" is a day without a year, `this year`
    and `this month` those of the day that it tells first.
    """
    if code.startswith("year"):
        year = _this_year(anchor) or anchor.year
        return f"{year + int(code[4:]):04d}" if year else None
    if anchor.today is None:
        return anchor.first[:7] if code == "month+0" and anchor.first_month else None
    month, day = anchor.today
    year = year_beside(anchor, month, day)
    if code == "month+0":
        return f"{year or 'XXXX'}-{month:02d}"
    if not edtf.day(year or 2000, month, day):
        return None
    today = f"{year or 'XXXX'}-{month:02d}-{day:02d}"
    if code.startswith("day"):
        return days_from(today, int(code[3:]))
    if not weekday_of(code) or code[8:] not in ("", "~"):
        return None
    # an agency tells its own day both ways: "LAHORE, 16 March (APP): … on Thursday"
    return _weekday(weekday_of(code), code[8:], date.fromisoformat(today)).isoformat() if year else today


def _weekday(number: int, sign: str, published: date) -> date:
    """The nearest past such day, the document's own included; `-`: before it, `+`: after it, `!`: after it or the day itself;
    `~`: the nearest at all; `.`: the nearest past one, whatever the sentence speaks of;
    `<`, `=`, `>`: that of last, this or next week.
    """
    if sign == "~":
        return published + timedelta(days=(number - published.isoweekday() + 3) % 7 - 3)
    if sign in OF_WEEK:
        return published + timedelta(days=number - published.isoweekday() + OF_WEEK[sign])
    if sign == FORETOLD:  # "on Friday he will meet": today, if it is Friday
        return published + timedelta(days=(number - published.isoweekday()) % 7)
    if sign == "+":
        return published + timedelta(days=(number - published.isoweekday() - 1) % 7 + 1)
    back = (published.isoweekday() - number) % 7
    return published - timedelta(days=back or (7 if sign == "-" else 0))


def span(first: Parts, last: Parts) -> tuple[Parts, Parts]:
    """Two ends of a range share what one of them leaves out."""
    if first.month is None and first.day is not None and last.month_step is not None and first.month_step is None:
        first = first._replace(month_step=last.month_step - (first.day > (last.day or 31)))  # "from the 30th to the 2nd of next month"
    if last.month is None and last.day is not None and first.month is not None:
        last = last._replace(month=first.month, year=last.year or first.year)
    if first.month is None and first.day is not None and last.month is not None:
        first = first._replace(month=last.month, year=first.year or last.year)
        if last.day is not None and first.day is not None and first.day > last.day:  # "from the 30th to 2 July"
            first = first._replace(month=(last.month - 2) % 12 + 1, year=first.year - (last.month == 1) if first.year else None)
    if first.part and last.part and first.silent_of_year and last.year is not None:
        first = first._replace(year=last.year)
    if first.year is None and last.year is not None and first.month is not None:
        later = (first.month, first.day or 0) > (last.month or 12, last.day or 31)
        first = first._replace(year=last.year - later)
    elif last.year is None and first.year is not None and last.month is not None:
        earlier = (last.month, last.day or 31) < (first.month or 1, first.day or 0)
        last = last._replace(year=first.year + earlier)
    return first, last
