"""Which script a character, or a text, is written in."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

SCRIPTS = (
    "Other",
    "Latin",
    "Cyrillic",
    "Greek",
    "Hebrew",
    "Arabic",
    "Devanagari",
    "Bengali",
    "Thai",
    "Lao",
    "Khmer",
    "Hangul",
    "Kana",
    "Han",
)
_SCRIPT_BLOCKS = (
    (0x41, 0x5B, "Latin"),
    (0x61, 0x7B, "Latin"),
    (0xC0, 0xD7, "Latin"),
    (0xD8, 0xF7, "Latin"),
    (0xF8, 0x250, "Latin"),
    (0x1E00, 0x1F00, "Latin"),
    (0x370, 0x400, "Greek"),
    (0x1F00, 0x2000, "Greek"),
    (0x400, 0x530, "Cyrillic"),
    (0x590, 0x600, "Hebrew"),
    (0x600, 0x780, "Arabic"),
    (0x900, 0x980, "Devanagari"),
    (0x980, 0xA00, "Bengali"),
    (0xE00, 0xE80, "Thai"),
    (0xE80, 0xF00, "Lao"),
    (0x1780, 0x1800, "Khmer"),
    (0x3040, 0x3100, "Kana"),
    (0x3400, 0xA000, "Han"),
    (0xAC00, 0xD7B0, "Hangul"),
)
# Scripts whose running text has no blanks between words, or none that can be relied on.
_LETTERS = (*range(0x41, 0x530), *range(0x1E00, 0x1F00))  # Latin, Greek, Cyrillic, and the Latin letters with Vietnamese marks
CAPITAL = f"[{''.join(letter for letter in map(chr, _LETTERS) if letter.isupper())}]"
UNSPACED = frozenset(("Han", "Kana", "Thai", "Lao", "Khmer"))


_FIRST_UNSPACED = "\u0e00"


@lru_cache(maxsize=1 << 14)
def is_unspaced(char: str) -> bool:
    """Whether a character is of a script that writes no blanks between words."""
    return char >= _FIRST_UNSPACED and script_of(char) in UNSPACED


def _build_scripts() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x110000, dtype=np.uint8)
    for low, high, name in _SCRIPT_BLOCKS:
        table[low:high] = SCRIPTS.index(name)
    return table


_SCRIPT = _build_scripts()
_LATIN = re.compile("[A-Za-z]")
_KANA, _HAN = SCRIPTS.index("Kana"), SCRIPTS.index("Han")
# One letter of these says about as much as two or three of an alphabet.
_SCRIPT_WEIGHTS = np.array([2.5 if script in ("Han", "Kana", "Hangul") else 1.0 for script in SCRIPTS])


@cache
def other_letters(*scripts: str) -> re.Pattern[str]:
    """What finds a letter of any script but these."""
    return _letters_of(*(script for script in SCRIPTS if script not in scripts))


@cache
def _letters_of(*scripts: str) -> re.Pattern[str]:
    return re.compile(f"[{''.join(f'{chr(low)}-{chr(high - 1)}' for low, high, name in _SCRIPT_BLOCKS if name in scripts)}]")


def is_written_in(text: str, *scripts: str) -> bool:
    """Whether letters of these scripts stand in `text` and no others: told sooner than how many stand there of each."""
    return other_letters(*scripts).search(text) is None and _letters_of(*scripts).search(text) is not None


def script_counts(text: str) -> dict[str, int]:
    """Letters of each script in `text`."""
    counts = _letters_by_script(text)
    return {SCRIPTS[k]: int(counts[k]) for k in range(1, len(SCRIPTS)) if counts[k]}


def leading_script(text: str) -> str:
    """The script that says most in `text`, "" where no letter stands.

    Kana beside hanzi is Japanese, and a syllable script outweighs the Latin names in it.
    """
    if text.isascii():
        return "Latin" if _LATIN.search(text) else ""
    counts = _letters_by_script(text)
    counts[0] = 0
    if counts[_KANA] * 12 > counts[_HAN]:
        counts[_KANA] += counts[_HAN]
        counts[_HAN] = 0
    leader = int((counts * _SCRIPT_WEIGHTS).argmax())
    return SCRIPTS[leader] if counts[leader] else ""


def _letters_by_script(text: str) -> npt.NDArray[np.int64]:
    codes: npt.NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.bincount(_SCRIPT[codes], minlength=len(SCRIPTS))


@lru_cache(maxsize=1 << 14)
def script_of(char: str) -> str:
    """The script of one character (`Other` for digits and punctuation)."""
    return SCRIPTS[_SCRIPT[ord(char)]]
