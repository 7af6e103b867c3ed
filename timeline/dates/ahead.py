"""What lies ahead: a time in a sentence that speaks of what will be."""

from __future__ import annotations

import re

from timeline.dates.codes import FORETOLD, weekday_of
from timeline.dates.grammar import LONGEST_PREFIX
from timeline.dates.page import Atom, Page
from timeline.dates.resolve import Parts
from timeline.knowledge import Hit
from timeline.text import CAPITAL

_EITHER_DAY = ("day1", "day2")  # Hindi and Urdu have one word for yesterday and tomorrow: the verb tells which
_CLAUSE_BREAK = re.compile(r"[!?;·。！？，；،؛۔؟।\n]|(?<!\d)[.,:]|[.,:](?!\d)")  # "at 9.30 the fair will open" breaks nowhere
# "will meet his colleague, Dr. Sonexay Siphandone, on Tuesday": a name in apposition parts no clause.
_APPOSITION = re.compile(
    rf"(?<=[^\W\d_]),(?= {CAPITAL})(?: {CAPITAL}[\w'’-]*){{1,5}},|(?<=[^\W\d_]),(?= {CAPITAL}[^\W\d_]{{1,2}}\.)"
    rf"|(?:(?<=\b{CAPITAL}[^\W\d_])|(?<=\b{CAPITAL}[^\W\d_]{{2}}))\.(?= {CAPITAL})"
)
_NUMBERED_MONTH = re.compile(r"\d{1,2} ?[月월]|(?<![^\W_])thang \d{1,2}")
_BEFORE_WORD = 8  # characters between a month and the word that looks ahead to it
_FULL_STOPS = (".", "。", "」", "")
_RIGHT_BEFORE = 6  # characters from "planned for" to the time that it tells, where verbs stand last
_FUTURE_REACH = 90  # characters between "will" and the weekday that then lies ahead
_NEXT_FUTURE, _AFTER_COMMA = 3, 30  # and between the weekday and a "will" behind it: "Friday, the market will open"
_CLAUSE, _OPENING = 45, 14  # and between a day that opens a clause, but for a preposition, and a "will" further on in it


def by_the_verb(page: Page, atom: Atom) -> Atom:
    """A weekday, a weekend, a season or "two days later" put ahead, or back, by what its sentence says."""
    parts, code = atom.parts, atom.parts.relative
    if code in _EITHER_DAY:
        code = f"day{'+' if lies_ahead(page, atom) else '-'}{code[-1]}"
    elif code == "weekend":  # "at the weekend the fair will open"
        code = "weekend+0" if lies_ahead(page, atom) else "weekend-"
    elif code.startswith("ahead:"):  # "in the autumn", of the one to come only
        return atom._replace(parts=Parts(part=code[6:], ahead=True)) if lies_ahead(page, atom) else atom._replace(weak="season")
    elif code.startswith("same_day+"):
        return atom._replace(parts=parts._replace(ahead=lies_ahead(page, atom)))
    elif weekday_of(code) and code[8:] == "~" and lies_ahead(page, atom):  # "will arrive this Saturday"
        code = code[:8] + FORETOLD
    elif weekday_of(code) and len(code) == len("weekday3"):
        ahead = page.opener(atom, page.grammar.starting) is not None or (lies_ahead(page, atom) and not _has_begun(page, atom))
        code += FORETOLD if ahead else ""
    return atom._replace(parts=parts._replace(relative=code)) if code != parts.relative else atom


def _has_begun(page: Page, atom: Atom) -> bool:
    """Whether a word that opens only what is past stands before a time: "since Monday", where "from Monday" may be ahead."""
    return page.opener(atom, page.grammar.since) is not None and page.opener(atom, page.grammar.starts) is None


def lies_ahead(page: Page, atom: Atom) -> bool:
    """Whether a word of the clause says that the time is still to come."""
    for hit in page.near("future", atom.start - 2 * _FUTURE_REACH, atom.end + _FUTURE_REACH):
        if hit.end <= atom.start:
            if page.grammar.verb_last and atom.start - hit.end > _RIGHT_BEFORE:
                continue  # of a noun that it stands before ("열리는 회의"): the verb of a clause stands behind its time
            low, high, reach = hit.end, atom.start, _FUTURE_REACH
        else:
            low, high, reach = atom.end, hit.start, _reach_behind(page, atom)
            if page.text[low : low + 1] == "," and _opens_clause(page, atom):  # "Friday, the market will open"
                low, reach = low + 1, max(reach, _AFTER_COMMA)
        if hit.start <= atom.start and atom.end <= hit.end and not page.near("weekday", hit.start - LONGEST_PREFIX, hit.start):
            return True  # "mají ve čtvrtek podepsat"
        between = page.text[low:high]
        if "、" in between and hit.phrase.key == "closing" and page.text[hit.end : hit.end + 1] not in _FULL_STOPS:
            continue
        if atom.parts.relative in _EITHER_DAY and any(other.phrase.key in _EITHER_DAY for other in page.near("relative", low, high)):
            continue  # "came yesterday and will leave tomorrow"
        words = between.split()[:1] if page.grammar.verb_last else between.split()  # there a list may stand before the verb
        joined = hit.start >= atom.end and not page.grammar.list_words.isdisjoint(words) and not page.near("weekday", low, high)
        said = hit.start >= atom.end and (  # "on Monday he said that it will"
            not page.grammar.clause_words.isdisjoint(between.split()) or bool(page.near("said", atom.start, high))
        )
        if hit.end <= atom.start and between.strip() == ":":  # "Deadline: 30 September"
            return True
        another = said or (_CLAUSE_BREAK.search(between) is not None and not _is_apposition(page, hit, atom))
        if 0 <= high - low <= reach and not joined and not another and not _is_of_another(page, atom, hit, high - low):
            return True
    return False


def _is_apposition(page: Page, word: Hit, atom: Atom) -> bool:
    """Whether no more than a name in apposition parts a word that looks ahead from a time behind it."""
    if word.end > atom.start or page.near("said", word.end, atom.start):  # "… will open, Minister Tran Hieu said on Tuesday"
        return False
    gap = page.source[page.folded.source(word.end) : page.folded.source_end(atom.start)]
    return _CLAUSE_BREAK.search(_APPOSITION.sub("", gap)) is None


def _is_of_another(page: Page, atom: Atom, word: Hit, gap: int) -> bool:
    """Whether a word that looks ahead belongs to another weekday: "the talks planned for Saturday were called off on Monday"."""
    if not atom.parts.relative:
        return _is_of_month_before(page, atom, word) if word.end <= atom.start else _is_of_month_behind(page, atom, word)
    low, high = word.start - gap - LONGEST_PREFIX, word.end + gap
    for weekday in (*page.near("weekday", low, high), *page.near("relative", low, high)):
        if not weekday_of(str(weekday.phrase.key)) or (weekday.start < atom.end and atom.start < weekday.end):
            continue
        beside = weekday.end <= word.start and atom.start >= word.end and word.start - weekday.end <= _NEXT_FUTURE
        beside = beside and not _CLAUSE_BREAK.search(page.text, weekday.end, word.start)
        between = min(atom.end, word.end) <= weekday.start and weekday.end <= max(atom.start, word.start)
        apart = page.text[weekday.end : atom.start] if atom.start >= weekday.end else page.text[atom.end : weekday.start]
        if (beside or between) and not _are_joined(page, apart):
            return True
    return False


def _is_of_month_before(page: Page, atom: Atom, word: Hit) -> bool:
    """Whether a month stands beside a word that looks ahead, before the time: "yang direncanakan pada Juni digelar pada 1 Agustus"."""
    low = max(0, word.start - _BEFORE_WORD)
    months = [(hit.start, hit.end) for hit in page.months_between(low, atom.start)]
    months += [match.span() for match in _NUMBERED_MONTH.finditer(page.text, low, atom.start)]
    for start, end in months:
        # "28 February will they …": what opens its clause before a verb is of that clause
        opens = start <= _OPENING or _CLAUSE_BREAK.search(page.text[max(0, start - _OPENING) : start]) is not None
        beside = (end <= word.start and not opens) or (word.end <= start <= word.end + _BEFORE_WORD)
        if beside and not _are_joined(page, page.text[max(end, word.end) : atom.start]):
            return True
    return False


def _is_of_month_behind(page: Page, atom: Atom, word: Hit) -> bool:
    """Whether the word that looks ahead has a month of its own right behind it: "the November figures, due on 1 February"."""
    high = word.end + _BEFORE_WORD
    months = [(hit.start, hit.end) for hit in page.months_between(word.end, high)]
    return any(start < high and not _are_joined(page, page.text[atom.end : start]) for start, _ in months)


def _are_joined(page: Page, gap: str) -> bool:
    """Whether what stands between two times makes one list or range of them."""
    alone = gap.strip()
    if not alone or alone in page.grammar.range_words or alone in page.grammar.list_words:  # "木曜日から土曜日まで"
        return True
    return page.grammar.spaced and not page.grammar.list_words.isdisjoint(gap.split())


def _reach_behind(page: Page, atom: Atom) -> int:
    """How far behind a time a "will" may stand: to the end of the clause where verbs stand last; some words where the time opens it.

    A weekday is mostly of a report's own days ("on Monday they agreed it will"), so it wants the word nearer, unless a comma would
    part the clauses.
    """
    if page.grammar.verb_last:
        if atom.parts.relative in _EITHER_DAY:
            return _FUTURE_REACH
        return _CLAUSE if atom.parts.relative else _FUTURE_REACH
    far = not weekday_of(atom.parts.relative) or page.grammar.clause_commas
    return _CLAUSE if _opens_clause(page, atom) and far else _NEXT_FUTURE


def _opens_clause(page: Page, atom: Atom) -> bool:
    """Whether nothing but a preposition stands before a time in its clause."""
    before = page.text[max(0, atom.start - _OPENING - 1) : atom.start]
    return atom.start <= _OPENING or _CLAUSE_BREAK.search(before) is not None
