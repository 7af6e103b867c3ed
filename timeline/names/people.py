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
        for begin, finish in _candidates(folded, source, hit):
            if any(a < finish and begin < b for a, b in used):
                break
            spans.append(NameSpan(begin, finish, "", "person", source[folded.source(begin) : folded.source_end(finish)], "name-by-form"))
            used.append((begin, finish))
            break
    return spans


def _candidates(folded: Folded, source: str, hit: Hit) -> list[tuple[int, int]]:
    """Where a Vietnamese name begins within reach after the role."""
    found: list[tuple[int, int]] = []
    text = folded.text
    position, limit = hit.end, min(len(text), hit.end + _AFTER_ROLE + 24)
    for word in re.finditer(r"[^\W\d_]+", text[position:limit]):
        begin = position + word.start()
        if begin - hit.end > _AFTER_ROLE or re.search(r"[.;:(\n]", text[hit.end : begin]):
            break
        if word.group() in _FAMILY and source[folded.source(begin)].isupper():
            finish = _name_end(folded, source, begin)
            if finish:
                found.append((begin, finish))
                break
    return found


def _name_end(folded: Folded, source: str, begin: int) -> int | None:
    match = _NAME.match(folded.text, begin)
    if not match:
        return None
    end, count = begin, 0
    for word in re.finditer(r"[^\W\d_]+", match.group()):
        start = begin + word.start()
        original = source[folded.source(start) : folded.source_end(begin + word.end())]
        if not original[0].isupper() or not is_vietnamese_syllable(original) or count == 4:
            break
        end, count = begin + word.end(), count + 1
    return end if count >= 2 else None
