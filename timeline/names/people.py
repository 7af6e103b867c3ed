"""People outside the gazetteer, found by form: a role word and beside it a name that can only be one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.names.transcribe import VIETNAMESE_FAMILY_NAMES, is_vietnamese_syllable
from timeline.text import Folded, fold_words

_NAME = re.compile(r"[^\W\d_]+(?:[ \-][^\W\d_]+){1,4}")
_FAMILY = frozenset(fold_words(name) for name in VIETNAMESE_FAMILY_NAMES)
_MOST_SYLLABLES = 4
_AFTER_ROLE = 30  # characters between a role and the name that follows ("Chairman of the committee, Mr …")


def people_by_form(folded: Folded, source: str, hits: Sequence[Hit], taken: list[tuple[int, int]], language: Language) -> list[NameSpan]:
    """Vietnamese names in Latin script next to a role word of the language. Folded offsets."""
    if language.script != "Latin":
        return []
    spans: list[NameSpan] = []
    used = list(taken)
    for hit in hits:
        if hit.phrase.kind != "word" or hit.phrase.key != "person":
            continue
        span = _after(folded, source, hit, language.endings)
        if span and not any(a < span.end and span.start < b for a, b in used):
            spans.append(span)
            used.append((span.start, span.end))
    return spans


def _after(folded: Folded, source: str, hit: Hit, endings: frozenset[str]) -> NameSpan | None:
    """The first Vietnamese name within reach behind a role, in the same clause."""
    text = folded.text
    for word in re.finditer(r"[^\W\d_]+", text[hit.end : hit.end + _AFTER_ROLE + 24]):
        begin = hit.end + word.start()
        if word.start() > _AFTER_ROLE or re.search(r"[.;:(\n]", text[hit.end : begin]):
            return None
        if word.group() in _FAMILY and source[folded.source(begin)].isupper():
            return _name_at(folded, source, begin, endings)
    return None


def _name_at(folded: Folded, source: str, begin: int, endings: frozenset[str]) -> NameSpan | None:
    """The run of capitalised Vietnamese syllables from `begin`; the last may carry an ending of the language."""
    match = _NAME.match(folded.text, begin)
    if not match:
        return None
    syllables: list[str] = []
    end = begin
    for word in re.finditer(r"[^\W\d_]+", match.group()):
        written = source[folded.source(begin + word.start()) : folded.source_end(begin + word.end())]
        syllable = _syllable(written, endings)
        if not written[0].isupper() or not syllable or len(syllables) == _MOST_SYLLABLES:
            break
        syllables.append(syllable)
        end = begin + word.end()
        if syllable != written:  # an ending closes the name
            break
    return NameSpan(begin, end, "", "person", " ".join(syllables), "name-by-form") if len(syllables) >= 2 else None


def _syllable(written: str, endings: frozenset[str]) -> str:
    """A Vietnamese syllable, freed of an ending of the language (`Dongem` → `Dong`); empty when it is none."""
    if is_vietnamese_syllable(written):
        return written
    for ending in sorted(endings - {""}, key=len, reverse=True):
        if written.endswith(ending) and len(written) > len(ending) + 1 and is_vietnamese_syllable(written[: -len(ending)]):
            return written[: -len(ending)]
    return ""
