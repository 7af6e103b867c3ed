"""The number of a happening in its series: "the 8th exchange", "XIV съезд"."""

from __future__ import annotations

import re

from timeline.events.reading import Tools
from timeline.events.sentence import Sentence, Trigger
from timeline.text import fold_short

# A Roman number right before the words: "XIV съезд", "XIII. sjezd", "IX-й".
_ROMAN = re.compile(r"(?<!\w)(?P<n>[IVX]{1,6})(?:[.-]?[^\W\d]{0,3})?\s+$")
_BESIDE = 4  # characters
_FIGURE = re.compile(r"\d|(?<!\w)[IVX]+(?!\w)")


def ordinal_of(group: list[Trigger], part: Sentence, tools: Tools) -> int | None:
    """A number beside a trigger: `21. Krajowej Konferencji`, `hội nghị lần thứ 32`, `XIV съезд`."""
    for trigger in group:
        if trigger.legal is None and (number := trigger.ordinal or ordinal_at(trigger.start, trigger.end, part, tools)):
            return number
    return None


def ordinal_at(start: int, end: int, part: Sentence, tools: Tools) -> int | None:
    """The number that stands in, right before or right behind a name: of "8th", "XIV", "第八届"."""
    low, high = max(part.span[0], start - 26), min(part.span[1], end + 22)
    figures = [figure.start() for figure in _FIGURE.finditer(part.text, low, high)]
    if not figures:
        return None
    roman = _ROMAN.search(part.text, max(part.span[0], start - 12), start)
    if roman:
        return _number(roman["n"].lower())
    if all(is_time(figure, part) for figure in figures):
        return None
    window = fold_short(part.text[low:high])
    best: tuple[int, int] | None = None
    for pattern in tools.ordinals:
        for match in pattern.finditer(window):
            number = _number(match["n"])
            if (
                number is None
                or is_time(low + match.start("n"), part)
                or _is_anniversary(low + match.start("n"), low + match.end("n"), part)
            ):
                continue
            gap = start - low - match.end() if match.end() <= start - low else match.start() - (end - low)
            if gap <= 18 and (best is None or gap < best[0]):
                best = (gap, number)
    return best[1] if best else None


def _is_anniversary(begin: int, end: int, part: Sentence) -> bool:
    """Whether a number stands right beside the words for an anniversary: "to mark the 25th", "the 25th anniversary of"."""
    return any(
        m.kind == "cue"
        and m.key == "subordinate"
        and (0 <= begin - m.end <= _BESIDE or 0 <= m.start - end <= _BESIDE or m.start <= begin < m.end)
        for m in part.marks
    )


def is_time(position: int, part: Sentence) -> bool:
    """Whether a figure at this place belongs to a time."""
    return any(t.start <= position < t.end for t in part.times)


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 0 < int(text) < 200 else None
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for char, following in zip(text, text[1:] + " ", strict=True):
        value = values[char]
        total += -value if values.get(following, 0) > value else value
    return total if total > 1 else None
