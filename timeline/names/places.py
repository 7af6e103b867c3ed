"""Which finds are places and bodies here: no side of a gate, weak ones with support only, one reading for each span."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from timeline.knowledge import Hit, Knowledge
from timeline.names.finds import WORD_REACH, Apart, Cover, Find, Named, Span, near_word, start_of, window
from timeline.names.gazetteer import NameKey
from timeline.text.spans import are_apart

_UNITS = frozenset(("province", "place"))
_NEIGHBOURS = 3  # readings of the name beside one in a list
_LISTED = re.compile(r" ?(?:[,、·・،] ?(?:[^\W\d_]{1,4} )?| [^\W\d_]{1,4} )")  # a comma, a short word
_IN_PROVINCE = re.compile(r" ?[,(（،、] ?(?:[^\W\d_]+ ){0,2}")  # "Hong Ha, in Yunnan"
_ORDER = {kind: place for place, kind in enumerate(("province", "series", "body", "body_pattern", "person", "place", "country"))}


def places_of(
    text: str, raw: Sequence[Find], sides: Sequence[Find], gates: Sequence[Named], words: Sequence[Hit], knowledge: Knowledge
) -> Sequence[Find]:
    """The finds that are no side of a gate, nor run into one ("脚下龙邦口岸" is at no Hạ Long), weak ones with support only."""
    finds = [find for find in raw if find.key.kind != "gate"] if sides else raw
    if gates and finds:
        whole = Cover([(gate.start, gate.end) for gate in gates])
        of_gates = Cover([(side.start, side.end) for side in sides if whole.holds(side.start, side.end)])
        ends = {gate.start: gate.end for gate in gates}
        finds = [find for find in finds if not (of_gates.holds(find.start, find.end) or _runs_into(find, ends))]
    for find in finds:
        if find.weak:
            return _supported_ones(text, finds, raw, words, knowledge)
    return finds


def _runs_into(find: Find, ends: dict[int, int]) -> bool:
    """Whether a gate that begins inside a find goes on behind it; `ends`: where each gate begins and ends."""
    return any(ends.get(place, 0) > find.end for place in range(find.start + 1, find.end))


def _supported_ones(text: str, finds: Sequence[Find], raw: Sequence[Find], words: Sequence[Hit], knowledge: Knowledge) -> list[Find]:
    """The finds without the weak ones that nothing supports; `raw` are all that the passage has."""
    sure = sorted((find for find in raw if not find.weak and find.key.kind in _UNITS), key=start_of)
    strong = frozenset(find.key for find in sure)
    kept: list[Find] = []
    listed: list[Find] = []  # in order too, for the finds are; they support the next one of the list
    for find in finds:
        if not find.weak or _supported(text, find, words, strong) or _is_in_province(text, find, sure, knowledge):
            kept.append(find)
        elif _in_list(text, find, sure, listed):
            kept.append(find)
            listed.append(find)
    return kept


def _supported(text: str, find: Find, words: Sequence[Hit], strong: frozenset[NameKey]) -> bool:
    """A weak alias counts beside a word such as "province", or in a passage that names it strongly (`strong`)."""
    if find.key.kind in _UNITS:
        return find.key in strong or near_word(text, find, words, ("province", "city"))
    if find.key.kind == "person":  # "President Ho Chi Minh", not the city
        return near_word(text, find, words, ("person", "party_secretary"))
    return find.key.kind == "country"


def _is_in_province(text: str, find: Find, sure: Sequence[Find], knowledge: Knowledge) -> bool:
    """Whether a weak name of a place stands before that of its province: "Hong Ha, in Yunnan"."""
    row = knowledge.tables.places.get(find.key.name) if find.key.kind == "place" else None
    return row is not None and any(
        unit.key.name == row.province and _IN_PROVINCE.fullmatch(text, find.end, unit.start)
        for unit in window(sure, find.end, find.end + WORD_REACH)
        if unit.start >= find.end
    )


def _in_list(text: str, find: Find, sure: Sequence[Find], listed: Sequence[Find]) -> bool:
    """Whether a weak name of a place stands in a list of places that are sure, or were found to be `listed`: "Longzhou, Daxin,
    Jingxi", or at its end, behind two.
    """
    if find.key.kind not in _UNITS:
        return False
    before: list[Find] = []
    behind: list[Find] = []
    for places in (sure, listed):
        beside = bisect_left(places, find.start, key=start_of)
        before += places[max(0, beside - _NEIGHBOURS) : beside]
        behind += places[beside : beside + _NEIGHBOURS]
    before = [f for f in sorted(before, key=start_of)[-_NEIGHBOURS:] if f.end <= find.start]
    behind = [f for f in sorted(behind, key=start_of)[:_NEIGHBOURS] if f.start >= find.end]
    if not before:
        return False
    left = max(before, key=lambda f: f.end)
    if _LISTED.fullmatch(text, left.end, find.start) is None:
        return False
    if behind and _LISTED.fullmatch(text, find.end, behind[0].start):
        return True
    earlier = [f for f in before if f.end <= left.start]
    return bool(earlier) and _LISTED.fullmatch(text, max(f.end for f in earlier), left.start) is not None


def without_clashes(finds: Sequence[Find], knowledge: Knowledge) -> Sequence[Find]:
    """One reading for each span: a strong one before a weak, a province before a place, of two places ("Trung Khanh") that whose
    province is named too.

    `Border Guard Command` keeps two: it is the state's, or that of the province beside it.
    """
    if are_apart(finds):
        return finds
    rows = knowledge.tables.places
    named: set[str] = set()
    if any(find.key.kind == "place" for find in finds):
        named |= {find.key.name for find in finds if find.key.kind == "province"}
        named |= {rows[find.key.name].province for find in finds if find.key.kind == "place" and not find.weak} - {""}

    def rank(find: Find) -> tuple[int, bool, int, bool, str]:
        key = find.key
        unnamed = key.kind == "place" and rows[key.name].province not in named
        return find.start - find.end, find.weak, _ORDER[key.kind], unnamed, key.name

    kept: list[Find] = []
    apart = Apart(max(find.end for find in finds))
    bodies: set[Span] = set()
    patterns = [find for find in finds if find.key.kind == "body_pattern"]
    for find in sorted(finds, key=rank):
        start, end, kind = find.start, find.end, find.key.kind
        either = kind == "body_pattern" and (start, end) in bodies
        # "Management Board of the Economic Zone of Cao Bằng": the board, and not the zone that its name runs into
        runs_on = kind == "place" and any(p.start < start < p.end < end for p in window(patterns, start, start))
        if either or (not runs_on and apart.take(start, end)):
            kept.append(find)
            if kind == "body":
                bodies.add((start, end))
    return sorted(kept, key=start_of)
