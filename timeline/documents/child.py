"""The child process of `in_child`: a file on standard input, what it holds as JSON on standard output.

Run as a script, so that it loads nothing of this library but what stands beside it: it is to start in a blink and to hold nothing of value.
Arguments: format (a key of `_READERS`), seconds, bytes of memory, characters, and a limit of the format's own.
Answers `{"pages": […]}`, `{"text": …, "title": …, …}`, `{"lines": […]}`, `{"rows": […]}` or `{"items": […]}`; where it can't,
`{"fault": code}`.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell


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
    """The main text of a page in UTF-8, what stands about it, and what its head says."""
    found: dict[str, object] = _beside("child_page").story(data.decode("utf-8"), _beside("child_markup").lines_of)
    return {"fault": "long"} if len(str(found["text"])) > most_characters else found


def _beside(name: str) -> Any:
    """A module that stands beside this script, and is on no path."""
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _markup(name: str) -> Callable[[bytes, int, int], dict[str, object]]:
    """A reader of `child_markup`, loaded when it is wanted."""

    def read(data: bytes, most_characters: int, own: int) -> dict[str, object]:
        answer: dict[str, object] = getattr(_beside("child_markup"), name)(data, most_characters, own)
        return answer

    return read


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


def _sheet(data: bytes, most_characters: int, most_rows: int) -> dict[str, object]:
    """The cells of the first sheet of a workbook, as texts; `most_rows` rows of it, if not 0."""
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except PasswordError:
        return {"fault": "locked"}
    # What stands above and to the left of the first cell is skipped only where a whole row or column is blank.
    rows = ([_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False, nrows=most_rows or None))
    return _within(most_characters, "rows", rows)


def _cell(value: object) -> str:
    """A cell as people see it: a day without the midnight that spreadsheets give it, a whole number without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _within(most_characters: int, name: str, parts: Iterator[str] | Iterator[list[str]]) -> dict[str, object]:
    taken: list[str | list[str]] = []
    left = most_characters
    for part in parts:
        taken.append(part)
        left -= len(part) if isinstance(part, str) else len(part) + sum(map(len, part))  # cells without a word fill a memory too
        if left < 0:
            return {"fault": "long"}
    return {name: taken}


_READERS = {
    "pdf": _pages,
    "html": _story,
    "docx": _word,
    "sheet": _sheet,
    **{name: _markup(name) for name in ("fragment", "epub", "feed")},
}


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
