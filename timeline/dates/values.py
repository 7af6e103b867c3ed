"""One expression → its EDTF value, with what the document and the times before it lend."""

from __future__ import annotations

from datetime import date, timedelta

from timeline import edtf
from timeline.dates.codes import OF_WEEK, weekday_of
from timeline.dates.page import TODAY, Atom
from timeline.dates.resolve import Anchor, Parts, complete, span, to_edtf
from timeline.model import Basis, Precision

_AHEAD = 14  # days ahead of the document's own that a weekday with its day may lie
_SOON, _LONG_AGO = 7, 20  # days: a day alone lies ahead if it comes so soon, and the last such day is so long ago
_JUST_PAST = 7  # days from what a report tells to its own day
_MONTHS_APART = 6  # a day alone is of the month told before, if that lies no further from the document's own
COMPLETED: Basis = "completed"
Found = tuple[str, Precision, Basis, str, Parts]  # EDTF value, its precision, how it is known, the rule, the parts it was made of


def value_of(atom: Atom, anchor: Anchor, context: int | None, previous: Parts | None) -> Found | None:
    """The value of an expression; None where a part of it is told nowhere, or where it is no date.

    `context` is a year that its sentence tells, `previous` the time that the passage told before.
    """
    atom = _of_one_week(atom)
    parts = _from_before(atom.parts, anchor, previous)
    if parts is None:
        return None
    if atom.parts.month is None and atom.parts.day is not None and parts.year is not None:
        fitting = _fitting_month(parts, atom.parts.weekday) if atom.last is None and not parts.calendar else parts
        if fitting is None:  # "sábado (12)", and no near 12th is a Saturday: the figure is something else's
            weekday = atom._replace(parts=Parts(relative=f"weekday{atom.parts.weekday}"), rule="weekday")
            return value_of(weekday, anchor, context, previous)
        full, basis, rule = fitting, COMPLETED, "month-of-document"
    else:
        full, basis, rule = complete(parts, anchor, context)
        if rule == "year-of-document" and not parts.part:
            full = _not_ahead(atom, parts, full, anchor)
        if parts.same:
            basis, rule = COMPLETED, "same-" + parts.same.rstrip("+-1")
    value = _spanned(atom, full, anchor, context, previous)
    if value is None:
        return None
    try:
        precision = edtf.parse(value).precision
    except edtf.EdtfError:
        return None
    told = rule in ("stated", "no-year") or (atom.rule == TODAY and anchor.published is None)
    name = atom.rule if told or (rule.startswith("relative:") and atom.rule != "relative") else rule
    return value, precision, basis, name, full


def _fitting_month(parts: Parts, weekday: int | None) -> Parts | None:
    """A day of the month with its weekday in the month, of those beside it, where it is one; None where in none."""
    if not weekday or parts.year is None or parts.month is None or parts.day is None:
        return parts
    for step in (0, -1, 1):
        year, month = divmod(parts.year * 12 + parts.month - 1 + step, 12)
        day = edtf.day(year, month + 1, parts.day)
        if day and date.fromisoformat(day).isoweekday() == weekday:
            return parts._replace(year=year, month=month + 1)
    return None


def _of_one_week(atom: Atom) -> Atom:
    """Both ends of "from Wednesday to Friday last week" are of that week."""
    if atom.last is None:
        return atom
    first, last = atom.parts.relative, atom.last.relative
    if not (weekday_of(first) and weekday_of(last)) or first[8:] == last[8:]:
        return atom
    if last[8:] in OF_WEEK:
        return atom._replace(parts=atom.parts._replace(relative=first[:8] + last[8:]))
    return atom._replace(last=atom.last._replace(relative=last[:8] + first[8:])) if first[8:] in OF_WEEK else atom


def _not_ahead(atom: Atom, parts: Parts, full: Parts, anchor: Anchor) -> Parts:
    """What began ("since January") did not begin after the document; of a range the last end gives the year."""
    near = anchor.near
    if atom.last is not None and atom.last.month is not None and atom.last.silent_of_year:
        last, _, _ = complete(atom.last, anchor, None)
        by_last = span(parts, last)[0] if parts.month is not None else full
        if near is None or parts.day is None or parts.calendar:
            return by_last
        return min((by_last, full), key=lambda first: _apart(first, atom.last, near))
    if (
        near is None
        or parts.ahead
        or not atom.open_end
        or full.year is None
        or full.month is None
        or (full.day is not None and atom.rule != "until-now")
    ):
        return full
    ahead = (full.year, full.month, full.day or 0) > (near.year, near.month, near.day)
    return full._replace(year=full.year - 1) if ahead else full


def _apart(first: Parts, last: Parts | None, near: date) -> int:
    """How many days a range lies from the document's own day; one ahead counts threefold, for news looks back further."""
    begin = date(first.year or 1, first.month or 1, min(first.day or 1, 28))
    end = begin
    if last is not None and last.month is not None:
        end = date(begin.year + ((last.month, last.day or 28) < (begin.month, begin.day)), last.month, min(last.day or 28, 28))
    if begin <= near <= end:
        return 0
    return (near - end).days if end < near else 3 * (begin - near).days


def _spanned(atom: Atom, full: Parts, anchor: Anchor, context: int | None, previous: Parts | None) -> str | None:
    """The EDTF string of an expression whose first end is `full`."""
    first = to_edtf(full, anchor)
    if atom.last is not None:
        other = _with_month_of_first(full, atom.last) or _from_before(atom.last, anchor, full if full.month else previous)
        if other is None:
            return None
        follows = other.silent_of_year and other.month is not None and not other.calendar and full.year is not None
        last_parts = other if follows or other.year is not None else complete(other, anchor, context)[0]
        full, last_parts = span(full, last_parts)
        last = to_edtf(last_parts, anchor)
        if weekday := weekday_of(full.relative):
            return _from_weekday(weekday, first, last, weekday_of(last_parts.relative))
        if full.relative and first is None:
            return last
        first = to_edtf(full, anchor)
        return _closed(first, last) if first and last and not _is_backwards(first, last) else None
    if first is None:
        return None
    about = "~" if atom.approximate and "/" not in first and not first.endswith("X") else ""
    if atom.open_end:
        return f"{first.split('/')[0]}{about}/.."
    if atom.open_start:
        return f"../{first.split('/')[-1]}"
    return first + about


def _with_month_of_first(first: Parts, last: Parts) -> Parts | None:
    """The last day of a range that tells no month: of its first day's, or the next. None where words beside it tell another."""
    if first.day is None or first.month is None or first.year is None or first.calendar or last.same or last.weekday is not None:
        return None
    if last.day is None or last.month is not None or last.month_step is not None or not last.silent_of_year:
        return None
    count = first.year * 12 + first.month - 1 + (last.day < first.day)
    return last._replace(year=count // 12, month=count % 12 + 1, side=0)


def _from_weekday(weekday: int, first: str | None, last: str | None, other: int) -> str | None:
    """`from Friday to Sunday`, `from Friday to the 20th`: the days in between, without a gap of a week."""
    try:
        if other and first:
            begin = date.fromisoformat(first)
            return f"{first}/{(begin + timedelta(days=(other - weekday) % 7)).isoformat()}"
        end = date.fromisoformat(last or "")
    except ValueError:
        return None
    return f"{(end - timedelta(days=(end.isoweekday() - weekday) % 7 or 7)).isoformat()}/{last}"


def _is_backwards(first: str, last: str) -> bool:
    """Whether a range of days ends before it begins: a slip of the text, which gives no time."""
    days = len(first) == len(last) == len("2025-09-12") and "~" not in first + last
    return days and last < first and (first[0] != "X" or first[:7] == last[:7])


def _closed(first: str, last: str) -> str:
    """From the first day of one end to the last of the other, where they are spans themselves (quarters)."""
    return f"{first.split('/')[0]}/{last.split('/')[-1]}"


def _from_before(parts: Parts, anchor: Anchor, previous: Parts | None) -> Parts | None:
    """What the time told before lends: "of the same month", "that year", a month to a day alone. None where it is wanted and missing."""
    if parts.same:
        of_month, step = parts.same.startswith("month"), int(parts.same.lstrip("yearmonth") or 0)
        if step and anchor.near is not None and (previous is None or previous.relative or previous.year is None):
            previous = Parts(year=anchor.near.year, month=anchor.near.month)  # "December of the previous year": before the document's
        if previous is None or previous.year is None or previous.relative or (of_month and previous.month is None):
            return parts._replace(same="") if parts.month is not None else None  # "22 March of the year before", whichever that is
        if not of_month:
            return parts._replace(year=previous.year + step)
        count = previous.year * 12 + (previous.month or 1) - 1 + step
        return parts._replace(year=count // 12, month=count % 12 + 1)
    return parts if parts.day is None or parts.month is not None else _with_month(parts, anchor, previous)


def _with_month(parts: Parts, anchor: Anchor, previous: Parts | None) -> Parts | None:
    """A day alone with its month: as the words beside it say, of the month told before, or of the document's."""
    published, near = anchor.published, anchor.near
    if parts.month_step is not None and near is not None:
        return _months_from(parts, near, parts.month_step)
    if parts.month_step is not None:  # "of this month" of a text that tells its day without the year
        month = anchor.today[0] if anchor.today else anchor.first_month
        return parts._replace(month=month, year=anchor.year) if month and parts.month_step == 0 else None
    if parts.weekday is not None and near is not None:
        return _on_weekday(parts, published or near)
    if parts.side and published is not None:  # "the coming 20th"
        step = (parts.day or 0) < published.day if parts.side > 0 else -((parts.day or 0) > published.day)
        return _months_from(parts._replace(side=0), published, step)
    if previous is not None and previous.month is not None and not previous.relative and not _is_own(parts, previous, published):
        close = published is None or (previous.year is not None and _months_between(previous, published) <= _MONTHS_APART)
        if close:
            return parts._replace(year=previous.year, month=previous.month)
    return _in_month(parts, anchor)


def _is_own(parts: Parts, previous: Parts, published: date | None) -> bool:
    """Whether a day alone is one of the report's own, not of the month that was told before it: not of one to come
    ("The fair will open on 3 December. On the 14th he said" of the 15th of November), and if it foretells, not of one that is over.
    """
    if published is None or previous.year is None or previous.month is None:
        return False
    if parts.ahead and (previous.year, previous.month, parts.day or 0) < (published.year, published.month, published.day):
        return True
    foretold = (previous.year, previous.month) > (published.year, published.month)
    return foretold and 0 <= published.day - (parts.day or 0) <= _JUST_PAST


def _in_month(parts: Parts, anchor: Anchor) -> Parts | None:
    """Of the document's own month or the one before: a day that lies no further ahead than the last such one is back."""
    published, day = anchor.published, parts.day or 0
    if published is None:  # of the month of publication, where that is all that is known
        return _months_from(parts, anchor.near, 0) if anchor.near else None
    if parts.ahead and day < published.day - _JUST_PAST:
        return _months_from(parts, published, 1)
    if parts.ahead:  # some days ago, what foretells is another clause
        return _months_from(parts, published, 0)
    soon = day - published.day <= _SOON and published.day - day + 31 >= _LONG_AGO  # "the 4th" of a page of the 1st
    return _months_from(parts, published, 0 if soon else -(day > published.day))


def _on_weekday(parts: Parts, published: date) -> Parts | None:
    """The day of the month that falls on the weekday: the nearest past one, else in the month to come."""
    for step in (0, -1, 1):
        candidate = _months_from(parts, published, step)
        try:
            day = date(candidate.year or 1, candidate.month or 1, candidate.day or 1)
        except ValueError:
            continue
        if day.isoweekday() == parts.weekday and (step == 1 or day <= published or (day - published).days <= _AHEAD):
            return candidate
    return _months_from(parts, published, -((parts.day or 0) > published.day))


def _months_between(parts: Parts, day: date) -> int:
    return abs((parts.year or 0) * 12 + (parts.month or 0) - day.year * 12 - day.month)


def _months_from(parts: Parts, day: date, step: int) -> Parts:
    """The same day of the month, `step` months from that of `day`."""
    count = day.year * 12 + day.month - 1 + step
    return parts._replace(year=count // 12, month=count % 12 + 1)
