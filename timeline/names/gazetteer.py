"""The gazetteer's spellings as phrases for one language: listed, and made by rule for its script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from timeline.knowledge import Actor, Gate, Knowledge, Language, Phrase, Place, Province
from timeline.model import NameKind
from timeline.names import transcribe
from timeline.names.cldr import cldr_names


class NameKey(NamedTuple):
    """What a spelling stands for. `side` is `vn` or `cn` for one side of a gate pair; a language file does not say which."""

    kind: NameKind | Literal["body_pattern"]
    name: str
    side: str = ""


# A name that ends in a number (Bắc Luân II) takes no ending; neither does a phrase that says its own.
# Vowel signs of the Indic scripts end a name as letters do; `re` does not count them among the letters.
_INFLECTED = re.compile(
    r"(?:[^\W\d_IVX*]|[^\W\d_*]{2}|[\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd])$"
    r"(?<! I)(?<! II)(?<! III)(?<! IV)"
)

_LONGEST_ACRONYM = 7

Transcriber = Callable[[str], tuple[str, ...]]


def _none(_: str) -> tuple[str, ...]:
    return ()


def _ukrainian_vietnamese(name: str) -> tuple[str, ...]:
    """Pages in Ukrainian write many names in the Russian way too."""
    return (*transcribe.ukrainian_vietnamese(name), *transcribe.cyrillic_vietnamese(name))


def _ukrainian_chinese(name: str) -> tuple[str, ...]:
    return (*transcribe.ukrainian_pinyin(name), *transcribe.palladius(name))


# Script or language → how it writes Vietnamese names, how Chinese ones.
_TRANSCRIBERS: dict[str, tuple[Transcriber, Transcriber]] = {
    "Cyrillic": (transcribe.cyrillic_vietnamese, transcribe.palladius),
    "Hebrew": (transcribe.hebrew_vietnamese, transcribe.hebrew_pinyin),
    "uk": (_ukrainian_vietnamese, _ukrainian_chinese),
    "cs": (_none, transcribe.czech),
    "hu": (_none, transcribe.hungarian),
    "pl": (_none, transcribe.polish),
}


def name_phrases(knowledge: Knowledge, language: Language) -> list[Phrase]:
    """Every spelling of every entry that can stand in a text of `language`, as phrases of kind `name`."""
    vietnamese, chinese = _TRANSCRIBERS.get(language.code) or _TRANSCRIBERS.get(language.script, (_none, _none))
    phrases: dict[tuple[str, NameKey], Phrase] = {}
    listed = list(_spellings(knowledge, language, vietnamese, chinese))
    acronyms = {(spelling.capitalize(), key) for spelling, key, _ in listed if _is_acronym(spelling)}
    for spelling, key, weak in listed:
        known = phrases.get((spelling, key))
        if known is None or (known.weak and not weak):
            inflected = _INFLECTED.search(spelling) is not None
            exact = language.code == "vi" and spelling in language.names.get(key.name, ())
            cased = _is_acronym(spelling) or (spelling, key) in acronyms  # "Nato", which is born in Italian in small letters
            phrases[spelling, key] = Phrase(spelling, "name", key, weak=weak, inflected=inflected, exact=exact, cased=cased)
    return list(phrases.values())


def _is_acronym(spelling: str) -> bool:
    """`US`, `RoK`, `ŠOS`: short, in one piece, with two capitals at least."""
    letters = spelling.replace(".", "")
    return len(letters) <= _LONGEST_ACRONYM and letters.isalpha() and sum(map(str.isupper, letters)) > 1


def _spellings(
    knowledge: Knowledge, language: Language, vietnamese: Transcriber, chinese: Transcriber
) -> Iterator[tuple[str, NameKey, bool]]:
    tables = knowledge.tables
    for province in tables.provinces.values():
        key = NameKey("province", province.name)
        yield from _row(province, key, vietnamese if province.country == "VN" else chinese)
    for place in tables.places.values():
        key = NameKey("country" if place.kind == "country" else "place", place.name)
        transcriber = {"VN": vietnamese, "CN": chinese}.get(place.country, _none)
        yield from _row(place, key, _none if place.kind == "country" else transcriber)
        if place.name not in language.names and place.kind in ("country", "city") and place.country != "VN":
            yield from ((spelling, key, False) for spelling in cldr_names(place, language))
    for gate in tables.gates.values():
        yield from _gate(gate, vietnamese, chinese)
    for actor in tables.actors.values():
        transcriber = {"VN": vietnamese, "CN": chinese}.get(actor.country, _none) if actor.kind == "person" else _none
        yield from _row(actor, _actor_key(actor), transcriber)
    for series in tables.series.values():
        yield from ((spelling, NameKey("series", series.name), False) for spelling in (series.name, *series.aliases))
    yield from _language_names(knowledge, language)


def _row(row: Province | Place | Actor, key: NameKey, transcriber: Transcriber) -> Iterator[tuple[str, NameKey, bool]]:
    weak = set(row.weak_aliases)
    own = [] if "{province}" in row.name or (row.name[-1:] == ")" and "(" in row.name) else [row.name]
    for spelling in (*own, *row.hanzi, *row.aliases):
        spelling = spelling.replace("{province}", "").strip()
        if spelling:
            yield spelling, key, spelling in weak
    yield from ((spelling, key, row.name in weak) for spelling in _transcribed(row.name, transcriber))
    for spelling in row.weak_aliases:
        yield spelling, key, True


def _gate(gate: Gate, vietnamese: Transcriber, chinese: Transcriber) -> Iterator[tuple[str, NameKey, bool]]:
    """Both sides' spellings; what is transcribed from a weak name is weak."""
    weak = set(gate.weak_aliases)
    left, right = NameKey("gate", gate.pair, "vn"), NameKey("gate", gate.pair, "cn")
    listed = (
        (left, (gate.vn_name, *gate.vn_aliases)),
        (right, (gate.cn_name, *gate.hanzi, *gate.sino_vietnamese, *gate.cn_aliases)),
    )
    for key, spellings in listed:
        yield from ((spelling, key, spelling in weak) for spelling in spellings if spelling)
    for key, name, transcriber in (
        (left, gate.vn_name, vietnamese),
        (right, gate.cn_name, chinese),
        *((right, name, vietnamese) for name in gate.sino_vietnamese),
    ):
        yield from ((spelling, key, name in weak) for spelling in _transcribed(name, transcriber))
    vn_names = {gate.vn_name, *gate.vn_aliases}
    for spelling in gate.weak_aliases:
        yield spelling, left if spelling in vn_names else right, True


def _actor_key(actor: Actor) -> NameKey:
    if actor.kind == "person":
        return NameKey("person", actor.name)
    return NameKey("body_pattern" if "{province}" in actor.name else "body", actor.name)


def _transcribed(name: str, transcriber: Transcriber) -> tuple[str, ...]:
    return transcriber(name) if name and name[0].isalpha() and not any(char in name for char in "({0123456789+") else ()


def _language_names(knowledge: Knowledge, language: Language) -> Iterator[tuple[str, NameKey, bool]]:
    """The language file's own spellings, each for a row of some table."""
    tables = knowledge.tables
    for name, spellings in language.names.items():
        for key in _keys_of(name, knowledge):
            weak: Iterable[str] = ()
            if key.kind == "province":
                weak = tables.provinces[name].weak_aliases
            yield from ((spelling, key, spelling in weak) for spelling in spellings)


def _keys_of(name: str, knowledge: Knowledge) -> list[NameKey]:
    tables = knowledge.tables
    if name in tables.provinces:
        return [NameKey("province", name)]
    if name in tables.places:
        return [NameKey("country" if tables.places[name].kind == "country" else "place", name)]
    if name in tables.actors:
        return [_actor_key(tables.actors[name])]
    if name in tables.series:
        return [NameKey("series", name)]
    return [NameKey("gate", name)] if name in tables.gates else []
