"""A surname that stands alone is the person whom the text has named in full before: `Putin`, `Си`, `Meloni`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from timeline.model import NameSpan, TimeSpan
from timeline.names.chinese import SURNAMES, WORDS_TOO
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES
from timeline.text import CAPITAL, fold_words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# The same where it begins with a capital; that it begins there, and not behind a hyphen, is asked last, which is fast.
_CAPITALISED = re.compile(rf"{CAPITAL}(?<![^\W\d_].)(?<![^\W\d_]-.)[^\W\d_]*(?:-[^\W\d_]+)*")
_SHORTEST = 4  # letters of a surname that is no Chinese one, and of one that takes another ending
_FAMILIES = frozenset(fold_words(name) for name in VIETNAMESE_FAMILY_NAMES)
# Endings of cases that surnames take: of the Slavic languages in both scripts, Hungarian, Romanian. The longest first.
_ENDINGS = (
    *("ovi", "owi", "ową", "nak", "nek", "val", "vel", "ban", "ben", "ának", "ének", "ові", "ului"),
    *("em", "om", "ou", "ův", "ra", "re", "ym", "im", "om", "ом", "ем", "ым", "им", "ой", "ою", "ів", "ая"),
    *("a", "e", "u", "y", "i", "t", "é", "а", "у", "е", "ю", "я", "ы", "і"),
)


@dataclass
class Surnames:
    """The surnames of the people whom a text has named in full so far; one that two of them bear tells nobody.

    Vietnamese names are left out: the family name that most of them share is not what people are called by.
    """

    bearers: dict[str, set[str]] = field(default_factory=dict)

    def add(self, names: Sequence[NameSpan]) -> None:
        """Keep the people among the names of a passage."""
        for name in names:
            for surname in _surnames(name) if name.kind == "person" else ():
                self.bearers.setdefault(surname, set()).add(name.name)

    def found(self, text: str, start: int, end: int, names: Sequence[NameSpan], times: Sequence[TimeSpan]) -> Iterator[NameSpan]:
        """The surnames alone in `text[start:end]`, outside the names and times that were found there."""
        if not self.bearers:
            return
        taken: bytearray | None = None
        for match in _CAPITALISED.finditer(text[start:end]):
            bearers = next((self.bearers[form] for form in _forms(match[0]) if form in self.bearers), None)
            if bearers is None or len(bearers) != 1:
                continue
            if taken is None:
                taken = _taken(start, end, names, times)
            low, high = start + match.start(), start + match.end()
            if not (taken[match.start()] or _goes_on(text, high)):
                yield NameSpan(low, high, match[0], "person", min(bearers), "surname-of-named")


def _taken(start: int, end: int, names: Sequence[NameSpan], times: Sequence[TimeSpan]) -> bytearray:
    """A mark on each character of a stretch that a name or a time has."""
    taken = bytearray(end - start)
    for low, high in (*((n.start, n.end) for n in names), *((t.start, t.end) for t in times)):
        taken[low - start : high - start] = b"\1" * (high - low)
    return taken


def _surnames(name: NameSpan) -> Iterator[str]:
    """What the bearer of a full name is called by alone, as it stands and without its ending: the first word of a Chinese
    name, the last of another.
    """
    words = _WORD.findall(name.text)
    family, _, given = name.name.partition(" ")
    if len(words) < 2 or not given or fold_words(family) in _FAMILIES or not all(word[0].isupper() for word in words):
        return
    if fold_words(family) in SURNAMES and " " not in given:
        if words[0].lower() not in WORDS_TOO:
            yield words[0]
    elif len(words[-1]) >= _SHORTEST:
        yield from _forms(words[-1])


@lru_cache(maxsize=1 << 12)
def _forms(word: str) -> tuple[str, ...]:
    """A word, and what it may be without the ending of a case: `Путиным`, `Путин`."""
    return (word, *(word[: -len(e)] for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST))


def _goes_on(text: str, end: int) -> bool:
    """Whether another capitalised word follows, so that the surname is the first word of somebody else's name."""
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return following is not None and following[0][0].isupper()
