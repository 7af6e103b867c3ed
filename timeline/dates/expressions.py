"""A template that stands in a text → one expression, or several where it lists days or months."""

from __future__ import annotations

import re
from typing import Literal

from timeline.dates.heads import Found
from timeline.dates.numerals import ISLAMIC_MARK, PERSIAN_MARK
from timeline.dates.page import Atom, Page
from timeline.dates.resolve import Parts, span
from timeline.text import script_of, surface

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_ISLAMIC_MARK, _PERSIAN_MARK = re.compile(ISLAMIC_MARK), re.compile(PERSIAN_MARK)
_PERSIAN = 1290, 1420  # years of the solar calendar that a Persian text writes of
_EARLY = 1800
_CLOSED = re.compile(r"[,;:)\]!?.]|$")
_GLUED = 2  # letters of a preposition that is written with its word
_TYPED_BACKWARDS = 10  # days of a range that a script from right to left shows with its ends changed
_LATE_DAY = 20  # a range of days that begins no earlier may run over the end of a month


def expressions(page: Page, begin: int, found: Found) -> list[Atom] | None:
    """A match as one expression, or as several when it lists days or months."""
    match = found.match
    if found.code == "never":
        return [Atom(begin, match.end(), Parts(relative="never"), "never")]
    fields = found.fields
    if "M" in fields and (_is_no_month(page, match.start(found.slots["M"]), fields) or _is_homonym(page, begin, found, fields)):
        return None
    base = _parts(page, found, fields)
    if base is None:
        return None
    early = not base.calendar and 0 < (base.year or 0) < _EARLY
    if early and fields.keys() <= {"M", "y"} and _is_marker(page, begin, found, fields):
        return None
    if "d" in fields:
        return _days(page, begin, found, fields["d"], base)
    other = _month(page, fields, "2")
    if other is None or base.month is None:
        return [Atom(begin, match.end(), base, "template")]
    return _months(page, begin, found, base, other[1])


def _is_homonym(page: Page, begin: int, found: Found, fields: dict[str, str]) -> bool:
    """Whether a month's name that stands alone is another word: "במאי", in May, is a film director."""
    if len(fields) > 1 or fields["M"] not in page.grammar.homonym_months:
        return False
    match = found.match
    alone = match.end() == match.end(found.slots["M"]) and match.start() - begin <= _GLUED  # no word of the template beside it
    return alone and not page.tail(match.end(), page.grammar.side_tails)


def _is_marker(page: Page, begin: int, found: Found, fields: dict[str, str]) -> bool:
    """Whether an old year is a figure sooner, of a border marker or an amount ("marco 1119", "from 1116 to 1120"): it has no word
    of its own before it, but that of a range, and does not close its clause.
    """
    before = page.text[begin : found.match.start()].strip()
    if not fields["y"][0].isdigit():  # behind the word for an era
        return False
    if found.match.end() > found.match.end(found.slots["y"]) and "M" not in fields:
        return False  # "1773-ban", "1757 में": the word of its own stands behind it
    if before in page.grammar.range_words:
        return True
    return ("M" in fields or not before) and not _CLOSED.match(page.text, found.match.end())


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


def _is_no_month(page: Page, month_at: int, fields: dict[str, str]) -> bool:
    if "d" not in fields and (_is_other_word(page, month_at, fields) or _has_other_marks(page, month_at, fields["M"])):
        return True
    return page.exact and not _is_written_month(page, month_at, fields["M"])


def _has_other_marks(page: Page, month_at: int, word: str) -> bool:
    """Whether a word is written with marks that no month's name has: Polish "mają", they have, is no "maja"."""
    if page.source.isascii():
        return False
    plain = word.rstrip(".")
    written = surface(page.source[page.folded.source(month_at) : page.folded.source_end(month_at + len(plain))])
    marked = any(char.isalpha() and not char.isascii() for char in written)
    return marked and script_of(plain[0]) == "Latin" and written not in page.grammar.written_months


def _is_written_month(page: Page, month_at: int, word: str) -> bool:
    end = page.folded.source_end(month_at + len(word.rstrip(".")))
    return surface(page.source[page.folded.source(month_at) : end]) in page.grammar.written_months


def _is_other_word(page: Page, month_at: int, fields: dict[str, str]) -> bool:
    """Whether a month's name without a day is none: "they may", "Mai Chau" where months are written small, `dez` for ten."""
    if page.grammar.months.get(fields["M"].rstrip("."), ("", 0))[0]:
        return False  # of another calendar
    if fields["M"].rstrip(".") in page.grammar.doubtful_months and "." not in fields["M"]:
        return True
    start = page.folded.source(month_at)
    if page.grammar.capital_months:
        return page.source[start].islower()
    if not page.grammar.small_months or fields.keys() & {"y", "yy"} or not page.source[start].isupper():
        return False
    following = page.source[page.folded.source_end(month_at + len(fields["M"])) :][:2]
    return following[:1] == " " and following[1:].isupper()


def _days(page: Page, begin: int, found: Found, written: str, base: Parts) -> list[Atom] | None:
    match = found.match
    place = match.start(found.slots["d"])
    number = page.grammar.numerals.number
    pieces = [piece for piece in page.grammar.day_split.finditer(written) if piece.lastgroup != "weekday"] if not written.isdigit() else []
    days = [number(piece["number"]) for piece in pieces if piece["number"]] if pieces or not written.isdigit() else [int(written)]
    if page.grammar.right_to_left and len(days) == 2 and 0 < days[0] - days[1] <= _TYPED_BACKWARDS:
        days.reverse()  # "ב-16-15 בנובמבר" as it is typed
    if not days or not all(1 <= day <= 31 for day in days):
        return None
    base = _ordered(page, base._replace(day=days[0]))
    rule = f"numeric:{base.order}" if base.order else "template"
    if len(days) == 1:
        return [Atom(begin, match.end(), base, rule)]
    figures = [(place + piece.start("number"), place + piece.end("number")) for piece in pieces if piece["number"]]
    if days != sorted(set(days)) and any(piece["range"] for piece in pieces):
        if len(days) == 3 and base.month is not None:
            return _figures_apart(page, begin, match.end(), base, days)
        behind = any(match.start(name) > place for slot, name in found.slots.items() if slot in ("m", "M"))
        if behind and base.month is not None and not base.calendar and days[0] >= _LATE_DAY:
            return [_over_the_month(page, begin, match.end(), base, days[1])]
    if days != sorted(set(days)):  # "the 14th for 3 days"
        return [Atom(begin, figures[0][1], base, rule)]
    whole = Atom(begin, match.end(), base, "day-range", last=base._replace(day=days[-1]))
    on_end = days == list(range(days[0], days[-1] + 1))  # on 10 and 11 September: two days on end
    if on_end or (len(days) == 2 and (any(p["range"] for p in pieces) or page.is_between(whole))):
        return [whole]
    stretches = _stretches(pieces)
    listed = []
    for k, (low, high) in enumerate(stretches):
        start = begin if k == 0 else figures[low][0]
        end = match.end() if k == len(stretches) - 1 else figures[high or low][1]
        last = base._replace(day=days[high]) if high else None
        listed.append(Atom(start, end, base._replace(day=days[low]), "day-list", last))
    return listed


def _figures_apart(page: Page, begin: int, end: int, base: Parts, days: list[int]) -> list[Atom] | None:
    """ "29-9 to 2" of "29-9 to 2-10-2025" is no list of days: the second figure is the month of the first."""
    if not 1 <= days[1] <= 12:
        return None
    first, last = span(base._replace(day=days[0], month=days[1], year=None), base._replace(day=days[2]))
    return [Atom(begin, end, first, "day-range", last=last)]


def _over_the_month(page: Page, begin: int, end: int, base: Parts, last_day: int) -> Atom:
    """`from 30 to 2 October` begins in September."""
    year = base.year - (base.month == 1) if base.year is not None else None
    first = base._replace(month=((base.month or 0) - 2) % 12 + 1, year=year)
    return Atom(begin, end, first, "day-range", last=base._replace(day=last_day))


def _months(page: Page, begin: int, found: Found, base: Parts, month: int) -> list[Atom] | None:
    """`January–March 2024`, `1-6/2025` as a range; `March and April 2024` as two months."""
    if base.month is None:
        return None
    match = found.match
    first_end, last_start = (
        at(next(name for slot, name in found.slots.items() if slot in slots and match[name] is not None))
        for at, slots in ((match.end, ("M", "m")), (match.start, ("M2", "m2")))
    )
    if base.month == month:  # "in July and 7 months of the year"
        return [Atom(begin, first_end, base._replace(year=None), "template")]
    gap = page.text[first_end:last_start].strip(" \n.")
    listed = gap in page.grammar.list_words and gap not in page.grammar.range_words
    if listed and not page.is_between(Atom(begin, match.end(), base, "")):
        return [Atom(begin, first_end, base, "day-list"), Atom(last_start, match.end(), base._replace(month=month), "day-list")]
    # "November to February 2025" begins in the year before
    first, last = span(base._replace(year=None), base._replace(month=month)) if base.year else (base, base._replace(month=month))
    return [Atom(begin, match.end(), first, "month-range", last=last)]


def _parts(page: Page, found: Found, fields: dict[str, str]) -> Parts | None:
    numerals, code = page.grammar.numerals, found.code
    year = numerals.year(fields["y"]) if "y" in fields else None
    if "yy" in fields:
        year = numerals.short_year(fields["yy"], of_decade=code == "decade")
        if code.startswith("order:") and not (numerals.persian or 1990 <= year <= 2049):
            return None  # "3.4.56" is a score or a version sooner than a day
    calendar, month = _month(page, fields, "") or ("", None)
    if code == "lunar":
        calendar, month = "lunar", month or 1
    elif not calendar and numerals.eastern_years and year is not None:
        behind = found.match.end(found.slots["y" if "y" in fields else "yy"])
        if year < 1500 and (_PERSIAN_MARK.match(page.text, behind) or (numerals.persian and "yy" in fields)):
            calendar = "persian"
        elif year < 1500 and _ISLAMIC_MARK.match(page.text, behind):
            calendar = "islamic"
        elif 1300 <= year < 1500:
            if not (page.grammar.persian and _PERSIAN[0] <= year < _PERSIAN[1]):
                return None  # of the Islamic calendar with nothing to tell
            calendar = "persian"
    if month is not None and not 1 <= month <= 12:
        return None
    if calendar in ("persian", "islamic") and year is not None and year >= 1600:
        return None  # a month of the one calendar beside a year of another
    part = f"quarter{QUARTERS[fields['q']]}" if "q" in fields else ("" if code == "lunar" or code.startswith("order:") else code)
    if part == "decade" and year is not None and year % 10:  # "les années 2022 et 2023"
        part = ""
    order = code.removeprefix("order:") if code.startswith("order:") and "y" in fields else ""
    return Parts(year=year, month=month, part=part, calendar=calendar, order=order)


def _month(page: Page, fields: dict[str, str], which: str) -> tuple[Literal["", "persian", "islamic", "lunar"], int] | None:
    if roman := fields.get("R"):
        return None if which else ("", _ROMANS.index(roman) + 1)
    if name := fields.get("M" + which):
        return page.grammar.months.get(name.rstrip(".")) or page.grammar.months.get(name)
    return ("", page.grammar.numerals.number(fields["m" + which])) if "m" + which in fields else None


def _ordered(page: Page, parts: Parts) -> Parts:
    """Day and month swapped where the text's other dates say so; an order that nothing tells is said to be assumed."""
    day, month = parts.day, parts.month
    if not parts.order or day is None or month is None or day > 12 or day == month or parts.order == "ymd":
        return parts
    told = page.numbers.value
    if not told:
        return parts._replace(order=f"{parts.order}-assumed")
    return parts if told == parts.order else parts._replace(day=month, month=day, order=told)
