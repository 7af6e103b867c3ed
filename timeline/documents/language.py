"""Which language a passage is in: by its script, then by the function words of the languages written in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Protocol

from timeline.knowledge import Language
from timeline.text import is_written_in, leading_script, other_letters, script_counts, surface

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_\x00-\x7f]")
# Letters that in running text only Vietnamese has; a passage full of them is Vietnamese, however short. Romanian is full of ă too.
_VIETNAMESE = re.compile("[ắằẳẵặấầẩẫậđếềểễệốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉọỏụủỵỷỹ]")
_LETTER_SIGNS = "\u2126\u212a\u212b\u2c7e\u2c7f"  # ohm, kelvin and the like: of no script, but in small they are letters
# What a function word and a marked letter of a language weigh; words and letters that neighbours share ("na", "a", "do")
# weigh less. A passage is told apart only by several of them and a clear lead; else it is left to the language of its document.
_WORD_WEIGHT, _LETTER_WEIGHT = 2.0, 0.5
_LEAST, _LEAD = 3.0, 1.5
_ENOUGH = 4.0  # of the language that is expected
_PLENTY = 4.5  # of its words that blanks part, which are found sooner than all
# A page's whole text is looked at piece after piece until it is clear; near relatives (Indonesian, Malay) need much of it.
_SAMPLES = (240, 1200, 4800)
_LONG, _LONG_LEAD = 1000, 1.1


@dataclass(frozen=True)
class _Script:
    """The languages written in one script, by what tells them apart."""

    codes: tuple[str, ...]
    words: dict[str, tuple[float, tuple[str, ...]]]  # function word → its weight, languages
    own: dict[str, dict[str, float]]  # language → its function words with their weights
    letters: dict[str, tuple[str, ...]]  # marked letter → languages written with it, but for those that all have

    @classmethod
    def of(cls, languages: list[Language]) -> _Script:
        words: dict[str, list[str]] = defaultdict(list)
        letters: dict[str, list[str]] = defaultdict(list)
        for language in languages:
            for word in sorted({surface(word) for word in language.stopwords}):
                words[word].append(language.code)
            for letter in sorted(_letters(language)):
                letters[letter].append(language.code)
        telling = {letter: tuple(codes) for letter, codes in letters.items() if len(codes) < len(languages)}
        own: dict[str, dict[str, float]] = {one.code: {} for one in languages}
        weighed = {word: (_WORD_WEIGHT / len(codes), tuple(codes)) for word, codes in words.items() if _WORD.fullmatch(word)}
        for word, (weight, speakers) in weighed.items():
            for code in speakers:
                own[code][word] = weight
        return cls(tuple(own), weighed, own, telling)

    def speaks(self, code: str, words: list[str], enough: float) -> bool:
        """Whether a passage holds enough of one language's own function words to be in it."""
        told = 0.0
        for weight in map(self.own[code].get, words, repeat(0.0)):
            told += weight
            if told >= enough:  # a few words are
                return True
        return False

    def scores(self, words: list[str], sample: str) -> dict[str, float]:
        """Function words speak for a language, its own marked letters too; marked letters that it lacks speak against it."""
        scores = dict.fromkeys(self.codes, 0.0)
        for word in words:
            if word in self.words:
                weight, speakers = self.words[word]
                for code in speakers:
                    scores[code] += weight
        if sample.isascii():
            return scores
        foreign = 0.0
        for letter, count in Counter(_MARKED.findall(sample)).items():
            if letter in self.letters:
                foreign += _LETTER_WEIGHT * count
                for code in self.letters[letter]:
                    scores[code] += 2 * _LETTER_WEIGHT * count
        return {code: score - foreign for code, score in scores.items()} if foreign else scores


class LanguageOf(Protocol):
    """Tells the code of a text's language, "" where it is too short or strange to tell.

    With `expected`, the language of the text around it, a passage that may well be in that is.
    """

    def __call__(self, text: str, expected: str = "") -> str: ...


def language_finder(languages: Iterable[Language]) -> LanguageOf:
    """A function from text to its language, of those given."""
    by_script: dict[str, list[Language]] = defaultdict(list)
    written: dict[str, tuple[str, ...]] = {}
    for language in languages:
        by_script[language.script].append(language)
        written[language.code] = ("Kana", "Han") if language.script == "Kana" else (language.script,)
    scripts = {name: _Script.of(group) for name, group in by_script.items()}
    japanese = {language.code for language in by_script["Kana"]}

    def language_of(text: str, expected: str = "") -> str:
        code = ""
        for size in _SAMPLES:
            sample = text[:size].lower()
            likely = () if sample.isascii() else written.get(expected, ())
            leading = likely[0] if likely and is_written_in(sample, *likely) else leading_script(sample)
            if leading == "Han" and expected in japanese:  # a headline or a date in Japanese may do without kana
                return expected
            script = scripts.get(leading)
            if script is None or len(script.codes) == 1:
                return script.codes[0] if script else ""
            if "vi" in script.codes and _is_vietnamese(sample):
                return "vi"
            if expected in script.own and script.speaks(expected, sample.split(), _PLENTY):
                return expected
            words = _WORD.findall(sample)
            if expected in script.own and script.speaks(expected, words, _ENOUGH):
                return expected
            code = _clear_leader(script.scores(words, sample), _LEAD if len(sample) < _LONG else _LONG_LEAD)
            if code or len(text) <= size:
                break
        return code

    return language_of


def foreign_languages(lines: Iterable[str], script: str, language_of: LanguageOf) -> list[str]:
    """The language of each line within a text in another, written in `script`: where its letters alone tell; else ""."""
    search = _foreign_letters(script).search
    return [_foreign_language(line, script, language_of) if search(line, 0, _SAMPLES[0]) else "" for line in lines]


def _foreign_language(line: str, script: str, language_of: LanguageOf) -> str:
    sample = line[: _SAMPLES[0]].lower()
    if not other_letters(script).search(sample):
        return "vi" if script == "Latin" and _is_vietnamese(sample) else ""
    leading = leading_script(sample)
    if leading in ("", script) or {leading, script} == {"Han", "Kana"}:
        return "vi" if leading == "Latin" and _is_vietnamese(sample) else ""
    return language_of(line)


@cache
def _foreign_letters(script: str) -> re.Pattern[str]:
    """What a line in another language than that of its text, written in `script`, has one of: most have none."""
    vietnamese = f"|{_VIETNAMESE.pattern}|{_VIETNAMESE.pattern.upper()}" if script == "Latin" else ""
    return re.compile(f"{other_letters(script).pattern}|[{_LETTER_SIGNS}]{vietnamese}")


def _letters(language: Language) -> frozenset[str]:
    """The marked letters that a language is written with, read off its own file."""
    tables = (language.words, language.cues, language.triggers, language.at_event)
    words = [*language.stopwords, *(word for table in tables for group in table.values() for word in group)]
    words += [word for group in language.dates.get("relative", {}).values() for word in group]
    return frozenset(_MARKED.findall(" ".join(words).lower()))


def _is_vietnamese(sample: str) -> bool:
    if sample.isascii():
        return False
    marks = len(_VIETNAMESE.findall(sample))
    return marks > 0 and (marks * 12 > len(sample) or marks * 12 > script_counts(sample)["Latin"])


def _clear_leader(scores: dict[str, float], lead: float) -> str:
    if max(scores.values()) < _LEAST:
        return ""
    *_, second, best = sorted(scores.values())
    return next(code for code in scores if scores[code] == best) if best >= lead * second else ""
