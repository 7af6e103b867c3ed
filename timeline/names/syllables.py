"""Vietnamese and Chinese people in scripts without capitals: found by the syllables that the listed names of a language are made of.

A family name and syllables behind it (`spelt.py` knows how the language writes them) are a person, whoever it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice, product

from timeline.knowledge import Hit, Language
from timeline.names.chinese import beside_role, starts_and_ends
from timeline.names.finds import Named
from timeline.names.spelt import BETWEEN, VOWEL_SIGNS, Spelt, spelt_of, words_of_offices
from timeline.names.uncased import KOREAN_UNITS
from timeline.text import UNSPACED, Folded

_ENOUGH = 3  # syllables of a Vietnamese name that needs no role beside it, where blanks or dots part them
_MOST_CHOICES = 64  # readings of a name that are tried
_NAME_ENDS = re.compile(r" ?(?:[.,:;!?()\"\n،؛؟«»।]|$)")
_NEXT_WORD = re.compile(rf" ([^\W\d_][\w{VOWEL_SIGNS}]*)")
_LEAST_BLOCKS = 3
_ROLE_BEHIND = 24  # characters between a name in hangul and its office: the places and bodies that this is of
_CLAUSE_SIGN = re.compile(r"[,.;:\n]")


def syllables_in(folded: Folded, roles: Sequence[Hit], language: Language) -> list[Spelt]:
    """How a language without capitals writes the names of those nations of whom somebody may stand in a text: mostly of none."""
    spelt = spelt_of(language)
    return [s for s in spelt if (roles or s.is_vietnamese) and s.may_stand_in(folded, language, bool(roles))] if spelt else []


def people_by_syllables(
    spelt: Spelt,
    folded: Folded,
    source: str,
    roles: Sequence[Hit],
    known: Mapping[str, str],
    free_from: Callable[[int], int],
    language: Language,
) -> Iterator[tuple[Named, bool]]:
    """Vietnamese or Chinese people by form in a language without capitals, and whether a role stands beside them.

    `free_from` tells where the next name may begin: behind a place that is made of such syllables too.

    Folded offsets; the canonical name in plain Latin ("Bui Ngoc Son", "Guo Jiakun"). Where a spelling may be several
    syllables (`چین`: Chinh, Chien), one that makes a name of `known` wins over the likeliest.
    """
    is_vietnamese = spelt.is_vietnamese
    starts, ends = starts_and_ends(roles)
    others = words_of_offices(language)
    text, reached = folded.text, 0
    while match := spelt.name.search(text, reached):
        reached = free_from(match.start(1))
        if reached > match.start(1):
            continue
        reached = match.end()
        start, end = match.start(1), _without_words(text, match.start(1), match.end(1), language, starts)
        syllables = spelt.read(text[start:end])
        if syllables is None or (language.names_capitalised and not _is_capitalised(folded, source, start, end)):
            continue
        parted = is_vietnamese and len(syllables) >= _ENOUGH and len(BETWEEN.findall(text, start, end)) == len(syllables) - 1
        has_role = beside_role(start, end, starts, ends) or (match.end() == match.end(1) and _leads_office(text, end, starts, language))
        if language.script == "Hangul" and not is_vietnamese and _may_be_word(text[start:end], others):
            continue
        if not parted and not has_role:
            continue
        if language.script == "Kana" and not BETWEEN.search(text, start, end):
            continue  # a word that happens to be made of such syllables
        whole = len(syllables) > 2 or language.script in UNSPACED or _ends_name(text, end, language) or _is_role_at(end, starts)
        if whole:  # else the third syllable may be one that nobody listed
            finish = match.end() if end == match.end(1) else end  # with its ending
            yield Named(start, finish, "person", _name(syllables, is_vietnamese, known), "name-by-syllables"), has_role


def _may_be_word(name: str, words: Collection[str]) -> bool:
    """Whether a name in hangul may be a word of Korean: two blocks often are (`정부`), and what begins with an office (`위원이자`)."""
    return (
        len(name) < _LEAST_BLOCKS
        or " " in name
        or name[-1] in KOREAN_UNITS
        or any(name[:length] in words for length in range(2, len(name) + 1))
    )


def _leads_office(text: str, end: int, starts: Sequence[int], language: Language) -> bool:
    """Whether an office follows behind its place in Korean: `친웨이밍 충쭤시 당위원회 서기`."""
    following = bisect_left(starts, end)
    if language.script != "Hangul" or following == len(starts) or not 0 < starts[following] - end <= _ROLE_BEHIND:
        return False
    return not _CLAUSE_SIGN.search(text, end, starts[following])


def _without_words(text: str, start: int, end: int, language: Language, roles: Sequence[int]) -> int:
    """The end of a name without what follows it in a script without word borders: "บุย แทงห์ เซิน ได้" (… has), or an office (`roles`:
    where those begin).
    """
    if language.script in UNSPACED:
        while (blank := text.rfind(" ", start, end)) > 0 and (
            text[blank + 1 : end] in language.joining_words or _is_role_at(blank + 1, roles)
        ):
            end = blank
    return end


def _name(syllables: Sequence[tuple[str, ...]], is_vietnamese: bool, known: Mapping[str, str]) -> str:
    names = [
        " ".join(choice) if is_vietnamese else f"{choice[0]} {''.join(choice[1:])}" for choice in islice(product(*syllables), _MOST_CHOICES)
    ]
    return next((name for name in names if name in known), names[0]).title()


def _is_capitalised(folded: Folded, source: str, start: int, end: int) -> bool:
    written = source[folded.source(start) : folded.source_end(end)]
    return all(piece[:1].isupper() for piece in BETWEEN.split(written))


def _ends_name(text: str, end: int, language: Language) -> bool:
    """Whether a sign stands behind a name, or a word of the language."""
    if _NAME_ENDS.match(text, end):
        return True
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1] in language.common_words[0]


def _is_role_at(end: int, starts: Sequence[int]) -> bool:
    following = bisect_left(starts, end)
    return following < len(starts) and starts[following] <= end + 1
