"""People by the office named beside them: "mayor Jean-Luc Moudenc", "Kövér László házelnök", in scripts with capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile, islice, pairwise, takewhile

from anyascii import anyascii

from timeline.knowledge import Hit, Language
from timeline.names.finds import Named
from timeline.names.runs import CLAUSE_END, PARTICLES, WORD, Piece, behind, run_of
from timeline.names.transcribe import is_vietnamese_syllable, pinyin_syllables
from timeline.text import CAPITAL, Folded, fold_words, script_of

_MOST_WORDS = 4
_LONGEST_RUN = 10  # words that are looked at
_STEM = 5  # letters of `komitet*`
_SHORTEST_IN_CAPITALS = 4  # letters of a family name all in capitals ("Jean-Noël BARROT"); shorter ones are acronyms
# Between the role and the name: a district or a country in small letters ("губернатор … области"); English writes such
# names with capitals like people's, so there (`titles_capitalised`) the name must follow at once.
_BETWEEN_ROLE_AND_NAME = 40
_BRACKETS = re.compile(r"\([^()]*\)")
_CLAUSE = 80  # characters that are searched for the end of a clause at once
_SIGNS = 3  # characters between a name and the next: ", ", ") "
_TWO_WORDS = 20  # characters of two words of a name
_TWO_CAPITALS = re.compile(
    rf"{CAPITAL}[^\W\d_]{{1,60}}+[ -](?:[a-z]{{1,5}} ){{0,2}}{CAPITAL}"
)  # what they look like; the rest is looked at closely
_BEFORE = 60  # characters of a name that stands before its office
_BESIDE_PLACE = re.compile(r"[ ()-]{0,3}")
_LAST_WORDS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]++[ -]){0,5}[^\W\d_]++(?=,? (?:[^\W\d_]{1,3} )?$)")
_LONGEST_TAIL = 7  # characters that stand behind those words: ", the "
# What Ukrainian letters are in Latin ones, where they differ from Russian (Cabinet of Ministers of Ukraine, resolution 55, 2010).
_UKRAINIAN = str.maketrans("гГиИйЙ", "hHyYii")


def names_follow(folded: Folded, source: str, role: Hit) -> bool:
    """Whether two words with capitals stand behind a role: most roles have none."""
    begin = folded.source(role.end)
    return _TWO_CAPITALS.search(source, begin, begin + _BETWEEN_ROLE_AND_NAME + _TWO_WORDS) is not None


def names_precede(folded: Folded, source: str, role: Hit) -> bool:
    """Whether two words with capitals stand before a role."""
    end = folded.source(role.start)
    return _TWO_CAPITALS.search(source, max(0, end - _BEFORE), end) is not None


def named_after(folded: Folded, source: str, hit: Hit, used: bytearray, language: Language) -> Named | None:
    """Two to four capitalised words behind a role, a country between: "mayor Jean-Luc Moudenc", "Menlu Thailand Don Pramudwinai"."""
    text = folded.text
    limit = hit.end + (2 if language.titles_capitalised else _BETWEEN_ROLE_AND_NAME)
    begin = reached = behind(text, hit.start, hit.end)
    clause = CLAUSE_END.search(text, begin, begin + _CLAUSE)
    sure = clause.start() if clause else begin + _CLAUSE  # up to there the clause goes on
    for word in WORD.finditer(text, begin):
        start, end = word.span()
        if start < reached:  # in what was no name
            continue
        if start > limit or (start > sure and _ends_clause(text[begin:start], bool(used[start]))):
            break
        # the country, the body, the province whose it is
        if end + _SIGNS > limit and (used[start] or word[0] in language.joining_words or language.is_place_word(word[0])):
            limit = end + _SIGNS
        if used[start] or not source[folded.source(start)].isupper():
            continue
        run = _unused(islice(run_of(folded, source, start), _LONGEST_RUN), used)
        if not run:
            continue
        if not _is_of_place(folded, source, hit, start, language) and (name := _named(folded, run, language)):
            return name
        reached = run[-1][2]
        if language.is_place_word(_folded(run[0][0])):  # "Gubernur Provinsi Gangwon, Kim Min-seok"
            limit = max(limit, reached + _SIGNS)
    return None


def _ends_clause(gap: str, before_name: bool) -> bool:
    """Whether a clause ends between a role and a word, outside brackets; a name in brackets goes on with it (`before_name`)."""
    if CLAUSE_END.search(gap) is None:
        return False
    gap = _BRACKETS.sub("", gap)
    return CLAUSE_END.search(gap.removesuffix("(") if before_name else gap) is not None


def _is_of_place(folded: Folded, source: str, hit: Hit, start: int, language: Language) -> bool:
    """Whether what begins at `start` is where the office is, or a day: "mayor of Saint-Ouen", "Başkanı, 17 Temmuz Perşembe"."""
    before = WORD.findall(folded.text, hit.end, start)
    place = folded.source(start)
    return (bool(before) and before[-1] in language.stopwords) or source[max(0, place - 3) : place].rstrip(" .")[-1:].isdigit()


def _unused(run: Iterable[Piece], used: bytearray) -> list[Piece]:
    """The pieces of a run up to the first that another name has, without what leads it in capitals: "minister RP Radosław Sikorski"."""
    free = list(takewhile(lambda piece: not any(used[piece[1] : piece[2]]), run))
    return list(dropwhile(lambda piece: piece[0].isupper() or piece[0] in PARTICLES, free))


def _named(folded: Folded, run: Sequence[Piece], language: Language) -> Named | None:
    """A run of capitalised words as a name, if it has two to four of them, and none is a word for an office or an event.

    What small words join to it is left out where it is no name: "Juan Pérez de la Asamblea".
    """
    first = list(takewhile(lambda piece: piece[0][0].isupper(), run))
    if len(first) < len(run) and all(_is_name_word(piece[0], language) for piece in run if piece[0][0].isupper()):
        first = list(run[: max(k for k, piece in enumerate(run) if piece[0][0].isupper()) + 1])
    capitals = [piece[0] for piece in first if piece[0][0].isupper()]
    if not 2 <= len(capitals) <= _MOST_WORDS or not all(_is_name_word(word, language) for word in capitals):
        return None
    if _folded(capitals[0]) in PARTICLES or capitals[0].isupper():
        return None
    return Named(first[0][1], first[-1][2], "person", _romanised(folded, first, language), "name-beside-office")


def named_before(folded: Folded, source: str, hit: Hit, used: bytearray, language: Language) -> Named | None:
    """Two to four capitalised words before an office: "Kövér László házelnök", "John Smith, the mayor".

    Words that are Vietnamese or Chinese syllables throughout are no such name: they would be found by their form, and are
    often a place ("Ba Be Lake, chairman …").
    """
    text = folded.text
    low = max(0, hit.start - _BEFORE)
    place = _place_before(text, low, hit.start, used, language)
    tail = text[max(low, place - _LONGEST_TAIL) : place]
    if tail[-1:] not in (" ", "\n") or not (language.offices_follow or "," in tail):
        return None
    match = _LAST_WORDS.search(text[low:place])
    if match is None or not (language.offices_follow or "," in text[low + match.end() : place]):
        return None
    end = low + match.end()
    starts = [word.start() for word in WORD.finditer(text, low + match.start(), end)]
    starts = [start for start in starts if text[start - 1 : start] != "-" or source[folded.source(start)].isupper()]
    capital = [source[folded.source(start)].isupper() for start in starts]
    first = len(starts) - len(list(takewhile(bool, reversed(capital))))
    if len(starts) - first < 2:
        return None
    run = [piece for piece in run_of(folded, source, starts[first]) if piece[2] <= end]
    if any(any(used[piece[1] : piece[2]]) for piece in run) or run[-1][2] != end:
        return None
    if all(is_vietnamese_syllable(piece[0]) or pinyin_syllables(piece[0]) for piece in run):
        return None
    return _named(folded, run, language)


def _place_before(text: str, low: int, start: int, used: bytearray, language: Language) -> int:
    """Where the places that stand before an office begin: `Bounthong Sayavong, Luang Prabang (Laosz) kormányzója`; else the office."""
    position, begin = start, start
    for word in reversed(list(WORD.finditer(text, low, start))):
        if not _BESIDE_PLACE.fullmatch(text, word.end(), position):
            break
        position = word.start()
        if used[position]:
            begin = position
        elif not (word[0] in language.joining_words or language.is_place_word(word[0])):
            break
    return begin


def _romanised(folded: Folded, run: Sequence[Piece], language: Language) -> str:
    """A name in Latin letters: "Константин Внуков" → Konstantin Vnukov, "Андрій Сибіга" → Andrii Sybiha."""
    words = [piece[0].capitalize() if piece[0].isupper() else piece[0] for piece in run]
    gaps = [folded.text[left[2] : right[1]] for left, right in pairwise(run)]
    name = "".join(map("".join, zip(words, [*gaps, ""], strict=True)))
    if language.script == "Latin":
        return name
    plain = anyascii(name.translate(_UKRAINIAN) if language.code == "uk" else name).replace("'", "")
    return re.sub(r"iy\b", "y", plain)


@lru_cache(maxsize=1 << 12)
def _is_name_word(written: str, language: Language) -> bool:
    short = len(written) == 1 or (written.isupper() and len(written) < _SHORTEST_IN_CAPITALS)
    if short or script_of(written[0]) != language.script:
        return False
    words, stems = language.common_words
    word = _folded(written)
    if word in PARTICLES:  # "Luigi Di Maio"
        return True
    return word not in words and not any(word[:length] in stems for length in range(_STEM, len(word) + 1))


@lru_cache(maxsize=1 << 12)
def _folded(word: str) -> str:
    return fold_words(word)
