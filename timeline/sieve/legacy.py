"""Names of the subject in all encodings that texts had before UTF-8: one scan of the bytes as they stand, in one automaton.

A text in which it finds none holds none, whichever of the encodings it is in, and need not be decoded. What it finds may still be
part of other letters, or of none; so a text in which it finds one is decoded and scanned as what it may be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

import ahocorasick_rs

from timeline.sieve.blocks import blocks
from timeline.sieve.escapes import plain_ascii
from timeline.sieve.spellings import SIGNS

# Encodings that a text of bytes beyond ASCII may be in where nobody says in which; those that take the least to tell first.
ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "cp1256", "cp1255", "cp1253", "cp874", "gb18030", "cp949", "cp932", "euc_jp", "big5hkscs"),
    *("koi8-u", "iso8859-5", "cp1254", "iso8859-2", "cp1258"),
)
_NO_BREAKS = frozenset("\xa0".encode(encoding, "ignore") for encoding in ENCODINGS) - {b""}
_BLANKS = bytes(0x20 if bytes((byte,)) in _NO_BREAKS else SIGNS[byte] for byte in range(0x100))
# What leads in GB 18030 four bytes for a letter that GBK lacks: of Vietnamese, Thai, a no-break blank, a mark behind its letter.
_LEAD, _FOUR_BYTES = b"\x81", re.compile(rb"\x81[0-9]")
# Characters that Python writes in one of the two ways in which IBM's and NEC's rows of the Japanese encoding have them → the other.
_OF_NEC = {
    char: pair
    for pair in (bytes((lead, trail)) for lead in (0xED, 0xEE) for trail in range(0x40, 0xFD))
    if len(char := pair.decode("cp932", "ignore")) == 1
}


class _Made(NamedTuple):
    """The automaton; for each of its patterns, the encodings in which it is a name, as bits; the bytes of the longest."""

    automaton: ahocorasick_rs.BytesAhoCorasick
    masks: list[int]
    longest: int


class LegacyNames:
    """Names, as the sieve scans them in UTF-8, in all these encodings; made when it is first asked."""

    def __init__(self, names: Sequence[bytes]) -> None:
        self._names = names

    def encodings(self, data: bytes) -> Iterator[str]:
        """The encodings in which the bytes may hold one of the names, as a scan comes to it: of each no more than once."""
        text = plain_ascii(data)
        if text is None:
            yield from ENCODINGS
            return
        found = 0
        if _LEAD in data and _FOUR_BYTES.search(data):
            found = 1 << ENCODINGS.index("gb18030")
            yield "gb18030"
        text = b" %b " % _as_scanned(text)
        for start, end in blocks(len(text)):
            hits = self._made.automaton.find_matches_as_indexes(text[start : end + self._made.longest], overlapping=True)
            if hits:
                told = reduce(or_, (self._made.masks[hit[0]] for hit in hits)) & ~found
                found |= told
                yield from (encoding for place, encoding in enumerate(ENCODINGS) if told >> place & 1)

    @cached_property
    def _made(self) -> _Made:
        names = [name.decode() for name in self._names]
        masks: dict[bytes, int] = defaultdict(int)
        for place, encoding in enumerate(ENCODINGS):
            for data in _written(names, encoding):
                masks[_as_scanned(data)] |= 1 << place
        return _Made(ahocorasick_rs.BytesAhoCorasick(masks), list(masks.values()), max(map(len, masks), default=0))


def _as_scanned(data: bytes) -> bytes:
    """What `spellings.as_scanned` does to UTF-8, to bytes of any encoding: to a name as to a text, for a sign may be half a letter."""
    return data.translate(_BLANKS)


def _written(names: Sequence[str], encoding: str) -> Iterator[bytes]:
    """The names that an encoding can write: those without the question mark, which is in none, that stands for what it cannot."""
    lines = "\n".join(names).encode(encoding, "replace").split(b"\n")
    if encoding == "cp932":
        rare = (name for name in names if not _OF_NEC.keys().isdisjoint(name))
        lines += [b"".join(_OF_NEC.get(char) or char.encode(encoding, "replace") for char in name) for name in rare]
    yield from (line for line in lines if b"?" not in line and not (encoding == "gb18030" and _FOUR_BYTES.search(line)))
