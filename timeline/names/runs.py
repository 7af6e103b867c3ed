"""Runs of capitalised words, as names of people are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from timeline.text import CAPITAL, Folded

# Letters of scripts that glue words to a name in Latin ones: "Nguyễn Thu Trang局長".
GLUED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BLANKS_AND_HYPHENS = " \\t\\x00\xa0\u3000\u202f\u2007\u2009‐‑‒–—―−－־-"
WORD = re.compile(rf"[^\W\d_{GLUED}]+|[^\W\d_]+")
# A capitalised word before another, in Latin letters, Greek or Cyrillic ones: group 1 of what folds to two words with a blank or hyphen.
PAIR = re.compile(rf"([{CAPITAL[1:-1]}Ａ-Ｚ][^\W_{GLUED}]{{0,40}}+)[{_BLANKS_AND_HYPHENS}](?=[{CAPITAL[1:-1]}Ａ-Ｚ])")
CLAUSE_END = re.compile(r"[.;:(\n؛؟]")
# Small words inside a name: "Jorge de Almeida", "Faisal bin Farhan".
PARTICLES = frozenset(
    ["al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "van", "von"]
)

_JOINTS = (" ", "-")  # between the words of a run
_SHORT_TITLE = 4  # letters of "Mr", "Sig", "Lt. Col"


def behind(text: str, start: int, end: int) -> int:
    """Where what follows an office begins: behind the dot that ends a short title ("Mr. Tran Hieu")."""
    return end + (text[end : end + 1] == "." and len(text[start:end].rpartition(" ")[2]) <= _SHORT_TITLE)


@cache
def longest_first(endings: frozenset[str]) -> tuple[str, ...]:
    """The endings that a language puts to a name, in the order in which they are taken off."""
    return tuple(sorted(endings - {""}, key=lambda ending: (-len(ending), ending)))


Piece = tuple[str, int, int]  # a word as it is written, with its folded start and end


def run_of(folded: Folded, source: str, begin: int) -> Iterator[Piece]:
    """Capitalised words from `begin` on, with a blank or a hyphen between; small ones such as "de" where a name goes on behind them.

    What goes on small behind a hyphen belongs to its word: "Kim Min-seok".
    """
    text = folded.text
    held: list[Piece] = []
    word = WORD.match(text, begin)
    while word:
        start, end = word.span()
        small = WORD.match(text, end + 1) if text[end : end + 1] == "-" else None
        if small and source[folded.source(small.start())].islower():
            end = small.end()
        written = source[folded.source(start) : folded.source_end(end)]
        if written[:1].isupper():
            yield from held
            held.clear()
            yield written, start, end
        elif start > begin and word[0] in PARTICLES:
            held.append((written, start, end))
        else:
            return
        word = WORD.match(text, end + 1) if text[end : end + 1] in _JOINTS else None
