"""A file of packed members, as crawlers write them (each record packed by itself) → the members, each as a stream of its own.

A member that is damaged costs itself: the next one is where its mark stands and what it unpacks to begins as a record does.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from timeline.documents.container import MAX_RATIO, RATIO_FROM

MARK = b"\x1f\x8b\x08"  # of gzip, and its one method
RECORD = b"WARC/"  # how the record in a member begins
_GZIP = 31  # what zlib calls it
_BLOCK = 1 << 16  # bytes read at once
_HEAD = 1 << 10  # bytes of a member that tell how it begins, whatever name of a file stands before


class DamagedError(ValueError):
    """A member ends before its end, makes no sense, or unpacks to more than any text does.

    Not an `EOFError`, which the reader of records takes for the end of them all.
    """


def is_packed_crawl(head: bytes, is_called_so: bool = False) -> bool:
    """Whether a file that begins so is one of packed records; by its name too, where the first of them is damaged."""
    begins = _begins(head) if head.startswith(MARK) else None
    return begins == RECORD or (is_called_so and begins == b"")


def _begins(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(_GZIP).decompress(packed[:_HEAD], len(RECORD))
    except zlib.error:
        return b""


class PackedMember(io.RawIOBase):
    """What one member unpacks to, up to where it is damaged: there `read` raises `DamagedError`."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._inflate = zlib.decompressobj(_GZIP)
        self._packed = 0
        self.size = 0  # bytes unpacked so far

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, and fewer where more must be read for them first; all where it is negative."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        while not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._source.take()
            data = self._unpack(packed, size)
            if data:
                return data
            if not packed:
                raise DamagedError
        return b""

    def _unpack(self, packed: bytes, size: int) -> bytes:
        try:
            data = self._inflate.decompress(packed, size)
        except zlib.error as fault:
            raise DamagedError from fault
        self._packed += len(packed) - len(self._inflate.unconsumed_tail) - len(self._inflate.unused_data)
        self.size += len(data)
        if self._inflate.eof:
            self._source.give_back(self._inflate.unused_data)
        if self.size > RATIO_FROM and self.size > self._packed * MAX_RATIO:
            raise DamagedError
        return data

    def is_whole(self) -> bool:
        """Whether what is left of it can be read; it is read."""
        try:
            while self.read(_BLOCK):
                pass
        except DamagedError:
            return False
        return True


def packed_members(file: BinaryIO) -> Iterator[PackedMember]:
    """The members of a file that can be sought in, one after the other; what is left of one is passed over."""
    source = _Source(file)
    while (start := source.after_padding()) is not None:
        member = PackedMember(source)
        yield member
        if not member.is_whole() and not source.find(start + 1):
            return


class _Source:
    """The packed bytes, of which a member gives back what is not its own."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = b""
        self._at = file.tell()  # of what is read next

    def take(self) -> bytes:
        data, self._left = self._left or self._file.read(_BLOCK), b""
        self._at += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        self._left = data
        self._at -= len(data)

    def after_padding(self) -> int | None:
        """Where the next member begins: some tools fill up with zeros. None at the end."""
        while data := self.take():
            self.give_back(data.lstrip(b"\x00"))
            if self._left:
                return self._at
        return None

    def find(self, start: int) -> bool:
        """Go to the first record at or behind `start`."""
        self._file.seek(start)
        at, window = start, b""
        while block := self._file.read(_BLOCK):
            window += block
            place = window.find(MARK)
            while place >= 0:
                if is_packed_crawl(self._ahead(at + place, window[place:])):
                    self._file.seek(at + place)
                    self._at, self._left = at + place, b""
                    return True
                place = window.find(MARK, place + 1)
            kept = len(MARK) - 1
            at, window = at + len(window) - kept, window[-kept:]
        return False

    def _ahead(self, at: int, seen: bytes) -> bytes:
        """The head of what may be a member; the file stays where it is."""
        if len(seen) >= _HEAD:
            return seen[:_HEAD]
        here = self._file.tell()
        self._file.seek(at)
        head = self._file.read(_HEAD)
        self._file.seek(here)
        return head
