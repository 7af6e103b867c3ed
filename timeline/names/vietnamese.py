"""Vietnamese people by the syllables of their names, in Latin letters with or without marks, and in Cyrillic ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.names.runs import CLAUSE_END, GLUED, WORD, behind, longest_first, run_of
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES, cyrillic_syllables, is_vietnamese_syllable, without_tones
from timeline.text import CAPITAL, Folded, fold_words, has_vietnamese_marks

_MOST_SYLLABLES = 4
_ALONE = 3  # syllables of a name that needs no role word beside it
_AFTER_ROLE = 30  # characters between a role and the name that follows ("Chairman of the committee, Mr …")
_THREE_CAPITALS = re.compile(rf"{CAPITAL}[^\W\d_]+[ -]{CAPITAL}[^\W\d_]*[ -]{CAPITAL}")

Syllable = Callable[[str], str]


def vietnamese_anywhere(folded: Folded, source: str, script: str, language: Language) -> Iterator[NameSpan | None]:
    """Names of three syllables and more, which need no role beside them."""
    for match in _families(script).finditer(folded.text) if _THREE_CAPITALS.search(source) else ():
        if source[folded.source(match.start())].isupper():
            yield _vietnamese_at(folded, source, match.start(), script, language, _ALONE)


def vietnamese_after(folded: Folded, source: str, hit: Hit, language: Language) -> NameSpan | None:
    """The first Vietnamese name within reach behind a role, in the same clause."""
    begin = behind(folded.text, hit.start, hit.end)
    match = _families(language.script).search(folded.text, begin, hit.end + _AFTER_ROLE + 24)
    if match is None or match.start() - hit.end > _AFTER_ROLE or CLAUSE_END.search(folded.text, begin, match.start()):
        return None
    return _vietnamese_at(folded, source, match.start(), language.script, language, 2)


def _vietnamese_at(folded: Folded, source: str, begin: int, script: str, language: Language, least: int) -> NameSpan | None:
    """The run of capitalised Vietnamese syllables from `begin`; the last may carry an ending of the language."""
    syllable_of = _latin if script == "Latin" else _cyrillic
    first = WORD.match(source, folded.source(begin))
    if first and has_vietnamese_marks(first[0]) and first[0] not in _family_spellings():  # "Tổng Bí thư" is no Mr Tống
        return None
    syllables: list[str] = []
    end = begin
    for word, _, finish in run_of(folded, source, begin):
        syllable = _freed(word, language.endings, syllable_of) if word[0].isupper() else ""
        if not syllable or len(syllables) == _MOST_SYLLABLES:
            break
        syllables.append(syllable)
        end = finish
        if not syllable_of(word):  # an ending closes the name
            break
    return NameSpan(begin, end, "", "person", " ".join(syllables), "name-by-form") if len(syllables) >= least else None


@cache
def _families(script: str) -> re.Pattern[str]:
    """A family name, folded, as the script writes it."""
    names = {fold_words(name) for name in VIETNAMESE_FAMILY_NAMES}
    if script == "Cyrillic":
        names = {fold_words(word) for word, latin in cyrillic_syllables().items() if latin in names}
    return re.compile(rf"(?<![^\W{GLUED}])(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?![^\W{GLUED}])")


@cache
def _family_spellings() -> frozenset[str]:
    """Family names with all their marks, and without those of tone, as French writes some ("Nguyên")."""
    return VIETNAMESE_FAMILY_NAMES | frozenset(map(without_tones, VIETNAMESE_FAMILY_NAMES))


def _latin(written: str) -> str:
    return written if is_vietnamese_syllable(written) else ""


def _cyrillic(written: str) -> str:
    return cyrillic_syllables().get(written.lower(), "").capitalize()


def _freed(written: str, endings: frozenset[str], syllable_of: Syllable) -> str:
    """A Vietnamese syllable, freed of an ending of the language (`Dongem` → `Dong`); empty when it is none."""
    if syllable := syllable_of(written):
        return syllable
    for ending in longest_first(endings):
        if written.endswith(ending) and len(written) > len(ending) + 1 and (syllable := syllable_of(written[: -len(ending)])):
            return syllable
    return ""
