"""The lines of a page and what their form alone tells, in any language."""

from __future__ import annotations

import re

# Marks that end a sentence in the scripts of the world, closing quotes and brackets after them. A colon or a
# semicolon ends no headline either: what follows belongs to it.
_SENTENCE_END = re.compile(r"[.!?…:;。！？：；।॥؟۔։။៕][\s\"'»”’)\]】」』*_/]*$")
_STATEMENT_END = re.compile(r"[.…:;。：；।॥۔։။៕][\s\"'»”’)\]】」』*_/]*$")
# The end of a sentence inside a line; a shorter word may be an abbreviation (`Mr.`, `Prof.`).
_INNER_END = re.compile(r"\w{5}[.!?…][»”\"')]?\s+\w|[。！？]\w")
# The longest such ending that is looked at, so that a line without end costs nothing.
_TAIL = 12
# Characters that take two columns: one says about as much as two Latin letters. In runs, which are few.
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]+")
_LETTER = re.compile(r"[^\W\d_]")
_BULLET = re.compile(r"[-–—•*+·▪●■◆➢✔]\s")

# Widths in columns, by the pages looked at: a menu's words, the shortest headline, the longest one, and from where
# on a line without a full stop must be a paragraph all the same (Thai and Lao have no full stop).
MENU_WIDTH = 32
HEADLINE_WIDTH = 20
LONGEST_HEADLINE = 240
SENTENCE_WIDTH = 40
PARAGRAPH_WIDTH = 140


class Line:
    """`text[start:end]` without the blanks at its ends; lines of one `block` have no blank line between them.

    `width` is its length in columns (of a long line only that it is long matters); `ends_sentence` whether it ends as
    a sentence does; `is_prose` whether it is a sentence or a paragraph, as against a headline, a label or a menu.
    """

    __slots__ = ("block", "end", "ends_sentence", "is_prose", "start", "text", "width")

    def __init__(self, start: int, end: int, text: str, block: int) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.block = block
        length = len(text)
        self.width = length if length > LONGEST_HEADLINE or text.isascii() else length + sum(map(len, _WIDE.findall(text)))
        self.ends_sentence = _SENTENCE_END.search(text[-_TAIL:]) is not None
        self.is_prose = self.width >= PARAGRAPH_WIDTH or (self.ends_sentence and self.width >= SENTENCE_WIDTH)

    @property
    def has_letters(self) -> bool:
        """Does it say anything at all?"""
        return _LETTER.search(self.text) is not None

    @property
    def ends_statement(self) -> bool:
        """Like `ends_sentence`, but headlines may ask and exclaim."""
        return self.ends_sentence and _STATEMENT_END.search(self.text[-_TAIL:]) is not None

    @property
    def is_item(self) -> bool:
        """One of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def is_headline(self) -> bool:
        """Could it be a title?"""
        fits = HEADLINE_WIDTH <= self.width <= LONGEST_HEADLINE and not self.ends_statement and not self.is_item
        return fits and not self.goes_on and self.has_letters and _INNER_END.search(self.text) is None

    @property
    def is_label(self) -> bool:
        """A word or a few, as in a menu."""
        return self.width <= MENU_WIDTH and not self.ends_sentence and not self.goes_on and not self.is_item

    @property
    def goes_on(self) -> bool:
        """Does it begin in the middle of a sentence?"""
        return self.text[0].islower()


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that hold more than blanks."""
    lines: list[Line] = []
    block, last_end, begin = 0, 0, 0
    for piece in text.replace("\r", "\n").split("\n"):  # no other mark ends a line
        start, begin = begin, begin + len(piece) + 1
        content = piece.strip()
        if not content:
            continue
        start += piece.index(content[0])
        gap = text[last_end:start]
        if lines and (gap.count("\n") or gap.count("\r")) > 1:
            block += 1
        last_end = start + len(content)
        lines.append(Line(start, last_end, content, block))
    return lines
