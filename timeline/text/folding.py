"""Folding: one spelling for all that a table and a page may write, with the way back to the page.

Tables and texts go through the same `fold`, so that `Thủy Khẩu`, `THUỶ KHẨU` and `Thuy Khau` are one spelling.
Folding maps one character to one character (so that spans need no translation) and only drops characters that
carry nothing here: combining marks of decomposed text, vowel points, zero-width and direction marks, all blanks of a row but one.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]

# Blocks whose letters lose their diacritics and case. Hangul, kana and the Indic scripts keep theirs: there a
# mark is a letter of its own.
_STRIPPED_BLOCKS = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000), (0x2C60, 0x2C80), (0xA720, 0xA800))
_DROPPED = (
    (0x300, 0x370),  # combining diacritics of decomposed Latin, Greek, Cyrillic
    (0x591, 0x5C8),  # Hebrew points
    (0x610, 0x61B),
    (0x64B, 0x660),
    (0x670, 0x671),  # Arabic vowel marks
    (0x640, 0x641),  # tatweel
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2070),
    (0xFEFF, 0xFF00),
    (0xAD, 0xAE),
    # nukta: Hindi and Bengali pages write it or not, as one character or two (फ़, फ)
    (0x93C, 0x93D),
    (0x9BC, 0x9BD),
)
# The zero of each set of decimal digits that news pages use: Arabic-Indic, Persian, Devanagari, Bengali, Gujarati,
# Tamil, Telugu, Thai, Lao, Burmese, Khmer, full-width.
_DIGIT_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xAE6, 0xBE6, 0xC66, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10)
_NUKTA_LETTERS = ((0x958, 0x960), (0x9DC, 0x9E0))
_SINGLES = {
    "đ": "d",
    "ł": "l",
    "ø": "o",
    "ı": "i",
    "ħ": "h",
    "ς": "σ",
    "«": '"',
    "»": '"',
    "„": '"',
    "“": '"',
    "”": '"',
    "‟": '"',
    "״": '"',
    "＂": '"',
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "׳": "'",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "－": "-",
    "־": "-",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "\u3000": " ",
    "\xa0": " ",
    "\u202f": " ",
    "\t": " ",
    "\u2007": " ",
    "\u2009": " ",
    # Arabic script: one form a letter, whatever the keyboard
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ة": "ه",
    "ؤ": "و",
    "ئ": "ي",
}


def _build_table() -> Codes:
    """One code point for each code point; 0 marks a character that is dropped."""
    table = np.arange(0x110000, dtype=np.uint32)
    for low, high in _STRIPPED_BLOCKS:
        for code in range(low, high):
            lower = chr(code).lower()
            base = unicodedata.normalize("NFD", lower if len(lower) == 1 else lower[0])
            table[code] = ord(base[0])
    for code in range(0xFF01, 0xFF5F):  # full-width forms
        table[code] = ord(chr(code - 0xFEE0).lower())
    for low, high in _NUKTA_LETTERS:
        for code in range(low, high):
            table[code] = ord(unicodedata.normalize("NFD", chr(code))[0])
    for zero in _DIGIT_ZEROS:
        table[zero : zero + 10] = np.arange(ord("0"), ord("0") + 10)
    for char, target in _SINGLES.items():
        table[ord(char)] = ord(target)
        upper = char.upper()
        if len(upper) == 1 and upper != char and char.isalpha():
            table[ord(upper)] = ord(target)
    for low, high in _DROPPED:
        table[low:high] = 0
    table[0] = ord(" ")  # a NUL in a text must not look dropped
    return table


# Where punctuation and symbols stand among the letters that matter here.
_PUNCTUATED_BLOCKS = (
    (0, 0x100),
    (0x2B0, 0x390),
    (0x580, 0x6F0),
    (0x960, 0x970),
    (0xE00, 0xEE0),
    (0x17D0, 0x17F0),
    (0x2000, 0x2070),
    (0x20A0, 0x20D0),
    (0x2100, 0x2C00),
    (0x3000, 0x3040),
    (0x30A0, 0x30FF),
    (0xFE10, 0xFE70),
    (0xFF00, 0xFFF0),
    (0x1F300, 0x1F700),
)


def _build_words(table: Codes) -> Codes:
    """Like `table`, but everything that is neither letter, mark nor digit becomes a blank."""
    words = table.copy()
    for low, high in _PUNCTUATED_BLOCKS:
        for code in range(low, high):
            if words[code] and not _is_wordlike(chr(words[code])):
                words[code] = ord(" ")
    return words


def _is_wordlike(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


_FOLD = _build_table()
_WORDS = _build_words(_FOLD)


class _ShortFold(dict[int, int | None]):
    """The same table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        return self.setdefault(code, int(_FOLD[code]) or None)


class _ShortWords(dict[int, int | None]):
    """The same for the words of a fold."""

    def __missing__(self, code: int) -> int | None:
        return self.setdefault(code, int(_WORDS[code]) if _FOLD[code] else None)


_SHORT, _SHORT_WORDS = _ShortFold(), _ShortWords()
_FEW = 64  # characters of a text that a dictionary folds faster than arrays do


def add_variants(pairs: str) -> None:
    """Teach the fold that the second character of each pair is written for the first (`"龍龙 關关"`)."""
    for pair in pairs.split():
        if len(pair) == 2:
            _FOLD[ord(pair[0])] = _WORDS[ord(pair[0])] = ord(pair[1])
            _SHORT.pop(ord(pair[0]), None)
            _SHORT_WORDS.pop(ord(pair[0]), None)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching.

    `text` keeps punctuation (normalised) and serves the date patterns; `words` holds only letters, marks, digits
    and blanks, with a blank at each end, and serves the automaton: `words[i + 1]` stands over `text[i]`.
    """

    text: str
    words: str
    offsets: Codes | list[int] | None = None  # of a passage a plain list, which is asked for single places faster

    def cut(self, start: int, end: int) -> Folded:
        """The part that folds `start:end` of the unfolded text, as if it had been folded alone."""
        offsets: list[int] | None = None
        if self.offsets is not None:
            low, high = (int(place) for place in np.searchsorted(self.offsets, (start, end)))
            offsets = (np.asarray(self.offsets[low:high], dtype=np.int64) - start).tolist()
            start, end = low, high
        return Folded(self.text[start:end], f" {self.words[start + 1 : end + 1]} ", offsets)

    def source(self, position: int) -> int:
        """The offset in the unfolded text of folded offset `position`."""
        if self.offsets is None:
            return position
        if position >= len(self.offsets):
            return int(self.offsets[-1]) + 1 if len(self.offsets) else 0
        return int(self.offsets[position])

    def position(self, offset: int) -> int:
        """The folded offset of a place in the unfolded text."""
        return offset if self.offsets is None else bisect_left(self.offsets, offset)

    def is_humped(self, position: int, source: str) -> bool:
        """Whether a capital stands there behind a small letter: `fromNovember` has lost its blank."""
        begin = self.source(position)
        return begin > 0 and source[begin : begin + 1].isupper() and source[begin - 1].islower()

    def source_end(self, position: int) -> int:
        """The same for the end of a span: marks that belong to its last letter come along."""
        if self.offsets is None or position == 0:
            return position
        return self.source(position) if position < len(self.offsets) else int(self.offsets[-1]) + 1


_BLANK, _DROPPED_MARK = ord(" "), "\0"
_CODEC, _CODEC_MARK = "utf-32", 4  # Python looks "utf-32-le" up each time; bytes of the mark that this one writes


def fold(text: str) -> Folded:
    """Fold `text` for matching, blanks in a row as one; linear time."""
    codes: Codes = np.frombuffer(text.encode(_CODEC, "surrogatepass"), dtype=np.uint32, offset=_CODEC_MARK)
    folded, words, offsets = _FOLD.take(codes), _WORDS.take(codes), None
    plain = _text(folded)
    if _DROPPED_MARK in plain or "  " in plain:  # justified text: "во  вторник"
        keep, blank = folded != 0, folded == _BLANK
        keep[1:] &= ~(blank[1:] & blank[:-1])
        kept = np.flatnonzero(keep)
        plain, words, offsets = _text(folded[kept]), words[kept], kept.astype(np.uint32)
    return Folded(plain, f" {_text(words)} ", offsets)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode(_CODEC, "surrogatepass")  # (a mark at its beginning would be lost, but folding drops marks)


def fold_short(text: str) -> str:
    """`fold(text).text` of a few words: cheaper there than arrays."""
    return text.lower() if text.isascii() else text.translate(_SHORT)


def fold_words(text: str) -> str:
    """The folded form of a name or phrase: words joined by single blanks."""
    return " ".join(words_of(text).split())


def words_of(text: str) -> str:
    """`fold(text).words`, without the blanks around it where the text is short."""
    return text.translate(_SHORT_WORDS) if len(text) <= _FEW else fold(text).words
