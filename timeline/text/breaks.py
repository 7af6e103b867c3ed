"""Lines that break off in the middle of a sentence, as in texts cut from pages and mails."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG_LINE = 40  # characters: a shorter one may be a label, or an item of a list
_WORD_OF_MIDDLE = re.compile(r"(?<!\S)[^\W\d_]{1,3}\Z")  # "of", "on": what a line seldom ends in that is whole
_SURE = 2  # breaks in the middle of a sentence from which on a text counts as broken at a margin


def rejoined(text: str) -> str:
    """The text with a blank for each break in the middle of a sentence; as long as it was, so that all stands where it stood.

    A break is one where a line ends in a letter or a comma, and the next goes on with a small letter; in a text that has several
    such, also where a line ends in a short small word ("province on"). So only in scripts that have small letters.
    """
    breaks = [(place, text[after].islower()) for place, after in _soft_breaks(text)]
    if sum(is_sure for _, is_sure in breaks) < _SURE:
        breaks = [(place, is_sure) for place, is_sure in breaks if is_sure]
    parts: list[str] = []
    begin = 0
    for place, _ in breaks:
        parts += (text[begin:place], " ")
        begin = place + 1
    return "".join((*parts, text[begin:])) if parts else text


def _soft_breaks(text: str) -> Iterator[tuple[int, int]]:
    """Where a line feed may stand in the middle of a sentence, and where the next line begins."""
    low = 0  # where its line begins
    place = text.find("\n")
    while 0 <= place < len(text) - 1:
        end = place - 1 if text[place - 1 : place] == "\r" else place
        after = place + 1
        if end - low >= _LONG_LINE and text[after].isalnum() and (text[end - 1].isalpha() or text[end - 1] == ","):
            word = _WORD_OF_MIDDLE.search(text, end - 4, end)
            if text[after].islower() or text[end - 1] == "," or (word and word[0].islower()):
                yield place, after
        low, place = after, text.find("\n", after)
