"""One verb that tells several happenings: "visited Nanning on 5 March and Kunming on 7 March", "visited in 2015, 2017 and 2023"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from timeline.events.reading import Tools
from timeline.events.sentence import Draft, Sentence, Span
from timeline.events.times import tells_days
from timeline.model import NameSpan, TimeSpan
from timeline.text import fold_short

# what must be named anew for a second happening of the type
_OBJECTS = {
    "border_gate": ("gate",),
    "meeting": ("person",),
    "visit": ("province", "place"),
    "exchange": ("province", "place"),
    "conference": ("province", "place"),
}
_REPEATED = frozenset(("visit", "exchange"))  # what is told by a list of its years
_COARSE = frozenset(("year", "month"))
_PREPOSITIONS = 2  # between the "and" and the second time
_WORD = re.compile(r"[^\W\d_]+")


def told_again(draft: Draft, part: Sentence, tools: Tools) -> list[Draft]:
    """The further happenings that the words of `draft` tell of other objects, each with a day of its own; they leave `draft`."""
    kinds = _OBJECTS.get(draft.main.event_type)
    own = draft.time
    if kinds is None or own is None or draft.time_rule != "clause" or not tells_days(own) or draft.ordinal or not tools.grammar.spaced:
        return []
    days = [t for t in part.times if tells_days(t) and t.end <= part.span[1] and t.start >= part.span[0]]
    twins: list[tuple[Span, TimeSpan]] = []
    for before, time in pairwise(days):
        following = next((t.start for t in days if t.start > time.start), part.span[1])
        span = _piece(before, time, following, part, tools)
        if span and span[0] > draft.main.start and _stands_alone(span, time, kinds, part, tools):
            twins.append((span, time))
            own = before if time is own else own
    rest = [n for n in draft.names if not any(low <= n.start < high for (low, high), _ in twins)]
    if not twins or not any(n.kind in kinds for n in rest):
        return []
    shared = [n for n in rest if n.kind not in kinds or n.end <= draft.main.end]
    draft.names, draft.time = rest, own
    return [
        replace(
            draft,
            time=time,
            names=[*shared, *(n for n in part.names if span[0] <= n.start < span[1])],
            piece=span,
            reasons=[],
            score=0.0,
        )
        for span, time in twins
    ]


def told_in_years(draft: Draft, part: Sentence, tools: Tools) -> list[Draft]:
    """The further happenings of a list of years or months: "visited Vietnam in 2015, 2017 and 2023"."""
    if draft.main.event_type not in _REPEATED or draft.time is None or draft.time.date_precision not in _COARSE or draft.series:
        return []
    if part.marked["topic"] or part.marked["wish"]:  # "visited to sum up the work of 2023 and 2024"
        return []
    listed = [t for t in part.times if t.date_precision in _COARSE and ".." not in t.date_edtf]
    runs: list[list[TimeSpan]] = []
    for time in listed:
        if runs and _is_list_gap(part.text[runs[-1][-1].end : time.start], tools):
            runs[-1].append(time)
        else:
            runs.append([time])
    others = [time for run in runs if draft.time in run for time in run if time != draft.time]
    main = draft.main
    return [
        replace(draft, time=t, piece=(min(main.start, t.start), max(main.end, t.end)), reasons=[], score=0.0)
        for t in others
        if t.date_edtf != draft.time.date_edtf
    ]


def _is_list_gap(gap: str, tools: Tools) -> bool:
    """Whether nothing but a comma or an "and" stands between two times."""
    words = [fold_short(word) for word in _WORD.findall(gap)]
    signs = set(_WORD.sub("", gap).replace(" ", ""))
    return bool(words or signs) and signs <= {",", "、", "،"} and all(word in tools.grammar.list_words for word in words)


def _piece(before: TimeSpan, time: TimeSpan, following: int, part: Sentence, tools: Tools) -> Span | None:
    """Where the second happening stands: behind an "and" that follows the first day, or that leads up to the second."""
    gap = part.text[before.end : time.start]
    words = [(w.group(), w.start(), w.end()) for w in _WORD.finditer(gap)]
    joins = [k for k, word in enumerate(words) if fold_short(word[0]) in tools.grammar.list_words]
    if not joins:
        return None
    if joins[0] == 0:  # "on 3 March and the Coc Nam crossing on 5 March"
        return before.end + words[0][1], time.end
    if len(words) - 1 - joins[-1] <= _PREPOSITIONS:  # "and on 7 March Kunming"
        return before.end + words[joins[-1]][1], following
    return None


def _stands_alone(span: Span, time: TimeSpan, kinds: tuple[str, ...], part: Sentence, tools: Tools) -> bool:
    """Whether a piece holds an object and its day, and no word of its own: "and returned to Hanoi on 7 March" tells something else."""
    low, high = span
    if any(low <= t.start < high for t in part.triggers):
        return False
    named: list[NameSpan] = [n for n in part.names if low <= n.start < high]
    if not any(n.kind in kinds for n in named):
        return False
    words = [low + w.start() for w in _WORD.finditer(part.text[low:high]) if fold_short(w.group()) not in tools.language.joining_words]
    known = [(n.start, n.end) for n in named] + [(time.start, time.end)]
    offices = [(m.start, m.end) for m in part.marks if m.kind == "word" and low <= m.start < high]
    return all(any(a <= place < b for a, b in known + offices) for place in words)
