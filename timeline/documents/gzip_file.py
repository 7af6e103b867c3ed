"""A file packed by gzip → what is in it, as a stream that ends where no text would go on."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from timeline.documents import warc_file
from timeline.documents.container import (
    MAX_MEMBER_BYTES,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    RATIO_FROM,
    SPLIT,
    TOO_LARGE,
    Budget,
    Member,
)
from timeline.documents.packed_members import is_packed_crawl
from timeline.errors import InputError
from timeline.messages import N_


class Unpacked(io.RawIOBase):
    """The bytes in a packed file. `read` raises an `InputError` where it is damaged, cut off, or unpacks to too much, but not before
    all that stands before that was read."""

    def __init__(self, data: bytes, where: str) -> None:
        self._file = gzip.GzipFile(fileobj=io.BytesIO(data))
        self._where, self._packed, self._size = where, len(data), 0
        self._fault: InputError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts: list[bytes] = []
        left = size
        while left and self._fault is None:
            part = self._some(left)
            if not part:
                break
            parts.append(part)
            left -= len(part)
        if self._fault is not None and not parts:
            raise self._fault
        return b"".join(parts)

    def _some(self, size: int) -> bytes:
        """What the next bytes unpack to, of a damaged file until there are none."""
        try:
            data = self._file.read1(size)
        except EOFError:
            self._fault = InputError(self._where, N_("it is cut off: the rest of it is missing"), N_("fetch it again"))
            return b""
        except (OSError, zlib.error):
            self._fault = InputError(self._where, N_("the archive is damaged"), N_("pack it again"))
            return b""
        self._size += len(data)
        if self._size > MAX_TOTAL_BYTES:
            why = N_("the archive unpacks to more than {size} MB")
            self._fault = InputError(self._where, why, SPLIT, size=MAX_TOTAL_BYTES // 1_000_000)
        elif self._size > RATIO_FROM and self._size > self._packed * MAX_RATIO:
            why = N_("the archive unpacks to {times} times its size, as no text does")
            self._fault = InputError(self._where, why, N_("pack the texts again"), times=self._size // max(self._packed, 1))
        return data


def members(data: bytes, _name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The file that was packed, under the same name; of a crawl its records, one after the other."""
    if is_packed_crawl(data):
        yield from warc_file.packed_records(io.BytesIO(data), where, budget)
        return
    stream = Unpacked(data, where)
    content = stream.read(MAX_MEMBER_BYTES + 1)
    stream.read(1)  # half a text is none
    if len(content) > MAX_MEMBER_BYTES:
        raise InputError(where, TOO_LARGE, SPLIT, size=MAX_MEMBER_BYTES // 1_000_000)
    budget.take_bytes(len(content), where)
    yield Member("", content)
