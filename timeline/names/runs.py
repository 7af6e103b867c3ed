"""Runs of capitalised words, as names of people are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.text import Folded

WORD = re.compile(r"[^\W\d_]+")
CLAUSE_END = re.compile(r"[.;:(\n]")
_LETTERS = (*range(0x41, 0x530), *range(0x1E00, 0x1F00))  # Latin, Greek, Cyrillic, and the Latin letters with Vietnamese marks
CAPITAL = f"[{''.join(letter for letter in map(chr, _LETTERS) if letter.isupper())}]"
# Small words inside a name: "Jorge de Almeida", "Faisal bin Farhan".
PARTICLES = frozenset(
    ["al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "van", "von"]
)

Piece = tuple[str, int, int]  # a word as it is written, with its folded start and end


def run_of(folded: Folded, source: str, begin: int) -> Iterator[Piece]:
    """Capitalised words from `begin` on, with a blank or a hyphen between; small ones such as "de" where a name goes on behind them."""
    reached = begin
    held: list[Piece] = []
    for word in WORD.finditer(folded.text, begin):
        written = source[folded.source(word.start()) : folded.source_end(word.end())]
        if word.start() > begin and folded.text[reached : word.start()] not in (" ", "-"):
            return
        reached = word.end()
        if written[:1].isupper():
            yield from held
            held.clear()
            yield written, word.start(), word.end()
        elif word[0] in PARTICLES and word.start() > begin:
            held.append((written, word.start(), word.end()))
        else:
            return
