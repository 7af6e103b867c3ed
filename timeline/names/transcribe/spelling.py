"""What the transcriptions share: tables of spellings with their cost, and the cheapest combinations of them.

A cell of a table lists the spellings of one sound, the usual one first; `?` before one makes it rarer still, and `-`
stands for nothing written. A key may begin with an initial (`huê`) and then goes before the general one (`uê`); in
the Hebrew tables a key that ends in `+` holds before a final consonant, one that ends in `.` at the end of a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Option = tuple[str, int]  # a spelling and how unusual it is
Table = Mapping[str, tuple[Option, ...]]

LIMIT = 12
_SHORTEST = (4, 5)  # letters of an unusual spelling that stands alone; Hebrew, without vowels, needs one more
_MEDIAL = str.maketrans("ךםןץ", "כמנצ")  # the letters that have a form of their own at the end of a word


def table(cells: Mapping[str, str]) -> Table:
    """Read the cells of a table; a spelling costs its place in the cell, and two more if marked rare."""
    return {
        key: tuple((word.lstrip("?").replace("-", ""), place + 2 * word.count("?")) for place, word in enumerate(cell.split()))
        for key, cell in cells.items()
    }


def word_of(letters: str) -> str:
    """A word as its script writes it: a capital first; in Hebrew, final letters nowhere but at the end."""
    tail = 2 if letters.endswith("'") else 1
    return letters[:-tail].translate(_MEDIAL).capitalize() + letters[-tail:] if len(letters) > tail else letters.capitalize()


def cheapest(slots: Iterable[Iterable[Option]]) -> list[tuple[str, ...]]:
    """The combinations of one spelling a slot with the least cost, cheapest first, in the order of the tables."""
    beam: list[tuple[tuple[str, ...], int]] = [((), 0)]
    for slot in slots:
        least: dict[str, int] = {}
        for spelling, cost in slot:
            least[spelling] = min(cost, least.get(spelling, cost))
        beam = [((*done, spelling), cost + more) for done, cost in beam for spelling, more in least.items()]
        beam.sort(key=lambda item: item[1])  # stable: equal costs stay in the order of the tables
        del beam[LIMIT:]
    return [spellings for spellings, _ in beam]


def name_key(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().strip()


def unless_short(spellings: Sequence[str]) -> list[str]:
    """All but the unusual spellings of one short word, which are mostly other words (הקו is "the line", вин "of wines")."""
    return [s for k, s in enumerate(spellings) if k == 0 or " " in s or sum(map(str.isalpha, s)) >= _SHORTEST[s[0] > "\u0590"]]


def unique(spellings: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for spelling in spellings:
        first.setdefault(spelling.casefold(), spelling)
    return tuple(first.values())
