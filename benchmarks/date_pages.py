"""Annotated pages and the score of a date tagger on them.

A folder has one folder a language; in it the pages as `.txt` and `gold.jsonl`, a line a page:
`{"doc": "1.txt", "url": …, "published": "2025-08-24", "dates": [["12 September", "2025-09-12", "date"], …]}`. A row is the
words, in the order of the text, their EDTF value and a kind: `date`, `relative`, `dateline` count; `optional` (a year
inside a name, a vague time) and `open` (nothing tells its value) may be found or not. Where two values are equally right
("from 7 September": the day, or open from it) both stand with a bar between, and either counts. The pages are not ours to give
away: docs/accuracy.md has their addresses and how they were annotated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

FIRM = frozenset(("date", "relative", "dateline"))
_BESIDE = 8  # characters between two days of one expression ("14 and 15 April")


class Found(NamedTuple):
    """A time that a tagger found: `text[start:end]`, its EDTF value."""

    start: int
    end: int
    value: str


class Row(NamedTuple):
    """A time that the reader found."""

    start: int
    end: int
    values: tuple[str, ...]
    firm: bool

    def overlaps(self, found: Found, reach: int = 0) -> bool:
        return found.start - reach < self.end and self.start < found.end + reach


@dataclass(frozen=True)
class Page:
    """One annotated page."""

    language: str
    doc: str
    text: str
    published: str
    rows: tuple[Row, ...]


Tagger = Callable[[str, str, str | None], list[Found]]


@dataclass
class Score:
    """Counts over pages; `wrong` lie on a date but give another value, `false` lie on none."""

    right: int = 0
    firm: int = 0
    found: int = 0
    wrong: int = 0
    false: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of the values: the harmonic mean of precision and recall."""
        good = self.found - self.wrong - self.false
        precision, recall = good / (self.found or 1), self.right / (self.firm or 1)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.firm + other.firm,
            self.found + other.found,
            self.wrong + other.wrong,
            self.false + other.false,
            self.faults + other.faults,
        )


def read_pages(folder: Path) -> Iterator[Page]:
    """Every annotated page below `folder`, by language."""
    for gold in sorted(folder.glob("*/gold.jsonl")):
        for line in filter(str.strip, gold.read_text(encoding="utf-8").splitlines()):
            entry = json.loads(line)
            text = (gold.parent / entry["doc"]).read_bytes().decode("utf-8")
            yield Page(gold.parent.name, entry["doc"], text, entry["published"], tuple(_rows(text, entry["dates"])))


def _decade(value: str) -> str:
    """`1990/1999` as EDTF writes the decade: `199X`."""
    return re.sub(r"^(?P<d>\d{3})0/(?P=d)9$", r"\g<d>X", value)


def _rows(text: str, dates: list[list[str]]) -> Iterator[Row]:
    reached = 0
    for words, value, kind in dates:
        start = text.find(words, reached)
        start = text.rfind(words, 0, reached) if start < 0 else start  # inside the row before it
        if start < 0:
            raise ValueError(f"{words!r} does not stand in the text behind character {reached}")
        reached = start + len(words)
        yield Row(start, start + len(words), tuple(map(_decade, value.split("|"))), kind in FIRM and bool(value))


def score(page: Page, tagger: Tagger) -> Score:
    """How `tagger` does on one page, when it is told the language and the page's own day.

    A second find on a row that has been found, with the row's value, counts neither way.
    """
    found = [one._replace(value=_decade(one.value)) for one in tagger(page.text, page.language, page.published or None)]
    firm = [row for row in page.rows if row.firm]
    used: set[int] = set()
    hit: set[int] = set()
    for k, row in enumerate(firm):
        if k in hit:
            continue
        match = next((j for j, f in enumerate(found) if j not in used and row.overlaps(f) and f.value in row.values), None)
        if match is not None:
            used.add(match)
            hit.add(k)
            # "today (9 June)" is one time, whether the reader wrote one row or two
            hit.update(n for n, other in enumerate(firm) if other.overlaps(found[match]) and found[match].value in other.values)
    for j, one in enumerate(found):
        if j not in used and (days := _days_on_end(one, firm, hit)):
            used.add(j)
            hit.update(days)
    result = Score(right=len(hit), firm=len(firm))
    for j, one in enumerate(found):
        if j not in used and any(firm[k].overlaps(one) and one.value in firm[k].values for k in hit):
            continue  # "the next day, the 18th": one row, told in two words
        on_firm = any(row.overlaps(one) for k, row in enumerate(firm) if k not in hit)
        on_any = any(row.overlaps(one) for row in page.rows)
        if j not in used and not on_firm and any(row.overlaps(one) for row in page.rows if not row.firm):
            continue
        result.found += 1
        if j not in used:
            result.wrong += on_any
            result.false += not on_any
            gold = ["|".join(row.values) for row in page.rows if row.overlaps(one)]
            result.faults.append(f"{page.language}/{page.doc}: {page.text[one.start : one.end]!r} {one.value}, should be {gold or 'none'}")
    for k, row in enumerate(firm):
        if k not in hit and not any(row.overlaps(one) for one in found):
            result.faults.append(f"{page.language}/{page.doc}: missed {page.text[row.start : row.end]!r} {'|'.join(row.values)}")
    return result


def _days_on_end(found: Found, firm: list[Row], hit: set[int]) -> list[int]:
    """The rows that `found` covers as one span, where the reader listed each day of it ("14 and 15 April")."""
    try:
        first, last = (date.fromisoformat(_with_year(day)) for day in found.value.split("/"))
    except ValueError:
        return []
    beside = [(k, row) for k, row in enumerate(firm) if k not in hit and row.overlaps(found, _BESIDE)]
    rows = {_with_year(value): k for k, row in beside for value in row.values if value[:4] == found.value[:4]}
    days = [(first + timedelta(days=n)).isoformat() for n in range(min((last - first).days, 5) + 1)]
    return [rows[day] for day in days] if days and all(day in rows for day in days) and days[-1] == last.isoformat() else []


def _with_year(value: str) -> str:
    """A day without its year as one of a leap year, to reckon with."""
    return value.replace("XXXX", "2000")
