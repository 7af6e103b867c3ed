"""Evidence → the bytes that an automaton looks for, and what each of them is evidence of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import ahocorasick_rs

from timeline.knowledge import Knowledge
from timeline.sieve.criteria import KINDS, Criteria
from timeline.sieve.evidence import Evidence, evidence_of
from timeline.sieve.spellings import as_scanned, bounded, spellings

# Without one of these no text is about this subject, whatever else it says.
_SUBJECT = frozenset(KINDS) - {"gate_word", "china", "country", "organ", "diplomacy", "state", "mission", "dealing"}


def mask_of(kinds: Iterable[str]) -> int:
    """Kinds of evidence as the bits of a number."""
    return sum(1 << KINDS.index(kind) for kind in kinds)


SUBJECT = mask_of(_SUBJECT)


@dataclass(frozen=True)
class Patterns:
    """The bytes to be found; for each its kinds of evidence (see `mask_of`) and the piece of phrases that it is, -1 for none.

    The first `leading` ones tell by themselves that a text may be about the subject, the others do not.
    `phrases`: the pieces that must all be found → the kinds that they then are.
    """

    found: list[bytes] = field(default_factory=list)
    leading: int = 0
    masks: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    phrases: list[tuple[list[int], int]] = field(default_factory=list)

    def as_json(self) -> list[Any]:
        """What a cache can keep."""
        return [[data.decode() for data in self.found], self.leading, self.masks, self.pieces, self.phrases]

    @classmethod
    def of_json(cls, value: Any) -> Patterns | None:
        """What a cache kept; None if it is nothing of the kind, whoever wrote it."""
        try:
            found, leading, masks, pieces, phrases = value
            told = [([int(piece) for piece in needed], int(mask)) for needed, mask in phrases]
            kept = cls([text.encode() for text in found], int(leading), list(map(int, masks)), list(map(int, pieces)), told)
        except (TypeError, ValueError, AttributeError):
            return None
        return kept if len(kept.found) == len(kept.masks) == len(kept.pieces) and all(kept.found) else None


def patterns_of(knowledge: Knowledge, criteria: Criteria) -> Patterns:
    """All evidence as bytes of UTF-8, without spellings that hold a shorter one of the same kinds."""
    evidence = evidence_of(knowledge, criteria)
    older = _older_forms(knowledge)
    masks: dict[bytes, int] = defaultdict(int)
    for text, kinds in evidence.names.items():
        for data in _written(text, False, kinds != {"country"}, older):
            masks[data] |= mask_of(kinds)
    numbers, phrases = _phrases(evidence, masks, older)
    kept = dict(_without_longer(masks))
    listed = sorted(kept.keys() | numbers.keys(), key=lambda data: (not kept.get(data, 0) & SUBJECT, data))
    leading = sum(1 for data in listed if kept.get(data, 0) & SUBJECT)
    return Patterns(listed, leading, [kept.get(data, 0) for data in listed], [numbers.get(data, -1) for data in listed], phrases)


def _phrases(evidence: Evidence, masks: dict[bytes, int], older: Mapping[str, str]) -> tuple[dict[bytes, int], list[tuple[list[int], int]]]:
    """The pieces of phrases by their bytes, and the phrases of more than one; those of one go to the `masks`."""
    numbers: dict[bytes, int] = {}
    by_text: dict[str, int] = {}
    phrases: list[tuple[list[int], int]] = []
    for texts, kinds in evidence.phrases.items():
        if len(texts) == 1:
            for data in _written(texts[0], True, False, older):
                masks[data] |= mask_of(kinds)
            continue
        needed: list[int] = []
        for text in texts:
            number = by_text.setdefault(text, len(by_text))
            for data in _written(text, True, False, older):
                number = numbers.setdefault(data, number)  # spelt alike, one piece
            needed.append(number)
        phrases.append((sorted(set(needed)), mask_of(kinds)))
    return numbers, phrases


def _written(text: str, as_word: bool, plain: bool, older: Mapping[str, str]) -> Iterator[bytes]:
    stem = text.rstrip("*")
    for spelling in spellings(stem, as_word, plain, older):
        yield as_scanned(bounded(spelling, stem != text, as_word).encode())


def _older_forms(knowledge: Knowledge) -> dict[str, str]:
    """A character → those that older or other texts write for it, of all `variants` of the languages."""
    forms: dict[str, str] = defaultdict(str)
    for language in knowledge.languages.values():
        for pair in language.variants.split():
            forms[pair[1]] += pair[0]
    return forms


def _without_longer(masks: Mapping[bytes, int]) -> Iterator[tuple[bytes, int]]:
    """Each pattern that tells something that no other one inside it tells."""
    listed = list(masks)
    automaton = ahocorasick_rs.BytesAhoCorasick(listed)
    for own, data in enumerate(listed):
        inner = 0
        for index, _, _ in automaton.find_matches_as_indexes(data, overlapping=True):
            if index != own:
                inner |= masks[listed[index]]
        if masks[data] & ~inner:
            yield data, masks[data] & ~inner
