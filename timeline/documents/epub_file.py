"""A book (EPUB) → its chapters in the order in which they are read. It is taken apart in a process of its own (`in_child`)."""

from __future__ import annotations

from timeline.documents.archive import check_parts
from timeline.documents.extracted import Extracted, with_title
from timeline.documents.in_child import AS_TEXT, SAVE_AGAIN, SPLIT, Kind, read_in_child
from timeline.errors import InputError
from timeline.messages import N_

MAX_MARKUP_BYTES = 30_000_000  # of its chapters, without pictures: a book of a thousand pages has some three
_MARKUP = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx", ".svg")

_FAULTS = {
    "broken": (N_("the EPUB broke the program that reads it, or took it too long"), AS_TEXT),
    "slow": (N_("the EPUB takes more than {seconds} seconds to read"), AS_TEXT),
    "damaged": (N_("the EPUB is damaged"), SAVE_AGAIN),
    "memory": (N_("the EPUB needs more than {memory} MB of memory"), AS_TEXT),
    "strained": (N_("the EPUB is damaged, or needs more than {memory} MB of memory"), AS_TEXT),
    "long": (N_("the EPUB holds more than {characters:,} characters"), SPLIT),
    "locked": (N_("its text is encrypted"), N_("save a copy without encryption")),
}


def read(data: bytes, where: str) -> Extracted:
    """The words of a book, a paragraph a line, under its title."""
    check_parts(data, where, _MARKUP, MAX_MARKUP_BYTES)
    found = read_in_child(Kind("epub", _FAULTS), data, where)
    text = "\n".join(found["lines"]).strip()
    if not text:
        raise InputError(where, N_("the document holds no text"), N_("leave it out, or save the text again"))
    title = found["title"]
    return Extracted(with_title(title, text), title=title, publisher=found["publisher"], published=found["date"])
