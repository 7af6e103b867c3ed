"""Vietnamese people by the syllables of their names, in Latin letters with or without marks, and in Cyrillic ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from timeline.knowledge import Hit, Language
from timeline.names.finds import Named
from timeline.names.runs import CLAUSE_END, GLUED, PAIR, WORD, behind, longest_first, run_of
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES, cyrillic_syllables, is_vietnamese_syllable, without_tones
from timeline.text import CAPITAL, Folded, fold_short, fold_words, has_vietnamese_marks

_MOST_SYLLABLES = 4
_ALONE = 3  # syllables of a name that needs no role word beside it
_AFTER_ROLE = 30  # characters between a role and the name that follows ("Chairman of the committee, Mr …")
_THREE_CAPITALS = re.compile(rf"{CAPITAL}[^\W\d_]{{1,40}}+[ -]{CAPITAL}[^\W\d_]{{0,40}}+[ -]{CAPITAL}")
_ANY_CAPITAL = re.compile(f"{CAPITAL[:-1]}Ａ-Ｚ]")  # with the full-width ones, which fold to plain letters
_WHOLE_WORD = re.compile(rf"(?<![^\W{GLUED}])[^\W{GLUED}]+")


def vietnamese_anywhere(folded: Folded, source: str, pairs: Sequence[str], language: Language) -> list[Named]:
    """Names of three syllables and more, which need no role beside them: in the language's letters, and in Latin ones, in which
    pages leave some names. `pairs`: the capitalised words of the source that stand before another.
    """
    families = _families(language.script)
    if folded.offsets is None and families.keys().isdisjoint(map(_plain, pairs)):
        return []
    if not _THREE_CAPITALS.search(source):
        return []
    names: list[Named] = []
    for first in (PAIR if folded.offsets is None else _ANY_CAPITAL).finditer(source):  # marks and blanks of a row are no part of a pair
        begin = folded.position(first.start())
        word = _WHOLE_WORD.match(folded.text, begin)
        script = families.get(word[0]) if word else None
        if script and (name := _vietnamese_at(folded, source, begin, script, language, _ALONE)):
            names.append(name)
    return names


def vietnamese_after(folded: Folded, source: str, hit: Hit, language: Language) -> Named | None:
    """The first Vietnamese name within reach behind a role, in the same clause."""
    begin, reach = behind(folded.text, hit.start, hit.end), hit.end + _AFTER_ROLE
    clause = CLAUSE_END.search(folded.text, begin, reach)
    families = _families(language.script)
    for word in _WHOLE_WORD.finditer(folded.text, begin):
        start = word.start()
        if start > reach or (clause and start > clause.start()):
            break
        if families.get(word[0]) == language.script:
            return _vietnamese_at(folded, source, start, language.script, language, 2)
    return None


def _vietnamese_at(folded: Folded, source: str, begin: int, script: str, language: Language, least: int) -> Named | None:
    """The run of capitalised Vietnamese syllables from `begin`; the last may carry an ending of the language."""
    first = WORD.match(source, folded.source(begin))
    if first and not _may_be_family(first[0]):
        return None
    syllables: list[str] = []
    end = begin
    for word, _, finish in run_of(folded, source, begin):
        syllable, is_whole = _syllable(word, script, language.endings) if word[0].isupper() else ("", False)
        if not syllable or len(syllables) == _MOST_SYLLABLES:
            break
        syllables.append(syllable)
        end = finish
        if not is_whole:  # an ending closes the name
            break
    return Named(begin, end, "person", " ".join(syllables), "name-by-form") if len(syllables) >= least else None


@lru_cache(maxsize=1 << 13)
def _plain(word: str) -> str:
    return fold_short(word)


@lru_cache(maxsize=1 << 12)
def _may_be_family(written: str) -> bool:
    """Whether a word that is a family name without its marks may be one with them: "Tổng Bí thư" is no Mr Tống."""
    return not has_vietnamese_marks(written) or written in _family_spellings()


@cache
def _families(script: str) -> dict[str, str]:
    """A family name, folded, as Latin letters write it and, where `script` is Cyrillic, as that does → the script."""
    latin = {fold_words(name) for name in VIETNAMESE_FAMILY_NAMES}
    families = dict.fromkeys(latin, "Latin")
    if script == "Cyrillic":
        families |= {fold_words(word): script for word, syllable in cyrillic_syllables().items() if syllable in latin}
    return families


@cache
def _family_spellings() -> frozenset[str]:
    """Family names with all their marks, and without those of tone, as French writes some ("Nguyên")."""
    return VIETNAMESE_FAMILY_NAMES | frozenset(map(without_tones, VIETNAMESE_FAMILY_NAMES))


@lru_cache(maxsize=1 << 12)
def _syllable(written: str, script: str, endings: frozenset[str]) -> tuple[str, bool]:
    """A Vietnamese syllable in Latin letters, freed of an ending of the language (`Dongem` → `Dong`), and whether it had none; empty
    for what is no syllable.
    """
    if syllable := _latin(written, script):
        return syllable, True
    for ending in longest_first(endings):
        if written.endswith(ending) and len(written) > len(ending) + 1 and (syllable := _latin(written[: -len(ending)], script)):
            return syllable, False
    return "", False


def _latin(written: str, script: str) -> str:
    """A syllable as it stands in Latin letters, empty for what is none."""
    if script == "Cyrillic":
        return cyrillic_syllables().get(written.lower(), "").capitalize()
    return written if is_vietnamese_syllable(written) else ""
