"""Neighbouring expressions → ranges, lists, one day said twice, a month of a year that is reckoned."""

from __future__ import annotations

import re
from datetime import date
from itertools import zip_longest

from timeline.dates.codes import stepped, weekday_of
from timeline.dates.page import ASIDE, HOURS, TODAY, Atom, Page
from timeline.dates.resolve import Parts, span

_NO_WORDS = re.compile(r"[\d.,;:!?()/\[\]\"。，、；：-]")
# a clock time beside an end: "12/9 9:00 - 14/9", "15日9时(北京时间10时)至"
_INDENT = 4  # blanks before a line
_CLOCK = re.compile(
    r"\(?(?P<word>[^\W\d]{0,4}) ?\d{1,2}(?:[:.h]\d\d(?: ?(?:phut|" + HOURS + r")(?![^\W\d_]))?"
    r"| ?(?:" + HOURS + r")(?: ?\d\d(?: ?phut)?)?(?![^\W\d_])|[时時点點시](?:\d{1,2}[分분])?)\)?"
)
_BRACKETED = re.compile(r"^ ?\((?:\w|[\u2e80-\u9fff]{1,3})\)")  # a weekday in short: 4月16日(水)から
_TURN_OF_YEAR = 9  # months between December and the January listed after it
_MONTHS = 12
_STEP_TOLD = re.compile(r",?(?: ?\(| [^\W\d_]{1,4})? ?")  # from "two years later" to the year
_EARLY = 1850  # older years are sooner amounts
_OF_REACH = 5  # characters of a preposition between "December" and "last year", "first half" and "this year"


def combined(page: Page, atoms: list[Atom]) -> list[Atom]:
    """Neighbours that make one expression joined, until nothing more joins."""
    done: list[Atom] = []
    for atom, following in zip_longest(atoms, atoms[1:]):
        if done and atom.start < done[-1].end and not done[-1].rule.startswith("day-list"):
            continue
        done.append(atom)
        weekday = weekday_of(atom.parts.relative)
        bracketed = page.text[atom.start - 1 : atom.start] == "("
        if weekday and not bracketed and following is not None and following.parts.day and following.start <= atom.end + 2:
            continue  # "Friday 26 September, Saturday 27": it belongs to what follows
        while len(done) > 1 and (joined := _join(page, done[-2], done[-1])):
            done[-2:] = joined
            if len(joined) > 1:
                _strengthen(page, done)
                break
        if len(done) > 1 and _opens_range(page, done[-2], done[-1]):
            done[-2:] = [done[-1]._replace(start=done[-2].start)]
    return done


def _opens_range(page: Page, left: Atom, right: Atom) -> bool:
    """`Tuesday-Wednesday (19-20/7/2022)`: a weekday before the one that stands beside a range of days."""
    if not weekday_of(left.parts.relative) or right.last is None or right.parts.day is None or right.parts.weekday is None:
        return False
    gap = page.text[left.end : right.start].strip()
    return gap in page.grammar.range_words or gap in page.grammar.list_words


def _strengthen(page: Page, done: list[Atom]) -> None:
    """`2008, 2013 and 2023`: what makes the last years of a list strong makes those before them so."""
    k = len(done) - 2
    while k > 0 and done[k - 1].weak == "year" and (joined := _join(page, done[k - 1], done[k])) and len(joined) == 2:
        done[k - 1 : k + 1] = joined
        k -= 1


def _join(page: Page, left: Atom, right: Atom) -> list[Atom] | None:
    """Two neighbours as a range, or as a list whose members share a year; None when they have nothing to do with each other."""
    if "never" in (left.rule, right.rule) or "\n\n" in page.text[left.end : right.start]:
        return None
    grammar = page.grammar
    between = page.text[left.end : right.start]
    between = between.replace("،", ",").replace("，", ",")
    gap = _BRACKETED.sub("", between).strip(" \n()")
    if left.last and _tells_month_again(left, right, gap):
        return [left._replace(end=right.end)]
    if left.last or right.last:
        return _with_relative(page, left, right, between) if left.parts.relative or right.parts.relative else None
    if (untimed := _ranged_by(page, left, right, between, gap)) is not None:
        return _range(page, left, right, untimed)
    if left.parts.relative or right.parts.relative:
        return _weekdays(page, left, right, gap) or _with_relative(page, left, right, between)
    if gap not in grammar.list_words:
        return _one_month(left, right, gap)
    if gap not in ",、" and page.is_between(Atom(left.start, right.end, left.parts, "")):
        sure = left._replace(weak="") if left.weak == right.weak == "year" else left  # "between 1210 and 1220"
        return _range(page, sure, right, "")
    if (
        _is_year(left) and _is_year(right) and not (left.weak and right.weak) and _is_sure(page, left) and _is_sure(page, right)
    ):  # "in 2023 and 2024"
        return [left._replace(weak=""), right._replace(weak="")]
    if left.weak or right.weak:
        return None
    if _same_kind(left.parts, right.parts):
        return _listed(page, left, right)
    return None


def _tells_month_again(left: Atom, right: Atom, gap: str) -> bool:
    """`of November, 18 to 22 November`: a month right behind a range of its days."""
    last = left.last
    of_days = last is not None and last.day is not None and last.month is not None
    return of_days and gap == "" and right.last is None and not right.parts.relative and right.parts[:3] == (None, last.month, None)  # type: ignore


def _ranged_by(page: Page, left: Atom, right: Atom, between: str, gap: str) -> str | None:
    """The words that make a range of two neighbours, without clock times and asides; None where nothing does."""
    ranges = page.grammar.range_words
    if gap in ranges or (gap == "" and page.begins_with_range(right)):
        return gap
    if not left.parts.day or not right.parts.day:
        return None
    if (
        gap.startswith(",") and gap[1:].strip() in ranges and page.opener(left, page.grammar.starts) is not None
    ):  # "from Dec. 30, 2024, to Jan. 2, 2025"
        return gap[1:].strip()
    if _CLOCK.search(gap) and (untimed := _without_clock(gap, ranges)) in ranges:
        return untimed
    aside = "(" in between and ASIDE.sub("", between).strip(" \n()") in ranges - {"-"}
    return "" if aside else None  # "from 10 February (the first day of the New Year) to 13 February"


def _weekdays(page: Page, left: Atom, right: Atom, gap: str) -> list[Atom] | None:
    """`on Saturday and Sunday`: the second needs no word of its own; "between Friday and Sunday" is one span."""
    if not weekday_of(left.parts.relative) or left.weak or gap not in page.grammar.list_words - {",", "、"}:
        return None
    whole = left._replace(end=right.end, last=right.parts, rule="range")
    if weekday_of(right.parts.relative) and page.is_between(whole):
        return [whole]
    return [left, right._replace(weak="", rule=left.rule)] if right.weak == "weekday" else None


def _one_month(left: Atom, right: Atom, gap: str) -> list[Atom] | None:
    """`سبتمبر/ أيلول`, `كانون الاول ديسمبر`: one month by both its names."""
    if (
        gap not in ("/", "")
        or left.parts.month is None
        or left.parts.month != right.parts.month
        or right.parts.day is not None
        or left.parts.year is not None
    ):
        return None
    return [right._replace(start=left.start, parts=right.parts._replace(day=left.parts.day))]


def _without_clock(gap: str, range_words: frozenset[str]) -> str:
    untimed = _CLOCK.sub(lambda clock: clock["word"] if clock["word"] in range_words else "", gap).split()
    if len(untimed) > 1 and untimed[0] in range_words and len(untimed[-1]) <= _OF_REACH:  # "to 5 p.m. on"
        untimed.pop()
    return " ".join(untimed)


def _listed(page: Page, left: Atom, right: Atom) -> list[Atom]:
    """Members of a list: the first has the year of the last, unless words beside it say which ("this spring and in the summer of 2022")."""
    grammar = page.grammar
    own = any(page.opener(left, openers) is not None for openers in (grammar.this, grammar.past, grammar.coming, grammar.last_year))
    if own or not left.parts.silent_of_year:
        return [left, right]
    if page.grammar.order == "ymd" and not page.grammar.spaced and right.parts.year:
        return [left, right]  # "2024年4月、5月和2023年6月": where the year stands first, a silent member has the one before it
    if right.parts.year_step is not None:
        return [left._replace(parts=left.parts._replace(year_step=right.parts.year_step)), right]
    if left.parts.month and right.parts.month and 0 < left.parts.month - right.parts.month < _TURN_OF_YEAR:
        return [left._replace(parts=left.parts._replace(year=right.parts.year)), right]
    first, last = span(left.parts, right.parts)
    return [left._replace(parts=first), right._replace(parts=last)]


def _same_kind(left: Parts, right: Parts) -> bool:
    """Members of a list that may share a year: days, months, or parts of a year."""
    if left.calendar != right.calendar:
        return False
    if left.part or right.part:
        return bool(left.part) and bool(right.part)
    return (left.day is None) == (right.day is None) and (left.day is not None or (left.month is not None and right.month is not None))


def _is_year(atom: Atom) -> bool:
    return atom.parts.is_plain_year and atom.weak in ("", "year")


def _range(page: Page, left: Atom, right: Atom, gap: str) -> list[Atom] | None:
    if right.parts.relative and not left.parts.relative and gap in ("-", ""):  # "HANOI, 14 October – Today"
        return None
    if gap == "-" and right.last is None and (number := weekday_of(left.parts.relative)) and right.parts.month and right.parts.day:
        if right.parts.year is None:
            return [right._replace(start=left.start, parts=right.parts._replace(weekday=number))]  # "Friday – 12 September"
        if _agrees(right.parts, left.parts.relative, ""):
            return [right._replace(start=left.start)]  # "Monday - 16/12/2024": a dateline
    dated = weekday_of(right.parts.relative) or right.parts.relative.startswith("day") or right.parts.day is not None
    if weekday_of(left.parts.relative) and dated and not right.parts.part:
        return [left._replace(end=right.end, last=right.parts, rule="range", weak="")] if not left.weak or not right.weak else None
    left, right = _strong_ends(left, right)
    if left.weak not in ("", "year") or right.weak not in ("", "year"):
        return None
    if (left.weak and right.weak and gap == "-") or not (_is_sure(page, left) and _is_sure(page, right)):
        return None
    if not _same_grain(left.parts, right.parts):
        return None
    if left.parts.is_decade and right.parts.is_decade:
        return _decades(left, right)
    first, last = span(left.parts, _in_century(page, left, right))
    if _is_full(left.parts) and _is_full(right.parts) and right.parts[:3] < left.parts[:3]:  # two dates, not a range that runs backwards
        return None
    return [Atom(left.start, right.end, first, "range", last=last)]


def _strong_ends(left: Atom, right: Atom) -> tuple[Atom, Atom]:
    """Figures that are no fractions, for they make a range."""
    if (
        left.weak == right.weak == "bare"
        and left.parts.month != right.parts.month
        and max(left.parts.day or 0, right.parts.day or 0) > _MONTHS
    ):
        left, right = left._replace(weak=""), right._replace(weak="")  # "28/9 - 2/10": such figures are no fractions
    if left.weak == right.weak == "bare" and left.parts.day is None and right.parts.day is None:
        left, right = left._replace(weak=""), right._replace(weak="")  # "9/2010 - 12/2015"
    if left.weak == "bare" and not right.weak and right.parts.order and right.parts.year and right.parts.day:
        left = left._replace(weak="")  # "from 30/9 to 2/10/2025"
    return left, right


def _in_century(page: Page, left: Atom, right: Atom) -> Parts:
    """The last of a range, its year in two figures of the century of the first: "from August 1945 to March '47"."""
    begin, end = left.parts.year, right.parts.year
    if begin is None or end is None or end - begin < 100 or str(end) in page.text[right.start : right.end]:
        return right.parts
    return right.parts._replace(year=end - (end - begin) // 100 * 100)


def _decades(left: Atom, right: Atom) -> list[Atom] | None:
    """`from the 1970s to the 1990s`: from the first year of the one to the last of the other."""
    begin, end = left.parts.decade, right.parts.decade
    if begin is None or end is None or begin >= end:
        return None
    return [Atom(left.start, right.end, Parts(year=begin), "range", last=Parts(year=end + 9))]


def _is_sure(page: Page, atom: Atom) -> bool:
    """Whether a figure beside years is one: of our time, or older in a history; "from 1116 to 1120" are border markers."""
    return not atom.weak or (atom.parts.year or 0) >= _EARLY or page.history


def _is_full(parts: Parts) -> bool:
    return None not in parts[:3] and not parts.calendar


def _same_grain(left: Parts, right: Parts) -> bool:
    """A range joins years (a month may close it), months or days; never a day and a bare year."""
    if right.relative == "year+0" and left.is_plain_year:  # "since 1976 until this year"
        return True
    if left.relative and right.relative and _is_day(left.relative) and _is_day(right.relative):
        return left.relative != right.relative  # "from yesterday until today", "from tomorrow to Sunday"
    if left.relative or right.relative:
        codes = (left.relative or right.relative, right.relative or left.relative)
        dated = right if left.relative else left
        return left.relative != right.relative and codes[0].startswith("day") and dated.day is not None
    if left.part or right.part:
        return bool(left.part) and bool(right.part)
    if left.year and right.year and not left.calendar and not right.calendar:  # "1979 to 30.06.1984": each end as fine as it is told
        return left.year < right.year or (left.day is None) == (right.day is None)
    if left.month is None and right.month is None and left.day is None and right.day is None:
        return left.year is not None and right.year is not None and left.year < right.year
    if left.day is None and right.day is None:
        return True
    # "from 15 September last year until August"
    return left.day is not None and (right.day is not None or (right.month is not None and not right.part))


def _is_day(code: str) -> bool:
    return stepped(code)[0] == "day" or weekday_of(code) > 0


def _with_relative(page: Page, left: Atom, right: Atom, between: str) -> list[Atom] | None:
    """`December of last year`, `去年12月`: the year is reckoned, the month stated. `This morning (12/9)` is the day in brackets."""
    dated, told = (left, right) if right.parts.relative else (right, left)
    if left.parts.relative and right.parts.relative:
        return _same_day(left, right, between)
    if dated.weak == "year":
        return None
    if told is left and _STEP_TOLD.fullmatch(between) and _tells_step(dated.parts, told.parts.relative):
        return [dated._replace(start=left.start, weak="")]
    if told.parts.relative.startswith(("day", "weekday", "weekend", "same_day")):
        return _with_day(page, left, right, dated, told, between)
    gap = between.strip(" \n(,")
    reach = (1 if page.grammar.numerals.han else _OF_REACH) + 6 * (dated.weak == "day")
    if dated.weak not in ("", "day") or len(gap) > reach or _NO_WORDS.search(gap):
        return None
    if gap in page.grammar.list_words:  # "last month and on the 5th of next month"
        return None
    if "," in between and (gap or told is right):  # "in February it fell, last year it rose"
        return None
    year_first = page.grammar.verb_last or (gap and page.grammar.order == "ymd")
    if told is right and year_first and not page.grammar.right_to_left:
        return None  # "6월 수출이 전년 …": the year of a month stands before it
    return _with_year(left, right, dated, told)


def _tells_step(parts: Parts, code: str) -> bool:
    """Whether a time is that which "three weeks later", "two years after that" reckons: "Three weeks later, on 15 January"."""
    unit, step = stepped(code)
    told = {"same_day": parts.day is not None and parts.month is not None, "same_month": parts.month is not None, "same_year": parts.year}
    return (step > 0 or step < -1) and bool(told.get(unit))


def _same_day(left: Atom, right: Atom, between: str) -> list[Atom] | None:
    """`today, Wednesday`: one day, said twice."""
    day, weekday = (left, right) if left.parts.relative.startswith("day") else (right, left)
    if not (day.parts.relative.startswith("day") and weekday.parts.relative.startswith("weekday")):
        return None
    # the weekday tells better which day, where a page came out a day later
    said = day if day.parts.relative != "day+0" else day._replace(parts=weekday.parts)
    return [said._replace(start=left.start, end=right.end)] if between.strip(" \n") in ("", ",", "(") else None


def _with_day(page: Page, left: Atom, right: Atom, dated: Atom, told: Atom, between: str) -> list[Atom] | None:
    """A weekday or "today" beside the day that it is: nothing between but a comma or a bracket."""
    parts, code = dated.parts, told.parts.relative
    gap = between.strip(" \n'")
    if code.startswith("weekend"):  # "the weekend, 13-14 September"
        of_days = dated is right and dated.last is not None and parts.day is not None and gap in ("", ",", "(")
        return [dated._replace(start=left.start)] if of_days else None
    if parts.day is None or gap not in ("", ",", "(", ", ("):
        return None
    if code.startswith("same_day"):  # "the next day, 2 April"
        return [dated._replace(start=left.start, weak="")] if dated is right and parts.month is not None and "(" not in gap else None
    opens = page.line_before(told, _INDENT)
    # "on Tuesday (06/12/2023)": whatever day that was; "Dushanbe, 05.01.2022": a dateline, of a city named like a day
    explained = told is left and (gap == "(" or (opens is not None and not opens.strip()))
    if not explained and not _agrees(parts, code, told.weak):
        return None
    if weekday_of(code) and parts.weekday not in (None, weekday_of(code)):  # "Tuesday (30), this Wednesday"
        return None
    if code.startswith("day") and told is right and "," in between:  # "28 September, yesterday": two days
        return None
    end = left.end if "(" in between and right is not dated else right.end
    if parts.month is None and code.startswith("day"):  # "today (1)"
        return [told._replace(start=left.start, end=end)]
    weekday = weekday_of(code) or None
    rule = TODAY if code == "day+0" else dated.rule
    return [dated._replace(start=left.start, end=end, weak="", rule=rule, parts=parts._replace(weekday=weekday))]


def _agrees(parts: Parts, code: str, weak: str) -> bool:
    """Whether a weekday can be that day; one that could stand alone ("on Friday") is another day where it can't."""
    if weak or parts.calendar or not code.startswith("weekday") or not (parts.year and parts.month and parts.day):
        return True
    try:
        return date(parts.year, parts.month, parts.day).isoweekday() == int(code[7])
    except ValueError:
        return False


def _with_year(left: Atom, right: Atom, dated: Atom, told: Atom) -> list[Atom] | None:
    """A year or month that is reckoned, beside what lies in it."""
    parts, code = dated.parts, told.parts.relative
    whole = dated._replace(start=left.start, end=right.end)
    if code.startswith("year") and parts.silent_of_year and (parts.month is not None or parts.part):
        step = int(code[4:])
        last = dated.last._replace(year_step=step) if dated.last is not None else None
        return [whole._replace(parts=parts._replace(year_step=step), last=last, rule="relative-year", weak="")]
    if code.startswith("month") and parts.month is not None and parts.day is not None and left is told and right.start - left.end <= 1:
        return [whole._replace(weak="")]  # "this month, on 14 May", as Hindi says it
    if code.startswith("month") and parts.month is None and parts.day is not None:
        step = int(code[5:])
        last = dated.last._replace(month_step=step) if dated.last is not None else None
        return [whole._replace(parts=parts._replace(month_step=step), last=last, rule="relative-month", weak="")]
    if code.startswith("week") and told is right and parts.month is not None and parts.day is not None:
        return [whole._replace(weak="")]  # "24 September of last week"
    if code.startswith(("same_year", "same_month")):
        of_year = code.startswith("same_year")
        wanted = (
            (parts.month is not None or parts.part) and parts.year is None if of_year else parts.month is None and parts.day is not None
        )
        last = dated.last._replace(same=code[5:]) if dated.last is not None else None
        return [whole._replace(parts=parts._replace(same=code[5:]), last=last, rule="same-" + code[5:], weak="")] if wanted else None
    return None
