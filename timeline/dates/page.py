"""A passage as the reading of times sees it: its text, the hits of the scan, and what stands around a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from timeline.dates.grammar import LONGEST_PREFIX, NEAR, DateGrammar, Openers, first_key, prefix_key
from timeline.dates.resolve import Parts
from timeline.dates.steps import read_steps
from timeline.knowledge import Hit
from timeline.text import Folded, has_vietnamese_marks, is_unspaced, script_of, surface

_ORDERED = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR_SIGNS = tuple(sign + century for sign in "/.-" for century in ("19", "20"))  # what such a date holds
_BEFORE_YEAR, _TO_NEXT = len("12/09"), len("/2025 ")  # characters from its beginning to the last sign, and on behind its year
_CLOSE = timedelta(days=3)
# Folded text shows no capitals: a full stop after two letters or a year ends a sentence, one after a day or "r" does not.
SENTENCE_BREAK = re.compile(r"(?<=[^\W\d_]{2})[)\"]?[.!?]\s|(?<=\d{4})[.!?]\s|[。！？।؟\n]|۔(?!\d)")
# The same from its sign on, which is found faster.
_BREAK_SIGN = re.compile(
    r"[.!?。！？।؟\n۔](?:(?<=[.!?])(?:(?<=[^\W\d_]{2}.)|(?<=[^\W\d_]{2}[)\"].)|(?<=\d{4}.))\s|(?<=[。！？।؟\n])|(?<=۔)(?!\d))"
)
TODAY = "today-stated"  # the rule of a day that the text calls today, or that stands in its dateline
THIS_YEAR = "year-until-now"  # the rule of "since early 2024 up to now": the text is of that year
Weak = Literal["", "year", "bare", "weekday", "day", "season"]
_KINDS = frozenset(("relative", "weekday", "part", "part_after", "number", "future", "said", "compared", "step", "same_span"))


class Atom(NamedTuple):
    """One expression before it is completed; `last` is the other end of a range.

    A weak one counts only with something beside it: a bare year as an end of a range, day and month in bare figures in
    brackets, a weekday beside a day.
    """

    start: int
    end: int
    parts: Parts
    rule: str
    last: Parts | None = None
    open_start: bool = False
    open_end: bool = False
    approximate: bool = False
    of_span: bool = False  # "the same period of 2023": the part of the year that was told last, of this one
    compared: bool = False  # "less than in 2015": it gives no year to what follows
    weak: Weak = ""


class Taken:
    """Which places of a text belong to expressions."""

    def __init__(self, length: int, atoms: Iterable[Atom]) -> None:
        self._places = bytearray(length)
        for atom in atoms:
            self.add(atom)

    def add(self, atom: Atom) -> None:
        """Take the places of one more."""
        self._places[atom.start : atom.end] = b"\x01" * (atom.end - atom.start)

    def at(self, place: int) -> bool:
        """Whether an expression holds a place."""
        return self._places[place] != 0

    def is_free(self, start: int, end: int) -> bool:
        """Whether none holds any of the places from `start` up to `end`."""
        return self._places.find(1, start, end) < 0


# The units of a time of day, as folded.
HOURS = r"h|g|gio|hod\.?|hodin\w{0,20}|uhr|heures?|horas?|ore|saat\w{0,20}|час\w{0,20}|год\w{0,20}|ч\.?|baje|बजे|hrs?|[ap]\.?m\.?"
ASIDE = re.compile(r" ?\([^()]{1,60}\)")  # "(the first day of the New Year)"
# What stands around a month's name that is another word without it: "May 5, 2024", "May 5-7, 2024"; "30 mar 2024".
_DAY_AND_YEAR = re.compile(r"\.? \d{1,2}(?: ?- ?\d{1,2})?,? (?:19|20)\d\d(?!\d)")
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\.? $")
_DAY_REACH = len("30. ")
_YEAR_BEHIND = re.compile(r"\.?,? (?:19|20)\d\d(?!\d)")
_EASTERN = re.compile(r"\d{1,4} ?[年月日년월일]")


def breaks_between(text: str, low: int, high: int, most: int = 1) -> int:
    """How many sentences end between two places, counted up to `most`."""
    if 0 < low < high and text[low] in ".!?" and text[low - 1] in '")':
        low += 1  # of a bracket that closes with its sentence only the half stands there
    count = 0
    for _ in _BREAK_SIGN.finditer(text, low, high):
        count += 1
        if count >= most:
            break
    return count


class Before(NamedTuple):
    """What stands before a place: the text up to its last word's end at `end`, its `prefix_key`; and the word that begins there."""

    text: str
    end: int
    key: str
    next: str


def start_of(hit: Hit) -> int:
    return hit.start


def _position(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


class NumberOrder:
    """In which order a whole text writes day and month in figures, read off its other dates when it first matters."""

    def __init__(self, text: str, published: date | None = None) -> None:
        self._text, self._published = text, published

    @cached_property
    def value(self) -> str:
        """`dmy`, `mdy`, or "" where nothing tells."""
        votes = {"dmy": 0, "mdy": 0}
        for match in self._dates():
            first, second, year = int(match[1]), int(match[3]), int(match[4])
            if first > 12 >= second or self._is_near(year, second, first) > self._is_near(year, first, second):
                votes["dmy"] += 1
            elif second > 12 >= first or self._is_near(year, first, second) > self._is_near(year, second, first):
                votes["mdy"] += 1
        return "" if votes["dmy"] == votes["mdy"] else max(votes, key=lambda order: votes[order])

    def _dates(self) -> Iterator[re.Match[str]]:
        """The dates in figures, with their years in full; the pattern is tried only where a year may stand."""
        text = self._text
        for sign in _YEAR_SIGNS:
            place = text.find(sign)
            while place >= 0:
                if match := _ORDERED.search(text, max(0, place - _BEFORE_YEAR), place + _TO_NEXT):
                    yield match
                place = text.find(sign, place + 1)

    def _is_near(self, year: int, month: int, day: int) -> bool:
        """Whether that reading gives the day of the document itself, or nearly."""
        try:
            return self._published is not None and abs(date(year, month, day) - self._published) <= _CLOSE
        except ValueError:
            return False


class Page:
    """A passage with the grammar that reads it."""

    def __init__(
        self,
        folded: Folded,
        source: str,
        hits: Sequence[Hit],
        grammar: DateGrammar,
        numbers: NumberOrder,
        figures: list[tuple[int, int]],
    ) -> None:
        """`figures`: where each number of the folded text begins and ends."""
        self.folded, self.text, self.source, self.figures = folded, folded.text, source, figures
        self.grammar, self.numbers = grammar, numbers
        self.exact = grammar.exact and has_vietnamese_marks(source)
        self.month_hits: list[Hit] = []
        self.by_kind: dict[str, list[Hit]] = {}
        for hit in hits:
            kind = hit.phrase.kind
            if kind == "month":
                if not grammar.year_months or self._is_month(hit):
                    self.month_hits.append(hit)
            elif kind in _KINDS:
                self.by_kind.setdefault(kind, []).append(hit)
        if steps := self.by_kind.pop("step", ()):
            told = read_steps(steps, self.text, grammar.step_numbers, self.prefix_border, self.written)
            self.by_kind["relative"] = sorted([*told, *self.by_kind.get("relative", ())], key=_position)
        self.month_hits.sort(key=start_of)
        self.months = [hit.start for hit in self.month_hits]
        relatives = self.by_kind.get("relative", ())
        self.idioms = [hit for hit in relatives if hit.phrase.key == "never"]
        self.nows = any(hit.phrase.key == "now" for hit in relatives)  # somewhere it says "to the present"
        self.floor = 0  # up to where words belong to an earlier expression
        self.history = False  # several years of the past are told: bare figures may be years
        self._place, self._before = -1, Before("", 0, "", "")

    def _is_month(self, hit: Hit) -> bool:
        """Whether a month's name is one, of those that are other words without a day and a year."""
        if self.text[hit.start : hit.end].rstrip(".") not in self.grammar.year_months:
            return True
        return _DAY_AND_YEAR.match(self.text, hit.end) is not None or (
            _DAY_BEFORE.search(self.text, max(0, hit.start - _DAY_REACH), hit.start) is not None
            and _YEAR_BEHIND.match(self.text, hit.end) is not None
        )

    def before(self, position: int) -> Before:
        """The words before an expression; the last answer is kept, for they are asked for again and again."""
        if position != self._place:
            base = max(0, position - LONGEST_PREFIX)
            text = self.text[base:position].rstrip(" \n(")
            self._place = position
            self._before = Before(text, base + len(text), prefix_key(text, self.grammar.by_word), first_key(self.text, position))
        return self._before

    def may_end_with(self, atom: Atom, tails: tuple[str, ...]) -> bool:
        """Whether any of `tails` may stand right behind an expression, or end it."""
        behind = atom.end + (self.text[atom.end : atom.end + 1] == " ")
        return self.text.startswith(tails, behind) or self.text.endswith(tails, atom.start, atom.end)

    def opener(self, atom: Atom, openers: Openers) -> int | None:
        """Where a word of `openers` starts that stands right before an expression, or begins it."""
        before = self.before(atom.start)
        for word, written in openers.ending(before.key):
            if before.text.endswith(word):
                begin = before.end - len(word)
                if begin >= self.floor and self.prefix_border(begin) and self._opens_as_written(begin, word, written):
                    return begin
        for word, written in openers.beginning(before.next):
            inside = self.text.startswith(word + " ", atom.start) and atom.start + len(word) < atom.end
            if inside and self._opens_as_written(atom.start, word, written):
                return atom.start
        return None

    def tail(self, end: int, tails: tuple[str, ...]) -> int:
        """Where one of `tails` ends that stands right behind `end`; 0 when none does."""
        begin = end + (self.text[end : end + 1] == " ")
        if not self.text.startswith(tails, begin):
            return 0
        for tail in tails:
            if self.text.startswith(tail, begin):
                finish = begin + len(tail)
                if is_unspaced(tail[-1]) or not self.text[finish : finish + 1].isalpha():
                    return finish
        return 0

    def is_between(self, atom: Atom) -> bool:
        """Whether two listed ends are those of a range: "between 12 and 14 October"."""
        return self.opener(atom, self.grammar.between) is not None or bool(self.tail(atom.end, self.grammar.between_after))

    def begins_with_range(self, atom: Atom) -> bool:
        """Whether a template took the range's word along: "đến ngày 15/9"."""
        text = self.text
        if not text.startswith(self.grammar.range_texts, atom.start):
            return False
        for word in self.grammar.range_texts:
            if text.startswith(word, atom.start) and atom.start + len(word) < atom.end:
                following = text[atom.start + len(word)]
                if not following.isalpha() or is_unspaced(word[-1]):
                    return True
        return False

    def near(self, kind: str, low: int, high: int) -> list[Hit]:
        """The hits of a kind that start from `low` to `high`."""
        hits = self.by_kind.get(kind)
        if not hits or hits[-1].start < low or hits[0].start > high:
            return []
        return hits[bisect_left(hits, low, key=start_of) : bisect_left(hits, high + 1, key=start_of)]

    def is_idiom(self, start: int, end: int) -> bool:
        """Whether a phrase of the file's `never` lies across an expression: "mai mult" (more) is no May."""
        if not self.idioms:
            return False
        low = bisect_left(self.idioms, start - LONGEST_PREFIX, key=start_of)
        high = bisect_left(self.idioms, end, key=start_of)
        return any(start < hit.end and not (start <= hit.start and hit.end < end) for hit in self.idioms[low:high])

    def months_between(self, low: int, high: int) -> list[Hit]:
        """The month names that start from `low` up to `high`."""
        return self.month_hits[bisect_left(self.months, low) : bisect_left(self.months, high)]

    def month_near(self, position: int) -> bool:
        following = bisect_left(self.months, position)
        return self.grammar.short_months or (following < len(self.months) and self.months[following] < position + NEAR)

    def line_before(self, atom: Atom, reach: int) -> str | None:
        """What stands before an expression on its line; None where that is more than `reach` characters."""
        low = max(0, atom.start - reach - 1)
        line = self.text.rfind("\n", low, atom.start) + 1
        return None if line == 0 < low else self.text[line : atom.start]

    def written(self, begin: int, word: str, written: str) -> bool:
        """Whether a phrase stands there with its own diacritics, in a language where they count."""
        return not self.exact or self._has_marks(begin, word, written)

    def _opens_as_written(self, begin: int, word: str, written: str) -> bool:
        """The same for a word before a time, in a language whose file says so (Norwegian "før", before, is no "for")."""
        return not (self.grammar.exact or self.grammar.exact_words) or self._has_marks(begin, word, written)

    def _has_marks(self, begin: int, word: str, written: str) -> bool:
        return surface(self.source[self.folded.source(begin) : self.folded.source_end(begin + len(word))]) == written

    def left_border(self, position: int) -> bool:
        """A number must not be the tail of another (`1.2`, `58/2022`), a month name not the tail of a word."""
        if position == 0:
            return True
        text, before = self.text, self.text[position - 1]
        if text[position].isdigit():
            tail = before.isdigit() or (before in ".,/:-h" and position > 1 and text[position - 2].isdigit()) or before in "№#$€"
            return not tail or (before == "-" and _EASTERN.match(text, position) is not None)  # "6:00-3月20日"
        if not before.isalpha() or is_unspaced(before) or self.folded.is_humped(position, self.source):
            return True
        return self._follows_prefix(position)

    def _follows_prefix(self, position: int) -> bool:
        """Whether the letters before, to the beginning of their word, are a prefix that the language glues on: "ובמאי"."""
        text, start = self.text, position
        while start > 0 and position - start < 5 and text[start - 1].isalpha():
            start -= 1
        return text[start:position] in self.grammar.glued_prefixes

    def prefix_border(self, begin: int) -> bool:
        if begin <= 0 or not self.text[begin - 1].isalnum() or not self.text[begin].isalpha():
            return True
        before = self.text[begin - 1]
        return is_unspaced(before) or script_of(before) != script_of(self.text[begin]) or self._follows_prefix(begin)
