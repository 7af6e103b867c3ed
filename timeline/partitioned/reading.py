"""First step: the files of a bucket → what they tell, of each as long as it stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from timeline.documents import File, read_file
from timeline.errors import InputError
from timeline.partitioned.told import Told, dumped, loaded
from timeline.parts import write_table
from timeline.pipeline import Extractor, engine_of

if TYPE_CHECKING:
    import pyarrow as pa

Numbers = npt.NDArray[np.int64]
_WITHOUT = ""  # the digest of a file that could not be read: it is tried again


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file tells depends on, besides itself: the day for texts that don't tell theirs, and the knowledge (folder, version)."""

    published: str
    knowledge: str
    version: str


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
    fresh: list[str]  # the files that were read anew
    gone: list[str]  # those of the earlier build that are no more, or were other ones


def read_bucket(folder: Path, settings: Settings, bucket: Bucket) -> ReadPart:
    """Read the files of a bucket and write what they tell as a part of the build in `folder`."""
    engine = engine_of(settings.knowledge, settings.version)
    kept = dict(_rows(folder / "read" / bucket.earlier)) if bucket.earlier else {}
    rows: list[tuple[str, str, bytes]] = []
    told: list[Told] = []
    fresh: list[str] = []
    for path, doc_id in bucket.files:
        digest, file = _digest(Path(path), doc_id)
        old = kept.pop(doc_id, None)
        if old is not None and old[0] == digest != _WITHOUT:
            rows.append((doc_id, digest, old[1]))
            told.append(loaded(old[1]))
            continue
        if old is not None:
            kept[doc_id] = old
        fresh.append(doc_id)
        told.append(told_by(engine, file, settings.published))
        rows.append((doc_id, digest, dumped(told[-1])))
    return ReadPart(
        write_table(folder, "read", bucket.number, _table(rows, told)),
        [(read.document.doc_id, read.digest, row[0]) for row, one in zip(rows, told, strict=True) for read in one.documents],
        [fault for one in told for fault in one.failures],
        sum(len(one.mentions) for one in told),
        fresh,
        list(kept),
    )


def told_by(engine: Extractor, file: File | InputError, published: str) -> Told:
    """What one file tells."""
    told = Told()
    for item in engine.told_in(file, published):
        if isinstance(item, InputError):
            told.failures.append(item)
        else:
            told.add(*item)
    return told


def told_of(path: Path, files: Iterable[str] | None = None) -> Iterator[Told]:
    """What the files of a part told: all, or those named."""
    import pyarrow.parquet as pq

    if files is None:
        yield from (loaded(line) for _, (_, line) in _rows(path))
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


def _digest(path: Path, doc_id: str) -> tuple[str, File | InputError]:
    file = read_file(path, doc_id)
    return (_WITHOUT, file) if isinstance(file, InputError) else (hashlib.sha256(file.data).hexdigest(), file)


def _rows(path: Path) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """By the name of its document, the digest of each file of a part, and what it told."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    columns = (table.column(name).to_pylist() for name in ("file", "sha256", "told"))
    for name, digest, told in zip(*columns, strict=True):
        yield name, (digest, told)


def _table(rows: list[tuple[str, str, bytes]], told: list[Told]) -> pa.Table:
    import pyarrow as pa

    names, digests, lines = zip(*rows, strict=True) if rows else ((), (), ())
    numbers = [[number_of(mention.mention_id) for mention in one.mentions] for one in told]
    columns = {
        "file": pa.array(names, pa.string()),
        "sha256": pa.array(digests, pa.string()),
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
