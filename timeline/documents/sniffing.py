"""Which format a file is in, told by its content before its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from timeline.documents.archive import first_bytes, names_in
from timeline.documents.columns import holds_texts, names_in_head

_PDF, _GZIP, _WARC, _PARQUET = b"%PDF-", b"\x1f\x8b", b"WARC/", b"PAR1"
_MARKS = {_GZIP: "gzip", _WARC: "warc", _PARQUET: "parquet"}
_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The standard lets a PDF begin anywhere in its first kilobyte; beyond a few bytes of junk it is a text about PDFs.
_PDF_HEAD = 64
# How an encrypted office document names its parts, and an old table its own, in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = ("Workbook\x00".encode("utf-16-le"), "Book\x00".encode("utf-16-le"))
_WORKBOOK_PARTS, _EPUB_PART = frozenset(("xl/workbook.xml", "xl/workbook.bin")), "META-INF/container.xml"
_EPUB, _ODS = b"application/epub+zip", b"application/vnd.oasis.opendocument.spreadsheet"

_HEAD = 4_000
_BEFORE_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>)?", re.IGNORECASE)
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED_START = re.compile(
    rb"<!doctype\s+(?:rss|feed|rdf)\b|<(?:\w{1,20}:)?(?:rss|feed|rdf)\b[^>]{0,2000}(?:\bversion\s*=|/Atom[\"']|purl\.org/rss/|netscape\.com/rdf/)",
    re.IGNORECASE,
)
_COMMENT, _COMMENT_END = b"<!--", b"-->"
_STYLESHEET = re.compile(rb"<\?xml-stylesheet[^>]{0,500}\?>", re.IGNORECASE)
_PAGE_TAG = re.compile(rb"</?(?:html|head|body|div|p|br|span|article|table|h[1-6]|a|meta)\b[^>]{0,500}>", re.IGNORECASE)
# An object, or a list of them: nothing else that is read is JSON.
_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})")
# A mail begins with lines that each name a field; of those that every mail has some there must be two.
_FIELD = re.compile(rb"([!-9;-~]{1,76}):[ \t\r\n]")
_MAIL_FIELDS = frozenset(
    (b"from", b"to", b"date", b"subject", b"message-id", b"mime-version", b"received", b"return-path", b"content-type")
)
_FEWEST_FIELDS = 2

# What the name decides, where the content tells nothing.
_BY_NAME = {
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".csv", ".tsv"), "delimited"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "json"),
    **dict.fromkeys((".eml", ".mht", ".mhtml"), "mail"),
    **dict.fromkeys((".warc", ".wet"), "warc"),
    **dict.fromkeys((".rss", ".atom"), "feed"),
}
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


def format_of(data: bytes, name: str) -> str:
    """The name of the reader in `formats.READERS` or of the container in `unpacking.CONTAINERS` that a file is for.

    Of what is none: `office`, `locked` (by a password), `parquet`. The name decides only where the content begins like nothing known.
    """
    told = _by_signature(data)
    if told:
        return told
    head = data[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")  # UTF-16 shows its tags too
    return _by_start(head) or _by_name(head, name.lower())


def format_of_words(data: bytes) -> str:
    """The same of a text within a table or a feed: `text`, `html` (a whole page) or `fragment` (words with tags)."""
    if _tag_start(data[:_HEAD], _PAGE_START):
        return "html"
    return "fragment" if _PAGE_TAG.search(data) else "text"


def _by_signature(data: bytes) -> str:
    if _PDF in data[: _PDF_HEAD + len(_PDF)]:
        return "pdf"
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _format_of_zip(data)
    if data.startswith(_OLE):
        return "locked" if _ENCRYPTED in data else "sheet" if any(name in data for name in _WORKBOOKS) else "office"
    return next((kind for mark, kind in _MARKS.items() if data.startswith(mark)), "")


def _by_start(head: bytes) -> str:
    if _tag_start(head, _PAGE_START):
        return "html"
    if _tag_start(head, _FEED_START):
        return "feed"
    if _JSON_START.match(head):
        return "json"
    return "mail" if _starts_a_mail(head) else ""


def _by_name(head: bytes, name: str) -> str:
    if name.endswith(_PAGE_SUFFIXES):
        return "html" if _PAGE_TAG.search(head) else "text"
    if not PurePosixPath(name).suffix:  # standard input: the head of a table is all that tells one
        return "delimited" if holds_texts(names_in_head(head.decode("utf-8", "replace"))) else "text"
    return next((kind for suffix, kind in _BY_NAME.items() if name.endswith(suffix)), "text")


def _tag_start(head: bytes, start: re.Pattern[bytes]) -> bool:
    """Whether the first tag is of this kind; a mark, a declaration and comments may stand before it."""
    mark = _BEFORE_PAGE.match(head)
    at = mark.end() if mark else 0
    while True:  # by hand: a pattern for any number of comments tries all ways to part them
        at = len(head) - len(head[at:].lstrip())
        if sheet := _STYLESHEET.match(head, at):
            at = sheet.end()
        elif not head.startswith(_COMMENT, at):
            return start.match(head, at) is not None
        else:
            end = head.find(_COMMENT_END, at + len(_COMMENT))
            if end < 0:
                return False
            at = end + len(_COMMENT_END)


def _starts_a_mail(head: bytes) -> bool:
    found: set[bytes] = set()
    lines = head.splitlines(keepends=True)
    for line in lines[:-1] if len(head) == _HEAD else lines:  # the last may be cut off
        if not line.strip():
            break
        if line[:1] in b" \t" or (not found and line.startswith(b"From ")):  # a field goes on; how mailboxes head each mail
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        found.add(field[1].lower())
    return len(found & _MAIL_FIELDS) >= _FEWEST_FIELDS


def _format_of_zip(data: bytes) -> str:
    names = names_in(data)
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "sheet" if names & _WORKBOOK_PARTS else "office"
    if "mimetype" not in names and _EPUB_PART not in names:
        return "zip"
    kind = first_bytes(data, "mimetype")
    return "epub" if kind.startswith(_EPUB) or not kind else "sheet" if kind.startswith(_ODS) else "office"
