"""Finding time expressions in a passage: single ones, combined, completed from the document, each with its EDTF value.

Spans that are found never overlap, but for the members of a list that share words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from timeline import edtf
from timeline.dates.atoms import DIGITS, atoms_of
from timeline.dates.grammar import DateGrammar
from timeline.dates.join import SENTENCE_BREAK, TODAY, bounded, combined
from timeline.dates.page import Atom, NumberOrder, Page
from timeline.dates.resolve import FORETOLD, Anchor, Parts, complete, days_from, span, to_edtf, weekday_of
from timeline.knowledge import Hit
from timeline.model import Basis, Precision, TimeSpan
from timeline.text import Folded

_NEARBY = 160  # characters to a dated clause that may give its year to the next sentence
_SAME_SENTENCE = 1000  # and within one sentence: what is called a sentence and is longer is a table or a list
_AHEAD = 14  # days ahead of the document's own that a weekday with its day may lie
_SOON, _LONG_AGO = 7, 20  # days: a day alone lies ahead if it comes so soon, and the last such day is so long ago
_MONTHS_APART = 6  # a day alone is of the month told before, if that lies no further from the document's own
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=/\d|$)")
_LEAST_ANNIVERSARY = 20  # years; shorter spans of whole years are plans
_MODERN = 1990  # the border was opened again in 1991; an older day is history, and dates nothing else
_CLOSE_MONTHS = 2  # "1 323 in June 2025. From 1 to 16 July …"
_OF_NAME = 260  # characters to a year inside a name of the same sentence
_WORDS = frozenset(("month", "relative", "weekday", "number"))
_TITLE = 150  # characters: and a year alone in what is, or is as good as, its title
_HEAD = 600  # characters: what a report tells so early belongs to its own days
_NEAR_WEEKDAY = timedelta(days=7)  # to the document's own day, from the day that a weekday was told with

_COMPLETED: Basis = "completed"
_Found = tuple[str, Precision, Basis, str, Parts]


@dataclass
class Told:
    """What a text has told so far, for words that lean on it ("the same day", "on Monday"): one for each reading of a text."""

    last_day: str = ""
    weekdays: dict[int, str] = field(default_factory=dict)  # the days that stood beside their weekdays: "Monday 25 September"
    named: dict[int, str] = field(default_factory=dict)  # of those, the ones that a second reading may know from the first
    weekday_lost: bool = False  # "on Monday" stood before the text told which
    silent: bool = False  # a "this year" stood where nothing told which

    def add(self, atom: Atom, found: _Found, undated: bool) -> None:
        """Keep what a time tells for those that lean on it; a text without a day of its own hangs more on them."""
        value, precision, _, _, parts = found
        self.last_day = _last_day(value) or self.last_day
        self.silent = self.silent or (atom.parts.year_step is not None and value.startswith("XXXX"))
        if precision != "day":
            return
        if parts.weekday:
            self.weekdays[parts.weekday] = self.named[parts.weekday] = value
        elif undated and (number := weekday_of(atom.parts.relative) or _own_weekday(value)):
            self.weekdays.setdefault(number, value)

    def miss(self, atom: Atom) -> None:
        """Keep that nothing told a time yet."""
        code = atom.parts.relative
        self.silent = self.silent or code.startswith(("year", "month")) or atom.parts.month_step is not None
        self.weekday_lost = self.weekday_lost or weekday_of(code) > 0


def _own_weekday(value: str) -> int:
    """That of a full day of our time ("25 May 2025", a Sunday: "he arrived on Sunday"); 0 for others."""
    return date.fromisoformat(value[:10]).isoweekday() if value[0] != "X" and int(value[:4]) >= _MODERN else 0


class Scan(NamedTuple):
    """A piece of a text with what the scan for phrases found in it."""

    folded: Folded
    source: str
    hits: Sequence[Hit]
    grammar: DateGrammar


def times_of_text(text: str, scans: Callable[[], Iterable[Scan]], anchor: Anchor) -> list[list[TimeSpan]]:
    """The times of each piece of a text; what one piece told serves the next.

    A text is read a second time when it has no day of its own, with what its own times tell of its year and its day; and when
    the date of a weekday ("on Tuesday" … "Tuesday, 12 May") is told only behind it.
    """

    def read(anchor: Anchor, told: Told) -> list[list[TimeSpan]]:
        numbers = NumberOrder(text, anchor.published)
        return [find_times(*scan, anchor, told, numbers) for scan in scans()]

    told = Told()
    found = read(anchor, told)
    own = anchor_of_text((time for times in found for time in times), told.silent) if anchor.near is None else None
    if own is None and not (told.named and told.weekday_lost):
        return found
    return read(replace(own, year=anchor.year or own.year) if own else anchor, Told(weekdays=dict(told.named)))


def find_times(
    folded: Folded,
    source: str,
    hits: Sequence[Hit],
    grammar: DateGrammar,
    anchor: Anchor,
    told: Told | None = None,
    numbers: NumberOrder | None = None,
) -> list[TimeSpan]:
    """The times in a passage; `hits` are the scan's finds there, `told` what the text told before it, and is kept up to date.

    `numbers` tells in which order the whole text writes day and month, where it writes them in figures.
    """
    if not DIGITS.search(folded.text) and not any(hit.phrase.kind in _WORDS for hit in hits) and not grammar.numerals.han:
        return []
    page = Page(folded, source, hits, grammar, numbers or NumberOrder(folded.text, anchor.published))
    atoms = combined(page, atoms_of(page))
    years = [atom for atom in atoms if atom.parts.year is not None and atom.parts.month is None and atom.last is None]
    years = [year for year in years if not _explains(folded.text, year)]
    return _resolved(folded, source, bounded(page, atoms), anchor, told or Told(), years)


class _Course:
    """The times of a passage in their course, each completed by what the document and those before it tell."""

    def __init__(self, folded: Folded, anchor: Anchor, told: Told, years: Sequence[Atom]) -> None:
        self.text, self.anchor, self.told, self.years = folded.text, anchor, told, years
        self.stated: _Stated | None = None
        self.previous: Parts | None = None
        self.previous_end = 0

    def found(self, atom: Atom) -> _Found | None:
        """The value of a time, and how it came about; None where nothing tells it."""
        code, anchor = atom.parts.relative, self.anchor
        if code == "day+0" and anchor.near is None and anchor.today is None and 0 < atom.start - self.previous_end < _NEARBY:
            code = "same_day"  # "on 1 January 2025 all was quiet. This morning alone …"
        if code.startswith("same_"):
            beside = self.previous is not None and not SENTENCE_BREAK.search(self.text, self.previous_end, atom.start)
            return _same(code, self.told.last_day, self.previous, beside, anchor)
        if weekday_of(code) and atom.last is None and (day := _weekday_told(code, self.told, anchor)):
            value = f"{day}/.." if atom.open_end else day
            return value, edtf.parse(value).precision, _COMPLETED, "weekday-of-text", atom.parts
        context = _year_nearby(self.text, atom, self.stated, anchor)
        found = _value(atom, anchor, context, self.previous)
        ahead = found is not None and _is_ahead(found, anchor)
        names = [year for year in self.years if year.weak] if ahead else self.years
        if found and (ahead or "XXXX" in found[0]) and (context := _year_of_name(self.text, atom, names)):
            return _value(atom, replace(anchor, near=None, published=None), context, self.previous)
        if found and ahead and not atom.parts.ahead and (context := _year_before(self.text, atom, self.previous, self.previous_end)):
            return _value(atom, anchor, context, self.previous)
        return found

    def add(self, atom: Atom, found: _Found) -> None:
        """Keep what a time tells to those after it in the passage, and in the text."""
        value, parts, code = found[0], found[4], atom.parts.relative
        self.told.add(atom, found, self.anchor.published is None)
        dated = atom.parts.year is not None and atom.parts.calendar in ("", "lunar") and not _explains(self.text, atom)
        if dated and (atom.last is None or atom.parts.day is not None):
            year = (atom.last.year if atom.last else None) or atom.parts.year or 0
            self.stated = _Stated(atom.end, year, (atom.last or atom.parts).month, atom.parts.day is not None)
        elif code.startswith("same_year") and value.isdigit():
            self.stated = _Stated(atom.end, int(value), None, False)
        year_told = code.startswith("year") or (parts.year_step is not None and parts.month is None)
        if not code.startswith("same_") or code[-2:-1] not in "+-":  # the next "previous year" is reckoned from the same one
            self.previous = Parts(year=int(value[:4])) if year_told and value[:4].isdigit() else parts
        self.previous_end = atom.end


def _resolved(folded: Folded, source: str, atoms: Iterable[Atom], anchor: Anchor, told: Told, years: Sequence[Atom]) -> list[TimeSpan]:
    course = _Course(folded, anchor, told, years)
    spans: list[TimeSpan] = []
    for atom in atoms:
        found = course.found(atom)
        if found is None:
            told.miss(atom)
            continue
        course.add(atom, found)
        begin, finish = folded.source(atom.start), folded.source_end(atom.end)
        spans.append(TimeSpan(begin, finish, source[begin:finish], *found[:4]))
    return spans


def anchor_of_text(times: Iterable[TimeSpan], silent: bool = False) -> Anchor | None:
    """What an undated text itself gives to complete a partial date with: its full days, its year, the day that it calls today.

    Only the end of an anniversary's span ("75 years, 1950–2025") is the text's year, and only full days tell the year of
    others close to them: months and years alone may be targets or memories. `silent`: a "this year" still wants one.
    """
    listed = list(times)
    today = next((t.date_edtf for t in listed if t.rule == TODAY and t.date_precision == "day" and t.date_edtf.startswith("XXXX")), "")
    if not (today or silent or any("XXXX" in time.date_edtf or time.rule == TODAY for time in listed)):
        return None
    years = {year for time in listed if (year := _anniversary(time.date_edtf))}
    stated = [t.date_edtf for t in listed if t.date_basis == "stated" and not _anniversary(t.date_edtf)]
    days = {day for value in stated if (match := _FULL_DAY.match(value)) and (day := date.fromisoformat(match[0])).year >= _MODERN}
    first = next((t.date_edtf[:10] for t in listed if _is_own(t)), "") if silent else ""
    if not (today or years or days or first):
        return None
    return Anchor(
        year=years.pop() if len(years) == 1 else None,
        today=(int(today[5:7]), int(today[8:10])) if today else None,
        days=tuple(sorted(days)),
        first=first.removesuffix("~") if first[:4] >= str(_MODERN) else "",
    )


def _is_own(time: TimeSpan) -> bool:
    """Whether what a text tells so early is of its own days: "this year" is then its year."""
    fine = time.date_precision in ("day", "month", "span") and time.start <= _HEAD
    return ".." not in time.date_edtf and (fine or (time.date_precision == "year" and time.start <= _TITLE))


def _anniversary(value: str) -> int | None:
    """The last year of a span that is an anniversary's: 1950/2025, 1950-01-18/2025-01-18."""
    first, _, last = value.partition("/")
    if not (first[:4].isdigit() and last[:4].isdigit()) or first[4:] != last[4:]:
        return None
    years = int(last[:4]) - int(first[:4])
    return int(last[:4]) if years >= _LEAST_ANNIVERSARY and years % 5 == 0 else None


def _last_day(value: str) -> str:
    """The day that "the next day" follows: a day, or the end of a span of days."""
    end = value.split("/")[-1]
    return end if len(end) == len("2025-09-12") and ".." not in value else ""


def _is_ahead(found: _Found, anchor: Anchor) -> bool:
    """Whether the document's day put a time after itself: the year of an event's name then knows better."""
    return found[3] == "year-of-document" and anchor.published is not None and found[0][:10] > anchor.published.isoformat()


def _explains(text: str, atom: Atom) -> bool:
    """`25 years ago (2009)`: a year in brackets explains what stands before it, and gives no year to what follows."""
    return atom.parts.month is None and "(" in text[max(0, atom.start - 1) : atom.end]


def _weekday_told(code: str, told: Told, anchor: Anchor) -> str:
    """The day that the text told with this weekday before ("Monday 25 September … on Monday"); "" if none, or one too far away.

    In an undated text also the one nearest to another weekday told so.
    """
    number = weekday_of(code)
    if not told.weekdays or code[8:] not in ("", FORETOLD):
        return ""
    if number not in told.weekdays and anchor.published is None:
        other, day = next(reversed(told.weekdays.items()))
        return days_from(day, (number - other) % 7 if code[8:] else (number - other + 3) % 7 - 3)
    value = told.weekdays.get(number, "")
    if not value:
        return ""
    near = anchor.published is None or "X" in value or abs(date.fromisoformat(value) - anchor.published) <= _NEAR_WEEKDAY
    return value if near else ""


def _same(code: str, last_day: str, previous: Parts | None, beside: bool, anchor: Anchor) -> _Found | None:
    """`the same day`, `that year`, `the previous year`: what was told before, once more, or a step from it.

    Where the sentence tells no year, `the previous year` is reckoned from the document's.
    """
    step = int(code[-2:]) if code[-2:-1] in "+-" else 0
    rule = code.rstrip("+-1").replace("_", "-")
    if code.startswith("same_day"):
        if not last_day:
            return None
        return days_from(last_day, step), "day", _COMPLETED, rule, previous or Parts()
    apart = previous is None or bool(previous.relative) or not beside
    if step and apart and anchor.near is not None:
        previous = Parts(year=anchor.near.year, month=anchor.near.month)
    if previous is None or previous.relative or (previous.year is None and previous.month is None):
        return None
    if code.startswith("same_year"):
        parts = Parts(year=previous.year + step) if previous.year is not None else Parts()
    elif previous.month is None:
        return None
    else:
        count = (previous.year or 0) * 12 + previous.month - 1 + step
        parts = Parts(year=count // 12 if previous.year is not None else None, month=count % 12 + 1)
    value = to_edtf(parts, Anchor())
    return (value, edtf.parse(value).precision, _COMPLETED, rule, parts) if value else None


class _Stated(NamedTuple):
    """The last full year that a passage told: where it ended, and with which month, or a day."""

    end: int
    year: int
    month: int | None
    with_day: bool


def _year_nearby(text: str, atom: Atom, stated: _Stated | None, anchor: Anchor) -> int | None:
    """The year of a clause before: of the same sentence; in an undated document of the sentence before, when it gave a day,
    or a month close to this one.
    """
    if stated is None or atom.start - stated.end > _SAME_SENTENCE:
        return None
    breaks = SENTENCE_BREAK.finditer(text, stated.end, atom.start)
    if next(breaks, None) is None:
        return stated.year
    close = stated.month is not None and atom.parts.month is not None and abs(stated.month - atom.parts.month) <= _CLOSE_MONTHS
    beside = (stated.with_day or close) and anchor.near is None and atom.start - stated.end <= _NEARBY
    return stated.year if beside and next(breaks, None) is None else None


def _year_of_name(text: str, atom: Atom, years: Sequence[Atom]) -> int | None:
    """The year of a name in the same sentence ("Meet Korea 2025 opens on 14 May"), where nothing else tells it."""
    told = set()
    for name in years:
        low, high = (name.end, atom.start) if name.end <= atom.start else (atom.end, name.start)
        if 0 <= high - low <= _OF_NAME and not SENTENCE_BREAK.search(text, low, high):
            told.add(name.parts.year)
    return told.pop() if len(told) == 1 else None


def _year_before(text: str, atom: Atom, previous: Parts | None, previous_end: int) -> int | None:
    """The year that the time before told, for a month that may not lie ahead: "early this year … in January" of a page of November."""
    bare_month = atom.parts.month is not None and atom.parts.day is None
    if previous is None or previous.year is None or not bare_month or atom.start - previous_end > _NEARBY:
        return None
    sentences = [piece for piece in SENTENCE_BREAK.split(text[previous_end : atom.start]) if piece.strip(" .!?")]
    return previous.year if len(sentences) <= 2 else None


def _value(atom: Atom, anchor: Anchor, context: int | None, previous: Parts | None) -> _Found | None:
    parts = _from_before(atom.parts, anchor, previous)
    if parts is None:
        return None
    if atom.parts.month is None and atom.parts.day is not None and parts.year is not None:
        full, basis, rule = parts, _COMPLETED, "month-of-document"
    else:
        full, basis, rule = complete(parts, anchor, context)
        if rule == "year-of-document" and not parts.part:
            full = _not_ahead(atom, parts, full, anchor)
        if parts.same:
            basis, rule = _COMPLETED, "same-" + parts.same.rstrip("+-1")
    value = _spanned(atom, full, anchor, context, previous)
    if value is None:
        return None
    try:
        precision = edtf.parse(value).precision
    except edtf.EdtfError:
        return None
    name = atom.rule if rule in ("stated", "no-year") or (rule.startswith("relative:") and atom.rule != "relative") else rule
    return value, precision, basis, name, full


def _not_ahead(atom: Atom, parts: Parts, full: Parts, anchor: Anchor) -> Parts:
    """What began ("since January") did not begin after the document; of a range the last end gives the year."""
    if atom.last is not None and atom.last.month is not None and atom.last.silent_of_year:
        last, _, _ = complete(atom.last, anchor, None)
        return span(parts, last)[0] if parts.month is not None else full
    near = anchor.near
    if near is None or not atom.open_end or full.year is None or full.month is None or (full.day is not None and atom.rule != "until-now"):
        return full
    ahead = (full.year, full.month, full.day or 0) > (near.year, near.month, near.day)
    return full._replace(year=near.year - 1) if ahead else full


def _spanned(atom: Atom, full: Parts, anchor: Anchor, context: int | None, previous: Parts | None) -> str | None:
    """The EDTF string of an expression whose first end is `full`."""
    first = to_edtf(full, anchor)
    if atom.last is not None:
        other = _from_before(atom.last, anchor, full if full.month else previous)
        if other is None:
            return None
        last_parts = complete(other, anchor, context)[0] if other.year is None else other
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
    if atom.open_end:
        return f"{first.split('/')[0]}/.."
    if atom.open_start:
        return f"../{first.split('/')[-1]}"
    return first + ("~" if atom.approximate and "/" not in first and not first.endswith("X") else "")


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
        months = [anchor.today[0]] if anchor.today else [int(anchor.first[5:7])] if anchor.first[5:7].isdigit() else []
        return parts._replace(month=months[0], year=anchor.year) if months and parts.month_step == 0 else None
    if parts.weekday is not None and near is not None:
        return _on_weekday(parts, published or near)
    if parts.side and published is not None:  # "the coming 20th"
        step = (parts.day or 0) < published.day if parts.side > 0 else -((parts.day or 0) > published.day)
        return _months_from(parts._replace(side=0), published, step)
    if previous is not None and previous.month is not None and not previous.relative:
        close = published is None or (previous.year is not None and _months_between(previous, published) <= _MONTHS_APART)
        if close:
            return parts._replace(year=previous.year, month=previous.month)
    return _in_month(parts, anchor)


def _in_month(parts: Parts, anchor: Anchor) -> Parts | None:
    """Of the document's own month or the one before: a day that lies no further ahead than the last such one is back."""
    published, day = anchor.published, parts.day or 0
    if published is None:  # of the month of publication, where that is all that is known
        return _months_from(parts, anchor.near, 0) if anchor.near else None
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
