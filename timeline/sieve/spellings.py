"""How pages write a name: letter case, marks, blanks, old and new forms of a script; and the bytes that stand for it all.

The automaton sees bytes, so what the fold of `timeline.text` does to every text is done here to the few names instead.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, permutations, product

from timeline.text import fold_words, script_of

_MOST = 48  # spellings of one name at most: a product of choices for each word or character
# Letter case carries names through a text (`Son La`, and `son la` in Spanish), so only signs and blanks become one.
SIGNS = bytes.maketrans((string.punctuation + string.whitespace).encode(), b" " * len(string.punctuation + string.whitespace))
_NO_BREAK = "\xa0".encode()
_BOUNDED = ("Latin", "Cyrillic", "Greek")  # scripts that set blanks, and no prefixes before a name
_SHORT, _SHORTEST = 5, 4  # letters of a name of one word that may be part of others; that may begin others
_TONED = ("àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ")
_PLAIN_TONED = ("òóỏõọ", "òóỏõọ", "ùúủũụ")
# The place of the tone mark is a matter of taste in Vietnamese: hòa, hoà.
_NEW_TONES = {
    first + plain: lead + toned
    for lead, plain, toned_ones, first_ones in zip("oou", "aey", _TONED, _PLAIN_TONED, strict=True)
    for toned, first in zip(toned_ones, first_ones, strict=True)
}
_OLD_TONES = {new: old for old, new in _NEW_TONES.items()}
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323\u031b\u0306]")  # with the horn and the breve, which French has not
_LONG = 3  # words of a name that is written in one way throughout
# Arabic letters that keyboards of one language have in place of those of another.
_ARABIC = ("يكه", "یکہ", "یکه")
_KEYBOARDS = tuple(str.maketrans(source, target) for source, target in permutations(_ARABIC, 2))
_HAMZA = str.maketrans("أإآٱ", "اااا")
_NUKTAS = re.compile("[\u093c\u09bc]")
_APOSTROPHES = re.compile("['’׳ʼ`´]")


def as_scanned(data: bytes) -> bytes:
    """UTF-8 as the automaton reads it: signs and blanks of ASCII, and no-break blanks, all as one plain blank each.

    Other signs stay: whatever may stand in a name has a spelling of its own.
    """
    if _NO_BREAK in data:
        data = data.replace(_NO_BREAK, b" ")
    return data.translate(SIGNS)


def spellings(name: str, as_word: bool = False, plain: bool = True, older: Mapping[str, str] | None = None) -> Iterator[str]:
    """How pages write `name`, itself first.

    `as_word`: in small letters inside a sentence. `plain`: without its marks too, as pages write Vietnamese names.
    `older`: a character → those that older texts, or others of the script, write for it.
    """
    name = unicodedata.normalize("NFC", name)
    seen: dict[str, None] = {}
    for spelling in _of_script(name, script_of(name[0]), plain, older or {}):
        seen[spelling] = None
        if as_word or spelling[:1].islower():
            seen[spelling[:1].upper() + spelling[1:]] = None
        if not as_word and len(spelling) > _SHORT:  # `HUE`, `SA PA` are abbreviations too
            seen[spelling.upper()] = None
    yield from seen


def bounded(spelling: str, is_open: bool, as_word: bool = False) -> str:
    """With the blanks that must stand around it, in scripts that set such.

    A capital in front tells a name from the inside of a word; one that is short, or has none, wants a blank before it,
    and one that is short and takes no ending (not `is_open`) a blank behind.
    """
    if script_of(spelling[0]) not in _BOUNDED:
        return spelling
    letters = len(spelling) if " " not in spelling else _SHORT + 1
    before = " " if as_word or letters <= _SHORT or not spelling[0].isupper() else ""
    return f"{before}{spelling} " if letters <= _SHORTEST and not is_open else f"{before}{spelling}"


def _of_script(name: str, script: str, plain: bool, older: Mapping[str, str]) -> Iterable[str]:
    if script == "Latin":
        return _latin(name) if plain else (name, name.replace("'", "’"), _toned(name, _OLD_TONES), _toned(name, _NEW_TONES))
    if script == "Han":
        return ("".join(chars) for chars in islice(product(*((char, *older.get(char, "")) for char in name)), _MOST))
    if script in ("Arabic", "Hebrew"):
        return _semitic(name)
    return (name, _NUKTAS.sub("", unicodedata.normalize("NFD", name))) if _is_indic(name) else (name,)


def _is_indic(name: str) -> bool:
    return any("\u0900" <= char < "\u0a00" for char in name)


def _latin(name: str) -> Iterable[str]:
    """Each word as pages in any language set its marks; a longer name in one way throughout: `Điện`, `Diện`, `Diên`, `Dien`."""
    if name.isascii():
        return (name,)
    words = [_vietnamese(word) for word in name.split(" ")]
    if len(words) < _LONG:
        return islice(map(" ".join, product(*map(dict.fromkeys, words))), _MOST)
    return dict.fromkeys(map(" ".join, zip(*words, strict=True)))


def _vietnamese(word: str) -> tuple[str, ...]:
    barless = word.replace("Đ", "D").replace("đ", "d")
    return word, _without_marks(word), _without_tones(barless), barless, _toned(word, _OLD_TONES), _toned(word, _NEW_TONES)


def _semitic(name: str) -> Iterable[str]:
    if script_of(name[0]) == "Hebrew":
        return (name, name.replace("'", "׳").replace('"', "״"), _APOSTROPHES.sub("’", name), _APOSTROPHES.sub("", name))
    joined = (name, name.replace("\u200c", ""), name.replace("\u200c", " ")) if "\u200c" in name else (name,)
    written = [*joined, *(text.translate(table) for text in joined for table in _KEYBOARDS)]
    return dict.fromkeys((*written, *(spelling.translate(_HAMZA) for spelling in written)))


def _toned(word: str, tones: Mapping[str, str]) -> str:
    for written, other in tones.items():
        if written in word:
            return word.replace(written, other)
    return word


@cache
def _without_tones(text: str) -> str:
    """As French writes Vietnamese: `Diện Biên` → `Diên Biên`."""
    return unicodedata.normalize("NFC", _TONE_MARKS.sub("", unicodedata.normalize("NFD", text)))


@cache
def _without_marks(text: str) -> str:
    """Plain letters in their own case: `Trà Lĩnh` → `Tra Linh`."""
    folded = [fold_words(char) or char for char in text]
    return "".join(plain.upper() if char.isupper() else plain for char, plain in zip(text, folded, strict=True))
