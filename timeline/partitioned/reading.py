"""First step: the files of a bucket → what they tell, of each as long as it stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from timeline.documents import Crawl, CutShortError, File, Place, place_of, read_file
from timeline.errors import InputError, deadly
from timeline.partitioned.seen import look, read_seen, write_seen
from timeline.partitioned.told import Told, all_unpacked, dumped, fault_of, head_of, loaded, packed
from timeline.parts import open_rows, read_columns, write_rows
from timeline.pipeline import Extractor, engine_of

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[str, str, bytes, bytes]  # of a file in a part: its name, its digest, its head, what it told
Numbers = npt.NDArray[np.int64]
_ROWS = 16  # files whose lines are unpacked together when one of them is wanted
_WITHOUT = ""  # the digest of a file that could not be read: it is tried again


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file tells depends on, besides itself: the day for texts that don't tell theirs, the knowledge (folder, version), the sieve.

    The `sieve` is asked of all texts, of none, or (None) of the records of crawls. With `check` files are known by their content
    alone; else one that stands as it stood is taken for unchanged.
    """

    published: str
    knowledge: str
    version: str
    sieve: bool | None = None
    check: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some input files, each with the name of its document, and the part that an earlier build read of this bucket, if any.

    `begun` are parts of a build that was interrupted: it read some of these files after that. Who reads those documents dies
    that are `deadly`.
    """

    number: int
    files: tuple[tuple[str, str], ...]
    earlier: str = ""
    begun: tuple[str, ...] = ()
    deadly: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file with its digest, and with what was read for that; nothing where it stands as it stood."""

    path: str
    doc_id: str
    digest: str
    file: File | Crawl | InputError | None = None


@dataclass(frozen=True, slots=True)
class ReadPart:
    """What the reading of a bucket gave: its part, the documents in it, each with its digest and the name of its file, and more."""

    name: str
    documents: list[tuple[str, str, str]]
    failures: list[InputError]
    mentions: int
    given: int  # texts in the files
    refused: int  # of these, those that the sieve kept from being read
    fresh: list[str]  # the files that were read anew
    gone: list[str]  # those of the earlier build that are no more, or were other ones
    found: int = 0  # of the fresh ones, those that a build that was interrupted had read


def read_bucket(folder: Path, settings: Settings, bucket: Bucket) -> ReadPart:
    """Read the files of a bucket and write what they tell as a part of the build in `folder`; as it is where nothing changed."""
    earlier = folder / "read" / bucket.earlier if bucket.earlier else None
    known = dict(_columns(earlier, "digest", "head")) if earlier else {}
    states = look(path for path, _ in bucket.files)
    seen = read_seen(folder, bucket.earlier) if earlier and not settings.check else {}
    files = [
        _Looked(path, doc_id, known[doc_id][0])
        if doc_id in known and known[doc_id][0] != _WITHOUT and path in states and seen.get(path) == states[path]
        else _Looked(path, doc_id, *((_WITHOUT, deadly(path)) if doc_id in bucket.deadly else _digest(place_of(path), doc_id)))
        for path, doc_id in bucket.files
    ]
    fresh = [one.doc_id for one in files if known.get(one.doc_id, (None,))[0] != one.digest or one.digest == _WITHOUT]
    now, anew = {one.doc_id for one in files}, set(fresh)
    gone = [doc_id for doc_id in known if doc_id not in now or doc_id in anew]
    begun: dict[str, Row] = {}
    if earlier and not fresh and not gone:
        name, heads = bucket.earlier, [(one.doc_id, known[one.doc_id][1]) for one in files]
    else:
        kept = _told_before(folder, (bucket.earlier,) if earlier else (), [one for one in files if one.doc_id not in anew])
        begun = _told_before(folder, bucket.begun, [one for one in files if one.doc_id in anew])
        rows = _rows(files, kept | begun, settings)
        heads = [(doc_id, head) for doc_id, _, head, _ in rows]
        name = write_rows(folder, "read", bucket.number, _table(rows), _ROWS, "zstd")
    if name != bucket.earlier or states != seen:
        write_seen(folder, name, states)
    return _summed(name, heads, fresh, gone, len(begun))


def lives(settings: Settings, file: tuple[str, str]) -> bool:
    """True, of a file (its path, the name of its document) that can be read; the process of one that cannot never says so."""
    path, doc_id = file
    told_by(engine_of(settings.knowledge, settings.version), read_file(place_of(path), doc_id), settings)
    return True


def _told_before(folder: Path, parts: Iterable[str], files: Iterable[_Looked]) -> dict[str, Row]:
    """By the name of its document, the row of each of these files in any of these parts, if it was then as it is now."""
    wanted = {one.doc_id: one.digest for one in files if one.digest != _WITHOUT}
    rows = (row for part in parts for row in _columns(folder / "read" / part, "digest", "head", "told"))
    return {doc_id: (doc_id, *cells) for doc_id, cells in rows if wanted.get(doc_id) == cells[0]}


def _rows(files: Iterable[_Looked], kept: Mapping[str, Row], settings: Settings) -> list[Row]:
    """The rows of a part: those that are kept of another, and those of the files that are to be read."""
    rows: list[Row] = []
    for one in files:
        if one.doc_id in kept:
            rows.append(kept[one.doc_id])
        else:
            file = read_file(place_of(one.path), one.doc_id) if one.file is None else one.file
            told = told_by(engine_of(settings.knowledge, settings.version), file, settings)
            rows.append((one.doc_id, _kept_as(one.digest, told), packed(head_of(told)), dumped(told)))
    return rows


def _summed(name: str, heads: Sequence[tuple[str, bytes]], fresh: list[str], gone: list[str], found: int) -> ReadPart:
    """What a part holds, by the heads of its files."""
    listed = list(zip((doc_id for doc_id, _ in heads), all_unpacked(head for _, head in heads), strict=True))
    return ReadPart(
        name,
        [(doc_id, digest, file) for file, (documents, *_) in listed for doc_id, digest in documents],
        [fault_of(*row) for _, (_, failures, *_) in listed for row in failures],
        sum(mentions for _, (_, _, mentions, *_) in listed),
        sum(given for _, (*_, given, _) in listed),
        sum(refused for _, (*_, refused) in listed),
        fresh,
        gone,
        found,
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
    if files is None:
        yield from (loaded(line) for _, (line,) in _columns(path, "told"))
        return
    wanted = set(files)
    with open_rows(path, "file") as part:
        names = [part.get_batch(k).column(0).to_pylist() for k in range(part.num_record_batches)]
    with open_rows(path, "told") as part:
        for k, inside in enumerate(names):
            if not wanted.isdisjoint(inside):
                lines = part.get_batch(k).column(0)
                yield from (loaded(lines[row].as_py()) for row, name in enumerate(inside) if name in wanted)


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
    table = read_columns(path, "file", *names)
    for file, *cells in zip(*(table.column(name).to_pylist() for name in ("file", *names)), strict=True):
        yield file, tuple(cells)


def _table(rows: list[Row]) -> pa.Table:
    import pyarrow as pa

    names, digests, heads, lines = zip(*rows, strict=True) if rows else ((), (), (), ())
    columns = {
        "file": pa.array(names, pa.string()),
        "digest": pa.array(digests, pa.string()),
        "head": pa.array(heads, pa.binary()),
        "told": pa.array(lines, pa.binary()),
    }
    return pa.table(columns)


def number_of(mention_id: str) -> int:
    """A mention's id as a number."""
    return int(mention_id[len("m") :], 16)


def id_of(number: int) -> str:
    """The id of such a number."""
    return f"m{number:012x}"
