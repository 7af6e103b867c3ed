"""Lines that were broken at a margin → paragraphs, a line each."""

from __future__ import annotations

import re

_FULL_LINE = 0.75  # of the widest: text is set to the margin, the last line of a paragraph stops short of it
_NARROW = 30  # columns: where even the widest lines are shorter, it is a list or a poster, not running text
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HYPHENATED = re.compile(r"[^\W\d_]-")
_BULLET = re.compile(r"[•*▪●■◆➢✔·]\s")  # not a dash: it parts the two names of a gate
_MANY_BLANKS = re.compile(r"\n{3,}")


def unwrapped(lines: list[str], widest: float = float("inf")) -> str:
    """The paragraphs; a blank line ends one. Where the lines are set wider than `widest` columns, each is one already."""
    widths = sorted(_width(line) for line in lines if line)
    margin = widths[len(widths) * 9 // 10] if widths else 0
    full = margin * _FULL_LINE if _NARROW <= margin <= widest else float("inf")
    # Lines and what stands between them, joined once at the end: a paragraph may have as many lines as the text.
    parts: list[str] = []
    is_open = False
    for line in lines:
        if line and is_open and not _BULLET.match(line):
            parts[-1], seam = _joint(parts[-1], line)
            parts += (seam, line)
        else:
            parts += ("\n", line)
        is_open = _width(line) >= full
    return _MANY_BLANKS.sub("\n\n", "".join(parts)).strip()


def _joint(left: str, right: str) -> tuple[str, str]:
    """A line as it is before the next of its paragraph, and what stands between the two."""
    if _WIDE.match(left[-1]) and _WIDE.match(right[0]):
        return left, ""
    return (left[:-1], "") if _HYPHENATED.fullmatch(left[-2:]) and right[0].islower() else (left, " ")


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
