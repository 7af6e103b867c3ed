"""Which format a file is in, told by its content before its name, and the reader of each.

A new format is a module with `read(data, where) -> Extracted`, a line in `READERS`, and a line in `format_of`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from timeline.documents import html_page, pdf_file, word_file
from timeline.documents.archive import names_in
from timeline.documents.decoding import decode
from timeline.documents.extracted import Extracted
from timeline.errors import InputError
from timeline.messages import N_

Read = Callable[[bytes, str], Extracted]

ARCHIVE = "zip"
# What a folder is searched for. A file that is named itself may have any suffix.
SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".zip")
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_EMPTY_ZIP = b"PK\x05\x06"
# The standard lets a PDF begin anywhere in its first kilobyte; beyond a few bytes of junk it is a text about PDFs.
_PDF_HEAD = 64
# How an encrypted office document names its parts, in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 2_000
_BEFORE_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>)?", re.IGNORECASE)
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_COMMENT, _COMMENT_END = b"<!--", b"-->"
_PAGE_TAG = re.compile(rb"</?(?:html|head|body|div|p|br|span|article|table|h[1-6]|a|meta)\b[^>]{0,500}>", re.IGNORECASE)
# What no text holds: control characters but white space, and halves of characters that a damaged font table gives.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def format_of(data: bytes, name: str) -> str:
    """`text`, `html`, `pdf`, `docx`, `zip`, or of what is none of these: `office`, `locked` (by a password).

    The name decides only between a page and a text that begins like neither.
    """
    if _PDF in data[: _PDF_HEAD + len(_PDF)]:
        return "pdf"
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _format_of_zip(data)
    if data.startswith(_OLE):
        return "locked" if _ENCRYPTED in data else "office"
    head = data[:_HEAD].replace(b"\x00", b"")  # UTF-16 shows its tags too
    if _starts_a_page(head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "html"
    return "html" if name.lower().endswith(_PAGE_SUFFIXES) and _PAGE_TAG.search(head) else "text"


def _starts_a_page(head: bytes) -> bool:
    """Whether the first tag is one that a page begins with; a mark, a declaration and comments may stand before it."""
    mark = _BEFORE_PAGE.match(head)
    at = mark.end() if mark else 0
    while True:  # by hand: a pattern for any number of comments tries all ways to part them
        at = len(head) - len(head[at:].lstrip())
        if not head.startswith(_COMMENT, at):
            return _PAGE_START.match(head, at) is not None
        end = head.find(_COMMENT_END, at + len(_COMMENT))
        if end < 0:
            return False
        at = end + len(_COMMENT_END)


def _format_of_zip(data: bytes) -> str:
    names = names_in(data)
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "office"
    return "office" if "mimetype" in names or "META-INF/container.xml" in names else ARCHIVE


def read_text(data: bytes, where: str) -> Extracted:
    """A plain text as it stands, byte for byte."""
    return Extracted(decode(data, where), is_plain=True)


def _refuse_office(data: bytes, where: str) -> Extracted:
    raise InputError(where, N_("it is an office document that can't be read here"), N_("save it as DOCX, PDF or a text file"))


def _refuse_archive(data: bytes, where: str) -> Extracted:
    # `documents_of` opens one that is named so; here it stands under another name, or where one document is wanted.
    raise InputError(where, N_("it is an archive, and not named as one"), N_("name it .zip, or unpack it"))


def _refuse_locked(data: bytes, where: str) -> Extracted:
    raise InputError(where, N_("it is protected by a password"), N_("save a copy without the password"))


READERS: Mapping[str, Read] = {
    "text": read_text,
    "html": html_page.read,
    "pdf": pdf_file.read,
    "docx": word_file.read,
    "office": _refuse_office,
    "locked": _refuse_locked,
    ARCHIVE: _refuse_archive,
}


def extract_text(data: bytes, name: str, where: str) -> Extracted:
    """The text of one file that is no archive, by what it contains; `name` helps where the content does not tell.

    Raises an `InputError` that names `where`, what is wrong and what to do.
    """
    extracted = READERS[format_of(data, name)](data, where)
    if extracted.is_plain or not _UNREADABLE.search(extracted.text):
        return extracted
    return replace(extracted, text=_UNREADABLE.sub(" ", extracted.text))
