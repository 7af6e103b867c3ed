"""Finding time expressions in a passage: single ones, combined, completed from the document, each with its EDTF value.

Spans that are found never overlap, but for the members of a list that share words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from timeline.dates.around import bounded
from timeline.dates.atoms import atoms_of, may_be_in_hanzi
from timeline.dates.codes import weekday_of
from timeline.dates.course import HEADING, YEAR_LINE, Course, explains
from timeline.dates.grammar import DateGrammar
from timeline.dates.join import combined
from timeline.dates.page import THIS_YEAR, TODAY, Atom, NumberOrder, Page
from timeline.dates.resolve import MODERN, OLDEST, Anchor
from timeline.dates.told import Told
from timeline.knowledge import Hit
from timeline.model import TimeSpan
from timeline.text import Folded

# Folded text has no other digits than these. `re` finds fastest what begins with one of a plain set of characters.
_DIGITS = re.compile(r"[0-9][0-9]*")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=/\d|$)")
_LEAST_ANNIVERSARY = 20  # years; shorter spans of whole years are plans
_WORDS = frozenset(("month", "relative", "weekday", "number", "step", "same_span"))
_TITLE = 150  # characters: and a year alone in what is, or is as good as, its title
_OF_HISTORY = 3  # years of the past: a text that tells so many is history
_CHRONICLE = 3  # lines that begin with a year, or hold nothing else
_OF_MONTH = timedelta(days=20)  # from the middle of a month to a day of it
_KEPT_PIECES = 1000
_HEAD = 600  # characters: what a report tells so early belongs to its own days


class Scan(NamedTuple):
    """A piece of a text with what the scan for phrases found in it."""

    folded: Folded
    source: str
    hits: Sequence[Hit]
    grammar: DateGrammar


def times_of_text(text: str, scans: Sequence[Callable[[], Scan]], anchor: Anchor) -> list[list[TimeSpan]]:
    """The times of each piece of a text; what one piece told serves the next.

    A text is read a second time when it has no day of its own, with what its own times tell of its year and its day; and when
    the date of a weekday ("on Tuesday" … "Tuesday, 12 May") is told only behind it. What was found in a piece is kept for
    that, unless they are many: the pieces of a text of megabytes are scanned anew.
    """
    numbers = NumberOrder(text, anchor.published)

    def expressions(k: int) -> _Expressions:
        return _expressions(*scans[k](), numbers)

    if len(scans) <= _KEPT_PIECES:
        expressions = cache(expressions)

    def read(anchor: Anchor, told: Told) -> list[list[TimeSpan]]:
        return [_resolved(expressions(k), anchor, told) for k in range(len(scans))]

    headed = len(HEADING.findall("\n" + text)) > 1
    told = Told(headed=headed)
    found = read(anchor, told)
    if anchor.published is None and anchor.near is not None:
        day = _today_of_month((time for times in found for time in times), anchor.near)
        if day:
            return read(replace(anchor, published=day, near=day), Told(headed=headed))
    own = anchor_of_text((time for times in found for time in times), told.silent) if anchor.near is None else None
    # of a page of which the month is known, "on Saturday" is the one of which it goes on to tell the day
    stay = {**told.weekdays, **told.stay} if anchor.near is not None and anchor.published is None else dict(told.stay)
    # a page of a known day is read again too, where an "on Monday" stood before the day that tells which
    if own is None and not ((told.named or stay) and told.weekday_lost):
        return found
    if own is not None:
        anchor = replace(own, year=anchor.year or own.year, own_year=anchor.own_year)
    return read(anchor, Told(weekdays=dict(told.named), stay=stay, headed=headed))


def find_times(folded: Folded, source: str, hits: Sequence[Hit], grammar: DateGrammar, anchor: Anchor) -> list[TimeSpan]:
    """The times in a passage by itself; `hits` are the scan's finds there."""
    numbers = NumberOrder(folded.text, anchor.published)
    return _resolved(_expressions(folded, source, hits, grammar, numbers), anchor, Told())


def moved(times: list[TimeSpan], base: int) -> list[TimeSpan]:
    """The times of a piece in offsets of the text in which it begins at `base`."""
    if not base:
        return times
    return [TimeSpan(base + t.start, base + t.end, t.text, t.date_edtf, t.date_precision, t.date_basis, t.rule) for t in times]


class _Expressions(NamedTuple):
    """A piece of a text with the expressions that stand in it, and its years that stand alone."""

    folded: Folded
    source: str
    atoms: Sequence[Atom]
    years: Sequence[Atom]


def _expressions(folded: Folded, source: str, hits: Sequence[Hit], grammar: DateGrammar, numbers: NumberOrder) -> _Expressions:
    """`numbers` tells in which order the whole text writes day and month, where it writes them in figures."""
    figures = [match.span() for match in _DIGITS.finditer(folded.text)]
    if not figures and not any(hit.phrase.kind in _WORDS for hit in hits) and not (grammar.numerals.han and may_be_in_hanzi(folded.text)):
        return _Expressions(folded, source, (), ())
    page = Page(folded, source, hits, grammar, numbers, figures)
    atoms = atoms_of(page)
    page.history = sum(not atom.weak and OLDEST <= (atom.parts.year or 0) < MODERN for atom in atoms) >= _OF_HISTORY
    if folded.text.count("\n") + 1 >= _CHRONICLE and any(atom.weak == "year" for atom in atoms):
        atoms = _with_years_of_lines(folded.text, atoms)
    atoms = combined(page, atoms)
    return _Expressions(folded, source, list(bounded(page, atoms)), [atom for atom in atoms if _is_lone_year(folded.text, atom)])


def _with_years_of_lines(text: str, atoms: list[Atom]) -> list[Atom]:
    """The years that lines begin with made strong, where so many do: a chronicle's."""
    leading = {match.start("y") - 1 for match in YEAR_LINE.finditer("\n" + text)}
    if len(leading) < _CHRONICLE:
        return atoms
    return [atom._replace(weak="") if atom.weak == "year" and atom.start in leading else atom for atom in atoms]


def _is_lone_year(text: str, atom: Atom) -> bool:
    """Whether a year stands alone, and explains nothing before it; "1000 a day" dates nothing."""
    parts = atom.parts
    if parts.year is None or parts.month is not None or atom.last is not None or (atom.weak and parts.year < MODERN):
        return False
    return not parts.is_decade and not explains(text, atom)


def _resolved(found_in: _Expressions, anchor: Anchor, told: Told) -> list[TimeSpan]:
    """The expressions of a piece with their values; `told` is what the text told before it, and is kept up to date."""
    folded, source, atoms, years = found_in
    if not atoms:
        return []
    course = Course(folded, anchor, told, years)
    spans: list[TimeSpan] = []
    for atom in atoms:
        if spans and atom.parts.relative and _is_in_brackets(atom, folded.text, course.previous_end, spans[-1]):
            continue  # "20 to 23 October (Wednesday)": of the day before it
        found = course.found(atom)
        if found is None:
            told.miss(atom)
            continue
        course.add(atom, found)
        begin, finish = folded.source(atom.start), folded.source_end(atom.end)
        span = TimeSpan(begin, finish, source[begin:finish], *found[:4])
        if spans and (whole := _since_until(spans[-1], span, source)):
            spans[-1] = whole
        else:
            spans.append(span)
    return spans


def _is_in_brackets(atom: Atom, text: str, previous_end: int, previous: TimeSpan) -> bool:
    """Whether a weekday stands alone in brackets behind the day, or days, before it."""
    if not weekday_of(atom.parts.relative) or previous.date_precision not in ("day", "span"):
        return False
    return text[atom.end : atom.end + 1] == ")" and text[previous_end : atom.start].strip() == "("


def _since_until(first: TimeSpan, last: TimeSpan, source: str) -> TimeSpan | None:
    """`작년 말부터 올해 초까지`: an open beginning and an open end side by side are one span."""
    if not (first.date_edtf.endswith("/..") and last.date_edtf.startswith("../")):
        return None
    since, until = first.date_edtf.removesuffix("/.."), last.date_edtf.removeprefix("../")
    if source[first.end : last.start].strip(" ") or "X" in since + until or since >= until:
        return None
    whole = source[first.start : last.end]
    return replace(first, end=last.end, text=whole, date_edtf=f"{since}/{until}", date_precision="span")


def anchor_of_text(times: Iterable[TimeSpan], silent: bool = False) -> Anchor | None:
    """What an undated text itself gives to complete a partial date with: its full days, its year, the day that it calls today.

    The end of an anniversary's span ("75 years, 1950–2025") is the text's year, that of "since early 2025 up to now", and the one
    year that it names again and again; full days tell the year of others close to them: months and years alone may be targets or
    memories. `silent`: a "this year" still wants one.
    """
    listed = list(times)
    today = next((t.date_edtf for t in listed if t.rule == TODAY and t.date_precision == "day" and t.date_edtf.startswith("XXXX")), "")
    if not (today or silent or any("XXXX" in time.date_edtf or time.rule == TODAY for time in listed)):
        return None
    years = {year for time in listed if (year := _anniversary(time.date_edtf))}
    years = years or _only_year(listed) or _year_until_now(listed)
    stated = [t.date_edtf for t in listed if t.date_basis == "stated" and not _anniversary(t.date_edtf)]
    days = {day for value in stated if (match := _FULL_DAY.match(value)) and (day := date.fromisoformat(match[0])).year >= MODERN}
    first = next((t.date_edtf.partition("/")[0] for t in listed if _is_own(t)), "") if silent else ""
    if not (today or years or days or first):
        return None
    return Anchor(
        year=years.pop() if len(years) == 1 else None,
        today=(int(today[5:7]), int(today[8:10])) if today else None,
        days=tuple(sorted(days)),
        first=first.removesuffix("~") if first[:4] >= str(MODERN) else "",
    )


def _today_of_month(times: Iterable[TimeSpan], near: date) -> date | None:
    """The day that a text calls today, of which only the month of publication is known: "today (10 May)", a dateline."""
    for time in times:
        if time.rule == TODAY and _FULL_DAY.fullmatch(time.date_edtf):
            day = date.fromisoformat(time.date_edtf)
            return day if abs(day - near) <= _OF_MONTH else None
    return None


def _only_year(times: Iterable[TimeSpan]) -> set[int]:
    """The year of our time that a text names more than once, if it names no other."""
    told = [t.date_edtf.rstrip("~") for t in times if t.date_basis == "stated" and t.date_edtf[:4].isdigit()]
    years = {int(value[:4]) for value in told if int(value[:4]) >= MODERN}
    return years if len(years) == 1 and sum(value == str(*years) for value in told) > 1 and "/" not in "".join(told) else set()


def _year_until_now(times: Sequence[TimeSpan]) -> set[int]:
    """The year of "since early 2024 up to now", if the text names none after it."""
    told = [int(t.date_edtf[:4]) for t in times if t.rule == THIS_YEAR]
    latest = max((int(end) for t in times for end in re.findall(r"\d{4}(?=-|/|~|$)", t.date_edtf)), default=0)
    return {max(told)} if told and max(told) >= latest else set()


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
