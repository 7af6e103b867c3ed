"""The words around a time that open, close or blur it, or say of which year it is; weak expressions made strong or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.dates.ahead import by_the_verb, lies_ahead
from timeline.dates.codes import FORETOLD, stepped, weekday_of
from timeline.dates.grammar import LONGEST_PREFIX
from timeline.dates.page import ASIDE, HOURS, THIS_YEAR, TODAY, Atom, Page, breaks_between
from timeline.dates.resolve import Parts
from timeline.dates.strength import is_dateline, is_of_history, strengthened
from timeline.knowledge import Hit

_AMOUNT = re.compile(r"\d")
_WEEKS = {"week-1": "<", "week+0": "=", "week+1": ">"}  # "from Wednesday to Friday last week"
_ENDING = 3  # letters of an ending that stands for a word of until or since
_STEPPED = re.compile(r"same_year[+-]")
_COMPARED_REACH, _COMPARED_BEHIND = 40, 14  # characters from "compared with" to the year, and from the year to "göre"
_YEAR = re.compile(r"(?:19|20)\d\d")  # before its "compared with", where that stands behind
_CHANGE_REACH = 24
_CHANGE = re.compile(
    r"(?:%|per ?cent|prosent|procent\w{0,20}|prozent\w{0,20}|процент\w{0,20}|відсотк\w{0,20}|pct|p\.?p\.)[^.,;:!?()\n]{0,12}$"
)
_OF_SPAN = 14  # characters between "the same period" and its year
_FIGURE = re.compile(r"[0-9]")
_CLOCK_REACH = 24  # characters
_CLOCK_BEFORE = re.compile(
    rf"(?<![\d.,/:-])\d{{1,2}}(?:[:.h]\d\d(?: ?(?:{HOURS})(?![^\W\d_]))?| ?(?:{HOURS})(?![^\W\d_])) ?,?(?:[^\W\d_]{{1,5}} )?$"
)
_CLAUSE = re.compile(r"[,;:.!?。，；،؛۔।\n]")


def bounded(page: Page, atoms: Iterable[Atom]) -> list[Atom]:
    """`since 2016`, `until August`, `about 2010`, `late December`: what the words around do to a time; weak ones dropped."""
    kept: list[Atom] = []
    for atom in atoms:
        if page.history and atom.weak == "year" and is_of_history(page, atom):
            atom = atom._replace(weak="")
        page.floor = kept[-1].end if kept else 0
        strong = _bounded(page, _sided(page, atom)) if atom.rule != "never" else atom
        if strong.rule in ("template", "bare") and strong.parts.day and strong.parts.year is None and is_dateline(page, strong):
            strong = strong._replace(rule=TODAY)
        # `to this day` belongs to the span that it closes, and is no day
        if not strong.weak and strong.rule != "never" and (not kept or strong.start >= kept[-1].end or strong.rule.startswith("day-list")):
            kept.append(strong._replace(compared=True) if _is_compared(page, strong) else strong)
    kept = _closed(page, kept)
    for k in range(1, len(kept)):
        if _compares(page.text, kept[k - 1], kept[k]):
            kept[k - 1], kept[k] = kept[k - 1]._replace(open_end=False), kept[k]._replace(open_start=False)
    return _with_year_so_far(page, _of_spans(page, kept))


def _of_spans(page: Page, atoms: list[Atom]) -> list[Atom]:
    """`the same period of 2023`, `igual mes del año anterior`: a year beside a word for the same part of it."""
    marks = [(hit.start, hit.end) for hit in page.by_kind.get("same_span", ())]
    marks += [(atom.start, atom.end) for atom in atoms if atom.parts.relative == "same_month"]
    if not marks:
        return atoms
    done: list[Atom] = []
    for atom in atoms:
        mark = next((mark for mark in marks if _is_of_span(page, mark, atom)), None) if _is_whole_year(atom) else None
        if mark is not None:
            start, end = min(mark[0], atom.start), max(mark[1], atom.end)
            if done and done[-1].end > start and done[-1].parts.relative == "same_month":
                done.pop()
            atom = atom._replace(start=max(start, done[-1].end if done else 0), end=end, of_span=True, open_start=False, open_end=False)
        elif done and done[-1].of_span and atom.start < done[-1].end:
            continue  # "last year's same month"
        done.append(atom)
    return done


def _is_whole_year(atom: Atom) -> bool:
    """Whether a time is a year, told or reckoned, and nothing within it."""
    return atom.last is None and (atom.parts.is_plain_year or stepped(atom.parts.relative)[0] in ("year", "same_year"))


def _is_of_span(page: Page, mark: tuple[int, int], atom: Atom) -> bool:
    """Whether a word for "the same period" stands beside a year, in its clause."""
    low, high = (mark[1], atom.start) if mark[0] <= atom.start else (atom.end, mark[0])
    return high - low <= _OF_SPAN and not _CLAUSE.search(page.text, min(low, high), high)


def _is_compared(page: Page, atom: Atom) -> bool:
    """Whether a year is what something is compared with: "than in 2015", "2015'e göre"."""
    if atom.parts.year is None or atom.parts.day is not None or "compared" not in page.by_kind:
        return False
    for hit in page.near("compared", atom.start - _COMPARED_REACH, atom.end + _COMPARED_BEHIND):
        gap = page.text[hit.end : atom.start] if hit.end <= atom.start else page.text[atom.end : hit.start]
        of_another = (
            page.grammar.verb_last and hit.end <= atom.start and _YEAR.search(page.text, max(0, hit.start - _COMPARED_BEHIND), hit.end)
        )
        if not _CLAUSE.search(gap) and not of_another:
            return True
    return False


def _closed(page: Page, atoms: list[Atom]) -> list[Atom]:
    """What opens and what closes right behind it as one span ("Hétfőtől szerdáig", "from today, 18 March, and until 5 April"); no
    "a year later" beside the year that it is; a weekday with the week behind it ("mercredi la semaine dernière").
    """
    done: list[Atom] = []
    for atom in atoms:
        left = done[-1] if done else None
        if left is not None and atom.open_start and _is_opened(page, left) and _alike(left, atom) and _joins(page, left.end, atom.start):
            last = atom.parts._replace(relative=atom.parts.relative.rstrip("+"), limit=False)
            done[-1] = left._replace(end=atom.end, last=last, open_end=False, rule="range")
        elif left is not None and atom.parts.year is not None and _STEPPED.match(left.parts.relative) and _is_beside(page, left, atom):
            done[-1] = atom
        elif left is not None and (sign := _WEEKS.get(atom.parts.relative)) and _is_weekday(left) and _is_beside(page, left, atom):
            done[-1] = _in_week(left, sign)._replace(end=atom.end)
        else:
            done.append(atom)
    return done


def _in_week(atom: Atom, sign: str) -> Atom:
    parts, last = (end and end._replace(relative=end.relative[:8] + sign) for end in (atom.parts, atom.last))
    return atom._replace(parts=parts or atom.parts, last=last)


def _is_weekday(atom: Atom) -> bool:
    """Whether a time is a weekday, or from one to another, and no word tells of which week."""
    ends = (atom.parts, atom.last) if atom.last is not None else (atom.parts,)
    return all(weekday_of(end.relative) and end.relative[8:] in ("", FORETOLD) for end in ends)


def _joins(page: Page, start: int, end: int) -> bool:
    """Whether nothing stands between two times but an aside and a word that joins them."""
    gap = ASIDE.sub("", page.text[start:end]).strip(" \n,")
    return gap == "" or gap in page.grammar.range_words or gap in page.grammar.list_words


def _is_beside(page: Page, left: Atom, right: Atom) -> bool:
    return page.text[left.end : right.start].strip(" \n,") == ""


def _is_opened(page: Page, atom: Atom) -> bool:
    return atom.open_end or (atom.last is None and page.grammar.starts.begins(page.text, atom.start))


def _alike(left: Atom, right: Atom) -> bool:
    """Whether two ends are of one grain: weekdays, days, months or years."""
    if left.last is not None or right.last is not None or left.parts.calendar != right.parts.calendar:
        return False
    a, b = left.parts, right.parts
    if a.relative or b.relative:
        return weekday_of(a.relative) > 0 and weekday_of(b.relative) > 0
    return (a.day is None, a.month is None, a.part == "") == (b.day is None, b.month is None, b.part == "")


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
    return atom.last is None and (atom.parts.relative == "year+0" or (atom.open_end and atom.parts.is_plain_year))


def _ends_in_year(page: Page, left: Atom, right: Atom) -> bool:
    """Whether a day or month is the other end of "from the beginning of the year", by the word before it."""
    parts = right.parts
    if parts.month is None or parts.calendar or right.last is not None or right.open_end or parts.year_step is not None:
        return False
    gap = page.text[left.end : right.start].strip()
    ranged = gap in page.grammar.range_words and gap != "-"
    joined = ranged or (gap == "" and (right.open_start or page.begins_with_range(right)))
    return joined and (None in (left.parts.year, parts.year) or left.parts.year == parts.year)


def _compares(text: str, left: Atom, right: Atom) -> bool:
    """`from 4 billion in 2016 to 9 billion in 2022`: two years that are compared, no stretch of time."""
    opened = left.open_end and right.open_start and left.parts.is_plain_year and right.parts.is_plain_year
    return opened and bool(_AMOUNT.search(text, left.end, right.start)) and not breaks_between(text, left.end, right.start)


def _sided(page: Page, atom: Atom) -> Atom:
    """`last September`, `8 de enero pasado`, `this May`; a weekday in a sentence that speaks of what will be."""
    parts, grammar = atom.parts, page.grammar
    if parts.relative:
        return by_the_verb(page, atom)
    if not (parts.month or parts.part or parts.day) or not parts.silent_of_year or parts.calendar or parts.month_step is not None:
        return atom
    sides = (
        (grammar.past, grammar.past_after, -1, None),
        (grammar.coming, grammar.coming_after, 1, None),
        (grammar.this, grammar.this_after, 0, 0),
        (grammar.last_year, grammar.last_year_after, 0, -1),
    )
    for openers, tails, side, year_step in sides if _is_sided(page, atom) else ():
        start = page.opener(atom, openers)
        end = 0 if start is not None else page.tail(atom.end, tails)
        if start is None and not end:
            end = _inner_tail(page, atom, tails)
        if start is not None or end:
            if parts.month is None and not parts.part:  # "this 17th"
                change = {"side": side, "month_step": year_step} if year_step in (0, None) else {}
            else:
                change = {"side": side, "year_step": year_step}
            last = atom.last._replace(**change) if atom.last is not None else None  # type: ignore[arg-type]
            parts = parts._replace(**change)  # type: ignore[arg-type]
            weak = "" if atom.weak == "bare" and year_step is not None else atom.weak  # "12.09 of this year" is no fraction
            return atom._replace(start=atom.start if start is None else start, end=end or atom.end, parts=parts, last=last, weak=weak)
    if (parts.month is not None or parts.day is not None) and atom.weak in ("", "day") and lies_ahead(page, atom):
        return atom._replace(parts=parts._replace(ahead=True), last=atom.last and atom.last._replace(ahead=True))
    return atom


def _is_sided(page: Page, atom: Atom) -> bool:
    """Whether any word of `last`, `next`, `this` stands beside an expression: beside most stands none."""
    return page.opener(atom, page.grammar.sides) is not None or page.may_end_with(atom, page.grammar.side_tails)


def _inner_tail(page: Page, atom: Atom, tails: tuple[str, ...]) -> int:
    """The end of an expression whose template took the word along: "בדצמבר האחרון"; else 0.

    It is a word by itself or a short ending ("májusig"): "kedd délelőtti" does not end with "előtti". The "ago" of a step is none.
    """
    words = page.text[atom.start : atom.end]
    if not words.endswith(tails) or stepped(atom.parts.relative)[1]:
        return 0
    for tail in filter(words.endswith, tails):
        before = words.removesuffix(tail)[-1:]
        if len(tail) <= _ENDING or before.upper() == before.lower():
            return atom.end
    return 0


def _bounded(page: Page, atom: Atom) -> Atom:
    grammar = page.grammar
    if atom.weak:
        atom = strengthened(page, atom)
    if atom.weak in ("bare", "weekday", "day") or atom.rule in ("bare", "year-in-brackets"):
        return atom
    led = page.opener(atom, grammar.edges) is not None  # before most times stands no such word
    if page.nows and (now := _now_after(page, atom)):
        opener = page.opener(atom, grammar.since)
        start = opener if opener is not None else page.opener(atom, grammar.starts)
        rule = THIS_YEAR if atom.parts.is_plain_year and _blurred(page, atom).rule == "early" else "until-now"
        atom = atom._replace(approximate=_is_part_of_month(page, atom))
        return atom._replace(end=now, open_end=True, rule=rule, weak="", start=atom.start if start is None else start)
    if atom.last is not None:
        start = page.opener(atom, grammar.starts) if led else None
        return atom if start is None else atom._replace(start=start)
    if atom.weak:
        return atom
    if atom.parts.relative.startswith("day"):  # "from today": that day
        return atom
    told = _openers(page, atom, led)
    if told:
        rule = min(told, key=lambda name: told[name])  # the longer phrase: "before the end of" holds "from the end of" in Greek
        return _opened(atom, rule)._replace(start=told[rule], approximate=rule == "since" and _is_part_of_month(page, atom))
    if page.may_end_with(atom, grammar.edge_tails) and (end := _tailed(page, atom)):
        return _opened(atom, end[0])._replace(end=end[1])
    if atom.parts.relative.startswith(("day", "week", "same")):
        return atom
    if atom.parts.day is None:
        return _blurred(page, atom, led)
    return _about_day(page, atom) if led else atom


def _tailed(page: Page, atom: Atom) -> tuple[str, int] | None:
    """Which of since and until stands behind an expression, or ends it, and where that ends."""
    tails = {"since": page.grammar.since_after, "until": page.grammar.until_after}
    ends = {rule: page.tail(atom.end, words) for rule, words in tails.items()}
    if not any(ends.values()):
        ends = {rule: _inner_tail(page, atom, words) for rule, words in tails.items()}
    rule = max(ends, key=lambda name: ends[name])
    return (rule, ends[rule]) if ends[rule] else None


def _about_day(page: Page, atom: Atom) -> Atom:
    """`about 10 January`."""
    start = page.opener(atom, page.grammar.about) if atom.last is None else None
    return atom if start is None else atom._replace(start=start, approximate=True)


def _is_of_change(page: Page, start: int) -> bool:
    """Whether a word of since stands behind an amount: "up 5% from September 2016" opens nothing."""
    return _CHANGE.search(page.text, max(0, start - _CHANGE_REACH), start) is not None


def _openers(page: Page, atom: Atom, led: bool) -> dict[str, int]:
    """Where a word of since or until starts that opens an expression, and is no word of the phrase itself ("vor zwei Wochen").

    `led`: whether one may.
    """
    starts = {"since": page.opener(atom, page.grammar.since), "until": page.opener(atom, page.grammar.until)} if led else {}
    if not any(start is not None for start in starts.values()):
        clock = _clock_before(page, atom)
        if clock is None:
            return {}
        starts = {"since": page.opener(clock, page.grammar.since), "until": page.opener(clock, page.grammar.until)}
    whole = atom.rule == "relative" and (atom.parts.part or stepped(atom.parts.relative)[1] < 0)
    if starts["since"] is not None and atom.parts.day is None and _is_of_change(page, starts["since"]):
        starts["since"] = None
    return {rule: start for rule, start in starts.items() if start is not None and not (whole and rule == "until" and start == atom.start)}


def _clock_before(page: Page, atom: Atom) -> Atom | None:
    """A day with the time of day told before it: "until 17:00 on 30 September"."""
    low = max(page.floor, atom.start - _CLOCK_REACH)
    if atom.parts.day is None or _FIGURE.search(page.text, low, atom.start) is None:
        return None
    clock = _CLOCK_BEFORE.search(page.text, low, atom.start)
    return atom._replace(start=clock.start()) if clock else None


def _opened(atom: Atom, rule: str) -> Atom:
    """`since 2016`, `until August`; "until Saturday" is of the one that lies ahead."""
    ahead = rule == "until" and len(atom.parts.relative) == len("weekday3") and weekday_of(atom.parts.relative)
    parts = atom.parts._replace(relative=atom.parts.relative + "+") if ahead else atom.parts
    parts = parts._replace(limit=rule == "until")
    return atom._replace(open_end=rule == "since", open_start=rule == "until", rule=rule, parts=parts)


def _blurred(page: Page, atom: Atom, led: bool = True) -> Atom:
    """`about 2010`, `at the end of 2024`, `2024년 말`; `led`: whether a word before it may say "about"."""
    about = page.opener(atom, page.grammar.about) if led else None
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


def _is_part_of_month(page: Page, atom: Atom) -> bool:
    """`since early November`: the month is no more than about when it began."""
    return atom.parts.month is not None and atom.parts.day is None and _blurred(page, atom).approximate


def _leads(page: Page, hit: Hit, atom: Atom) -> bool:
    """Whether a part ("at the end of") stands right before an expression, at most a preposition between."""
    gap = page.text[hit.end : atom.start]
    return (
        page.floor <= hit.start
        and hit.end <= atom.start
        and len(gap) <= (6 if page.grammar.spaced else 0)
        and gap.replace(" ", "").replace("-", "").replace("'", "").isalpha() == bool(gap.strip(" -'"))
    )


def _now_after(page: Page, atom: Atom) -> int | None:
    """Where "… to the present" ends, when it follows right after an expression."""
    for hit in page.near("relative", atom.end, atom.end + LONGEST_PREFIX):
        if hit.phrase.key == "now":
            between = page.text[atom.end : hit.start]
            if "\n" in between and page.source[page.folded.source(hit.start)].isupper():
                return None  # a new line begins with it
            gap = between.strip(" \n,")
            return hit.end if gap == "" or gap in page.grammar.range_words else None
    return None
