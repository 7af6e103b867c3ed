"""A surname that stands alone is the person whom the text has named in full before: `Putin`, `Си`, `Meloni`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from timeline.model import NameSpan
from timeline.names.chinese import SURNAMES, WORDS_TOO
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES
from timeline.text import fold_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 4  # letters of a surname that is no Chinese one
_LONG = 6  # letters from which on a surname may take another ending
_FAMILIES = frozenset(fold_words(name) for name in VIETNAMESE_FAMILY_NAMES)


@dataclass
class Surnames:
    """The surnames of the people whom a text has named in full so far; one that two of them bear tells nobody.

    Vietnamese names are left out: the family name that most of them share is not what people are called by.
    """

    bearers: dict[str, set[str]] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None

    def add(self, names: Sequence[NameSpan]) -> None:
        """Keep the people among the names of a passage."""
        for name in names:
            surname = _surname(name) if name.kind == "person" else ""
            if surname:
                bearers = self.bearers.setdefault(surname, set())
                if name.name not in bearers:
                    bearers.add(name.name)
                    self._pattern = None

    def found(self, text: str, start: int, end: int, names: Sequence[NameSpan]) -> Iterator[NameSpan]:
        """The surnames alone in `text[start:end]`, outside the names that were found there."""
        if not self.bearers:
            return
        if self._pattern is None:
            stems = sorted((_stem(surname) for surname in self.bearers), key=lambda stem: (-len(stem), stem))
            self._pattern = re.compile(rf"(?<![\w'’-])({'|'.join(stems)})(?![\w'’-])")
        taken = sorted((n.start, n.end) for n in names)
        for match in self._pattern.finditer(text, start, end):
            if any(low < match.end() and match.start() < high for low, high in taken) or _goes_on(text, match.end()):
                continue
            bearers = {name for surname, people in self.bearers.items() if re.fullmatch(_stem(surname), match[0]) for name in people}
            if len(bearers) == 1:
                yield NameSpan(match.start(), match.end(), match[0], "person", bearers.pop(), "surname-of-named")


def _surname(name: NameSpan) -> str:
    """The word of a full name that its bearer is called by alone: the first of a Chinese name, the last of another."""
    words = _WORD.findall(name.text)
    family, _, given = name.name.partition(" ")
    if len(words) < 2 or not given or fold_words(family) in _FAMILIES or not all(word[0].isupper() for word in words):
        return ""
    if fold_words(family) in SURNAMES and " " not in given:
        return "" if words[0].lower() in WORDS_TOO else words[0]
    return words[-1] if len(words[-1]) >= _SHORTEST else ""


def _stem(surname: str) -> str:
    """The surname as a pattern, with another ending where it is long enough: `Путина`, `Путиным`."""
    return re.escape(surname[:-2]) + r"[^\W\d_]{0,4}" if len(surname) >= _LONG else re.escape(surname)


def _goes_on(text: str, end: int) -> bool:
    """Whether another capitalised word follows, so that the surname is the first word of somebody else's name."""
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return following is not None and following[0][0].isupper()
