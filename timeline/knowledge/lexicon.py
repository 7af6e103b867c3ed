"""Many phrases found in one pass: an Aho–Corasick automaton over folded words, then a look at the word borders.

A phrase is written as people write it. `*` at the end of a word stands for any ending (`konferenc*`), `…` for a
few words in between (`povýšen* … přechod*`). A name may carry an ending of the language and, in languages that
glue prefixes to words, a prefix. In scripts without blanks no border is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import ahocorasick_rs

from timeline.text import UNSPACED, Folded, fold_words, has_vietnamese_marks, script_of, surface

_REACH = 240  # characters within which the rest of a phrase begins
_LONGEST_ENDING = 9  # letters that a `*` may stand for: the longest inflectional endings of the languages here
# What no phrase reaches across: the end of a sentence or of a list item.
_BREAK = re.compile(r"[。！？;；!?]|(?<=[^\W\d_]{2})\.\s")
_GAP = r"(?: +[^ ]+){0,7}?"  # what a `…` may stand for, in spaced scripts
_GLUED_GAP = r"[^ ]{0,14}? ?[^ ]{0,14}?"  # and in the others: across one mark of punctuation at most


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to be found; `kind` and `key` say what it means, `inflected` that it may take the language's endings."""

    text: str
    kind: str
    key: Hashable
    weak: bool = False
    inflected: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
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


class Lexicon:
    """The compiled phrases of one language."""

    def __init__(self, phrases: Iterable[Phrase], endings: frozenset[str], prefixes: frozenset[str], spaced: bool) -> None:
        self._endings = frozenset(fold_words(ending) for ending in endings) | {""}
        self._longest = max(_LONGEST_ENDING, *map(len, self._endings))
        self._prefixes = frozenset(fold_words(prefix) for prefix in prefixes)
        self._leading = spaced and not self._prefixes
        patterns: dict[str, list[_Pattern]] = defaultdict(list)
        for phrase in phrases:
            literal, pattern = self._compile(phrase)
            if literal.strip():
                patterns[literal].append(pattern)
        self._entries = [tuple(group) for group in patterns.values()]
        # whether any phrase of the literal may go on behind it; most finds end inside a longer word and are done with that
        self._open = [any(p.glued or p.rest or p.phrase.inflected for p in group) for group in self._entries]
        self._exact = any(pattern.phrase.exact for group in self._entries for pattern in group)
        self._automaton = ahocorasick_rs.AhoCorasick(list(patterns) or ["\x00"], store_patterns=False)

    def _compile(self, phrase: Phrase) -> tuple[str, _Pattern]:
        parts = re.split(r"(\*|…)", phrase.text.strip())
        head = fold_words(parts[0])
        glued = bool(head) and script_of(head[0]) in UNSPACED
        rest = self._rest(parts[1:], glued) if len(parts) > 1 else None
        literal = head if glued or not self._leading else " " + head
        following = next((fold_words(part) for part in parts[1:] if part not in ("*", "…") and part.strip()), "")
        needs = following if glued or not following else " " + following
        return literal, _Pattern(phrase, rest, parts[1:] == ["*", ""], "…" in parts, needs.split("  ")[0], glued, surface(parts[0]))

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
        entries, goes_on, leading = self._entries, self._open, self._leading
        exact = self._exact and has_vietnamese_marks(source)
        for index, begin, finish in self._automaton.find_matches_as_indexes(window, overlapping=True):
            closed = window[finish] == " "
            if not closed and not goes_on[index] and script_of(window[finish]) not in UNSPACED:
                continue
            for pattern in entries[index]:
                # far cheaper than what follows, and for most phrases with a gap the end of it
                if pattern.needs and window.find(pattern.needs, finish, finish + _REACH) < 0:
                    continue
                first = begin + 1 if leading and not pattern.glued else begin
                if not leading and not pattern.glued and not self._begins_word(window, first):
                    continue
                last = self._end(pattern, window, finish, closed)
                if last < 0 or (exact and pattern.phrase.exact and not self._as_written(pattern, folded, source, first - 1)):
                    continue
                if pattern.gapped and _BREAK.search(folded.text, first - 1, last - 1):
                    continue
                hits.append(Hit(first - 1, last - 1, pattern.phrase))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def _end(self, pattern: _Pattern, window: str, finish: int, closed: bool) -> int:
        """Where a phrase ends whose literal head ends at `finish`; -1 when it does not stand there."""
        if pattern.starred and not pattern.glued:
            return finish if closed else window.find(" ", finish, finish + _LONGEST_ENDING + 1)
        if pattern.rest is not None:
            match = pattern.rest.match(window, finish)
            return match.end() if match else -1
        if closed or pattern.glued or script_of(window[finish]) in UNSPACED:
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

    def _begins_word(self, window: str, first: int) -> bool:
        before = window[first - 1]
        if before == " " or script_of(before) in UNSPACED:
            return True
        if not self._prefixes:
            return False
        head = window[window.rfind(" ", max(0, first - 6), first) + 1 : first]
        return head in self._prefixes
