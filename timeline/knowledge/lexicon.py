"""Many phrases found in one pass: an Aho–Corasick automaton over folded words, then a look at the word borders.

A name may carry an ending of the language and, in languages that glue prefixes to words, a prefix. In scripts without blanks no
border is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

import ahocorasick_rs

from timeline.knowledge.heads import Entry, Match, Tails
from timeline.knowledge.phrases import LONGEST_ENDING, Grouped, Pattern, Phrase, grouped
from timeline.text import Folded, fold_words, has_vietnamese_marks, is_unspaced, surface, without_halves

_STEM = 20  # characters of a head that the automaton looks for; of longer ones the rest is compared
# What no phrase reaches across: the end of a sentence or of a list item.
_BREAK = re.compile(r"[。！？;；!?؟؛۔।]|(?<=[^\W\d_]{2})\.\s")
_FIRST_UNSPACED = "\u0e00"  # no script without blanks lies below Thai
_surface = lru_cache(maxsize=1 << 13)(surface)  # the same few words are looked at again and again


class Hit(NamedTuple):
    """A phrase found at `start`–`end` of the folded text."""

    start: int
    end: int
    phrase: Phrase


_Found = tuple[int, int, Phrase]
_hit: Callable[[_Found], Hit] = partial(tuple.__new__, Hit)  # half the time of the call, which names every field


class Lexicon:
    """The compiled phrases of one language."""

    def __init__(
        self,
        phrases: Iterable[Phrase] | Grouped,
        endings: frozenset[str],
        prefixes: frozenset[str],
        spaced: bool,
        marks_always: bool = False,
    ) -> None:
        """`marks_always`: every text of the language is written with its marks, so that exact phrases want them (Swedish);
        else they do in texts that show Vietnamese marks. Phrases may be `grouped` already, for the same `prefixes` and `spaced`.
        """
        self._marks_always = marks_always
        self._endings = frozenset(fold_words(ending) for ending in endings) | {""}
        self._longest = max(LONGEST_ENDING, *map(len, self._endings))
        self._prefixes = frozenset(fold_words(prefix) for prefix in prefixes)
        self._leading = spaced and not self._prefixes
        groups = phrases if isinstance(phrases, Grouped) else grouped(phrases, self._leading)
        self._exact = groups.exact
        self._groups = groups.phrases
        self._heads = groups.heads
        stems: dict[str, list[int]] = {}
        short: list[int] = []
        for place, head in enumerate(groups.heads):
            (short if len(head) < _STEM else stems.setdefault(head[:_STEM], [])).append(place)
        sought = [*map(groups.heads.__getitem__, short), *stems]
        self._automaton = ahocorasick_rs.AhoCorasick(sought or ["\x00"], store_patterns=False)
        # By the number that a match has: the place of a short head, or the numbers of those that a stem begins; these follow.
        reached = list(accumulate(map(len, stems.values()), initial=len(sought)))
        self._places: list[int | range] = [*short, *map(range, reached, reached[1:]), *chain.from_iterable(stems.values())]
        # compiled when a text first has the head: a language has tens of thousands, of which a text uses a few
        self._entries: list[Entry | None] = [None] * len(self._places)

    def _entry(self, number: int) -> Entry:
        entry = self._entries[number]
        if entry is None:
            place = self._places[number]
            if isinstance(place, int):
                entry = Entry.of([Pattern.of(phrase, self._leading) for phrase in self._groups[place]], self._leading)
            else:
                entry = Entry.stem(Tails({self._head(longer)[_STEM:]: longer for longer in place}))
            self._entries[number] = entry
        return entry

    def _head(self, number: int) -> str:
        place = self._places[number]
        assert isinstance(place, int), "a stem begins heads"
        return self._heads[place]

    def scan(self, folded: Folded, source: str) -> list[Hit]:
        """All phrases in a passage, in order of their start; overlapping ones all."""
        window = folded.words  # window[i + 1] stands over folded.text[i]
        found: list[_Found] = []
        entries = self._entries
        exact = self._exact and (self._marks_always or has_vietnamese_marks(source))
        longer: list[Match] = []  # heads by their stems, looked at when the others are done
        for number, begin, finish in chain(self._found(window), longer):
            entry = entries[number] or self._entry(number)
            if entry.tails:  # a stem, which may end where the text does
                longer.extend(entry.tails.heads_at(window, begin, finish))
                continue
            following = window[finish]
            if following == " " or entry.glued:
                case = entry.closed
            elif following < _FIRST_UNSPACED or not is_unspaced(following):
                case = entry.open
            else:
                case = entry.unspaced
            if case is None:
                continue
            start = begin + entry.lead
            if entry.bordered or window[start] == " " or self._begins_word(window, begin):
                for phrase in case.sure:
                    found.append((start, finish - 1, phrase))
                patterns = case.others
                if case.gapped and (near := case.gapped.in_reach(window, finish)):
                    patterns = (*patterns, *near)
            elif entry.by_figures and _follows_figures(folded, source, start):
                patterns = case.by_figures
            else:
                continue
            for pattern in patterns:
                last = self._end(pattern, window, finish, following)
                if last >= 0 and (not pattern.watched or self._holds(pattern, folded, source, start, last - 1, exact)):
                    found.append((start, last - 1, pattern.phrase))
        found.sort(key=itemgetter(1), reverse=True)
        found.sort(key=itemgetter(0))  # of those that begin together the longest first
        return [*map(_hit, found)]

    def _found(self, window: str) -> list[Match]:
        """The heads that the automaton finds, which takes no halves of surrogate pairs: no phrase has one."""
        try:
            return self._automaton.find_matches_as_indexes(window, overlapping=True)
        except UnicodeEncodeError:
            return self._automaton.find_matches_as_indexes(without_halves(window), overlapping=True)

    def _end(self, pattern: Pattern, window: str, finish: int, following: str) -> int:
        """Where a phrase ends whose literal head ends at `finish`, `following` behind it; -1 when it does not stand there."""
        closed = following == " "
        if pattern.starred and not pattern.glued:
            return finish if closed else window.find(" ", finish, finish + pattern.longest + 1)
        if pattern.rest is not None:
            return pattern.rest.end(window, finish)
        if closed or pattern.glued or is_unspaced(following) or (pattern.phrase.by_figures and following.isdigit()):
            return finish
        if not pattern.phrase.inflected:
            return -1
        border = window.find(" ", finish, finish + self._longest + 1)
        return border if border >= 0 and window[finish:border] in self._endings else -1

    def _holds(self, pattern: Pattern, folded: Folded, source: str, start: int, end: int, exact: bool) -> bool:
        """Whether a phrase that was found is written as it must be, where its marks count, and reaches across no break."""
        if exact and pattern.phrase.exact and not self._as_written(pattern, folded, source, start):
            return False
        return not (pattern.gapped and _BREAK.search(folded.text, start, end))

    @staticmethod
    def _as_written(pattern: Pattern, folded: Folded, source: str, start: int) -> bool:
        """Whether the head of the phrase stands there with its own diacritics."""
        end = start + len(pattern.surface)
        return pattern.surface == _surface(source[folded.source(start) : folded.source_end(end)])

    def _begins_word(self, window: str, first: int) -> bool:
        """Whether a word begins there behind no blank: behind a script without blanks, or a prefix of the language."""
        if is_unspaced(window[first - 1]):
            return True
        return bool(self._prefixes) and window[window.rfind(" ", max(0, first - 6), first) + 1 : first] in self._prefixes


def _follows_figures(folded: Folded, source: str, start: int) -> bool:
    """Whether a word begins right behind figures, or behind a blank that was lost."""
    return folded.words[start].isdigit() or folded.is_humped(start, source)
