"""The scan itself, and the rules by which it decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import ahocorasick_rs

from timeline.knowledge import Knowledge
from timeline.knowledge.cache import Cache, cache_folder
from timeline.sieve.blocks import blocks
from timeline.sieve.criteria import KINDS, read_criteria
from timeline.sieve.legacy import LegacyNames
from timeline.sieve.patterns import Patterns, mask_of, patterns_of
from timeline.sieve.readings import UNTOLD_ENCODING, readings, why_untold
from timeline.sieve.spellings import as_scanned
from timeline.version import code_digest

Parts = Callable[[int], Iterable[tuple[int, int]]]  # size of a text in bytes → where each part of it begins and ends


class Verdict(NamedTuple):
    """Whether a text may hold an event; the rule that says so, and the names and words found with what they are evidence of.

    A text that the sieve cannot judge passes, with the reason in place of a rule.
    """

    passes: bool
    rule: str
    found: tuple[tuple[str, str], ...] = ()


class Sieve:
    """All names of the knowledge in automata over bytes. May be shared by threads.

    The first text that is not in UTF-8 makes one automaton more (half a second, 25 MB); then its memory does not grow.
    """

    def __init__(self, knowledge: Knowledge, kept: Cache | None = None) -> None:
        """`kept` keeps the patterns for the next process, by default where the knowledge keeps its own."""
        criteria = read_criteria(knowledge)
        kept = kept or Cache(cache_folder())
        key = f"{knowledge.version} {criteria.version} {code_digest()}"
        patterns = Patterns.of_json(kept.read("sieve", key))
        if patterns is None:
            patterns = patterns_of(knowledge, criteria)
            kept.write("sieve", key, patterns.as_json())
        self._found, self._masks, self._pieces = patterns.found, patterns.masks, patterns.pieces
        self._leading = patterns.leading
        self._overlap = max(map(len, patterns.found), default=0)  # bytes of a name that begins in one block and ends in the next
        self._leaders = ahocorasick_rs.BytesAhoCorasick(patterns.found[: patterns.leading])
        self._legacy = LegacyNames(patterns.found[: patterns.leading])
        self._others = ahocorasick_rs.BytesAhoCorasick(patterns.found[patterns.leading :])
        self._rules = [(name, [mask_of(part) for part in parts]) for name, parts in criteria.rules.items()]
        self._phrases: dict[int, list[tuple[frozenset[int], int]]] = defaultdict(list)
        for needed, mask in patterns.phrases:
            self._phrases[needed[0]].append((frozenset(needed), mask))

    def passes(self, data: bytes | str, charset: str = "") -> bool:
        """Whether a text, a page or a part of one may hold an event of this subject.

        `charset` is what the host said of the encoding of bytes; without it what the page says of itself counts, else what its
        bytes allow. Never raises: what is damaged, compressed or encrypted cannot be judged and passes.
        """
        return self._judge(data, charset, blocks)[0] is not None

    def why(self, data: bytes | str, charset: str = "") -> Verdict:
        """The same with its reasons, which are looked for to the end of the text."""
        rule, ids = self._judge(data, charset, lambda size: [(0, size)])
        told = {(self._found[index].decode("utf-8", "replace").strip(), self._masks[index]) for index in ids if self._masks[index]}
        return Verdict(rule is not None, rule or "", tuple(sorted((name, ", ".join(_kinds(mask))) for name, mask in told)))

    def _judge(self, data: bytes | str, charset: str, parts: Parts) -> tuple[str | None, set[int]]:
        """The rule that lets the text pass, and the patterns found. No part is scanned behind that with which a rule holds."""
        if isinstance(data, str):
            data = data.encode("utf-8", "replace")
        elif untold := why_untold(data):
            return untold, set()
        found: set[int] = set()
        for reading in readings(data, charset, self._legacy.encodings):
            if reading is None:
                return UNTOLD_ENCODING, found
            rule, ids = self._scan(reading, parts)
            found |= ids
            if rule is not None:
                return rule, found
        return None, found

    def _scan(self, reading: bytes, parts: Parts) -> tuple[str | None, set[int]]:
        """Part by part for what is of the subject; where there is such, also for what must stand with it, from the beginning."""
        text = b" %b " % as_scanned(reading)
        ids: set[int] = set()
        rest = 0  # where the others have not been looked for
        for start, end in parts(len(text)):
            leaders = self._leaders.find_matches_as_indexes(text[start : end + self._overlap], overlapping=True)
            ids.update([hit[0] for hit in leaders])
            rule = self._rule(ids) if ids else None
            if ids and rule is None:
                others = self._others.find_matches_as_indexes(text[rest : end + self._overlap], overlapping=True)
                ids.update([self._leading + hit[0] for hit in others])
                rest = end
                rule = self._rule(ids)
            if rule is not None:
                return rule, ids
        return None, ids

    def _rule(self, ids: set[int]) -> str | None:
        """The first rule that holds for the patterns found."""
        told = 0
        for index in ids:
            told |= self._masks[index]
        present = {self._pieces[index] for index in ids}
        for piece in present:
            for needed, mask in self._phrases.get(piece, ()):
                if needed <= present:
                    told |= mask
        return next((name for name, parts in self._rules if all(told & part for part in parts)), None)


def _kinds(mask: int) -> list[str]:
    return [kind for k, kind in enumerate(KINDS) if mask >> k & 1]
