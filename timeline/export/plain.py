"""Text made fit for the files that people open: no control characters, no formulas, or one clear error."""

from __future__ import annotations

import re

from timeline.errors import TableError
from timeline.text.formulas import SIGNS, UNSEEN

# Controls but for tab and newline, halves of surrogate pairs, and what Unicode says is no character: XML, and so
# Excel, knows none of them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?|\x85|\u2028|\u2029")
# The place before a sign at the start of a cell, and wherever a program that reads another separator, or no quotes, would begin
# a cell: behind a bar, too, which is a sign itself.
_FORMULA = re.compile(rf"""(?:^|(?<=[,;|\t\n"]))(?:(?![\t\n]){UNSEEN})*(?={SIGNS})""")


def printable(text: str) -> str:
    """The text without control characters, every end of a line a newline, no blanks around it."""
    return _UNPRINTABLE.sub("", _NEWLINE.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """The same with every run of blanks as one blank."""
    return " ".join(printable(text).split())


def disarmed(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what could begin one.

    OWASP ASVS 5.0, 1.2.10, and the separators of other locales besides, for a list is joined by them.
    """
    return _FORMULA.sub(r"\g<0>'", text)


def encoded(text: str, what: str) -> bytes:
    """UTF-8. `TableError` on half of a surrogate pair, which stands for no character."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise TableError(f"{what}: {text[fault.start]!r} is half of a character and cannot be written") from fault
