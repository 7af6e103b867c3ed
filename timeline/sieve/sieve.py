"""The scan itself, and the rules by which it decides."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import ahocorasick_rs

from timeline.knowledge import Knowledge
from timeline.knowledge.cache import Cache, cache_folder
from timeline.sieve.criteria import KINDS, read_criteria
from timeline.sieve.patterns import Patterns, mask_of, patterns_of
from timeline.sieve.readings import UNTOLD_ENCODING, readings, why_untold
from timeline.sieve.spellings import as_scanned
from timeline.version import code_digest

_BLOCK, _OVERLAP = 1 << 12, 1 << 8  # bytes: once there is enough evidence, the rest is not read


class Verdict(NamedTuple):
    """Whether a text may hold an event; the rule that says so, and the names and words found with what they are evidence of.

    A text that the sieve cannot judge passes, with the reason in place of a rule.
    """

    passes: bool
    rule: str
    found: tuple[tuple[str, str], ...] = ()


class Sieve:
    """All names of the knowledge in one automaton over bytes. May be shared by threads; its memory does not grow."""

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
        self._leaders = ahocorasick_rs.BytesAhoCorasick(patterns.found[: patterns.leading])
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
        return self._judge(data, charset)[0] is not None

    def why(self, data: bytes | str, charset: str = "") -> Verdict:
        """The same with its reasons."""
        rule, ids = self._judge(data, charset)
        told = {(self._found[index].decode("utf-8", "replace").strip(), self._masks[index]) for index in ids if self._masks[index]}
        return Verdict(rule is not None, rule or "", tuple(sorted((name, ", ".join(_kinds(mask))) for name, mask in told)))

    def _judge(self, data: bytes | str, charset: str) -> tuple[str | None, set[int]]:
        """The rule that lets the text pass, and the patterns found."""
        if isinstance(data, str):
            data = data.encode("utf-8", "replace")
        elif untold := why_untold(data):
            return untold, set()
        found: set[int] = set()
        rule: str | None = UNTOLD_ENCODING  # until there is one in which the bytes make words
        for reading in readings(data, charset):
            rule, ids = self._scan(reading)
            found |= ids
            if rule is not None:
                break
        return rule, found

    def _scan(self, reading: bytes) -> tuple[str | None, set[int]]:
        """All of the text for what is of the subject; only if there is such, block by block for what must stand with it."""
        text = b" %b " % as_scanned(reading)
        ids = {hit[0] for hit in self._leaders.find_matches_as_indexes(text, overlapping=True)}
        if not ids:
            return None, ids
        rule = self._rule(ids)
        for start in range(0, len(text), _BLOCK):
            if rule is not None:
                break
            block = text[start : start + _BLOCK + _OVERLAP]
            ids.update([self._leading + hit[0] for hit in self._others.find_matches_as_indexes(block, overlapping=True)])
            rule = self._rule(ids)
        return rule, ids

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
