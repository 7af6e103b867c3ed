"""Embassies and consulates by their noun and the two names beside it: whose they are, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from timeline.knowledge import Hit, Knowledge, Language
from timeline.names.finds import Find, Named, Unit, window

_REACH = 24  # characters between the noun and a name, and between the two names
_CLAUSE = re.compile(r"[.,;:()\n。；，、،؛។।]")
_KINDS = {"embassy": "Embassy", "consulate": "Consulate General"}
MISSIONS = frozenset(_KINDS)


def missions_of(text: str, finds: Sequence[Find], words: Sequence[Hit], knowledge: Knowledge, language: Language) -> Iterator[Named]:
    """`the Vietnamese Embassy in Laos`, `中国驻老挝大使馆` → Embassy of Vietnam in Laos, Embassy of China in Laos.

    An embassy is named after the country that it is in, also where the text tells the city; a consulate after the city.
    """
    nouns = [hit for hit in words if hit.phrase.key in _KINDS]
    if not nouns:
        return
    units = [unit for find in finds if (unit := _unit(find, knowledge))]
    for noun in nouns:
        beside = window(units, noun.start - 2 * _REACH, noun.end + 2 * _REACH)
        before = [unit for unit in beside if unit.end <= noun.start]
        behind = [unit for unit in beside if unit.start >= noun.end]
        named = _owner_and_host(text, noun, before, behind, language)
        if named is None:
            continue
        owner, host = named
        consular = noun.phrase.key == "consulate"
        place = host.name if consular else _country_of(host, knowledge)
        if host.country != owner.country and place and not (consular and _is_country(host, knowledge)):
            start, end = min(owner.start, host.start, noun.start), max(owner.end, host.end, noun.end)
            kind = _KINDS[str(noun.phrase.key)]
            yield Named(start, end, "body", f"{kind} of {_country_of(owner, knowledge)} in {place}", "mission")


def _owner_and_host(text: str, noun: Hit, before: Sequence[Unit], behind: Sequence[Unit], language: Language) -> tuple[Unit, Unit] | None:
    """The two names beside the noun, in the order of the language."""
    near = before[-1] if before and _is_near(text, before[-1].end, noun.start) else None
    if language.owners == "before":
        far = before[-2] if near and len(before) > 1 and _is_near(text, before[-2].end, near.start) else None
        if near is None or far is None:
            return None
        return (far, near) if language.hosts_nearest else (near, far)
    owner = near if near and noun.start - near.end <= 2 else None
    places = list(behind)
    if owner is None and places and _is_near(text, noun.end, places[0].start):
        owner = places.pop(0)
    if owner is None or not places or not _is_near(text, max(owner.end, noun.end), places[0].start):
        return None
    return owner, places[0]


def _is_near(text: str, low: int, high: int) -> bool:
    return 0 <= high - low <= _REACH and not _CLAUSE.search(text, low, high)


def _unit(find: Find, knowledge: Knowledge) -> Unit | None:
    tables = knowledge.tables
    if find.key.kind == "province":
        return Unit(find.start, find.end, find.key.name, tables.provinces[find.key.name].country)
    if find.key.kind in ("place", "country"):
        return Unit(find.start, find.end, find.key.name, tables.places[find.key.name].country)
    return None


def _country_of(unit: Unit, knowledge: Knowledge) -> str:
    return knowledge.countries.get(unit.country, "")


def _is_country(unit: Unit, knowledge: Knowledge) -> bool:
    return unit.name in knowledge.countries.values()
