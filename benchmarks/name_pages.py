"""Annotated pages and the score of the names on them: `python -m benchmarks.name_pages FOLDER [--verbose]`.

A folder has one folder a language; in it the pages as `.txt` and `names.jsonl`, a line a page:
`{"doc": "1.txt", "names": [["Cao Bangem", "place", "Cao Bằng", "firm"], …]}`, in the order of the text. Kinds are `place`
(provinces and countries among them), `gate`, `person`, `body`; what is `optional` (a demonym, a place inside a body's name) may
be found or not. Where two names are equally right both stand with a bar between. Names are compared without case and
diacritics. The pages are not ours to give away: docs/accuracy.md has their addresses and how they were annotated.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from timeline.pipeline import Extractor, extractor
from timeline.text import fold_words

GROUPS = {"place": "places", "gate": "places", "person": "actors", "body": "actors"}
_KINDS = {"province": "place", "place": "place", "country": "place", "gate": "gate", "person": "person", "body": "body"}


class Row(NamedTuple):
    """A name that the reader found."""

    start: int
    end: int
    kind: str
    names: tuple[str, ...]
    firm: bool


@dataclass
class Score:
    """Counts over pages: firm names found right, names found, of them right or false."""

    right: int = 0
    firm: int = 0
    good: int = 0
    found: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / (self.firm or 1)

    @property
    def precision(self) -> float:
        return self.good / (self.found or 1)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __iadd__(self, other: Score) -> Score:
        self.right, self.firm = self.right + other.right, self.firm + other.firm
        self.good, self.found = self.good + other.good, self.found + other.found
        self.faults += other.faults
        return self


def read_rows(text: str, names: list[list[str]]) -> Iterator[Row]:
    """The rows of a page with their places. Rows may overlap; one that holds another may stand behind it."""
    reached = -1
    for words, kind, canonical, surety in names:
        start = text.find(words, reached + 1)
        start = text.rfind(words, 0, reached + len(words)) if start < 0 else start
        if start < 0:
            raise ValueError(f"{words!r} does not stand in the text behind character {reached}")
        reached = start
        yield Row(start, start + len(words), kind, tuple(map(plain, canonical.split("|"))), surety == "firm")


def plain(name: str) -> str:
    return fold_words(name.replace("–", "-")).strip()


def score(engine: Extractor, text: str, language: str, rows: list[Row], where: str) -> dict[str, Score]:
    """By group: how the names found on one page agree with the reader's.

    A find is good on any row of its group that it overlaps and whose name it gives, or on an optional row; one on no row
    at all is false. A firm row is found when some find on it gives its name.
    """
    scores = {"places": Score(), "actors": Score()}
    found = [(span, _KINDS[span.kind]) for span in engine.find_names(text, language) if span.kind in _KINDS]
    hit: set[int] = set()
    for span, kind in found:
        group = scores[GROUPS[kind]]
        on = [k for k, row in enumerate(rows) if row.start < span.end and span.start < row.end]
        right = [k for k in on if GROUPS[rows[k].kind] == GROUPS[kind] and plain(span.name) in rows[k].names]
        hit.update(right)
        if not right and any(not rows[k].firm or _is_part(span.start, span.end, kind, rows[k]) for k in on):
            continue
        group.found += 1
        group.good += bool(right)
        if not right:
            group.faults.append(f"{where}: {span.text!r} {kind} {span.name!r}, should be {[rows[k].names[0] for k in on] or 'none'}")
    for k, row in enumerate(rows):
        if row.firm:
            group = scores[GROUPS[row.kind]]
            group.firm += 1
            group.right += k in hit
            if k not in hit:
                group.faults.append(f"{where}: missed {row.kind} {text[row.start : row.end]!r} {row.names[0]!r}")
    return scores


def _is_part(start: int, end: int, kind: str, row: Row) -> bool:
    """Whether a place is part of the name of a body or of a gate with its places: it may be found or not."""
    return (
        kind == "place" and row.kind in ("body", "gate") and row.start <= start and end <= row.end and (start, end) != (row.start, row.end)
    )


def main() -> None:
    """Print the table by language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="a folder of annotated pages")
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what is false")
    options = parser.parse_args()
    engine = extractor()
    totals: dict[str, dict[str, Score]] = defaultdict(lambda: {"places": Score(), "actors": Score()})
    for file in sorted(options.pages.glob("*/names.jsonl")):
        for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
            page = json.loads(line)
            text = (file.parent / page["doc"]).read_bytes().decode()
            where = f"{file.parent.name}/{page['doc']}"
            for group, one in score(engine, text, file.parent.name, list(read_rows(text, page["names"])), where).items():
                totals[file.parent.name][group] += one
                totals["all"][group] += one
    print("| language | places: firm | precision | recall | F1 | actors: firm | precision | recall |")
    print("|---|---|---|---|---|---|---|---|")
    for language, groups in sorted(totals.items(), key=lambda item: (item[0] == "all", item[0])):
        p, a = groups["places"], groups["actors"]
        print(
            f"| {language} | {p.firm} | {p.precision:.2f} | {p.recall:.2f} | {p.f1:.2f} | {a.firm} | {a.precision:.2f} | {a.recall:.2f} |"
        )
    if options.verbose:
        print("\n".join(fault for group in totals["all"].values() for fault in group.faults))


if __name__ == "__main__":
    main()
