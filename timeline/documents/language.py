"""Which language a passage is in: by its script, then by the function words of the languages written in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from timeline.knowledge import Language
from timeline.text import leading_script, script_counts, surface

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_\x00-\x7f]")
_SAMPLE = 240  # characters of a passage that are looked at: more tells nothing new
# Letters that in running text only Vietnamese has; a passage full of them is Vietnamese, however short.
_VIETNAMESE = re.compile("[ăắằẳẵặấầẩẫậđếềểễệốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉọỏụủỵỷỹ]")
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
    writers: dict[str, list[str]] = defaultdict(list)  # marked letter → languages written with it
    for group in by_script.values():
        for language in group:
            for word in sorted(language.stopwords):
                owners[surface(word)].append(language.code)
            for letter in sorted(_letters(language)):
                writers[letter].append(language.code)
    codes_of = {script: tuple(language.code for language in group) for script, group in by_script.items()}

    def language_of(text: str) -> str:
        sample = text[:_SAMPLE].lower()
        script = leading_script(sample)
        codes = codes_of.get(script, ())
        if len(codes) < 2:
            return codes[0] if codes else ""
        if "vi" in codes and _is_vietnamese(sample):
            return "vi"
        return _clear_leader(_scores(sample, codes, owners, writers))

    return language_of


def _letters(language: Language) -> frozenset[str]:
    """The marked letters that a language is written with, read off its own file."""
    tables = (language.words, language.cues, language.triggers, language.at_event)
    words = [*language.stopwords, *(word for table in tables for group in table.values() for word in group)]
    return frozenset(_MARKED.findall(" ".join(words).lower()))


def _scores(sample: str, codes: tuple[str, ...], owners: Mapping[str, list[str]], writers: Mapping[str, list[str]]) -> dict[str, float]:
    """Function words speak for a language, its own marked letters too; marked letters that it lacks speak against it."""
    scores = dict.fromkeys(codes, 0.0)
    for word in _WORD.findall(sample):
        for code in owners.get(word, ()):
            scores[code] = scores.get(code, 0.0) + _WORD_WEIGHT
    if sample.isascii():
        return scores
    foreign = 0.0
    for letter, count in Counter(_MARKED.findall(sample)).items():
        foreign += _LETTER_WEIGHT * count
        for code in writers.get(letter, ()):
            if code in scores:
                scores[code] += 2 * _LETTER_WEIGHT * count
    return {code: score - foreign for code, score in scores.items()}


def _is_vietnamese(sample: str) -> bool:
    if sample.isascii():
        return False
    marks = len(_VIETNAMESE.findall(sample))
    return marks > 0 and marks * 12 > script_counts(sample)["Latin"]


def _clear_leader(scores: dict[str, float]) -> str:
    (first, best), *rest = sorted(scores.items(), key=lambda item: (-item[1], item[0])) or [("", 0.0)]
    return first if best >= _LEAST and (not rest or best >= _LEAD * rest[0][1]) else ""
