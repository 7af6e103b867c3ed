"""A partitioned build on disk: part files of each table, what is kept for the next build, and a manifest that says which count.

    DIR/parts.json                      the manifest: what is not named there is a leftover
    DIR/documents|mentions|evidence|events/00012-3fa9c1d2.parquet    the four tables, in parts, with the columns of `timeline.tables`
    DIR/texts/…                         texts that their files don't hold as they are
    DIR/read/…                          what each input file told, so that one that is unchanged is not read again
    DIR/blocks/… DIR/links/…            by what mentions are compared, and what linked them
    DIR/serial/…                        the events of series, and what of them each says to be part of
    DIR/seen/…                          beside each part of `read`: how its files stood then; no part itself, and may be lost

What others read is Parquet; what only the next build reads are Arrow files, of which a few columns or rows are had in no time.
A part bears the digest of its content in its name and is never written over. A build writes new parts beside the old ones and
then the manifest in one go, so a reader finds the old build or the new, and a build that was killed has changed nothing. What it
had read lies there still; DIR/begun.json says for which settings, and the next build with these goes on from there.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.arrow import as_frame
from timeline.errors import InputError, TableError
from timeline.files import sync_file, sync_folder, write_whole
from timeline.messages import N_
from timeline.tables import TABLES, Tables, sort_rows

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST = "parts.json"
BEGUN = "begun.json"
LAYOUT = 1
KINDS = ("documents", "mentions", "evidence", "events", "texts", "read", "blocks", "links", "serial")
SEEN = "seen"  # what bears the name of a part of `read` in there goes with it


@dataclass(slots=True)
class Manifest:
    """Which parts make a build (by kind, file names in their order), by which versions and settings, and in how many partitions.

    `settings` is a digest of all that what a file tells depends on, besides the file.
    """

    versions: dict[str, str]
    settings: str
    partitions: int
    parts: dict[str, list[str]] = field(default_factory=dict)
    layout: int = LAYOUT

    def paths(self, folder: Path, kind: str) -> list[Path]:
        """The part files of a kind, in their order."""
        return [folder / kind / name for name in self.parts.get(kind, ())]


def write_manifest(folder: Path, manifest: Manifest, earlier: Manifest | None = None) -> None:
    """The moment at which a build becomes what is read. What the `earlier` one had not is on the disk before."""
    for kind, names in manifest.parts.items():
        fresh = set(names).difference(earlier.parts.get(kind, ()) if earlier else ())
        for name in sorted(fresh):
            sync_file(folder / kind / name)
        if fresh:
            sync_folder(folder / kind)
    write_whole(folder / MANIFEST, (json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n").encode())


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a partitioned build; None where there is none. Raises `TableError` for one that is damaged."""
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(**said)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as fault:
        raise TableError(f"{path}: {fault}") from fault
    if manifest.layout != LAYOUT:
        raise InputError(str(path), N_("it was made by another version of this program"), N_("build it anew in another folder"))
    return manifest


def is_in_parts(folder: Path) -> bool:
    """Whether a folder holds a partitioned build, or the beginnings of one."""
    return (folder / MANIFEST).is_file() or (folder / BEGUN).is_file()


def begin(folder: Path, manifest: Manifest, earlier: Manifest | None) -> dict[int, tuple[str, ...]]:
    """Note that a build is begun; by their numbers, the parts of `read` that one like it had written when it was interrupted."""
    mark = json.dumps({"settings": manifest.settings, "partitions": manifest.partitions}).encode()
    named = set(earlier.parts["read"] if earlier else ())
    if _holds(folder / BEGUN, mark):
        left = sorted(path for path in (folder / "read").glob("[0-9]*") if path.name not in named and _is_whole(path))
        return {number: tuple(path.name for path in own) for number, own in groupby(left, lambda path: int(path.name[:5]))}
    drop_leftovers(folder, earlier or manifest)
    write_whole(folder / BEGUN, mark)
    return {}


def _is_whole(part: Path) -> bool:
    """Whether a part holds what its name says: one that was not brought to the disk may not, after a fall."""
    return part.stem.endswith(f"-{_digest(part.read_bytes())}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def end(folder: Path, manifest: Manifest) -> None:
    """Note that a build is done, and remove what no manifest names any more."""
    drop_leftovers(folder, manifest)
    (folder / BEGUN).unlink(missing_ok=True)


def drop_leftovers(folder: Path, manifest: Manifest) -> None:
    """Remove the parts that no manifest names any more."""
    for kind in (*KINDS, SEEN):
        kept = set(manifest.parts.get("read" if kind == SEEN else kind, ()))
        for path in (folder / kind).glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)


def write_table(folder: Path, kind: str, number: int, table: pa.Table) -> str:
    """Write a part as Parquet; its name."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return write_part(folder, kind, number, sink.getvalue(), "parquet")


def write_rows(folder: Path, kind: str, number: int, table: pa.Table, rows: int | None = None, compression: str | None = None) -> str:
    """Write a part as an Arrow file, in batches of so many rows (none: in one); its name."""
    import pyarrow as pa

    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table.combine_chunks(), rows)
    return write_part(folder, kind, number, sink.getvalue(), "arrow")


def read_columns(path: Path, *columns: str) -> pa.Table:
    """These columns of a part that is an Arrow file (without any named, all), and no other of its bytes."""
    with open_rows(path, *columns) as file:
        return file.read_all().select(columns or file.schema.names)


@contextmanager
def open_rows(path: Path, *columns: str) -> Iterator[pa.RecordBatchFileReader]:
    """Such a part, to be read batch by batch, with these columns (in the order of the file) or with all."""
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        schema = pa.ipc.open_file(source).schema
        options = pa.ipc.IpcReadOptions(included_fields=[schema.get_field_index(name) for name in columns], use_threads=False)
        with pa.ipc.open_file(source, options=options) as file:
            yield file


def read_part(path: Path, *columns: str) -> pa.Table:
    """These columns of a part that is Parquet. `pyarrow.parquet.read_table` looks for a data set first, and takes three times as long."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=True) as file:
        return file.read(columns=list(columns) or None, use_threads=False)


def write_file(path: Path, table: pa.Table) -> None:
    """Write an Arrow file that tasks look into without reading it whole."""
    import pyarrow as pa

    path.parent.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def write_part(folder: Path, kind: str, number: int, content: bytes, suffix: str) -> str:
    """Write a part, unless it is there; its name."""
    name = f"{number:05d}-{_digest(content)}.{suffix}"
    (folder / kind).mkdir(parents=True, exist_ok=True)
    if not _holds(folder / kind / name, content):
        write_whole(folder / kind / name, content, lasts=False)
    return name


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file has this content, and not only its name: one of a build that ended with the machine may be empty."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def read_tables(folder: Path, manifest: Manifest) -> Tables:
    """The four tables of a partitioned build, in memory; raises `TableError` where a part is missing or damaged."""
    return Tables(**{kind: sort_rows(kind, as_frame(_joined(manifest.paths(folder, kind)), kind)) for kind in TABLES})


def rows_of_part(path: Path) -> int:
    """How many rows a part has."""
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)


def read_texts(folder: Path, manifest: Manifest, doc_id: str | None = None) -> dict[str, str]:
    """By doc_id, the texts that a partitioned build keeps: all, or that of one document."""
    import pyarrow.parquet as pq

    found: dict[str, str] = {}
    for path in manifest.paths(folder, "texts"):
        table = pq.read_table(path, filters=[("doc_id", "=", doc_id)] if doc_id is not None else None)
        for name, text in zip(table.column("doc_id").to_pylist(), table.column("text").to_pylist(), strict=True):
            found[name] = text.decode("utf-8", "surrogatepass")
    return found


def _joined(paths: Sequence[Path]) -> pa.Table:
    """Parts, one below the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pa.concat_tables(pq.read_table(path) for path in paths)
    except (OSError, pa.ArrowException) as fault:
        raise TableError(f"{fault}") from fault


def digest_of(values: Mapping[str, Any]) -> str:
    """A digest of settings."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
