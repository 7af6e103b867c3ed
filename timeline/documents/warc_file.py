"""A crawl (WARC, or its texts as WET) → the pages, texts and PDFs in it, each with the address that it was fetched from.

Records are read one after the other, from a stream. A damaged one costs itself where the file can be sought in: the next begins
where a line says so, or where the next packed member does.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from timeline.documents.container import MAX_MEMBER_BYTES, MAX_TOTAL_BYTES, SPLIT, TOO_LARGE, Budget, Member
from timeline.documents.extracted import Told
from timeline.documents.packed_members import DamagedError, PackedMember, packed_members
from timeline.errors import InputError
from timeline.messages import N_

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

# What was fetched, what was put beside it, and the text that was made of it; not requests, nor what was fetched before.
_KINDS = frozenset(("response", "resource", "conversion"))
_FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}
_NO_TEXTS = ("/robots.txt", "/llms.txt", "/ads.txt", "/humans.txt", "/security.txt")
_BLOCK = 1 << 20  # bytes read at once: a line that never ends is put together of as few as possible
_START = re.compile(rb"\nWARC/1\.\d\r?\n[A-Za-z-]+:")
_LONGEST_START = 80  # bytes of such a match
_LONGEST_HEAD = 1 << 20  # bytes of a record's head and its answer's: the library reads lines of any length, and any number of them
# What a host packs an answer in, by what zlib calls it.
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_BARE = -15  # deflate without its head, as some hosts send it
_AGAIN = N_("fetch it again")

Items = Iterator[Member | InputError]


@dataclass(slots=True)
class _Count:
    """Records that were met, those of them that held a text, and whether the last one is not done with."""

    records: int = 0
    texts: int = 0
    is_open: bool = False

    def pass_over(self) -> int:
        """The number of a record at fault: the last one, or where that was done with the one behind it, which then counts as met."""
        self.records += not self.is_open
        self.is_open = False
        return self.records


def members(data: bytes, _name: str, where: str, budget: Budget) -> Items:
    """The records of a crawl that hold a text, by their number; of one that is cut off, those before, and its `InputError`."""
    yield from records(io.BytesIO(data), where, budget)


def records(file: BinaryIO, where: str, budget: Budget | None = None) -> Items:
    """The same of a file that can be sought in; without a budget it may hold any number of texts."""
    count = _Count()
    archive = _archive(file)
    while True:
        try:
            yield from _texts(archive, count, where, budget)
            break
        except InputError:
            raise
        except Exception as fault:  # whatever the library stumbles on
            start = _next_start(file, archive.offset)
            if start is None:
                raise _ended(where, count) from fault
            yield _damaged(where, count)
        file.seek(start)
        archive = _archive(file)
    _check(count, where)


def packed_records(file: BinaryIO, where: str, budget: Budget | None = None) -> Items:
    """The records of a crawl of packed members, each a record (or, in some, all of them one)."""
    count = _Count()
    fault: Exception | None = None
    unpacked = 0
    for member in packed_members(file):
        if fault is not None:
            yield _damaged(where, count)
        fault = None
        try:
            yield from _texts(_archive(member), count, where, budget)
        except InputError:
            raise
        except Exception as other:
            fault = other
        unpacked += member.size
        if budget is not None and unpacked > MAX_TOTAL_BYTES:
            raise InputError(where, N_("the archive unpacks to more than {size} MB"), SPLIT, size=MAX_TOTAL_BYTES // 1_000_000)
    if fault is not None:
        raise _ended(where, count) from fault
    _check(count, where)


@dataclass(slots=True)
class _Head:
    """The lines of a record's head, until they are more than any has."""

    readline: Callable[[int], bytes]
    left: int = _LONGEST_HEAD

    def __call__(self, length: int | None = None) -> bytes:
        line = self.readline(self.left if length is None else min(length, self.left))
        self.left -= len(line)
        if not self.left:
            raise DamagedError
        return line


def _archive(stream: BinaryIO | PackedMember) -> ArchiveIterator:
    from warcio.archiveiterator import ArchiveIterator

    archive = ArchiveIterator(stream, block_size=_BLOCK)
    archive.reader.readline = _Head(archive.reader.readline)
    return archive


def _texts(archive: ArchiveIterator, count: _Count, where: str, budget: Budget | None) -> Items:
    """The texts from here on. What the library did not see coming is raised; `count` then says how far it came."""
    for record in archive:
        count.records += 1
        count.is_open = True
        archive.reader.readline.left = _LONGEST_HEAD
        kind = _format(record)
        item = _read(record, kind, f"{where}/{count.records}", str(count.records)) if kind else None
        if _is_cut(record):
            raise EOFError
        count.is_open = False
        if item is not None:
            count.texts += 1
            if budget is not None:
                budget.take_text(len(item.data) if isinstance(item, Member) else 0, where)
            yield item


def _ended(where: str, count: _Count) -> InputError:
    why = N_("it is damaged or cut off at record {number:,}; what stands before that was read")
    return InputError(where, why, _AGAIN, number=count.pass_over())


def _damaged(where: str, count: _Count) -> InputError:
    """That a record is damaged, which is passed over."""
    return InputError(f"{where}/{count.pass_over()}", N_("the record is damaged; those behind it were read"), _AGAIN)


def _check(count: _Count, where: str) -> None:
    if not count.texts:
        raise InputError(where, N_("none of its records holds a page or a text"), N_("leave it out, or save the text again"))


def _next_start(file: BinaryIO, at: int) -> int | None:
    """Where the first record behind `at` begins, of which the line above is blank, or ends what was damaged."""
    file.seek(at)
    window = b""
    while block := file.read(_BLOCK):
        window += block
        if match := _START.search(window):
            return at + match.start() + 1
        at, window = at + len(window) - min(len(window), _LONGEST_START), window[-_LONGEST_START:]
    return None


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
    is_huge = (record.length or 0) > MAX_TOTAL_BYTES  # a chunk of an answer, which may be all of it, is put together before it is read
    data = b"" if is_huge else _content(record, MAX_MEMBER_BYTES + 1)
    if is_huge or len(data) > MAX_MEMBER_BYTES:
        return InputError(where, TOO_LARGE, SPLIT, size=MAX_MEMBER_BYTES // 1_000_000)
    if data.startswith(b"%PDF-"):
        kind = "pdf"
    # What the host said of the encoding is surer than what the page does.
    charset = "" if kind == "pdf" else _media(record).lower().partition("charset=")[2].partition(";")[0].strip(" \t\"'")
    return Member(name, data, kind, Told(source_url=_address(record)), charset)


def _content(record: ArcWarcRecord, most: int) -> bytes:
    """What an answer holds, unpacked to `most` bytes and no further: the library unpacks a block, or a chunk, to all that it is."""
    from warcio.bufferedreaders import ChunkedDataReader

    stream, said = record.raw_stream, record.http_headers
    if said and str(said.get_header("Transfer-Encoding")).lower() == "chunked":
        stream = ChunkedDataReader(stream)
    kind = _PACKED.get(str(said.get_header("Content-Encoding")).strip().lower()) if said else None
    first: bytes = stream.read(_BLOCK if kind else most)
    if not kind:
        return first
    for bits in (kind, _BARE):
        inflate = zlib.decompressobj(bits)
        try:
            data = inflate.decompress(first, most)
        except zlib.error:
            continue
        return data + _unpacked(inflate, stream, most - len(data))
    return first + bytes(stream.read(most))  # hosts say so of what is not packed, too


def _unpacked(inflate: zlib._Decompress, stream: BinaryIO, left: int) -> bytes:
    """The rest of what is packed, as far as it is in order."""
    parts: list[bytes] = []
    while left > 0 and not inflate.eof and (block := inflate.unconsumed_tail or stream.read(_BLOCK)):
        try:
            parts.append(inflate.decompress(block, left))
        except zlib.error:
            break
        left -= len(parts[-1])
    return b"".join(parts)


def _is_cut(record: ArcWarcRecord) -> bool:
    """Whether the file ends before the record does: in its head, or although all of it was read and more was announced."""
    stream = record.raw_stream
    while record.length is not None and stream.read(_BLOCK):
        pass
    return record.length is None or stream.limit > 0
