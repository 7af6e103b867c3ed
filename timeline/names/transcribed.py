"""Chinese people as other alphabets write them by rule: `Цинь Вэймин`, `Ťiang Ce-min`, `Csou Csien-kuo` → Qin Weiming and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from timeline.knowledge import Hit, Language
from timeline.names.chinese import GIVEN_SYLLABLES, SURNAMES_BY_RANK, beside_role, starts_and_ends
from timeline.names.finds import Named
from timeline.names.runs import longest_first
from timeline.names.transcribe import ALL_PINYIN, czech, hungarian, palladius, polish, ukrainian_pinyin
from timeline.text import CAPITAL, Folded

# Language → how it writes Chinese names.
TRANSCRIBERS: dict[str, tuple[Callable[[str], tuple[str, ...]], ...]] = {
    "ru": (palladius,),
    "uk": (ukrainian_pinyin, palladius),
    "cs": (czech,),
    "hu": (hungarian,),
    "pl": (polish,),
}
_FAMILY = rf"({CAPITAL}(?<!\w.)[\w']{{0,6}}) "  # no letter before it; the search is for a capital
_NAME = re.compile(rf"{_FAMILY}({CAPITAL}[\w']{{0,12}}(?:-[\w']{{1,8}})?)(?!\w)")
_FIRST_WORD = re.compile(f"{_FAMILY}(?={CAPITAL})")
_SHORT = 2  # letters of a family name that is often a word ("у", "ма")
_WORDS_TOO = frozenset(("ян", "пан", "pan", "jen", "fan", "lin", "лин"))
_MOST_FORMS = 3  # spellings of a syllable that are known


def transcribed_people(folded: Folded, source: str, pairs: Sequence[str], roles: Sequence[Hit], language: Language) -> list[Named]:
    """Names of people in a language of `TRANSCRIBERS`: folded offsets, canonical in pinyin without tones.

    A family name with a given name of two syllables is a person anywhere, one with a single syllable only beside a role.
    `pairs`: the capitalised words of the source that stand before another.
    """
    families, _ = _tables(language.code)
    firsts = _FIRST_WORD.findall(source) if "'" in source else pairs
    if families.keys().isdisjoint(map(str.lower, firsts)):
        return []
    names: list[Named] = []
    starts, ends = starts_and_ends(roles)
    reached = 0
    while match := _NAME.search(source, reached):
        reached = match.start(2)
        written = match[1].lower()
        family = families.get(written)
        if family is None:
            continue
        given, length = _given(match[2].lower(), language)
        start, end = folded.position(match.start()), folded.position(match.start(2) + length)
        sure = len(given) > 1 and len(written) > _SHORT and written not in _WORDS_TOO
        if sure or (given and beside_role(start, end, starts, ends)):
            reached = match.end()
            names.append(Named(start, end, "person", f"{family.capitalize()} {''.join(given).capitalize()}", "name-by-form"))
    return names


@lru_cache(maxsize=1 << 12)
def _given(written: str, language: Language) -> tuple[tuple[str, ...], int]:
    """The syllables of a given name, and how many characters it has without an ending of the language; none for what is no name."""
    _, syllables = _tables(language.code)
    for ending in ("", *longest_first(language.endings)):
        if not written.endswith(ending):
            continue
        name = written[: len(written) - len(ending)]
        if read := _read(name, syllables):
            return read, len(name)
    return (), 0


def _read(name: str, syllables: dict[str, str]) -> tuple[str, ...]:
    """One syllable, or two, with a hyphen, a hard sign or nothing between."""
    head, hyphen, tail = name.partition("-")
    pairs = [(head, tail)] if hyphen else [(name[:k], name[k:]) for k in range(1, len(name))]
    for first, second in pairs:
        one, two = syllables.get(first.removesuffix("ъ")), syllables.get(second)
        if one and two:
            return one, two
    one = syllables.get(name)
    return (one,) if one and not hyphen else ()


@cache
def _tables(code: str) -> tuple[dict[str, str], dict[str, str]]:
    """Spelling → surname, and → syllable of a given name; of several the commonest."""
    tables: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for table, known in zip(tables, (SURNAMES_BY_RANK, dict.fromkeys((*GIVEN_SYLLABLES, *ALL_PINYIN))), strict=True):
        for syllable in known:
            for rule in TRANSCRIBERS[code]:
                for spelling in rule(syllable)[:_MOST_FORMS]:
                    table.setdefault(spelling.lower(), syllable)
    return tables
