"""A crawl as a file of its own (WARC, WET, Parquet; here or by an address) → its texts, read one after the other from a stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from timeline.documents import parquet_file, warc_file
from timeline.documents.container import Member
from timeline.documents.inputs import Place, Stream, open_input, read_within
from timeline.documents.packed_members import RECORD, is_packed_crawl
from timeline.documents.remote import Remote, stamp
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError, own_fault
from timeline.messages import N_

_HEAD = 1 << 12  # bytes that tell what it is
_BLOCK = 1 << 20


class CutShortError(InputError):
    """A file that could not be read to its end, for no fault of its own: it is worth trying again."""


@dataclass(frozen=True, slots=True)
class Crawl:
    """A file that is read record by record: the `doc_id` that those of its texts begin with, what it is called, where it is."""

    doc_id: str
    where: str
    place: Place

    def digest(self) -> str:
        """What stands for its content: that itself, or what its store says of it. Raises an `InputError`."""
        if isinstance(self.place, Remote):
            return stamp(self.place)
        digest = hashlib.sha256()
        with open_input(self.place) as stream:
            try:
                while block := stream.read(_BLOCK):
                    digest.update(block)
            except OSError as fault:
                raise _interrupted(self, fault) from fault
        return digest.hexdigest()


def texts_of(crawl: Crawl) -> Iterator[Member | InputError]:
    """The texts of the records. What can't be read comes out as its `InputError`; what no store would give, as an `CutShortError`."""
    try:
        with open_input(crawl.place) as stream:
            yield from _read(stream, crawl)
            if stream.fault is not None:
                yield _interrupted(crawl, stream.fault)
    except InputError as fault:
        yield fault


def _read(stream: Stream, crawl: Crawl) -> Iterator[Member | InputError]:
    """The texts as far as the stream can be read."""
    try:
        for member in _members(cast(BinaryIO, stream), crawl):
            if stream.fault is not None:  # what looks like damage is none
                return
            yield member
    except InputError as fault:
        if stream.fault is None:
            yield fault
    except Exception as fault:  # one of ours, which is to cost this file and none of the others
        if stream.fault is None:
            yield own_fault(crawl.where, fault)


def _members(file: BinaryIO, crawl: Crawl) -> Iterator[Member | InputError]:
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(RECORD):
        return warc_file.records(file, crawl.where)
    if is_packed_crawl(head, is_called_so=True):
        return warc_file.packed_records(file, crawl.where)
    if head.startswith(parquet_file.MARK):
        return parquet_file.members(file, crawl.where)
    return unpacked(read_within(file, crawl.where), crawl.doc_id, crawl.where)  # it is only called so


def _interrupted(crawl: Crawl, fault: Exception) -> InputError:
    reason = " ".join(str(fault).split()) or type(fault).__name__
    why = N_("it could not be read to its end: {reason}")
    return CutShortError(crawl.where, why, N_("build again"), reason=reason)
