"""The child process of `in_child`: a file on standard input, what it holds as JSON on standard output.

Run as a script, so that it loads nothing of this library: it is to start in a blink and to hold nothing of value.
Arguments: format (`pdf`, `html`, `docx`), seconds, bytes of memory, characters, and a limit of the format's own.
Answers `{"pages": […]}`, `{"text": …, "title": …, …}` or `{"lines": […]}`; where it can't, `{"fault": code}`.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

# Only what the head of a page, or its own address, says of the day, never a day met in the text; and no limit that moves with the clock.
_DAYS = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-12-31"}
_HEAD = ("title", "sitename", "hostname", "date", "url")


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the parent's clock alone must do
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _strained(memory: int) -> bool:
    """Whether the process has come to hold half of what it may: libraries in C report a block they were refused as a damaged file."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            peak = next(int(line.split()[1]) << 10 for line in status if line.startswith("VmPeak:"))
    except (OSError, StopIteration):  # no such file but on Linux, and elsewhere no such limit
        return False
    return peak > memory // 2


def _pages(data: bytes, most_characters: int, most_pages: int) -> dict[str, object]:
    """The text of each page of a PDF."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        # Many a PDF is encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "locked"}
        if len(reader.pages) > most_pages:
            return {"fault": "pages"}
        return _within(most_characters, "pages", (page.extract_text() for page in reader.pages))
    except DependencyError:
        return {"fault": "cipher"}


def _story(data: bytes, most_characters: int, _own: int) -> dict[str, object]:
    """The main text of a page in UTF-8, and what its head says."""
    from trafilatura import bare_extraction

    found = bare_extraction(data.decode("utf-8"), include_comments=False, with_metadata=True, date_extraction_params=dict(_DAYS))
    text = str(getattr(found, "text", None) or "")
    if len(text) > most_characters:
        return {"fault": "long"}
    return {"text": text, **{name: str(getattr(found, name, None) or "") for name in _HEAD}}


def _word(data: bytes, most_characters: int, most_depth: int) -> dict[str, object]:
    """The paragraphs of a DOCX, and the rows of its tables down to `most_depth` tables within tables."""
    from docx import Document

    return _within(most_characters, "lines", _lines(Document(io.BytesIO(data)), most_depth))


def _lines(container: WordDocument | _Cell, depth: int) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from (" ".join(line.split()) for line in block.text.split("\n"))
        elif depth:
            yield from _rows(block, depth - 1)


def _rows(table: Table, depth: int) -> Iterator[str]:
    """Each row as a line. Its cells are taken as they are written: one that spans columns, however many, comes once."""
    from docx.table import _Cell

    for row in table._tbl.tr_lst:
        cells = (" ".join(filter(None, _lines(_Cell(cell, table), depth))) for cell in row.tc_lst)
        line = " | ".join(filter(None, cells))
        if line:
            yield line


def _within(most_characters: int, name: str, parts: Iterator[str]) -> dict[str, object]:
    texts: list[str] = []
    left = most_characters
    for text in parts:
        texts.append(text)
        left -= len(text)
        if left < 0:
            return {"fault": "long"}
    return {name: texts}


_READERS = {"pdf": _pages, "html": _story, "docx": _word}


def main() -> None:
    """Read, answer, and be done."""
    seconds, memory, characters, own = map(int, sys.argv[2:6])
    _limit(seconds, memory)
    answer: dict[str, object]
    try:
        answer = _READERS[sys.argv[1]](sys.stdin.buffer.read(), characters, own)
    except ImportError:  # no fault of the file: the parent tells it as a child that broke
        raise
    except MemoryError:
        answer = {"fault": "memory"}
    except Exception:  # of a library on bytes from anywhere: it is to cost this file and no other
        answer = {"fault": "strained" if _strained(memory) else "damaged"}
    sys.stdout.write(json.dumps(answer))  # ASCII: lone surrogates pass unharmed


if __name__ == "__main__":
    main()
