"""People outside the gazetteer, found by form: Vietnamese and Chinese names by their syllables, others by the office beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from timeline.knowledge import Hit, Language, ListedPeople
from timeline.model import NameSpan
from timeline.names.chinese import chinese_people
from timeline.names.offices import named_after, named_before, names_follow, names_precede
from timeline.names.syllables import people_by_syllables
from timeline.names.transcribed import transcribed_people
from timeline.names.uncased import Use, people_beside_offices
from timeline.names.vietnamese import vietnamese_after, vietnamese_anywhere
from timeline.text import Folded

Spans = Sequence[tuple[int, int]]
InnerSpans = Sequence[tuple[int, int, bool]]  # start, end, whether it is a person


def people_by_form(
    folded: Folded, source: str, hits: Sequence[Hit], taken: Spans, inner: InnerSpans, listed: ListedPeople, language: Language
) -> list[NameSpan]:
    """Names of people by their form. Folded offsets.

    A Vietnamese family name and two or three Vietnamese syllables behind it are a person anywhere; with one syllable,
    and names of other languages, only beside a role word. Languages without capitals know Vietnamese and Chinese names
    by the syllables that their listed names have. No name shares a character with the spans `taken`; those of `inner` it
    may hold, behind its family name or as its beginning ("Nguyễn Văn Bình" of Nguyễn Văn Bình Minh). `listed` is what the
    tables tell of people.
    """
    spans: list[NameSpan] = []
    marks = _Marks(len(folded.text), taken, inner)

    def keep(span: NameSpan | None, may_hold: bool = False) -> None:
        if span and marks.take(span, may_hold):
            spans.append(span)

    persons = [hit for hit in hits if hit.phrase.kind == "word" and hit.phrase.key in ("person", "party_secretary")]
    offices = [hit for hit in persons if hit.phrase.key == "person"] if language.names_capitalised and language.script in _CASED else []
    leading = [hit for hit in offices if names_follow(folded, source, hit)]
    for found, may_hold in _by_syllables(folded, source, persons, leading, listed, marks.free_from, language):
        keep(found, may_hold)
    if language.script not in _CASED:
        for found in people_beside_offices(folded, source, persons, hits, marks.use, language):
            keep(found)
    for hit in leading:
        keep(named_after(folded, source, hit, marks.used, language))
    for hit in offices:
        if names_precede(folded, source, hit):
            keep(named_before(folded, source, hit, marks.used, language))
    return spans


class _Marks:
    """A mark on each character that a name has, so that a crowd of names stays linear."""

    def __init__(self, length: int, taken: Spans, inner: InnerSpans) -> None:
        self.used = bytearray(length)
        for start, end, is_person in inner:
            self.used[start:end] = (_PERSON if is_person else _INNER) + _INSIDE * (end - start - 1)
        for start, end in taken:
            self.used[start:end] = _USED * (end - start)

    def take(self, span: NameSpan, may_hold: bool) -> bool:
        """Mark a person's name, if no other name has any of it, or may be held by it."""
        free = _holds_whole(self.used, span) if may_hold else not any(self.used[span.start : span.end])
        if free:
            self.used[span.start : span.end] = _FOUND * (span.end - span.start)
        return free

    def use(self, low: int, high: int) -> Use:
        """What a stretch is part of."""
        marks = bytes(self.used[low:high])
        return Use.PERSON if _PERSON in marks or _FOUND in marks else Use.NAME if any(marks) else Use.NONE

    def free_from(self, position: int) -> int:
        """The position, or the end of the name of a place that has it."""
        if self.used[position : position + 1] not in (_INNER, _INSIDE, _USED):
            return position
        while position < len(self.used) and self.used[position]:
            position += 1
        return position


def _by_syllables(
    folded: Folded,
    source: str,
    persons: Sequence[Hit],
    leading: Sequence[Hit],
    listed: ListedPeople,
    free_from: Callable[[int], int],
    language: Language,
) -> Iterator[tuple[NameSpan | None, bool]]:
    """Vietnamese and Chinese names, and whether each may hold another name."""
    if language.script in _TRANSCRIBED:
        for hit in leading:
            yield vietnamese_after(folded, source, hit, language), True
    else:
        yield from people_by_syllables(folded, source, persons, listed.by_plain_name, free_from, language)
    own = language.script if language.script in _TRANSCRIBED else "Latin"
    scripts = dict.fromkeys((own, "Latin"))  # pages leave some names as they are
    for script in scripts:
        for found in vietnamese_anywhere(folded, source, script, language):
            yield found, True
    for found in transcribed_people(folded, source, persons, language):
        yield found, False
    for found in chinese_people(folded, source, persons, listed, language):
        yield found, False


_TRANSCRIBED = frozenset(("Latin", "Cyrillic"))
_CASED = _TRANSCRIBED | {"Greek"}
_USED, _INNER, _INSIDE, _PERSON, _FOUND = b"\x01", b"\x02", b"\x03", b"\x04", b"\x05"


def _holds_whole(used: bytearray, span: NameSpan) -> bool:
    """Whether a name begins outside every other, and those that it meets lie in it whole; or goes on where a listed person's ends."""
    crossed = span.end < len(used) and used[span.end : span.end + 1] == _INSIDE
    if crossed or used.find(_USED, span.start, span.end) >= 0 or used.find(_FOUND, span.start, span.end) >= 0:
        return False
    if used[span.start : span.start + 1] == _PERSON:
        return bytes(used[span.start + 1 : span.end]).strip(_INSIDE) != b""
    return not used[span.start]
