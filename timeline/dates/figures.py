"""Ranges told in figures alone: of years (`2011-14`, `(960-1279)`, the winter of `2023/24`) and of days (`13.09-15.09.2025`)."""

from __future__ import annotations

import re

from timeline.dates.choice import place_key
from timeline.dates.grammar import LONGEST_PREFIX
from timeline.dates.heads import Found
from timeline.dates.page import Atom, Page
from timeline.dates.resolve import Parts, span
from timeline.text import is_unspaced

# `2019-20`, `2019/20`: the year after, in short.
_SHORT_RANGE = re.compile(r"(?<![\d./:])(?<!\d-)(?<!/-)(?P<a>(?:19|20|2[45])\d\d)[-/](?P<b>\d\d)(?![\d:/-]|[.,]\d| \d)")
_YEAR_RANGE = re.compile(
    r"(?<![\d/:])(?<!\d[.-])(?<!\d[ ,])(?P<a>(?:1[89]|20|2[45])\d\d)(?: ?[-~] ?|/)(?P<b>(?:1[89]|20|2[45])\d\d)"
    r"(?![\d/]|-(?![^\W\d_])|[.,:]\d| \d)"
)
_SPACED_RANGE = re.compile(r"(?<![\d./:])(?<!\d-)(?P<a>(?:1[5-9]|20)\d\d) ?- ?(?P<b>\d\d)(?=[).,;\n]|$)(?![.,]\d)")  # `2022 - 28`
_TYPED_BACKWARDS = re.compile(r"(?<![\d./:-])(?P<b>\d\d)[-/](?P<a>20\d\d)(?![\d/-]|[.,:]\d)")  # `24-2023`, from right to left
# A number of a document, no year: "n° 2024-12", "No. 2019-21"
_NUMBER_SIGN = re.compile(r"(?:n[°ºo]s?\.?|nr\.?|num\.?|№|#|so|เลขที่) ?$")
_PERSIAN_RANGE = re.compile(r"(?<![\d./:-])(?P<a>1[34]\d\d) ?[-~] ?(?P<b>1[34]\d\d)(?![\d/-]|[.,:]\d)")
_EASTERN = 1500  # years below it may be of the Persian or the Islamic calendar
_BOTH_CALENDARS = re.compile(r"(?<![\d.,])(?P<a>\d{1,2}) ?\((?P<b>\d{1,2})\) (?=[^\W\d_])")
_IN_BRACKETS = re.compile(r"(?<=\()(?P<a>(?:1[5-9]|20)\d\d) ?- ?(?P<b>\d\d)(?=\))")  # `(1921-38)`
_OLD_RANGE = re.compile(r"(?<![\w./:-])(?P<a>1[0-7]\d\d) ?[-~] ?(?P<b>1[0-9]\d\d)(?![\d/-]|[.,:]\d| \d)")  # `1712-1715 годы`
_REIGN = re.compile(r"(?<=\()(?P<a>\d{3,4}) ?- ?(?P<b>1\d{3})(?=\))")  # `(960-1279)`
_LONGEST_REIGN = 700  # years
_LATEST = 2100
_LONGEST_PLAN = 10  # years of `2011-14`
# `13.09-15.09.2025`, `30/10-1/11/2022`, `28/11-3/12`: two days in figures, the year behind the last, if any.
_FIGURES = re.compile(
    r"(?P<d>\d{1,2})(?P<s>[./]) ?(?P<m>\d{1,2})\.? ?- ?(?P<e>\d{1,2})(?P=s) ?(?P<n>\d{1,2})(?!\d)\.?"
    r"(?:(?:(?<=\.) ?|(?P=s) ?)(?P<y>(?:19|20)\d\d)(?!\d)|(?![./]? ?\d))"
)
_DAYS_OF_MONTH = re.compile(r"(?P<d>\d{1,2})\. ?- ?(?P<e>\d{1,2})\.(?P<m>\d{1,2})(?!\.? ?\d)\.?")  # `03.-05.06`
_MONTHS = 12


def year_range(page: Page, position: int) -> list[Atom] | None:
    """The range of years that begins at a place, or the year and month of `1979-03`; None where none does."""
    if page.grammar.right_to_left and (backwards := _TYPED_BACKWARDS.match(page.text, position)):
        begin = int(backwards["a"])
        return _years(page, backwards, begin, begin + 1) if int(backwards["b"]) == (begin + 1) % 100 else None
    if not page.text[position : position + 3].isdigit():
        return None
    short = _SHORT_RANGE.match(page.text, position) or _SPACED_RANGE.match(page.text, position)
    if short and _NUMBER_SIGN.search(page.text, max(0, position - 8), position):
        return None
    found = _in_short(page, short) if short else None
    if found:
        return found
    if page.grammar.persian and (persian := _PERSIAN_RANGE.match(page.text, position)) and int(persian["a"]) < int(persian["b"]):
        first, last = (Parts(year=int(persian[name]), calendar="persian") for name in "ab")
        return [Atom(position, persian.end(), first, "year-range", last=last)]
    return _in_full(page, position)


def _in_short(page: Page, short: re.Match[str]) -> list[Atom] | None:
    """`2011-14`, `(1921-38)`, the month of `1979-03`."""
    numerals = page.grammar.numerals
    first, last = int(short["a"]), int(short["b"])
    years = (last - first) % 100
    if last > _MONTHS and 0 < years <= _LONGEST_PLAN and (first < _LATEST or numerals.is_buddhist):  # less may be a month
        begin = numerals.year(short["a"])
        return _years(page, short, begin, begin + years)
    if _IN_BRACKETS.match(page.text, short.start()) and last > max(first % 100, _MONTHS):
        return _years(page, short, first, first // 100 * 100 + last)
    # `1979-03`, as ISO 8601 has it; `2011-12` may be two years
    if "-" in short[0] and 0 < last <= _MONTHS and years != 1 and (first < _LATEST or numerals.is_buddhist):
        return [Atom(short.start(), short.end(), Parts(year=numerals.year(short["a"]), month=last), "template")]
    return None


def _in_full(page: Page, position: int) -> list[Atom] | None:
    """`2011-2014`, `(960-1279)`."""
    match = _YEAR_RANGE.match(page.text, position) or _reign(page.text, position) or _old_years(page, position)
    if not match or int(match["a"]) >= int(match["b"]):
        return None
    numerals = page.grammar.numerals
    if int(match["a"]) >= _LATEST and not numerals.is_buddhist:
        return None
    counted = _counted(page, match.start("b"))
    if counted and counted.code == "never":  # "1950–2000 lorries"
        return None
    return _years(page, match, numerals.year(match["a"]), numerals.year(match["b"]))


def _counted(page: Page, position: int) -> Found | None:
    """What stands at the second of two figures, by itself."""
    return page.grammar.free.match(page.text, position, place_key(page.text, position), month_near=False)


def _years(page: Page, match: re.Match[str], begin: int, end: int) -> list[Atom]:
    first, last = Parts(year=begin), Parts(year=end)
    return _winter(page, match.start(), match.end(), first, last) or [Atom(match.start(), match.end(), first, "year-range", last=last)]


def two_calendars(page: Page, position: int) -> tuple[int, int] | None:
    """`22 (10) October 1853`, a day of the Gregorian and of the Julian calendar: the later, and where the month stands."""
    match = _BOTH_CALENDARS.match(page.text, position)
    if match is None:
        return None
    days = int(match["a"]), int(match["b"])
    return (max(days), match.end()) if 10 <= abs(days[0] - days[1]) <= 13 and max(days) <= 31 else None


def _old_years(page: Page, position: int) -> re.Match[str] | None:
    """Years before 1800, which are figures sooner unless a word for years stands behind them."""
    match = _OLD_RANGE.match(page.text, position)
    if match is None or (page.grammar.numerals.eastern_years and int(match["a"]) < _EASTERN):
        return None
    year = _counted(page, match.start("b"))
    return match if year is not None and year.code == "" and year.match.end() > match.end() else None


def day_range(page: Page, position: int) -> list[Atom] | None:
    """The range of days in figures that begins at a place, in a language that writes the day first; None where none does."""
    behind = page.text[position + 1 : position + 3]
    if page.grammar.order != "dmy" or not ("." in behind or "/" in behind) or not page.left_border(position):
        return None
    days = _DAYS_OF_MONTH.match(page.text, position)
    if days and 1 <= int(days["d"]) < int(days["e"]) <= 31 and 1 <= int(days["m"]) <= 12:
        first = Parts(month=int(days["m"]), day=int(days["d"]))
        return [Atom(days.start(), days.end(), first, "day-range", last=first._replace(day=int(days["e"])))]
    match = _FIGURES.match(page.text, position)
    if match is None or not (1 <= int(match["m"]) <= 12 and 1 <= int(match["n"]) <= 12):
        return None
    first, last = Parts(month=int(match["m"]), day=int(match["d"])), Parts(month=int(match["n"]), day=int(match["e"]))
    if match["y"]:
        first, last = span(first, last._replace(year=int(match["y"])))
    elif match["s"] == "." or max(first.day or 0, last.day or 0) <= _MONTHS:
        return None  # two figures with a point are a time, an amount, a score; small ones with a stroke fractions
    return [Atom(match.start(), match.end(), first, "day-range", last=last)]


def _reign(text: str, position: int) -> re.Match[str] | None:
    match = _REIGN.match(text, position)
    return match if match and int(match["b"]) - int(match["a"]) <= _LONGEST_REIGN else None


def _winter(page: Page, position: int, end: int, first: Parts, last: Parts) -> list[Atom] | None:
    """`the winter of 2023/24`, `2020/2021년 겨울`: that of the first year, where a season's word stands beside two years that follow each
    other.
    """
    if first.year is None or last.year != first.year + 1:
        return None
    before = page.text[max(0, position - LONGEST_PREFIX) : position].rstrip()
    for word, season in page.grammar.seasons:
        begin = max(0, position - LONGEST_PREFIX) + len(before) - len(word)
        if before.endswith(word) and (page.prefix_border(begin) or is_unspaced(word[0])):
            return [Atom(begin, end, Parts(year=first.year, part=season), "template")]
    for tail, season in page.grammar.season_tails:
        if page.text.startswith(tail, end + (page.text[end : end + 1] == " ")):
            behind = page.text.index(tail, end) + len(tail)
            if is_unspaced(tail[-1]) or not page.text[behind : behind + 1].isalpha():
                return [Atom(position, behind, Parts(year=first.year, part=season), "template")]
    return None
