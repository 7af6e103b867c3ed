"""Times as far as they are known: the year, the month and the day of both ends of an EDTF string."""

from __future__ import annotations

from dataclasses import dataclass

from timeline import edtf

Parts = tuple[int, ...]  # year, month, day, as many as are known; () for none
_DEPTHS = {"day": 3, "month": 2, "season": 2}


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and the last point of a time. Both are the same for a day, a month or a year; () is an open or unknown end."""

    first: Parts = ()
    last: Parts = ()


def ends_of(text: str) -> Ends:
    """Of `2023-12-19/2023-12-23` both days, of `2025-21` (a spring) its first and last month, of `202X` its first and last year.

    `~`, `?` and `%` fall away. What has no year (`XXXX-09-12`), and what is no EDTF, has no ends.
    """
    if not text or not edtf.is_edtf(text):
        return Ends()
    left, slash, right = text.partition("/")
    return Ends(_point(left).first, _point(right if slash else left).last)


def iso(parts: Parts) -> str:
    """ISO 8601 with reduced precision: `2025`, `2025-09`, `2025-09-12`; "" for ()."""
    return "-".join(f"{part:0{2 if at else 4}d}" for at, part in enumerate(parts))


def _point(text: str) -> Ends:
    if text in ("", ".."):
        return Ends()
    value = edtf.parse(text)
    if value.start is None or value.end is None:
        return Ends()
    depth = _DEPTHS.get(value.precision, 1)
    first, last = (value.start, value.end)
    return Ends((first.year, first.month, first.day)[:depth], (last.year, last.month, last.day)[:depth])
