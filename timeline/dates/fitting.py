"""The template that fits at a place: by itself, behind the phrase that it wants, as the end of a range, as bare figures."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.dates.choice import WORD_BEGINS
from timeline.dates.expressions import expressions
from timeline.dates.grammar import LONGEST_PREFIX, prefix_key
from timeline.dates.heads import Found
from timeline.dates.page import Atom, Page
from timeline.dates.templates import RANGE_ONLY

_MOST_MONTHS = 12
_NONE = (0, False, 0)  # the weight of no template
LIST_GAP = 8  # characters from one member of a list or range to the next, at most


def best(page: Page, position: int, key: str) -> list[Atom] | None:
    """The longest template that fits at `position`, of which `key` is the `place_key`, with what it wants before it."""
    grammar, text = page.grammar, page.text
    found: list[Atom] | None = None
    free = grammar.free_words if key[0] == WORD_BEGINS else grammar.free
    match = free.match(text, position, key, page.month_near(position))
    if match and page.left_border(position):
        found = expressions(page, position, match)
    window_start = max(0, position - LONGEST_PREFIX)
    before = text[window_start:position].rstrip(" \n-'\"(")
    prefixed = grammar.prefixed.get(prefix_key(before, grammar.by_word))
    if prefixed is None:
        return found
    weight = match.weight(position) if match and found else _NONE
    for template in prefixed.before(before):
        match = template.choice.match(text, position, key)
        if match is None:
            continue
        begin = window_start + len(before) - len(template.prefix)
        if not page.prefix_border(begin) or not page.written(begin, template.prefix, template.surface):
            continue
        if "(" in text[begin + len(template.prefix) : position]:
            slots = match.fields.keys()
            # "the fair (28/11)" is no Fair of 28/11, "14 years (14", "a plan of 20 years (2018-2022)" no year
            if match.code == "never" or "yy" in slots or slots == {"y"}:
                continue
        if match.weight(begin) > weight and (told := expressions(page, begin, match)):
            weight, found = match.weight(begin), told
    return found


def continued(page: Page, atoms: Sequence[Atom], position: int, key: str) -> list[Atom] | None:
    """The other end of a range or list of days: it needs no word before it."""
    if not atoms or atoms[-1].parts.day is None or page.grammar.continued is None or not 0 < position - atoms[-1].end <= LIST_GAP:
        return None
    gap = page.text[atoms[-1].end : position].strip()
    if gap not in page.grammar.range_words and gap not in page.grammar.list_words:
        return None
    match = page.grammar.continued.choice.match(page.text, position, key)
    return expressions(page, position, match) if match else None


def bare(page: Page, position: int, key: str) -> Atom | None:
    """Day and month in figures alone, weak unless they can be no fraction; `key` is the `place_key` there."""
    template = page.grammar.bare
    if template is None or not template.choice.may_fit(key) or not page.left_border(position):
        return None
    match = template.choice.match(page.text, position, key)
    ranged = match is not None and match.code == RANGE_ONLY
    found = expressions(page, position, Found(match.match, "", match.slots) if ranged else match) if match else None
    if not found or len(found) != 1:
        return None
    last = found[0].last
    # "(27-29.05)", "(27-29.5)"; but grades, scores and prices are "(3-5.6)"
    if ranged and (last is None or ((last.day or 0) <= _MOST_MONTHS and not page.text[found[0].end - 2].isdigit())):
        return None
    if last is not None and (last.day or 0) > 12 and not ranged:  # `19-21/2`: a range of days can be no fraction
        return found[0]
    return found[0]._replace(weak="bare", rule="bare")
