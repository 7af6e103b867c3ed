"""People outside the gazetteer, found by form: Vietnamese names by their syllables, others by the role word before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.names.chinese import chinese_people
from timeline.names.syllables import people_by_syllables
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES, cyrillic_syllables, is_vietnamese_syllable
from timeline.text import Folded, fold_words, has_vietnamese_marks, script_of

_WORD = re.compile(r"[^\W\d_]+")
_MOST_SYLLABLES = 4
_ALONE = 3  # syllables of a Vietnamese name that needs no role word beside it
_AFTER_ROLE = 30  # characters between a role and the name that follows ("Chairman of the committee, Mr …")
_MOST_WORDS = 4  # of a name that is not Vietnamese
_CLAUSE_END = re.compile(r"[.;:(\n]")
# Between the role and a foreign name: a district or a country in small letters ("губернатор … области"); English writes
# such names with capitals like people's, so there (`titles_capitalised`) the name must follow at once.
_BETWEEN_ROLE_AND_NAME = 40

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚŁŃŇŌŘŚŠŤŪŮŹŻŽƠƯА-ЯЁЄІЇҐẠ-Ỹ]"
_TWO_CAPITALS = re.compile(rf"{_CAPITAL}[^\W\d_]+[ -]{_CAPITAL}")  # what two words of a name look like; the rest is looked at closely
_THREE_CAPITALS = re.compile(rf"{_CAPITAL}[^\W\d_]+[ -]{_CAPITAL}[^\W\d_]+[ -]{_CAPITAL}")
_TWO_WORDS = 20  # characters of them

Syllable = Callable[[str], str]


Spans = Sequence[tuple[int, int]]


def people_by_form(folded: Folded, source: str, hits: Sequence[Hit], taken: Spans, inner: Spans, language: Language) -> list[NameSpan]:
    """Names of people by their form. Folded offsets.

    A Vietnamese family name and two or three Vietnamese syllables behind it are a person anywhere; with one syllable,
    and names of other languages, only beside a role word. Languages without capitals know Vietnamese and Chinese names
    by the syllables that their listed names have. No name shares a character with the spans `taken`; those of `inner` it
    may hold, behind its family name.
    """
    spans: list[NameSpan] = []
    used = bytearray(len(folded.text))  # a mark on each character that a name has, so that a crowd of names stays linear
    for start, end in inner:
        used[start:end] = _INNER + _INSIDE * (end - start - 1)
    for start, end in taken:
        used[start:end] = _USED * (end - start)

    def keep(span: NameSpan | None, may_hold: bool = False) -> None:
        if span and (_holds_whole(used, span) if may_hold else not any(used[span.start : span.end])):
            spans.append(span)
            used[span.start : span.end] = _USED * (span.end - span.start)

    persons = [hit for hit in hits if hit.phrase.kind == "word" and hit.phrase.key in ("person", "party_secretary")]
    roles = [hit for hit in persons if hit.phrase.key == "person" and _names_follow(folded, source, hit)] if _is_cased(language) else []
    for span in chinese_people(folded, source, persons, language):
        keep(span)
    if not _is_cased(language):
        for span, beside_role in people_by_syllables(folded, persons, language):
            keep(span, may_hold=beside_role)
    for hit in roles:
        keep(_after(folded, source, hit, language), may_hold=True)
    script = language.script if _is_cased(language) else "Latin"  # pages leave some names as they are
    for found in _vietnamese_anywhere(folded, source, script, language):
        keep(found, may_hold=True)
    for hit in roles:
        keep(_foreign_after(folded, source, hit, used, language))
    return spans


def _is_cased(language: Language) -> bool:
    return language.names_capitalised and language.script in _FAMILIES


_USED, _INNER, _INSIDE = b"\x01", b"\x02", b"\x03"


def _holds_whole(used: bytearray, span: NameSpan) -> bool:
    """Whether a name begins outside every other, and those that it meets lie in it whole."""
    crossed = span.end < len(used) and used[span.end : span.end + 1] == _INSIDE
    return not used[span.start] and used.find(_USED, span.start, span.end) < 0 and not crossed


_FAMILIES = frozenset(("Latin", "Cyrillic"))


@cache
def _families(script: str) -> re.Pattern[str]:
    """A family name, folded, as the script writes it."""
    names = {fold_words(name) for name in VIETNAMESE_FAMILY_NAMES}
    if script == "Cyrillic":
        names = {word for word, latin in cyrillic_syllables().items() if latin in names}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)")


def _names_follow(folded: Folded, source: str, role: Hit) -> bool:
    """Whether two words with capitals stand behind a role: most roles have none."""
    begin = folded.source(role.end)
    return _TWO_CAPITALS.search(source, begin, begin + _BETWEEN_ROLE_AND_NAME + _TWO_WORDS) is not None


def _vietnamese_anywhere(folded: Folded, source: str, script: str, language: Language) -> Iterator[NameSpan | None]:
    """Names of three syllables and more, which need no role beside them."""
    for match in _families(script).finditer(folded.text) if _THREE_CAPITALS.search(source) else ():
        if source[folded.source(match.start())].isupper():
            yield _vietnamese_at(folded, source, match.start(), script, language, _ALONE)


def _after(folded: Folded, source: str, hit: Hit, language: Language) -> NameSpan | None:
    """The first Vietnamese name within reach behind a role, in the same clause."""
    match = _families(language.script).search(folded.text, hit.end, hit.end + _AFTER_ROLE + 24)
    if match is None or match.start() - hit.end > _AFTER_ROLE or _CLAUSE_END.search(folded.text, hit.end, match.start()):
        return None
    return _vietnamese_at(folded, source, match.start(), language.script, language, 2)


def _vietnamese_at(folded: Folded, source: str, begin: int, script: str, language: Language, least: int) -> NameSpan | None:
    """The run of capitalised Vietnamese syllables from `begin`; the last may carry an ending of the language."""
    syllable_of = _latin if script == "Latin" else _cyrillic
    first = _WORD.match(source, folded.source(begin))
    if first and has_vietnamese_marks(first[0]) and first[0] not in VIETNAMESE_FAMILY_NAMES:  # "Tổng Bí thư" is no Mr Tống
        return None
    syllables: list[str] = []
    end = begin
    for word, _, finish in _run(folded, source, begin):
        syllable = _freed(word, language.endings, syllable_of)
        if not syllable or len(syllables) == _MOST_SYLLABLES:
            break
        syllables.append(syllable)
        end = finish
        if not syllable_of(word):  # an ending closes the name
            break
    return NameSpan(begin, end, "", "person", " ".join(syllables), "name-by-form") if len(syllables) >= least else None


def _run(folded: Folded, source: str, begin: int) -> Iterator[tuple[str, int, int]]:
    """Capitalised words from `begin` on, with a blank or a hyphen between, as written and with their folded ends."""
    reached = begin
    for word in _WORD.finditer(folded.text, begin):
        written = source[folded.source(word.start()) : folded.source_end(word.end())]
        if (word.start() > begin and folded.text[reached : word.start()] not in (" ", "-")) or not written[:1].isupper():
            return
        yield written, word.start(), word.end()
        reached = word.end()


def _latin(written: str) -> str:
    return written if is_vietnamese_syllable(written) else ""


def _cyrillic(written: str) -> str:
    return cyrillic_syllables().get(written.lower(), "").capitalize()


@cache
def _longest_first(endings: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(endings - {""}, key=lambda ending: (-len(ending), ending)))


def _freed(written: str, endings: frozenset[str], syllable_of: Syllable) -> str:
    """A Vietnamese syllable, freed of an ending of the language (`Dongem` → `Dong`); empty when it is none."""
    if syllable := syllable_of(written):
        return syllable
    for ending in _longest_first(endings):
        if written.endswith(ending) and len(written) > len(ending) + 1 and (syllable := syllable_of(written[: -len(ending)])):
            return syllable
    return ""


def _foreign_after(folded: Folded, source: str, hit: Hit, used: bytearray, language: Language) -> NameSpan | None:
    """Two to four capitalised words behind a role: "mayor Jean-Luc Moudenc"."""
    limit = hit.end + (2 if language.titles_capitalised else _BETWEEN_ROLE_AND_NAME)
    position = hit.end
    while word := _WORD.search(folded.text, position):
        if word.start() > limit or _CLAUSE_END.search(folded.text, hit.end, word.start()):
            return None
        position = word.end()
        if not source[folded.source(word.start())].isupper():
            continue
        run = list(_run(folded, source, word.start()))
        before = _WORD.findall(folded.text, hit.end, word.start())
        of_place = bool(before) and before[-1] in language.stopwords  # "mayor of Saint-Ouen"
        free = not any(used[run[0][1] : run[-1][2]])
        if free and not of_place and 2 <= len(run) <= _MOST_WORDS and all(_is_name_word(piece[0], language) for piece in run):
            return NameSpan(run[0][1], run[-1][2], "", "person", " ".join(piece[0] for piece in run), "name-after-role")
        position = run[-1][2]
    return None


def _is_name_word(written: str, language: Language) -> bool:
    if script_of(written[0]) != language.script or len(written) == 1 or written.isupper():
        return False
    words, stems = language.common_words
    word = _folded(written)
    return word not in words and not any(word[:length] in stems for length in range(_STEM, len(word) + 1))


@lru_cache(maxsize=1 << 12)
def _folded(word: str) -> str:
    return fold_words(word)


_STEM = 5  # letters of `komitet*`
