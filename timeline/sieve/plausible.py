"""Whether bytes make words in an encoding: told by how letters, capitals and signs follow each other, in a few microseconds."""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt

_MOST_BROKEN = 0.02  # of the characters beyond ASCII: bytes that stand for nothing
_MOST_STRANGE = 0.06  # of the letters beyond ASCII: those that stand as in no word
_FEWEST_LETTERS, _MOST_LETTERS = 0.7, 0.5  # of what is beyond ASCII; of the letters of a text in Latin ones
_MULTIBYTE = frozenset(("gb18030", "big5hkscs", "euc_jp", "cp932", "cp949", "johab", "iso2022_jp", "iso2022_kr"))
_BROKEN = "\ufffd"
# What a character is: nothing of these, a letter of ASCII, a Latin one beyond it, one of another script, a sign beyond ASCII.
_NOTHING, _PLAIN, _LATIN, _OTHER, _SIGN = range(5)
_BLOCK = 0x2100
_LAST_LATIN = 0x250

Classes = npt.NDArray[np.uint8]


def _classes() -> tuple[Classes, Classes]:
    """The class of each character of the alphabets; whether it is a small letter (1) or a capital (2)."""
    classes, cases = np.zeros(_BLOCK, dtype=np.uint8), np.zeros(_BLOCK, dtype=np.uint8)
    for code in range(_BLOCK):
        char = chr(code)
        if char.isalpha() or unicodedata.category(char) == "Mn":
            classes[code] = _PLAIN if code < 0x80 else _LATIN if code < _LAST_LATIN else _OTHER
            cases[code] = char.islower() + 2 * char.isupper()
        elif code >= 0x80 and not char.isspace():
            classes[code] = _SIGN
    return classes, cases


_CLASS, _CASE = _classes()


def looks_like(sample: bytes, encoding: str) -> bool:
    """Whether the bytes make words in an encoding; of one whose letters are several bytes, whether these fit together."""
    text = sample.decode(encoding, "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if not foreign or text.count(_BROKEN) > _MOST_BROKEN * foreign + 1:
        return False
    if encoding in _MULTIBYTE:
        return True
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.where(codes < _BLOCK, codes, 0)
    classes, cases = _CLASS[codes], _CASE[codes]
    plain, latin, other = (int((classes == kind).sum()) for kind in (_PLAIN, _LATIN, _OTHER))
    enough = latin + other >= _FEWEST_LETTERS * foreign and latin <= _MOST_LETTERS * (latin + plain)
    return enough and _strange(classes, cases) <= _MOST_STRANGE * (latin + other) + 1


def _strange(classes: Classes, cases: Classes) -> int:
    """Capitals behind small letters, letters of two scripts side by side, signs inside words."""
    left, right = classes[:-1], classes[1:]
    humps = (cases[:-1] == 1) & (cases[1:] == 2) & (right > _PLAIN)
    mixed = ((left == _OTHER) & (right == _PLAIN)) | ((left == _PLAIN) & (right == _OTHER))
    is_letter = (classes > _NOTHING) & (classes < _SIGN)
    signs = is_letter[:-2] & (classes[1:-1] == _SIGN) & is_letter[2:]
    return int(humps.sum() + mixed.sum() + signs.sum())
