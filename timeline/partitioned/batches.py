"""What tasks hand on to tasks: of each part, a batch for each partition.

With some hundred partitions a task reads one batch of each of some hundred files, so that a hundred thousand files are opened in all.
Of an Arrow file the places of all its batches would be read each time. Here only two numbers are: where the batch begins and ends.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from timeline.parts import write_part

if TYPE_CHECKING:
    import pyarrow as pa

_PLACE = np.dtype("<i8")  # bytes from the beginning of the file to where the schema, then each batch begins, and the last one ends
_CODEC = "lz4"


def write_batches(folder: Path, kind: str, number: int, batches: Sequence[pa.RecordBatch]) -> str:
    """Write a part of which another task wants one batch; its name. An empty batch takes no room."""
    pieces = [batches[0].schema.serialize().to_pybytes(), *(_packed(batch) if batch.num_rows else b"" for batch in batches)]
    begin = (len(pieces) + 1) * _PLACE.itemsize
    places = np.array(list(accumulate(map(len, pieces), initial=begin)), _PLACE)
    return write_part(folder, kind, number, b"".join((places.tobytes(), *pieces)), "batches")


def read_batch(paths: Iterable[Path], k: int) -> pa.Table:
    """Batch `k` of each of these parts, one below the other."""
    import pyarrow as pa

    schema: pa.Schema | None = None
    batches: list[pa.RecordBatch] = []
    for path in paths:
        with path.open("rb", buffering=0) as file:
            if schema is None:
                schema = pa.ipc.read_schema(pa.py_buffer(_piece(file, 0)))
            if piece := _piece(file, k + 1):
                batches.append(pa.ipc.read_record_batch(_unpacked(piece), schema))
    return pa.Table.from_batches(batches, schema)


def _piece(file: io.FileIO, number: int) -> bytes:
    """The schema (0) or a batch (from 1)."""
    file.seek(number * _PLACE.itemsize)
    begin, end = np.frombuffer(file.read(2 * _PLACE.itemsize), _PLACE).tolist()
    file.seek(begin)
    return file.read(end - begin)


def _packed(batch: pa.RecordBatch) -> bytes:
    """A batch, compressed, behind its size."""
    import pyarrow as pa

    plain = batch.serialize()
    size: bytes = np.array(plain.size, _PLACE).tobytes()
    return size + bytes(pa.compress(plain, codec=_CODEC, asbytes=True))


def _unpacked(piece: bytes) -> pa.Buffer:
    import pyarrow as pa

    size = int(np.frombuffer(piece, _PLACE, 1)[0])
    return pa.decompress(memoryview(piece)[_PLACE.itemsize :], size, codec=_CODEC)
