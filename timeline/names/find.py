"""Raw finds of the scan → names that hold: the longest wins, weak ones need support, patterns get their province."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

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
_LONGEST = 120  # characters of a name or of a word beside it
_BEFORE_BODY = 20  # characters between a province and a body behind it
_SECRETARY_REACH, _NAMED_REACH = 60, 40  # from a secretary to a province, from a committee to its secretary's name
_PART_END = re.compile(r"[.;:。；,，\n]")
_SENTENCE_END = re.compile(r"[.;。；\n]")


class _Find(NamedTuple):
    start: int
    end: int
    key: NameKey
    weak: bool


class _Unit(NamedTuple):
    """A province, a place or one side of a gate, that a body may belong to."""

    start: int
    end: int
    name: str
    country: str


_Item = TypeVar("_Item", _Find, _Unit, Hit)


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
    text = folded.text
    words = [hit for hit in hits if hit.phrase.kind == "word"]
    raw = _raw(folded, source, hits, language)
    others = [(hit.start, hit.end) for hit in words if hit.phrase.key == "not_name"]
    if others:
        not_names = _Cover(len(text), others)
        raw = [find for find in raw if not not_names.holds(find)]
    sides = [find for find in raw if find.key.kind == "gate"]
    gates = _gates(text, _longest(raw, len(text)), words, knowledge, known) if sides else []
    of_gates = _Cover(len(text), [(gate.start, gate.end) for gate in gates]) if gates else None
    strong = frozenset(find.key for find in raw if not find.weak) if any(find.weak for find in raw) else frozenset()
    places = [
        find
        for find in raw
        if find.key.kind != "gate" and not (of_gates and of_gates.holds(find)) and (not find.weak or _supported(text, find, words, strong))
    ]
    places = _without_clashes(places, len(text))
    bodies = _bodies(text, places, sides, knowledge, home)
    if bodies:
        provincial = {(body.start, body.end) for body in bodies}
        places = [f for f in places if f.key.kind != "body" or (f.start, f.end) not in provincial]
    secretaries = _secretaries(text, places, words)
    titles = [(f.start, f.end) for f in places if f.key.kind == "body"]
    countries = [f for f in raw if f.key.kind == "country"] if titles else []
    if countries:
        of_titles = _Cover(len(text), titles)
        places += [f for f in _longest(countries, len(text)) if of_titles.holds(f)]  # "the ambassador of China" tells the country too
    found = [
        NameSpan(f.start, f.end, "", f.key.kind, _of_country(text, f, countries, language) if countries else f.key.name, "gazetteer")
        for f in places
        if f.key.kind != "body_pattern"
    ]
    found += bodies + secretaries + gates
    if with_people:
        taken = [(span.start, span.end) for span in found] + others
        taken += [(f.start, f.end) for f in raw if f.weak and f.key.kind == "province" and _is_long(text[f.start : f.end])]
        found += people_by_form(folded, source, hits, taken, language)
    if secretaries:
        people = sorted((span for span in found if span.kind == "person"), key=lambda span: span.start)
        found = [span for span in found if span.rule != "party-secretary" or not _named(text, span, people)]
    return sorted((_sourced(folded, source, span) for span in found), key=lambda span: (span.start, -span.end, span.kind, span.name))


def _is_long(name: str) -> bool:
    """Whether a name has three words ("Ho Chi Minh", the city without "City"): such a one is nobody else's."""
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


def _longest(finds: list[_Find], length: int) -> list[_Find]:
    """Drop what lies inside a longer find; several readings of one span all stay."""
    kept: list[_Find] = []
    cover = _Cover(length)
    for _, group in groupby(sorted(finds, key=lambda f: (f.start - f.end, f.start)), key=lambda f: f.start - f.end):
        longest = [find for find in group if not cover.holds(find)]
        kept += longest
        for find in longest:
            cover.add(find.start, find.end)
    return sorted(kept, key=lambda f: (f.start, f.end))


class _Cover:
    """Spans of a text, asked whether one of them holds another: cost by the characters, not by the pairs."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._ends = [0] * (length + 1)  # for each character the furthest end of a span over it
        self.any = False
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        ends = self._ends
        self.any = True
        for place in range(start, end):
            if ends[place] < end:
                ends[place] = end

    def holds(self, find: _Find) -> bool:
        return self.any and self._ends[find.start] >= find.end

    def meets(self, find: _Find) -> bool:
        return self.any and any(self._ends[find.start : find.end])


def _start(item: _Find | _Unit | Hit) -> int:
    return item.start


def _window(items: Sequence[_Item], low: int, high: int) -> Sequence[_Item]:
    """Those of `items`, sorted by their start, that may touch `low`–`high`; a name or word is no longer than `_LONGEST`."""
    return items[bisect_left(items, low - _LONGEST, key=_start) : bisect_right(items, high, key=_start)]


def _near_word(text: str, find: _Find, words: Sequence[Hit], names: tuple[str, ...]) -> bool:
    for hit in _window(words, find.start - _WORD_REACH, find.end + _WORD_REACH):
        if hit.phrase.key in names:
            low, high = (hit.end, find.start) if hit.end <= find.start else (find.end, hit.start)
            if 0 <= high - low <= _WORD_REACH and not _PART_END.search(text, low, high):
                return True
    return False


def _supported(text: str, find: _Find, words: Sequence[Hit], strong: frozenset[NameKey]) -> bool:
    """A weak alias counts beside a word such as "province", or in a passage that names it strongly (`strong`)."""
    if find.key.kind in ("province", "place"):
        return find.key in strong or _near_word(text, find, words, ("province", "city"))
    if find.key.kind == "person":  # "President Ho Chi Minh", not the city
        return _near_word(text, find, words, ("person", "party_secretary"))
    return find.key.kind == "country"


# ---------------------------------------------------------------- gates


def _gates(text: str, finds: list[_Find], words: Sequence[Hit], knowledge: Knowledge, known: frozenset[str]) -> list[NameSpan]:
    """Pairs first; then single sides, a weak one only with support: a gate word, a list of gates, the text before."""
    sides = [find for find in finds if find.key.kind == "gate"]
    sides = [find for find in sides if not _is_settlement(text, find, words)]
    spans = _pairs(text, sides, knowledge)
    named = {span.name for span in spans} | known
    elsewhere = {(f.start, f.end) for f in finds if f.key.kind in ("province", "place")}
    meant = {
        (f.start, f.end)
        for f in sides
        if not f.weak or _near_word(text, f, words, ("gate",)) or (f.key.name in named and (f.start, f.end) not in elsewhere)
    }
    meant |= _enumerated(text, sides, meant)
    of_pairs = _Cover(len(text), [(span.start, span.end) for span in spans])
    readings: dict[tuple[int, int], list[_Find]] = {}
    for find in sides:
        readings.setdefault((find.start, find.end), []).append(find)
    for (start, end), finds_there in readings.items():
        if (start, end) in meant and not of_pairs.holds(finds_there[0]):
            best = _main_reading(finds_there, named, knowledge)
            spans.append(NameSpan(start, end, "", "gate", best.key.name, "gate-side"))
    return spans


def _is_settlement(text: str, find: _Find, words: Sequence[Hit]) -> bool:
    """`Tà Lùng town`, `水口镇`: the place of that name, not the gate, when such a word stands right beside it and no gate word does."""
    beside = {
        str(hit.phrase.key)
        for hit in _window(words, find.start - _WORD_REACH, find.end + _WORD_REACH)
        if hit.phrase.key in ("city", "gate") and _is_right_beside(text, find, hit)
    }
    return beside == {"city"}


def _is_right_beside(text: str, find: _Find, hit: Hit) -> bool:
    if 0 <= hit.start - find.end <= 1:
        return True
    gap = text[hit.end : find.start]
    return 0 <= find.start - hit.end <= 4 and gap.replace(" ", "").isalpha() == bool(gap.strip())


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
        for n in range(k + 1, len(sides)):
            right = sides[n]
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
    between = _window(sides, left.end, right.start)
    return any(left.end <= s.start and s.end <= right.start and not s.weak and s.key.name != left.key.name for s in between)


def _best_pairs(spans: list[NameSpan], knowledge: Knowledge) -> list[NameSpan]:
    """Of pairs that share words take the shortest, and of equals the pair before its routes."""
    parts = knowledge.gates_of_part
    kept: list[NameSpan] = []
    used: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.end - s.start, s.name in parts, s.start, s.name)):
        if used.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            used.update(range(span.start, span.end))
    return sorted(kept, key=lambda s: s.start)


def _main_reading(readings: list[_Find], named: set[str], knowledge: Knowledge) -> _Find:
    parts = knowledge.gates_of_part
    order = list(knowledge.tables.gates)
    return min(readings, key=lambda f: (f.key.name not in named, f.key.name in parts, f.weak, order.index(f.key.name)))


# ---------------------------------------------------------------- places, bodies


def _without_clashes(finds: list[_Find], length: int) -> list[_Find]:
    """One reading for each span: a strong one before a weak, a province before a place.

    `Border Guard Command` keeps two: it is the state's, or that of the province beside it.
    """
    if len(finds) < 2:
        return finds
    order = ("province", "series", "body", "body_pattern", "person", "place", "country")
    kept: list[_Find] = []
    cover = _Cover(length)
    bodies: set[tuple[int, int]] = set()
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.weak, order.index(f.key.kind), f.key.name)):
        either = find.key.kind == "body_pattern" and (find.start, find.end) in bodies
        if either or not cover.meets(find):
            kept.append(find)
            cover.add(find.start, find.end)
            if find.key.kind == "body":
                bodies.add((find.start, find.end))
    return sorted(kept, key=lambda f: f.start)


def _bodies(text: str, finds: list[_Find], gates: list[_Find], knowledge: Knowledge, home: str) -> list[NameSpan]:
    """`People's Committee` and the province beside it: `Cao Bằng People's Committee`; a station and its gate."""
    spans: list[NameSpan] = []
    patterns = [find for find in finds if find.key.kind == "body_pattern"]
    if not patterns:
        return spans
    actors = knowledge.tables.actors
    of_state = {(f.start, f.end) for f in finds if f.key.kind == "body"}
    units = [_Unit(f.start, f.end, f.key.name, country) for f in finds if (country := _country(f, knowledge))]
    sides = [_side(gate, knowledge) for gate in gates]
    for find in patterns:
        actor = actors[find.key.name]
        near = [unit for unit in _window(units, find.start, find.end + _OF_REACH) if actor.country in ("", unit.country)]
        if actor.level == "gate":  # of a gate, or of the place that it stands in
            near = [unit for unit in _window(sides, find.start, find.end + _OF_REACH) if unit.country == actor.country] + near
        of_home = home if actor.country != "CN" and actor.level != "gate" and (find.start, find.end) not in of_state else ""
        if province := _beside(text, find, near) or of_home:
            spans.append(NameSpan(find.start, find.end, "", "body", find.key.name.replace("{province}", province), "body-pattern"))
    return spans


def _side(find: _Find, knowledge: Knowledge) -> _Unit:
    """One side of a gate, by what the gate is called there."""
    gate = knowledge.tables.gates[find.key.name]
    name, country = (gate.vn_name, "VN") if find.key.side == "vn" else (gate.cn_name, "CN")
    return _Unit(find.start, find.end, name, country)


def _of_country(text: str, find: _Find, countries: list[_Find], language: Language) -> str:
    """The name of a find; of a ministry or parliament that is another country's, as the name beside it tells, that country's.

    "Ministry of Foreign Affairs" alone is Vietnam's here; "Filipinler Dışişleri Bakanlığı" is that of the Philippines.
    """
    name = find.key.name
    base, _, own = name.rpartition(" of ")
    if find.key.kind != "body" or own not in _STATES:
        return name
    countries = list(_window(countries, find.start, find.end + _COUNTRY_REACH))
    if any(find.start <= c.start and c.end <= find.end for c in countries):
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


def _beside(text: str, find: _Find, units: list[_Unit]) -> str:
    after = [
        (unit.start - find.end, unit.name)
        for unit in units
        if 0 <= unit.start - find.end <= _OF_REACH and _linked(text[find.end : unit.start])
    ]
    before = [
        (find.start - unit.end, unit.name)
        for unit in units
        if 0 <= find.start - unit.end <= _BEFORE_BODY and _linked(text[unit.end : find.start])
    ]
    adjacent = [name for gap, name in before if gap <= 2]
    if adjacent and not (after and after[0][0] <= 2):
        return adjacent[0]
    return min(after)[1] if after else (min(before)[1] if before else "")


def _linked(gap: str) -> bool:
    return not re.search(r"[.,;:()。；，、\n\"]", gap)


def _secretaries(text: str, finds: list[_Find], words: Sequence[Hit]) -> list[NameSpan]:
    """Party secretaries of listed provinces stand for those provinces' party committees."""
    spans: list[NameSpan] = []
    provinces = [f for f in finds if f.key.kind == "province"]
    for hit in words:
        if hit.phrase.key != "party_secretary":
            continue
        reach = hit.end
        for n in range(bisect_left(provinces, reach, key=_start), len(provinces)):
            find = provinces[n]
            if find.start - reach > _SECRETARY_REACH:
                break
            if find.start >= reach and not _SENTENCE_END.search(text, reach, find.start):
                spans.append(NameSpan(find.start, find.end, "", "body", f"{find.key.name} Party Committee", "party-secretary"))
                reach = find.end
    return spans


def _named(text: str, committee: NameSpan, people: Sequence[NameSpan]) -> bool:
    """Whether the secretary is named right behind ("Secretary of the Lào Cai Party Committee X"): then X took part, not the committee."""
    low = bisect_left(people, committee.end, key=lambda span: span.start)
    high = bisect_right(people, committee.end + _NAMED_REACH, key=lambda span: span.start)
    gaps = (text[committee.end : span.start] for span in people[low:high])
    return any(not re.search(r"[;.:\n]|, [^,]*,", gap) for gap in gaps)
