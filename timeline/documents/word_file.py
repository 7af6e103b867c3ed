"""A DOCX → its paragraphs and the cells of its tables, in their order. It is taken apart in a process of its own (`in_child`)."""

from __future__ import annotations

from timeline.documents.archive import check_parts
from timeline.documents.extracted import Extracted
from timeline.documents.in_child import AS_TEXT, SAVE_AGAIN, SPLIT, Kind, read_in_child
from timeline.errors import InputError
from timeline.messages import N_

# The XML of a document, without its pictures: that of a book of a thousand pages.
MAX_XML_BYTES = 30_000_000
MAX_TABLE_DEPTH = 5  # tables within tables

_FAULTS = {
    "broken": (N_("the DOCX broke the program that reads it, or took it too long"), AS_TEXT),
    "slow": (N_("the DOCX takes more than {seconds} seconds to read"), AS_TEXT),
    "damaged": (N_("the DOCX is damaged"), SAVE_AGAIN),
    "memory": (N_("the DOCX needs more than {memory} MB of memory"), AS_TEXT),
    "strained": (N_("the DOCX is damaged, or needs more than {memory} MB of memory"), AS_TEXT),
    "long": (N_("the DOCX holds more than {characters:,} characters"), SPLIT),
}


def read(data: bytes, where: str) -> Extracted:
    """The words of a DOCX; a row of a table is a line, its cells parted by ` | `."""
    check_parts(data, where, (".xml", ".rels"), MAX_XML_BYTES)
    answer = read_in_child(Kind("docx", _FAULTS, MAX_TABLE_DEPTH), data, where)
    text = "\n".join(answer["lines"]).strip()
    if not text:
        raise InputError(where, N_("the document holds no text"), N_("leave it out, or save the text again"))
    return Extracted(text)
