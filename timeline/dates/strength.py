"""Weak expressions made strong by where they stand: in brackets, in an agency's dateline, in a history, beside a word of since."""

from __future__ import annotations

import re

from timeline.dates.page import Atom, Page
from timeline.dates.resolve import MODERN, OLDEST

_CLAUSE_END = re.compile(r" ?(?:[.!?;:)。！？।؟\n]|$)")
_DATELINE_REACH = 40
_AGENCY = re.compile(r"\.? ?(?:-|//|\([^()\d]{2,20}\)|/ ?[^\W\d][^\d\n/]{1,12} ?(?:-|/))")  # also `Tehran / 20 April / IRNA –`
_WIRE = re.compile(r"\.? ?(?:\([^()\d\n]{2,24}\)|[^\W\d][^\s\d]{1,14}(?: [^\W\d][^\s\d]{1,14})? -)")  # `Москва. 20 октября. INTERFAX.RU -`
_EASTERN_WIRE = re.compile(r" ?(?:[电電讯訊](?!视|視|话|話|力)|[A-Za-z ]{2,20}】|】)")  # `新华社南宁12月21日电`, `【8月29日 …】`
_DASH = re.compile(r" ?[-–—] ")
_BRACKET_DASH, _CITY_WORDS = re.compile(r" ?\([^()\d]{2,20}\) ?[-–—]"), 3  # "هانوي 12 مايو (شينخوا) -- ", where no capitals tell
_INITIALS, _CITY = re.compile(r" ?\([A-Z]{2,8}\)"), 24
_SHORT_WEEKDAY = re.compile(r" ?\((?:[月火水木金土日]|(?:週|周|星期)[一二三四五六日]|[월화수목금토일])(?:[・·]祝)?\)")
_YEAR_BRACKET = re.compile(r"(?<!\d)(?:19|20)\d\d \($")  # "on the first day of 2017 (1/1)"
_YEARS_REACH = 24  # characters to the bracket around a year or a list of them
_OUR_TIME = (1850, 2035)  # years that stand alone; a figure of those is seldom anything else


def strengthened(page: Page, atom: Atom) -> Atom:
    """A weak expression made strong by what stands around it: brackets, a dateline, the word before a range."""
    if atom.weak == "bare":
        if atom.last is not None and (start := page.opener(atom, page.grammar.starts)) is not None:
            return atom._replace(weak="", start=start)  # "from 6-8/9": a range of days is no fraction
        return atom._replace(weak="") if _counts(page, atom) else atom
    if atom.weak == "weekday":
        return atom._replace(weak="") if page.grammar.bare_weekdays and _is_written_as_name(page, atom) else atom
    if atom.weak == "year":
        if _in_brackets(page, atom):
            return atom._replace(weak="", rule="year-in-brackets")
        if (page.grammar.bare_years and _stands_alone(page, atom)) or _is_bound(page, atom):
            return atom._replace(weak="")
    return atom


def _in_brackets(page: Page, atom: Atom) -> bool:
    """`(2022)`, `(2022 and 2025)`, `(since 2022)`: nothing but years between the brackets, and a word that joins or bounds them."""
    opening = page.text.rfind("(", max(0, atom.start - _YEARS_REACH), atom.start)
    closing = page.text.find(")", atom.end, atom.end + _YEARS_REACH)
    if opening < 0 or closing < 0:
        return False
    years = page.text[opening + 1 : closing].replace(",", " ").split()
    beside = page.grammar.list_words | page.grammar.bounds
    return all((word.isdigit() and len(word) == len("2022")) or word in beside for word in years)


def _is_bound(page: Page, atom: Atom) -> bool:
    """Whether a word of since or until makes a figure a year: behind it ("2020-tól"), or before one that ends its clause ("do 1989.")."""
    grammar = page.grammar
    # a word apart may compare: "more than 2000" is "2000 سے زائد"; an ending that a machine set apart ("1989 -ig") does not
    if (page.text[atom.end : atom.end + 1] != " " or page.text[atom.end + 1 : atom.end + 2] == "-") and (
        page.tail(atom.end, grammar.since_after) or page.tail(atom.end, grammar.until_after)
    ):
        return True
    led = page.opener(atom, grammar.since) is not None or page.opener(atom, grammar.until) is not None
    return led and _CLAUSE_END.match(page.text, atom.end) is not None and _OUR_TIME[0] <= (atom.parts.year or 0) <= _OUR_TIME[1]


def _is_written_as_name(page: Page, atom: Atom) -> bool:
    """Whether a weekday carries the capital that the language gives it, and no name goes on behind it ("Sunday Times")."""
    following = page.source[page.folded.source_end(atom.end) :][:2]
    return page.source[page.folded.source(atom.start)].isupper() and not (following[:1] == " " and following[1:].isupper())


def _stands_alone(page: Page, atom: Atom) -> bool:
    """`besuchte Vietnam 2008`: a year of our time that counts nothing ("2008 Lastwagen") and is no round sum."""
    year = atom.parts.year or 0
    following = page.source[page.folded.source_end(atom.end) :][:2]
    counts = following[:1] in (" ", "\n") and following[1:].isupper()
    return _OUR_TIME[0] <= year <= _OUR_TIME[1] and year % 100 != 0 and not counts


def is_of_history(page: Page, atom: Atom) -> bool:
    """`1905 he finished school`, of a text that tells several years of the past: a figure that is no round sum, and counts nothing
    that is written with a capital.
    """
    year = atom.parts.year or 0
    following = page.source[page.folded.source_end(atom.end) :][:2]
    return OLDEST <= year < MODERN and year % 10 != 0 and not (following[:1] == " " and following[1:].isupper())


def _counts(page: Page, atom: Atom) -> bool:
    return _is_bracketed_day(page.text, atom) or _opens_report(page, atom)


def _is_bracketed_day(text: str, atom: Atom) -> bool:
    """`(27/3)`, `(5-9/12)`, `(6/2016)`, `4/8(木)`, `2017 (1/1)`; but `(2/3)` may be a fraction."""
    if _SHORT_WEEKDAY.match(text, atom.end):
        return True
    month, day = atom.parts.month or 0, atom.parts.day or 0
    is_sure = day > max(month, 3) or atom.last is not None or (atom.parts.day is None and atom.parts.year is not None)
    first = (month, day) == (1, 1)  # no fraction
    is_sure = is_sure or (first and _YEAR_BRACKET.search(text, max(0, atom.start - len(" 2017 (")), atom.start) is not None)
    return text[max(0, atom.start - 1) : atom.start] == "(" and text[atom.end : atom.end + 1] == ")" and is_sure


def is_dateline(page: Page, atom: Atom) -> bool:
    """An agency's dateline, also without a comma behind the city: `HANOI 12 maj (VNA)`."""
    if _opens_report(page, atom):
        return True
    before = page.line_before(atom, _CITY)
    if not before:
        return False
    city = page.source[page.folded.source(atom.start - len(before)) : page.folded.source(atom.start)]
    behind = page.folded.source_end(atom.end)
    if city.isupper():
        return _INITIALS.match(page.source, behind) is not None or (len(city.strip()) > 1 and _DASH.match(page.source, behind) is not None)
    agency = _BRACKET_DASH.match(page.source, behind)
    if agency is None or len(before.split()) > _CITY_WORDS or not city.strip() or city.islower():
        return False
    return not city[0].isupper() or agency[0].isupper()  # "Hanoj 12. května (ČTK) - "


def _opens_report(page: Page, atom: Atom) -> bool:
    """`Jakarta, 21/2 – …`, `HÀ NỘI, 12/9 (VNA) –`: an agency's dateline at the head of a passage."""
    text, before = page.text, page.line_before(atom, _DATELINE_REACH)
    if before is None:
        return False
    if _EASTERN_WIRE.match(text, atom.end) or (before.rstrip().endswith((".", "۔")) and _WIRE.match(text, atom.end)):
        return True
    return _AGENCY.match(text, atom.end) is not None and before.rstrip().endswith((",", "،", "/", "-"))
