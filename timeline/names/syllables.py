"""Vietnamese and Chinese people in scripts without capitals: found by the syllables that the listed names of a language are made of.

A language file that lists `팜 민 찐` for Phạm Minh Chính tells how the language writes `Phạm`, `Minh` and `Chính`; those of some
hundred people tell nearly all syllables that names have. A family name and syllables behind it are then a person, whoever it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, product, takewhile
from unicodedata import normalize

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.names.chinese import GIVEN_SYLLABLES, SURNAMES, SURNAMES_BY_RANK, beside_role
from timeline.names.transcribe import (
    ALL_PINYIN,
    NAME_SYLLABLES,
    VIETNAMESE_FAMILY_NAMES,
    hangul_pinyin,
    hebrew_vietnamese,
    is_vietnamese_syllable,
    katakana_vietnamese,
    pinyin_syllables,
)
from timeline.names.uncased import KOREAN_UNITS
from timeline.text import UNSPACED, Folded, fold, fold_words, has_vietnamese_marks

_BETWEEN = re.compile("[ ・·=＝-]")
_ENOUGH = 3  # syllables of a Vietnamese name that needs no role beside it, where blanks or dots part them
_MOST = 4
_LONGEST = 12  # characters of a syllable
_MOST_CHOICES = 64  # readings of a name that are tried
_VOWEL_SIGNS = "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"  # letters to a reader, but not to `re`
_NO_KANA_BEFORE, _NO_KANA_BEHIND = "(?<![\u30a1-\u30ff])", "(?![\u30a1-\u30ff])"  # a name in katakana is a whole run of it
# Vowel signs and tones of Thai, Lao and Khmer, which belong to the letter before: a name ends before none.
_NO_SIGN_BEHIND = "(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebd\u0ec8-\u0ecd\u17b6-\u17d3])"
_FAMILIES = frozenset(fold_words(name) for name in VIETNAMESE_FAMILY_NAMES)
_LEAST = 12  # spellings that make a table of syllables
_NAME_ENDS = re.compile(r" ?(?:[.,:;!?()\"\n،؛؟«»।]|$)")


_NEXT_WORD = re.compile(rf" ([^\W\d_][\w{_VOWEL_SIGNS}]*)")
_LEAST_BLOCKS = 3
_ROLE_BEHIND = 24  # characters between a name in hangul and its office: the places and bodies that this is of
_CLAUSE_SIGN = re.compile(r"[,.;:\n]")

_Counts = dict[str, Counter[str]]  # spelling → which syllables it stands for, and how often
_TONES = re.compile("[\u0e48-\u0e4c\u0ec8-\u0eccー]")  # Thai and Lao tones, kana length: every page sets them in its own way
_INITIAL = re.compile(r"(?:ngh?|tr|th|ch|kh|nh|ph|gi|gh|qu|[bcdghklmnprstvx])?")
_LEAST_SEEN = 2  # times that a beginning or an end is seen before others are made with it


@dataclass(frozen=True)
class _Spelt:
    """How a language writes the syllables of one nation's names: folded spelling → plain Latin, likeliest first."""

    families: dict[str, tuple[str, ...]]
    syllables: dict[str, tuple[str, ...]]
    name: re.Pattern[str]

    def read(self, written: str) -> list[tuple[str, ...]] | None:
        """What each syllable of a name may be; the first is the family name."""
        written = _TONES.sub("", written)
        for length in range(min(len(written), _LONGEST), 0, -1):
            family = self.families.get(written[:length])
            if family and (behind := self._rest(written, length, _MOST)):
                return [family, *behind]
        return None

    def _rest(self, written: str, at: int, left: int) -> list[tuple[str, ...]] | None:
        if at == len(written):
            return []
        at += _BETWEEN.match(written, at) is not None
        for length in range(min(len(written) - at, _LONGEST), 0, -1):
            syllable = self.syllables.get(written[at : at + length])
            if syllable and left and (behind := self._rest(written, at + length, left - 1)) is not None:
                return [syllable, *behind]
        return None


def people_by_syllables(
    folded: Folded, source: str, roles: Sequence[Hit], known: Mapping[str, str], free_from: Callable[[int], int], language: Language
) -> Iterator[tuple[NameSpan, bool]]:
    """Vietnamese and Chinese people by form in a language without capitals, and whether a role stands beside them.

    `free_from` tells where the next name may begin: behind a place that is made of such syllables too.

    Folded offsets; the canonical name in plain Latin ("Bui Ngoc Son", "Guo Jiakun"). Where a spelling may be several
    syllables (`چین`: Chinh, Chien), one that makes a name of `known` wins over the likeliest.
    """
    starts, ends = sorted(role.start for role in roles), sorted(role.end for role in roles)
    others = _words(language)
    for spelt, is_vietnamese in _spelt(language):
        reached = 0
        while match := spelt.name.search(folded.text, reached):
            reached = free_from(match.start(1))
            if reached > match.start(1):
                continue
            reached = match.end()
            start, end = match.start(1), _without_words(folded.text, match.start(1), match.end(1), language, starts)
            syllables = spelt.read(folded.text[start:end])
            if syllables is None or (language.names_capitalised and not _is_capitalised(folded, source, start, end)):
                continue
            parted = is_vietnamese and len(syllables) >= _ENOUGH and len(_BETWEEN.findall(folded.text, start, end)) == len(syllables) - 1
            has_role = beside_role(start, end, starts, ends) or (
                match.end() == match.end(1) and _leads_office(folded.text, end, starts, language)
            )
            if language.script == "Hangul" and not is_vietnamese and _may_be_word(folded.text[start:end], others):
                continue
            if not parted and not has_role:
                continue
            if language.script == "Kana" and not _BETWEEN.search(folded.text, start, end):
                continue  # a word that happens to be made of such syllables
            whole = len(syllables) > 2 or language.script in UNSPACED or _ends_name(folded.text, end, language) or _is_role_at(end, starts)
            if whole:  # else the third syllable may be one that nobody listed
                finish = match.end() if end == match.end(1) else end  # with its ending
                yield NameSpan(start, finish, "", "person", _name(syllables, is_vietnamese, known), "name-by-syllables"), has_role


@lru_cache(maxsize=64)
def _words(language: Language) -> frozenset[str]:
    """Words for offices, and small ones, which no name is made of."""
    return frozenset(fold(word.rstrip("*")).text for word in (*language.words.get("person", ()), *language.stopwords))


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
    return all(piece[:1].isupper() for piece in _BETWEEN.split(written))


def _ends_name(text: str, end: int, language: Language) -> bool:
    """Whether a sign stands behind a name, or a word of the language."""
    if _NAME_ENDS.match(text, end):
        return True
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1] in language.common_words[0]


def _is_role_at(end: int, starts: Sequence[int]) -> bool:
    following = bisect_left(starts, end)
    return following < len(starts) and starts[following] <= end + 1


@lru_cache(maxsize=64)
def _spelt(language: Language) -> tuple[tuple[_Spelt, bool], ...]:
    """How a language writes the syllables of Vietnamese names (`True`), and of Chinese ones; of neither where its file lists too few."""
    vietnamese: tuple[_Counts, _Counts] = ({}, {})
    chinese: tuple[_Counts, _Counts] = ({}, {})
    others = _words(language)
    for name in sorted(language.people & language.names.keys()):
        tables, syllables = _syllables_of(name, vietnamese, chinese)
        for spelling in language.names[name] if syllables else ():
            pieces = [piece for piece in _BETWEEN.split(_TONES.sub("", fold(spelling.rstrip("*")).text)) if piece]
            if len(pieces) == len(syllables) and others.isdisjoint(pieces):  # "Mr Ho", for Hồ Chí Minh
                for place, (piece, syllable) in enumerate(zip(pieces, syllables, strict=True)):
                    tables[place > 0].setdefault(piece, Counter())[syllable] += 2
    _add_by_rule(language.script, vietnamese, chinese)
    if language.script not in UNSPACED:
        _induce(vietnamese[1], vietnamese[0], others)
    spaced = language.script not in UNSPACED
    compiled = (
        (_compiled(vietnamese, language, spaced, spaced), True),
        (_compiled(chinese, language, spaced and language.script != "Hangul", False), False),
    )
    return tuple((spelt, is_vietnamese) for spelt, is_vietnamese in compiled if spelt)


def _add_by_rule(script: str, vietnamese: tuple[_Counts, _Counts], chinese: tuple[_Counts, _Counts]) -> None:
    """What the rules of a script make of syllables, where it has such."""
    if script == "Hebrew":
        for syllable in sorted(NAME_SYLLABLES | _FAMILIES):
            for spelling in hebrew_vietnamese(syllable)[:3]:
                vietnamese[syllable not in _FAMILIES].setdefault(fold(spelling).text, Counter())[syllable] += 2
    elif script == "Kana":
        for spelling, likely in katakana_vietnamese(sorted(NAME_SYLLABLES | _FAMILIES)).items():
            for syllable in likely:
                vietnamese[syllable not in _FAMILIES].setdefault(fold(spelling).text, Counter())[syllable] += 1
    elif script == "Hangul":
        _add_hangul(chinese)


def _add_hangul(chinese: tuple[_Counts, _Counts]) -> None:
    """What the rules make of every syllable; of several (`창`: qiang, chang) the commoner one in names is likeliest."""
    by_rank = (SURNAMES_BY_RANK, tuple(dict.fromkeys((*GIVEN_SYLLABLES, *ALL_PINYIN))))
    for table, syllables in zip(chinese, by_rank, strict=True):
        for spelling, likely in hangul_pinyin(syllables).items():
            for place, syllable in enumerate(reversed(likely), start=1):
                table.setdefault(spelling, Counter())[syllable] += place


def _syllables_of(
    name: str, vietnamese: tuple[_Counts, _Counts], chinese: tuple[_Counts, _Counts]
) -> tuple[tuple[_Counts, _Counts], list[str]]:
    """Which tables a listed person's spellings belong to, and the syllables of the name, plain; none of another nation's names."""
    words = fold_words(name).split()
    if len(words) == 2 and words[0] in SURNAMES and (given := pinyin_syllables(words[1])) and not has_vietnamese_marks(name):
        return chinese, [words[0], *given]
    if words and words[0] in _FAMILIES and all(map(is_vietnamese_syllable, name.split())):
        return vietnamese, words
    return vietnamese, []


def _induce(syllables: _Counts, families: _Counts, words: Collection[str]) -> None:
    """Add the syllables of names that nobody listed, made of how the listed ones begin and end; never one of `words`.

    `هونغ` Hung, `هوانغ` Hoang, `هاي` Hai begin alike, `هونغ` and `دونغ` Dung end alike: so Khung is `خ` + `ونغ`.
    """
    listed = [
        (normalize("NFD", word), syllable) for table in (syllables, families) for word, counts in table.items() for syllable in counts
    ]
    begins: dict[str, Counter[str]] = {}
    finishes: dict[str, Counter[str]] = {}
    for (word, syllable), (other, another) in combinations(listed, 2):
        (initial, rime), (initial2, rime2) = _parted(syllable), _parted(another)
        if initial == initial2 and rime != rime2 and (begin := _shared(word, other)):
            begins.setdefault(initial, Counter())[begin] += 1
        elif rime == rime2 and initial != initial2 and (finish := _shared(word[::-1], other[::-1])[::-1]):
            finishes.setdefault(rime, Counter())[finish] += 1
    for syllable in sorted(NAME_SYLLABLES):
        initial, rime = _parted(syllable)
        for (begin, seen), (finish, also_seen) in product(_usual(begins, initial), _usual(finishes, rime)):
            if min(seen, also_seen) >= _LEAST_SEEN and len(finish) >= min(len(rime), 2):
                made = normalize("NFC", begin + finish)
                if made not in words:  # Hindi `के` ("of") is no Que
                    syllables.setdefault(made, Counter())[syllable] += 1


def _shared(left: str, right: str) -> str:
    """How two words begin alike."""
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _parted(syllable: str) -> tuple[str, str]:
    initial = _INITIAL.match(syllable)
    length = initial.end() if initial and initial.end() < len(syllable) else 0
    return syllable[:length], syllable[length:]


def _usual(counts: dict[str, Counter[str]], part: str) -> list[tuple[str, int]]:
    return counts[part].most_common(2) if part in counts else []


def _compiled(tables: tuple[_Counts, _Counts], language: Language, family_parted: bool, all_parted: bool) -> _Spelt | None:
    """`family_parted`: a blank or a dot stands behind the family name (else it may); `all_parted`: and behind every syllable."""
    families = {spelling: _likeliest(counts) for spelling, counts in tables[0].items()}
    syllables = dict(families)
    syllables |= {
        spelling: tuple(dict.fromkeys((*_likeliest(counts), *families.get(spelling, ())))) for spelling, counts in tables[1].items()
    }
    if len(families) < _LEAST or len(syllables) < _LEAST:
        return None
    spaced = language.script not in UNSPACED
    kana = language.script == "Kana"
    prefix = "|".join(sorted(map(re.escape, language.prefixes), key=len, reverse=True)) if spaced else ""
    ending = "|".join(sorted((re.escape(fold(word).text) for word in language.endings if word), key=len, reverse=True))
    optional = "" if language.script == "Hangul" else f"{_BETWEEN.pattern}?"
    first = _BETWEEN.pattern if family_parted else optional
    other = _BETWEEN.pattern if all_parted else optional
    pattern = (
        (rf"(?<![\w{_VOWEL_SIGNS}])(?:{prefix})??" if spaced else _NO_KANA_BEFORE if kana else "")
        + rf"((?:{_either(families)}){first}(?:{_either(syllables)})(?:{other}(?:{_either(syllables)})){{0,{_MOST - 2}}})"
        + (rf"(?:-?(?:{ending}))?(?![\w{_VOWEL_SIGNS}])" if spaced else _NO_KANA_BEHIND if kana else _NO_SIGN_BEHIND)
    )
    return _Spelt(families, syllables, re.compile(pattern))


def _either(spellings: Iterable[str]) -> str:
    return "|".join(map(_toned, sorted(spellings, key=lambda spelling: (-len(spelling), spelling))))


def _toned(spelling: str) -> str:
    """A spelling whose characters may carry a mark of tone or length, in the scripts that have such."""
    if not ("\u0e00" <= spelling[0] < "\u0f00" or "\u3040" <= spelling[0] < "\u3100"):
        return re.escape(spelling)
    return "".join(f"{re.escape(char)}{_TONES.pattern}?" for char in spelling)


def _likeliest(counts: Counter[str]) -> tuple[str, ...]:
    """The syllables that a spelling stands for, most often first; of equals those that given names are often made of."""
    return tuple(sorted(counts, key=lambda syllable: (-counts[syllable], syllable not in NAME_SYLLABLES, syllable)))
