"""Vietnamese and Chinese people in scripts without capitals: found by the syllables that the listed names of a language are made of.

A language file that lists `팜 민 찐` for Phạm Minh Chính tells how the language writes `Phạm`, `Minh` and `Chính`; those of some
hundred people tell nearly all syllables that names have. A family name and syllables behind it are then a person, whoever it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.names.chinese import SURNAMES, beside_role
from timeline.names.transcribe import (
    NAME_SYLLABLES,
    VIETNAMESE_FAMILY_NAMES,
    hebrew_vietnamese,
    is_vietnamese_syllable,
    pinyin_syllables,
)
from timeline.text import UNSPACED, Folded, fold, fold_words, has_vietnamese_marks

_BETWEEN = re.compile("[ ・·=＝-]")
_ENOUGH = 3  # syllables of a Vietnamese name that needs no role beside it, where blanks or dots part them
_MOST = 4
_VOWEL_SIGNS = "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"  # letters to a reader, but not to `re`
_FAMILIES = frozenset(fold_words(name) for name in VIETNAMESE_FAMILY_NAMES)
_LEAST = 12  # spellings that make a table of syllables
_NAME_ENDS = re.compile(r" ?(?:[.,:;!?()\"\n]|$)")


_Tables = tuple[dict[str, Counter[str]], dict[str, Counter[str]]]  # of family names, of syllables: spelling → what it stands for


@dataclass(frozen=True)
class _Spelt:
    """How a language writes the syllables of one nation's names: folded spelling → plain Latin, and what finds a name."""

    families: dict[str, str]
    syllables: dict[str, str]
    name: re.Pattern[str]


def people_by_syllables(folded: Folded, source: str, roles: Sequence[Hit], language: Language) -> Iterator[tuple[NameSpan, bool]]:
    """Vietnamese and Chinese people by form in a language without capitals, and whether a role stands beside them.

    Folded offsets; the canonical name in plain Latin ("Bui Ngoc Son", "Guo Jiakun").
    """
    starts, ends = sorted(role.start for role in roles), sorted(role.end for role in roles)
    vietnamese, chinese = _spelt(language)
    for spelt, is_vietnamese in ((vietnamese, True), (chinese, False)):
        if spelt is None:
            continue
        for match in spelt.name.finditer(folded.text):
            start, end = match.start(1), match.end(1)
            syllables = _read(spelt, folded.text[start:end])
            if syllables is None or (language.names_capitalised and not _is_capitalised(folded, source, start, end)):
                continue
            parted = is_vietnamese and len(syllables) >= _ENOUGH and len(_BETWEEN.findall(folded.text, start, end)) == len(syllables) - 1
            has_role = beside_role(start, end, starts, ends)
            if not parted and not has_role:
                continue
            short = len(syllables) == 2 and is_vietnamese and language.script not in UNSPACED
            if short and not _NAME_ENDS.match(folded.text, end) and not _is_role_at(end, starts):
                continue  # the third syllable is one that nobody listed
            name = " ".join(syllables).title() if is_vietnamese else f"{syllables[0]} {''.join(syllables[1:])}".title()
            yield NameSpan(start, match.end(), "", "person", name, "name-by-syllables"), has_role


def _is_capitalised(folded: Folded, source: str, start: int, end: int) -> bool:
    written = source[folded.source(start) : folded.source_end(end)]
    return all(piece[:1].isupper() for piece in _BETWEEN.split(written))


def _is_role_at(end: int, starts: Sequence[int]) -> bool:
    return any(end <= start <= end + 1 for start in starts)


def _read(spelt: _Spelt, written: str) -> list[str] | None:
    """The syllables of a name as it is written; the first is the family name."""

    def rest(at: int, left: int) -> list[str] | None:
        if at == len(written):
            return []
        at += _BETWEEN.match(written, at) is not None
        for length in range(min(len(written) - at, 12), 0, -1):
            syllable = spelt.syllables.get(written[at : at + length])
            if syllable and left and (behind := rest(at + length, left - 1)) is not None:
                return [syllable, *behind]
        return None

    for length in range(min(len(written), 12), 0, -1):
        family = spelt.families.get(written[:length])
        if family and (behind := rest(length, _MOST)):
            return [family, *behind]
    return None


@lru_cache(maxsize=64)
def _spelt(language: Language) -> tuple[_Spelt | None, _Spelt | None]:
    """How a language writes the syllables of Vietnamese names, and of Chinese ones; None where its file lists too few."""
    vietnamese: _Tables = ({}, {})
    chinese: _Tables = ({}, {})
    roles = {fold(role.rstrip("*")).text for role in language.words.get("person", ())}
    for name in sorted(language.people & language.names.keys()):
        tables, syllables = _syllables_of(name, vietnamese, chinese)
        for spelling in language.names[name] if syllables else ():
            pieces = [piece for piece in _BETWEEN.split(fold(spelling.rstrip("*")).text) if piece]
            if len(pieces) == len(syllables) and roles.isdisjoint(pieces):  # "Mr Ho", for Hồ Chí Minh
                for place, (piece, syllable) in enumerate(zip(pieces, syllables, strict=True)):
                    tables[place > 0].setdefault(piece, Counter())[syllable] += 1
    if language.script == "Hebrew":
        for syllable in sorted(NAME_SYLLABLES):
            for spelling in hebrew_vietnamese(syllable)[:3]:
                vietnamese[syllable not in _FAMILIES].setdefault(fold(spelling).text, Counter())[syllable] += 1
    return _compiled(vietnamese, language), _compiled(chinese, language)


def _syllables_of(name: str, vietnamese: _Tables, chinese: _Tables) -> tuple[_Tables, list[str]]:
    """Which tables a listed person's spellings belong to, and the syllables of the name, plain; none of another nation's names."""
    words = fold_words(name).split()
    if len(words) == 2 and words[0] in SURNAMES and (given := pinyin_syllables(words[1])) and not has_vietnamese_marks(name):
        return chinese, [words[0], *given]
    if words and words[0] in _FAMILIES and all(map(is_vietnamese_syllable, name.split())):
        return vietnamese, words
    return vietnamese, []


def _compiled(tables: _Tables, language: Language) -> _Spelt | None:
    families = {spelling: _likeliest(counts) for spelling, counts in tables[0].items()}
    syllables = {spelling: _likeliest(counts) for spelling, counts in (*tables[1].items(), *tables[0].items())}
    if len(families) < _LEAST or len(syllables) < _LEAST:
        return None
    spaced = language.script not in UNSPACED
    prefix = "|".join(sorted(map(re.escape, language.prefixes), key=len, reverse=True)) if spaced else ""
    ending = "|".join(sorted((re.escape(fold(word).text) for word in language.endings if word), key=len, reverse=True))
    pattern = (
        (rf"(?<![\w{_VOWEL_SIGNS}])(?:{prefix})??" if spaced else "")
        + rf"((?:{_either(families)})(?:[ ・·=＝-]?(?:{_either(syllables)})){{1,{_MOST - 1}}})"
        + (rf"(?:-?(?:{ending}))?(?![\w{_VOWEL_SIGNS}])" if spaced else "")
    )
    return _Spelt(families, syllables, re.compile(pattern))


def _either(spellings: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, spellings), key=lambda spelling: (-len(spelling), spelling)))


def _likeliest(counts: Counter[str]) -> str:
    """The syllable that a spelling stands for most often; of equals one that given names are often made of."""
    return max(counts, key=lambda syllable: (counts[syllable], syllable in NAME_SYLLABLES, syllable))
