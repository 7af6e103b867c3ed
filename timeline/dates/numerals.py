"""Numbers as texts write them: digits, hanzi numerals, day words, years of an era, two-digit years.

Each kind is a piece of a pattern and the number that such a piece stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from timeline.dates.patterns import any_of
from timeline.text import is_unspaced

_HAN_DIGITS = {
    char: value for value, chars in enumerate(("〇零○", "一元", "二", "三", "四", "五", "六", "七", "八", "九")) for char in chars
}
_NO_LETTER = r"(?![^\W\d_])"
# Nor a vowel sign of Devanagari or Bengali, which `re` does not count among the letters.
_NOR_VOWEL_SIGN = r"(?![^\W\d_]|[\u0900-\u0903\u093a-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3])"
_INDIC = re.compile("[\u0900-\u09ff]")
_HAN_TENS = {"十": 10, "廿": 20, "卅": 30}
HAN_NUMBER = "[〇零○一二三四五六七八九十廿卅元]"
_HAN_YEAR = "[〇零○一二三四五六七八九]{4}"
_GREGORIAN = r"(?:1[89]|20)\d\d(?!\d)"
# An older year that is round is sooner an amount or a time of day, unless its clause, or its word in the scripts of the East,
# closes behind it.
_EARLY = r"1[0-7]\d[1-9](?!\d|[.,]\d)|1[0-7]\d0(?!\d)(?=[,;:)\]!?。，、；]|\.(?!\d)| ?年|$)"
_BUDDHIST = r"2[4-6]\d\d(?!\d)"  # a year that high can only be of the Buddhist era
_SOLAR_HIJRI_OR_HIJRI = r"1[34]\d\d(?!\d)"
_EARLY_BESIDE_EASTERN = r"1[5-7]\d\d(?!\d|[.,]\d)"  # no year of the Persian or the Islamic calendar has come so far
# What tells, behind a year, that it is of the Islamic or the Persian calendar; as folded.
ISLAMIC_MARK = r"(?: ?/ ?)? ?(?:ه(?:\.? ?ق)?|ق|هجري(?:ه)?(?: قمري)?|قمري|للهجره)(?![^\W\d_])"
PERSIAN_MARK = r" ?(?:ه\.? ?ش|ش|(?:هجري )?(?:شمسي|خورشيدي))(?![^\W\d_])"
_MARKED = rf"1[0-2]\d\d(?!\d)(?={ISLAMIC_MARK}|{PERSIAN_MARK})"
_BUDDHIST_OFFSET = 543
_OUR_TIME = (1900, 2150)
_DECADE_TURN = 20
_PERSIAN_TURN = 10  # a two-digit Persian year below it is of the 1400s
_CENTURY_TURN = 50  # a two-digit year below it is of this century


@dataclass(frozen=True)
class Numerals:
    """How one language writes the numbers in its dates.

    `eras` maps the folded name of an era to what its years are reckoned from (令和: 2018, พ.ศ.: -543); `day_words` folded
    words to the day that they name ("premier": 1).
    """

    eras: Mapping[str, int] = field(default_factory=dict)
    day_words: Mapping[str, int] = field(default_factory=dict)
    han: bool = False
    eastern_years: bool = False  # years of the Persian and the Islamic calendar occur
    persian: bool = False  # two-digit years are of the Persian calendar
    buddhist: bool = False  # two-digit years are of the Buddhist era

    @property
    def is_buddhist(self) -> bool:
        """Whether full years of the Buddhist era occur."""
        return self.buddhist or any(offset < 0 for offset in self.eras.values())

    def day_pattern(self) -> str:
        """One day of the month."""
        choices = [r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"]
        if self.han:
            choices.append(f"(?:{HAN_NUMBER}{{1,3}})")
        if self.day_words:
            choices.append(self.day_word_pattern())
        return "(?:" + "|".join(choices) + ")"

    def day_word_pattern(self) -> str:
        """One day of the month in words."""
        if not self.day_words:
            return "(?!)"
        glued = all(is_unspaced(word[-1]) for word in self.day_words)
        return f"(?:{any_of(self.day_words)}){'' if glued else no_letter(self.day_words)}"

    def month_pattern(self) -> str:
        """A month's number."""
        return r"(?:0?[1-9]|1[0-2])(?!\d)" + (f"|{HAN_NUMBER}{{1,2}}" if self.han else "")

    def year_pattern(self, words: frozenset[str] = frozenset()) -> str:
        """A year in full, or in an era; `words` are those for a year that stand behind one."""
        choices = [_GREGORIAN]
        if self.is_buddhist:
            choices.append(_BUDDHIST)
        if not self.eastern_years:
            choices.append(_EARLY)
            if words:
                choices.append(rf"1[0-7]\d0(?= ?(?:{any_of(words)})(?![^\W\d_]))")
        if self.eastern_years:
            choices += [_SOLAR_HIJRI_OR_HIJRI, _EARLY_BESIDE_EASTERN, _MARKED]
        if self.han:
            choices.append(_HAN_YEAR)
        if self.eras:
            choices.insert(0, f"(?:{any_of(self.eras)})[ .]{{0,2}}(?:\\d{{1,4}}(?!\\d)|{HAN_NUMBER}{{1,3}})(?:\\({_GREGORIAN}\\))?")
        return "|".join(choices)

    def number(self, text: str) -> int:
        """The number that a day or month stands for; 0 where it is none."""
        if text.isdigit():
            return int(text)
        return self.day_words.get(text) or han_number(text)

    def year(self, text: str) -> int:
        """The year, of the Gregorian calendar unless it is of a Persian or Islamic one; 0 where it is none."""
        for era, offset in self.eras.items() if not text.isdigit() else ():
            if text.startswith(era):
                number = self.number(text[len(era) :].partition("(")[0].strip(" ."))
                # "พ.ศ. 2023" is a slip of the pen or of a machine: no such year has come, and of the past few are told
                return number + offset if offset >= 0 or not _OUR_TIME[0] <= number <= _OUR_TIME[1] else number
        year = int(text) if text.isdigit() else han_number(text)
        return year - _BUDDHIST_OFFSET if year >= 2400 else year

    def short_year(self, text: str, of_decade: bool = False) -> int:
        """The year that two digits stand for; "the 30s" and later ones are of the last century."""
        number = int(text)
        if of_decade:
            return (2000 if number < _DECADE_TURN else 1900) + number
        if self.persian and not of_decade:
            return (1400 if number < _PERSIAN_TURN else 1300) + number
        if self.buddhist and number >= _CENTURY_TURN - 10:
            return 2500 + number - _BUDDHIST_OFFSET
        return (2000 if number < _CENTURY_TURN else 1900) + number


def no_letter(words: Iterable[str]) -> str:
    """What must hold behind one of the words, or letters: no more letters. What only some scripts need makes patterns long."""
    return _NOR_VOWEL_SIGN if any(map(_INDIC.search, words)) else _NO_LETTER


def han_number(text: str) -> int:
    """`二十一` → 21, `二〇二五` → 2025; 0 where it is no number."""
    if not text or any(char not in _HAN_DIGITS and char not in _HAN_TENS for char in text):
        return 0
    if not any(char in _HAN_TENS for char in text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total, pending = 0, 0
    for char in text:
        if char in _HAN_TENS:
            total += _HAN_TENS[char] * (pending or 1)
            pending = 0
        else:
            pending = pending * 10 + _HAN_DIGITS[char]
    return total + pending
