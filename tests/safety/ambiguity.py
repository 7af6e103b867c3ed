"""Where a pattern may take more than linear time: Python's engine tries every way in which a text can be matched.

A pattern is read as an automaton of the places in it that take a character (Glushkov's), its edges with what must stand before and
behind them. Time grows exponentially where a place leads back to itself in two ways over the same characters, and with a power of
the text's length where, over the same characters, one loop leads to itself, to another loop, and that one to itself (Weideman et
al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA", 2016). Walking
through a text in search of a match is such a loop too. Whatever is not modelled exactly (lookarounds of more than one character,
groups that give nothing back) is taken for wider than it is: a pattern in which nothing is found takes linear time.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MOST_COPIES = 64  # a repetition with a higher bound counts as one without
_MANY_CHARACTERS = 3000  # of a range whose other case is looked up
_UNBOUNDED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<sign>[*+]|\{\d*,(?:\d{2,})?\})", re.DOTALL)


class Fault(NamedTuple):
    """Where time grows, and what to repeat to see it."""

    what: str  # "exponential", "polynomial" or "search"
    pump: str


class Condition(NamedTuple):
    """The characters of which one must stand before a place, and behind it, as the bits of numbers."""

    before: int
    behind: int


@dataclass
class Part:
    """A piece of a pattern: on what terms it takes nothing, and the places that it may begin and end with."""

    empty: list[Condition] = field(default_factory=list)
    first: list[tuple[Condition, int]] = field(default_factory=list)
    last: list[tuple[int, Condition]] = field(default_factory=list)


@cache
def _borders(is_ascii: bool) -> tuple[int, ...]:
    """The characters at which one of the classes of `re` begins or ends."""
    found, before = [0], None
    for code in range(256 if is_ascii else sys.maxunicode + 1):
        now = tuple(_in_category(name, code, is_ascii) for name in _CATEGORIES)
        if now != before:
            found.append(code)
        before = now
    return tuple(dict.fromkeys(found))


_CATEGORIES = ("DIGIT", "SPACE", "WORD")


def _in_category(name: str, code: int, is_ascii: bool) -> bool:
    char = chr(code)
    if is_ascii and code > 127:
        return False
    if name == "DIGIT":
        return char.isdecimal()
    return char.isspace() if name == "SPACE" else char.isalnum() or char == "_"


def can_repeat(source: str) -> bool:
    """Whether anything in a pattern is repeated without a low bound: a quick look that errs on the side of yes."""
    return any(match["sign"] for match in _UNBOUNDED.finditer(source))


class Automaton:
    """The places of a pattern and the edges between them."""

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        tree = _parser.parse(source, flags)
        self._flags = tree.state.flags
        self._is_ascii = isinstance(source, bytes) or bool(self._flags & re.ASCII)
        self._most = 256 if isinstance(source, bytes) else sys.maxunicode + 1
        codes = {*_borders(self._is_ascii), *(code for code in _codes(tree, bool(self._flags & re.IGNORECASE)) if code < self._most)}
        self.symbols = sorted(codes)  # each stands for all characters up to the next
        self._chars = (1 << len(self.symbols)) - 1
        self._begin = self._end = 1 << len(self.symbols)
        self.all = self._chars | self._begin
        self._free = Condition(self.all, self.all)
        self._groups: dict[int, Any] = {}
        self.classes = [self.all]  # the first place is the walk through the text
        self.edges: list[list[tuple[Condition, int]]] = [[]]
        whole = self._sequence(tree)
        self.first = whole.first
        self.ends = {place for place, condition in whole.last if condition.behind == self.all}
        self.sure = {place for place in self.ends if self._goes_on(place)}

    def _goes_on(self, place: int) -> bool:
        """Whether a place takes whatever follows, to the end of the text."""
        everything = (self._chars, (Condition(self.all, self.all), place))
        return (self.classes[place], next((way for way in self.edges[place] if way[1] == place), None)) == everything

    # --- characters

    def _range(self, low: int, high: int) -> int:
        begin, end = bisect_left(self.symbols, low), bisect_left(self.symbols, min(high + 1, self._most))
        mask = (1 << end) - (1 << begin)
        if self._flags & re.IGNORECASE:
            for code in _other_cases(low, high):
                if code < self._most:
                    mask |= 1 << bisect_left(self.symbols, code)
        return mask

    def _category(self, name: str) -> int:
        kind, is_not = name.removeprefix("CATEGORY_").removeprefix("NOT_"), "NOT_" in name
        mask = sum(1 << number for number, code in enumerate(self.symbols) if _in_category(kind, code, self._is_ascii))
        return self._chars & ~mask if is_not else mask

    def _mask(self, operator: Any, value: Any) -> int | None:
        """The characters that an item takes; None if it is no single character."""
        if operator is c.LITERAL:
            return self._range(value, value)
        if operator is c.NOT_LITERAL:
            return self._chars & ~self._range(value, value)
        if operator is c.ANY:
            return self._chars if self._flags & re.DOTALL else self._chars & ~self._range(10, 10)
        if operator is c.CATEGORY:
            return self._category(str(value))
        if operator is c.RANGE:
            return self._range(*value)
        if operator is not c.IN:
            return None
        masks = [self._mask(*item) or 0 for item in value if item[0] is not c.NEGATE]
        mask = 0
        for one in masks:
            mask |= one
        return self._chars & ~mask if value[0][0] is c.NEGATE else mask

    # --- parts

    def _sequence(self, items: Iterable[tuple[Any, Any]]) -> Part:
        part = Part([self._free])
        for item in items:
            part = self._joined(part, self._part(*item))
        return part

    def _joined(self, one: Part, other: Part) -> Part:
        for (place, before), (behind, following) in product(one.last, other.first):
            if condition := _both(before, behind):
                self.edges[place].append((condition, following))
        return Part(
            [both for a, b in product(one.empty, other.empty) if (both := _both(a, b))],
            one.first + [(both, place) for a in one.empty for b, place in other.first if (both := _both(a, b))],
            other.last + [(place, both) for place, a in one.last for b in other.empty if (both := _both(a, b))],
        )

    def _part(self, operator: Any, value: Any) -> Part:
        mask = self._mask(operator, value)
        if mask is not None:
            self.classes.append(mask)
            self.edges.append([])
            place = len(self.classes) - 1
            return Part([], [(self._free, place)], [(place, self._free)])
        made: Mapping[Any, Callable[[Any], Part]] = {
            c.SUBPATTERN: self._group,
            c.BRANCH: lambda value: self._branches(value[1]),
            c.ATOMIC_GROUP: self._sequence,
            c.MAX_REPEAT: self._repeated,
            c.MIN_REPEAT: self._repeated,
            c.POSSESSIVE_REPEAT: self._possessive,
            c.ASSERT: lambda value: self._looked(*value, is_not=False),
            c.ASSERT_NOT: lambda value: self._looked(*value, is_not=True),
            c.AT: lambda value: Part(list(self._borders_at(str(value)))),
            c.GROUPREF: lambda value: self._sequence(self._groups[value]),
            c.GROUPREF_EXISTS: lambda value: self._branches([value[1], value[2] or []]),
            c.FAILURE: lambda value: Part(),
        }
        return made[operator](value)

    def _group(self, value: Any) -> Part:
        number, added, removed, items = value
        if number is not None:
            self._groups[number] = items
        kept, self._flags = self._flags, (self._flags | added) & ~removed
        part = self._sequence(items)
        self._flags = kept
        return part

    def _branches(self, branches: Iterable[Any]) -> Part:
        part = Part()
        for branch in branches:
            one = self._sequence(branch)
            part = Part(part.empty + one.empty, part.first + one.first, part.last + one.last)
        return part

    def _repeated(self, value: Any) -> Part:
        least, most, items = value
        part = Part([self._free])
        if most is c.MAXREPEAT or most > MOST_COPIES:
            for _ in range(min(least, MOST_COPIES) - 1):
                part = self._joined(part, self._sequence(items))
            looped = self._sequence(items)
            self._joined(looped, looped)
            return self._joined(part, looped if least else Part([self._free], looped.first, looped.last))
        for number in range(most):
            one = self._sequence(items)
            part = self._joined(part, one if number < least else Part([self._free], one.first, one.last))
        return part

    def _possessive(self, value: Any) -> Part:
        """It ends only where no more of it can follow."""
        _, most, items = value
        part = self._repeated(value)
        mask = self._mask(*items[0]) if len(items) == 1 else None
        if most is not c.MAXREPEAT or mask is None:
            return part
        stop = Condition(self.all, self.all & ~mask)
        return Part(
            [both for a in part.empty if (both := _both(a, stop))],
            part.first,
            [(place, both) for place, a in part.last if (both := _both(a, stop))],
        )

    def _looked(self, direction: int, items: Any, is_not: bool) -> Part:
        """A look ahead is a way that ends in itself; what it says of the next character holds of all others."""
        places = len(self.classes)
        inner = self._sequence(items)
        mask = self._told(items) if is_not else self._seen(inner, direction)
        if mask is None:
            mask = 0 if is_not else self.all
        mask = self.all & ~mask if is_not else mask
        condition = Condition(self.all, mask) if direction > 0 else Condition(mask, self.all)
        if direction < 0:  # of a fixed width: no loop of it matters
            del self.classes[places:], self.edges[places:]
            inner.first = []
        return Part([condition], inner.first)

    def _seen(self, inner: Part, direction: int) -> int:
        """The characters that a look may rest on: the first ahead, the last behind."""
        mask = 0
        for condition in inner.empty:
            mask |= condition.behind if direction > 0 else condition.before
        if direction > 0:
            for condition, place in inner.first:
                mask |= condition.behind & self.classes[place]
        else:
            for place, _ in inner.last:
                mask |= self.classes[place]
        return mask

    def _told(self, items: Any) -> int:
        """The characters that alone suffice for a look to find what it looks for."""
        if len(items) == 0:
            return self.all
        if len(items) != 1:
            return 0
        operator, value = items[0]
        if operator is c.BRANCH:
            mask = 0
            for branch in value[1]:
                mask |= self._told(branch)
            return mask
        if operator is c.SUBPATTERN:
            return self._told(value[3]) if not value[1] and not value[2] else 0
        if operator is c.AT and str(value) in ("AT_END_STRING", "AT_BEGINNING", "AT_BEGINNING_STRING") and not self._flags & re.MULTILINE:
            return self._begin
        return self._mask(operator, value) or 0

    def _borders_at(self, name: str) -> Iterator[Condition]:
        words = self._category("WORD")
        others = self.all & ~words
        line = self._range(10, 10) if self._flags & re.MULTILINE else 0
        if name in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            yield Condition(self._begin | (line if name == "AT_BEGINNING" else 0), self.all)
        elif name in ("AT_END", "AT_END_STRING"):
            yield Condition(self.all, self._end | (self._range(10, 10) if name == "AT_END" else 0))
        elif "NON" in name:
            yield from (Condition(words, words), Condition(others, others))
        else:
            yield from (Condition(words, others), Condition(others, words))


def _both(one: Condition, other: Condition) -> Condition | None:
    before, behind = one.before & other.before, one.behind & other.behind
    return Condition(before, behind) if before and behind else None


def _codes(tree: Any, is_caseless: bool) -> Iterator[int]:
    """Where the characters and ranges of a pattern begin and end."""
    if isinstance(tree, tuple) and len(tree) == 2 and tree[0] in (c.LITERAL, c.NOT_LITERAL, c.RANGE):
        low, high = tree[1] if tree[0] is c.RANGE else (tree[1], tree[1])
        for code in (low, *(_other_cases(low, high) if is_caseless else ())):
            yield from (code, code + 1)
        yield from (high, high + 1, 10, 11)
    elif isinstance(tree, tuple | list | _parser.SubPattern):
        yield from (10, 11)
        for item in tree:
            if not isinstance(item, int | str):
                yield from _codes(item, is_caseless)


def _other_cases(low: int, high: int) -> Iterator[int]:
    for code in range(low, min(high + 1, low + _MANY_CHARACTERS)):
        yield from (ord(char) for char in {chr(code).lower(), chr(code).upper()} if len(char) == 1 and ord(char) != code)


# --- growth

State = tuple[int, ...]


class _Walk:
    """Several ways through one automaton over the same characters."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._edges: list[list[tuple[Condition, int]]] = automaton.edges

    def steps(self, state: State, within: Sequence[frozenset[int] | None]) -> Iterator[tuple[State, int]]:
        """The states that follow, each with the characters that lead there."""
        classes = self._automaton.classes
        now = self._automaton.all
        for place in state:
            now &= classes[place]
        ways: list[tuple[State, int, int]] = [((), now, self._automaton.all)]
        for place, allowed in zip(state, within, strict=True):
            ways = [
                ((*places, following), both_before, both_behind)
                for places, before, behind in ways
                for condition, following in self._edges[place]
                if (allowed is None or following in allowed)
                and (both_before := before & condition.before)
                and (both_behind := behind & condition.behind & classes[following])
            ]
        yield from ((places, behind) for places, _, behind in ways)

    def pump(self, start: State, target: Callable[[State], bool], within: Sequence[frozenset[int] | None]) -> str | None:
        """The characters that lead from one state to another that is wanted."""
        came: dict[State, tuple[State, int]] = {}
        queue = [start]
        for state in queue:
            for following, mask in self.steps(state, within):
                if target(following):
                    return self._told(came, state, start) + self._char(mask)
                if following not in came:
                    came[following] = state, mask
                    queue.append(following)
        return None

    def _told(self, came: Mapping[State, tuple[State, int]], state: State, start: State) -> str:
        text = ""
        while state != start:
            state, mask = came[state]
            text = self._char(mask) + text
        return text

    def _char(self, mask: int) -> str:
        """One of the characters, a visible one if there is any."""
        codes = [code for number, code in enumerate(self._automaton.symbols) if mask >> number & 1]
        return chr(next((code for code in codes if 32 < code < 127), codes[0])) if codes else ""


def faults(source: str | bytes, flags: int = 0, is_searched: bool = True, must_end: bool = False) -> list[Fault]:
    """All that makes a pattern's time grow by more than the text's length.

    `is_searched`: matches are looked for anywhere, and not only tried at given places. `must_end`: they must reach the text's end.
    """
    automaton = Automaton(source, flags)
    if is_searched:
        automaton.edges[0] = [(Condition(automaton.all, automaton.all), 0), *automaton.first]
    # who has come to a place where the pattern may end will not go back behind it
    ends = automaton.sure if must_end else automaton.ends
    automaton.edges = [[] if place in ends else [way for way in ways if way[1] not in ends] for place, ways in enumerate(automaton.edges)]
    walk = _Walk(automaton)
    loops = _loops(automaton.edges)
    found = [fault for loop in loops if 0 not in loop and (fault := _exponential(automaton, walk, loop))]
    for one in loops:
        p = min(one)
        reached = _reached(automaton.edges, p)
        for other in loops:
            if other is one or not other <= reached:
                continue
            for q in sorted(other):
                pump = walk.pump((p, p, q), lambda state, wanted=(p, q, q): state == wanted, (one, None, other))  # type: ignore[misc]
                if pump is not None:
                    found.append(Fault("polynomial" if p else "search", pump))
                    break
    return found


def _exponential(automaton: Automaton, walk: _Walk, loop: frozenset[int]) -> Fault | None:
    for place in sorted(loop):
        ways = [(condition, following) for condition, following in automaton.edges[place] if following in loop]
        for number, (one, following) in enumerate(ways):
            for other, again in ways[:number]:
                both = _both(one, other)
                if again == following and both and both.behind & automaton.classes[following] and both.before & automaton.classes[place]:
                    return Fault("exponential", walk._char(automaton.classes[following]))
    for place in sorted(loop):
        within = (loop, loop)
        apart = {state for state in _closure(walk, (place, place), within) if state[0] != state[1]}
        for state in sorted(apart):
            if (pump := walk.pump(state, lambda state, wanted=(place, place): state == wanted, within)) is not None:  # type: ignore[misc]
                return Fault("exponential", pump)
    return None


def _closure(walk: _Walk, start: State, within: Sequence[frozenset[int] | None]) -> Iterable[State]:
    found = {start: None}
    for state in (queue := [start]):
        for following, _ in walk.steps(state, within):
            if following not in found:
                found[following] = None
                queue.append(following)
    return found


def _reached(edges: Sequence[Sequence[tuple[Condition, int]]], start: int) -> frozenset[int]:
    found, queue = {start}, [start]
    for place in queue:
        for _, following in edges[place]:
            if following not in found:
                found.add(following)
                queue.append(following)
    return frozenset(found)


def _loops(edges: Sequence[Sequence[tuple[Condition, int]]]) -> list[frozenset[int]]:
    """Places that lead to each other, and to themselves."""
    can_loop = [place for place, ways in enumerate(edges) if any(following <= place for _, following in ways)]
    reached: dict[int, frozenset[int]] = {}
    found: dict[frozenset[int], None] = {}
    done: set[int] = set()
    for place in can_loop:
        if place in done:
            continue
        for _, following in edges[place]:
            reached.setdefault(following, _reached(edges, following))
        ahead = frozenset().union(*(reached[following] for _, following in edges[place]))
        if place not in ahead:
            continue
        loop = {place}
        for other in ahead:
            if place in reached.setdefault(other, _reached(edges, other)):
                loop.add(other)
        done |= loop
        found[frozenset(loop)] = None
    return list(found)
