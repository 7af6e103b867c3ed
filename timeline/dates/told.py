"""What a text has told so far, for the times that lean on it: its last day, its weekdays, its year, its months."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from timeline.dates.codes import FORETOLD, days_from, weekday_of
from timeline.dates.page import Atom
from timeline.dates.resolve import MODERN, Anchor
from timeline.dates.values import Found

_WEEK = 7
_DECEMBER = 12
_OF_MONTH = timedelta(days=31)  # from the middle of the page's month
_NEAR_WEEKDAY = timedelta(days=7)  # to the document's own day, from the day that a weekday was told with
_FROM_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d/\.\.")


@dataclass
class Told:
    """What a text has told so far, for words that lean on it ("the same day", "on Monday"): one for each reading of a text."""

    last_day: str = ""
    same_day: str = ""  # what "the same day" is: of a span of days the one told within it, else its first
    weekdays: dict[int, str] = field(default_factory=dict)  # the days that stood beside their weekdays: "Monday 25 September"
    # days by their weekdays: of an undated text's spans of less than a week; of a page of a month, those that it tells later
    stay: dict[int, str] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)  # of those, the ones that a second reading may know from the first
    weekday_lost: bool = False  # "on Monday" stood before the text told which
    year: int = 0  # the last that it told
    past: date | None = None  # the day, or the middle of the month, that it told last, if that is history
    headed: bool = False  # a chronicle, with years as headings
    heading: int = 0  # the last of these
    span: str = ""  # the month, or the months, that it told last
    silent: bool = False  # a "this year" stood where nothing told which

    def add(self, atom: Atom, found: Found, undated: bool) -> None:
        """Keep what a time tells for those that lean on it; a text without a day of its own hangs more on them."""
        value, precision, _, _, parts = found
        if not atom.parts.relative.startswith("same_day-"):  # "the day before", said again, is the same one
            self._add_day(value)
        dated = value[:4].isdigit()
        if atom.parts.relative or dated:
            self.past = _past_day(value)
        if dated:
            self.year = int(value[:4])
            if precision in ("month", "span") and not atom.of_span and ".." not in value and "~" not in value:
                self.span = value
        self.silent = self.silent or (atom.parts.year_step is not None and value.startswith("XXXX"))
        if precision != "day":
            if parts.weekday and _FROM_DAY.fullmatch(value):  # "from Monday 31 May … on Monday"
                self.weekdays[parts.weekday] = value[:10]
            if undated and precision == "span":  # "on Saturday began a visit, from 8 to 10 January"
                for day in _days_of(value):
                    self.stay.setdefault(_own_weekday(day), day)
            return
        if parts.weekday:
            self.weekdays[parts.weekday] = self.named[parts.weekday] = value
        elif undated and (number := weekday_of(atom.parts.relative) or _own_weekday(value)):
            self.weekdays.setdefault(number, value)

    def _add_day(self, value: str) -> None:
        last = _last_day(value)
        if last:
            begin = value.partition("/")[0]
            self.last_day = last
            if not begin <= self.same_day <= last:
                self.same_day = begin if len(begin) == len(last) else last  # "from December 2023 to 15 January": no day begins it
        elif not self.same_day and _FROM_DAY.fullmatch(value):  # "from 21 May on … from the same date"
            self.same_day = value.partition("/")[0]

    def miss(self, atom: Atom) -> None:
        """Keep that nothing told a time yet."""
        code = atom.parts.relative
        self.silent = self.silent or code.startswith(("year", "month")) or atom.parts.month_step is not None
        self.weekday_lost = self.weekday_lost or weekday_of(code) > 0

    def day_of_weekday(self, code: str, anchor: Anchor) -> str:
        """The day that the text told with this weekday before ("Monday 25 September … on Monday"); "" if none, or one too far away.

        In an undated text also the one nearest to another weekday told so.
        """
        number = weekday_of(code)
        if code[8:] not in ("", ".", FORETOLD):
            return ""
        if number not in self.weekdays and (day := self.stay.get(number)):  # "began a visit on Saturday, from 8 to 10 January"
            near = anchor.near is None or abs(date.fromisoformat(day) - anchor.near) <= _OF_MONTH
            return day if near else ""
        if not self.weekdays:
            return ""
        if number not in self.weekdays and anchor.published is None:
            other, day = next(reversed(self.weekdays.items()))
            return days_from(day, (number - other) % 7 if code[8:] == FORETOLD else (number - other + 3) % 7 - 3)
        value = self.weekdays.get(number, "")
        if not value:
            return ""
        near = anchor.published is None or "X" in value or abs(date.fromisoformat(value) - anchor.published) <= _NEAR_WEEKDAY
        return value if near else ""


def _days_of(value: str) -> list[str]:
    """The days of a span of less than a week, of our time; none of any other."""
    first, _, last = value.partition("/")
    if not (len(first) == len(last) == len("2025-09-12") and first[:4].isdigit() and last[:4].isdigit() and int(first[:4]) >= MODERN):
        return []
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return [days_from(first, k) for k in range(days + 1)] if 0 < days < _WEEK else []


def _own_weekday(value: str) -> int:
    """That of a full day of our time ("25 May 2025", a Sunday: "he arrived on Sunday"); 0 for others."""
    return date.fromisoformat(value[:10]).isoweekday() if value[0] != "X" and int(value[:4]) >= MODERN else 0


def _past_day(value: str) -> date | None:
    """A day, or the middle of a month, of the time before ours; None for any other time."""
    end = value.rpartition("/")[2].rstrip("~")
    if not (end[:4].isdigit() and int(end[:4]) < MODERN and end[5:7].isdigit() and int(end[5:7]) <= _DECEMBER):
        return None
    return date.fromisoformat(end if len(end) > len("1979-02") else f"{end}-15")


def _last_day(value: str) -> str:
    """The day that "the next day" follows: a day, or the end of a span of days; not of an anniversary's ("1945-08-15/2022-08-15")."""
    begin, _, end = value.rpartition("/")
    if begin and begin[0] != "X" and end[0] != "X" and begin[:4] != end[:4] and begin[5:] == end[5:]:
        return ""
    return end if len(end) == len("2025-09-12") and ".." not in value else ""
