"""A PDF → its text. It is taken apart in a process of its own, which a hostile file may kill, stall or fill."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from timeline.documents.extracted import Extracted
from timeline.errors import InputError

# A scanned report of some hundred pages weighs 20–50 MB; its text, if any, a fraction of that.
MAX_PDF_BYTES = 50_000_000
# A report of 300 pages takes pypdf some ten seconds.
MAX_SECONDS = 30
MAX_MEMORY = 1 << 30  # bytes of address space: Python and pypdf take 100 MB, a page of drawings 200
MAX_PAGES = 1_000
MAX_CHARACTERS = 5_000_000

_CHILD = Path(__file__).with_name("pdf_child.py")
_AS_TEXT = "save its words as a text file"
_FAULTS = {
    "locked": ("it is protected by a password", "save a copy without the password"),
    "cipher": ("it is encrypted in a way that can't be read here", "save a copy without encryption"),
    "damaged": ("the PDF is damaged", f"open it and save it again, or {_AS_TEXT}"),
    "memory": (f"the PDF needs more than {MAX_MEMORY >> 30} GB of memory", _AS_TEXT),
    "pages": (f"the PDF has more than {MAX_PAGES} pages", "split it"),
    "long": (f"the PDF holds more than {MAX_CHARACTERS:,} characters", "split it"),
}

_FULL_LINE = 0.75  # of the widest: text is set to the margin, the last line of a paragraph stops short of it
_NARROW = 30  # characters: where even the widest lines are shorter, it is a list or a poster, not running text
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?")
_REPEATED = 3  # pages: what heads or ends as many alike is no part of the text


def read(data: bytes, where: str) -> Extracted:
    """The words of a PDF, lines joined to paragraphs, without page numbers and lines that head or end every page."""
    if len(data) > MAX_PDF_BYTES:
        raise InputError(where, f"the PDF is larger than {MAX_PDF_BYTES // 1_000_000} MB", "split it, or save its words as a text file")
    limits = [str(limit) for limit in (MAX_SECONDS, MAX_MEMORY, MAX_PAGES, MAX_CHARACTERS)]
    try:
        # -P keeps the child's folder off its path, where files of ours would stand for modules of the library.
        command = [sys.executable, "-P", str(_CHILD), *limits]
        child = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(where, f"the PDF takes more than {MAX_SECONDS} seconds to read", _AS_TEXT) from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        raise InputError(where, "the PDF broke the program that reads it, or took it too long", _AS_TEXT) from None
    if "fault" in answer:
        raise InputError(where, *_FAULTS[answer["fault"]])
    text = text_of_pages(answer["pages"])
    if not text:
        raise InputError(where, "the PDF holds pictures of pages and no text", "have its text recognised (OCR), and give that")
    return Extracted(text)


def text_of_pages(pages: list[str]) -> str:
    """The running text of all pages: one line a paragraph, a blank line where a page or a block ends."""
    split = [_without_number([line.strip() for line in page.splitlines()]) for page in pages]
    repeated = _repeated(split)
    kept = [line for lines in split for line in [*_without(lines, repeated), ""]]
    widths = sorted(_width(line) for line in kept if line)
    widest = widths[len(widths) * 9 // 10] if widths else 0
    full = widest * _FULL_LINE if widest >= _NARROW else float("inf")
    paragraphs: list[str] = []
    is_open = False
    for line in kept:
        if line and is_open:
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        is_open = _width(line) >= full
    return re.sub(r"\n{3,}", "\n\n", "\n".join(paragraphs)).strip()


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


def _joined(left: str, right: str) -> str:
    if _WIDE.match(left[-1]) and _WIDE.match(right[0]):
        return left + right
    return left[:-1] + right if _HYPHENATED.search(left) and right[0].islower() else f"{left} {right}"


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))
