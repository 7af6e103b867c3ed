"""Many phrases found in one pass: an Aho–Corasick automaton over folded words, then a look at the word borders.

A phrase is written as people write it. `*` at the end of a word stands for any ending (`konferenc*`), `…` for a
few words in between (`povýšen* … přechod*`). A name may carry an ending of the language and, in languages that
glue prefixes to words, a prefix. In scripts without blanks no border is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, chain, takewhile
from operator import itemgetter
from typing import NamedTuple, Protocol

import ahocorasick_rs

from timeline.text import UNSPACED, Folded, fold_words, has_vietnamese_marks, is_unspaced, script_of, surface, words_of

_REACH = 240  # characters within which the rest of a phrase begins
_OPENING = 4  # letters of a word by which the patterns that want it are found
_LONGEST_ENDING = 9  # letters that a `*` may stand for: the longest inflectional endings of the languages here
_STEM = 20  # characters of a head that the automaton looks for; of longer ones the rest is compared
_PREFIX, _LONGEST_REST = 3, 20  # behind so few letters ("akan me*") a `*` stands for a word with that prefix
# What no phrase reaches across: the end of a sentence or of a list item.
_BREAK = re.compile(r"[。！？;；!?؟؛۔।]|(?<=[^\W\d_]{2})\.\s")
_GAP = r"(?: +[^ ]+){0,7}?"  # what a `…` may stand for, in spaced scripts
_GLUED_GAP = r"[^ ]{0,14}? ?[^ ]{0,14}?"  # and in the others: across one mark of punctuation at most


_FIRST_UNSPACED = "\u0e00"  # no script without blanks lies below Thai
_OPEN = re.compile(r"(\*|…)")
_surface = lru_cache(maxsize=1 << 13)(surface)  # the same few words are looked at again and again


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to be found; `kind` and `key` say what it means, `inflected` that it may take the language's endings.

    `exact`: its diacritics count. `cased`: it is written with capitals, which tell it from a word ("US").
    `by_figures`: figures may be glued to it (`15mars`), as pages that lose blanks do.
    """

    text: str
    kind: str
    key: Hashable
    weak: bool = False
    inflected: bool = False
    exact: bool = False
    by_figures: bool = False
    cased: bool = False


class ByHead(Protocol):
    """The phrases of each head, by its number."""

    def __getitem__(self, head: int, /) -> Sequence[Phrase]: ...


class Grouped(NamedTuple):
    """Phrases by the literal head by which they are found; `exact`: the diacritics of some count."""

    heads: list[str]
    phrases: ByHead
    exact: bool


class Hit(NamedTuple):
    """A phrase found at `start`–`end` of the folded text."""

    start: int
    end: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class _Pattern:
    phrase: Phrase
    rest: re.Pattern[str] | None
    starred: bool  # only a `*` follows the literal head
    gapped: bool  # other words may stand inside
    needs: str  # the next literal part, looked for before the pattern is tried
    opening: str  # how the very next word begins, where the pattern tells
    glued: bool  # script without blanks: no word borders
    surface: str  # the literal head as written, for phrases whose diacritics count
    plain: bool  # nothing but a literal between blanks, whatever ending it may take
    longest: int  # letters that a `*` at its end may stand for
    goes_on: bool  # letters may follow the head, or what stands without a blank behind it
    watched: bool  # where it stands, how it is written or what it reaches across counts as well

    def is_sure(self, closed: bool, unspaced: bool) -> bool:
        """Whether it stands wherever its head does, where a word ends behind that or a script without blanks goes on."""
        if self.phrase.exact or self.needs:
            return False
        return (closed and self.starred and not self.glued) or (self.rest is None and (closed or unspaced or self.glued))


_Match = tuple[int, int, int]  # the number of a head, and where it begins and ends in the words of a fold
_Candidate = tuple[int, str, _Pattern]  # its number among the patterns, the literal that it needs, and the pattern
_NO_CANDIDATES: Sequence[_Candidate] = ()
_NO_PATTERNS: Sequence[_Pattern] = ()


class _Gapped:
    """The patterns of a head that want another literal later on: few of many are worth a try."""

    __slots__ = ("_direct", "_far", "patterns")

    def __init__(self, patterns: list[_Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._direct: dict[str, list[_Candidate]] = {}  # by how the very next word begins
        self._far: list[_Candidate] = []
        for number, pattern in enumerate(patterns):
            alike = self._direct.setdefault(pattern.opening, []) if pattern.opening else self._far
            alike.append((number, pattern.needs, pattern))

    def in_reach(self, window: str, finish: int) -> Sequence[_Pattern]:
        """Those whose next literal stands behind a head that ends at `finish`, as far as a look tells; in their own order."""
        candidates: Sequence[_Candidate] = self._far
        if self._direct:
            border = window.find(" ", finish, finish + _LONGEST_ENDING + 1)
            if border >= 0:
                direct = self._direct.get(_opening_at(window, border + 1), _NO_CANDIDATES)
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


def _opening_at(window: str, start: int) -> str:
    """The first letters of the word that begins there, behind whatever blanks."""
    opening = window[start : start + _OPENING]
    if opening[:1] == " ":
        while window[start : start + 1] == " ":
            start += 1
        opening = window[start : start + _OPENING]
    return opening.partition(" ")[0] if " " in opening else opening


@dataclass(frozen=True, slots=True)
class _Case:
    """What may stand where a head stands, by what follows it."""

    sure: tuple[Phrase, ...]  # found without another look
    others: tuple[_Pattern, ...]  # to be tried
    gapped: _Gapped | None  # that want another literal later on
    by_figures: tuple[_Pattern, ...]  # of all, those that figures may stand before

    @classmethod
    def of(cls, patterns: Iterable[_Pattern], closed: bool = False, unspaced: bool = False) -> _Case | None:
        """None where nothing can stand there. The sure ones lead, so that the order of the phrases is kept."""
        group = list(patterns)
        every = tuple(p for p in group if not p.needs)
        sure = tuple(takewhile(lambda pattern: pattern.is_sure(closed, unspaced), every))
        gapped = _Gapped([p for p in group if p.needs]) if len(every) < len(group) else None
        by_figures = tuple(p for p in (*every, *(gapped.patterns if gapped else ())) if p.phrase.by_figures)
        return cls(tuple(pattern.phrase for pattern in sure), every[len(sure) :], gapped, by_figures) if group else None


class _Tails:
    """How the heads go on that begin with one stem."""

    __slots__ = ("_lengths", "_numbers")

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers  # what stands behind the stem → the number of the head
        self._lengths = sorted(set(map(len, numbers)))

    def heads_at(self, window: str, begin: int, finish: int) -> Iterator[_Match]:
        """The heads that stand where their stem does, the shortest first."""
        for length in self._lengths:
            tail = window[finish : finish + length]
            if len(tail) < length:
                return
            number = self._numbers.get(tail)
            if number is not None:
                yield number, begin, finish + length


@dataclass(frozen=True, slots=True)
class _Entry:
    """The patterns that share a literal head, by what stands behind it."""

    lead: int  # from where the automaton finds the head to where it begins in the folded text
    bordered: bool  # no look at what stands before it: it begins with a blank, or its script has none
    by_figures: bool  # figures may stand before some
    glued: bool  # its script has no blanks, so that it is all one what follows
    closed: _Case | None  # where a word ends
    open: _Case | None  # where it goes on
    unspaced: _Case | None  # where a script without blanks goes on
    tails: _Tails | None = None  # of what is but the stem of longer heads, and stands for nothing itself

    @classmethod
    def of(cls, group: list[_Pattern], spaced: bool) -> _Entry:
        """`spaced`: heads that blanks part from other words are looked for with the blank before them."""
        glued, with_blank = group[0].glued, spaced and not group[0].glued and not group[0].phrase.by_figures
        return cls(
            lead=0 if with_blank else -1,
            bordered=with_blank or glued,
            by_figures=any(pattern.phrase.by_figures for pattern in group),
            glued=glued,
            closed=_Case.of(sorted(group, key=lambda pattern: not pattern.plain), closed=True),
            open=_Case.of(pattern for pattern in group if pattern.goes_on),
            unspaced=_Case.of(group, unspaced=True),
        )

    @classmethod
    def stem(cls, tails: _Tails) -> _Entry:
        return cls(0, True, False, False, None, None, None, tails)


def grouped(phrases: Iterable[Phrase], bordered: bool) -> Grouped:
    """Phrases by their heads; `bordered`: a word begins behind a blank, as where blanks part words and nothing is glued before them."""
    groups: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for head in _heads(phrase, bordered):
            groups[head].append(phrase)
    return Grouped(list(groups), list(groups.values()), any(phrase.exact for group in groups.values() for phrase in group))


def _heads(phrase: Phrase, bordered: bool) -> Sequence[str]:
    """The literal heads by which a phrase is found.

    A phrase with a full stop inside ("ub. roku") leaves two blanks there, where a page does not leave the stop out.
    """
    stopped = words_of(_parts(phrase)[0]).strip()
    if not stopped:
        return ()
    bare = phrase.by_figures or not bordered or script_of(stopped[0]) in UNSPACED
    lead = "" if bare else " "
    return (lead + stopped,) if "  " not in stopped else (lead + " ".join(stopped.split()), lead + stopped)


def _parts(phrase: Phrase) -> list[str]:
    """Its words, and the `*` and `…` between them."""
    text = phrase.text.strip()
    return _OPEN.split(text) if "*" in text or "…" in text else [text]


def _opening(literal: str) -> str:
    """The first letters of its first word; "" where these are so few that they may begin many."""
    word, *others = literal.split(" ")
    return word[:_OPENING] if len(word) >= _OPENING or others else ""


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
        self._longest = max(_LONGEST_ENDING, *map(len, self._endings))
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
        self._entries: list[_Entry | None] = [None] * len(self._places)

    def _entry(self, number: int) -> _Entry:
        entry = self._entries[number]
        if entry is None:
            place = self._places[number]
            if isinstance(place, int):
                entry = _Entry.of([self._compile(phrase) for phrase in self._groups[place]], self._leading)
            else:
                entry = _Entry.stem(_Tails({self._head(longer)[_STEM:]: longer for longer in place}))
            self._entries[number] = entry
        return entry

    def _head(self, number: int) -> str:
        place = self._places[number]
        assert isinstance(place, int), "a stem begins heads"
        return self._heads[place]

    def _compile(self, phrase: Phrase) -> _Pattern:
        """What must be looked at where a head of the phrase stands."""
        parts = _parts(phrase)
        head = fold_words(parts[0])
        glued = bool(head) and script_of(head[0]) in UNSPACED
        rest = self._rest(parts[1:], glued) if len(parts) > 1 else None
        literal = next((k for k, part in enumerate(parts) if k and part not in ("*", "…") and part.strip()), 0)
        between = parts[1:literal]
        following = words_of(parts[literal]).strip().split("  ")[0] if literal else ""
        bordered = self._leading and not glued and not phrase.by_figures
        return _Pattern(
            phrase,
            rest,
            starred=parts[1:] == ["*", ""],
            gapped="…" in parts,
            needs=following if glued or not following else " " + following,
            opening="" if glued or "…" in between else _opening(following),
            glued=glued,
            surface=surface(parts[0]) if phrase.exact else "",
            plain=bordered and not phrase.exact and (rest is None or parts[1:] == ["*", ""]),
            longest=_LONGEST_REST if " " in head and len(head) - head.rfind(" ") - 1 <= _PREFIX else _LONGEST_ENDING,
            goes_on=glued or ("*" in between if following else rest is not None or phrase.inflected or phrase.by_figures),
            watched=phrase.exact or "…" in parts,
        )

    @staticmethod
    def _rest(parts: list[str], glued: bool) -> re.Pattern[str]:
        """What must follow the literal head; ends before a word border."""
        pieces: list[str] = []
        for part in parts:
            if part == "*":
                pieces.append(f"[^ ]{{0,{_LONGEST_ENDING}}}?" if not glued else "")
            elif part == "…":
                pieces.append(_GLUED_GAP if glued else _GAP)
            elif part.strip():
                words = fold_words(part)
                lead = "" if glued else " +"
                pieces.append(lead + re.escape(words).replace(r"\ ", " +"))
        return re.compile("".join(pieces) + ("" if glued else "(?= )"))

    def scan(self, folded: Folded, source: str) -> list[Hit]:
        """All phrases in a passage, in order of their start; overlapping ones all."""
        window = folded.words  # window[i + 1] stands over folded.text[i]
        found: list[_Found] = []
        entries = self._entries
        exact = self._exact and (self._marks_always or has_vietnamese_marks(source))
        longer: list[_Match] = []  # heads by their stems, looked at when the others are done
        for number, begin, finish in chain(self._automaton.find_matches_as_indexes(window, overlapping=True), longer):
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

    def _end(self, pattern: _Pattern, window: str, finish: int, following: str) -> int:
        """Where a phrase ends whose literal head ends at `finish`, `following` behind it; -1 when it does not stand there."""
        closed = following == " "
        if pattern.starred and not pattern.glued:
            return finish if closed else window.find(" ", finish, finish + pattern.longest + 1)
        if pattern.rest is not None:
            match = pattern.rest.match(window, finish)
            return match.end() if match else -1
        if closed or pattern.glued or is_unspaced(following) or (pattern.phrase.by_figures and following.isdigit()):
            return finish
        if not pattern.phrase.inflected:
            return -1
        border = window.find(" ", finish, finish + self._longest + 1)
        return border if border >= 0 and window[finish:border] in self._endings else -1

    def _holds(self, pattern: _Pattern, folded: Folded, source: str, start: int, end: int, exact: bool) -> bool:
        """Whether a phrase that was found is written as it must be, where its marks count, and reaches across no break."""
        if exact and pattern.phrase.exact and not self._as_written(pattern, folded, source, start):
            return False
        return not (pattern.gapped and _BREAK.search(folded.text, start, end))

    @staticmethod
    def _as_written(pattern: _Pattern, folded: Folded, source: str, start: int) -> bool:
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
