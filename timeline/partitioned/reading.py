"""First step: the files of a bucket → what they tell, of each as long as it stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from timeline.documents import Crawl, CutShortError, File, Place, place_of, read_file
from timeline.errors import InputError
from timeline.partitioned.told import Told, dumped, fault_of, head_of, loaded, packed, unpacked
from timeline.parts import write_table
from timeline.pipeline import Extractor, engine_of

if TYPE_CHECKING:
    import pyarrow as pa

Numbers = npt.NDArray[np.int64]
_WITHOUT = ""  # the digest of a file that could not be read: it is tried again


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file tells depends on, besides itself: the day for texts that don't tell theirs, the knowledge (folder, version), the sieve.

    The `sieve` is asked of all texts, of none, or (None) of the records of crawls.
    """

    published: str
    knowledge: str
    version: str
    sieve: bool | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some input files, each with the name of its document, and the part that an earlier build read of this bucket, if any."""

    number: int
    files: tuple[tuple[str, str], ...]
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class ReadPart:
    """What the reading of a bucket gave: its part, the documents in it, each with its digest and the name of its file, and more."""

    name: str
    documents: list[tuple[str, str, str]]
    failures: list[InputError]
    mentions: int
    refused: int  # texts that the sieve kept from being read
    fresh: list[str]  # the files that were read anew
    gone: list[str]  # those of the earlier build that are no more, or were other ones


def read_bucket(folder: Path, settings: Settings, bucket: Bucket) -> ReadPart:
    """Read the files of a bucket and write what they tell as a part of the build in `folder`; as it is where nothing changed."""
    earlier = folder / "read" / bucket.earlier if bucket.earlier else None
    known = dict(_columns(earlier, "digest", "head")) if earlier else {}
    files = [(doc_id, *_digest(place_of(path), doc_id)) for path, doc_id in bucket.files]
    fresh = [doc_id for doc_id, digest, _ in files if known.get(doc_id, (None,))[0] != digest or digest == _WITHOUT]
    now = {doc_id for doc_id, _, _ in files}
    gone = [doc_id for doc_id in known if doc_id not in now or doc_id in set(fresh)]
    if earlier and not fresh and not gone:
        return _summed(bucket.earlier, ((doc_id, unpacked(known[doc_id][1])) for doc_id, _, _ in files), [], [])
    engine = engine_of(settings.knowledge, settings.version)
    kept = dict(_columns(earlier, "told")) if earlier else {}
    read = set(fresh)
    told = [told_by(engine, file, settings) if doc_id in read else loaded(kept[doc_id][0]) for doc_id, _, file in files]
    heads = [head_of(one) for one in told]
    rows = [
        (doc_id, _kept_as(digest, one), packed(head), dumped(one))
        for (doc_id, digest, _), head, one in zip(files, heads, told, strict=True)
    ]
    name = write_table(folder, "read", bucket.number, _table(rows, told))
    return _summed(name, zip((doc_id for doc_id, _, _ in files), heads, strict=True), fresh, gone)


def _summed(name: str, heads: Iterable[tuple[str, Sequence[Any]]], fresh: list[str], gone: list[str]) -> ReadPart:
    """What a part holds, by the heads of its files."""
    listed = list(heads)
    return ReadPart(
        name,
        [(doc_id, digest, file) for file, (documents, *_) in listed for doc_id, digest in documents],
        [fault_of(*row) for _, (_, failures, *_) in listed for row in failures],
        sum(mentions for _, (_, _, mentions, _) in listed),
        sum(refused for _, (*_, refused) in listed),
        fresh,
        gone,
    )


def told_by(engine: Extractor, file: File | Crawl | InputError, settings: Settings) -> Told:
    """What one file tells."""
    told = Told()
    for item in engine.told_in(file, settings.published, settings.sieve):
        told.add(item)
    return told


def _kept_as(digest: str, told: Told) -> str:
    """The digest by which the next build knows the file: none where it may get more of it."""
    return _WITHOUT if any(isinstance(fault, CutShortError) for fault in told.failures) else digest


def told_of(path: Path, files: Iterable[str] | None = None) -> Iterator[Told]:
    """What the files of a part told: all, or those named."""
    import pyarrow.parquet as pq

    if files is None:
        yield from (loaded(line) for _, (line,) in _columns(path, "told"))
        return
    wanted = set(files)
    with pq.ParquetFile(path) as part:
        names = part.read(columns=["file"]).column("file").to_pylist()
        row = 0
        for group in range(part.num_row_groups):
            size = part.metadata.row_group(group).num_rows
            if not wanted.isdisjoint(names[row : row + size]):
                lines = part.read_row_group(group, columns=["told"]).column("told").to_pylist()
                yield from (loaded(line) for name, line in zip(names[row : row + size], lines, strict=True) if name in wanted)
            row += size


def _digest(path: Place, doc_id: str) -> tuple[str, File | Crawl | InputError]:
    file = read_file(path, doc_id)
    if isinstance(file, InputError):
        return _WITHOUT, file
    digest = hashlib.sha256(file.where.encode("utf-8", "surrogatepass") + b"\0")  # the table of documents says where each was read
    try:
        digest.update(file.digest().encode() if isinstance(file, Crawl) else file.data)
    except InputError as fault:
        return _WITHOUT, fault
    return digest.hexdigest(), file


def _columns(path: Path, *names: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """By the name of its document, some columns of each file of a part."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["file", *names])
    for file, *cells in zip(*(table.column(name).to_pylist() for name in ("file", *names)), strict=True):
        yield file, tuple(cells)


def _table(rows: list[tuple[str, str, bytes, bytes]], told: list[Told]) -> pa.Table:
    import pyarrow as pa

    names, digests, heads, lines = zip(*rows, strict=True) if rows else ((), (), (), ())
    numbers = [[number_of(mention.mention_id) for mention in one.mentions] for one in told]
    columns = {
        "file": pa.array(names, pa.string()),
        "digest": pa.array(digests, pa.string()),
        "head": pa.array(heads, pa.binary()),
        "mentions": pa.array(numbers, pa.list_(pa.int64())),
        "told": pa.array(lines, pa.binary()),
    }
    return pa.table(columns)


def files_with(path: Path, mentions: Numbers) -> list[str]:
    """The files of a part that told any of these mentions (sorted numbers)."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["file", "mentions"])
    numbers = table.column("mentions").combine_chunks()
    rows = numbers.value_parent_indices().to_numpy()[np.isin(numbers.flatten().to_numpy(), mentions)]
    return [str(name) for name in table.column("file").take(np.unique(rows)).to_pylist()]


def number_of(mention_id: str) -> int:
    """A mention's id as a number."""
    return int(mention_id[len("m") :], 16)


def id_of(number: int) -> str:
    """The id of such a number."""
    return f"m{number:012x}"
