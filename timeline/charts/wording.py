"""Times and codes in words. Plain text from EDTF strings: no clock, no zone, so no day ever shifts."""

from __future__ import annotations

from datetime import date

from timeline import edtf

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "1st quarter", 34: "2nd quarter", 35: "3rd quarter"}
_SEASONS |= {36: "4th quarter", 40: "1st half", 41: "2nd half"}

PRECISIONS = {
    "day": "to the day",
    "month": "to the month",
    "season": "to the season",
    "year": "to the year",
    "span": "from first to last day",
    "period": "only the period is known",
    "none": "not dated",
}
BASES = {
    "stated": "stated in the text",
    "completed": "completed from the document’s own date",
    "period": "from the period the passage speaks of",
    "cross_document": "from another document on the same event",
    "none": "no source gives a time",
}
STATUSES = {"held": "Held", "scheduled": "Scheduled", "postponed": "Postponed", "cancelled": "Cancelled", "ongoing": "Ongoing"}


def date_in_words(text: str, precision: str = "") -> str:
    """An EDTF string as a reader would say it: `19–23 December 2023`, `some time in 2020–2025`, `undated`."""
    if not text:
        return "undated"
    left, _, right = text.partition("/")
    if not right:
        return _point(left)
    if left == "..":
        return f"until {_point(right)}"
    if right == "..":
        return f"since {_point(left)}"
    said = _range(left, right)
    return f"some time in {said}" if precision == "period" else said


def _range(left: str, right: str) -> str:
    first, last = edtf.parse(left), edtf.parse(right)
    if first.precision == last.precision == "day" and first.start and last.start:
        return _days(first.start, last.start)
    if first.precision == last.precision == "month" and first.start and last.start and first.start.year == last.start.year:
        return f"{MONTHS[first.start.month - 1]}–{MONTHS[last.start.month - 1]} {first.start.year}"
    if first.precision == last.precision == "year":
        return f"{_point(left)}–{_point(right)}"
    return f"{_point(left)} – {_point(right)}"


def _days(first: date, last: date) -> str:
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {end}"
    return f"{first.day} {MONTHS[first.month - 1]} {first.year} – {end}"


def _point(text: str) -> str:
    body = text.rstrip("~?%")
    about = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(text[len(body) :], "")
    year, _, rest = body.partition("-")
    month, _, day = rest.partition("-")
    if year.endswith("X") and year != "XXXX":
        return f"{about}the {year[:3]}0s"
    if int(month or 0) in _SEASONS:
        return f"{about}{_SEASONS[int(month)]} {year}"
    said = " ".join(part for part in (day.lstrip("0"), MONTHS[int(month) - 1] if month else "") if part)
    if year == "XXXX":
        return f"{about}{said}, year unknown"
    return f"{about}{said} {year}" if said else f"{about}{year}"
