"""Partial dates → EDTF values, completed from the document and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline import edtf
from timeline.model import Basis, Precision

# A day without a year in a dated document is taken to the year that puts it nearest to the document's day, news
# looking back further than ahead: up to nine months back, three ahead.
_BACK = timedelta(days=275)
_AHEAD = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression itself says of a time; None where it is silent."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    weekday: int | None = None
    relative: str = ""
    year_step: int | None = None  # "of last year": -1


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the document gives to complete a partial date with."""

    published: date | None = None
    near: date | None = None  # the middle of the month, where only the month of publication is known

    @classmethod
    def of(cls, published: str | date | None) -> Anchor:
        """From an ISO day, an ISO month (which completes a year, but is no "today"), or nothing."""
        if isinstance(published, date):
            return cls(published, published)
        try:
            if published and len(published) == len("2023-12"):
                return cls(None, date.fromisoformat(published + "-15"))
            day = date.fromisoformat(published) if published else None
        except ValueError:
            day = None
        return cls(day, day)


@dataclass(frozen=True, slots=True)
class Value:
    """An EDTF value with how it came about."""

    date_edtf: str
    precision: Precision
    basis: Basis
    rule: str


def complete(parts: Parts, anchor: Anchor, context_year: int | None) -> tuple[Parts, Basis, str]:
    """Fill in the year of `parts`: from the expression, a year in its sentence, or the document's own day."""
    if parts.relative:
        return parts, "completed", f"relative:{parts.relative}"
    if parts.year is not None:
        return parts, "stated", "stated"
    if parts.year_step is not None and anchor.published is not None:
        return replace(parts, year=anchor.published.year + parts.year_step), "completed", "relative-year"
    if context_year is not None:
        return replace(parts, year=context_year), "completed", "year-of-clause"
    if anchor.near is not None and (parts.month is not None or parts.quarter or parts.half):
        return replace(parts, year=_nearest_year(parts, anchor.near)), "completed", "year-of-document"
    return parts, "stated", "no-year"


def _nearest_year(parts: Parts, published: date) -> int:
    month = parts.month or ((parts.quarter or 1) * 3 if parts.quarter else (parts.half or 1) * 6)
    for year in (published.year, published.year - 1, published.year + 1):
        day = min(parts.day or 15, 28)
        gap = date(year, month, day) - published
        if -_BACK <= gap <= _AHEAD:
            return year
    return published.year


def to_edtf(parts: Parts, anchor: Anchor) -> str | None:
    """The EDTF string of (completed) parts; None where the calendar has no such day or nothing is known."""
    if parts.relative:
        return _relative(parts.relative, anchor.published)
    if parts.quarter and parts.year:
        return f"{parts.year:04d}-{parts.quarter * 3 - 2:02d}/{parts.year:04d}-{parts.quarter * 3:02d}"
    if parts.half and parts.year:
        return f"{parts.year:04d}-{1 if parts.half == 1 else 7:02d}/{parts.year:04d}-{6 if parts.half == 1 else 12:02d}"
    if parts.year is None and parts.month is None:
        return None
    if parts.month is None:
        return f"{parts.year:04d}"
    if parts.day is None:
        return f"{parts.year:04d}-{parts.month:02d}" if parts.year is not None else f"XXXX-{parts.month:02d}"
    if parts.year is None:
        return f"XXXX-{parts.month:02d}-{parts.day:02d}" if edtf.day(2000, parts.month, parts.day) else None
    return edtf.day(parts.year, parts.month, parts.day)


def _relative(code: str, published: date | None) -> str | None:
    """`day-1`, `weekday3`, `week+0`, `month-1`, `year+1`, `half1`: reckoned from the document's day."""
    if published is None:
        return None
    if code.startswith("weekday"):
        back = (published.isoweekday() - int(code[7:])) % 7
        return (published - timedelta(days=back)).isoformat()
    if code.startswith("half"):
        first, last = ("01", "06") if code[4:] == "1" else ("07", "12")
        return f"{published.year:04d}-{first}/{published.year:04d}-{last}"
    if code.startswith("quarter"):
        last_month = int(code[7:]) * 3
        return f"{published.year:04d}-{last_month - 2:02d}/{published.year:04d}-{last_month:02d}"
    unit, sign, number = code[:-2], code[-2], code[-1]
    step = int(sign + number)
    if unit == "day":
        return (published + timedelta(days=step)).isoformat()
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        count = published.year * 12 + published.month - 1 + step
        return f"{count // 12:04d}-{count % 12 + 1:02d}"
    if unit == "year":
        return f"{published.year + step:04d}"
    return None


def span(first: Parts, last: Parts) -> tuple[Parts, Parts]:
    """Two ends of a range share what one of them leaves out."""
    if first.year is None and last.year is not None and first.month is not None:
        later = (first.month, first.day or 0) > (last.month or 12, last.day or 31)
        first = replace(first, year=last.year - later)
    elif last.year is None and first.year is not None and last.month is not None:
        earlier = (last.month, last.day or 31) < (first.month or 1, first.day or 0)
        last = replace(last, year=first.year + earlier)
    return first, last
