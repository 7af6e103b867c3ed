"""The phrases that share a literal head, sorted by what stands behind it, so that few are tried where it is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from timeline.knowledge.phrases import LONGEST_ENDING, Pattern, Phrase, opening_at

_REACH = 240  # characters within which the rest of a phrase begins

Match = tuple[int, int, int]  # the number of a head, and where it begins and ends in the words of a fold
_Candidate = tuple[int, str, Pattern]  # its number among the patterns, the literal that it needs, and the pattern
_NO_CANDIDATES: Sequence[_Candidate] = ()
_NO_PATTERNS: Sequence[Pattern] = ()


class _Gapped:
    """The patterns of a head that want another literal later on: few of many are worth a try."""

    __slots__ = ("_direct", "_far", "patterns")

    def __init__(self, patterns: list[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._direct: dict[str, list[_Candidate]] = {}  # by how the very next word begins
        self._far: list[_Candidate] = []
        for number, pattern in enumerate(patterns):
            alike = self._direct.setdefault(pattern.opening, []) if pattern.opening else self._far
            alike.append((number, pattern.needs, pattern))

    def in_reach(self, window: str, finish: int) -> Sequence[Pattern]:
        """Those whose next literal stands behind a head that ends at `finish`, as far as a look tells; in their own order."""
        candidates: Sequence[_Candidate] = self._far
        if self._direct:
            border = window.find(" ", finish, finish + LONGEST_ENDING + 1)
            if border >= 0:
                direct = self._direct.get(opening_at(window, border + 1), _NO_CANDIDATES)
                if direct:
                    candidates = [*direct, *candidates] if candidates else direct
        if not candidates:
            return _NO_PATTERNS
        ahead = window[finish : finish + _REACH]
        found = [one for one in candidates if one[1] in ahead]
        if not found:
            return _NO_PATTERNS
        if len(found) > 1:
            found.sort()
        return [pattern for _, _, pattern in found]


@dataclass(frozen=True, slots=True)
class Case:
    """What may stand where a head stands, by what follows it."""

    sure: tuple[Phrase, ...]  # found without another look
    others: tuple[Pattern, ...]  # to be tried
    gapped: _Gapped | None  # that want another literal later on
    by_figures: tuple[Pattern, ...]  # of all, those that figures may stand before

    @classmethod
    def of(cls, patterns: Iterable[Pattern], closed: bool = False, unspaced: bool = False) -> Case | None:
        """None where nothing can stand there. The sure ones lead, so that the order of the phrases is kept."""
        group = list(patterns)
        every = tuple(p for p in group if not p.needs)
        sure = tuple(takewhile(lambda pattern: pattern.is_sure(closed, unspaced), every))
        gapped = _Gapped([p for p in group if p.needs]) if len(every) < len(group) else None
        by_figures = tuple(p for p in (*every, *(gapped.patterns if gapped else ())) if p.phrase.by_figures)
        return cls(tuple(pattern.phrase for pattern in sure), every[len(sure) :], gapped, by_figures) if group else None


class Tails:
    """How the heads go on that begin with one stem."""

    __slots__ = ("_lengths", "_numbers")

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers  # what stands behind the stem → the number of the head
        self._lengths = sorted(set(map(len, numbers)))

    def heads_at(self, window: str, begin: int, finish: int) -> Iterator[Match]:
        """The heads that stand where their stem does, the shortest first."""
        for length in self._lengths:
            tail = window[finish : finish + length]
            if len(tail) < length:
                return
            number = self._numbers.get(tail)
            if number is not None:
                yield number, begin, finish + length


@dataclass(frozen=True, slots=True)
class Entry:
    """The patterns that share a literal head, by what stands behind it."""

    lead: int  # from where the automaton finds the head to where it begins in the folded text
    bordered: bool  # no look at what stands before it: it begins with a blank, or its script has none
    by_figures: bool  # figures may stand before some
    glued: bool  # its script has no blanks, so that it is all one what follows
    closed: Case | None  # where a word ends
    open: Case | None  # where it goes on
    unspaced: Case | None  # where a script without blanks goes on
    tails: Tails | None = None  # of what is but the stem of longer heads, and stands for nothing itself

    @classmethod
    def of(cls, group: list[Pattern], spaced: bool) -> Entry:
        """`spaced`: heads that blanks part from other words are looked for with the blank before them."""
        glued, with_blank = group[0].glued, spaced and not group[0].glued and not group[0].phrase.by_figures
        return cls(
            lead=0 if with_blank else -1,
            bordered=with_blank or glued,
            by_figures=any(pattern.phrase.by_figures for pattern in group),
            glued=glued,
            closed=Case.of(sorted(group, key=lambda pattern: not pattern.plain), closed=True),
            open=Case.of(pattern for pattern in group if pattern.goes_on),
            unspaced=Case.of(group, unspaced=True),
        )

    @classmethod
    def stem(cls, tails: Tails) -> Entry:
        return cls(0, True, False, False, None, None, None, tails)
