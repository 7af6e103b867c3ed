"""Villages, communes and districts that no table lists: the capitalised Vietnamese syllables beside such a noun ("xã Cốc Pàng")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from timeline.knowledge import Hit, Language
from timeline.names.finds import Named
from timeline.names.runs import WORD, Piece, run_of
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES, is_vietnamese_syllable
from timeline.text import Folded, fold_words

_FAMILIES = frozenset(map(fold_words, VIETNAMESE_FAMILY_NAMES))
_MOST_WORDS = 3
_BEFORE = 24  # characters of a name before its noun


def villages_of(folded: Folded, source: str, words: Sequence[Hit], language: Language) -> Iterator[Named]:
    """Places by their form in a language of Latin letters; folded offsets, the name as it is written."""
    if language.script != "Latin" or not language.names_capitalised:
        return
    for noun in words:
        if noun.phrase.key != "city":
            continue
        span = _behind(folded, source, noun, language)
        if span is None and language.owners != "behind":
            span = _in_front(folded, source, noun)
        if span is not None:
            yield span


def _behind(folded: Folded, source: str, noun: Hit, language: Language) -> Named | None:
    """`xã Cốc Pàng`, `commune de Cốc Pàng`."""
    first = WORD.search(folded.text, noun.end, noun.end + 1 + _BEFORE)
    if first and first.start() == noun.end + 1 and first[0] in language.stopwords and source[folded.source(first.start())].islower():
        first = WORD.match(folded.text, first.end() + 1)
    if first is None or folded.text[first.start() - 1] != " " or first.start() > noun.end + _MOST_WORDS + 2:
        return None
    return _village(list(takewhile(_is_syllable, run_of(folded, source, first.start()))))


def _in_front(folded: Folded, source: str, noun: Hit) -> Named | None:
    """`Coc Pang commune`."""
    low = max(0, noun.start - _BEFORE)
    found = [low + word.start() for word in WORD.finditer(folded.text[low : noun.start])]
    pieces: list[Piece] = []
    for start in reversed(found):
        piece = next(run_of(folded, source, start), None)
        follows = pieces[0][1] if pieces else noun.start
        if piece is None or piece[2] != follows - 1 or folded.text[piece[2]] != " " or not _is_syllable(piece):
            break
        pieces.insert(0, piece)
    return _village(pieces)


def _is_syllable(piece: Piece) -> bool:
    return piece[0][:1].isupper() and not piece[0].isupper() and is_vietnamese_syllable(piece[0])


def _village(pieces: Sequence[Piece]) -> Named | None:
    """Two or three syllables; more, or three behind a family name, are a person or a title."""
    if not 2 <= len(pieces) <= _MOST_WORDS or (len(pieces) == _MOST_WORDS and fold_words(pieces[0][0]) in _FAMILIES):
        return None
    return Named(pieces[0][1], pieces[-1][2], "place", " ".join(piece[0] for piece in pieces), "place-by-form")
