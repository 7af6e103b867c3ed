"""What reading the times of one language needs: its templates, tried where they may stand, and the words around a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from timeline.dates.calendars import Calendar
from timeline.dates.numerals import Numerals
from timeline.dates.steps import StepNumbers
from timeline.dates.templates import SLOT
from timeline.knowledge import Phrase
from timeline.text import fold, surface

NEAR = 80  # characters: longer than any template with six days in it
LONGEST_PREFIX = 40  # characters of the words before a time
_YEAR = 4  # figures
_STEM = 4  # letters that the inflected forms of a word share
Month = tuple[Calendar, int]


class Body(NamedTuple):
    """A template from its first slot on: the patterns of its pieces, slots among them, and its value where slots do not say."""

    text: str
    pieces: tuple[str, ...]
    code: str


class Found(NamedTuple):
    """A template that stands in a text: where, what its value is where the slots do not say, and the groups of its slots."""

    match: re.Match[str]
    code: str
    groups: tuple[tuple[str, str], ...]  # slot, name of its group

    def weight(self, begin: int) -> tuple[int, bool, int]:
        """How much it says: the slots filled, whether it names a part of the year, then the characters from `begin`.

        An idiom that is no date outweighs all.
        """
        filled = sum(self.match[name] is not None for _, name in self.groups)
        named = bool(self.code) and not self.code.startswith("order:")
        return (99 if self.code == "never" else filled), named, self.match.end() - begin

    def fields(self) -> dict[str, str]:
        """The slots that are filled, with their words."""
        match = self.match
        return {slot: words for slot, name in self.groups if (words := match[name]) is not None}


class Choice:
    """Templates as a few patterns, each a tree of their pieces: what several share is read once, whatever may follow it.

    The fullest template comes first, so that the first to match is the longest. An empty group at the end of each tells
    which it was.
    """

    def __init__(self, bodies: Iterable[Body]) -> None:
        # what has no second slot is apart: "2-9" is a day and month before it is a range of days
        heads: dict[tuple[bool, str], list[Body]] = {}
        for body in bodies:
            heads.setdefault((body.text.count("{") < 2 and body.code != "never", body.pieces[0]), []).append(body)
        self._found: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
        self._groups = 0
        patterns = [(head, re.compile(self._by_fullness(group))) for (_, head), group in heads.items()]
        self._patterns = [pattern for _, pattern in patterns]
        # among figures, only those of four begin with a year, and those begin with nothing else
        self._years = [pattern for head, pattern in patterns if head.startswith("(?P<y>")]
        self._others = [pattern for head, pattern in patterns if not head.startswith("(?P<y>")]

    def _by_fullness(self, bodies: Sequence[Body]) -> str:
        """A tree for each number of slots, in the order of the templates: what says more is tried before what says less."""
        grades: dict[tuple[bool, int], list[Body]] = {}
        for body in bodies:
            grades.setdefault((body.code == "never", body.text.count("{")), []).append(body)
        return "|".join(self._tree(grade, 0, ()) for grade in grades.values())

    def _tree(self, bodies: Sequence[Body], depth: int, slots: tuple[tuple[str, str], ...]) -> str:
        """The pattern of all that follows in templates which agree in their first `depth` pieces and so have their `slots`."""
        following: dict[str, list[Body]] = {}
        for body in bodies:
            following.setdefault(body.pieces[depth] if depth < len(body.pieces) else "", []).append(body)
        choices = []
        for piece, group in following.items():
            self._groups += 1
            if not piece:
                name = f"k_{self._groups}"
                self._found[name] = group[0].code, slots
                choices.append(f"(?P<{name}>)")
                continue
            own = tuple((slot, f"{slot}_{self._groups}") for slot in _GROUP.findall(piece))
            numbered = _GROUP.sub(rf"(?P<\1_{self._groups}>", piece)
            choices.append(numbered + self._tree(group, depth + 1, (*slots, *own)))
        return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"

    def match(self, text: str, position: int) -> Found | None:
        """The template that says most of those that stand at `position`."""
        patterns = self._patterns
        if text[position].isdigit():
            patterns = self._years if text[position : position + _YEAR].isdigit() else self._others
        found = [Found(match, *self._found[str(match.lastgroup)]) for p in patterns if (match := p.match(text, position))]
        return max(found, key=lambda one: one.weight(position)) if len(found) > 1 else (found[0] if found else None)


_WORD = re.compile(r"[^\W\d_]+")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass
class Template:
    """Alternatives that want one phrase before their first slot; `surface` is the phrase with its diacritics.

    Compiled when a text first has the phrase: a language has hundreds, of which a text uses a few.
    """

    prefix: str
    surface: str
    bodies: tuple[Body, ...]

    @cached_property
    def choice(self) -> Choice:
        """The compiled alternatives."""
        return Choice(self.bodies)

    @cached_property
    def signs(self) -> frozenset[str]:
        """Characters of which one stands in any text that an alternative fits: its first beside the slots; none where one has none."""
        firsts = [SLOT.sub("", body.text).strip()[:1] for body in self.bodies]
        return frozenset(firsts) if all(firsts) else frozenset()


class Prefixed:
    """Templates by the phrase that they want before them, for phrases that end alike ("roku", of which Czech has hundreds)."""

    def __init__(self) -> None:
        self._by_prefix: dict[str, list[Template]] = {}
        self._lengths: list[int] = []

    def add(self, template: Template) -> None:
        """Take in a template; those with longer phrases are given first."""
        self._by_prefix.setdefault(template.prefix, []).append(template)
        self._lengths = sorted({len(prefix) for prefix in self._by_prefix}, reverse=True)

    def before(self, text: str) -> Iterator[Template]:
        """The templates whose phrase `text` ends with."""
        for length in self._lengths:
            yield from self._by_prefix.get(text[-length:], ())


class Alternatives:
    """Templates that may begin anywhere, the fullest first; tried are only those whose words stand near.

    A language with inflected quarters has hundreds of templates, of which a bare figure can be none: those that want
    a month's name or the word for a quarter are compiled, and tried, apart.
    """

    def __init__(self, bodies: Sequence[Body]) -> None:
        """`bodies`: in the order in which they are tried."""
        self._bodies = bodies
        self._quarters = shortest({stem(body.text) for body in bodies if "{q}" in body.text})

    def match(self, text: str, position: int, month_near: bool) -> Found | None:
        """The template that says most at `position`; `month_near` says whether a month's name follows within `NEAR`."""
        found = self._plain.match(text, position)
        if month_near:
            found = _fuller(found, self._monthly.match(text, position), position)
        if self._quarters and any(text.find(word, position, position + NEAR) >= 0 for word in self._quarters):
            found = _fuller(found, self._quarterly.match(text, position), position)
        return found

    @cached_property
    def _plain(self) -> Choice:
        return Choice(body for body in self._bodies if "{M}" not in body.text and "{q}" not in body.text)

    @cached_property
    def _monthly(self) -> Choice:
        return Choice(body for body in self._bodies if "{M}" in body.text and "{q}" not in body.text)

    @cached_property
    def _quarterly(self) -> Choice:
        return Choice(body for body in self._bodies if "{q}" in body.text)


def _fuller(one: Found | None, other: Found | None, position: int) -> Found | None:
    if one is None or other is None:
        return one or other
    return other if other.weight(position) > one.weight(position) else one


def stem(body: str) -> str:
    """The beginning of a template's longest word: it must follow for the template to fit."""
    words = _WORD.findall(SLOT.sub(" ", body))
    return max(words, key=len, default="")[:_STEM]


def shortest(stems: set[str]) -> list[str]:
    """Stems of which none begins another: what finds them all."""
    return sorted(word for word in stems if not any(word != other and word.startswith(other) for other in stems))


class Openers:
    """Words that stand right before a time, or begin it, looked up by their last and first word.

    Where words are glued, the last and first character serve instead.
    """

    def __init__(self, words: Iterable[str], by_word: bool) -> None:
        self._by_last: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for folded, written in sorted({(fold(word).text.strip(), surface(word)) for word in words}, key=lambda pair: (-len(pair[0]), pair)):
            self._by_last[prefix_key(folded, by_word)].append((folded, written))
            self._by_first[first_key(folded, 0)].append((folded, written))

    def may_stand(self, last: str, first: str) -> bool:
        """Whether any ends with this `prefix_key` or begins with this `first_key`."""
        return last in self._by_last or first in self._by_first

    def begins(self, text: str, start: int) -> bool:
        """Whether one of them stands at a place."""
        return any(text.startswith(word, start) for word, _ in self._by_first.get(first_key(text, start), ()))

    def ending(self, key: str) -> Sequence[tuple[str, str]]:
        """Those that a text with this `prefix_key` may end with, folded and written, the longest first."""
        return self._by_last.get(key, ())

    def beginning(self, key: str) -> Sequence[tuple[str, str]]:
        """Those that a text with this `first_key` may begin with."""
        return self._by_first.get(key, ())


@dataclass(frozen=True)
class DateGrammar:
    """All that finding dates in one language needs."""

    months: dict[str, Month]
    numerals: Numerals
    order: str
    persian: bool  # years of the Persian calendar occur
    free: Alternatives  # what may begin anywhere with a figure
    free_words: Alternatives  # and with a word: a month, an era
    prefixed: dict[str, Prefixed]  # by the prefix's last word; its last character where words are glued
    continued: Template | None  # days after "28/7 –", where no word before them is needed
    bare: Template | None  # day and month in figures, which need brackets or a weekday
    exact: bool  # diacritics count (Vietnamese)
    exact_words: bool  # and in the words before a time, and for one, of other languages (Norwegian: "før", before, is no "for")
    capital_months: bool  # month names carry a capital letter
    small_months: bool  # or never do
    right_to_left: bool
    seasons: tuple[tuple[str, str], ...]  # what stands before the year of a season ("winter of"), and which it is; the longest first
    season_tails: tuple[tuple[str, str], ...]  # and what stands behind it ("年冬季")
    decade_tails: tuple[str, ...]
    step_numbers: StepNumbers
    season_words: tuple[tuple[str, str], ...]  # words for a season that may stand beside "last year"; the longest first
    year_months: frozenset[str]  # months that are another word without a day and a year
    bare_years: bool  # a year needs no word beside it
    bare_weekdays: bool  # nor does a weekday
    clause_commas: bool  # a comma always parts a clause from the next
    verb_last: bool  # what tells that something lies ahead stands at the end of the clause
    doubtful_months: frozenset[str]  # words that name a month only behind a day
    homonym_months: frozenset[str]  # and those that want a day, a year or a word of their own with them
    written_months: frozenset[str]  # month names as they are written, for a language whose diacritics count
    range_words: frozenset[str]
    list_words: frozenset[str]
    clause_words: frozenset[str]  # that begin another clause: "that", "which"
    since: Openers
    starts: Openers
    starting: Openers
    until: Openers
    since_after: tuple[str, ...]
    until_after: tuple[str, ...]
    about_after: tuple[str, ...]
    about: Openers
    past: Openers
    past_after: tuple[str, ...]
    coming: Openers
    coming_after: tuple[str, ...]
    this: Openers
    this_after: tuple[str, ...]
    last_year: Openers
    last_year_after: tuple[str, ...]
    sides: Openers  # all of the last four
    side_tails: tuple[str, ...]
    between: Openers
    between_after: tuple[str, ...]
    spaced: bool
    by_word: bool
    short_months: bool  # some month is one letter, for which the scan does not look
    roman_words: tuple[str, ...]  # a Roman number counts only beside one of these ("quarter")
    phrases: tuple[Phrase, ...] = field(default=(), repr=False)
    day_split: re.Pattern[str] = field(default=re.compile(r"-"), repr=False)
    glued_prefixes: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()  # single words of since and until, before a time or behind it


def prefix_key(before: str, by_word: bool) -> str:
    """By what the phrase before an expression is looked up."""
    if not by_word:
        return before[-1:]
    word = before[before.rfind(" ") + 1 :].rpartition("\n")[2].lstrip("([\"'")
    return word.rpartition(".")[2] or word  # "said.Since": a sentence glued to the one before


def first_key(text: str, start: int) -> str:
    """The word that begins at `start`."""
    end = text.find(" ", start, start + LONGEST_PREFIX)
    return text[start : end if end >= 0 else start + LONGEST_PREFIX]
