"""Raw finds of the scan → names that hold: the longest wins, weak ones need support, patterns get their province."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import replace

from timeline.knowledge import Hit, Knowledge, Language, ListedPeople, loose
from timeline.model import NameSpan
from timeline.names.bodies import bodies_of, is_named, of_country, secretaries_of
from timeline.names.finds import WORD_REACH, Cover, Find, longest, near_word, start_of, window
from timeline.names.gates import gates_of
from timeline.names.gazetteer import NameKey
from timeline.names.home import NOWHERE, Home
from timeline.names.missions import missions_of
from timeline.names.people import people_by_form
from timeline.names.villages import villages_of
from timeline.text import Folded, fold_words

_IN_NAMES = frozenset(("place", "province", "country", "person"))  # what a longer name of a person may hold: "Nguyễn Tấn Cường"
_UNITS = frozenset(("province", "place"))
_NEIGHBOURS = 3  # readings of the name beside one in a list
_LISTED = re.compile(r" ?(?:[,、·・،] ?(?:[^\W\d_]{1,4} )?| [^\W\d_]{1,4} )")  # a comma, a short word
_IN_PROVINCE = re.compile(r" ?[,(（،、] ?(?:[^\W\d_]+ ){0,2}")  # "Hong Ha, in Yunnan"
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
) -> list[NameSpan]:
    """The names in one passage.

    `home` is what the document is at home in, for bodies named without theirs; `known` the gates that it has named before,
    for spellings that alone mean something else too. Without `with_people` only listed people are sought.
    """
    text = folded.text
    words = [hit for hit in hits if hit.phrase.kind == "word"]
    raw = _raw(folded, source, hits, language)
    others = [(hit.start, hit.end) for hit in words if hit.phrase.key == "not_name"]
    if others:
        not_names = Cover(len(text), others)
        raw = [find for find in raw if not not_names.holds(find)]
    sides = [find for find in raw if find.key.kind == "gate"]
    gates = gates_of(text, longest(raw, len(text)), words, knowledge, known, language) if sides else []
    places = _without_clashes(_places(text, raw, gates, words, knowledge), len(text), knowledge)
    provincial = bodies_of(folded, source, places, sides, knowledge, home.province, language)
    missions = list(missions_of(text, places, words, knowledge, language))
    secretaries = secretaries_of(text, places, words, language)
    found = _listed_names(text, raw, _without_bodies(places, provincial, missions, len(text)), home, language)
    found += provincial + missions + secretaries + gates
    villages = list(villages_of(folded, source, words, language))
    if villages:
        named = Cover(len(text), [(span.start, span.end) for span in found])
        found += [village for village in villages if not named.meets(village)]
    if with_people:
        weak_cities = [(f.start, f.end) for f in raw if f.weak and f.key.kind == "province" and _is_long(text[f.start : f.end])]
        taken = [(span.start, span.end) for span in found if span.kind not in _IN_NAMES] + others + weak_cities
        inner = [(span.start, span.end, span.kind == "person") for span in found if span.kind in _IN_NAMES]
        listed = knowledge.listed_people
        people = [_listed(span, listed, language) for span in people_by_form(folded, source, hits, taken, inner, listed, language)]
        if people:
            of_people = Cover(len(text), [(span.start, span.end) for span in people])
            found = [span for span in found if not of_people.holds(span)] + people
    if secretaries:
        people = sorted((span for span in found if span.kind == "person"), key=lambda span: span.start)
        starts = sorted(span.start for span in found if span.kind == "province")
        found = [span for span in found if span.rule != "party-secretary" or not is_named(text, span, starts, people)]
    return sorted({_sourced(folded, source, span) for span in found}, key=lambda span: (span.start, -span.end, span.kind, span.name))


def _places(text: str, raw: Sequence[Find], gates: Sequence[NameSpan], words: Sequence[Hit], knowledge: Knowledge) -> list[Find]:
    """The finds that are no side of a gate, nor run into one ("脚下龙邦口岸" is at no Hạ Long), weak ones with support only."""
    of_gates = None
    ends = {gate.start: gate.end for gate in gates}
    if gates:
        whole = Cover(len(text), [(gate.start, gate.end) for gate in gates])
        of_gates = Cover(len(text), [(side.start, side.end) for side in raw if side.key.kind == "gate" and whole.holds(side)])
    strong = frozenset(find.key for find in raw if not find.weak) if any(find.weak for find in raw) else frozenset()
    sure = sorted((f for f in raw if not f.weak and f.key.kind in _UNITS), key=start_of) if strong else []
    kept: list[Find] = []
    for find in raw:
        if find.key.kind == "gate" or (of_gates and of_gates.holds(find)):
            continue
        if ends and any(ends.get(place, 0) > find.end for place in range(find.start + 1, find.end)):
            continue
        if not find.weak or _supported(text, find, words, strong) or _is_in_province(text, find, sure, knowledge):
            kept.append(find)
        elif _in_list(text, find, sure):
            kept.append(find)
            insort(sure, find, key=start_of)  # and supports the next one of the list
    return kept


def _is_in_province(text: str, find: Find, sure: Sequence[Find], knowledge: Knowledge) -> bool:
    """Whether a weak name of a place stands before that of its province: "Hong Ha, in Yunnan"."""
    row = knowledge.tables.places.get(find.key.name) if find.key.kind == "place" else None
    return row is not None and any(
        unit.key.name == row.province and _IN_PROVINCE.fullmatch(text, find.end, unit.start)
        for unit in window(sure, find.end, find.end + WORD_REACH)
        if unit.start >= find.end
    )


def _in_list(text: str, find: Find, sure: Sequence[Find]) -> bool:
    """Whether a weak name of a place stands in a list of places that are sure: "Longzhou, Daxin, Jingxi", or at its end, behind two."""
    if find.key.kind not in _UNITS:
        return False
    beside = bisect_left(sure, find.start, key=start_of)
    before = [f for f in sure[max(0, beside - _NEIGHBOURS) : beside] if f.end <= find.start]
    behind = [f for f in sure[beside : beside + _NEIGHBOURS] if f.start >= find.end]
    if not before:
        return False
    left = max(before, key=lambda f: f.end)
    if _LISTED.fullmatch(text, left.end, find.start) is None:
        return False
    if behind and _LISTED.fullmatch(text, find.end, behind[0].start):
        return True
    earlier = [f for f in before if f.end <= left.start]
    return bool(earlier) and _LISTED.fullmatch(text, max(f.end for f in earlier), left.start) is not None


def _without_bodies(places: list[Find], provincial: Sequence[NameSpan], missions: Sequence[NameSpan], length: int) -> list[Find]:
    """Without the bodies of the tables that are a province's here, or part of a mission's name."""
    if not provincial and not missions:
        return places
    spans = {(body.start, body.end) for body in provincial}
    of_missions = Cover(length, [(mission.start, mission.end) for mission in missions])
    return [f for f in places if f.key.kind != "body" or not ((f.start, f.end) in spans or of_missions.holds(f))]


def _listed_names(text: str, raw: Sequence[Find], places: list[Find], home: Home, language: Language) -> list[NameSpan]:
    """What the tables list, as names; the countries inside the names of bodies too ("the ambassador of China")."""
    titles = [(f.start, f.end) for f in places if f.key.kind == "body"]
    countries = [f for f in raw if f.key.kind == "country"] if titles else []
    if countries:
        of_titles = Cover(len(text), titles)
        places = places + [f for f in longest(countries, len(text)) if of_titles.holds(f)]
    return [
        NameSpan(f.start, f.end, "", f.key.kind, of_country(text, f, countries, home.country, language), "gazetteer")
        for f in places
        if f.key.kind != "body_pattern"
    ]


def _is_long(name: str) -> bool:
    """Whether a name has three words ("Ho Chi Minh", the city without "City"): such a one is nobody else's."""
    return name.count(" ") + name.count("-") > 1


def _listed(person: NameSpan, listed: ListedPeople, language: Language) -> NameSpan:
    """A person found by form under the name that the table gives him, if it is one of its people: with his marks, or as he is called."""
    plain = fold_words(person.name)
    name = listed.by_plain_name.get(plain)
    if name is None and language.script != "Latin":
        name = listed.by_loose_name.get(loose(plain))
    return replace(person, name=name) if name else person


def _sourced(folded: Folded, source: str, span: NameSpan) -> NameSpan:
    begin, finish = folded.source(span.start), folded.source_end(span.end)
    return NameSpan(begin, finish, source[begin:finish], span.kind, span.name, span.rule)


def _raw(folded: Folded, source: str, hits: Sequence[Hit], language: Language) -> list[Find]:
    finds: list[Find] = []
    for hit in hits:
        if hit.phrase.kind != "name":
            continue
        key = hit.phrase.key
        assert isinstance(key, NameKey)
        # a name that the tables write with a capital wants one; what they write small ("vietnamesisch", "città di …") does not
        capital = language.names_capitalised and key.kind not in _SMALL_TOO and not hit.phrase.text[0].islower()
        if capital and source[folded.source(hit.start)].islower():
            continue
        if hit.phrase.cased and not source.startswith(hit.phrase.text, folded.source(hit.start)):
            continue
        finds.append(Find(hit.start, hit.end, key, hit.phrase.weak))
    return finds


def _supported(text: str, find: Find, words: Sequence[Hit], strong: frozenset[NameKey]) -> bool:
    """A weak alias counts beside a word such as "province", or in a passage that names it strongly (`strong`)."""
    if find.key.kind in _UNITS:
        return find.key in strong or near_word(text, find, words, ("province", "city"))
    if find.key.kind == "person":  # "President Ho Chi Minh", not the city
        return near_word(text, find, words, ("person", "party_secretary"))
    return find.key.kind == "country"


def _without_clashes(finds: list[Find], length: int, knowledge: Knowledge) -> list[Find]:
    """One reading for each span: a strong one before a weak, a province before a place, of two places ("Trung Khanh") that whose
    province is named too.

    `Border Guard Command` keeps two: it is the state's, or that of the province beside it.
    """
    if len(finds) < 2:
        return finds
    order = ("province", "series", "body", "body_pattern", "person", "place", "country")
    kept: list[Find] = []
    cover = Cover(length)
    bodies: set[tuple[int, int]] = set()
    patterns = [find for find in finds if find.key.kind == "body_pattern"]
    rows = knowledge.tables.places
    named = {find.key.name for find in finds if find.key.kind == "province"}
    named |= {rows[find.key.name].province for find in finds if find.key.kind == "place" and not find.weak} - {""}
    for find in sorted(
        finds,
        key=lambda f: (
            f.start - f.end,
            f.weak,
            order.index(f.key.kind),
            f.key.kind == "place" and rows[f.key.name].province not in named,
            f.key.name,
        ),
    ):
        either = find.key.kind == "body_pattern" and (find.start, find.end) in bodies
        # "Management Board of the Economic Zone of Cao Bằng": the board, and not the zone that its name runs into
        runs_on = find.key.kind == "place" and any(
            p.start < find.start < p.end < find.end for p in window(patterns, find.start, find.start)
        )
        if either or not (runs_on or cover.meets(find)):
            kept.append(find)
            cover.add(find.start, find.end)
            if find.key.kind == "body":
                bodies.add((find.start, find.end))
    return sorted(kept, key=lambda f: f.start)
