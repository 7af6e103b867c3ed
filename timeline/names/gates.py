"""Border gates: both sides of a pair first, then single sides, a weak one only with support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from timeline.knowledge import Hit, Knowledge, Language
from timeline.names.finds import SENTENCE_END, WORD_REACH, Apart, Cover, Find, Named, Span, near_word, window
from timeline.text import UNSPACED, is_unspaced

_NO_LIST = re.compile("[-.;:()]")
_DASH = re.compile("[-/(]")
_JOINS_PAIR, _COUNTRY = re.compile("[-–—/(]"), re.compile(r"\([^()]*\)")  # "Móng Cái (Vietnam) and Dongxing (China)" are two towns
_LETTERS = re.compile(r"[^\W\d_]+")
_BESIDE_DASH, _CHARACTERS = 2, 3  # unknown words between two sides that a dash or a bracket parts; characters of one without blanks
_DASHED = 4  # characters of a dash between two names
_NOUNS = frozenset(("gate", "province", "city"))
_PAIR_REACH = 70  # characters between the two sides of a pair: "Tra Linh (Vietnam) - Long Bang (China)"


def gates_of(
    text: str, finds: Sequence[Find], words: Sequence[Hit], knowledge: Knowledge, known: frozenset[str], language: Language
) -> list[Named]:
    """Pairs first; then single sides, a weak one only with support: a gate word, a list of gates, the text before."""
    nouns = [hit for hit in words if hit.phrase.key in _NOUNS]
    elsewhere = {(find.start, find.end) for find in finds if find.key.kind in ("province", "place")}
    called: set[Span] = set()  # by a word for a gate
    sides: list[Find] = []
    roads: dict[Span, Find] = {}
    for find in finds:
        if find.key.kind != "gate":
            continue
        span = (find.start, find.end)
        if nouns and near_word(text, find, nouns, ("gate",)):
            called.add(span)
        if (nouns and _is_settlement(text, find, nouns)) or _is_gloss(text, find, finds, nouns, span in called):
            continue
        if span not in called and _ends_road(text, find, finds, knowledge):
            roads[span] = find
        else:
            sides.append(find)
    spans: list[Named] = []
    if len(sides) > 1:
        settled = [f for f in sides if (f.start, f.end) in elsewhere and (f.start, f.end) not in called]
        spans = _pairs(text, sides, _Gap(text, finds, words, language), settled, knowledge)
    of_pairs = Cover([(span.start, span.end) for span in spans])
    spans += _single(text, sides, called, elsewhere, {span.name for span in spans} | known, of_pairs, knowledge)
    for (start, end), find in roads.items():
        if (start, end) not in elsewhere and not of_pairs.holds(start, end):
            spans.append(Named(start, end, "place", knowledge.tables.gates[find.key.name].vn_name, "end-of-road"))
    return spans


def _single(
    text: str,
    sides: Sequence[Find],
    called: Set[Span],
    elsewhere: Set[Span],
    named: Set[str],
    of_pairs: Cover,
    knowledge: Knowledge,
) -> Iterator[Named]:
    """Sides of gates outside the pairs. A weak one counts beside a word for a gate (`called`), in a list, or where the gate was `named`
    and the span is no place of the tables (`elsewhere`).
    """
    readings: dict[Span, list[Find]] = {}
    meant: set[Span] = set()
    for find in sides:
        span = (find.start, find.end)
        readings.setdefault(span, []).append(find)
        if not find.weak or span in called or (find.key.name in named and span not in elsewhere):
            meant.add(span)
    if len(readings) > 1:
        meant = _enumerated(text, sorted(readings), meant)
    for (start, end), finds in readings.items():
        if (start, end) in meant and not of_pairs.holds(start, end):
            yield Named(start, end, "gate", _main_reading(finds, named, knowledge).key.name, "gate-side")


def _is_settlement(text: str, find: Find, nouns: Sequence[Hit]) -> bool:
    """`Tà Lùng town`, `水口镇`: the place of that name, not the gate, when such a word stands right beside it and no gate word does, or
    is a part of it.
    """
    beside = set()
    for hit in window(nouns, find.start - WORD_REACH, find.end + WORD_REACH):
        key = hit.phrase.key
        if key == "gate" and find.start <= hit.start and hit.end <= find.end:
            return False  # "保乐县到龙邦口岸"
        of_script = key == "province" and hit.start == find.end and is_unspaced(text[hit.start])  # `老街省海关`
        if of_script or (key != "province" and _is_right_beside(text, find, hit)):
            beside.add(key)
    return bool(beside) and "gate" not in beside


def _is_gloss(text: str, find: Find, finds: Sequence[Find], nouns: Sequence[Hit], called: bool) -> bool:
    """`라오까이성(Lao Cai)`: a province or town once more, in other letters, in brackets behind its name."""
    if text[find.start - 1 : find.start] != "(" or text[find.end : find.end + 1] != ")":
        return False
    glossed = [other for other in window(finds, find.start - WORD_REACH, find.start) if other.key.kind in ("province", "place")]
    glossed = [other for other in glossed if other.end in (find.start - 1, find.start - 2)]
    towns = (hit for hit in nouns if hit.phrase.key in ("province", "city"))
    within = any(o.start < hit.end <= find.start - 1 for hit in towns for o in glossed)
    return bool(glossed) and (within or not called)


def _ends_road(text: str, find: Find, finds: Sequence[Find], knowledge: Knowledge) -> bool:
    """ "The Dong Dang – Tra Linh expressway": one of two places of Vietnam that a dash joins, and no word for a gate beside them."""
    if find.key.side == "cn":
        return False
    for other in window(finds, find.start - _DASHED, find.end + _DASHED) if len(finds) > 1 else ():
        gap = text[find.end : other.start] if other.start >= find.end else text[other.end : find.start]
        apart = other.start >= find.end or other.end <= find.start
        if apart and gap.strip() in ("-", "–") and _is_vietnamese(other, find, knowledge):
            return True
    return False


def _is_vietnamese(other: Find, find: Find, knowledge: Knowledge) -> bool:
    """Whether a find is a place of Vietnam, and no side of the same gate."""
    tables = knowledge.tables
    if other.key.kind == "gate":
        return other.key.side == "vn" and other.key.name != find.key.name
    row = tables.provinces.get(other.key.name) or tables.places.get(other.key.name)
    return other.key.kind in ("province", "place") and row is not None and row.country == "VN"


def _is_right_beside(text: str, find: Find, hit: Hit) -> bool:
    if 0 <= hit.start - find.end <= 1:
        return True
    if is_unspaced(text[find.start]):  # "凭祥市代表在友谊关"
        return hit.end == find.start
    gap = text[hit.end : find.start]
    return 0 <= find.start - hit.end <= 4 and gap.replace(" ", "").isalpha() == bool(gap.strip())


def _enumerated(text: str, places: Sequence[Span], meant: Set[Span]) -> set[Span]:
    """What is surely `meant`, and weak names in a list with it (`Hữu Nghị, Tân Thanh and Cốc Nam`); `places`: all names, in order."""
    listed = set(meant)
    for left, right in [*pairwise(places), *reversed(list(pairwise(places)))]:
        gap = text[left[1] : right[0]]
        if 0 < len(gap) <= 6 and not _NO_LIST.search(gap) and (left in listed or right in listed):
            listed |= {left, right}
    return listed


class _Gap:
    """What may stand between the two sides of a pair: names, words for gates and places, "of", "and", a dash, brackets."""

    def __init__(self, text: str, finds: Sequence[Find], words: Sequence[Hit], language: Language) -> None:
        self._text, self._finds, self._words = text, finds, words
        self._spaced, self._joins = language.script not in UNSPACED, language.joining_words
        self._known: Cover | None = None

    def _is_known(self, start: int, end: int) -> bool:
        if self._known is None:
            self._known = Cover([*((find.start, find.end) for find in self._finds), *((hit.start, hit.end) for hit in self._words)])
        return self._known.holds(start, end)

    def joins(self, low: int, high: int) -> bool:
        """Whether nothing else stands there; beside a dash or a bracket some words more may."""
        gap = self._text[low:high]
        if SENTENCE_END.search(gap) or gap.count("(") != gap.count(")"):
            return False
        others = [
            word[0]
            for word in _LETTERS.finditer(self._text, low, high)
            if word[0] not in self._joins and not self._is_known(word.start(), word.end())
        ]
        unknown = len(others) if self._spaced else len("".join(others))
        return unknown <= (_BESIDE_DASH if _DASH.search(gap) else 0) * (1 if self._spaced else _CHARACTERS)


def _pairs(text: str, sides: Sequence[Find], gap: _Gap, settled: Sequence[Find], knowledge: Knowledge) -> list[Named]:
    """Both sides of one pair, one soon after the other: surely the gate, whatever else the names mean.

    But two that are places as well (`settled`), and that no dash or bracket joins, are two towns: "Móng Cái and Dongxing".
    """
    towns = frozenset(settled)
    spans: list[Named] = []
    for k, left in enumerate(sides):
        for n in range(k + 1, len(sides)):
            right = sides[n]
            if right.start - left.end > _PAIR_REACH:
                break
            if right.start < left.end or left.key.name != right.key.name or not _are_two(text, left, right):
                continue
            if _crowded(sides, left, right) or not gap.joins(left.end, right.start):
                continue
            if left in towns and right in towns and not _JOINS_PAIR.search(_COUNTRY.sub("", text[left.end : right.start])):
                continue
            spans.append(Named(left.start, right.end, "gate", left.key.name, "gate-pair"))
    return _best_pairs(spans, knowledge)


def _are_two(text: str, left: Find, right: Find) -> bool:
    """Whether two names of a gate are those of its two sides: not one name twice, where nothing tells whose they are."""
    if left.key.side and right.key.side:
        return left.key.side != right.key.side
    first, second = text[left.start : left.end], text[right.start : right.end]
    return first not in second and second not in first


def _crowded(sides: Sequence[Find], left: Find, right: Find) -> bool:
    """Another gate's name stands between: the two belong to different pairs of a list."""
    between = window(sides, left.end, right.start)
    return any(left.end <= s.start and s.end <= right.start and not s.weak and s.key.name != left.key.name for s in between)


def _best_pairs(spans: Sequence[Named], knowledge: Knowledge) -> list[Named]:
    """Of pairs that share words take the shortest, and of equals the pair before its routes."""
    parts = knowledge.gates_of_part
    apart = Apart(max((span.end for span in spans), default=0))
    ranked = sorted(spans, key=lambda s: (s.end - s.start, s.name in parts, s.start, s.name))
    return sorted((span for span in ranked if apart.take(span.start, span.end)), key=lambda s: s.start)


def _main_reading(readings: Sequence[Find], named: Set[str], knowledge: Knowledge) -> Find:
    if len(readings) == 1:
        return readings[0]
    parts, order = knowledge.gates_of_part, _order_of_gates(knowledge)
    return min(readings, key=lambda f: (f.key.name not in named, f.key.name in parts, f.weak, order[f.key.name]))


@lru_cache(maxsize=4)
def _order_of_gates(knowledge: Knowledge) -> dict[str, int]:
    return {name: place for place, name in enumerate(knowledge.tables.gates)}
