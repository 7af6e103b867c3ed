"""Single time expressions: digits, month names and their like are tried against the language's templates.

Work is done only where a number or a month name stands, so the cost grows with those, not with the words of the
language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence

from timeline.dates.choice import WORD_BEGINS, YEAR_BEGINS, figure_key, place_key
from timeline.dates.codes import weekday_of
from timeline.dates.decades import decades, years_listed
from timeline.dates.expressions import QUARTERS
from timeline.dates.figures import day_range, two_calendars, year_range
from timeline.dates.fitting import LIST_GAP, bare, best, continued
from timeline.dates.grammar import LONGEST_PREFIX
from timeline.dates.numerals import HAN_NUMBER
from timeline.dates.page import Atom, Page, Taken
from timeline.dates.resolve import Parts
from timeline.knowledge import Hit
from timeline.text import is_unspaced

_BARE_YEAR = re.compile(r"(?<![\d./:])(?<!\d-)(?<!\d[ ,])(?:1\d|20)\d\d(?!\d|[.,/:]\d| \d)")
_BARE_BUDDHIST_YEAR = re.compile(r"(?<![\d./:])(?<!\d-)(?<!\d[ ,])25[0-9]\d(?!\d|[.,/:]\d| \d)")
_SHORT_YEAR = re.compile(r"(?<![^ \n(])'\d\d(?![\w'])")  # `the war of '79`
_ROMAN = re.compile(r"(?<![^\W_])(?:iv|i{1,3})(?![^\W_])")
_HAN = re.compile(f"{HAN_NUMBER}{{1,4}}(?=[年月日号號])")
# `II, III/2025`, `I-III 2024` behind "quarter"; `2. and` before "3rd quarter".
_MORE_QUARTERS = re.compile(
    r" ?(?P<g>[,、-]|[^\W\d_]{1,5}) ?(?P<q>iv|i{1,3}|[1-4])(?![\w.])(?:(?: ?/ ?| [^\W\d_]{0,8} ?)(?P<y>(?:19|20|25)\d\d)(?!\d))?"
)
# … but not "1950. január 18. - 2025. január 18.", whose end is a day of its own
_LATER_YEAR = re.compile(r" ?- ?(?P<y>(?:19|20)\d\d)(?!\d|[./:-]\d|年|\. [^\W\d_]+\.? \d)")
_QUARTER_BEFORE = re.compile(
    r"(?<![\w./-])(?:(?P<r>iv|i{1,3})\.?|(?P<q>[1-4])(?:[.ºª°]|[^\W\d_]{1,3}|(?=[-~]))) ?(?P<g>[,、~-]|[^\W\d_]{1,5}) ?$"
)
# A day right before "of last month", "of the same month"; the language's own preposition may stand between.
_DAY_BEFORE = re.compile(
    r"(?<![\d.,/])(?<!\d-)(?:(?P<c>\d{1,2})\.?(?P<g> ?- ?| (?:[^\W\d_]{1,3} ){1,2}))?"
    r"(?P<d>\d{1,2})(?P<s>(?:[^\W\d_]{1,2}|[.º°])?)(?: [^\W\d_]{1,5}){0,2} ?$"
)
_DAYS_IN_BRACKETS = re.compile(r" ?\((?P<a>\d{1,2}) ?(?P<g>-|[^\W\d_]{1,3}) ?(?P<b>\d{1,2})\)")
_DAY_IN_BRACKETS = re.compile(r" ?\((?P<d>\d{1,2})\)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[.:]\d\d ?$")
_STEP = re.compile(r"(?:same_)?day[+-]\d+$")
_FIGURE_LINE = re.compile(r"^[^\n]{400,}", re.MULTILINE)  # a line so long, without a letter, is a table or a dump of figures
_TABLE = 25  # figures: a text with fewer holds no such line
_APART = 20  # characters from one figure to the next, at most, in such a line
_MOST_DAYS = 6  # that a list of days may name
_LETTER = re.compile(r"[^\W\d_]")
_OF_YEARS, _OF_DAYS = frozenset("-~/"), frozenset("./")  # behind the first figure of a range in figures
_YEAR = 4  # figures
_BESIDE = 24  # characters between the word for a quarter and its number


def atoms_of(page: Page) -> list[Atom]:
    """Every expression by itself, in order; weak ones too."""
    text, numbers = page.text, _numbers(page)
    atoms = years_listed(page, _of_templates(page, numbers))
    taken = Taken(len(text), atoms)
    relatives = _relatives(page, taken) if "relative" in page.by_kind else []
    for atom in relatives:
        taken.add(atom)
    atoms += relatives
    for start, end in numbers:
        if end - start not in (1, 2, _YEAR) or taken.at(start):
            continue
        if year := _lone_year(page, start, end):
            atoms.append(year)
        elif end - start < _YEAR and (figures := bare(page, start, figure_key(text, start, end))):
            atoms.append(figures)
            taken.add(figures)
    atoms += _weekdays(page, taken) if "weekday" in page.by_kind else ()
    atoms += _days_before(page, relatives, taken)
    free = [hit for hit in page.month_hits if not (taken.at(hit.start) or taken.at(hit.end - 1))]
    atoms += list(_months_beside(page, atoms, free)) if free else ()
    atoms.sort(key=_position)
    return atoms


def _of_templates(page: Page, numbers: list[tuple[int, int]]) -> list[Atom]:
    """The expressions that templates, or figures in a row, tell."""
    text = page.text
    ends = dict(numbers)
    atoms: list[Atom] = []
    reached = 0
    steps = {hit.start: hit for hit in page.by_kind.get("relative", ()) if text[hit.start].isdigit() and _STEP.match(str(hit.phrase.key))}
    for position in sorted(_positions(page, numbers)):
        if position < reached:
            continue
        if step := steps.get(position):  # "3日前", "3일 전": three days ago, and no third
            reached = step.end
            continue
        end = ends.get(position)
        key = place_key(text, position) if end is None else figure_key(text, position, end)
        if key[1:] == "(" and (both := _of_two_calendars(page, position)):
            atoms.append(both)
            reached = both.end
            continue
        found = _beginning_at(page, atoms, position, key)
        if found and not page.is_idiom(found[0].start, found[-1].end):
            atoms += [_with_words_beside(page, atom, reached) for atom in found]
            reached = atoms[-1].end
    return atoms


def _position(atom: Atom) -> tuple[int, int]:
    return atom.start, -atom.end


def _lone_year(page: Page, start: int, end: int) -> Atom | None:
    """The year, in full or in short, that a number may be which belongs to no expression."""
    text, numerals = page.text, page.grammar.numerals
    if end - start == _YEAR:
        year = Parts(year=numerals.year(text[start:end])) if _is_bare_year(page, start) else None
        return Atom(start, end, year, "bare-year", weak="year") if year else None
    if end - start == 2 and _SHORT_YEAR.match(text, max(0, start - 1)):
        return Atom(start - 1, end, Parts(year=numerals.short_year(text[start:end])), "short-year")
    return None


def _beginning_at(page: Page, atoms: Sequence[Atom], position: int, key: str) -> list[Atom] | None:
    """What begins at a place, by itself or behind the time before it; ranges told in figures alone come first.

    Of its `key` the last character says which of these may stand there.
    """
    found: list[Atom] | None = None
    if key[0] != WORD_BEGINS:
        behind = key[1:]
        if page.text.startswith("0", position + (3 if key[0] == YEAR_BEGINS else 1)):
            found = decades(page, atoms, position, key)
        if behind in _OF_YEARS:
            found = found or year_range(page, position)
        if behind in _OF_DAYS:
            found = found or day_range(page, position)
    return found or continued(page, atoms, position, key) or best(page, position, key)


def _of_two_calendars(page: Page, position: int) -> Atom | None:
    """`22 (10) October 1853`: the day of one, with the month and year that stand behind the day of the other."""
    both = two_calendars(page, position)
    found = best(page, both[1], place_key(page.text, both[1])) if both else None
    if both is None or not found or len(found) != 1 or found[0].parts.year is None or found[0].parts.month is None:
        return None
    return found[0]._replace(start=position, parts=found[0].parts._replace(day=both[0]))


def _with_words_beside(page: Page, atom: Atom, floor: int) -> Atom:
    """An expression with what stands beside it and belongs to it."""
    if atom.last is not None:
        return atom
    if atom.parts.day is not None:
        return _with_own_weekday(page, _with_anniversary(page, atom))
    if atom.parts.part.startswith("quarter"):
        return _with_quarters(page, atom, floor)
    return _with_days(page, atom) if atom.parts.month is not None else atom


def _numbers(page: Page) -> list[tuple[int, int]]:
    """The figures of a text, without those of tables and dumps: of long lines that hold no letter, and inside long lists."""
    text, numbers = page.text, page.figures
    if len(numbers) < _TABLE:
        return numbers
    kept: list[tuple[int, int]] = []
    reached = 0
    for line in _FIGURE_LINE.finditer(text):
        first, last = (bisect_left(numbers, (place, 0)) for place in line.span())
        dense = (last - first) * _APART > len(line[0])  # else no letter need be looked for
        if dense and not _LETTER.search(text, *line.span()):
            kept += numbers[reached:first]
            reached = last
    return _without_long_lists(page, kept + numbers[reached:])


def _without_long_lists(page: Page, numbers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`numbers` without those so deep inside a list ("1, 2, 3, …") that no list of days begins or ends there."""
    text, words = page.text, page.grammar.list_words
    kept: list[tuple[int, int]] = []
    run = 0  # where in `kept` the list begins that the next figure may go on
    before = 0
    for k, (start, end) in enumerate(numbers):
        if not (k and start - before <= LIST_GAP and end - start <= 2 and text[before:start].strip() in words):
            run = len(kept)
        kept.append((start, end))
        if len(kept) - run > 2 * _MOST_DAYS:
            del kept[run + _MOST_DAYS]
        before = end
    return kept


def _is_bare_year(page: Page, start: int) -> bool:
    if page.grammar.numerals.eastern_years and page.text[start] == "1" and page.text[start + 1] != "9":
        return False  # of the Persian or the Islamic calendar
    if page.grammar.numerals.buddhist and _BARE_BUDDHIST_YEAR.match(page.text, start):
        return True
    return _BARE_YEAR.match(page.text, start) is not None


def _weekdays(page: Page, taken: Taken) -> Iterator[Atom]:
    """Weekdays that no date took along, with the day of the month in brackets behind one: "domingo (30)"."""
    for hit in page.by_kind.get("weekday", ()):
        if taken.at(hit.start) or taken.at(hit.end - 1):
            continue
        code = str(hit.phrase.key)
        day = _DAY_IN_BRACKETS.match(page.text, hit.end) if weekday_of(code) else None
        if day and 1 <= int(day["d"]) <= 31 and taken.is_free(hit.start, day.end()):
            yield Atom(hit.start, day.end(), Parts(day=int(day["d"]), weekday=weekday_of(code)), "day")
        else:
            yield Atom(hit.start, hit.end, Parts(relative=code), "weekday", weak="weekday")


def _days_before(page: Page, atoms: Sequence[Atom], taken: Taken) -> list[Atom]:
    """`the 11th` of "of last month"."""
    found: list[Atom] = []
    for atom in atoms:
        if not atom.parts.relative.startswith(("month", "same_month")):
            continue
        match = _DAY_BEFORE.search(page.text, max(0, atom.start - LONGEST_PREFIX), atom.start)
        if match is None or not 1 <= int(match["d"]) <= 31 or taken.at(match.start("d")):
            continue
        day = Atom(match.start("d"), match.end("s"), Parts(day=int(match["d"])), "day", weak="day")
        whole = day._replace(start=match.start(), last=day.parts, parts=Parts(day=int(match["c"] or 1)))
        gap = (match["g"] or "").strip()
        ranged = gap in page.grammar.range_words or (gap in page.grammar.list_words and page.is_between(whole))
        found.append(whole if match["c"] and ranged and int(match["c"]) < int(match["d"]) else day)
    return found


def _months_beside(page: Page, atoms: Sequence[Atom], free: Sequence[Hit]) -> Iterator[Atom]:
    """`March` of "March last year", "last November": months whose name by itself counts for nothing here."""
    years = [atom for atom in atoms if atom.parts.relative and atom.parts.relative.startswith(("year", "same_year"))]
    starts, ends = {atom.start for atom in years}, {atom.end for atom in years}
    months = [atom for atom in atoms if atom.parts.month is not None and atom.parts.day is None and not atom.parts.relative]
    month_starts, month_ends = {month.start for month in months}, {month.end for month in months}
    for hit in free:
        word = page.text[hit.start : hit.end].rstrip(".")
        if word not in page.grammar.months:
            continue
        calendar, number = page.grammar.months[word]
        month = Atom(hit.start, hit.end, Parts(month=number, calendar=calendar), "month")
        behind, before = hit.end + (page.text[hit.end : hit.end + 1] == " "), hit.start - (page.text[hit.start - 1 : hit.start] == " ")
        if behind in starts or before in ends:
            yield month._replace(weak="day")
        elif word not in page.grammar.doubtful_months and _is_listed(page, hit.start, hit.end, month_starts, month_ends):
            yield month  # "in May, June and July"
        elif word not in page.grammar.doubtful_months and _is_last_or_next(page, month):
            yield month


def _is_listed(page: Page, start: int, end: int, starts: Container[int], ends: Container[int]) -> bool:
    """Whether a month stands in one list with another that counts: `starts` and `ends` are those of all that do."""
    gaps = [(start - length, start) for length in range(1, LIST_GAP + 1) if start - length in ends]
    gaps += [(end, end + length) for length in range(1, LIST_GAP + 1) if end + length in starts]
    return any(page.text[low:high].strip() in page.grammar.list_words for low, high in gaps)


def _is_last_or_next(page: Page, month: Atom) -> bool:
    openers = (page.grammar.past, page.grammar.coming, page.grammar.last_year)
    return any(page.opener(month, words) is not None for words in openers)


def _with_anniversary(page: Page, atom: Atom) -> Atom:
    """`18 January 1950–2025`: the day, and what it is now the anniversary of."""
    year = atom.parts.year
    if year is None or atom.parts.calendar:
        return atom
    later = _LATER_YEAR.match(page.text, atom.end)
    if later is None or int(later["y"]) <= year:
        return atom
    return atom._replace(end=later.end(), last=atom.parts._replace(year=int(later["y"])), rule="range")


def _with_quarters(page: Page, atom: Atom, floor: int) -> Atom:
    """`quarters II and III of 2025`: what their noun, said once, leaves to the others, as one span."""
    parts = atom.parts
    joins = page.grammar.list_words | page.grammar.range_words
    following = _MORE_QUARTERS.match(page.text, atom.end)
    if following and following["g"] in joins and QUARTERS[following["q"]] > int(parts.part[7:]):
        year = page.grammar.numerals.year(following["y"]) if following["y"] else parts.year
        last = parts._replace(part=f"quarter{QUARTERS[following['q']]}", year=year)
        return atom._replace(end=following.end(), parts=parts._replace(year=year), last=last, rule="range")
    before = _QUARTER_BEFORE.search(page.text, max(floor, atom.start - LONGEST_PREFIX), atom.start)
    if before is None or before["g"] not in joins:
        return atom
    first = QUARTERS[before["q"] or before["r"]]
    if first >= int(parts.part[7:]):
        return atom
    return atom._replace(start=before.start(), parts=parts._replace(part=f"quarter{first}"), last=parts, rule="range")


def _with_own_weekday(page: Page, atom: Atom) -> Atom:
    """A day whose template took its weekday along: `martes 25`."""
    if atom.parts.day is None or atom.last is not None:  # "Friday 7 and Saturday 8 March": Saturday is the other's
        return atom
    weekdays = {hit.phrase.key for hit in page.near("weekday", atom.start, atom.end)}
    return atom._replace(parts=atom.parts._replace(weekday=int(str(weekdays.pop())[7]))) if len(weekdays) == 1 else atom


def _with_days(page: Page, atom: Atom) -> Atom:
    """`in the second week of July (8 to 14)`: the days in brackets behind a month."""
    days = _DAYS_IN_BRACKETS.match(page.text, atom.end)
    if days is None or not (days["g"] == "-" or days["g"] in page.grammar.range_words or days["g"] in page.grammar.list_words):
        return atom
    first, last = int(days["a"]), int(days["b"])
    if not 1 <= first < last <= 31:
        return atom
    return atom._replace(end=days.end(), parts=atom.parts._replace(day=first), last=atom.parts._replace(day=last), rule="day-range")


def _positions(page: Page, numbers: list[tuple[int, int]]) -> set[int]:
    """Where an expression's first slot may stand."""
    positions = {start for start, end in numbers if end - start in (1, 2, 4) or (end - start == 3 and page.text[start - 1 : start] == "(")}
    positions.update(page.months)
    positions.update(hit.start for hit in page.by_kind.get("number", ()))
    positions.update(_roman_numbers(page))
    for hit in page.by_kind.get("weekday", ()):  # "Thứ 4, 18/12": the number of the weekday is no day
        positions.difference_update(range(hit.start + 1, hit.end))
    if page.grammar.numerals.han:
        positions.update(match.start() for match in _HAN.finditer(page.text))
    return positions


def may_be_in_hanzi(text: str) -> bool:
    """Whether a text without figures may tell a time by its numbers: those in hanzi, or the Roman ones of quarters."""
    return _HAN.search(text) is not None or "i" in text


def _roman_numbers(page: Page) -> Iterator[int]:
    """Where Roman numbers stand beside the word for a quarter."""
    if "i" not in page.text:
        return
    for word in page.grammar.roman_words:
        place = page.text.find(word)
        while place >= 0:
            yield from (match.start() for match in _ROMAN.finditer(page.text, max(0, place - _BESIDE), place + len(word) + _BESIDE))
            place = page.text.find(word, place + 1)


def _relatives(page: Page, taken: Taken) -> list[Atom]:
    """`today`, `last month`: phrases whose value hangs on the document's day. The longest at a place counts."""
    found: list[Atom] = []
    reached = 0
    for hit in page.by_kind.get("relative", ()):
        if hit.phrase.key == "now":
            reached = max(reached, hit.end)  # "to this day" holds no day
            continue
        if hit.start < reached or _counted(page, hit, taken):
            continue
        if not taken.is_free(hit.start, hit.end):
            continue
        if str(hit.phrase.key).startswith("ahead:") and any(h.end > hit.end for h in page.near("relative", hit.start, hit.end - 1)):
            continue  # "pada *musim panas lalu*": last summer
        free, reached = reached, hit.end
        if found and found[-1].parts.relative.startswith("ahead:"):  # "in the autumn *of last year*"
            free = found[-1].start
        key = str(hit.phrase.key)
        parts = Parts(part=key[5:]) if key.startswith("part:") else Parts(relative=key)
        atom = Atom(hit.start, hit.end, parts, "never" if key == "never" else "relative")
        season = _season_beside(page, atom) if key.startswith(("year", "same_year")) else None
        if season is not None and season.start >= free and taken.is_free(season.start, season.end):
            atom = season
            reached = atom.end
            if found and atom.start < found[-1].end:
                found.pop()
        found.append(atom)
    return found


def _season_beside(page: Page, year: Atom) -> Atom | None:
    """`去年秋天`, `musim gugur tahun lalu`: a season beside the word for last, this or next year."""
    text, code = page.text, year.parts.relative
    lent = {"same": code[5:]} if code.startswith("same_") else {"year_step": int(code[4:])}
    before = text[max(0, year.start - LONGEST_PREFIX) : year.start]
    gap = len(before) - len(before.rstrip())
    behind = year.end + (text[year.end : year.end + 1] == " ")
    texts = page.grammar.season_texts
    if not (text.startswith(texts, behind) or before.rstrip().endswith(texts)):
        return None
    for word, season in page.grammar.season_words:
        parts = Parts(part=season, **lent)
        if text.startswith(word, behind) and (is_unspaced(word[-1]) or not text[behind + len(word) : behind + len(word) + 1].isalpha()):
            return Atom(year.start, behind + len(word), parts, "relative-year")
        begin = year.start - gap - len(word)
        if gap <= 1 and before.rstrip().endswith(word) and page.prefix_border(begin):
            return Atom(begin, year.end, parts, "relative-year")
    return None


def _counted(page: Page, hit: Hit, taken: Taken) -> bool:
    """`75 years ago` is no "last year"; a figure that is a date's does not count."""
    if not str(hit.phrase.key).startswith(("year", "month", "week+", "week-", "weekend", "day-")):
        return False
    before = page.text[max(0, hit.start - 3) : hit.start].rstrip(" ")
    if str(hit.phrase.key).startswith("month") and (hit.phrase.key == "month+0" or (before[-2:].isdigit() and 12 < int(before[-2:]) <= 31)):
        return False  # "on 15-17 this month", "the 28th of last month"
    if _CLOCK.search(page.text, max(0, hit.start - 8), hit.start):
        return False  # "at 11.55 last night"
    return before[-1:].isdigit() and taken.is_free(max(0, hit.start - 2), hit.start)
