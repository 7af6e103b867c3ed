"""Templates as compiled patterns, looked up by what stands at a place: few of hundreds can fit there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from timeline.dates.numerals import HAN_NUMBER, Numerals
from timeline.dates.patterns import Branch, characters, factored

_YEAR = 4  # figures
_FIGURES = frozenset("0123456789")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_FIGURE = re.compile(r"([0-9]*)[ \n]{0,2}(.?)", re.DOTALL)
WORD_BEGINS, _FIGURE_BEGINS, YEAR_BEGINS = "w", "d", "y"
_OPENS_PATTERN = ("(", "[")  # what slots, blanks and borders begin with, and no word (there these are escaped)
_Slots = Mapping[str, str]


class Body(NamedTuple):
    """A template from its first slot on: the patterns of its pieces, slots among them, and its value where slots do not say."""

    text: str
    pieces: tuple[str, ...]
    code: str

    @property
    def first_slot(self) -> str:
        """The name of the slot that the template begins with."""
        return self.text[1 : self.text.index("}")]


class Found:
    """A template that stands in a text: where, what its value is where the slots do not say, and its slots.

    `slots` names the group of each, `fields` holds the words of those that are filled.
    """

    __slots__ = ("code", "fields", "match", "slots")

    def __init__(self, match: re.Match[str], code: str, slots: _Slots) -> None:
        self.match, self.code, self.slots = match, code, slots
        self.fields = {slot: words for slot, name in slots.items() if (words := match[name]) is not None}

    def weight(self, begin: int) -> tuple[int, bool, int]:
        """How much it says: the slots filled, whether it names a part of the year, then the characters from `begin`.

        An idiom that is no date outweighs all.
        """
        if self.code == "never":
            return 99, True, self.match.end() - begin
        named = bool(self.code) and not self.code.startswith("order:")
        return len(self.fields), named, self.match.end() - begin


def place_key(text: str, position: int) -> str:
    """By what templates are looked up at a place: how they begin there (a word, a figure, one as long as a year), and the word's
    first character, or the one behind the figure and its blank.
    """
    figure = _FIGURE.match(text, position)
    length = figure.end(1) - position if figure else 0
    if figure is None or not length:
        return WORD_BEGINS + text[position : position + 1]
    return (YEAR_BEGINS if length >= _YEAR else _FIGURE_BEGINS) + figure[2]


@dataclass(frozen=True)
class Beginnings:
    """Which characters each slot may begin with, and which may go on inside it behind its first figure (days in a list)."""

    firsts: Mapping[str, frozenset[str]]
    inner: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, numerals: Numerals, months: Iterable[str], month_joins: frozenset[str], day_joins: frozenset[str]) -> Beginnings:
        """`month_joins`, `day_joins`: what the words between two months, or two days, of one expression begin with."""
        months = tuple(months)
        han = frozenset(HAN_NUMBER[1:-1]) if numerals.han else frozenset()
        days = frozenset(word[0] for word in numerals.day_words)
        firsts = {
            "d": _FIGURES | han | days,
            "D": days,
            "m": _FIGURES | han,
            "M": frozenset(month[0] for month in months),
            "y": _FIGURES | han | frozenset(era[0] for era in numerals.eras),
            "yy": _FIGURES,
            "q": frozenset("1234i"),
            "R": frozenset("ivx"),
        }
        inner = {"d": day_joins | _goes_on(numerals.day_words), "D": _goes_on(numerals.day_words)}
        return cls(firsts, inner | {"m": month_joins, "M": month_joins | _goes_on(months)})

    def keys(self, body: Body, kind: str) -> frozenset[str] | None:
        """The characters that may end the `place_key` of a place where a template fits; None for any.

        `kind`: what the key begins with.
        """
        slot = body.first_slot
        if kind == WORD_BEGINS:
            return self.firsts[slot]
        if not self.firsts[slot] & _FIGURES:
            return frozenset()
        rest = body.text[len(slot) + 2 :].lstrip(" ")
        if not rest:
            return None
        behind = self.firsts[rest[1 : rest.index("}")]] if rest[0] == "{" else frozenset(rest[0])
        return self.inner.get(slot, frozenset()) | behind


def _goes_on(words: Iterable[str]) -> frozenset[str]:
    """What stands behind the figure that a word begins with ("1st lunar month")."""
    return frozenset(place_key(word, 0)[1:] for word in words if word[0] in _FIGURES)


class _Head:
    """The templates that begin with the same slot as one pattern, compiled when a place first asks for it."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._source)


class Choice:
    """Templates as a few patterns, each a tree of their pieces: what several share is read once, whatever may follow it.

    The fullest template comes first, so that the first to match is the longest. An empty group at the end of each tells
    which it was.
    """

    def __init__(self, bodies: Iterable[Body], beginnings: Beginnings) -> None:
        # what has no second slot is apart: "2-9" is a day and month before it is a range of days
        heads: dict[tuple[bool, str], list[Body]] = {}
        for body in bodies:
            heads.setdefault((body.text.count("{") < 2 and body.code != "never", body.pieces[0]), []).append(body)
        self._found: dict[str, tuple[str, _Slots]] = {}
        self._groups = 0
        compiled = [(_Head(self._by_fullness(group)), group) for group in heads.values()]
        self._tried: dict[str, tuple[_Head, ...]] = {}
        self._anywhere: dict[str, tuple[_Head, ...]] = {}
        for kind in (WORD_BEGINS, _FIGURE_BEGINS, YEAR_BEGINS):
            self._look_up(kind, compiled, beginnings)

    def _look_up(self, kind: str, heads: Sequence[tuple[_Head, Sequence[Body]]], beginnings: Beginnings) -> None:
        """Enter the patterns that may fit under each `place_key` of a kind, in their order."""
        told: list[tuple[_Head, frozenset[str], bool]] = []
        for head, bodies in heads:
            # among figures, only those of four begin with a year, and those begin with nothing else
            if kind != WORD_BEGINS and (bodies[0].first_slot == "y") != (kind == YEAR_BEGINS):
                continue
            keys = {beginnings.keys(body, kind) for body in bodies}
            told.append((head, frozenset().union(*(key for key in keys if key is not None)), None in keys))
        self._anywhere[kind] = tuple(head for head, _, anywhere in told if anywhere)
        for char in frozenset().union(*(chars for _, chars, _ in told)):
            self._tried[kind + char] = tuple(head for head, chars, anywhere in told if anywhere or char in chars)

    def _by_fullness(self, bodies: Sequence[Body]) -> str:
        """A tree for each number of slots, in the order of the templates: what says more is tried before what says less."""
        grades: dict[tuple[bool, int], list[Body]] = {}
        for body in bodies:
            grades.setdefault((body.code == "never", body.text.count("{")), []).append(body)
        return "|".join(self._tree(grade, 0, ()) for grade in grades.values())

    def _tree(self, bodies: Sequence[Body], depth: int, slots: tuple[tuple[str, str], ...]) -> str:
        """The pattern of all that follows in templates which agree in their first `depth` pieces and so have their `slots`."""
        following: dict[str, list[Body]] = {}
        for body in bodies:
            following.setdefault(body.pieces[depth] if depth < len(body.pieces) else "", []).append(body)
        branches: list[Branch] = []
        for piece, group in following.items():
            self._groups += 1
            if not piece:
                name = f"k_{self._groups}"
                self._found[name] = group[0].code, dict(slots)
                branches.append(((), f"(?P<{name}>)"))
            elif piece[0] in _OPENS_PATTERN:
                own = tuple((slot, f"{slot}_{self._groups}") for slot in _GROUP.findall(piece))
                numbered = _GROUP.sub(rf"(?P<\1_{self._groups}>", piece)
                branches.append(((), numbered + self._tree(group, depth + 1, (*slots, *own))))
            else:
                branches.append((characters(piece), self._tree(group, depth + 1, slots)))
        return factored(branches)

    def may_fit(self, key: str) -> bool:
        """Whether any template may fit at a place with this `place_key`."""
        return key in self._tried or bool(self._anywhere[key[0]])

    def match(self, text: str, position: int, key: str) -> Found | None:
        """The template that says most of those that stand at `position`, of which `key` is the `place_key`."""
        best: Found | None = None
        for head in self._tried.get(key) or self._anywhere[key[0]]:
            match = head.pattern.match(text, position)
            if match is not None:
                found = Found(match, *self._found[str(match.lastgroup)])
                best = fuller(best, found, position) if best is not None else found
        return best


def fuller(one: Found | None, other: Found | None, position: int) -> Found | None:
    """The one of two that says more; of equals the first."""
    if one is None or other is None:
        return one or other
    return other if other.weight(position) > one.weight(position) else one
