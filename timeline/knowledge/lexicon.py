"""Many phrases found in one pass: an Aho–Corasick automaton over folded words, then a look at the word borders.

A phrase is written as people write it. `*` at the end of a word stands for any ending (`konferenc*`), `…` for a
few words in between (`povýšen* … přechod*`). A name may carry an ending of the language and, in languages that
glue prefixes to words, a prefix. In scripts without blanks no border is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from timeline.text import UNSPACED, Folded, fold_words, has_vietnamese_marks, is_unspaced, script_of, surface, words_of

_REACH = 240  # characters within which the rest of a phrase begins
_LONGEST_ENDING = 9  # letters that a `*` may stand for: the longest inflectional endings of the languages here
_PREFIX, _LONGEST_REST = 3, 20  # behind so few letters ("akan me*") a `*` stands for a word with that prefix
# What no phrase reaches across: the end of a sentence or of a list item.
_BREAK = re.compile(r"[。！？;；!?؟؛۔।]|(?<=[^\W\d_]{2})\.\s")
_GAP = r"(?: +[^ ]+){0,7}?"  # what a `…` may stand for, in spaced scripts
_GLUED_GAP = r"[^ ]{0,14}? ?[^ ]{0,14}?"  # and in the others: across one mark of punctuation at most


_FIRST_UNSPACED = "\u0e00"  # no script without blanks lies below Thai
_OPEN = re.compile(r"(\*|…)")


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
    glued: bool  # script without blanks: no word borders
    surface: str  # the literal head as written, for phrases whose diacritics count
    plain: bool  # nothing but a literal between blanks, whatever ending it may take
    longest: int  # letters that a `*` at its end may stand for


@dataclass(frozen=True, slots=True)
class _Entry:
    """The patterns that share a literal head, by what must be looked at where it stands."""

    plain: tuple[Phrase, ...]  # found wherever a word ends behind the head
    closed: tuple[_Pattern, ...]  # to be tried where a word ends
    open: tuple[_Pattern, ...]  # where the word goes on
    glued: tuple[_Pattern, ...]  # where a script without blanks goes on
    gapped: tuple[tuple[str, _Pattern], ...]  # that want another literal later on

    @classmethod
    def of(cls, group: list[_Pattern]) -> _Entry:
        if len(group) == 1 and group[0].plain and not group[0].needs:  # most are
            only = group[0]
            goes_on = only.glued or only.rest or only.phrase.inflected or only.phrase.by_figures
            return cls((only.phrase,), (), (only,) if goes_on else (), (only,), ())
        free = [p for p in group if not p.needs]
        return cls(
            plain=tuple(p.phrase for p in free if p.plain),
            closed=tuple(p for p in free if not p.plain),
            open=tuple(p for p in free if p.glued or p.rest or p.phrase.inflected or p.phrase.by_figures),
            glued=tuple(free),
            gapped=tuple((p.needs, p) for p in group if p.needs),
        )


def _parts(phrase: Phrase) -> list[str]:
    """Its words, and the `*` and `…` between them."""
    text = phrase.text.strip()
    return _OPEN.split(text) if "*" in text or "…" in text else [text]


def _position(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


class Lexicon:
    """The compiled phrases of one language."""

    def __init__(
        self, phrases: Iterable[Phrase], endings: frozenset[str], prefixes: frozenset[str], spaced: bool, marks_always: bool = False
    ) -> None:
        """`marks_always`: every text of the language is written with its marks, so that exact phrases want them (Swedish);
        else they do in texts that show Vietnamese marks.
        """
        self._marks_always = marks_always
        self._endings = frozenset(fold_words(ending) for ending in endings) | {""}
        self._longest = max(_LONGEST_ENDING, *map(len, self._endings))
        self._prefixes = frozenset(fold_words(prefix) for prefix in prefixes)
        self._leading = spaced and not self._prefixes
        groups: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for literal in self._heads(phrase):
                groups[literal].append(phrase)
        self._exact = any(phrase.exact for group in groups.values() for phrase in group)
        self._groups = list(groups.values())
        # compiled when a text first has the head: a language has tens of thousands, of which a text uses a few
        self._entries: list[_Entry | None] = [None] * len(groups)
        self._automaton = ahocorasick_rs.AhoCorasick(list(groups) or ["\x00"], store_patterns=False)

    def _heads(self, phrase: Phrase) -> Sequence[str]:
        """The literal heads by which a phrase is found.

        A phrase with a full stop inside ("ub. roku") leaves two blanks there, where a page does not leave the stop out.
        """
        stopped = words_of(_parts(phrase)[0]).strip()
        if not stopped:
            return ()
        bare = phrase.by_figures or not self._leading or script_of(stopped[0]) in UNSPACED
        lead = "" if bare else " "
        return (lead + stopped,) if "  " not in stopped else (lead + " ".join(stopped.split()), lead + stopped)

    def _entry(self, index: int) -> _Entry:
        entry = self._entries[index]
        if entry is None:
            entry = self._entries[index] = _Entry.of([self._compile(phrase) for phrase in self._groups[index]])
        return entry

    def _compile(self, phrase: Phrase) -> _Pattern:
        """What must be looked at where a head of the phrase stands."""
        parts = _parts(phrase)
        head = fold_words(parts[0])
        glued = bool(head) and script_of(head[0]) in UNSPACED
        rest = self._rest(parts[1:], glued) if len(parts) > 1 else None
        following = next((words_of(part).strip() for part in parts[1:] if part not in ("*", "…") and part.strip()), "")
        needs = following if glued or not following else " " + following
        bordered = self._leading and not glued and not phrase.by_figures
        return _Pattern(
            phrase,
            rest,
            starred=parts[1:] == ["*", ""],
            gapped="…" in parts,
            needs=needs.split("  ")[0],
            glued=glued,
            surface=surface(parts[0]) if phrase.exact else "",
            plain=bordered and not phrase.exact and (rest is None or parts[1:] == ["*", ""]),
            longest=_LONGEST_REST if " " in head and len(head) - head.rfind(" ") - 1 <= _PREFIX else _LONGEST_ENDING,
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
        hits: list[Hit] = []
        spaced = self._leading
        exact = self._exact and (self._marks_always or has_vietnamese_marks(source))
        for index, begin, finish in self._automaton.find_matches_as_indexes(window, overlapping=True):
            entry = self._entry(index)
            following = window[finish]
            closed = following == " "
            if closed:
                for phrase in entry.plain:
                    hits.append(Hit(begin, finish - 1, phrase))
                patterns = entry.closed
            elif following < _FIRST_UNSPACED or not is_unspaced(following):
                patterns = entry.open
            else:
                patterns = entry.glued
            if entry.gapped:
                ahead = window[finish : finish + _REACH]  # far cheaper than their patterns, and for most the end of it
                for needs, pattern in entry.gapped:
                    if needs in ahead:
                        patterns = (*patterns, pattern)
            for pattern in patterns:
                bordered = spaced and not pattern.glued and not pattern.phrase.by_figures
                first = begin + 1 if bordered else begin
                begins = bordered or pattern.glued or self._begins_word(window, first, pattern.phrase.by_figures)
                if not begins and not (pattern.phrase.by_figures and folded.is_humped(first - 1, source)):
                    continue
                last = self._end(pattern, window, finish, closed)
                if last < 0 or (exact and pattern.phrase.exact and not self._as_written(pattern, folded, source, first - 1)):
                    continue
                if pattern.gapped and _BREAK.search(folded.text, first - 1, last - 1):
                    continue
                hits.append(Hit(first - 1, last - 1, pattern.phrase))
        hits.sort(key=_position)
        return hits

    def _end(self, pattern: _Pattern, window: str, finish: int, closed: bool) -> int:
        """Where a phrase ends whose literal head ends at `finish`; -1 when it does not stand there."""
        if pattern.starred and not pattern.glued:
            return finish if closed else window.find(" ", finish, finish + pattern.longest + 1)
        if pattern.rest is not None:
            match = pattern.rest.match(window, finish)
            return match.end() if match else -1
        if closed or pattern.glued or is_unspaced(window[finish]) or (pattern.phrase.by_figures and window[finish].isdigit()):
            return finish
        if not pattern.phrase.inflected:
            return -1
        border = window.find(" ", finish, finish + self._longest + 1)
        return border if border >= 0 and window[finish:border] in self._endings else -1

    @staticmethod
    def _as_written(pattern: _Pattern, folded: Folded, source: str, start: int) -> bool:
        """Whether the head of the phrase stands there with its own diacritics."""
        end = start + len(pattern.surface)
        return pattern.surface == surface(source[folded.source(start) : folded.source_end(end)])

    def _begins_word(self, window: str, first: int, by_figures: bool) -> bool:
        before = window[first - 1]
        if before == " " or is_unspaced(before) or (by_figures and before.isdigit()):
            return True
        if not self._prefixes:
            return False
        head = window[window.rfind(" ", max(0, first - 6), first) + 1 : first]
        return head in self._prefixes
