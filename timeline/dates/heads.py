"""Templates that begin with the same slot, compiled together as far as they may fit at a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from timeline.dates.trees import Body, Slots, Tree, in_order, tree_of
from timeline.knowledge import kept_pattern

_MOST_SETS = 64  # of templates that begin alike; a text that wants still others gets them all at once


class Found:
    """A template that stands in a text: where, what its value is where the slots do not say, and its slots.

    `slots` names the group of each, `fields` holds the words of those that are filled.
    """

    __slots__ = ("code", "fields", "match", "slots")

    def __init__(self, match: re.Match[str], code: str, slots: Slots) -> None:
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


class _Matcher(NamedTuple):
    """A tree of templates, compiled."""

    pattern: re.Pattern[str]
    found: Mapping[str | None, tuple[str, Slots]]

    @classmethod
    def of(cls, tree: Tree) -> _Matcher:
        return cls(kept_pattern(tree.source), tree.found)


class Head:
    """The templates that begin with one slot. Those that may fit at a place are compiled when a text first wants them.

    A language has thousands, as patterns hundreds of kilobytes that take seconds to compile; a text wants a few. To leave out
    what cannot fit changes nothing: those that are left are tried in the same order.
    """

    def __init__(self, bodies: Sequence[Body], firsts: Mapping[str, frozenset[str]], inner: frozenset[str]) -> None:
        """`firsts`: what each slot may begin with; `inner`: what may go on inside this one behind its first figure."""
        self.slot = bodies[0].first_slot
        self._bodies = in_order(bodies)
        self.slot_pattern = kept_pattern(bodies[0].pieces[0])
        self._inner = inner
        self._matchers: dict[int, _Matcher] = {}  # by the templates they try, as the bits of a number
        self._always = 0  # the templates that are the slot alone
        self._by_char: dict[str, int] = {}  # those that go on with a slot, by what that begins with
        words: dict[str, dict[str, int]] = {}  # those that go on with words, by their first character
        for number, body in enumerate(self._bodies):
            run, behind, following = body.text[len(self.slot) + 2 :].partition("{")
            run = run.replace(" ", "")
            if run:
                of_char = words.setdefault(run[0], {})
                of_char[run] = of_char.get(run, 0) | 1 << number
            elif behind:
                for char in firsts[following[: following.index("}")]]:
                    self._by_char[char] = self._by_char.get(char, 0) | 1 << number
            else:
                self._always |= 1 << number
        self._words = {char: _Runs(runs) for char, runs in words.items()}

    def behind_figure(self, char: str) -> Fitting | None:
        """What may fit where a figure begins the slot and `char` stands behind that figure and its blank; None where nothing does."""
        longer = char in self._inner
        fitting = self._always | self._by_char.get(char, 0)
        runs = self._words.get(char)
        return Fitting(self, fitting, runs, longer) if fitting or runs is not None or longer else None

    def inside(self, text: str, position: int, end: int) -> int:
        """The templates that may go on in a slot or behind it, as bits: less of it may be theirs."""
        fitting = 0
        for place in range(position + 1, end + 1):
            char = text[place : place + 3].lstrip(" \n")[:1]
            fitting |= self._always | self._by_char.get(char, 0)
            if char in self._words:
                fitting |= self._words[char].before(text, place)
        return fitting

    def first_of(self, fitting: int, text: str, position: int) -> Found | None:
        """The first of the templates in a set, given as bits, that fits at a place."""
        matcher = self._matchers.get(fitting)
        if matcher is None:
            matcher = self._matchers[fitting] = self._tried(fitting)
        match = matcher.pattern.match(text, position)
        return Found(match, *matcher.found[match.lastgroup]) if match is not None else None

    def _tried(self, fitting: int) -> _Matcher:
        if len(self._matchers) >= _MOST_SETS:
            known = self._matchers.get(-1)
            if known is None:
                known = self._matchers[-1] = _Matcher.of(tree_of(self._bodies))
            return known
        for others, matcher in self._matchers.items():
            if fitting & ~others == 0:  # among more that have been compiled already
                return matcher
        return _Matcher.of(tree_of(body for number, body in enumerate(self._bodies) if fitting >> number & 1))


class Fitting(NamedTuple):
    """Which templates of a head may fit where a figure stands."""

    head: Head
    fitting: int  # as bits
    runs: _Runs | None  # more of them, by the words behind the figure
    longer: bool  # the slot may go on behind it


class _Runs:
    """Words that templates go on with, without their blanks: those of them that stand at a place are found by one look."""

    def __init__(self, runs: Mapping[str, int]) -> None:
        self._runs = sorted(runs)
        self._reach = 3 * max(map(len, self._runs))  # two blanks may stand before each character
        self._fitting: list[int] = []  # with those of the shorter runs that each begins with
        self._shorter: list[int] = []  # the longest of these; -1 where there is none
        begun: list[int] = []
        for number, run in enumerate(self._runs):
            while begun and not run.startswith(self._runs[begun[-1]]):
                begun.pop()
            self._shorter.append(begun[-1] if begun else -1)
            self._fitting.append(runs[run] | (self._fitting[begun[-1]] if begun else 0))
            begun.append(number)

    def before(self, text: str, place: int) -> int:
        """The templates whose words stand at a place, whatever blanks are between them."""
        ahead = text[place : place + self._reach].replace(" ", "").replace("\n", "")
        number = bisect_right(self._runs, ahead) - 1
        while number >= 0 and not ahead.startswith(self._runs[number]):
            number = self._shorter[number]
        return self._fitting[number] if number >= 0 else 0
