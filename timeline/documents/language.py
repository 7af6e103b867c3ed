"""Which language a passage is in: by its script, then by the function words of the languages written in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from timeline.knowledge import Language
from timeline.text import script_counts, surface

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_\x00-\x7f]")
_SAMPLE = 400  # characters of a passage that are looked at: more tells nothing new
# Letters that in running text only Vietnamese has; a passage full of them is Vietnamese, however short.
_VIETNAMESE = re.compile("[ăắằẳẵặấầẩẫậđếềểễệốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉọỏụủỵỷỹ]")
_HAN_JAPANESE = "Kana"
# What a function word and a marked letter of a language weigh. Neighbours share words ("na", "a", "do") and letters:
# a passage is told apart only by several of them and a clear lead; else it is left to the language of its document.
_WORD_WEIGHT, _LETTER_WEIGHT = 2.0, 0.5
_LEAST, _LEAD = 5.0, 1.4


def language_finder(languages: Iterable[Language]) -> Callable[[str], str]:
    """A function from text to the code of its language, or "" where it can't be told."""
    by_script: dict[str, list[Language]] = defaultdict(list)
    for language in languages:
        by_script[language.script].append(language)
    owners: dict[str, list[str]] = defaultdict(list)
    for group in by_script.values():
        for language in group:
            for word in sorted(language.stopwords):
                owners[surface(word)].append(language.code)
    letters = {language.code: _letters(language) for group in by_script.values() for language in group}

    def language_of(text: str) -> str:
        sample = text[:_SAMPLE].lower()
        counts = script_counts(sample)
        if not counts:
            return ""
        script = _script(counts)
        codes = [language.code for language in by_script.get(script, ())]
        if len(codes) < 2:
            return codes[0] if codes else ""
        if "vi" in codes and len(_VIETNAMESE.findall(sample)) * 12 > counts["Latin"]:
            return "vi"
        return _clear_leader(_scores(sample, codes, owners, letters))

    return language_of


def _letters(language: Language) -> frozenset[str]:
    """The marked letters that a language is written with, read off its own file."""
    tables = (language.words, language.cues, language.triggers, language.at_event)
    words = [*language.stopwords, *(word for table in tables for group in table.values() for word in group)]
    return frozenset(_MARKED.findall(" ".join(words).lower()))


def _scores(sample: str, codes: list[str], owners: dict[str, list[str]], letters: dict[str, frozenset[str]]) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(sample):
        for code in owners.get(word, ()):
            scores[code] += _WORD_WEIGHT
    marked = Counter(_MARKED.findall(sample))
    for code in codes:
        own = sum(count for letter, count in marked.items() if letter in letters[code])
        scores[code] += _LETTER_WEIGHT * (2 * own - marked.total())
    return scores


def _clear_leader(scores: dict[str, float]) -> str:
    (first, best), *rest = sorted(scores.items(), key=lambda item: (-item[1], item[0])) or [("", 0.0)]
    return first if best >= _LEAST and (not rest or best >= _LEAD * rest[0][1]) else ""


def _script(counts: dict[str, int]) -> str:
    """The leading script; kana beside hanzi is Japanese, and a syllable script outweighs the Latin names in it."""
    if counts.get(_HAN_JAPANESE, 0) * 12 > counts.get("Han", 0):
        counts = {**counts, _HAN_JAPANESE: counts[_HAN_JAPANESE] + counts.get("Han", 0)}
    weights = {script: count * (2.5 if script in ("Han", "Hangul") else 1.0) for script, count in counts.items()}
    return max(weights, key=lambda script: (weights[script], script))
