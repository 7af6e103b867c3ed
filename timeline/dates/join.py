"""Neighbouring expressions → ranges and lists; the words around a time that open, close or blur it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest

from timeline.dates.grammar import LONGEST_PREFIX
from timeline.dates.page import Atom, Page
from timeline.dates.resolve import FORETOLD, Parts, span, weekday_of
from timeline.knowledge import Hit
from timeline.text import is_unspaced

# Folded text shows no capitals: a full stop after two letters or a year ends a sentence, one after a day or "r" does not.
SENTENCE_BREAK = re.compile(r"(?<=[^\W\d_]{2})[)\"]?[.!?]\s|(?<=\d{4})[.!?]\s|[。！？।؟\n]|۔(?!\d)")
_CLAUSE_BREAK = re.compile(r"[.!?,;:·。！？，；،؛۔؟।\n]")
_NO_WORDS = re.compile(r"[\d.,;:!?()/\[\]\"。，、；：-]")
# a clock time beside an end: "12/9 9:00 - 14/9", "15日9时(北京时间10时)至"
_CLOCK = re.compile(r"\(?(?P<word>[^\W\d]{0,4}) ?\d{1,2}(?:[:.h]\d\d|h|[时時点點시](?:\d{1,2}[分분])?)\)?")
_BRACKETED = re.compile(r"^ ?\((?:\w|[\u2e80-\u9fff]{1,3})\)")  # a weekday in short: 4月16日(水)から
_AMOUNT = re.compile(r"\d")
_ASIDE = re.compile(r" ?\([^()\d]{1,60}\)")
_TURN_OF_YEAR = 9  # months between December and the January listed after it
_DATELINE_REACH = 40
_AGENCY = re.compile(r"\.? ?(?:-|//|\([^()\d]{2,20}\))")
_MONTHS = 12
_EASTERN_WIRE = re.compile(r" ?(?:[电電讯訊](?!视|視|话|話|力)|[A-Za-z ]{2,20}】|】)")  # `新华社南宁12月21日电`, `【8月29日 …】`
_OF_REACH = 5  # characters of a preposition between "December" and "last year", "first half" and "this year"
_FUTURE_REACH = 90  # characters between "will" and the weekday that then lies ahead
_NEXT_FUTURE, _AFTER_COMMA = 3, 14  # and between the weekday and a "will" behind it: "Friday, the market will open"

_YEARS_REACH = 24  # characters to the bracket around a year or a list of them
_OUR_TIME = (1850, 2035)  # years that stand alone; a figure of those is seldom anything else

TODAY = "today-stated"  # a day that the text calls today, or that stands in its dateline


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
    return done


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
    if left.last or right.last:
        return _with_relative(page, left, right, between) if left.parts.relative or right.parts.relative else None
    if gap in grammar.range_words or (gap == "" and _begins_with_range(page, right)):
        return _range(left, right, gap)
    if (
        left.parts.day
        and right.parts.day
        and _CLOCK.search(gap)
        and (untimed := _without_clock(gap, grammar.range_words)) in grammar.range_words
    ):
        return _range(left, right, untimed)
    if left.parts.day and right.parts.day and "(" in between and _ASIDE.sub("", between).strip(" \n()") in grammar.range_words - {"-"}:
        return _range(left, right, "")  # "from 10 February (the first day of the New Year) to 13 February"
    if left.parts.relative or right.parts.relative:
        return _with_relative(page, left, right, between)
    if gap not in grammar.list_words:
        return _one_month(left, right, gap)
    if gap not in ",、" and page.is_between(Atom(left.start, right.end, left.parts, "")):
        return _range(left, right, "")
    if _is_year(left) and _is_year(right) and not (left.weak and right.weak):  # "in 2023 and 2024"
        return [left._replace(weak=""), right._replace(weak="")]
    if left.weak or right.weak:
        return None
    if _same_kind(left.parts, right.parts):
        return _listed(page, left, right)
    return None


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
    return _CLOCK.sub(lambda clock: clock["word"] if clock["word"] in range_words else "", gap).strip()


def _listed(page: Page, left: Atom, right: Atom) -> list[Atom]:
    """Members of a list: the first has the year of the last, unless words beside it say which ("this spring and in the summer of 2022")."""
    grammar = page.grammar
    own = any(page.opener(left, openers) is not None for openers in (grammar.this, grammar.past, grammar.coming, grammar.last_year))
    if own or not left.parts.silent_of_year:
        return [left, right]
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


def _begins_with_range(page: Page, atom: Atom) -> bool:
    """Whether a template took the range's word along: "đến ngày 15/9"."""
    text = page.text
    for word in page.grammar.range_words:
        if word not in "-~" and text.startswith(word, atom.start) and atom.start + len(word) < atom.end:
            following = text[atom.start + len(word)]
            if not following.isalpha() or is_unspaced(word[-1]):
                return True
    return False


def _is_year(atom: Atom) -> bool:
    return _is_plain_year(atom.parts) and atom.weak in ("", "year")


def _is_plain_year(parts: Parts) -> bool:
    return parts.year is not None and parts.month is None and parts.day is None and not parts.part


def _range(left: Atom, right: Atom, gap: str) -> list[Atom] | None:
    if right.parts.relative and not left.parts.relative and gap in ("-", ""):  # "HANOI, 14 October – Today"
        return None
    if gap == "-" and weekday_of(left.parts.relative) and right.parts.year and _agrees(right.parts, left.parts.relative, ""):
        return [right._replace(start=left.start)]  # "Monday - 16/12/2024": a dateline
    dated = weekday_of(right.parts.relative) or right.parts.relative.startswith("day") or right.parts.day is not None
    if weekday_of(left.parts.relative) and dated and not right.parts.part:
        return [left._replace(end=right.end, last=right.parts, rule="range", weak="")] if not left.weak or not right.weak else None
    if (
        left.weak == right.weak == "bare"
        and left.parts.month != right.parts.month
        and max(left.parts.day or 0, right.parts.day or 0) > _MONTHS
    ):
        left, right = left._replace(weak=""), right._replace(weak="")  # "28/9 - 2/10": such figures are no fractions
    if left.weak == "bare" and not right.weak and right.rule == "template" and right.parts.order and right.parts.year and right.parts.day:
        left = left._replace(weak="")  # "from 30/9 to 2/10/2025"
    if left.weak not in ("", "year") or right.weak not in ("", "year"):
        return None
    if (left.weak and right.weak and gap == "-") or not _same_grain(left.parts, right.parts):
        return None
    first, last = span(left.parts, right.parts)
    if _is_full(left.parts) and _is_full(right.parts) and right.parts[:3] < left.parts[:3]:  # two dates, not a range that runs backwards
        return None
    return [Atom(left.start, right.end, first, "range", last=last)]


def _is_full(parts: Parts) -> bool:
    return None not in parts[:3] and not parts.calendar


def _same_grain(left: Parts, right: Parts) -> bool:
    """A range joins years (a month may close it), months or days; never a day and a bare year."""
    if right.relative == "year+0" and _is_plain_year(left):  # "since 1976 until this year"
        return True
    if left.relative or right.relative:
        codes = (left.relative or right.relative, right.relative or left.relative)
        dated = right if left.relative else left
        return left.relative != right.relative and codes[0].startswith("day") and dated.day is not None
    if left.part or right.part:
        return bool(left.part) and bool(right.part)
    if left.month is None and right.month is None and left.day is None and right.day is None:
        return left.year is not None and right.year is not None and left.year < right.year
    if left.day is None and right.day is None:
        return True
    # "from 15 September last year until August"
    return left.day is not None and (right.day is not None or (right.month is not None and not right.part))


def _with_relative(page: Page, left: Atom, right: Atom, between: str) -> list[Atom] | None:
    """`December of last year`, `去年12月`: the year is reckoned, the month stated. `This morning (12/9)` is the day in brackets."""
    dated, told = (left, right) if right.parts.relative else (right, left)
    if left.parts.relative and right.parts.relative:
        return _same_day(left, right, between)
    if dated.weak == "year":
        return None
    if told.parts.relative.startswith(("day", "weekday")):
        return _with_day(left, right, dated, told, between)
    gap = between.strip(" \n(,")
    reach = (1 if page.grammar.numerals.han else _OF_REACH) + 6 * (dated.weak == "day")
    if dated.weak not in ("", "day") or len(gap) > reach or _NO_WORDS.search(gap):
        return None
    if gap in page.grammar.list_words:  # "last month and on the 5th of next month"
        return None
    if "," in between and (gap or told is right):  # "in February it fell, last year it rose"
        return None
    return _with_year(left, right, dated, told)


def _same_day(left: Atom, right: Atom, between: str) -> list[Atom] | None:
    """`today, Wednesday`: one day, said twice."""
    day, weekday = (left, right) if left.parts.relative.startswith("day") else (right, left)
    if not (day.parts.relative.startswith("day") and weekday.parts.relative.startswith("weekday")):
        return None
    # the weekday tells better which day, where a page came out a day later
    said = day if day.parts.relative != "day+0" else day._replace(parts=weekday.parts)
    return [said._replace(start=left.start, end=right.end)] if between.strip(" \n") in ("", ",", "(") else None


def _with_day(left: Atom, right: Atom, dated: Atom, told: Atom, between: str) -> list[Atom] | None:
    """A weekday or "today" beside the day that it is: nothing between but a comma or a bracket."""
    parts, code = dated.parts, told.parts.relative
    if parts.day is None or between.strip(" \n'") not in ("", ",", "(", ", (") or not _agrees(parts, code, told.weak):
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
    if code.startswith("month") and parts.month is None and parts.day is not None:
        step = int(code[5:])
        last = dated.last._replace(month_step=step) if dated.last is not None else None
        return [whole._replace(parts=parts._replace(month_step=step), last=last, rule="relative-month", weak="")]
    if code.startswith(("same_year", "same_month")):
        of_year = code.startswith("same_year")
        wanted = parts.month is not None and parts.year is None if of_year else parts.month is None and parts.day is not None
        last = dated.last._replace(same=code[5:]) if dated.last is not None else None
        return [whole._replace(parts=parts._replace(same=code[5:]), last=last, rule="same-" + code[5:], weak="")] if wanted else None
    return None


# ---------------------------------------------------------------- the words around


def bounded(page: Page, atoms: Iterable[Atom]) -> list[Atom]:
    """`since 2016`, `until August`, `about 2010`, `late December`: what the words around do to a time; weak ones dropped."""
    kept: list[Atom] = []
    for atom in atoms:
        page.floor = kept[-1].end if kept else 0
        strong = _bounded(page, _sided(page, atom)) if atom.rule != "never" else atom
        if strong.rule in ("template", "bare") and strong.parts.day and strong.parts.year is None and _opens_report(page.text, strong):
            strong = strong._replace(rule=TODAY)
        # `to this day` belongs to the span that it closes, and is no day
        if not strong.weak and strong.rule != "never" and (not kept or strong.start >= kept[-1].end or strong.rule.startswith("day-list")):
            kept.append(strong)
    for k in range(1, len(kept)):
        if _compares(page.text, kept[k - 1], kept[k]):
            kept[k - 1], kept[k] = kept[k - 1]._replace(open_end=False), kept[k]._replace(open_start=False)
    return _with_year_so_far(page, kept)


def _with_year_so_far(page: Page, atoms: list[Atom]) -> list[Atom]:
    """`from the beginning of the year to 15 September`: the part of the year that is over, as one span."""
    done: list[Atom] = []
    for atom in atoms:
        left = done[-1] if done else None
        if left is not None and _begins_year(left) and _ends_in_year(page, left, atom):
            step = 0 if left.parts.relative else None
            year = left.parts.year if atom.parts.year is None else atom.parts.year
            last = atom.parts._replace(year=year, year_step=step if year is None else None)
            first = Parts(year=year, month=1, day=1 if last.day else None, year_step=last.year_step)
            done[-1] = Atom(left.start, atom.end, first, "year-so-far", last=last)
        else:
            done.append(atom)
    return done


def _begins_year(atom: Atom) -> bool:
    return atom.last is None and (atom.parts.relative == "year+0" or (atom.open_end and _is_plain_year(atom.parts)))


def _ends_in_year(page: Page, left: Atom, right: Atom) -> bool:
    """Whether a day or month is the other end of "from the beginning of the year", by the word before it."""
    parts = right.parts
    if parts.month is None or parts.calendar or right.last is not None or right.open_end or parts.year_step is not None:
        return False
    gap = page.text[left.end : right.start].strip()
    ranged = gap in page.grammar.range_words and gap != "-"
    joined = ranged or (gap == "" and (right.open_start or _begins_with_range(page, right)))
    return joined and (None in (left.parts.year, parts.year) or left.parts.year == parts.year)


def _compares(text: str, left: Atom, right: Atom) -> bool:
    """`from 4 billion in 2016 to 9 billion in 2022`: two years that are compared, no stretch of time."""
    opened = left.open_end and right.open_start and _is_plain_year(left.parts) and _is_plain_year(right.parts)
    return opened and bool(_AMOUNT.search(text, left.end, right.start)) and not SENTENCE_BREAK.search(text, left.end, right.start)


def _sided(page: Page, atom: Atom) -> Atom:
    """`last September`, `8 de enero pasado`, `this May`; a weekday in a sentence that speaks of what will be."""
    parts, grammar = atom.parts, page.grammar
    if parts.relative.startswith("weekday") and len(parts.relative) == 8:
        return atom._replace(parts=parts._replace(relative=parts.relative + FORETOLD)) if _lies_ahead(page, atom) else atom
    if (
        parts.relative
        or not (parts.month or parts.part or parts.day)
        or not parts.silent_of_year
        or parts.calendar
        or parts.month_step is not None
    ):
        return atom
    sides = (
        (grammar.past, grammar.past_after, -1, None),
        (grammar.coming, grammar.coming_after, 1, None),
        (grammar.this, grammar.this_after, 0, 0),
        (grammar.last_year, grammar.last_year_after, 0, -1),
    )
    for openers, tails, side, year_step in sides if _may_be_sided(page, atom) else ():
        start = page.opener(atom, openers)
        end = 0 if start is not None else page.tail(atom.end, tails)
        if start is None and not end:
            end = _inner_tail(page.text, atom, tails)
        if start is not None or end:
            if parts.month is None and not parts.part:  # "this 17th"
                change = {"side": side, "month_step": year_step} if year_step in (0, None) else {}
            else:
                change = {"side": side, "year_step": year_step}
            last = atom.last._replace(**change) if atom.last is not None else None  # type: ignore[arg-type]
            parts = parts._replace(**change)  # type: ignore[arg-type]
            return atom._replace(start=atom.start if start is None else start, end=end or atom.end, parts=parts, last=last)
    if parts.month is not None and not atom.weak and _lies_ahead(page, atom):
        return atom._replace(parts=parts._replace(ahead=True), last=atom.last and atom.last._replace(ahead=True))
    return atom


def _may_be_sided(page: Page, atom: Atom) -> bool:
    """Whether any word of `last`, `next`, `this` may stand beside an expression: beside most stands none."""
    text, tails = page.text, page.grammar.side_tails
    before = page.before(atom.start)
    behind = atom.end + (text[atom.end : atom.end + 1] == " ")
    return (
        page.grammar.sides.may_stand(before.key, before.next)
        or text.startswith(tails, behind)
        or text[atom.start : atom.end].endswith(tails)
    )


def _inner_tail(text: str, atom: Atom, tails: tuple[str, ...]) -> int:
    """The end of an expression whose template took the word along: "בדצמבר האחרון"; else 0."""
    return atom.end if text[atom.start : atom.end].endswith(tails) else 0


def _lies_ahead(page: Page, atom: Atom) -> bool:
    for hit in page.near("future", atom.start - 2 * _FUTURE_REACH, atom.end + _FUTURE_REACH):
        low, high = (hit.end, atom.start) if hit.end <= atom.start else (atom.end, hit.start)
        low += page.text[low : low + 1] == "," and hit.start >= atom.end  # "Friday, the market will open"
        comma = page.text[low - 1 : low] == "," and hit.start >= atom.end
        reach = _FUTURE_REACH if hit.end <= atom.start else (_AFTER_COMMA if comma else _NEXT_FUTURE)
        between = page.text[low:high]
        joined = hit.start >= atom.end and not page.grammar.list_words.isdisjoint(between.split())
        if 0 <= high - low <= reach and not joined and not _CLAUSE_BREAK.search(between):
            return True
    return False


def _strong(page: Page, atom: Atom) -> Atom:
    """A weak expression made strong by what stands around it: brackets, a dateline, the word before a range."""
    if atom.weak == "bare":
        if atom.last is not None and (start := page.opener(atom, page.grammar.starts)) is not None:
            return atom._replace(weak="", start=start)  # "from 6-8/9": a range of days is no fraction
        return atom._replace(weak="") if _counts(page.text, atom) else atom
    if atom.weak == "year":
        if _in_brackets(page, atom):
            return atom._replace(weak="", rule="year-in-brackets")
        if page.grammar.bare_years and _stands_alone(page, atom):
            return atom._replace(weak="")
    return atom


def _bounded(page: Page, atom: Atom) -> Atom:
    grammar = page.grammar
    if atom.weak:
        atom = _strong(page, atom)
    if atom.weak in ("bare", "weekday", "day") or atom.rule in ("bare", "year-in-brackets"):
        return atom
    if now := _now_after(page, atom):
        opener = page.opener(atom, grammar.since)
        start = opener if opener is not None else page.opener(atom, grammar.starts)
        return atom._replace(end=now, open_end=True, rule="until-now", weak="", start=atom.start if start is None else start)
    if atom.last is not None:
        start = page.opener(atom, grammar.starts)
        return atom._replace(start=atom.start if start is None else start)
    if atom.weak:
        return atom
    if atom.parts.relative.startswith("day"):  # "from today": that day
        return atom
    starts = {"since": page.opener(atom, grammar.since), "until": page.opener(atom, grammar.until)}
    told = {rule: start for rule, start in starts.items() if start is not None}
    if told:
        rule = min(told, key=lambda name: told[name])  # the longer phrase: "before the end of" holds "from the end of" in Greek
        return _opened(atom, rule)._replace(start=told[rule])
    tails = {"since": grammar.since_after, "until": grammar.until_after}
    ends = {rule: page.tail(atom.end, words) for rule, words in tails.items()}
    if not any(ends.values()):
        ends = {rule: _inner_tail(page.text, atom, words) for rule, words in tails.items()}
    rule = max(ends, key=lambda name: ends[name])
    if ends[rule]:
        return _opened(atom, rule)._replace(end=ends[rule])
    if atom.parts.day is not None or atom.parts.relative.startswith(("day", "week", "same")):
        return atom
    return _blurred(page, atom)


def _in_brackets(page: Page, atom: Atom) -> bool:
    """`(2022)`, `(2022 and 2025)`: nothing but years between the brackets."""
    opening = page.text.rfind("(", max(0, atom.start - _YEARS_REACH), atom.start)
    closing = page.text.find(")", atom.end, atom.end + _YEARS_REACH)
    if opening < 0 or closing < 0:
        return False
    years = page.text[opening + 1 : closing].replace(",", " ").split()
    return all((word.isdigit() and len(word) == len("2022")) or word in page.grammar.list_words for word in years)


def _stands_alone(page: Page, atom: Atom) -> bool:
    """`besuchte Vietnam 2008`: a year of our time that counts nothing ("2008 Lastwagen") and is no round sum."""
    year = atom.parts.year or 0
    following = page.source[page.folded.source_end(atom.end) :][:2]
    counts = following[:1] in (" ", "\n") and following[1:].isupper()
    return _OUR_TIME[0] <= year <= _OUR_TIME[1] and year % 100 != 0 and not counts


def _opened(atom: Atom, rule: str) -> Atom:
    """`since 2016`, `until August`; "until Saturday" is of the one that lies ahead."""
    ahead = rule == "until" and len(atom.parts.relative) == len("weekday3") and weekday_of(atom.parts.relative)
    parts = atom.parts._replace(relative=atom.parts.relative + "+") if ahead else atom.parts
    return atom._replace(open_end=rule == "since", open_start=rule == "until", rule=rule, parts=parts)


def _counts(text: str, atom: Atom) -> bool:
    return _is_bracketed_day(text, atom) or _opens_report(text, atom)


def _is_bracketed_day(text: str, atom: Atom) -> bool:
    """`(27/3)`; but `(2/3)` may be a fraction."""
    month, day = atom.parts.month or 0, atom.parts.day or 0
    return text[max(0, atom.start - 1) : atom.start] == "(" and text[atom.end : atom.end + 1] == ")" and day > max(month, 3)


def _opens_report(text: str, atom: Atom) -> bool:
    """`Jakarta, 21/2 – …`, `HÀ NỘI, 12/9 (VNA) –`: an agency's dateline at the head of a passage."""
    line = text.rfind("\n", 0, atom.start) + 1
    before = text[line : atom.start]
    if len(before) > _DATELINE_REACH:
        return False
    if _EASTERN_WIRE.match(text, atom.end):
        return True
    return _AGENCY.match(text, atom.end) is not None and before.rstrip().endswith((",", "،", "/", "-"))


def _blurred(page: Page, atom: Atom) -> Atom:
    """`about 2010`, `at the end of 2024`, `2024년 말`."""
    about = page.opener(atom, page.grammar.about)
    if about is not None:
        return atom._replace(start=about, approximate=True, rule="about")
    if end := page.tail(atom.end, page.grammar.about_after):
        return atom._replace(end=end, approximate=True, rule="about")
    for hit in page.near("part", atom.start - LONGEST_PREFIX, atom.end):
        inside = hit.start >= atom.start and hit.end <= atom.end
        if inside or _leads(page, hit, atom):
            return atom._replace(start=min(atom.start, hit.start), approximate=True, rule=str(hit.phrase.key))
    for hit in page.near("part_after", atom.start, atom.end + 1):
        if page.text[atom.end : hit.start].strip(" ") == "":
            return atom._replace(end=max(atom.end, hit.end), approximate=True, rule=str(hit.phrase.key))
    return atom


def _leads(page: Page, hit: Hit, atom: Atom) -> bool:
    """Whether a part ("at the end of") stands right before an expression, at most a preposition between."""
    gap = page.text[hit.end : atom.start]
    return (
        hit.end <= atom.start
        and len(gap) <= (6 if page.grammar.spaced else 0)
        and gap.replace(" ", "").replace("-", "").replace("'", "").isalpha() == bool(gap.strip(" -'"))
    )


def _now_after(page: Page, atom: Atom) -> int | None:
    """Where "… to the present" ends, when it follows right after an expression."""
    for hit in page.near("relative", atom.end, atom.end + LONGEST_PREFIX):
        if hit.phrase.key == "now":
            gap = page.text[atom.end : hit.start].strip(" \n,")
            return hit.end if gap == "" or gap in page.grammar.range_words else None
    return None
