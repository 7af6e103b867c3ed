"""A PDF → its text. It is taken apart in a process of its own (`in_child`)."""

from __future__ import annotations

import re
from collections import Counter

from timeline.documents.extracted import Extracted
from timeline.documents.in_child import AS_TEXT, SAVE_AGAIN, SPLIT, Kind, read_in_child
from timeline.documents.wrapping import unwrapped
from timeline.errors import InputError
from timeline.messages import N_

# A scanned report of some hundred pages weighs 20–50 MB; its text, if any, a fraction of that.
MAX_PDF_BYTES = 50_000_000
MAX_PAGES = 1_000

_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?")
_REPEATED = 3  # pages: what heads or ends as many alike is no part of the text

_FAULTS = {
    "broken": (N_("the PDF broke the program that reads it, or took it too long"), AS_TEXT),
    "slow": (N_("the PDF takes more than {seconds} seconds to read"), AS_TEXT),
    "damaged": (N_("the PDF is damaged"), SAVE_AGAIN),
    "memory": (N_("the PDF needs more than {memory} MB of memory"), AS_TEXT),
    "strained": (N_("the PDF is damaged, or needs more than {memory} MB of memory"), AS_TEXT),
    "long": (N_("the PDF holds more than {characters:,} characters"), SPLIT),
    "locked": (N_("it is protected by a password"), N_("save a copy without the password")),
    "cipher": (N_("it is encrypted in a way that can't be read here"), N_("save a copy without encryption")),
    "pages": (N_("the PDF has more than {limit} pages"), SPLIT),
}


def read(data: bytes, where: str) -> Extracted:
    """The words of a PDF, lines joined to paragraphs, without page numbers and lines that head or end every page."""
    if len(data) > MAX_PDF_BYTES:
        remedy = N_("split it, or save its words as a text file")
        raise InputError(where, N_("the PDF is larger than {size} MB"), remedy, size=MAX_PDF_BYTES // 1_000_000)
    answer = read_in_child(Kind("pdf", _FAULTS, MAX_PAGES), data, where)
    text = text_of_pages(answer["pages"])
    if not text:
        raise InputError(where, N_("the PDF holds pictures of pages and no text"), N_("have its text recognised (OCR), and give that"))
    return Extracted(text)


def text_of_pages(pages: list[str]) -> str:
    """The running text of all pages: one line a paragraph, a blank line where a page or a block ends."""
    split = [_without_number([line.strip() for line in page.splitlines()]) for page in pages]
    repeated = _repeated(split)
    kept = [line for lines in split for line in [*_without(lines, repeated), ""]]
    return unwrapped(kept)


def _without_number(lines: list[str]) -> list[str]:
    """A page without blank lines at its ends, and without its number there."""
    lines = "\n".join(lines).strip("\n").split("\n")
    for at in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[at]):
            del lines[at]
    return lines


def _repeated(pages: list[list[str]]) -> frozenset[str]:
    counts = Counter(line for lines in pages for line in {lines[0], lines[-1]} if line) if all(pages) else Counter[str]()
    return frozenset(line for line, count in counts.items() if count >= max(_REPEATED, len(pages) // 2))


def _without(lines: list[str], repeated: frozenset[str]) -> list[str]:
    last = len(lines) - 1
    return [line for k, line in enumerate(lines) if not (k in (0, last) and line in repeated)]
