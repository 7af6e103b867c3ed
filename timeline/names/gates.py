"""Border gates: both sides of a pair first, then single sides, a weak one only with support."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, pairwise

from timeline.knowledge import Hit, Knowledge, Language
from timeline.model import NameSpan
from timeline.names.finds import SENTENCE_END, WORD_REACH, Cover, Find, near_word, window
from timeline.text import UNSPACED, is_unspaced

_DASH = re.compile("[-/(]")
_JOINS_PAIR, _COUNTRY = re.compile("[-–—/(]"), re.compile(r"\([^()]*\)")  # "Móng Cái (Vietnam) and Dongxing (China)" are two towns
_LETTERS = re.compile(r"[^\W\d_]+")
_BESIDE_DASH, _CHARACTERS = 2, 3  # unknown words between two sides that a dash or a bracket parts; characters of one without blanks
_DASHED = 4  # characters of a dash between two names
_PAIR_REACH = 70  # characters between the two sides of a pair: "Tra Linh (Vietnam) - Long Bang (China)"


def gates_of(
    text: str, finds: list[Find], words: Sequence[Hit], knowledge: Knowledge, known: frozenset[str], language: Language
) -> list[NameSpan]:
    """Pairs first; then single sides, a weak one only with support: a gate word, a list of gates, the text before."""
    sides = [find for find in finds if find.key.kind == "gate"]
    sides = [find for find in sides if not (_is_settlement(text, find, words) or _is_gloss(text, find, finds, words))]
    of_roads = [_ends_road(text, find, finds, words, knowledge) for find in sides]
    roads, sides = list(compress(sides, of_roads)), [find for find, of_road in zip(sides, of_roads, strict=True) if not of_road]
    elsewhere = {(f.start, f.end) for f in finds if f.key.kind in ("province", "place")}
    settled = [f for f in sides if (f.start, f.end) in elsewhere and not near_word(text, f, words, ("gate",))]
    spans = _pairs(text, sides, _Gap(text, finds, words, language), settled, knowledge)
    named = {span.name for span in spans} | known
    meant = {
        (f.start, f.end)
        for f in sides
        if not f.weak or near_word(text, f, words, ("gate",)) or (f.key.name in named and (f.start, f.end) not in elsewhere)
    }
    meant |= _enumerated(text, sides, meant)
    of_pairs = Cover(len(text), [(span.start, span.end) for span in spans])
    readings: dict[tuple[int, int], list[Find]] = {}
    for find in sides:
        readings.setdefault((find.start, find.end), []).append(find)
    for (start, end), finds_there in readings.items():
        if (start, end) in meant and not of_pairs.holds(finds_there[0]):
            best = _main_reading(finds_there, named, knowledge)
            spans.append(NameSpan(start, end, "", "gate", best.key.name, "gate-side"))
    for find in {(f.start, f.end): f for f in roads}.values():
        if (find.start, find.end) not in elsewhere and not of_pairs.holds(find):
            spans.append(NameSpan(find.start, find.end, "", "place", knowledge.tables.gates[find.key.name].vn_name, "end-of-road"))
    return spans


def _is_settlement(text: str, find: Find, words: Sequence[Hit]) -> bool:
    """`Tà Lùng town`, `水口镇`: the place of that name, not the gate, when such a word stands right beside it and no gate word does, or
    is a part of it.
    """
    near = window(words, find.start - WORD_REACH, find.end + WORD_REACH)
    if any(hit.phrase.key == "gate" and find.start <= hit.start and hit.end <= find.end for hit in near):
        return False  # "保乐县到龙邦口岸"
    beside = {
        str(hit.phrase.key)
        for hit in near
        if (hit.phrase.key in ("city", "gate") and _is_right_beside(text, find, hit))
        or (hit.phrase.key == "province" and hit.start == find.end and is_unspaced(text[hit.start]))  # `老街省海关`
    }
    return bool(beside) and "gate" not in beside


def _is_gloss(text: str, find: Find, finds: Sequence[Find], words: Sequence[Hit]) -> bool:
    """`라오까이성(Lao Cai)`: a province or town once more, in other letters, in brackets behind its name."""
    if text[find.start - 1 : find.start] != "(" or text[find.end : find.end + 1] != ")":
        return False
    glossed = [other for other in window(finds, find.start - WORD_REACH, find.start) if other.key.kind in ("province", "place")]
    glossed = [other for other in glossed if other.end in (find.start - 1, find.start - 2)]
    nouns = [hit for hit in words if hit.phrase.key in ("province", "city") and any(o.start < hit.end <= find.start - 1 for o in glossed)]
    return bool(glossed) and (bool(nouns) or not near_word(text, find, words, ("gate",)))


def _ends_road(text: str, find: Find, finds: Sequence[Find], words: Sequence[Hit], knowledge: Knowledge) -> bool:
    """ "The Dong Dang – Tra Linh expressway": one of two places of Vietnam that a dash joins, and no word for a gate beside them."""
    if find.key.side == "cn" or near_word(text, find, words, ("gate",)):
        return False
    for other in window(finds, find.start - _DASHED, find.end + _DASHED):
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


def _enumerated(text: str, sides: list[Find], meant: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Weak names in a list with surely meant gates: `Hữu Nghị, Tân Thanh and Cốc Nam`."""
    places = sorted({(find.start, find.end) for find in sides})
    found: set[tuple[int, int]] = set()
    for left, right in [*pairwise(places), *reversed(list(pairwise(places)))]:
        gap = text[left[1] : right[0]]
        if 0 < len(gap) <= 6 and not re.search(r"[-.;:()]", gap) and {left, right} & (meant | found):
            found |= {left, right}
    return found


class _Gap:
    """What may stand between the two sides of a pair: names, words for gates and places, "of", "and", a dash, brackets."""

    def __init__(self, text: str, finds: Sequence[Find], words: Sequence[Hit], language: Language) -> None:
        self._text, self._spaced = text, language.script not in UNSPACED
        self._known = Cover(len(text), [*((find.start, find.end) for find in finds), *((hit.start, hit.end) for hit in words)])
        self._joins = language.joining_words

    def joins(self, low: int, high: int) -> bool:
        """Whether nothing else stands there; beside a dash or a bracket some words more may."""
        gap = self._text[low:high]
        if SENTENCE_END.search(gap) or gap.count("(") != gap.count(")"):
            return False
        others = [
            word[0]
            for word in _LETTERS.finditer(self._text, low, high)
            if not self._known.spans(word.start(), word.end()) and word[0] not in self._joins
        ]
        unknown = len(others) if self._spaced else len("".join(others))
        return unknown <= (_BESIDE_DASH if _DASH.search(gap) else 0) * (1 if self._spaced else _CHARACTERS)


def _pairs(text: str, sides: list[Find], gap: _Gap, settled: Sequence[Find], knowledge: Knowledge) -> list[NameSpan]:
    """Both sides of one pair, one soon after the other: surely the gate, whatever else the names mean.

    But two that are places as well (`settled`), and that no dash or bracket joins, are two towns: "Móng Cái and Dongxing".
    """
    towns = frozenset(settled)
    spans: list[NameSpan] = []
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
            spans.append(NameSpan(left.start, right.end, "", "gate", left.key.name, "gate-pair"))
    return _best_pairs(spans, knowledge)


def _are_two(text: str, left: Find, right: Find) -> bool:
    """Whether two names of a gate are those of its two sides: not one name twice, where nothing tells whose they are."""
    if left.key.side and right.key.side:
        return left.key.side != right.key.side
    first, second = text[left.start : left.end], text[right.start : right.end]
    return first not in second and second not in first


def _crowded(sides: list[Find], left: Find, right: Find) -> bool:
    """Another gate's name stands between: the two belong to different pairs of a list."""
    between = window(sides, left.end, right.start)
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


def _main_reading(readings: list[Find], named: set[str], knowledge: Knowledge) -> Find:
    parts = knowledge.gates_of_part
    order = list(knowledge.tables.gates)
    return min(readings, key=lambda f: (f.key.name not in named, f.key.name in parts, f.weak, order.index(f.key.name)))
