"""People outside the gazetteer, found by form: Vietnamese and Chinese names by their syllables, others by the office beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from timeline.knowledge import Hit, Language, ListedPeople
from timeline.names.chinese import chinese_people
from timeline.names.finds import Named, Span
from timeline.names.offices import named_after, named_before, names_follow, names_precede
from timeline.names.runs import PAIR
from timeline.names.syllables import people_by_syllables, syllables_in
from timeline.names.transcribed import TRANSCRIBERS, transcribed_people
from timeline.names.uncased import Use, people_beside_offices
from timeline.names.vietnamese import vietnamese_after, vietnamese_anywhere
from timeline.text import Folded

ROLES = frozenset(("person", "party_secretary"))  # the words beside which names of people are sought
_TRANSCRIBED = frozenset(("Latin", "Cyrillic"))
_CASED = _TRANSCRIBED | {"Greek"}
_IN_NAMES = frozenset(("place", "province", "country", "person"))  # what a longer name of a person may hold: "Nguyễn Tấn Cường"


def people_by_form(
    folded: Folded,
    source: str,
    hits: Sequence[Hit],
    roles: Sequence[Hit],
    found: Sequence[Named],
    barred: Callable[[], Sequence[Span]],
    listed: ListedPeople,
    language: Language,
) -> list[Named]:
    """Names of people by their form. Folded offsets.

    A Vietnamese family name and two or three Vietnamese syllables behind it are a person anywhere; with one syllable,
    and names of other languages, only beside a role word (`roles`). Languages without capitals know Vietnamese and Chinese
    names by the syllables that their listed names have. No name shares a character with a body or gate of `found`, nor with
    the spans `barred`; places and people it may hold, behind its family name or as its beginning ("Nguyễn Văn Bình" of
    Nguyễn Văn Bình Minh). `listed` is what the tables tell of people.
    """
    cased = language.script in _CASED
    spelt = [] if language.script in _TRANSCRIBED else syllables_in(folded, roles, language)
    anywhere = _anywhere(folded, source, roles, listed, language)
    if not (roles or spelt or anywhere):
        return []
    people = _People(len(folded.text), found, barred)
    offices = [hit for hit in roles if hit.phrase.key == "person"] if roles and cased and language.names_capitalised else []
    leading = [hit for hit in offices if names_follow(folded, source, hit)] if offices else []
    for hit in leading if language.script in _TRANSCRIBED else ():
        people.keep(vietnamese_after(folded, source, hit, language), may_hold=True)
    for of_nation in spelt:
        for person, beside_role in people_by_syllables(of_nation, folded, source, roles, listed.by_plain_name, people.free_from, language):
            people.keep(person, may_hold=beside_role)
    for person, may_hold in anywhere:
        people.keep(person, may_hold)
    if roles and not cased:
        for person in people_beside_offices(folded, source, roles, hits, people.use, language):
            people.keep(person)
    for hit in leading:
        people.keep(named_after(folded, source, hit, people.used, language))
    for hit in offices:
        if names_precede(folded, source, hit):
            people.keep(named_before(folded, source, hit, people.used, language))
    return people.kept


def _anywhere(folded: Folded, source: str, roles: Sequence[Hit], listed: ListedPeople, language: Language) -> list[tuple[Named, bool]]:
    """Vietnamese and Chinese names that need no role beside them, in letters with capitals, and Chinese ones beside a role; with whether
    each may hold another name.
    """
    people: list[tuple[Named, bool]] = []
    pairs = PAIR.findall(source)
    if pairs or folded.offsets is not None:
        people += [(person, True) for person in vietnamese_anywhere(folded, source, pairs, language)]
    if language.code in TRANSCRIBERS:
        people += [(person, False) for person in transcribed_people(folded, source, pairs, roles, language)]
    if pairs or roles:
        people += [(person, False) for person in chinese_people(folded, source, pairs, roles, listed, language)]
    return people


class _People:
    """The people found so far, and a mark on each character that a name has, so that a crowd of names stays linear."""

    def __init__(self, length: int, found: Sequence[Named], barred: Callable[[], Sequence[Span]]) -> None:
        self.kept: list[Named] = []
        self._length, self._found, self._barred = length, found, barred
        self._used: bytearray | None = None

    @property
    def used(self) -> bytearray:
        """The marks, set when they are first asked for."""
        if self._used is None:
            self._used = self._marked()
        return self._used

    def _marked(self) -> bytearray:
        used = bytearray(self._length)
        for start, end, kind, _, _ in self._found:
            if kind in _IN_NAMES:
                used[start:end] = (_PERSON if kind == "person" else _INNER) + _INSIDE * (end - start - 1)
        taken = [(start, end) for start, end, kind, _, _ in self._found if kind not in _IN_NAMES]
        for start, end in (*taken, *self._barred()):
            used[start:end] = _USED * (end - start)
        return used

    def keep(self, person: Named | None, may_hold: bool = False) -> None:
        """Keep a person, if no other name has any of the name, or may be held by it."""
        if person is None:
            return
        used, start, end = self.used, person.start, person.end
        if _holds_whole(used, start, end) if may_hold else not any(used[start:end]):
            used[start:end] = _FOUND * (end - start)
            self.kept.append(person)

    def use(self, low: int, high: int) -> Use:
        """What a stretch is part of."""
        marks = self.used[low:high]
        return Use.PERSON if _PERSON in marks or _FOUND in marks else Use.NAME if any(marks) else Use.NONE

    def free_from(self, position: int) -> int:
        """The position, or the end of the name of a place that has it."""
        if self.used[position : position + 1] not in (_INNER, _INSIDE, _USED):
            return position
        while position < len(self.used) and self.used[position]:
            position += 1
        return position


_USED, _INNER, _INSIDE, _PERSON, _FOUND = b"\x01", b"\x02", b"\x03", b"\x04", b"\x05"


def _holds_whole(used: bytearray, start: int, end: int) -> bool:
    """Whether a name begins outside every other, and those that it meets lie in it whole; or goes on where a listed person's ends."""
    crossed = end < len(used) and used[end : end + 1] == _INSIDE
    if crossed or used.find(_USED, start, end) >= 0 or used.find(_FOUND, start, end) >= 0:
        return False
    if used[start : start + 1] == _PERSON:
        return bytes(used[start + 1 : end]).strip(_INSIDE) != b""
    return not used[start]
