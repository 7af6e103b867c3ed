"""A crawl (WARC, or its texts as WET) → the pages, texts and PDFs in it, each with the address that it was fetched from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from timeline.documents.container import MAX_MEMBER_BYTES, SPLIT, TOO_LARGE, Budget, Member
from timeline.documents.extracted import Told
from timeline.documents.html_page import as_utf8
from timeline.errors import InputError
from timeline.messages import N_

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

# What was fetched, what was put beside it, and the text that was made of it; not requests, nor what was fetched before.
_KINDS = frozenset(("response", "resource", "conversion"))
_FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}
_NO_TEXTS = ("/robots.txt", "/llms.txt", "/ads.txt", "/humans.txt", "/security.txt")
_BLOCK = 1 << 20  # bytes read at once: a line that never ends is put together of as few as possible


def members(data: bytes, _name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The records of a crawl that hold a text, by their number; of one that is cut off, those before, and its `InputError`."""
    yield from records(io.BytesIO(data), where, budget)


def records(stream: BinaryIO | io.RawIOBase, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The same of a stream."""
    from warcio.archiveiterator import ArchiveIterator

    number = found = 0
    try:
        for record in ArchiveIterator(stream, block_size=_BLOCK):
            number += 1
            kind = _format(record)
            item = _read(record, kind, f"{where}/{number}", str(number)) if kind else None
            if _is_cut(record):
                raise EOFError
            if item is not None:
                found += 1
                budget.take_text(len(item.data) if isinstance(item, Member) else 0, where)
                yield item
    except InputError:
        raise
    except Exception as fault:  # whatever the library stumbles on: what it did not see coming costs the rest, not what was read
        why = N_("it is damaged or cut off at record {number:,}; what stands before that was read")
        raise InputError(where, why, N_("fetch it again"), number=number + (not isinstance(fault, EOFError))) from fault
    if not found:
        raise InputError(where, N_("none of its records holds a page or a text"), N_("leave it out, or save the text again"))


def _format(record: ArcWarcRecord) -> str:
    """The format of a record's text; empty where it has none, or is an answer that the page could not be had."""
    if record.rec_type not in _KINDS or _address(record).endswith(_NO_TEXTS):
        return ""
    if record.http_headers and not record.http_headers.get_statuscode().startswith("2"):
        return ""
    return _FORMATS.get(_media(record).partition(";")[0].strip().lower(), "")


def _media(record: ArcWarcRecord) -> str:
    told = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return str(told or "")


def _address(record: ArcWarcRecord) -> str:
    return str(record.rec_headers.get_header("WARC-Target-URI") or "")


def _read(record: ArcWarcRecord, kind: str, where: str, name: str) -> Member | InputError:
    data: bytes = record.content_stream().read(MAX_MEMBER_BYTES + 1)
    if len(data) > MAX_MEMBER_BYTES:
        return InputError(where, TOO_LARGE, SPLIT, size=MAX_MEMBER_BYTES // 1_000_000)
    if data.startswith(b"%PDF-"):
        kind = "pdf"
    if kind != "pdf":  # what the host said of the encoding is surer than what the page does
        data = as_utf8(data, _media(record).lower().partition("charset=")[2])
    return Member(name, data, kind, Told(source_url=_address(record)))


def _is_cut(record: ArcWarcRecord) -> bool:
    """Whether the file ends before the record does: in its head, or although all of it was read and more was announced."""
    stream = record.raw_stream
    while record.length is not None and stream.read(_BLOCK):
        pass
    return record.length is None or stream.limit > 0
