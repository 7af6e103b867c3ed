"""The reader of each format that holds one text.

A new format is a module with `read(data, where) -> Extracted`, a line in `READERS`, and what tells it in `sniffing`. One that
holds several texts is a line in `unpacking.CONTAINERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from timeline.documents import epub_file, html_page, markdown_file, pdf_file, word_file
from timeline.documents.container import SPLIT, SUFFIXES, TOO_LARGE
from timeline.documents.decoding import decode
from timeline.documents.extracted import Extracted
from timeline.documents.in_child import MAX_CHARACTERS
from timeline.documents.sniffing import format_of
from timeline.errors import InputError
from timeline.messages import N_

__all__ = ["READERS", "SUFFIXES", "extract_text", "format_of", "read_as"]

# What is done with a text takes time by its length alone: this is the limit on both.
TOO_LONG = N_("it has {number:,} characters, and at most {most:,} are read at once")
_WIDEST = 4  # bytes of a character, in any encoding that is read

Read = Callable[[bytes, str], Extracted]

# What no text holds: control characters but white space, and halves of characters that a damaged font table gives.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_text(data: bytes, where: str) -> Extracted:
    """A plain text as it stands, byte for byte."""
    if len(data) > _WIDEST * MAX_CHARACTERS:
        raise InputError(where, TOO_LARGE, SPLIT, size=_WIDEST * MAX_CHARACTERS // 1_000_000)
    return Extracted(decode(data, where), is_plain=True)


def _refuse_office(data: bytes, where: str) -> Extracted:
    raise InputError(where, N_("it is an office document that can't be read here"), N_("save it as DOCX, PDF or a text file"))


def _refuse_container(data: bytes, where: str) -> Extracted:
    raise InputError(where, N_("it holds several texts, and one is wanted here"), N_("take the text out of it"))


def _refuse_locked(data: bytes, where: str) -> Extracted:
    raise InputError(where, N_("it is protected by a password"), N_("save a copy without the password"))


def _refuse_parquet(data: bytes, where: str) -> Extracted:
    remedy = N_("name the file itself to `timeline build`, or save its texts as CSV or JSON Lines")
    raise InputError(where, N_("it is a Parquet file, which is read only as a file of its own"), remedy)


READERS: Mapping[str, Read] = {
    "text": read_text,
    "markdown": markdown_file.read,
    "html": html_page.read,
    "fragment": html_page.read_fragment,
    "pdf": pdf_file.read,
    "docx": word_file.read,
    "epub": epub_file.read,
    "office": _refuse_office,
    "locked": _refuse_locked,
    "parquet": _refuse_parquet,
}


def extract_text(data: bytes, name: str, where: str) -> Extracted:
    """The text of one file that holds one, by what it contains; `name` helps where the content does not tell.

    Raises an `InputError` that names `where`, what is wrong and what to do.
    """
    return read_as(format_of(data, name), data, where)


def read_as(kind: str, data: bytes, where: str) -> Extracted:
    """The text of a file in a known format."""
    extracted = READERS.get(kind, _refuse_container)(data, where)
    if len(extracted.text) > MAX_CHARACTERS:
        raise InputError(where, TOO_LONG, SPLIT, number=len(extracted.text), most=MAX_CHARACTERS)
    if extracted.is_plain or not _UNREADABLE.search(extracted.text):
        return extracted
    return replace(extracted, text=_UNREADABLE.sub(" ", extracted.text))
