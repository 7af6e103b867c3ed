"""The times of a text in their course, each completed by what it has told so far: "the same day", "that year", "on Monday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from timeline import edtf
from timeline.dates.codes import days_from, stepped, weekday_of
from timeline.dates.page import SENTENCE_BREAK, Atom, breaks_between
from timeline.dates.resolve import MODERN, Anchor, Parts, to_edtf
from timeline.dates.told import Told
from timeline.dates.values import COMPLETED, Found, value_of
from timeline.text import Folded

_NEXT_DAYS = 2
_NO_LIST = 12  # characters between two days that are no members of one list
_LAST_DAYS = timedelta(days=4)
_CLAUSE = re.compile("[,;،，；]")
_NEARBY = 160  # characters to a dated clause that may give its year to the next sentence
_SAME_SENTENCE = 1000  # and within one sentence: what is called a sentence and is longer is a table or a list
_GOES_ON = 2  # months from one time of a history to the next
_OF_LIST = 24  # characters between the members of a list
_CLOSE_MONTHS = 2  # "1 323 in June 2025. From 1 to 16 July …"
_OF_NAME = 260  # characters to a year inside a name of the same sentence
_DECEMBER = 12
_TURN_OF_YEAR = 9  # months from a day back to the next one told: that is of the next year
_AFTER_YEAR = 3  # months in which a page still reports on the year before
_OPENING = 8  # characters of a preposition, and of the sign that ends the sentence before
_IN_BRACKETS = 60  # characters from the bracket to a year within it
# A year that fills its line, and one that opens it (`1980 - opened`, `1912 School opened`): of a text behind a line break of its own.
HEADING = re.compile(r"\n[^\w\n]{0,6}(?P<y>(?:1[5-9]|20)\d\d)[^\w\n]{0,3}(?:[^\W\d_]{1,6}\.?)?[^\w\n]{0,6}(?=\n)")
YEAR_LINE = re.compile(r"\n[^\w\n]{0,6}(?P<y>(?:1[0-9]|20)\d\d)(?! ?[-/] ?\d)(?=[ :-]|\.\s|\n|$)")


class Course:
    """The times of a passage in their course, each completed by what the document and those before it tell."""

    def __init__(self, folded: Folded, anchor: Anchor, told: Told, years: Sequence[Atom]) -> None:
        self.text, self.anchor, self.told = folded.text, anchor, told
        self.years = [year for year in years if not self._lies_far_ahead(year.parts)]
        self.weak_years = [year for year in self.years if year.weak]
        self.stated: _LastYear | None = None
        self.previous: Parts | None = None
        self.previous_end = 0
        self.reckoned = False  # the time before, from the page's month: "the 17th of last month"
        self.leaned = False  # the time before, a day alone, on the one before it: a story goes on in its month
        self.headings = [(match.end() - 1, int(match["y"])) for match in HEADING.finditer("\n" + self.text)] if told.headed else []

    def found(self, atom: Atom) -> Found | None:
        """The value of a time, and how it came about; None where nothing tells it."""
        code, anchor = self._code_of(atom), self.anchor
        if atom.of_span and (value := self._span_of_year(atom)):
            return value, edtf.parse(value).precision, COMPLETED, "same-span", atom.parts
        if atom.last is None and atom.parts.is_full and not self.told.headed:
            return _stated(atom.parts, atom.rule, atom.open_start, atom.open_end, atom.approximate)  # it leans on nothing
        if code.startswith("same_"):
            return self._leaning(atom, code)
        if weekday_of(code) and atom.last is None and (day := self.told.day_of_weekday(code, anchor)):
            value = f"{day}/.." if atom.open_end else day
            return value, edtf.parse(value).precision, COMPLETED, "weekday-of-text", atom.parts
        context = _year_nearby(self.text, atom, self.stated, anchor) or self._year_of_heading(atom)
        previous = self.previous
        if atom.parts.same.startswith("year+") and (previous is None or previous.year is None) and self.told.year:
            previous = Parts(year=self.told.year)  # "On 30 October 1918 … From January of the following year"
        if previous is not None and self._is_of_own_month(atom, previous):
            previous = None
        if previous is None and anchor.near is None and atom.parts.day is not None and atom.parts.month is None and not atom.parts.relative:
            previous = _month_of(self.told.last_day)  # a paragraph that goes on in the month that the text told last
        found = value_of(atom, anchor, context, previous)
        if found and found[3] == "year-of-document" and (context := self._year_of_sequence(atom, found)):
            return value_of(atom, anchor, context, previous)
        ahead = found is not None and _is_ahead(found, anchor)
        names = self.weak_years if ahead else self.years
        if found and (ahead or "XXXX" in found[0]) and (context := _year_of_name(self.text, atom, names)):
            return value_of(atom, replace(anchor, near=None, published=None), context, self.previous)
        if found and anchor.near is None and "XXXX" in found[0] and (context := self._year_of_history(atom)):
            return value_of(atom, anchor, context, self.previous)
        if found and ahead and not atom.parts.ahead and (context := _year_before(self.text, atom, self.previous, self.previous_end)):
            return value_of(atom, anchor, context, self.previous)
        return found

    def _code_of(self, atom: Atom) -> str:
        """What a time is reckoned from: "this morning" of a text without a day of its own from the day told before."""
        undated = self.anchor.near is None and self.anchor.today is None and self.told.past is None
        if atom.parts.relative == "day+0" and undated and 0 < atom.start - self.previous_end < _NEARBY:
            return "same_day"  # "on 1 January 2025 all was quiet. This morning alone …"
        return atom.parts.relative

    def _is_of_own_month(self, atom: Atom, previous: Parts) -> bool:
        """Whether a day alone, behind one of the month before, is of the days around the page's own: "On 17 September he came. On the
        14th" of a page of 15 October.
        """
        own, day = self.anchor.published, atom.parts.day
        if own is None or day is None or atom.parts.month is not None or atom.parts.same or previous.month is None or self.leaned:
            return False
        year, month = (own.year, own.month - 1) if own.month > 1 else (own.year - 1, _DECEMBER)
        if (previous.year or year, previous.month) != (year, month):  # a story of an older month, or of one to come, goes on in it
            return False
        if not -_NEXT_DAYS <= own.day - day <= _LAST_DAYS.days:
            return False
        apart = breaks_between(self.text, self.previous_end, atom.start) > 0
        # "who came last month on the 17th will sign on the 14th, he said on the 13th"
        return apart or (atom.start - self.previous_end > _NO_LIST and (self.reckoned or own.day == day))

    def _span_of_year(self, atom: Atom) -> str:
        """The month, or the months, told last, of another year; empty where none was told."""
        span = self.told.span
        if not span:
            return ""
        unit, step = stepped(atom.parts.relative)
        first, _, last = span.partition("/")
        year, near = int((last or first)[:4]), self.anchor.near
        if unit == "year" and near is not None and year == near.year + step and near.month > _AFTER_YEAR:
            step = 0  # "last year's" is what was told, unless a page of January speaks of December
        moved = step if atom.parts.relative else (atom.parts.year or year) - year
        try:
            return "/".join(f"{int(end[:4]) + moved:04d}{end[4:]}" for end in (first, last) if end and edtf.parse(end))
        except edtf.EdtfError:
            return ""

    def _leaning(self, atom: Atom, code: str) -> Found | None:
        """`the same day`, `that year`, `two months later`: what was told before, or a step from it."""
        beside = self.previous is not None and not breaks_between(self.text, self.previous_end, atom.start)
        previous = self.previous
        unit, step = stepped(code)
        history = 0 < self.told.year < MODERN
        leans = step > 0 or step < -1 or (step < 0 and history)  # "the previous year" alone may be that before the document's
        if leans and unit == "same_year" and (previous is None or previous.year is None or not beside) and self.told.year:
            previous, beside = Parts(year=self.told.year), True  # "In 2019 it closed. A year later it opened"
        if leans and unit == "same_month" and previous is not None and previous.month is not None:
            beside = True  # "It closed on 3 May 2024. Two months later …"
        if atom.parts.ahead and (value := _in_days(code, self.told.last_day, self.anchor)):
            return value, "day", COMPLETED, "relative:" + code, previous or Parts()
        found = _same(code, self.told.last_day if step else self.told.same_day, previous, beside, self.anchor)
        near = self.anchor.near
        if found and near and unit == "same_year" and step > 0 and found[0][:4] > str(near.year):
            return None  # "41 years later" of what was told was not yet
        return found

    def _year_of_heading(self, atom: Atom) -> int | None:
        """The year that stands as a heading over a day or month of a chronicle."""
        if not self.told.headed or atom.parts.month is None or atom.parts.calendar or atom.parts.side:
            return None
        while self.headings and self.headings[0][0] <= atom.start:
            self.told.heading = self.headings.pop(0)[1]
        return self.told.heading or None

    def _year_of_sequence(self, atom: Atom, found: Found) -> int | None:
        """The year that a list goes on in ("27 to 30 January and 10 to 14 February"), where the document's day alone gives another."""
        last, month = self.previous, atom.parts.month
        if last is None or last.year is None or last.month is None or last.calendar or month is None or atom.parts.calendar:
            return None
        planned = last.ahead and not atom.parts.ahead  # "at first planned for June, it was held on 1 August"
        if planned or breaks_between(self.text, self.previous_end, atom.start):
            return None
        months = (month - last.month) % 12
        year = last.year + (month < last.month)
        return year if months <= _GOES_ON and not found[0].startswith(str(year)) and atom.start - self.previous_end <= _OF_LIST else None

    def _year_of_history(self, atom: Atom) -> int | None:
        """The year of a day or month that goes on from a day of the past: "On 17 February 1979 … in early March"."""
        last, month = self.told.past, atom.parts.month
        if last is None or month is None or atom.last is not None or atom.parts.calendar:
            return None
        months = (month - last.month) % 12
        again = months == 0 and atom.parts.day == last.day  # its anniversary
        return last.year + (month < last.month) if months <= _GOES_ON and not again else None

    def add(self, atom: Atom, found: Found) -> None:
        """Keep what a time tells to those after it in the passage, and in the text."""
        value, parts, code = found[0], found[4], atom.parts.relative
        self.told.add(atom, found, self.anchor.published is None)
        if atom.parts.year is not None and (atom.last is None or atom.parts.day is not None) and self._lends_year(atom, parts):
            year = (atom.last.year if atom.last else None) or atom.parts.year or 0
            opens = atom.start < _OPENING or breaks_between(self.text, max(0, atom.start - _OPENING), atom.start) > 0
            self.stated = _LastYear(atom.end, year, (atom.last or atom.parts).month, (atom.last or atom.parts).day, opens=opens)
        elif code.startswith("year") and value.isdigit() and self._opens_sentence(atom):
            self.stated = _LastYear(atom.end, int(value), None, None, reckoned=True)  # "Last year the road was closed on 22 November"
        elif self.stated is not None and atom.parts.year_step is not None and value[:4].isdigit():
            self.stated = _LastYear(atom.end, int(value[:4]), parts.month, None)  # "in August 2020; in May last year, and in July"
        elif self.anchor.near is None and parts.month is not None and not parts.calendar and value[:4].isdigit() and not atom.compared:
            self.stated = _LastYear(atom.end, parts.year or int(value[:4]), parts.month, parts.day)  # a chronicle goes on from it
        elif code.startswith("same_year") and value.isdigit() and stepped(code)[1] >= 0:  # "fewer than a year earlier" compares
            self.stated = _LastYear(atom.end, int(value), None, None)
        year_told = code.startswith("year") or (parts.year_step is not None and parts.month is None)
        if not code.startswith("same_") or not stepped(code)[1]:  # the next "previous year" is reckoned from the same one
            told = Parts(year=int(value[:4])) if year_told and value[:4].isdigit() else parts
            self.previous = told if atom.last is None else _last_of(told, value)
        self.previous_end = atom.end
        self.reckoned = atom.parts.month_step is not None
        self.leaned = atom.parts.day is not None and atom.parts.month is None and not self.reckoned and not atom.parts.side

    def _lends_year(self, atom: Atom, parts: Parts) -> bool:
        """Whether a time with a year gives it to those behind it."""
        if atom.compared or atom.parts.calendar not in ("", "lunar") or atom.parts.is_decade:  # "since the 1990s … closed in January"
            return False
        if atom.parts.is_plain_year and (atom.open_end or self._lies_far_ahead(parts)):  # "since 2001 … in July"
            return False
        of_name = self.anchor.near is not None and "年度" in self.text[atom.start : atom.end + 1]  # "the budget of fiscal 2015"
        return not of_name and not explains(self.text, atom)

    def _opens_sentence(self, atom: Atom) -> bool:
        """Whether no more than a preposition stands before a time in its sentence, and no comma behind it."""
        before = self.text[max(0, atom.start - _OPENING) : atom.start]
        opens = atom.start < _OPENING or SENTENCE_BREAK.search(before) is not None
        return opens and self.text[atom.end : atom.end + 1] not in ",،、，"

    def _lies_far_ahead(self, parts: Parts) -> bool:
        """Whether a year is that of an aim, and no day of now: "the plan up to 2030 takes effect on 1 October"."""
        return self.anchor.near is not None and parts.year is not None and parts.year > self.anchor.near.year + 1


def _last_of(parts: Parts, value: str) -> Parts:
    """The last year and month of a range: "from 1890 to 1895 … in July of that year"."""
    end = value.rpartition("/")[2].rstrip("~")
    if parts.calendar or not end[:4].isdigit():
        return parts
    return parts._replace(year=int(end[:4]), month=int(end[5:7]) if end[5:7].isdigit() and int(end[5:7]) <= _DECEMBER else parts.month)


def _month_of(day: str) -> Parts | None:
    """The year and month of a day; "XXXX-10-20" tells the month alone."""
    return Parts(year=int(day[:4]) if day[:4].isdigit() else None, month=int(day[5:7])) if day else None


def _is_ahead(found: Found, anchor: Anchor) -> bool:
    """Whether the document's day put a time after itself: the year of an event's name then knows better."""
    return found[3] == "year-of-document" and anchor.published is not None and found[0][:10] > anchor.published.isoformat()


def explains(text: str, atom: Atom) -> bool:
    """`25 years ago (2009)`, `Mr An (born 1988, of Trà Lĩnh)`: a year in brackets explains what stands before them, and gives no
    year to what follows.
    """
    if atom.parts.month is not None:
        return False
    before = text[max(0, atom.start - _IN_BRACKETS) : atom.end]
    return before.rfind("(") > before.rfind(")")


def _in_days(code: str, last_day: str, anchor: Anchor) -> str:
    """ "Two days later the summit will begin": reckoned from the document's day, where the day told last is over; else empty."""
    unit, step = stepped(code)
    if unit != "same_day" or step < 2 or anchor.published is None or last_day > anchor.published.isoformat():
        return ""
    return days_from(anchor.published.isoformat(), step)


def _same(code: str, last_day: str, previous: Parts | None, beside: bool, anchor: Anchor) -> Found | None:
    """`the same day`, `that year`, `the previous year`: what was told before, once more, or a step from it.

    Where the sentence tells no year, `the previous year` is reckoned from the document's.
    """
    unit, step = stepped(code)
    rule = unit.replace("_", "-")
    if unit == "same_day":
        if not last_day:
            return None
        return days_from(last_day, step), "day", COMPLETED, rule, previous or Parts()
    apart = previous is None or bool(previous.relative) or not beside
    if apart and (step > 0 or step < -1):
        return None  # "a year later", "two months earlier", and nothing tells than what
    if step and apart and anchor.near is not None:
        previous = Parts(year=anchor.near.year, month=anchor.near.month)
    if previous is None or previous.relative or (previous.year is None and previous.month is None):
        return None
    if unit == "same_year":
        parts = Parts(year=previous.year + step, calendar=previous.calendar) if previous.year is not None else Parts()
    elif previous.month is None:
        return None
    else:
        count = (previous.year or 0) * 12 + previous.month - 1 + step
        parts = Parts(year=count // 12 if previous.year is not None else None, month=count % 12 + 1)
    value = to_edtf(parts, Anchor())
    return (value, edtf.parse(value).precision, COMPLETED, rule, parts) if value else None


@lru_cache(maxsize=1 << 12)
def _stated(parts: Parts, rule: str, open_start: bool, open_end: bool, approximate: bool) -> Found | None:
    """The value of a time that tells all of itself: of a few hundred days and years texts tell again and again."""
    return value_of(Atom(0, 0, parts, rule, None, open_start, open_end, approximate), Anchor(), None, None)


class _LastYear(NamedTuple):
    """The last full year that a passage told: where it ended, and with which month and day."""

    end: int
    year: int
    month: int | None
    day: int | None
    reckoned: bool = False  # from the document's day: it is lent to days of its sentence only
    opens: bool = False  # it opens its sentence, and so is the time of all of it


def _year_nearby(text: str, atom: Atom, stated: _LastYear | None, anchor: Anchor) -> int | None:
    """The year of a clause before: of the same sentence; in an undated document of the sentence before, when it gave a day,
    or a month close to this one. There a month far back is of the next year ("on 23 December … three weeks later, on 15 January").
    """
    if stated is None or atom.start - stated.end > _SAME_SENTENCE:
        return None
    month = atom.parts.month
    if stated.reckoned and (atom.parts.day is None or breaks_between(text, stated.end, atom.start)):
        return None
    if anchor.published is not None and stated[1:4] == (anchor.published.year, anchor.published.month, anchor.published.day):
        return None  # a dateline's year says no more than the document's day
    if _is_of_last_days(text, atom, stated, anchor):
        return None
    turned = anchor.near is None and month is not None and (stated.month or 0) - month >= _TURN_OF_YEAR
    breaks = breaks_between(text, stated.end, atom.start, most=2)
    if not breaks:
        return stated.year + turned
    close = stated.month is not None and month is not None and month - stated.month >= -_CLOSE_MONTHS
    again = stated.year < MODERN and (stated.month, stated.day) == (month, atom.parts.day)  # the anniversary of what is told
    plain = stated.month is None and stated.day is None
    beside = (stated.day is not None or close or plain) and not again and anchor.near is None and atom.start - stated.end <= _NEARBY
    return stated.year + turned if beside and breaks == 1 else None


def _is_of_last_days(text: str, atom: Atom, stated: _LastYear, anchor: Anchor) -> bool:
    """Whether a day behind another clause's year is one of the last before the page: "the prime minister came in 2023, and the defence
    minister on 10 September" of a page of the 12th.
    """
    day, month, own = atom.parts.day, atom.parts.month, anchor.published
    if own is None or not day or not month or atom.parts.calendar or stated.month or stated.opens or not MODERN <= stated.year < own.year:
        return False
    value = edtf.day(own.year, month, day)
    fresh = value is not None and timedelta() <= own - date.fromisoformat(value) <= _LAST_DAYS
    return fresh and atom.start - stated.end > _OF_LIST and _CLAUSE.search(text, stated.end, atom.start) is not None


def _year_of_name(text: str, atom: Atom, years: Sequence[Atom]) -> int | None:
    """The year of a name in the same sentence ("Meet Korea 2025 opens on 14 May"), where nothing else tells it."""
    told = set()
    for name in years:
        low, high = (name.end, atom.start) if name.end <= atom.start else (atom.end, name.start)
        old = name.parts.year is not None and name.parts.year < MODERN
        if old and name.start > atom.end and _CLAUSE.search(text, low, high):
            continue  # "on 24 December they visited the house, where the league was founded in 1948"
        if 0 <= high - low <= _OF_NAME and not breaks_between(text, low, high):
            told.add(name.parts.year)
    return told.pop() if len(told) == 1 else None


def _year_before(text: str, atom: Atom, previous: Parts | None, previous_end: int) -> int | None:
    """The year that the time before told, for a month that may not lie ahead: "early this year … in January" of a page of November."""
    bare_month = atom.parts.month is not None and atom.parts.day is None
    if previous is None or previous.year is None or not bare_month or atom.start - previous_end > _NEARBY:
        return None
    sentences = [piece for piece in SENTENCE_BREAK.split(text[previous_end : atom.start]) if piece.strip(" .!?")]
    return previous.year if len(sentences) <= 2 else None
