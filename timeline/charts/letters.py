"""How wide a text is, and its lines: a Chinese character takes the room of two Latin letters, and a line may break beside it."""

from __future__ import annotations

import math
import re
import unicodedata

_WIDE_LETTER = 1.9  # of a Latin letter, for a Chinese one
_CUT = "…"
# What no line breaks within: a wide character with the sign that closes behind it, or a run of others.
_ATOM = re.compile(r"[\u2e80-\u9fff\uf900-\uffef][，、。；：）」』》—]*|[^\s\u2e80-\u9fff\uf900-\uffef]+|\s+")


def letters(text: str) -> float:
    """Length in Latin letters."""
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + (_WIDE_LETTER - 1) * wide


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """The text in lines of at most `width` Latin letters, about as long as each other.

    What has no room in so many lines is cut, with a sign that it is.
    """
    found = _filled(text, width)
    if len(found) > lines:
        return [*found[: lines - 1], _cut(found[lines - 1], width)]
    even = math.ceil(letters(text) / len(found)) if found else width
    return next((tried for narrower in range(even, width) if len(tried := _filled(text, narrower)) == len(found)), found)


def _filled(text: str, width: float) -> list[str]:
    """As few lines as there can be; an atom longer than a line has one of its own."""
    found = [""]
    for atom in _ATOM.findall(text.strip()):
        if found[-1] and letters((found[-1] + atom).rstrip()) > width:
            found.append("")
        found[-1] += atom if found[-1] else atom.lstrip()
    return [line.rstrip() for line in found if line]


def _cut(line: str, width: float) -> str:
    while line and letters(line + _CUT) > width:
        line = line[:-1]
    return line.rstrip() + _CUT
