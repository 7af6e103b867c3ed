"""People by the office named beside them: "mayor Jean-Luc Moudenc", "Kövér László házelnök", in scripts with capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile, islice, pairwise, takewhile

from anyascii import anyascii

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
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
_SIGNS = 3  # characters between a name and the next: ", ", ") "
_TWO_WORDS = 20  # characters of two words of a name
_TWO_CAPITALS = re.compile(
    rf"{CAPITAL}[^\W\d_]+[ -](?:[a-z]{{1,5}} ){{0,2}}{CAPITAL}"
)  # what they look like; the rest is looked at closely
_BEFORE = 60  # characters of a name that stands before its office
_BESIDE_PLACE = re.compile(r"[ ()-]{0,3}")
_LAST_WORDS = re.compile(r"(?:[^\W\d_]+[ -]){0,5}[^\W\d_]+(?=,? (?:[^\W\d_]{1,3} )?$)")
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


def named_after(folded: Folded, source: str, hit: Hit, used: bytearray, language: Language) -> NameSpan | None:
    """Two to four capitalised words behind a role, a country between: "mayor Jean-Luc Moudenc", "Menlu Thailand Don Pramudwinai"."""
    limit = hit.end + (2 if language.titles_capitalised else _BETWEEN_ROLE_AND_NAME)
    begin = position = behind(folded.text, hit.start, hit.end)
    while (word := WORD.search(folded.text, position)) and word.start() <= limit:
        position = word.end()
        is_used = bool(used[word.start()])
        gap = _BRACKETS.sub("", folded.text[begin : word.start()])
        if CLAUSE_END.search(gap.removesuffix("(") if is_used else gap):
            return None
        if (
            is_used or word[0] in language.joining_words or language.is_place_word(word[0])
        ):  # the country, the body, the province whose it is
            limit = max(limit, position + _SIGNS)
            if is_used:
                continue
        if not source[folded.source(word.start())].isupper():
            continue
        before = WORD.findall(folded.text, hit.end, word.start())
        of_place = bool(before) and before[-1] in language.stopwords  # "mayor of Saint-Ouen"
        place = folded.source(word.start())
        of_place = of_place or source[max(0, place - 3) : place].rstrip(" .")[-1:].isdigit()  # "Başkanı, 17 Temmuz Perşembe"
        run = _unused(islice(run_of(folded, source, word.start()), _LONGEST_RUN), used)
        if not of_place and (span := _named(folded, run, language)):
            return span
        position = max(position, run[-1][2] if run else 0)
        if run and language.is_place_word(_folded(run[0][0])):  # "Gubernur Provinsi Gangwon, Kim Min-seok"
            limit = max(limit, position + _SIGNS)
    return None


def _unused(run: Iterable[Piece], used: bytearray) -> list[Piece]:
    """The pieces of a run up to the first that another name has, without what leads it in capitals: "minister RP Radosław Sikorski"."""
    free = list(takewhile(lambda piece: not any(used[piece[1] : piece[2]]), run))
    return list(dropwhile(lambda piece: piece[0].isupper() or piece[0] in PARTICLES, free))


def _named(folded: Folded, run: Sequence[Piece], language: Language) -> NameSpan | None:
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
    return NameSpan(first[0][1], first[-1][2], "", "person", _romanised(folded, first, language), "name-beside-office")


def named_before(folded: Folded, source: str, hit: Hit, used: bytearray, language: Language) -> NameSpan | None:
    """Two to four capitalised words before an office: "Kövér László házelnök", "John Smith, the mayor".

    Words that are Vietnamese or Chinese syllables throughout are no such name: they would be found by their form, and are
    often a place ("Ba Be Lake, chairman …").
    """
    low = max(0, hit.start - _BEFORE)
    place = _place_before(folded.text, low, hit.start, used, language)
    match = _LAST_WORDS.search(folded.text, low, place)
    if match is None or ("," not in folded.text[match.end() : place] and not language.offices_follow):
        return None
    starts = [low + word.start() for word in WORD.finditer(folded.text[low : match.end()]) if low + word.start() >= match.start()]
    starts = [start for start in starts if folded.text[start - 1 : start] != "-" or source[folded.source(start)].isupper()]
    capital = [source[folded.source(start)].isupper() for start in starts]
    first = len(starts) - len(list(takewhile(bool, reversed(capital))))
    if len(starts) - first < 2:
        return None
    run = [piece for piece in run_of(folded, source, starts[first]) if piece[2] <= match.end()]
    if any(any(used[piece[1] : piece[2]]) for piece in run) or run[-1][2] != match.end():
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
