"""Raw finds of the scan → names that hold: the longest wins, weak ones need support, patterns get their province."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from timeline.knowledge import Hit, Knowledge, Language
from timeline.model import NameSpan
from timeline.names.gazetteer import NameKey
from timeline.names.people import people_by_form
from timeline.text import Folded

_PAIR_REACH = 70  # characters between the two sides of a pair: "Tra Linh (Vietnam) - Long Bang (China)"
_WORD_REACH = 28  # characters between a weak name and the word that supports it
_SMALL_TOO = frozenset(("body", "body_pattern", "series"))  # kinds that texts write small as well
_STATES = ("Vietnam", "China")  # whose ministries the tables name
_COUNTRY_REACH, _PREPOSITION = 8, 5  # characters between a ministry and its country, and of the word between
_OF_REACH = 34  # characters between a body pattern and its province


class _Find(NamedTuple):
    start: int
    end: int
    key: NameKey
    weak: bool


def find_names(
    folded: Folded,
    source: str,
    hits: Sequence[Hit],
    knowledge: Knowledge,
    language: Language,
    home: str = "",
    known: frozenset[str] = frozenset(),
    with_people: bool = True,
) -> list[NameSpan]:
    """The names in one passage.

    `home` is the province that the document speaks of, for bodies named without theirs; `known` the gates that it has
    named before, for spellings that alone mean something else too. Without `with_people` only listed people are sought.
    """
    raw = _raw(folded, source, hits, language)
    others = [(hit.start, hit.end) for hit in hits if hit.phrase.kind == "word" and hit.phrase.key == "not_name"]
    raw = [find for find in raw if not _inside(find, others)] if others else raw
    sides = [find for find in raw if find.key.kind == "gate"]
    gates = _gates(folded, _longest(raw), hits, knowledge, known) if sides else []
    taken = [(gate.start, gate.end) for gate in gates]
    places = [
        f for f in raw if f.key.kind != "gate" and not _inside(f, taken) and (not f.weak or _supported(folded.text, f, hits, knowledge))
    ]
    places = _without_clashes(places)
    bodies = _bodies(folded.text, places, sides, knowledge, home)
    if bodies:
        provincial = {(body.start, body.end) for body in bodies}
        places = [f for f in places if f.key.kind != "body" or (f.start, f.end) not in provincial]
    secretaries = _secretaries(folded.text, places, hits)
    titles = [(f.start, f.end) for f in places if f.key.kind == "body"]
    countries = [f for f in raw if f.key.kind == "country"] if titles else []
    if titles:
        places += [f for f in _longest(countries) if _inside(f, titles)]  # "the ambassador of China" tells the country too
    found = [
        NameSpan(f.start, f.end, "", f.key.kind, _of_country(folded.text, f, countries, language) if countries else f.key.name, "gazetteer")
        for f in places
        if f.key.kind != "body_pattern"
    ]
    found += bodies + secretaries + gates
    if with_people:
        taken = [(span.start, span.end) for span in found] + others
        taken += [(f.start, f.end) for f in raw if f.weak and f.key.kind == "province" and _is_long(folded.text[f.start : f.end])]
        found += people_by_form(folded, source, hits, taken, language)
    found = [span for span in found if span.rule != "party-secretary" or not _named(folded.text, span, found)]
    return sorted((_sourced(folded, source, span) for span in found), key=lambda span: (span.start, -span.end, span.kind, span.name))


def _is_long(name: str) -> bool:
    """Whether a name has three words ("Ho Chi Minh", the city without "City"): such a one is nobody's else."""
    return name.count(" ") + name.count("-") > 1


def _sourced(folded: Folded, source: str, span: NameSpan) -> NameSpan:
    begin, finish = folded.source(span.start), folded.source_end(span.end)
    return NameSpan(begin, finish, source[begin:finish], span.kind, span.name, span.rule)


def _raw(folded: Folded, source: str, hits: Sequence[Hit], language: Language) -> list[_Find]:
    finds: list[_Find] = []
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
        finds.append(_Find(hit.start, hit.end, key, hit.phrase.weak))
    return finds


def _longest(finds: list[_Find]) -> list[_Find]:
    """Drop what lies inside a longer find; several readings of one span all stay."""
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.start)):
        if not any(k.start <= find.start and find.end <= k.end and (k.end - k.start) > (find.end - find.start) for k in kept):
            kept.append(find)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _inside(find: _Find, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= find.start and find.end <= end for start, end in spans)


def _near_word(text: str, find: _Find, hits: Sequence[Hit], names: tuple[str, ...]) -> bool:
    for hit in hits:
        if hit.phrase.kind == "word" and hit.phrase.key in names:
            low, high = (hit.end, find.start) if hit.end <= find.start else (find.end, hit.start)
            if 0 <= high - low <= _WORD_REACH and not re.search(r"[.;:。；,，\n]", text[low:high]):
                return True
    return False


def _supported(text: str, find: _Find, hits: Sequence[Hit], knowledge: Knowledge) -> bool:
    """A weak alias counts beside a word such as "province", or in a document that names it strongly nearby."""
    if find.key.kind in ("province", "place"):
        if _near_word(text, find, hits, ("province", "city")):
            return True
        strong = {hit.phrase.key for hit in hits if hit.phrase.kind == "name" and not hit.phrase.weak}
        return any(isinstance(key, NameKey) and key.kind == find.key.kind and key.name == find.key.name for key in strong)
    if find.key.kind == "person":  # "President Ho Chi Minh", not the city
        return _near_word(text, find, hits, ("person", "party_secretary"))
    return find.key.kind == "country"


# ---------------------------------------------------------------- gates


def _gates(folded: Folded, finds: list[_Find], hits: Sequence[Hit], knowledge: Knowledge, known: frozenset[str]) -> list[NameSpan]:
    """Pairs first; then single sides, a weak one only with support: a gate word, a list of gates, the text before."""
    sides = [find for find in finds if find.key.kind == "gate"]
    sides = [find for find in sides if not _is_settlement(folded.text, find, hits)]
    spans = _pairs(folded.text, sides, knowledge)
    taken = [(span.start, span.end) for span in spans]
    named = {span.name for span in spans} | known
    elsewhere = {(f.start, f.end) for f in finds if f.key.kind in ("province", "place")}
    meant = {
        (f.start, f.end)
        for f in sides
        if not f.weak or _near_word(folded.text, f, hits, ("gate",)) or (f.key.name in named and (f.start, f.end) not in elsewhere)
    }
    meant |= _enumerated(folded.text, sides, meant)
    for find in sides:
        if _inside(find, taken) or (find.start, find.end) not in meant:
            continue
        readings = [s for s in sides if (s.start, s.end) == (find.start, find.end)]
        best = _main_reading(readings, named, knowledge)
        if best.key == find.key:
            spans.append(NameSpan(find.start, find.end, "", "gate", find.key.name, "gate-side"))
            taken.append((find.start, find.end))
    return spans


def _is_settlement(text: str, find: _Find, hits: Sequence[Hit]) -> bool:
    """`Tà Lùng town`, `水口镇`: the place of that name, not the gate, when such a word stands right beside it and no gate word does."""
    words = [hit for hit in hits if hit.phrase.kind == "word" and hit.phrase.key in ("city", "gate")]
    beside = {
        str(hit.phrase.key)
        for hit in words
        if (
            0 <= find.start - hit.end <= 4
            and text[hit.end : find.start].replace(" ", "").isalpha() == bool(text[hit.end : find.start].strip())
        )
        or (0 <= hit.start - find.end <= 1)
    }
    return beside == {"city"}


def _enumerated(text: str, sides: list[_Find], meant: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Weak names in a list with surely meant gates: `Hữu Nghị, Tân Thanh and Cốc Nam`."""
    places = sorted({(find.start, find.end) for find in sides})
    found: set[tuple[int, int]] = set()
    for left, right in [*pairwise(places), *reversed(list(pairwise(places)))]:
        gap = text[left[1] : right[0]]
        if 0 < len(gap) <= 6 and not re.search(r"[-.;:()]", gap) and {left, right} & (meant | found):
            found |= {left, right}
    return found


def _pairs(text: str, sides: list[_Find], knowledge: Knowledge) -> list[NameSpan]:
    """Both sides of one pair, one soon after the other: surely the gate, whatever else the names mean."""
    spans: list[NameSpan] = []
    for k, left in enumerate(sides):
        for right in sides[k + 1 :]:
            if right.start - left.end > _PAIR_REACH:
                break
            if right.start < left.end or left.key.name != right.key.name or left.key.side == right.key.side:
                continue
            if re.search(r"[.;。；\n]", text[left.end : right.start]) or _crowded(sides, left, right):
                continue
            spans.append(NameSpan(left.start, right.end, "", "gate", left.key.name, "gate-pair"))
    return _best_pairs(spans, knowledge)


def _crowded(sides: list[_Find], left: _Find, right: _Find) -> bool:
    """Another gate's name stands between: the two belong to different pairs of a list."""
    return any(left.end <= s.start and s.end <= right.start and not s.weak and s.key.name != left.key.name for s in sides)


def _best_pairs(spans: list[NameSpan], knowledge: Knowledge) -> list[NameSpan]:
    """Of pairs that share words take the shortest, and of equals the pair before its routes."""
    parts = knowledge.gates_of_part
    kept: list[NameSpan] = []
    for span in sorted(spans, key=lambda s: (s.end - s.start, s.name in parts, s.start, s.name)):
        if not any(k.start < span.end and span.start < k.end for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _main_reading(readings: list[_Find], named: set[str], knowledge: Knowledge) -> _Find:
    parts = knowledge.gates_of_part
    order = list(knowledge.tables.gates)
    return min(readings, key=lambda f: (f.key.name not in named, f.key.name in parts, f.weak, order.index(f.key.name)))


# ---------------------------------------------------------------- places, bodies


def _without_clashes(finds: list[_Find]) -> list[_Find]:
    """One reading for each span: a strong one before a weak, a province before a place, a pattern before a body."""
    order = ("province", "series", "body", "body_pattern", "person", "place", "country")
    if len(finds) < 2:
        return finds
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.weak, order.index(f.key.kind), f.key.name)):
        if not any(k.start < find.end and find.start < k.end and not _may_be_either(k, find) for k in kept):
            kept.append(find)
    return sorted(kept, key=lambda f: f.start)


def _may_be_either(body: _Find, other: _Find) -> bool:
    """`Border Guard Command`: the state's, or that of the province beside it."""
    same = (body.start, body.end) == (other.start, other.end)
    return same and body.key.kind == "body" and other.key.kind == "body_pattern"


def _bodies(text: str, finds: list[_Find], gates: list[_Find], knowledge: Knowledge, home: str) -> list[NameSpan]:
    """`People's Committee` and the province beside it: `Cao Bằng People's Committee`; a station and its gate."""
    spans: list[NameSpan] = []
    patterns = [find for find in finds if find.key.kind == "body_pattern"]
    if not patterns:
        return spans
    sides = [(gate, *_side(gate, knowledge)) for gate in gates]
    for find in patterns:
        country = knowledge.tables.actors[find.key.name].country
        national = any(f.key.kind == "body" and (f.start, f.end) == (find.start, find.end) for f in finds)
        units = [(f.start, f.end, f.key.name) for f in finds if (unit := _country(f, knowledge)) and country in ("", unit)]
        if "Station" in find.key.name:  # of a gate, or of the place that it stands in
            units = [*((gate.start, gate.end, name) for gate, side, name in sides if side == country), *units]
        province = _beside(text, find, units) or (home if country != "CN" and not national and "Station" not in find.key.name else "")
        if province:
            spans.append(NameSpan(find.start, find.end, "", "body", find.key.name.replace("{province}", province), "body-pattern"))
    return spans


def _side(find: _Find, knowledge: Knowledge) -> tuple[str, str]:
    """The country of one side of a gate, and what the gate is called there."""
    gate = knowledge.tables.gates[find.key.name]
    return ("VN", gate.vn_name) if find.key.side == "vn" else ("CN", gate.cn_name)


def _of_country(text: str, find: _Find, countries: list[_Find], language: Language) -> str:
    """The name of a find; of a ministry or parliament that is another country's, as the name beside it tells, that country's.

    "Ministry of Foreign Affairs" alone is Vietnam's here; "Filipinler Dışişleri Bakanlığı" is that of the Philippines.
    """
    name = find.key.name
    base, _, own = name.rpartition(" of ")
    if find.key.kind != "body" or own not in _STATES or any(find.start <= c.start and c.end <= find.end for c in countries):
        return name
    joins = language.dates.get("list", ())
    for country in countries:
        before, behind = text[country.end : find.start].strip(), text[find.end : country.start].strip()
        if country.end <= find.start <= country.end + 2 and not before:
            return f"{base} of {country.key.name}"
        if (
            find.end <= country.start <= find.end + _COUNTRY_REACH
            and len(behind) <= _PREPOSITION
            and behind.isalpha()
            and behind not in joins
        ):
            return f"{base} of {country.key.name}"
    return name


def _country(find: _Find, knowledge: Knowledge) -> str:
    """The country of a province or place; empty for whatever is neither."""
    tables = knowledge.tables
    if find.key.kind == "province":
        return tables.provinces[find.key.name].country
    return tables.places[find.key.name].country if find.key.kind == "place" else ""


def _beside(text: str, find: _Find, provinces: list[tuple[int, int, str]]) -> str:
    after = [
        (start - find.end, name) for start, _, name in provinces if 0 <= start - find.end <= _OF_REACH and _linked(text[find.end : start])
    ]
    before = [(find.start - end, name) for _, end, name in provinces if 0 <= find.start - end <= 20 and _linked(text[end : find.start])]
    adjacent = [name for gap, name in before if gap <= 2]
    if adjacent and not (after and after[0][0] <= 2):
        return adjacent[0]
    return min(after)[1] if after else (min(before)[1] if before else "")


def _linked(gap: str) -> bool:
    return not re.search(r"[.,;:()。；，、\n\"]", gap)


def _secretaries(text: str, finds: list[_Find], hits: Sequence[Hit]) -> list[NameSpan]:
    """Party secretaries of listed provinces stand for those provinces' party committees."""
    spans: list[NameSpan] = []
    provinces = [f for f in finds if f.key.kind == "province"]
    for hit in hits:
        if hit.phrase.kind != "word" or hit.phrase.key != "party_secretary":
            continue
        reach = hit.end
        for find in provinces:
            gap = text[reach : find.start]
            if find.start >= reach and len(gap) <= 60 and not re.search(r"[.;。；\n]", gap):
                spans.append(NameSpan(find.start, find.end, "", "body", f"{find.key.name} Party Committee", "party-secretary"))
                reach = find.end
    return spans


def _named(text: str, committee: NameSpan, found: Iterable[NameSpan]) -> bool:
    """Whether the secretary is named right behind ("Secretary of the Lào Cai Party Committee X"): then X took part, not the committee."""
    gaps = (
        text[committee.end : span.start] for span in found if span.kind == "person" and committee.end <= span.start <= committee.end + 40
    )
    return any(not re.search(r"[;.:\n]|, [^,]*,", gap) for gap in gaps)
