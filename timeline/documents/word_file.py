"""A DOCX → its paragraphs and the cells of its tables, in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from timeline.documents.archive import METHODS, check_size, opened
from timeline.documents.extracted import Extracted
from timeline.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

# The XML of a document, without its pictures: that of a book of a thousand pages.
MAX_XML_BYTES = 30_000_000
MAX_TABLE_DEPTH = 5  # tables within tables


def read(data: bytes, where: str) -> Extracted:
    """The words of a DOCX; a row of a table is a line, its cells parted by ` | `."""
    _check_parts(data, where)
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
        lines = list(_lines(document))
    except Exception as fault:  # of a library on bytes from anywhere: it is to cost this file and no other
        raise InputError(where, f"the DOCX is damaged ({type(fault).__name__})", "open it and save it again") from fault
    text = "\n".join(lines).strip()
    if not text:
        raise InputError(where, "the document holds no text", "leave it out, or save the text again")
    return Extracted(text)


def _check_parts(data: bytes, where: str) -> None:
    """Refuse what would fill the memory before any of it is unpacked."""
    with opened(data, where) as file:
        check_size(file, len(data), where)
        xml = sum(info.file_size for info in file.infolist() if info.filename.lower().endswith((".xml", ".rels")))
        odd = any(info.compress_type not in METHODS for info in file.infolist())
    if odd:
        raise InputError(where, "it is packed in a way that can't be read here", "open it and save it again")
    if xml > MAX_XML_BYTES:
        raise InputError(where, f"its text unpacks to more than {MAX_XML_BYTES // 1_000_000} MB", "split it, or save it as a text file")


def _lines(container: WordDocument | _Cell, depth: int = 0) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from (" ".join(line.split()) for line in block.text.split("\n"))
        elif depth < MAX_TABLE_DEPTH:
            yield from _rows(block, depth + 1)


def _rows(table: Table, depth: int) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: list[object] = []
        for cell in row.cells:
            if any(cell._tc is other for other in seen):  # a merged cell comes once for each column that it spans
                continue
            seen.append(cell._tc)
            cells.append(" ".join(filter(None, _lines(cell, depth))))
        line = " | ".join(filter(None, cells))
        if line:
            yield line
