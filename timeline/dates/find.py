"""Finding time expressions: digits and month names are tried against the language's templates, then combined.

Work is done only where a number or a month name stands, so the cost grows with those, not with the words of the
language. Spans that are found never overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeline import edtf
from timeline.dates.compile import NEAR, DateGrammar, prefix_key
from timeline.dates.resolve import Anchor, Parts, complete, span, to_edtf
from timeline.knowledge import Hit
from timeline.model import Basis, Precision, TimeSpan
from timeline.text import UNSPACED, Folded, has_vietnamese_marks, script_of, surface

# Folded text has no other digits than these; a plain set of characters is what `re` finds fastest.
_DIGITS = re.compile(r"[0-9]+")
_BARE_YEAR = re.compile(r"(?<![\d./:-])(?<!\d[ ,])(?:19|20)\d\d(?![\d:]|[.,/]\d| \d)")
_YEAR_RANGE = re.compile(r"(?<![\d./:-])(?<!\d[ ,])(?P<a>(?:19|20)\d\d) ?- ?(?P<b>(?:19|20)\d\d)(?![\d:/-]|[.,]\d| \d)")
# Folded text shows no capitals: a full stop after two letters or a year ends a sentence, one after a day or "r" does not.
_SENTENCE_BREAK = re.compile(r"(?<=[^\W\d_]{2})[)\"]?[.!?]\s|(?<=\d{4})[.!?]\s|[。！？\n]")
_ROMAN = re.compile(r"(?<![^\W_])(?:iv|i{1,3})(?![^\W_])")
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_BESIDE = 24  # characters between the word for a quarter and its number
_LONGEST_PREFIX = 32
_NEARBY = 160  # characters to a dated clause that may give its year to the next sentence
_SAME_SENTENCE = 1000  # and within one sentence: what is called a sentence and is longer is a table or a list


@dataclass(frozen=True, slots=True)
class Atom:
    """One expression before it is completed; `last` is the other end of a range."""

    start: int
    end: int
    parts: Parts
    rule: str
    last: Parts | None = None
    open_start: bool = False
    open_end: bool = False
    approximate: bool = False
    weak: bool = False  # a bare year: counts only as an end of a range


def find_times(
    folded: Folded,
    source: str,
    hits: Sequence[Hit],
    grammar: DateGrammar,
    anchor: Anchor,
    last_day: str = "",
) -> list[TimeSpan]:
    """The times in a passage; `hits` are the scan's finds there, `last_day` the last day told before it ("the same day")."""
    if not _DIGITS.search(folded.text) and not any(hit.phrase.kind in ("month", "relative") for hit in hits):
        return []
    page = _Page(folded, source, hits, grammar)
    atoms = page.atoms()
    atoms += _relatives(hits, atoms)
    atoms.sort(key=lambda atom: (atom.start, -atom.end))
    atoms = _combined(page, atoms)
    atoms = _apart(_bounded(page, atom) for atom in atoms if not atom.weak)
    return _resolved(folded, source, atoms, anchor, last_day)


# ---------------------------------------------------------------- single expressions


class _Page:
    """A passage with the grammar that reads it."""

    def __init__(self, folded: Folded, source: str, hits: Sequence[Hit], grammar: DateGrammar) -> None:
        self.folded, self.text, self.source = folded, folded.text, source
        self.hits, self.grammar = hits, grammar
        self.exact = grammar.exact and has_vietnamese_marks(source)
        self.months = sorted(hit.start for hit in hits if hit.phrase.kind == "month")

    def atoms(self) -> list[Atom]:
        """Every expression by itself, in order."""
        text = self.text
        numbers = [match.span() for match in _DIGITS.finditer(text)]
        positions = {start for start, end in numbers if end - start in (1, 2, 4)}
        positions.update(self.months)
        positions.update(self._roman_numbers())
        atoms: list[Atom] = []
        reached = 0
        for position in sorted(positions):
            if position < reached:
                continue
            found = self._year_range(position) or self._continued(atoms, position) or self._best(position)
            if found:
                atoms.extend(found)
                reached = found[-1].end
        taken = {place for atom in atoms for place in range(atom.start, atom.end)}
        for start, end in numbers:
            if end - start == 4 and start not in taken and _BARE_YEAR.match(text, start):
                atoms.append(Atom(start, end, Parts(year=int(text[start:end])), "bare-year", weak=True))
        return atoms

    def _roman_numbers(self) -> Iterator[int]:
        """Where Roman numbers stand beside the word for a quarter."""
        for word in self.grammar.roman_words:
            place = self.text.find(word)
            while place >= 0:
                yield from (match.start() for match in _ROMAN.finditer(self.text, max(0, place - _BESIDE), place + len(word) + _BESIDE))
                place = self.text.find(word, place + 1)

    def _year_range(self, position: int) -> list[Atom] | None:
        match = _YEAR_RANGE.match(self.text, position)
        if not match or int(match["a"]) >= int(match["b"]):
            return None
        return [Atom(match.start(), match.end(), Parts(year=int(match["a"])), "year-range", last=Parts(year=int(match["b"])))]

    def _continued(self, atoms: list[Atom], position: int) -> list[Atom] | None:
        """The other end of a range or list of days: it needs no word before it."""
        if not atoms or atoms[-1].parts.day is None or self.grammar.continued is None or not 0 < position - atoms[-1].end <= 8:
            return None
        gap = self.text[atoms[-1].end : position].strip()
        if gap not in self.grammar.range_words and gap not in self.grammar.list_words:
            return None
        match = self.grammar.continued.match(self.text, position)
        return self._read(position, match) if match else None

    def _best(self, position: int) -> list[Atom] | None:
        """The longest template that fits at `position`, with what it wants before it."""
        grammar = self.grammar
        found: list[Atom] | None = None
        free = grammar.free if self.text[position].isdigit() else grammar.free_words
        if self._left_border(position):
            match = free.match(self.text, position, self._month_near(position))
            found = self._read(position, match) if match else None
        window_start = max(0, position - _LONGEST_PREFIX)
        before = self.text[window_start:position].rstrip(" \n-'\"(")
        for template in grammar.prefixed.get(prefix_key(before, grammar.by_word), ()):
            begin = window_start + len(before) - len(template.prefix)
            if not before.endswith(template.prefix) or not self._prefix_border(begin):
                continue
            if not self.written(begin, template.prefix, template.surface):
                continue
            match = template.pattern.match(self.text, position)
            if match and (found is None or match.end() >= found[-1].end):
                found = self._read(begin, match) or found
                break
        return found

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
        if not before.isalpha() or script_of(before) in UNSPACED:
            return True
        word_start = position
        while word_start > 0 and position - word_start < 5 and text[word_start - 1].isalpha():
            word_start -= 1
        return text[word_start:position] in self.grammar.glued_prefixes

    def _prefix_border(self, begin: int) -> bool:
        if begin <= 0 or not self.text[begin - 1].isalnum() or not self.text[begin].isalpha():
            return True
        before = self.text[begin - 1]
        return script_of(before) in UNSPACED or before in self.grammar.glued_prefixes or script_of(before) != script_of(self.text[begin])

    def _read(self, begin: int, match: re.Match[str]) -> list[Atom] | None:
        """A match as one expression, or as several when it lists days."""
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        fields = {name.split("_")[0]: value for name, value in groups.items()}
        if self.grammar.capital_months:
            place = next((match.start(name) for name in groups if name.startswith("M_")), None)
            if place is not None and self.source[self.folded.source(place)].islower():
                return None
        base = self._parts(fields)
        if "d" not in fields:
            return [Atom(begin, match.end(), base, "template")]
        days = [int(piece) for piece in _DIGITS.findall(fields["d"])]
        if len(days) == 1:
            return [Atom(begin, match.end(), replace(base, day=days[0]), "template")]
        if days != sorted(set(days)):
            return None
        ranged = len(days) == 2 and any(piece["range"] for piece in self.grammar.day_split.finditer(fields["d"]))
        if ranged or days == list(range(days[0], days[-1] + 1)):
            return [Atom(begin, match.end(), replace(base, day=days[0]), "day-range", last=replace(base, day=days[-1]))]
        number = _DIGITS.search(self.text, match.start())
        cut = number.end() if number else match.end()
        first = Atom(begin, cut, replace(base, day=days[0]), "day-list")
        return [first, *(Atom(cut, match.end(), replace(base, day=day), "day-list") for day in days[1:])]

    def _parts(self, fields: dict[str, str]) -> Parts:
        year = int(fields["y"]) if "y" in fields else (2000 + int(fields["yy"]) if "yy" in fields else None)
        month = int(fields["m"]) if "m" in fields else None
        if "M" in fields:
            month = self.grammar.months.get(fields["M"].rstrip("."), self.grammar.months.get(fields["M"]))
        return Parts(year=year, month=month, quarter=_QUARTERS[fields["q"]] if "q" in fields else None)


def _relatives(hits: Sequence[Hit], atoms: Sequence[Atom]) -> list[Atom]:
    """`today`, `last month`: phrases whose value hangs on the document's day. The longest at a place counts."""
    taken = [(atom.start, atom.end) for atom in atoms if not atom.weak]
    found: list[Atom] = []
    for hit in hits:
        if hit.phrase.kind != "relative" or hit.phrase.key == "now":
            continue
        if any(a < hit.end and hit.start < b for a, b in taken) or (found and hit.start < found[-1].end):
            continue
        found.append(Atom(hit.start, hit.end, Parts(relative=str(hit.phrase.key)), "relative"))
    return found


# ---------------------------------------------------------------- ranges and lists


def _combined(page: _Page, atoms: list[Atom]) -> list[Atom]:
    done: list[Atom] = []
    for atom in atoms:
        if done and atom.start < done[-1].end and not done[-1].rule.startswith("day-list"):
            continue
        if done and (joined := _join(page, done[-1], atom)):
            done[-1:] = joined
        else:
            done.append(atom)
    return done


def _join(page: _Page, left: Atom, right: Atom) -> list[Atom] | None:
    """Two neighbours as a range, or as a list whose members share a year; None when they have nothing to do with each other."""
    if left.last or right.last:
        return None
    if left.parts.relative or right.parts.relative:
        return _with_relative_year(page, left, right)
    grammar = page.grammar
    gap = page.text[left.end : right.start].strip(" \n()")
    if gap in grammar.range_words or (gap == "" and page.text[right.start : right.end].startswith(tuple(grammar.range_words - {"-", "~"}))):
        if (left.weak and right.weak and gap == "-") or not _same_grain(left.parts, right.parts):
            return None
        first, last = span(left.parts, right.parts)
        return [Atom(left.start, right.end, first, "range", last=last)]
    if gap in grammar.list_words and not left.weak and not right.weak and left.parts.day is not None and right.parts.day is not None:
        first, last = span(left.parts, right.parts) if left.parts.year is None else (left.parts, right.parts)
        return [replace(left, parts=first), replace(right, parts=last)]
    return None


def _with_relative_year(page: _Page, left: Atom, right: Atom) -> list[Atom] | None:
    """`December of last year`, `去年12月`: the year is reckoned, the month stated. `This morning (12/9)` is the day in brackets."""
    gap = page.text[left.end : right.start].strip(" \n(,")
    dated, relative = (left, right) if right.parts.relative else (right, left)
    code = relative.parts.relative
    if dated.parts.relative or dated.weak or dated.parts.year is not None or dated.parts.month is None or len(gap) > 3:
        return None
    if code.startswith("year"):
        return [Atom(left.start, right.end, replace(dated.parts, year_step=int(code[4:])), "relative-year")]
    if code.startswith(("day", "weekday")) and dated.parts.day is not None:
        return [Atom(left.start, right.end, dated.parts, dated.rule)]
    return None


def _same_grain(left: Parts, right: Parts) -> bool:
    """A range joins years (a month may close it), months or days; never a day and a bare year."""
    if left.month is None and right.month is None:
        return left.year is not None and right.year is not None and left.year < right.year
    if left.day is None and right.day is None:
        return True
    return left.day is not None and right.day is not None


def _apart(atoms: Iterable[Atom]) -> list[Atom]:
    """Expressions that do not overlap: `to this day` belongs to the span that it closes, and is no day."""
    kept: list[Atom] = []
    for atom in atoms:
        if not kept or atom.start >= kept[-1].end or atom.rule.startswith("day-list"):
            kept.append(atom)
    return kept


def _bounded(page: _Page, atom: Atom) -> Atom:
    """`since 2016`, `until August`, `about 2010`, `late December`: what the words around do to a time."""
    if atom.parts.relative:
        return atom
    grammar = page.grammar
    if now := _now_after(page, atom):
        return replace(atom, end=now, open_end=True, rule="until-now", start=_opener(page, atom, grammar.since + grammar.starts))
    if atom.last is not None:
        return replace(atom, start=_opener(page, atom, grammar.starts))
    for words, rule in ((grammar.since, "since"), (grammar.until, "until")):
        start = _opener(page, atom, words, missing=-1)
        if start >= 0:
            return replace(atom, open_end=rule == "since", open_start=rule == "until", rule=rule, start=start)
    for hit in page.hits:
        near = _leads(page, hit, atom) or (hit.start >= atom.start and hit.end <= atom.end)
        if hit.phrase.kind == "part" and near and atom.parts.day is None:
            return replace(atom, start=min(atom.start, hit.start), approximate=True, rule=f"{hit.phrase.key}")
    return atom


def _leads(page: _Page, hit: Hit, atom: Atom) -> bool:
    """Whether a part ("at the end of") stands right before an expression, at most a preposition between."""
    gap = page.text[hit.end : atom.start]
    return (
        hit.end <= atom.start
        and len(gap) <= (6 if page.grammar.spaced else 0)
        and gap.replace(" ", "").replace("-", "").isalpha() == bool(gap.strip(" -"))
    )


def _opener(page: _Page, atom: Atom, words: tuple[tuple[str, str], ...], missing: int | None = None) -> int:
    """Where a word of `words` starts that stands right before an expression, or begins it; else `missing` (the expression's start)."""
    base = max(0, atom.start - _LONGEST_PREFIX)
    before = page.text[base : atom.start].rstrip()
    for word, written in words:
        if before.endswith(word):
            begin = base + len(before) - len(word)
            bordered = len(before) == len(word) or not before[-len(word) - 1 : -len(word)].isalnum() or script_of(word[0]) in UNSPACED
            if bordered and page.written(begin, word, written):
                return begin
        inside = page.text.startswith(word + " ", atom.start) and atom.start + len(word) < atom.end
        if inside and page.written(atom.start, word, written):
            return atom.start
    return atom.start if missing is None else missing


def _now_after(page: _Page, atom: Atom) -> int | None:
    """Where "… to the present" ends, when it follows right after an expression."""
    for hit in page.hits:
        if hit.phrase.kind == "relative" and hit.phrase.key == "now" and hit.start >= atom.end:
            gap = page.text[atom.end : hit.start].strip(" \n,")
            return hit.end if gap == "" or gap in page.grammar.range_words else None
    return None


# ---------------------------------------------------------------- values


def _resolved(folded: Folded, source: str, atoms: Iterable[Atom], anchor: Anchor, last_day: str) -> list[TimeSpan]:
    spans: list[TimeSpan] = []
    stated: tuple[int, int, bool] | None = None  # where the last full year stood, which, and whether with a day
    previous: Parts | None = None
    found: tuple[str, Precision, Basis, str, Parts] | None
    for atom in atoms:
        context = _year_nearby(folded.text, atom, stated, anchor)
        if atom.parts.relative == "same_day":
            found = (last_day, "day", "completed", "same-day", previous or atom.parts) if last_day else None
        else:
            found = _value(atom, anchor, context, previous)
        if found is None:
            continue
        value, precision, basis, rule, parts = found
        last_day = value if precision == "day" else last_day
        if atom.parts.year is not None and (atom.last is None or atom.parts.day is not None):
            year = atom.last.year if atom.last and atom.last.year else atom.parts.year
            stated = (atom.end, year, atom.parts.day is not None)
        previous = parts
        begin, finish = folded.source(atom.start), folded.source_end(atom.end)
        spans.append(TimeSpan(begin, finish, source[begin:finish], value, precision, basis, rule))
    return spans


def _year_nearby(text: str, atom: Atom, stated: tuple[int, int, bool] | None, anchor: Anchor) -> int | None:
    """The year of a clause before: of the same sentence; in an undated document of the sentence before, when it gave a day."""
    if stated is None:
        return None
    end, year, with_day = stated
    if atom.start - end > _SAME_SENTENCE:
        return None
    breaks = _SENTENCE_BREAK.finditer(text, end, atom.start)
    if next(breaks, None) is None:
        return year
    beside = with_day and anchor.near is None and atom.start - end <= _NEARBY
    return year if beside and next(breaks, None) is None else None


def _value(atom: Atom, anchor: Anchor, context: int | None, previous: Parts | None) -> tuple[str, Precision, Basis, str, Parts] | None:
    parts = atom.parts
    if parts.day is not None and parts.month is None:
        day_only = _in_month(parts, anchor.published, previous)
        if day_only is None:
            return None
        parts = day_only
        full, basis, rule = _completed_month(parts)
    else:
        full, basis, rule = complete(parts, anchor, context)
    first = to_edtf(full, anchor)
    if first is None:
        return None
    if atom.last is not None:
        last_parts = complete(atom.last, anchor, context)[0] if atom.last.year is None else atom.last
        first_parts, last_parts = span(full, last_parts)
        first, last = to_edtf(first_parts, anchor), to_edtf(last_parts, anchor)
        if first is None or last is None:
            return None
        value = f"{first}/{last}"
    elif atom.open_end:
        value = f"{first}/.."
    elif atom.open_start:
        value = f"../{first}"
    else:
        value = first + ("~" if atom.approximate and "/" not in first else "")
    try:
        precision = edtf.parse(value).precision
    except edtf.EdtfError:
        return None
    name = atom.rule if rule in ("stated", "no-year") else rule
    return value, precision, basis, name, full


def _completed_month(parts: Parts) -> tuple[Parts, Basis, str]:
    return parts, "completed", "month-of-document"


def _in_month(parts: Parts, published: date | None, previous: Parts | None) -> Parts | None:
    """A day of the month alone: of the month last spoken of, else the nearest past one before the document's day."""
    assert parts.day is not None
    if previous is not None and previous.month is not None and previous.year is not None and not previous.relative:
        return replace(parts, year=previous.year, month=previous.month)
    if published is None:
        return None
    count = published.year * 12 + published.month - 1 - (parts.day > published.day)
    return replace(parts, year=count // 12, month=count % 12 + 1)
