"""The sieve before the texts of a file: which of them are read on, and how many are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timeline.documents import Member
from timeline.errors import InputError
from timeline.sieve.sieve import Sieve

_PAGES = frozenset(("html", "pdf"))  # which hold their titles themselves


@dataclass(frozen=True, slots=True)
class Refused:
    """That so many texts of a file were refused by the sieve."""

    texts: int


@dataclass(slots=True)
class Sifted:
    """Those texts that may hold an event, as they come; `refused` counts the others."""

    texts: Iterable[Member | InputError]
    sieve: Sieve
    refused: int = 0

    def __iter__(self) -> Iterator[Member | InputError]:
        for text in self.texts:
            if isinstance(text, InputError) or self.sieve.passes(_scanned(text), text.charset):
                yield text
            else:
                self.refused += 1


def _scanned(text: Member) -> bytes:
    """The bytes as they stand, below the title that stands beside them in their row."""
    if not text.told.title or text.format in _PAGES:
        return text.data
    return text.told.title.encode("utf-8", "replace") + b"\n\n" + text.data
