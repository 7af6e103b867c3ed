"""How a language without capitals writes the syllables of names: what those of its listed people tell, and what is made of it by rule.

A language file that lists `팜 민 찐` for Phạm Minh Chính tells how the language writes `Phạm`, `Minh` and `Chính`; those of some
hundred people tell nearly all syllables that names have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, product, takewhile
from typing import NamedTuple
from unicodedata import normalize

from timeline.knowledge import Language, kept_pattern
from timeline.names.chinese import GIVEN_SYLLABLES, SURNAMES, SURNAMES_BY_RANK
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
from timeline.text import UNSPACED, Folded, fold_short, fold_words, has_vietnamese_marks

BETWEEN = re.compile("[ ・·=＝-]")
_MOST = 4
_LONGEST = 12  # characters of a syllable
VOWEL_SIGNS = "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"  # letters to a reader, but not to `re`
_WORD_BEGINS = rf"(?<![\w{VOWEL_SIGNS}])"
_ANY_WORD = re.compile(rf"[\w{VOWEL_SIGNS}]+")
_NO_KANA_BEFORE, _NO_KANA_BEHIND = "(?<![\u30a1-\u30ff])", "(?![\u30a1-\u30ff])"  # a name in katakana is a whole run of it
# Vowel signs and tones of Thai, Lao and Khmer, which belong to the letter before: a name ends before none.
_NO_SIGN_BEHIND = "(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebd\u0ec8-\u0ecd\u17b6-\u17d3])"
_FAMILIES = frozenset(fold_words(name) for name in VIETNAMESE_FAMILY_NAMES)
_LEAST = 12  # spellings that make a table of syllables
_TONES = re.compile("[\u0e48-\u0e4c\u0ec8-\u0eccー]")  # Thai and Lao tones, kana length: every page sets them in its own way
_MAY_CARRY_TONE = re.compile("[\u0e00-\u0eff\u3040-\u30ff]")
_INITIAL = re.compile(r"(?:ngh?|tr|th|ch|kh|nh|ph|gi|gh|qu|[bcdghklmnprstvx])?")
_LEAST_SEEN = 2  # times that a beginning or an end is seen before others are made with it

_Tree = dict[str, "_Tree"]  # spellings by their characters; "" where one ends
_Counts = dict[str, Counter[str]]  # spelling → which syllables it stands for, and how often


class _Borders(NamedTuple):
    """Patterns of what stands around a name and between its syllables."""

    before: str
    first: str  # behind the family name
    other: str  # behind any other syllable
    behind: str


@dataclass(frozen=True)
class Spelt:
    """How a language writes the syllables of one nation's names: folded spelling → plain Latin, likeliest first."""

    is_vietnamese: bool  # else Chinese
    families: dict[str, tuple[str, ...]]
    syllables: dict[str, tuple[str, ...]]
    borders: _Borders
    heads: frozenset[str]  # of these one stands in every text with a name; none where the script parts no words

    @cached_property
    def name(self) -> re.Pattern[str]:
        """What finds a name, made when a text first may hold one: to compile it takes as long as to read thirty texts."""
        before, first, other, behind = self.borders
        family, syllable = _either(self.families), _either(self.syllables)
        given = f"{first}{syllable}(?:{other}{syllable}){{0,{_MOST - 2}}}" if first != other else f"(?:{other}{syllable}){{1,{_MOST - 1}}}"
        return kept_pattern(f"{before}({family}{given}){behind}")

    def may_stand_in(self, folded: Folded, language: Language, beside_roles: bool) -> bool:
        """Whether a name may be found at all: far cheaper than the search for it, and mostly the end of it."""
        if self.heads:
            words = folded.words.split()
            glued = language.script == "Hangul" and not self.is_vietnamese
            if self.heads.isdisjoint([word[:2] for word in words] if glued else words):
                return False
        if beside_roles:
            return True
        # without a role a blank must part all syllables
        text = folded.text if self.heads else _TONES.sub("", folded.text)
        return not self.syllables.keys().isdisjoint(BETWEEN.split(text)[1:-1])

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
        at += BETWEEN.match(written, at) is not None
        for length in range(min(len(written) - at, _LONGEST), 0, -1):
            syllable = self.syllables.get(written[at : at + length])
            if syllable and left and (behind := self._rest(written, at + length, left - 1)) is not None:
                return [syllable, *behind]
        return None


@lru_cache(maxsize=64)
def words_of_offices(language: Language) -> frozenset[str]:
    """Words for offices, and small ones, which no name is made of."""
    return frozenset(fold_short(word.rstrip("*")) for word in (*language.words.get("person", ()), *language.stopwords))


@lru_cache(maxsize=64)
def spelt_of(language: Language) -> tuple[Spelt, ...]:
    """How a language writes the syllables of Vietnamese names, and of Chinese ones; of neither where its file lists too few."""
    vietnamese: tuple[_Counts, _Counts] = ({}, {})
    chinese: tuple[_Counts, _Counts] = ({}, {})
    others = words_of_offices(language)
    for name in sorted(language.people & language.names.keys()):
        tables, syllables = _syllables_of(name, vietnamese, chinese)
        for spelling in language.names[name] if syllables else ():
            pieces = [piece for piece in BETWEEN.split(_TONES.sub("", fold_short(spelling.rstrip("*")))) if piece]
            if len(pieces) == len(syllables) and others.isdisjoint(pieces):  # "Mr Ho", for Hồ Chí Minh
                for place, (piece, syllable) in enumerate(zip(pieces, syllables, strict=True)):
                    tables[place > 0].setdefault(piece, Counter())[syllable] += 2
    _add_by_rule(language.script, vietnamese, chinese)
    if language.script not in UNSPACED:
        _induce(vietnamese[1], vietnamese[0], others)
    spaced = language.script not in UNSPACED
    compiled = (
        _compiled(True, vietnamese, language, spaced, spaced),
        _compiled(False, chinese, language, spaced and language.script != "Hangul", False),
    )
    return tuple(spelt for spelt in compiled if spelt)


def _add_by_rule(script: str, vietnamese: tuple[_Counts, _Counts], chinese: tuple[_Counts, _Counts]) -> None:
    """What the rules of a script make of syllables, where it has such."""
    if script == "Hebrew":
        for syllable in sorted(NAME_SYLLABLES | _FAMILIES):
            for spelling in hebrew_vietnamese(syllable)[:3]:
                vietnamese[syllable not in _FAMILIES].setdefault(fold_short(spelling), Counter())[syllable] += 2
    elif script == "Kana":
        for spelling, likely in katakana_vietnamese(sorted(NAME_SYLLABLES | _FAMILIES)).items():
            for syllable in likely:
                vietnamese[syllable not in _FAMILIES].setdefault(fold_short(spelling), Counter())[syllable] += 1
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
        (normalize("NFD", word), *_parted(syllable))
        for table in (syllables, families)
        for word, counts in table.items()
        for syllable in counts
    ]
    begins: dict[str, Counter[str]] = {}
    finishes: dict[str, Counter[str]] = {}
    for (word, initial, rime), (other, initial2, rime2) in combinations(listed, 2):
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


def _compiled(
    is_vietnamese: bool, tables: tuple[_Counts, _Counts], language: Language, family_parted: bool, all_parted: bool
) -> Spelt | None:
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
    prefix = "|".join(sorted(map(re.escape, sorted(language.prefixes)), key=len, reverse=True)) if spaced else ""
    ending = "|".join(sorted((re.escape(fold_short(word)) for word in sorted(language.endings) if word), key=len, reverse=True))
    optional = "" if language.script == "Hangul" else f"{BETWEEN.pattern}?"
    borders = _Borders(
        before=rf"{_WORD_BEGINS}(?:{prefix})??" if spaced else _NO_KANA_BEFORE if kana else "",
        first=BETWEEN.pattern if family_parted else optional,
        other=BETWEEN.pattern if all_parted else optional,
        behind=rf"(?:-?(?:{ending}))?(?![\w{VOWEL_SIGNS}])" if spaced else _NO_KANA_BEHIND if kana else _NO_SIGN_BEHIND,
    )
    return Spelt(is_vietnamese, families, syllables, borders, _heads(families, syllables, language, family_parted))


def _heads(families: Iterable[str], syllables: Iterable[str], language: Language, family_parted: bool) -> frozenset[str]:
    """Words of which one begins every name, in scripts that part words: the family names, with the language's prefixes; where the
    other syllables are glued to them, the two first letters.
    """
    if language.script in UNSPACED:
        return frozenset()
    led = [prefix + family for prefix in ("", *language.prefixes) for family in families]
    if family_parted:
        return frozenset(_ANY_WORD.findall(word)[-1] for word in led)
    return frozenset((word + syllable)[:2] for word, syllable in product(led, syllables))


def _either(spellings: Iterable[str]) -> str:
    """A pattern of any of the spellings, of several the longest; what they begin alike with is looked at once."""
    tree: _Tree = {}
    for spelling in spellings:
        node = tree
        for char in spelling:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: _Tree) -> str:
    branches = [_toned(char) + _branches(node) for char, node in tree.items() if char]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + "?" * ("" in tree)


def _toned(char: str) -> str:
    """A character that may carry a mark of tone or length, in the scripts that have such."""
    return re.escape(char) + (f"{_TONES.pattern}?" if _MAY_CARRY_TONE.match(char) else "")


def _likeliest(counts: Counter[str]) -> tuple[str, ...]:
    """The syllables that a spelling stands for, most often first; of equals those that given names are often made of."""
    return tuple(sorted(counts, key=lambda syllable: (-counts[syllable], syllable not in NAME_SYLLABLES, syllable)))
