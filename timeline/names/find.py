"""Raw finds of the scan → names that hold: the longest wins, weak ones need support, patterns get their province."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from functools import lru_cache, partial

from timeline.knowledge import Hit, Knowledge, Language, ListedPeople, loose
from timeline.model import NameSpan
from timeline.names.bodies import bodies_of, is_named, of_country, secretaries_of
from timeline.names.finds import Cover, Find, Named, Span, longest
from timeline.names.gates import gates_of
from timeline.names.gazetteer import NameKey
from timeline.names.home import NOWHERE, Home
from timeline.names.missions import MISSIONS, missions_of
from timeline.names.people import ROLES, people_by_form
from timeline.names.places import places_of, without_clashes
from timeline.names.villages import villages_of
from timeline.text import Folded, fold_words

_SMALL_TOO = frozenset(("body", "body_pattern", "series"))  # kinds that texts write small as well


def find_names(
    folded: Folded,
    source: str,
    hits: Sequence[Hit],
    knowledge: Knowledge,
    language: Language,
    home: Home = NOWHERE,
    known: frozenset[str] = frozenset(),
    with_people: bool = True,
    base: int = 0,
) -> list[NameSpan]:
    """The names in one passage.

    `home` is what the document is at home in, for bodies named without theirs; `known` the gates that it has named before,
    for spellings that alone mean something else too. Without `with_people` only listed people are sought. Offsets are counted from
    `base`, where the passage begins.
    """
    raw, words, kinds, keys = _read(folded, source, hits, language)
    others = [(hit.start, hit.end) for hit in words if hit.phrase.key == "not_name"] if "not_name" in keys else []
    if others and raw:
        not_names = Cover(others)
        raw = [find for find in raw if not not_names.holds(find.start, find.end)]
    found = _by_tables(folded, source, raw, words, kinds, keys, knowledge, language, home, known) if raw else []
    if "city" in keys and (villages := list(villages_of(folded, source, words, language))):
        named = Cover([(name.start, name.end) for name in found])
        found += [village for village in villages if not named.meets(village.start, village.end)]
    if with_people:
        roles = [] if keys.isdisjoint(ROLES) else [hit for hit in words if hit.phrase.key in ROLES]
        barred = partial(_barred, folded.text, raw, others)
        people = people_by_form(folded, source, hits, roles, found, barred, knowledge.listed_people, language)
        if people:
            people = [_listed(person, knowledge.listed_people, language) for person in people]
            of_people = Cover([(person.start, person.end) for person in people])
            found = [name for name in found if not of_people.holds(name.start, name.end)] + people
    if "party_secretary" in keys:
        found = _without_named_committees(folded.text, found)
    return _sourced(folded, source, found, base) if found else []


def _read(
    folded: Folded, source: str, hits: Sequence[Hit], language: Language
) -> tuple[list[Find], list[Hit], set[Hashable], set[Hashable]]:
    """The names among the hits, without those that miss the capitals that they want, and the words; of what kinds the names are, and
    which words stand there: what is in neither set need not be looked for.
    """
    finds: list[Find] = []
    words: list[Hit] = []
    kinds: set[Hashable] = set()
    keys: set[Hashable] = set()
    offset = None if folded.offsets is None else folded.source
    capitalised = language.names_capitalised
    for hit in hits:
        start, end, phrase = hit
        key = phrase.key
        if phrase.kind == "word":
            words.append(hit)
            keys.add(key)
        elif phrase.kind == "name":
            assert isinstance(key, NameKey)
            begin = offset(start) if offset else start
            # a name that the tables write with a capital wants one; what they write small ("vietnamesisch", "città di …") does not
            small = capitalised and source[begin].islower()
            if small and key.kind not in _SMALL_TOO and not phrase.text[0].islower():
                continue
            if not phrase.cased or source.startswith(phrase.text, begin):
                finds.append(Find(start, end, key, phrase.weak))
                kinds.add(key.kind)
    return finds, words, kinds, keys


def _by_tables(
    folded: Folded,
    source: str,
    raw: Sequence[Find],
    words: Sequence[Hit],
    kinds: Set[Hashable],
    keys: Set[Hashable],
    knowledge: Knowledge,
    language: Language,
    home: Home,
    known: frozenset[str],
) -> list[Named]:
    """What the tables list, with the gates, bodies and committees that it makes together."""
    text = folded.text
    sides = [find for find in raw if find.key.kind == "gate"] if "gate" in kinds else []
    gates = gates_of(text, longest(raw), words, knowledge, known, language) if sides else []
    places = without_clashes(places_of(text, raw, sides, gates, words, knowledge), knowledge)
    named = gates
    if "party_secretary" in keys:
        named = secretaries_of(text, places, words, language) + named
    provincial = bodies_of(folded, source, places, sides, knowledge, home.province, language) if "body_pattern" in kinds else []
    missions = [] if MISSIONS.isdisjoint(keys) else list(missions_of(text, places, words, knowledge, language))
    if provincial or missions:
        places = _without_bodies(places, provincial, missions)
        named = provincial + missions + named
    countries = [find for find in raw if find.key.kind == "country"] if "country" in kinds and "body" in kinds else []
    return _listed_names(text, countries, places, home, language) + named


def _without_bodies(places: Sequence[Find], provincial: Sequence[Named], missions: Sequence[Named]) -> list[Find]:
    """Without the bodies of the tables that are a province's here, or part of a mission's name."""
    spans = {(body.start, body.end) for body in provincial}
    of_missions = Cover([(mission.start, mission.end) for mission in missions])
    return [f for f in places if f.key.kind != "body" or not ((f.start, f.end) in spans or of_missions.holds(f.start, f.end))]


def _listed_names(text: str, countries: Sequence[Find], places: Sequence[Find], home: Home, language: Language) -> list[Named]:
    """What the tables list, as names; of the `countries` those inside the names of bodies too ("the ambassador of China")."""
    if countries:
        titles = Cover([(f.start, f.end) for f in places if f.key.kind == "body"])
        places = [*places, *(f for f in longest(countries) if titles.holds(f.start, f.end))]
    names: list[Named] = []
    for start, end, key, _ in places:
        if key.kind == "body":
            name = of_country(text, start, end, key.name, countries, home.country, language)
            names.append(Named(start, end, "body", name, "gazetteer"))
        elif key.kind != "body_pattern":
            names.append(Named(start, end, key.kind, key.name, "gazetteer"))
    return names


def _barred(text: str, raw: Sequence[Find], others: Sequence[Span]) -> list[Span]:
    """What no person is called: `others`, and weak names of three words ("Ho Chi Minh", the city without "City")."""
    weak = [(find.start, find.end) for find in raw if find.weak and find.key.kind == "province"]
    return [*others, *((start, end) for start, end in weak if text.count(" ", start, end) + text.count("-", start, end) > 1)]


def _listed(person: Named, listed: ListedPeople, language: Language) -> Named:
    """A person found by form under the name that the table gives him, if it is one of its people: with his marks, or as he is called."""
    plain = _plain(person.name)
    name = listed.by_plain_name.get(plain)
    if name is None and language.script != "Latin":
        name = listed.by_loose_name.get(loose(plain))
    return person._replace(name=name) if name else person


@lru_cache(maxsize=1 << 12)
def _plain(name: str) -> str:
    return fold_words(name)


def _without_named_committees(text: str, found: Sequence[Named]) -> list[Named]:
    """Without the party committees whose secretary is named behind them."""
    people = sorted((name for name in found if name.kind == "person"), key=lambda name: name.start)
    starts = sorted(name.start for name in found if name.kind == "province")
    return [name for name in found if name.rule != "party-secretary" or not is_named(text, name, starts, people)]


def _sourced(folded: Folded, source: str, found: Sequence[Named], base: int) -> list[NameSpan]:
    """The names in offsets of the source, which begins at `base`, each once, in order."""
    spans: list[NameSpan] = []
    last: Named | None = None
    for named in sorted(found, key=_in_order) if len(found) > 1 else found:
        if named == last:
            continue
        last = named
        start, end, kind, name, rule = named
        begin, finish = (start, end) if folded.offsets is None else (folded.source(start), folded.source_end(end))
        spans.append(NameSpan(base + begin, base + finish, source[begin:finish], kind, name, rule))
    return spans


def _in_order(name: Named) -> tuple[int, int, str, str, str]:
    return name.start, -name.end, name.kind, name.name, name.rule
