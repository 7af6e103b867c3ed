"""What reading the times of one language needs: its templates, tried where they may stand, and the words around a time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from timeline.dates.calendars import Calendar
from timeline.dates.choice import Beginnings, Choice, fuller
from timeline.dates.heads import Found
from timeline.dates.numerals import Numerals
from timeline.dates.steps import StepNumbers
from timeline.dates.templates import SLOT
from timeline.dates.trees import Body
from timeline.text import fold, surface

NEAR = 80  # characters: longer than any template with six days in it
LONGEST_PREFIX = 40  # characters of the words before a time
_STEM = 4  # letters that the inflected forms of a word share
_COMMON = 0.03  # of the templates; a word that more of them hold is common
Month = tuple[Calendar, int]
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Template:
    """Alternatives that want one phrase before their first slot; `surface` is the phrase with its diacritics.

    Compiled when a text first has the phrase: a language has hundreds, of which a text uses a few.
    """

    prefix: str
    surface: str
    bodies: Callable[[], Sequence[Body]]
    beginnings: Beginnings

    @cached_property
    def choice(self) -> Choice:
        """The compiled alternatives."""
        return Choice(self.bodies(), self.beginnings)


class Prefixed:
    """Templates by the phrase that they want before them, for phrases that end alike ("roku", of which Czech has hundreds)."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._by_prefix: dict[str, list[Template]] = {}
        for template in templates:
            self._by_prefix.setdefault(template.prefix, []).append(template)

    @cached_property
    def _ends(self) -> list[tuple[int, set[str]]]:
        """What the phrases of a length, and longer ones, end with; the shortest first."""
        lengths = sorted({len(prefix) for prefix in self._by_prefix})
        return [(length, {prefix[-length:] for prefix in self._by_prefix if len(prefix) >= length}) for length in lengths]

    def before(self, text: str) -> list[Template]:
        """The templates whose phrase `text` ends with, those of longer phrases first."""
        found: list[Template] = []
        for length, ends in self._ends:
            end = text[-length:]
            if end not in ends:
                break
            if end in self._by_prefix:
                found = [*self._by_prefix[end], *found]
        return found


class Alternatives:
    """Templates that may begin anywhere, the fullest first; tried are only those whose words stand near.

    A language with inflected quarters has hundreds of templates, of which a bare figure can be none: those that want
    a month's name or the word for a quarter are compiled, and tried, apart.
    """

    def __init__(self, bodies: Callable[[], Sequence[Body]], beginnings: Beginnings) -> None:
        """`bodies` makes them, in the order in which they are tried."""
        self._make, self._beginnings = bodies, beginnings

    @cached_property
    def bodies(self) -> Sequence[Body]:
        """The templates, in the order in which they are tried."""
        return self._make()

    @cached_property
    def _quarters(self) -> list[str]:
        """Words of which one stands in whatever tells a quarter, none that stands near other times too ("of", "年") if that can be."""
        others = Counter(_WORD.findall(" ".join(body.text for body in self.bodies if "{q}" not in body.text)))
        common = frozenset(word for word, count in others.items() if count > len(self.bodies) * _COMMON)
        return shortest({stem(body.text, common) for body in self.bodies if "{q}" in body.text})

    def match(self, text: str, position: int, key: str, month_near: bool) -> Found | None:
        """The template that says most at `position`, of which `key` is the `place_key`.

        `month_near` says whether a month's name follows within `NEAR`.
        """
        found = self._plain.match(text, position, key)
        if month_near:
            found = fuller(found, self._monthly.match(text, position, key), position)
        for word in self._quarters:
            if text.find(word, position, position + NEAR) >= 0:
                return fuller(found, self._quarterly.match(text, position, key), position)
        return found

    @cached_property
    def _plain(self) -> Choice:
        return Choice((body for body in self.bodies if "{M}" not in body.text and "{q}" not in body.text), self._beginnings)

    @cached_property
    def _monthly(self) -> Choice:
        return Choice((body for body in self.bodies if "{M}" in body.text and "{q}" not in body.text), self._beginnings)

    @cached_property
    def _quarterly(self) -> Choice:
        return Choice((body for body in self.bodies if "{q}" in body.text), self._beginnings)


def stem(body: str, common: Collection[str] = ()) -> str:
    """The beginning of a template's longest word that is not `common`, if it has one: it must follow for the template to fit."""
    words = _WORD.findall(SLOT.sub(" ", body))
    return max(words, key=lambda word: (word not in common, len(word)), default="")[:_STEM]


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
    edges: Openers  # all of since, starts, until and about
    side_tails: tuple[str, ...]
    between: Openers
    between_after: tuple[str, ...]
    spaced: bool
    by_word: bool
    short_months: bool  # some month is one letter, for which the scan does not look
    roman_words: tuple[str, ...]  # a Roman number counts only beside one of these ("quarter")
    splitting: Callable[[], re.Pattern[str]] = field(repr=False)
    glued_prefixes: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()  # single words of since and until, before a time or behind it

    @cached_property
    def day_split(self) -> re.Pattern[str]:
        """What takes several days of one expression apart."""
        return self.splitting()

    @cached_property
    def season_texts(self) -> tuple[str, ...]:
        """The words of `season_words` alone."""
        return tuple(word for word, _ in self.season_words)

    @cached_property
    def range_texts(self) -> tuple[str, ...]:
        """The words for a range that are no mere strokes."""
        return tuple(word for word in self.range_words if word not in "-~")

    @cached_property
    def edge_tails(self) -> tuple[str, ...]:
        """What opens or closes a stretch of time from behind one of its ends."""
        return self.since_after + self.until_after


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
