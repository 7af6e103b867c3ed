"""The knowledge as evidence: what may stand on a page, and what it is evidence of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from timeline.knowledge import Knowledge, Language, Phrase, Place, Province
from timeline.names.gazetteer import NameKey, name_phrases
from timeline.sieve.criteria import Criteria
from timeline.text import has_vietnamese_marks, script_of

_OPEN = re.compile(r"[*…]")  # where any ending, or other words, may stand
# Letters of a word below which it may be part of any other: as a piece of a phrase, as a word, as one that is said of much else too.
_LEAST = {"Han": (1, 2, 3), "Hangul": (2, 2, 3), "Kana": (2, 3, 4), "Arabic": (3, 4, 5), "Hebrew": (3, 4, 5), "Devanagari": (3, 5, 6)}
_LEAST |= {"Bengali": (3, 5, 6), "Thai": (3, 4, 7), "Lao": (3, 4, 7), "Khmer": (3, 4, 7)}
_LEAST_LETTERS, _LEAST_VIETNAMESE = (4, 6, 7), (4, 6, 9)  # a word of Vietnamese is two or three short ones
_COMMON = "dealing"
# Letters of a name up to which it may be another's, or a piece of a word where no blanks stand.
_SHORT = {"Han": 2, "Hangul": 2, "Kana": 3, "Arabic": 5, "Hebrew": 5}
_SHORT_LETTERS = 4
_OWN = frozenset(("gate", "border", "province"))  # kinds of which such names are only `…_like`
_LEAST_STEM = 4  # of a name, which is written with a capital or in a script of its own
_ACRONYM = 4  # letters: what is shorter and all in capitals is a word in small letters elsewhere


@dataclass(frozen=True, slots=True)
class Evidence:
    """Spellings as the tables write them, each with its kinds of evidence; one that ends in `*` is the beginning of a word.

    A phrase is the pieces that must all stand on the page.
    """

    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    phrases: defaultdict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add_name(self, text: str, kind: str) -> None:
        """Of a name with endings inside, what is written as a name: of `hraničn* přechod* Trà Lĩnh` the last two words."""
        pieces = [piece.strip() for piece in _OPEN.split(text) if piece.strip()]
        capitals = [piece for piece in pieces if piece != piece.lower()]
        if len(capitals) > 1 or (len(pieces) > 1 and (not capitals or capitals[0] is pieces[0])):  # "Ворот* дружбы"
            self.add_phrase(text, kind)
            return
        piece = capitals[0] if capitals else "".join(pieces)
        if not piece or piece[0].isdigit():  # "3+4 km", a gate, is a distance too
            return
        if kind in _OWN and len(piece) <= _SHORT.get(script_of(piece[0]), _SHORT_LETTERS):
            kind += "_like"
        if piece == text.strip() and len(piece) > 1:
            self.names[piece].add(kind)
        elif len(piece) >= _LEAST.get(script_of(piece[0]), (0, _LEAST_STEM))[1]:
            self.names[f"{piece}*"].add(kind)

    def add_phrase(self, text: str, kind: str) -> None:
        """Pieces that are too short to be found by are left out; what is left must then be more than one word."""
        parts = _OPEN.split(text.strip())
        pieces = [(part.strip(), k < len(parts) - 1) for k, part in enumerate(parts) if part.strip()]
        least = 0 if len(pieces) > 1 else 2 if kind == _COMMON else 1
        told = tuple(f"{piece}*" if is_open else piece for piece, is_open in pieces if _tells(piece, least))
        if told and (len(told) == len(pieces) or len(told) > 1 or " " in told[0]):
            self.phrases[told].add(kind)


def _tells(piece: str, least: int) -> bool:
    letters = _LEAST_VIETNAMESE if has_vietnamese_marks(piece) else _LEAST.get(script_of(piece[0]), _LEAST_LETTERS)
    return len(piece) >= letters[least]


def evidence_of(knowledge: Knowledge, criteria: Criteria) -> Evidence:
    """All evidence that the knowledge has, in every language."""
    found = Evidence()
    without_actors = replace(knowledge, tables=replace(knowledge.tables, actors={}))  # most of the spellings, and none is evidence
    for language in knowledge.languages.values():
        for phrase in name_phrases(without_actors, language):
            _add_phrase_of_name(found, phrase, knowledge, criteria)
        for text, kind in _words_of(language, criteria):
            found.add_phrase(text, kind)
    for name, spellings in criteria.spellings.items():
        key = NameKey("province" if name in knowledge.tables.provinces else "place", name)
        for text in spellings:
            found.add_name(text, _kind_of_name(key, text, False, knowledge, criteria))
    for text in chain(*criteria.diplomacy.values()):
        found.add_phrase(text, "diplomacy")
    for kind, names in (("body", criteria.bodies), ("organ", criteria.organs)):
        for text in chain(*(_spellings_of_body(name, knowledge) for name in names)):
            found.add_phrase(text, kind)
    return found


def _add_phrase_of_name(found: Evidence, phrase: Phrase, knowledge: Knowledge, criteria: Criteria) -> None:
    assert isinstance(phrase.key, NameKey)
    kind = _kind_of_name(phrase.key, phrase.text, phrase.weak, knowledge, criteria)
    if not kind or (phrase.cased and phrase.text.isascii() and len(phrase.text) < _ACRONYM):
        return
    if kind == "series":
        found.add_phrase(phrase.text, kind)
        return
    found.add_name(phrase.text, kind)
    marked = has_vietnamese_marks(phrase.text)
    if kind == "neighbour" and marked:  # "Quảng Tây": a text in Vietnamese
        found.add_name(phrase.text, "vietnam")
    elif kind == "vietnam" and not marked:
        found.add_name(phrase.text, "abroad")


def _spellings_of_body(name: str, knowledge: Knowledge) -> Iterator[str]:
    row = knowledge.tables.actors[name]
    listed = (language.names.get(name, ()) for language in knowledge.languages.values())
    yield from (text.replace("{province}", "") for text in chain(row.hanzi, row.vietnamese, row.aliases, *listed))


def _kind_of_name(key: NameKey, text: str, weak: bool, knowledge: Knowledge, criteria: Criteria) -> str:
    tables = knowledge.tables
    if key.kind == "gate":
        return "gate_like" if weak else "gate"
    if key.kind == "series":
        return "" if key.name in criteria.everyday_series else "series"
    row = tables.provinces.get(key.name) if key.kind == "province" else tables.places.get(key.name)
    if key.name in criteria.hubs and not weak:
        return "hub_own" if has_vietnamese_marks(text) else "hub"
    return _kind_of_place(row, weak, knowledge) if row else ""


def _kind_of_place(row: Province | Place, weak: bool, knowledge: Knowledge) -> str:
    province = row if isinstance(row, Province) else knowledge.tables.provinces.get(row.province)
    if province is not None and province.borders_china == "yes" and row.country in ("VN", "CN"):
        return ("border" if row.country == "VN" else "neighbour") + ("_like" if weak else "")
    if row.kind == "country":
        return {"VN": "vietnam", "CN": "china"}.get(row.country, "country")
    if weak:
        return "province_like" if isinstance(row, Province) and row.country == "VN" else ""
    return {"VN": "province", "CN": "china"}.get(row.country, "")  # a text on another's city names its country too


def _words_of(language: Language, criteria: Criteria) -> Iterator[tuple[str, str]]:
    yield from ((text, "gate_word") for text in language.words.get("gate", ()))
    for kind, keys in criteria.words.items():
        for key in keys:
            listed = language.triggers if "." in key else language.words
            yield from ((text, kind) for text in listed.get(key, ()))
