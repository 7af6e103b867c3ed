"""Decades beside decades: `1970-80s`, `20-30-х`, `les années 60 et 70`, and the years that only look like them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.dates.choice import place_key
from timeline.dates.fitting import LIST_GAP, best
from timeline.dates.page import Atom, Page
from timeline.dates.resolve import Parts
from timeline.text import is_unspaced

_YEAR = 4  # figures
_HANGUL = re.compile("[가-힣]")
_FULL_YEAR = re.compile(r"(?:1[89]|20)\d\d(?!\d)")
_ROUND = r"(?:1[5-9]|20)?\d0"
_DECADE = re.compile(rf"{_ROUND}(?![\w.,:/-]*\d)")
_RANGE = re.compile(rf"(?<![\w./:-])(?P<a>{_ROUND}) ?[-~] ?'?(?P<b>{_ROUND})(?!\d)")  # `1970-80s`, `20-30-х`
_PAIR = re.compile(rf"(?<![\w./:-])(?P<a>{_ROUND})(?:['.-]{{0,2}}[^\W\d_]{{0,3}}\.?) (?P<w>[^\W\d_]{{1,5}}|&) '?(?P<b>{_ROUND})(?!\d)")


def decades(page: Page, atoms: Sequence[Atom], position: int, key: str) -> list[Atom] | None:
    """What begins with a round figure, as far as it is a decade beside another; `key` is the `place_key` there."""
    return _decades_go_on(page, atoms, position) or _decade_range(page, position, key) or _decade_pair(page, position)


def _decade_range(page: Page, position: int, key: str) -> list[Atom] | None:
    """`1970-80s`, `20-30-х`, `the years 1970-1980`: decades as one span, by the word before the first or behind the last."""
    match = _RANGE.match(page.text, position)
    if match is None:
        return None
    start, end = position, _decade_end(page, match.end())
    if not end:
        fitting = best(page, position, key)
        if not fitting or len(fitting) != 1 or not fitting[0].parts.is_decade:
            return None
        start, end = fitting[0].start, match.end()
    first, last = _both(page, match)
    return [Atom(start, end, Parts(year=first), "decade-range", last=Parts(year=last + 9))] if first < last else None


def _decade_pair(page: Page, position: int) -> list[Atom] | None:
    """`60-х и 70-х годах`, `1960 ve 1970'li yıllarda`: two decades that share the word behind the last."""
    match = _PAIR.match(page.text, position)
    if match is None or match["w"] not in page.grammar.list_words:
        return None
    second = match.start("b")
    found = page.grammar.free.match(page.text, second, place_key(page.text, second), page.month_near(position))
    end = found.match.end() if found is not None and found.code == "decade" else _decade_end(page, match.end("b"))
    if not end:
        return None
    first, last = _both(page, match)
    if first >= last:
        return None
    told = (position, match.start("w") - 1, first), (match.start("b"), end, last)
    return [Atom(start, stop, Parts(year=year, part="decade"), "template") for start, stop, year in told]


def _both(page: Page, match: re.Match[str]) -> tuple[int, int]:
    """The first years of two decades; one in two figures is of the other's century."""
    first, last = match["a"], match["b"]
    if len(first) == _YEAR:
        return int(first), int(last) if len(last) == _YEAR else int(first) // 100 * 100 + int(last)
    year = int(last) if len(last) == _YEAR else page.grammar.numerals.short_year(last, of_decade=True)
    return year // 100 * 100 + int(first), year


def _decade_end(page: Page, end: int) -> int:
    """Where the ending of a decade ends that stands behind its figures; 0 where none does."""
    behind = end + (page.text[end : end + 1] in ("-", " ", "'"))
    for tail in page.grammar.decade_tails:
        for begin in (end, behind):
            last = begin + len(tail)
            goes_on = is_unspaced(tail[-1]) or _HANGUL.match(tail[-1]) is not None  # "년대에"
            if page.text.startswith(tail, begin) and (goes_on or not page.text[last : last + 1].isalpha()):
                return last
    return 0


def years_listed(page: Page, atoms: list[Atom]) -> list[Atom]:
    """`the years 2010 and 2011` are no decade and a year."""
    for k, atom in enumerate(atoms):
        if atom.parts.part == "decade" and atom.parts.year is not None and _is_next_year(page, atom):
            atoms[k] = atom._replace(parts=atom.parts._replace(part=""))
    return atoms


def _is_next_year(page: Page, decade: Atom) -> bool:
    """Whether a year in full that is no decade stands in one list with what was taken for one."""
    year = _FULL_YEAR.search(page.text, decade.end, decade.end + LIST_GAP + _YEAR)
    if year is None or year[0][-1] == "0" or page.text[decade.start : decade.end][-_YEAR:] != str(decade.parts.year):
        return False
    return page.text[decade.end : year.start()].strip() in page.grammar.list_words


def _decades_go_on(page: Page, atoms: Sequence[Atom], position: int) -> list[Atom] | None:
    """`the years 1970 and 1980`, `les années 60 et 70`: the second decade needs no word of its own."""
    if not atoms or not atoms[-1].parts.is_decade or atoms[-1].last is not None or not 0 < position - atoms[-1].end <= LIST_GAP:
        return None
    match = _DECADE.match(page.text, position)
    first = atoms[-1].parts.decade
    gap = page.text[atoms[-1].end : position].strip(" \n'")
    if match is None or first is None or (gap not in page.grammar.range_words and gap not in page.grammar.list_words):
        return None
    year = int(match[0]) if len(match[0]) == _YEAR else first // 100 * 100 + int(match[0])
    end = _decade_end(page, match.end()) or match.end()
    return [Atom(position, end, Parts(year=year, part="decade"), "template")] if year > first else None
