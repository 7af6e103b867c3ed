"""Ranges told in figures alone: of years (`2011-14`, `(960-1279)`, the winter of `2023/24`) and of days (`13.09-15.09.2025`)."""

from __future__ import annotations

import re

from timeline.dates.grammar import LONGEST_PREFIX
from timeline.dates.page import Atom, Page
from timeline.dates.resolve import Parts, span
from timeline.text import is_unspaced

# `2019-20`, `2019/20`: the year after, in short.
_SHORT_RANGE = re.compile(r"(?<![\d./:-])(?P<a>(?:19|20|25)\d\d)[-/](?P<b>\d\d)(?![\d:/-]|[.,]\d| \d)")
_YEAR_RANGE = re.compile(
    r"(?<![\d/:])(?<!\d[.-])(?<!\d[ ,])(?P<a>(?:1[89]|20|25)\d\d)(?: ?[-~] ?|/)(?P<b>(?:1[89]|20|25)\d\d)"
    r"(?![\d/]|-(?![^\W\d_])|[.,:]\d| \d)"
)
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
    if not page.text[position : position + 3].isdigit():
        return None
    short = _SHORT_RANGE.match(page.text, position)
    if short and int(short["a"]) >= _LATEST and not page.grammar.numerals.buddhist:
        short = None
    years = (int(short["b"]) - int(short["a"])) % 100 if short else 0
    if short and 0 < years <= _LONGEST_PLAN and int(short["b"]) > 12:  # less may be a month
        begin = page.grammar.numerals.year(short["a"])
        first, last = Parts(year=begin), Parts(year=begin + years)
        return _winter(page, position, short.end(), first, last) or [Atom(short.start(), short.end(), first, "year-range", last=last)]
    # `1979-03`, as ISO 8601 has it; `2011-12` may be two years
    if short and "-" in short[0] and 0 < int(short["b"]) <= _MONTHS and years != 1:
        return [Atom(short.start(), short.end(), Parts(year=page.grammar.numerals.year(short["a"]), month=int(short["b"])), "template")]
    match = _YEAR_RANGE.match(page.text, position) or _reign(page.text, position)
    if not match or int(match["a"]) >= int(match["b"]):
        return None
    numerals = page.grammar.numerals
    if int(match["a"]) >= _LATEST and not numerals.buddhist:
        return None
    counted = page.grammar.free.match(page.text, match.start("b"), month_near=False)
    if counted and counted.code == "never":  # "1950–2000 lorries"
        return None
    first, last = Parts(year=numerals.year(match["a"])), Parts(year=numerals.year(match["b"]))
    return _winter(page, position, match.end(), first, last) or [Atom(match.start(), match.end(), first, "year-range", last=last)]


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
