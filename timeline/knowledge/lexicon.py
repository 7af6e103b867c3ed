"""Many phrases found in one pass: an Aho–Corasick automaton over folded words, then a look at the word borders.

A phrase is written as people write it. `*` at the end of a word stands for any ending (`konferenc*`), `…` for a
few words in between (`povýšen* … přechod*`). A name may carry an ending of the language and, in languages that
glue prefixes to words, a prefix. In scripts without blanks no border is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple, Protocol

import ahocorasick_rs

from timeline.text import UNSPACED, Folded, fold_words, has_vietnamese_marks, is_unspaced, script_of, surface, words_of

_REACH = 240  # characters within which the rest of a phrase begins
_OPENING = 4  # letters of a word by which the patterns that want it are found
_LONGEST_ENDING = 9  # letters that a `*` may stand for: the longest inflectional endings of the languages here
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

    def is_sure(self, closed: bool, unspaced: bool) -> bool:
        """Whether it stands wherever its head does, where a word ends behind that or a script without blanks goes on."""
        if self.phrase.exact or self.needs:
            return False
        return (closed and self.starred and not self.glued) or (self.rest is None and (closed or unspaced or self.glued))


_Candidate = tuple[int, str, _Pattern]  # its number among the patterns, the literal that it needs, and the pattern
_NONE: list[_Candidate] = []


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

    def in_reach(self, window: str, finish: int) -> list[_Pattern]:
        """Those whose next literal stands behind a head that ends at `finish`, as far as a look tells; in their own order."""
        candidates = self._far
        border = window.find(" ", finish, finish + _LONGEST_ENDING + 1) if self._direct else -1
        if border >= 0:
            while window[border : border + 1] == " ":
                border += 1
            following = window[border : border + _OPENING]
            candidates = self._direct.get(following.partition(" ")[0] if " " in following else following, _NONE) + candidates
        if not candidates:
            return []
        ahead = window[finish : finish + _REACH]
        found = [one for one in candidates if one[1] in ahead]
        if len(found) > 1:
            found.sort()
        return [pattern for _, _, pattern in found]


class _Case(NamedTuple):
    """What may stand where a head stands, by what follows it."""

    sure: tuple[Phrase, ...]  # found without another look
    others: tuple[_Pattern, ...]  # to be tried
    gapped: _Gapped | None  # that want another literal later on
    every: tuple[_Pattern, ...]  # the sure ones and the others

    @classmethod
    def of(cls, patterns: Iterable[_Pattern], closed: bool = False, unspaced: bool = False) -> _Case | None:
        """None where nothing can stand there. The sure ones lead, so that the order of the phrases is kept."""
        group = list(patterns)
        every = tuple(p for p in group if not p.needs)
        sure = tuple(takewhile(lambda pattern: pattern.is_sure(closed, unspaced), every))
        gapped = _Gapped([p for p in group if p.needs]) if len(every) < len(group) else None
        return cls(tuple(pattern.phrase for pattern in sure), every[len(sure) :], gapped, every) if group else None


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
        # compiled when a text first has the head: a language has tens of thousands, of which a text uses a few
        self._entries: list[_Entry | None] = [None] * len(groups.heads)
        self._automaton = ahocorasick_rs.AhoCorasick(groups.heads or ["\x00"], store_patterns=False)

    def _entry(self, index: int) -> _Entry:
        entry = self._entries[index]
        if entry is None:
            entry = self._entries[index] = _Entry.of([self._compile(phrase) for phrase in self._groups[index]], self._leading)
        return entry

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
        for index, begin, finish in self._automaton.find_matches_as_indexes(window, overlapping=True):
            entry = entries[index] or self._entry(index)
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
            sure, patterns, gapped, every = case
            if not (entry.bordered or window[start] == " " or self._begins_word(window, begin)):
                if not entry.by_figures:
                    continue
                every = (*every, *gapped.patterns) if gapped else every
                sure, patterns, gapped = (), self._by_figures(every, folded, source, start), None
            for phrase in sure:
                found.append((start, finish - 1, phrase))
            if gapped:
                patterns = (*patterns, *gapped.in_reach(window, finish))
            for pattern in patterns:
                last = self._end(pattern, window, finish, following)
                if last >= 0 and self._holds(pattern, folded, source, start, last - 1, exact):
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

    @staticmethod
    def _by_figures(patterns: tuple[_Pattern, ...], folded: Folded, source: str, start: int) -> tuple[_Pattern, ...]:
        """The patterns whose words may stand right behind figures, or a blank that was lost, where either is there."""
        glued = folded.words[start].isdigit() or folded.is_humped(start, source)
        return tuple(pattern for pattern in patterns if pattern.phrase.by_figures) if glued else ()
