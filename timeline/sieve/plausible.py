"""Whether bytes make words in an encoding: told by how letters, capitals and signs follow each other, in a few microseconds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_SAMPLE, _FEW = 2_000, 100  # bytes by which encodings are told apart; by which one is mostly seen not to be it
_MANY, _FAR = 20, 31  # bytes beyond ASCII are dense where so many follow each other, none so far behind the one before or farther
_STRIDE = 1 << 16  # bytes in which such a place is looked for at a time
_MOST_BROKEN = 0.02  # of the characters beyond ASCII: bytes that stand for nothing
_MOST_STRANGE = 0.06  # of the letters beyond ASCII: those that stand as in no word
_FEWEST_LETTERS, _MOST_LETTERS = 0.7, 0.5  # of what is beyond ASCII; of the letters of a text in Latin ones
_MULTIBYTE = frozenset(("gb18030", "big5hkscs", "euc_jp", "cp932", "cp949", "johab", "iso2022_jp", "iso2022_kr"))
_OF_ONE_BYTE = re.compile(r"cp(?!9[345]\d$)\d+|(?:iso8859|koi8|mac).+")
_BROKEN = "\ufffd"
# What a character is: none of these, a letter of ASCII, a Latin one beyond it (small, capital), one of another script, a sign beyond
# ASCII, what else is beyond ASCII, a byte that stands for nothing.
_ASCII, _PLAIN, _LATIN, _LATIN_CAPITAL, _OTHER, _OTHER_CAPITAL, _SIGN, _REST, _LOST = _CLASSES = range(9)
# What a character is to the next, and that one to it: where both have a bit, they stand side by side in no word. (With the last
# bit only if a letter follows.)
_SMALL, _SCRIPT, _PLAIN_LETTER, _LETTER = 1, 2, 4, 8
_CAPITAL, _AFTER_SCRIPT, _AFTER_PLAIN, _AFTER_LETTER = _SMALL, _SCRIPT, _PLAIN_LETTER, _LETTER
_MIXED = _SCRIPT | _PLAIN_LETTER
_BLOCK = 0x2100
_LAST_LATIN = 0x250

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


class Alphabet(NamedTuple):
    """For each character (or each byte of an encoding that has one for each): its class, what it is to the next and to the last."""

    classes: Bytes
    first: Bytes
    second: Bytes


@dataclass(frozen=True)
class Sample:
    """A piece of a text by which its encoding is told."""

    data: bytes

    @cached_property
    def places(self) -> Places:
        """Each byte as a number."""
        return np.frombuffer(self.data, dtype=np.uint8).astype(np.intp)

    @cached_property
    def counts(self) -> Places:
        """How often it has each byte."""
        return np.bincount(self.places, minlength=0x100)

    @cached_property
    def foreign(self) -> int:
        """How many of its bytes are beyond ASCII."""
        return int(self.counts[0x80:].sum())


def sample_of(data: bytes) -> Sample:
    """A piece of the text that begins with a letter beyond ASCII, where there are many of them."""
    first = len(data)
    for begin in range(0, len(data), _STRIDE):
        places = (np.frombuffer(data[begin : begin + _STRIDE], dtype=np.int8) < 0).nonzero()[0]
        if (dense := _dense(places)) >= 0:
            first = begin + dense
            break
        if first == len(data) and len(places):
            first = begin + int(places[0])
    return Sample(data[first : first + _SAMPLE])


def _dense(places: Places) -> int:
    """The first of the places that enough others follow closely; -1 if there is none."""
    begin = 0
    for end in [*(places[1:] - places[:-1] > _FAR).nonzero()[0].tolist(), len(places) - 1]:
        if end + 1 - begin >= _MANY:
            return int(places[begin])
        begin = end + 1
    return -1


def looks_like(sample: Sample, encoding: str) -> bool:
    """Whether the bytes make words in an encoding; of one whose letters are several bytes, whether these fit together."""
    if encoding in _MULTIBYTE:
        return _fit(sample, encoding)
    if alphabet := _alphabet(encoding):
        places = sample.places
        counts = np.bincount(alphabet.classes, sample.counts, len(_CLASSES)).tolist()
    else:
        alphabet, places = _characters(), _numbers(sample.data.decode(encoding, "replace"))
        counts = np.bincount(alphabet.classes.take(places), minlength=len(_CLASSES)).tolist()
    _, plain, latin, latin_capitals, other, other_capitals, signs, rest, lost = counts
    latin, other, capitals = latin + latin_capitals, other + other_capitals, latin_capitals + other_capitals
    letters = latin + other
    foreign = letters + signs + rest + lost
    if not foreign or lost > _MOST_BROKEN * foreign + 1:
        return False
    if letters < _FEWEST_LETTERS * foreign or latin > _MOST_LETTERS * (latin + plain):
        return False
    most = _MOST_STRANGE * letters + 1
    if capitals + signs + 2 * min(plain, other) <= most:  # even if all of them stood as in no word
        return True
    return bool(_strange(alphabet, places) <= most)


def _fit(sample: Sample, encoding: str) -> bool:
    """Whether hardly any bytes are broken; as a rule the first few tell, for a character is no more than its bytes."""
    few = sample.data[:_FEW].decode(encoding, "replace").count(_BROKEN) - 1  # the last may be cut
    if few > _MOST_BROKEN * sample.foreign + 1:
        return False
    text = sample.data.decode(encoding, "replace")
    foreign = int(np.count_nonzero(_codes(text) >= 0x80))
    return foreign > 0 and text.count(_BROKEN) <= _MOST_BROKEN * foreign + 1


def _strange(alphabet: Alphabet, places: Places) -> int:
    """Capitals behind small letters, letters of two scripts side by side, signs inside words."""
    first, second = alphabet.first.take(places), alphabet.second.take(places)
    pairs = first[:-1] & second[1:]
    signs = pairs[:-1] & first[2:] & _LETTER
    return int(np.count_nonzero(pairs & _CAPITAL) + np.count_nonzero(pairs & _MIXED) + np.count_nonzero(signs))


@lru_cache(maxsize=64)
def _alphabet(encoding: str) -> Alphabet | None:
    """Of an encoding that has a byte for each character; None of every other."""
    return _alphabet_of(bytes(range(0x100)).decode(encoding, "replace")) if _OF_ONE_BYTE.fullmatch(encoding) else None


@lru_cache(maxsize=1)
def _characters() -> Alphabet:
    """Those of all alphabets, then one for all other characters, then one for what was lost."""
    return _alphabet_of("".join(map(chr, range(_BLOCK + 1))) + _BROKEN)


def _numbers(text: str) -> Places:
    """The places of the characters in `_characters()`."""
    codes = _codes(text)
    return np.where(codes == ord(_BROKEN), _BLOCK + 1, np.minimum(codes, _BLOCK)).astype(np.intp)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _alphabet_of(chars: str) -> Alphabet:
    told = [_told(char) for char in chars]
    classes, first, second = (np.array(column, dtype=np.uint8) for column in zip(*told, strict=True))
    return Alphabet(classes, first, second)


def _told(char: str) -> tuple[int, int, int]:
    """The class of a character, what it is to the next, what it is to the last."""
    code, case = ord(char), char.islower() * _SMALL
    if code >= _BLOCK:
        return _LOST if char == _BROKEN else _REST, 0, 0
    if not char.isalpha() and unicodedata.category(char) != "Mn":
        is_sign = code >= 0x80 and not char.isspace()
        return (_SIGN, 0, _AFTER_LETTER) if is_sign else (_REST if code >= 0x80 else _ASCII, 0, 0)
    if code < 0x80:
        return _PLAIN, _LETTER | _PLAIN_LETTER | case, _AFTER_SCRIPT
    capital = char.isupper() * _CAPITAL
    if code < _LAST_LATIN:
        return _LATIN_CAPITAL if capital else _LATIN, _LETTER | case, capital
    return _OTHER_CAPITAL if capital else _OTHER, _LETTER | _SCRIPT | case, _AFTER_PLAIN | capital
