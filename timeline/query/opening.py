"""A built folder, in parts or of CSV files, as an archive."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from timeline.arrow import schema_of
from timeline.errors import TableError
from timeline.parts import Manifest, read_manifest
from timeline.query.archive import Archive
from timeline.query.mapped import mapped
from timeline.query.relation import Relation
from timeline.store import load_tables, read_steadily
from timeline.tables import ORDERS, TABLES

_IN_ORDER = ("documents", "events")  # the others are put in order as they are shown


def open_archive(folder: str | os.PathLike[str]) -> Archive:
    """The tables of a built folder; raises as `timeline.store.load_tables` does.

    One in parts is read part by part and laid out in a temporary file: events and documents are in memory once meanwhile,
    mentions and evidence never.
    """
    return read_steadily(folder, _opened)


def _opened(folder: Path) -> Archive:
    manifest = read_manifest(folder)
    if manifest is None:
        return Archive.of(load_tables(folder))
    return Archive(**{name: _laid_out(name, folder, manifest) for name in TABLES})


def _laid_out(name: str, folder: Path, manifest: Manifest) -> Relation:
    parts: Iterable[pa.Table] = _parts(name, manifest.paths(folder, name))
    schema = schema_of(name)
    return Relation(name, mapped(schema, _sorted(name, parts, schema) if name in _IN_ORDER else parts))


def _parts(name: str, paths: Iterable[Path]) -> Iterator[pa.Table]:
    schema = schema_of(name)
    for path in paths:
        try:
            yield pq.read_table(path, columns=schema.names).cast(schema)
        except (OSError, ValueError, pa.ArrowException) as fault:
            raise TableError(f"{path}: {fault}") from fault


def _sorted(name: str, parts: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """All parts as one, in the table's own order: an event without a date stands last."""
    whole = pa.concat_tables([schema.empty_table(), *parts]).combine_chunks()
    keys = {key: whole.column(key) for key in ORDERS[name]}
    last = {key: pc.if_else(pc.equal(column, ""), "~", column) if key.startswith("date_") else column for key, column in keys.items()}
    order = pc.sort_indices(pa.table(last), sort_keys=[(key, "ascending") for key in keys])
    yield whole.take(order).combine_chunks()
