"""Chinese people as other alphabets write them by rule: `Цинь Вэймин`, `Ťiang Ce-min`, `Csou Csien-kuo` → Qin Weiming and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.names.chinese import GIVEN_SYLLABLES, SURNAMES_BY_RANK, beside_role
from timeline.names.runs import longest_first
from timeline.names.transcribe import ALL_PINYIN, czech, hungarian, palladius, polish, ukrainian_pinyin
from timeline.text import CAPITAL, Folded

_RULES: dict[str, tuple[Callable[[str], tuple[str, ...]], ...]] = {
    "ru": (palladius,),
    "uk": (ukrainian_pinyin, palladius),
    "cs": (czech,),
    "hu": (hungarian,),
    "pl": (polish,),
}
_NAME = re.compile(rf"(?<!\w)(?P<family>{CAPITAL}[\w']{{0,6}}) (?P<given>{CAPITAL}[\w']{{0,12}}(?:-[\w']{{1,8}})?)(?!\w)")
_SHORT = 2  # letters of a family name that is often a word ("у", "ма")
_WORDS_TOO = frozenset(("ян", "пан", "pan", "jen", "fan", "lin", "лин"))
_MOST_FORMS = 3  # spellings of a syllable that are known


def transcribed_people(folded: Folded, source: str, roles: Sequence[Hit], language: Language) -> Iterator[NameSpan]:
    """Names of people: folded offsets, canonical in pinyin without tones.

    A family name with a given name of two syllables is a person anywhere, one with a single syllable only beside a role.
    """
    if language.code not in _RULES:
        return
    families, syllables = _tables(language.code)
    starts, ends = sorted(role.start for role in roles), sorted(role.end for role in roles)
    reached = 0
    while match := _NAME.search(source, reached):
        reached = match.start("given")
        family = families.get(match["family"].lower())
        if family is None:
            continue
        given, length = _given(match["given"].lower(), syllables, language)
        start, end = folded.position(match.start()), folded.position(match.start("given") + length)
        sure = len(given) > 1 and len(match["family"]) > _SHORT and match["family"].lower() not in _WORDS_TOO
        if sure or (given and beside_role(start, end, starts, ends)):
            reached = match.end()
            yield NameSpan(start, end, "", "person", f"{family.capitalize()} {''.join(given).capitalize()}", "name-by-form")


def _given(written: str, syllables: dict[str, str], language: Language) -> tuple[tuple[str, ...], int]:
    """The syllables of a given name, and how many characters it has without an ending of the language; none for what is no name."""
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
            for rule in _RULES[code]:
                for spelling in rule(syllable)[:_MOST_FORMS]:
                    table.setdefault(spelling.lower(), syllable)
    return tables
