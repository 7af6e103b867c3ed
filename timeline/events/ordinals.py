"""The number of a happening in its series: "the 8th exchange", "XIV съезд"."""

from __future__ import annotations

import re

from timeline.events.reading import Tools
from timeline.events.sentence import Sentence, Trigger
from timeline.model import NameSpan
from timeline.text import fold_short

# A Roman number right before the words: "XIV съезд", "XIII. sjezd", "IX-й".
_ROMAN = re.compile(r"(?<!\w)(?P<n>[IVX]{1,6})(?:[.-]?[^\W\d]{0,3})?\s+$")
_BESIDE = 4  # characters
_TOUCH = 2  # and between "the first" and a name
# (The set of signs stands first: a search runs over all else at once.)
_FIGURE = re.compile(r"[\dIVX](?:(?<=\d)|(?<!\w.)[IVX]*(?!\w))")


def ordinal_of(group: list[Trigger], part: Sentence, tools: Tools) -> int | None:
    """A number beside a trigger: `21. Krajowej Konferencji`, `hội nghị lần thứ 32`, `XIV съезд`."""
    for trigger in group:
        if trigger.legal is not None:
            continue
        if number := trigger.ordinal if trigger.series else ordinal_at(trigger.start, trigger.end, part, tools):
            return number
    return None


def ordinal_of_series(name: NameSpan, part: Sentence, tools: Tools) -> int | None:
    """The number of a named series, of which "the first", right beside it, is one too."""
    if number := ordinal_at(name.start, name.end, part, tools):
        return number
    return 1 if any(0 <= max(name.start - m.end, m.start - name.end) <= _TOUCH for m in part.marked["first"]) else None


def ordinal_at(start: int, end: int, part: Sentence, tools: Tools) -> int | None:
    """The number that stands in, right before or right behind a name: of "8th", "XIV", "第八届"."""
    text, (first, last) = part.text, part.span
    low, high = max(first, start - 26), min(last, end + 22)
    figure = _FIGURE.search(text, low, high)
    if figure is None:
        return None
    if text[start - 1 : start].isspace() and (roman := _ROMAN.search(text, max(first, start - 12), start)):
        return _number(roman["n"].lower())
    if part.times and _tells_times_only(figure, high, part):
        return None
    window = fold_short(text[low:high])
    best: tuple[int, int] | None = None
    for literal, pattern in tools.ordinals:
        if literal not in window:
            continue
        for match in pattern.finditer(window):
            number = _number(match["n"])
            begin, behind = match.span("n")
            if number is None or is_time(low + begin, part) or _is_anniversary(low + begin, low + behind, part):
                continue
            gap = start - low - match.end() if match.end() <= start - low else match.start() - (end - low)
            if gap <= 18 and (best is None or gap < best[0]):
                best = (gap, number)
    return best[1] if best else None


def _tells_times_only(figure: re.Match[str] | None, high: int, part: Sentence) -> bool:
    """Whether a figure and all behind it, up to `high`, belong to times."""
    while figure:
        end = _end_of_time(figure.start(), part)
        if not end:
            return False
        figure = _FIGURE.search(part.text, end, high)
    return True


def _end_of_time(position: int, part: Sentence) -> int:
    """Where the time ends that a figure at this place belongs to; 0 where it belongs to none."""
    for time in part.times:
        if time.start <= position < time.end:
            return time.end
    return 0


def _is_anniversary(begin: int, end: int, part: Sentence) -> bool:
    """Whether a number stands right beside the words for an anniversary: "to mark the 25th", "the 25th anniversary of"."""
    return any(
        0 <= begin - m.end <= _BESIDE or 0 <= m.start - end <= _BESIDE or m.start <= begin < m.end for m in part.marked["subordinate"]
    )


def is_time(position: int, part: Sentence) -> bool:
    """Whether a figure at this place belongs to a time."""
    return _end_of_time(position, part) > 0


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 0 < int(text) < 200 else None
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for char, following in zip(text, text[1:] + " ", strict=True):
        value = values[char]
        total += -value if values.get(following, 0) > value else value
    return total if total > 1 else None
