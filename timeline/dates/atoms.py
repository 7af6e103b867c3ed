"""Single time expressions: digits, month names and their like are tried against the language's templates.

Work is done only where a number or a month name stands, so the cost grows with those, not with the words of the
language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from timeline.dates.grammar import LONGEST_PREFIX, NEAR, DateGrammar, Found, Openers, Template, first_key, prefix_key
from timeline.dates.numerals import HAN_NUMBER
from timeline.dates.resolve import Parts, span
from timeline.knowledge import Hit
from timeline.text import Folded, has_vietnamese_marks, is_unspaced, script_of, surface

# Folded text has no other digits than these; a plain set of characters is what `re` finds fastest.
DIGITS = re.compile(r"[0-9]+")
_BARE_YEAR = re.compile(r"(?<![\d./:])(?<!\d-)(?<!\d[ ,])(?:19|20)\d\d(?![\d:]|[.,/]\d| \d)")
_BARE_BUDDHIST_YEAR = re.compile(r"(?<![\d./:])(?<!\d-)(?<!\d[ ,])25[0-9]\d(?![\d:]|[.,/]\d| \d)")
# `2019-20`, `2019/20`: the year after, in short.
_SHORT_RANGE = re.compile(r"(?<![\d./:-])(?P<a>(?:19|20)\d\d)[-/](?P<b>\d\d)(?![\d:/-]|[.,]\d| \d)")
_YEAR_RANGE = re.compile(
    r"(?<![\d/:])(?<!\d[.-])(?<!\d[ ,])(?P<a>(?:19|20|25)\d\d)(?: ?[-~] ?|/)(?P<b>(?:19|20|25)\d\d)(?![\d:/-]|[.,]\d| \d)"
)
_ROMAN = re.compile(r"(?<![^\W_])(?:iv|i{1,3})(?![^\W_])")
_HAN = re.compile(f"{HAN_NUMBER}{{1,4}}(?=[年月日号號])")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# `13.09-15.09.2025`, `30/10-1/11/2022`: two days in figures, the year behind the last.
_FIGURES = re.compile(
    r"(?P<d>\d{1,2})(?P<s>[./]) ?(?P<m>\d{1,2})\.? ?- ?(?P<e>\d{1,2})(?P=s) ?(?P<n>\d{1,2})(?P=s) ?(?P<y>(?:19|20)\d\d)(?!\d)"
)
_DAYS_OF_MONTH = re.compile(r"(?P<d>\d{1,2})\. ?- ?(?P<e>\d{1,2})\.(?P<m>\d{1,2})(?!\.? ?\d)\.?")  # `03.-05.06`
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
# `II, III/2025`, `I-III 2024` behind "quarter"; `2. and` before "3rd quarter".
_MORE_QUARTERS = re.compile(
    r" ?(?P<g>[,、-]|[^\W\d_]{1,5}) ?(?P<q>iv|i{1,3}|[1-4])(?![\w.])(?:(?: ?/ ?| [^\W\d_]{0,8} ?)(?P<y>(?:19|20|25)\d\d)(?!\d))?"
)
_LATER_YEAR = re.compile(r" ?- ?(?P<y>(?:19|20)\d\d)(?!\d|[./:-]\d)")
_QUARTER_BEFORE = re.compile(r"(?<![\w./-])(?:(?P<r>iv|i{1,3})\.?|(?P<q>[1-4])(?:[.ºª°]|[^\W\d_]{1,3})) ?(?P<g>[,、-]|[^\W\d_]{1,5}) ?$")
_ORDERED = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
# A day right before "of last month", "of the same month"; the language's own preposition may stand between.
_DAY_BEFORE = re.compile(
    r"(?<![\d.,/])(?<!\d-)(?:(?P<c>\d{1,2})\.?(?P<g> ?- ?| (?:[^\W\d_]{1,3} ){1,2}))?"
    r"(?P<d>\d{1,2})(?P<s>(?:[^\W\d_]{1,2}|[.º°])?)(?: [^\W\d_]{1,5}){0,2} ?$"
)
_BESIDE = 24  # characters between the word for a quarter and its number
_CLOSE = timedelta(days=3)
_LATE_DAY = 20  # a range of days that begins no earlier may run over the end of a month

Weak = Literal["", "year", "bare", "weekday", "day"]


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
    weak: Weak = ""


class Before(NamedTuple):
    """What stands before a place: the text up to its last word's end at `end`, its `prefix_key`; and the word that begins there."""

    text: str
    end: int
    key: str
    next: str


def _start(hit: Hit) -> int:
    return hit.start


def _stretches(pieces: list[re.Match[str]]) -> list[tuple[int, int]]:
    """The days of `1-3 and 5` by their places: (0, 1), (2, 0)."""
    stretches = [(0, 0)]
    ranged, k = False, 0
    for piece in pieces[1:]:
        if not piece["number"]:
            ranged = piece["range"] is not None
            continue
        k += 1
        if ranged and not stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], k)
        else:
            stretches.append((k, 0))
        ranged = False
    return stretches


class NumberOrder:
    """In which order a whole text writes day and month in figures, read off its other dates when it first matters."""

    def __init__(self, text: str, published: date | None = None) -> None:
        self._text, self._published = text, published

    @cached_property
    def value(self) -> str:
        """`dmy`, `mdy`, or "" where nothing tells."""
        votes = {"dmy": 0, "mdy": 0}
        for match in _ORDERED.finditer(self._text):
            first, second, year = int(match[1]), int(match[3]), int(match[4])
            if first > 12 >= second or self._is_near(year, second, first) > self._is_near(year, first, second):
                votes["dmy"] += 1
            elif second > 12 >= first or self._is_near(year, first, second) > self._is_near(year, second, first):
                votes["mdy"] += 1
        return "" if votes["dmy"] == votes["mdy"] else max(votes, key=lambda order: votes[order])

    def _is_near(self, year: int, month: int, day: int) -> bool:
        """Whether that reading gives the day of the document itself, or nearly."""
        try:
            return self._published is not None and abs(date(year, month, day) - self._published) <= _CLOSE
        except ValueError:
            return False


class Page:
    """A passage with the grammar that reads it."""

    def __init__(self, folded: Folded, source: str, hits: Sequence[Hit], grammar: DateGrammar, numbers: NumberOrder) -> None:
        self.folded, self.text, self.source = folded, folded.text, source
        self.grammar, self.numbers = grammar, numbers
        self.exact = grammar.exact and has_vietnamese_marks(source)
        self._month_hits: list[Hit] = []
        self.by_kind: dict[str, list[Hit]] = {}
        for hit in hits:
            kind = hit.phrase.kind
            if kind == "month":
                self._month_hits.append(hit)
            elif kind in _KINDS:
                self.by_kind.setdefault(kind, []).append(hit)
        self._month_hits.sort(key=_start)
        self.months = [hit.start for hit in self._month_hits]
        self._idioms = [hit for hit in self.by_kind.get("relative", ()) if hit.phrase.key == "never"]
        self.floor = 0  # up to where words belong to an earlier expression
        self._place, self._before = -1, Before("", 0, "", "")

    def before(self, position: int) -> Before:
        """The words before an expression; the last answer is kept, for they are asked for again and again."""
        if position != self._place:
            base = max(0, position - LONGEST_PREFIX)
            text = self.text[base:position].rstrip(" \n(")
            self._place = position
            self._before = Before(text, base + len(text), prefix_key(text, self.grammar.by_word), first_key(self.text, position))
        return self._before

    def opener(self, atom: Atom, openers: Openers) -> int | None:
        """Where a word of `openers` starts that stands right before an expression, or begins it."""
        before = self.before(atom.start)
        for word, written in openers.ending(before.key):
            if before.text.endswith(word):
                begin = before.end - len(word)
                if begin >= self.floor and self._prefix_border(begin) and self.written(begin, word, written):
                    return begin
        for word, written in openers.beginning(before.next):
            inside = self.text.startswith(word + " ", atom.start) and atom.start + len(word) < atom.end
            if inside and self.written(atom.start, word, written):
                return atom.start
        return None

    def tail(self, end: int, tails: tuple[str, ...]) -> int:
        """Where one of `tails` ends that stands right behind `end`; 0 when none does."""
        begin = end + (self.text[end : end + 1] == " ")
        for tail in tails:
            if self.text.startswith(tail, begin):
                finish = begin + len(tail)
                if is_unspaced(tail[-1]) or not self.text[finish : finish + 1].isalpha():
                    return finish
        return 0

    def is_between(self, atom: Atom) -> bool:
        """Whether two listed ends are those of a range: "between 12 and 14 October"."""
        return self.opener(atom, self.grammar.between) is not None or bool(self.tail(atom.end, self.grammar.between_after))

    def near(self, kind: str, low: int, high: int) -> list[Hit]:
        """The hits of a kind that start from `low` to `high`."""
        hits = self.by_kind.get(kind)
        return hits[bisect_left(hits, low, key=_start) : bisect_left(hits, high + 1, key=_start)] if hits else []

    def atoms(self) -> list[Atom]:
        """Every expression by itself, in order; weak ones too."""
        text = self.text
        numbers = [match.span() for match in DIGITS.finditer(text)]
        atoms: list[Atom] = []
        reached = 0
        for position in sorted(self._positions(numbers)):
            if position < reached:
                continue
            found = self._year_range(position) or self._figures(position) or self._continued(atoms, position) or self._best(position)
            if found and not self._is_idiom(found[0].start, found[-1].end):
                found = [self._with_own_weekday(self._with_quarters(self._with_anniversary(atom), reached)) for atom in found]
                atoms.extend(found)
                reached = found[-1].end
        atoms += self._relatives(atoms)
        taken = {place for atom in atoms for place in range(atom.start, atom.end)}
        for start, end in numbers:
            if start in taken:
                continue
            if end - start == 4 and self._is_bare_year(start):
                atoms.append(Atom(start, end, Parts(year=self.grammar.numerals.year(text[start:end])), "bare-year", weak="year"))
            elif end - start <= 2 and (bare := self._bare(start)):
                atoms.append(bare)
                taken.update(range(bare.start, bare.end))
        atoms += [
            Atom(hit.start, hit.end, Parts(relative=str(hit.phrase.key)), "weekday", weak="weekday")
            for hit in self.by_kind.get("weekday", ())
            if hit.start not in taken and hit.end - 1 not in taken
        ]
        free = [hit for hit in self._month_hits if hit.start not in taken and hit.end - 1 not in taken]
        atoms += [*self._days_before(atoms, taken), *self._months_beside(atoms, free)]
        atoms.sort(key=lambda atom: (atom.start, -atom.end))
        return atoms

    def _is_bare_year(self, start: int) -> bool:
        if self.grammar.numerals.buddhist and _BARE_BUDDHIST_YEAR.match(self.text, start):
            return True
        return _BARE_YEAR.match(self.text, start) is not None

    def _days_before(self, atoms: Sequence[Atom], taken: set[int]) -> list[Atom]:
        """`the 11th` of "of last month"."""
        found: list[Atom] = []
        for atom in atoms:
            if not atom.parts.relative.startswith(("month", "same_month")):
                continue
            match = _DAY_BEFORE.search(self.text, max(0, atom.start - LONGEST_PREFIX), atom.start)
            if match is None or not 1 <= int(match["d"]) <= 31 or match.start("d") in taken:
                continue
            day = Atom(match.start("d"), match.end("s"), Parts(day=int(match["d"])), "day", weak="day")
            whole = day._replace(start=match.start(), last=day.parts, parts=Parts(day=int(match["c"] or 1)))
            gap = (match["g"] or "").strip()
            ranged = gap in self.grammar.range_words or (gap in self.grammar.list_words and self.is_between(whole))
            found.append(whole if match["c"] and ranged and int(match["c"]) < int(match["d"]) else day)
        return found

    def _months_beside(self, atoms: Sequence[Atom], free: Sequence[Hit]) -> Iterator[Atom]:
        """`March` of "March last year", "last November": months whose name by itself counts for nothing here."""
        years = [atom for atom in atoms if atom.parts.relative.startswith(("year", "same_year"))]
        starts, ends = {atom.start for atom in years}, {atom.end for atom in years}
        for hit in free:
            word = self.text[hit.start : hit.end].rstrip(".")
            if word not in self.grammar.months:
                continue
            calendar, number = self.grammar.months[word]
            month = Atom(hit.start, hit.end, Parts(month=number, calendar=calendar), "month")
            behind, before = hit.end + (self.text[hit.end : hit.end + 1] == " "), hit.start - (self.text[hit.start - 1 : hit.start] == " ")
            if behind in starts or before in ends:
                yield month._replace(weak="day")
            elif word not in self.grammar.doubtful_months and self._is_last_or_next(month):
                yield month

    def _is_last_or_next(self, month: Atom) -> bool:
        openers = (self.grammar.past, self.grammar.coming, self.grammar.last_year)
        return any(self.opener(month, words) is not None for words in openers)

    def _with_anniversary(self, atom: Atom) -> Atom:
        """`18 January 1950–2025`: the day, and what it is now the anniversary of."""
        year = atom.parts.year
        if year is None or atom.parts.day is None or atom.last is not None or atom.parts.calendar:
            return atom
        later = _LATER_YEAR.match(self.text, atom.end)
        if later is None or int(later["y"]) <= year:
            return atom
        return atom._replace(end=later.end(), last=atom.parts._replace(year=int(later["y"])), rule="range")

    def _with_quarters(self, atom: Atom, floor: int) -> Atom:
        """`quarters II and III of 2025`: what their noun, said once, leaves to the others, as one span."""
        parts = atom.parts
        if not parts.part.startswith("quarter") or atom.last is not None:
            return atom
        joins = self.grammar.list_words | self.grammar.range_words
        following = _MORE_QUARTERS.match(self.text, atom.end)
        if following and following["g"] in joins and _QUARTERS[following["q"]] > int(parts.part[7:]):
            year = self.grammar.numerals.year(following["y"]) if following["y"] else parts.year
            last = parts._replace(part=f"quarter{_QUARTERS[following['q']]}", year=year)
            return atom._replace(end=following.end(), parts=parts._replace(year=year), last=last, rule="range")
        before = _QUARTER_BEFORE.search(self.text, max(floor, atom.start - LONGEST_PREFIX), atom.start)
        if before is None or before["g"] not in joins:
            return atom
        first = _QUARTERS[before["q"] or before["r"]]
        if first >= int(parts.part[7:]):
            return atom
        return atom._replace(start=before.start(), parts=parts._replace(part=f"quarter{first}"), last=parts, rule="range")

    def _with_own_weekday(self, atom: Atom) -> Atom:
        """A day whose template took its weekday along: `martes 25`."""
        if atom.parts.day is None:
            return atom
        weekdays = {hit.phrase.key for hit in self.near("weekday", atom.start, atom.end)}
        return atom._replace(parts=atom.parts._replace(weekday=int(str(weekdays.pop())[7]))) if len(weekdays) == 1 else atom

    def _is_idiom(self, start: int, end: int) -> bool:
        """Whether a phrase of the file's `never` lies across an expression: "mai mult" (more) is no May."""
        low = bisect_left(self._idioms, start - LONGEST_PREFIX, key=_start)
        high = bisect_left(self._idioms, end, key=_start)
        return any(start < hit.end and not (start <= hit.start and hit.end < end) for hit in self._idioms[low:high])

    def _positions(self, numbers: list[tuple[int, int]]) -> set[int]:
        """Where an expression's first slot may stand."""
        positions = {start for start, end in numbers if end - start in (1, 2, 4)}
        positions.update(self.months)
        positions.update(hit.start for hit in self.by_kind.get("number", ()))
        positions.update(self._roman_numbers())
        if self.grammar.numerals.han:
            positions.update(match.start() for match in _HAN.finditer(self.text))
        return positions

    def _roman_numbers(self) -> Iterator[int]:
        """Where Roman numbers stand beside the word for a quarter."""
        for word in self.grammar.roman_words:
            place = self.text.find(word)
            while place >= 0:
                yield from (match.start() for match in _ROMAN.finditer(self.text, max(0, place - _BESIDE), place + len(word) + _BESIDE))
                place = self.text.find(word, place + 1)

    def _year_range(self, position: int) -> list[Atom] | None:
        short = _SHORT_RANGE.match(self.text, position)
        if short and (int(short["a"]) + 1) % 100 == int(short["b"]) and int(short["b"]) > 12:
            year = int(short["a"])
            return [Atom(short.start(), short.end(), Parts(year=year), "year-range", last=Parts(year=year + 1))]
        match = _YEAR_RANGE.match(self.text, position)
        if not match or int(match["a"]) >= int(match["b"]):
            return None
        numerals = self.grammar.numerals
        if match["a"] > "21" and not numerals.buddhist:
            return None
        counted = self.grammar.free.match(self.text, match.start("b"), month_near=False)
        if counted and counted.code == "never":  # "1950–2000 lorries"
            return None
        first, last = Parts(year=numerals.year(match["a"])), Parts(year=numerals.year(match["b"]))
        return [Atom(match.start(), match.end(), first, "year-range", last=last)]

    def _figures(self, position: int) -> list[Atom] | None:
        if self.grammar.order != "dmy" or not self._left_border(position):
            return None
        days = _DAYS_OF_MONTH.match(self.text, position)
        if days and 1 <= int(days["d"]) < int(days["e"]) <= 31 and 1 <= int(days["m"]) <= 12:
            first = Parts(month=int(days["m"]), day=int(days["d"]))
            return [Atom(days.start(), days.end(), first, "day-range", last=first._replace(day=int(days["e"])))]
        match = _FIGURES.match(self.text, position)
        if match is None or not (1 <= int(match["m"]) <= 12 and 1 <= int(match["n"]) <= 12):
            return None
        first = Parts(month=int(match["m"]), day=int(match["d"]))
        first, last = span(first, Parts(year=int(match["y"]), month=int(match["n"]), day=int(match["e"])))
        return [Atom(match.start(), match.end(), first, "day-range", last=last)]

    def _continued(self, atoms: list[Atom], position: int) -> list[Atom] | None:
        """The other end of a range or list of days: it needs no word before it."""
        if not atoms or atoms[-1].parts.day is None or self.grammar.continued is None or not 0 < position - atoms[-1].end <= 8:
            return None
        gap = self.text[atoms[-1].end : position].strip()
        if gap not in self.grammar.range_words and gap not in self.grammar.list_words:
            return None
        match = self.grammar.continued.choice.match(self.text, position)
        return self._read(position, match) if match else None

    def _best(self, position: int) -> list[Atom] | None:
        """The longest template that fits at `position`, with what it wants before it."""
        grammar = self.grammar
        best: tuple[int, bool, int] = (0, False, 0)
        found: list[Atom] | None = None
        free = grammar.free if self.text[position].isdigit() else grammar.free_words
        if self._left_border(position):
            match = free.match(self.text, position, self._month_near(position))
            found = self._read(position, match) if match else None
            if match and found:
                best = match.weight(position)
        window_start = max(0, position - LONGEST_PREFIX)
        before = self.text[window_start:position].rstrip(" \n-'\"(")
        prefixed = grammar.prefixed.get(prefix_key(before, grammar.by_word))
        for template in prefixed.before(before) if prefixed else ():
            begin = window_start + len(before) - len(template.prefix)
            if not self._prefix_border(begin):
                continue
            if not self.written(begin, template.prefix, template.surface):
                continue
            match = template.choice.match(self.text, position)
            if match and match.weight(begin) > best and (read := self._read(begin, match)):
                best, found = match.weight(begin), read
        return found

    def _bare(self, position: int) -> Atom | None:
        template: Template | None = self.grammar.bare
        if template is None or not self._left_border(position):
            return None
        match = template.choice.match(self.text, position)
        found = self._read(position, match) if match else None
        if not found or len(found) != 1:
            return None
        last = found[0].last
        if last is not None and (last.day or 0) > 12:  # `19-21/2`: a range of days can be no fraction
            return found[0]
        return found[0]._replace(weak="bare", rule="bare")

    def _relatives(self, atoms: Sequence[Atom]) -> list[Atom]:
        """`today`, `last month`: phrases whose value hangs on the document's day. The longest at a place counts."""
        taken = {place for atom in atoms for place in range(atom.start, atom.end)}
        found: list[Atom] = []
        reached = 0
        for hit in self.by_kind.get("relative", ()):
            if hit.phrase.key == "now":
                reached = max(reached, hit.end)  # "to this day" holds no day
                continue
            if hit.start < reached or self._counted(hit, taken):
                continue
            if not taken.isdisjoint(range(hit.start, hit.end)):
                continue
            reached = hit.end
            key = str(hit.phrase.key)
            parts = Parts(part=key[5:]) if key.startswith("part:") else Parts(relative=key)
            found.append(Atom(hit.start, hit.end, parts, "never" if key == "never" else "relative"))
        return found

    def _counted(self, hit: Hit, taken: set[int]) -> bool:
        """`75 years ago` is no "last year"; a figure that is a date's does not count."""
        if not str(hit.phrase.key).startswith(("year", "month", "week", "day-")):
            return False
        before = self.text[max(0, hit.start - 3) : hit.start].rstrip()
        if str(hit.phrase.key).startswith("month") and (
            hit.phrase.key == "month+0" or (before[-2:].isdigit() and 12 < int(before[-2:]) <= 31)
        ):
            return False  # "on 15-17 this month", "the 28th of last month"
        return before[-1:].isdigit() and hit.start - 2 not in taken and hit.start - 1 not in taken

    def _month_near(self, position: int) -> bool:
        following = bisect_left(self.months, position)
        return self.grammar.short_months or (following < len(self.months) and self.months[following] < position + NEAR)

    def written(self, begin: int, word: str, written: str) -> bool:
        """Whether a phrase stands there with its own diacritics, in a language where they count."""
        if not self.exact:
            return True
        return surface(self.source[self.folded.source(begin) : self.folded.source_end(begin + len(word))]) == written

    def _left_border(self, position: int) -> bool:
        """A number must not be the tail of another (`1.2`, `58/2022`), a month name not the tail of a word."""
        if position == 0:
            return True
        text, before = self.text, self.text[position - 1]
        if text[position].isdigit():
            return not (before.isdigit() or (before in ".,/:-" and position > 1 and text[position - 2].isdigit()) or before in "№#$€")
        if not before.isalpha() or is_unspaced(before):
            return True
        word_start = position
        while word_start > 0 and position - word_start < 5 and text[word_start - 1].isalpha():
            word_start -= 1
        return text[word_start:position] in self.grammar.glued_prefixes

    def _prefix_border(self, begin: int) -> bool:
        if begin <= 0 or not self.text[begin - 1].isalnum() or not self.text[begin].isalpha():
            return True
        before = self.text[begin - 1]
        return is_unspaced(before) or before in self.grammar.glued_prefixes or script_of(before) != script_of(self.text[begin])

    def _read(self, begin: int, found: Found) -> list[Atom] | None:
        """A match as one expression, or as several when it lists days or months."""
        match = found.match
        if found.code == "never":
            return [Atom(begin, match.end(), Parts(relative="never"), "never")]
        fields = found.fields()
        if "M" in fields and self._is_no_month(match.start(next(name for slot, name in found.groups if slot == "M")), fields):
            return None
        base = self._parts(fields, found.code)
        if base is None:
            return None
        if "d" in fields:
            return self._days(begin, found, fields["d"], base)
        other = self._month(fields, "2")
        if other is None or base.month is None:
            return [Atom(begin, match.end(), base, "template")]
        return self._months(begin, found, base, other[1])

    def _is_no_month(self, month_at: int, fields: dict[str, str]) -> bool:
        if "d" not in fields and self._is_other_word(month_at, fields):
            return True
        return self.exact and not self._is_written_month(month_at, fields["M"])

    def _is_written_month(self, month_at: int, word: str) -> bool:
        end = self.folded.source_end(month_at + len(word.rstrip(".")))
        return surface(self.source[self.folded.source(month_at) : end]) in self.grammar.written_months

    def _is_other_word(self, month_at: int, fields: dict[str, str]) -> bool:
        """Whether a month's name without a day is none: "they may", "Mai Chau" where months are written small, `dez` for ten."""
        if self.grammar.months.get(fields["M"].rstrip("."), ("", 0))[0]:
            return False  # of another calendar
        if fields["M"].rstrip(".") in self.grammar.doubtful_months and "." not in fields["M"]:
            return True
        start = self.folded.source(month_at)
        if self.grammar.capital_months:
            return self.source[start].islower()
        if not self.grammar.small_months or fields.keys() & {"y", "yy"} or not self.source[start].isupper():
            return False
        following = self.source[self.folded.source_end(month_at + len(fields["M"])) :][:2]
        return following[:1] == " " and following[1:].isupper()

    def _days(self, begin: int, found: Found, written: str, base: Parts) -> list[Atom] | None:
        match = found.match
        place = match.start(next(name for slot, name in found.groups if slot == "d"))
        number = self.grammar.numerals.number
        pieces = list(self.grammar.day_split.finditer(written))
        days = [number(piece["number"]) for piece in pieces if piece["number"]]
        if not days or not all(1 <= day <= 31 for day in days):
            return None
        base = self._ordered(base._replace(day=days[0]))
        rule = f"numeric:{base.order}" if base.order else "template"
        if len(days) == 1:
            return [Atom(begin, match.end(), base, rule)]
        figures = [(place + piece.start("number"), place + piece.end("number")) for piece in pieces if piece["number"]]
        if days != sorted(set(days)) and any(piece["range"] for piece in pieces):
            if len(days) == 3 and base.month is not None:
                return self._figures_apart(begin, match.end(), base, days)
            behind = any(match.start(name) > place for slot, name in found.groups if slot in ("m", "M"))
            if behind and base.month is not None and not base.calendar and days[0] >= _LATE_DAY:
                return [self._over_the_month(begin, match.end(), base, days[1])]
        if days != sorted(set(days)):  # "the 14th for 3 days"
            return [Atom(begin, figures[0][1], base, rule)]
        whole = Atom(begin, match.end(), base, "day-range", last=base._replace(day=days[-1]))
        on_end = days == list(range(days[0], days[-1] + 1))  # on 10 and 11 September: two days on end
        if on_end or (len(days) == 2 and (any(p["range"] for p in pieces) or self.is_between(whole))):
            return [whole]
        stretches = _stretches(pieces)
        listed = []
        for k, (low, high) in enumerate(stretches):
            start = begin if k == 0 else figures[low][0]
            end = match.end() if k == len(stretches) - 1 else figures[high or low][1]
            last = base._replace(day=days[high]) if high else None
            listed.append(Atom(start, end, base._replace(day=days[low]), "day-list", last))
        return listed

    def _figures_apart(self, begin: int, end: int, base: Parts, days: list[int]) -> list[Atom] | None:
        """ "29-9 to 2" of "29-9 to 2-10-2025" is no list of days: the second figure is the month of the first."""
        if not 1 <= days[1] <= 12:
            return None
        first, last = span(base._replace(day=days[0], month=days[1], year=None), base._replace(day=days[2]))
        return [Atom(begin, end, first, "day-range", last=last)]

    def _over_the_month(self, begin: int, end: int, base: Parts, last_day: int) -> Atom:
        """`from 30 to 2 October` begins in September."""
        year = base.year - (base.month == 1) if base.year is not None else None
        first = base._replace(month=((base.month or 0) - 2) % 12 + 1, year=year)
        return Atom(begin, end, first, "day-range", last=base._replace(day=last_day))

    def _months(self, begin: int, found: Found, base: Parts, month: int) -> list[Atom] | None:
        """`January–March 2024`, `1-6/2025` as a range; `March and April 2024` as two months."""
        if base.month is None or base.month == month:
            return None
        match = found.match
        first_end, last_start = (
            at(next(name for slot, name in found.groups if slot in slots and match[name] is not None))
            for at, slots in ((match.end, ("M", "m")), (match.start, ("M2", "m2")))
        )
        gap = self.text[first_end:last_start].strip(" \n.")
        listed = gap in self.grammar.list_words and gap not in self.grammar.range_words
        if listed and not self.is_between(Atom(begin, match.end(), base, "")):
            return [Atom(begin, first_end, base, "day-list"), Atom(last_start, match.end(), base._replace(month=month), "day-list")]
        # "November to February 2025" begins in the year before
        first, last = span(base._replace(year=None), base._replace(month=month)) if base.year else (base, base._replace(month=month))
        return [Atom(begin, match.end(), first, "month-range", last=last)]

    def _parts(self, fields: dict[str, str], code: str) -> Parts | None:
        numerals = self.grammar.numerals
        year = numerals.year(fields["y"]) if "y" in fields else None
        if "yy" in fields:
            year = numerals.short_year(fields["yy"], of_decade=code == "decade")
            if code.startswith("order:") and not 1990 <= year <= 2049:
                return None  # "3.4.56" is a score or a version sooner than a day
        calendar, month = self._month(fields, "") or ("", None)
        if code == "lunar":
            calendar, month = "lunar", month or 1
        elif not calendar and year is not None and 1300 <= year < 1500:
            if not (self.grammar.persian and 1380 <= year < 1420):
                return None  # of the Middle Ages, or of the Islamic calendar with nothing to tell
            calendar = "persian"
        if month is not None and not 1 <= month <= 12:
            return None
        part = f"quarter{_QUARTERS[fields['q']]}" if "q" in fields else ("" if code == "lunar" or code.startswith("order:") else code)
        order = code.removeprefix("order:") if code.startswith("order:") and "y" in fields else ""
        return Parts(year=year, month=month, part=part, calendar=calendar, order=order)

    def _month(self, fields: dict[str, str], which: str) -> tuple[Literal["", "persian", "islamic", "lunar"], int] | None:
        if roman := fields.get("R"):
            return None if which else ("", _ROMANS.index(roman) + 1)
        if name := fields.get("M" + which):
            return self.grammar.months.get(name.rstrip(".")) or self.grammar.months.get(name)
        return ("", self.grammar.numerals.number(fields["m" + which])) if "m" + which in fields else None

    def _ordered(self, parts: Parts) -> Parts:
        """Day and month swapped where the text's other dates say so; an order that nothing tells is said to be assumed."""
        day, month = parts.day, parts.month
        if not parts.order or day is None or month is None or day > 12 or day == month or parts.order == "ymd":
            return parts
        told = self.numbers.value
        if not told:
            return parts._replace(order=f"{parts.order}-assumed")
        return parts if told == parts.order else parts._replace(day=month, month=day, order=told)


_KINDS = frozenset(("relative", "weekday", "part", "part_after", "number", "future"))
