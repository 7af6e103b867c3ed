"""A time as a value: Extended Date/Time Format (ISO 8601-2), level 1, with level 2's unspecified years.

Handled: `2025-09-12`, `2025-09`, `2025`, `2025-21` (a season), spans `A/B` with `..` for open ends, the qualifiers
`~`, `?` and `%`, decades `202X`, and `XXXX-09-12`, `XXXX-09` for a day or month whose year nothing tells.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from timeline.errors import TimelineError
from timeline.messages import N_, filled
from timeline.model import Precision

_KEPT = 1 << 16  # times, or pairs of them, whose answers are kept: a build asks of few again and again
_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|XXXX)(?:-(?P<month>(?!00)\d{2})(?:-(?P<day>(?!00)\d{2}))?)?(?P<qualifier>[~?%]?)", re.ASCII)
# Seasons of ISO 8601-2 (21–24) and quarters (33–36), halves (40–41): first and last month.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}


@dataclass(frozen=True, slots=True)
class Edtf:
    """A parsed EDTF string; `start` and `end` are its first and last possible day, None where open or unknown."""

    text: str
    start: date | None
    end: date | None
    precision: Precision
    approximate: bool = False


class EdtfError(TimelineError, ValueError):
    """Not an EDTF string of the kinds used here; `template` says why of `text`, for whoever tells it in another language."""

    def __init__(self, template: str, text: str) -> None:
        self.template, self.text = template, text
        super().__init__(filled(template, {"text": text}))


@lru_cache(maxsize=_KEPT)
def parse(text: str) -> Edtf:
    """Read an EDTF string; raises `EdtfError` on any other. The empty string is the unknown time."""
    if not text:
        return Edtf("", None, None, "none")
    if "/" in text:
        return _parse_span(text)
    start, end, precision, approximate = _parse_point(text)
    return Edtf(text, start, end, precision, approximate)


def _parse_span(text: str) -> Edtf:
    left, right = (part.strip() for part in text.split("/", 1))
    if left in ("", "..") and right in ("", ".."):
        raise EdtfError(N_("{text!r}: a span open at both ends"), text)
    first = (None, None, "none", False) if left in ("", "..") else _parse_point(left)
    last = (None, None, "none", False) if right in ("", "..") else _parse_point(right)
    if first[0] and last[1] and first[0] > last[1]:
        raise EdtfError(N_("{text!r}: ends before it begins"), text)
    kinds = {first[2], last[2]} - {"none"}
    precision: Precision = "period" if kinds <= {"year"} and ".." not in text else "span"
    return Edtf(text, first[0], last[1], precision, first[3] or last[3])


def _parse_point(text: str) -> tuple[date | None, date | None, Precision, bool]:
    match = _POINT.fullmatch(text)
    if not match:
        raise EdtfError(N_("{text!r} is no EDTF date"), text)
    approximate = bool(match["qualifier"])
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if match["year"] == "XXXX":
        if not month or month > 12 or day > _month_length(2000, month):
            raise EdtfError(N_("{text!r} is no EDTF date"), text)
        return None, None, "day" if day else "month", approximate
    if match["year"].endswith("X"):
        if month:
            raise EdtfError(N_("{text!r}: a decade has no months or days"), text)
        decade = int(match["year"][:3]) * 10
        return date(max(decade, 1), 1, 1), date(decade + 9, 12, 31), "period", approximate
    year = int(match["year"])
    if not 1 <= year <= 9998:
        raise EdtfError(N_("{text!r}: year out of range"), text)
    if day:
        if not 1 <= month <= 12 or day > _month_length(year, month):
            raise EdtfError(N_("{text!r}: no such day"), text)
        return date(year, month, day), date(year, month, day), "day", approximate
    if month in _SEASONS:
        low, high = _SEASONS[month]
        last = date(year + (high > 12), (high - 1) % 12 + 1, 1)
        return date(year, low, 1), _month_end(last.year, last.month), "season", approximate
    if month:
        if month > 12:
            raise EdtfError(N_("{text!r}: no such month"), text)
        return date(year, month, 1), _month_end(year, month), "month", approximate
    return date(year, 1, 1), date(year, 12, 31), "year", approximate


@lru_cache(maxsize=1 << 12)
def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0


def _month_end(year: int, month: int) -> date:
    return date(year, month, _month_length(year, month))


def is_edtf(text: str) -> bool:
    """Whether `parse` takes the text."""
    try:
        parse(text)
    except EdtfError:
        return False
    return True


def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last possible day of an EDTF string (None: open or unknown)."""
    value = parse(text)
    return value.start, value.end


@lru_cache(maxsize=_KEPT)
def overlaps(left: str, right: str, slack: int = 0) -> bool:
    """Whether two times can be one: they share a day, or lie at most `slack` days apart. Unknown times overlap everything."""
    if not left or not right:
        return True
    if _yearless(left) or _yearless(right):
        return _yearless_match(left, right, slack)
    (a, b), (c, d), room = bounds(left), bounds(right), timedelta(days=slack)
    return not (b and c and b + room < c) and not (d and a and d + room < a)


def _yearless(text: str) -> bool:
    return "XXXX" in text


def _yearless_match(left: str, right: str, slack: int) -> bool:
    """`XXXX-09-12` agrees with any 12 September and with whatever is no finer than a month."""
    one, other = days_of_year(left, slack), days_of_year(right)
    return one is None or other is None or any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def days_of_year(text: str, slack: int = 0) -> list[str] | None:
    """The days (`09-12`) or months (`09`) that a time of at most a month tells, `slack` more at both ends; None for a longer one."""
    first, _, last = text.partition("/")
    if "XXXX" in text:
        points = [point.rstrip("~?%").removeprefix("XXXX-") for point in (first, last or first)]
        if not all(re.fullmatch(r"\d\d(-\d\d)?", point) for point in points):
            return None
        if len(points[0]) == 2 or len(points[1]) == 2:
            return [point[:2] for point in points]
        start, end = (date(2000, int(point[:2]), int(point[3:])) for point in points)
    else:
        low, high = bounds(text)
        if not (low and high):
            return None
        start, end = low, high
    if end < start or (end - start).days > 31:
        return None
    return [(start + timedelta(days=k)).isoformat()[5:] for k in range(-slack, (end - start).days + slack + 1)]


def with_year(text: str, year: str) -> str:
    """`XXXX-09-12` of the year that became known; as it was where that year has no such day."""
    value = text.replace("XXXX", year)
    try:
        parse(value)
    except EdtfError:  # 29 February
        return text
    return value


def start(text: str) -> date | None:
    """The first possible day; None where it is unknown, or the text no EDTF."""
    try:
        return parse(text).start if text else None
    except EdtfError:
        return None


@lru_cache(maxsize=_KEPT)
def contains(outer: str, inner: str) -> bool:
    """Whether every day of `inner` lies in `outer`; of two without a year, in whatever year."""
    if _yearless(outer) and _yearless(inner):
        outer, inner = with_year(outer, "2000"), with_year(inner, "2000")
    a, b = parse(outer), parse(inner)
    if not (b.start and b.end):
        return False
    return (a.start is None or a.start <= b.start) and (a.end is None or b.end <= a.end) and bool(outer)


@lru_cache(maxsize=_KEPT)
def width(text: str) -> int:
    """Days between first and last possible day; a large number where open or unknown. For choosing the finer."""
    value = parse(text)
    if value.start and value.end:
        return (value.end - value.start).days
    if _yearless(text):
        return 20  # a day without its year tells more than a month, less than a day
    return 10**6 if text else 10**7


def day(year: int, month: int, number: int) -> str | None:
    """An EDTF day, or None where the calendar has none."""
    return f"{year:04d}-{month:02d}-{number:02d}" if 1 <= number <= _month_length(year, month) else None


def sort_key(text: str) -> tuple[str, str]:
    """Orders EDTF strings by first possible day, then text; unknown last."""
    start = parse(text).start or parse(text).end
    return (start.isoformat() if start else "9999-12-31", text)
