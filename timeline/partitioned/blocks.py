"""Second step: the mentions of a bucket, by the blocks in which they are compared → by partition of blocks, these and the links.

A block has all its mentions in one partition, whatever bucket they come from: its key says which. What is carried there of a
mention is its face, without its words and its evidence. A partition's blocks are kept in the order of their keys, so that those
which later mentions share are found without reading the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from timeline.fusion import position
from timeline.fusion.blocks import Key, block_keys, is_compared, kind_keys
from timeline.fusion.copies import paired
from timeline.fusion.links import Link, links_of, told_once
from timeline.model import Mention
from timeline.partitioned.batches import read_batch, write_batches
from timeline.partitioned.reading import Numbers, number_of, told_of
from timeline.partitioned.told import Told, all_unpacked, mention_of, mention_row, packed
from timeline.parts import open_rows, write_rows

if TYPE_CHECKING:
    import pyarrow as pa

COMPARED, ONCE, PAIR = 0, 1, 2  # mentions to be compared; those of a change that happens but once; two that belong together anyhow
TWIN = "twin"  # the rule of a copy's mention and the one in the original
_TOGETHER = 4096  # rows of blocks that are unpacked together when one of them is wanted
_MENTION_ID = re.compile(r"m[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Face:
    """A mention as it is compared, with its document's own day and whether that tells one thing of its type."""

    mention: Mention
    own_day: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """Which documents of a bucket are copies, of which document, and where those were read: by part, the files to be looked at."""

    of: Mapping[str, str]
    read_in: Mapping[str, tuple[str, ...]]


Row = tuple[int, int, bytes]  # of a mention in a block: the block's key, what kind of block it is, the face


def spread(folder: Path, work: Path, partitions: int, copies: Mapping[int, Copies], bucket: tuple[int, str]) -> str:
    """Write the blocks of a bucket's mentions, a batch a partition; the part's name. `bucket`: its number and its part of `read`."""
    number, name = bucket
    told = list(told_of(folder / "read" / name))
    found: list[list[Row]] = [[] for _ in range(partitions)]
    for row in rows_of(folder, told, copies.get(number)):
        found[row[0] % partitions].append(row)
    return write_batches(work, "spread", number, [_batch(inside) for inside in found])


def write_blocks(folder: Path, number: int, rows: Iterable[Row]) -> str:
    """Write rows of blocks as a part; its name."""
    import pyarrow as pa

    return _write_sorted(folder, number, pa.Table.from_batches([_batch(list(rows))]))


def _write_sorted(folder: Path, number: int, table: pa.Table) -> str:
    return write_rows(folder, "blocks", number, table, _TOGETHER, "lz4")


def rows_of(folder: Path, told: Sequence[Told], copies: Copies | None = None) -> Iterator[Row]:
    """The rows of the blocks of some files' mentions."""
    mentions = [mention for one in told for mention in one.mentions]
    days = {read.document.doc_id: read.document.published for one in told for read in one.documents}
    twins = _twins(folder, mentions, copies) if copies else {}
    pairs = [(original, copy, TWIN) for copy, original in twins.items()]  # only the original is compared
    compared = [mention for mention in mentions if mention.mention_id not in twins]
    alone = told_once(compared)
    for mention in compared:
        face = packed([mention_row(_bare(mention)), days[mention.doc_id], (mention.doc_id, mention.event_type) in alone])
        for block in block_keys(mention):
            yield hashed(block), COMPARED, face
        for block in kind_keys(mention):
            yield hashed(("once", *block)), ONCE, packed([mention.mention_id, bool(mention.date_edtf)])
        if _MENTION_ID.fullmatch(mention.part_of):
            pairs.append((mention.part_of, mention.mention_id, ""))
    for pair in pairs:
        yield hashed(("pair", pair[0])), PAIR, packed(pair)


def _bare(mention: Mention) -> Mention:
    return replace(mention, text="", date_text="", evidence=())


def _twins(folder: Path, mentions: list[Mention], copies: Copies) -> dict[str, str]:
    """The mentions of copies, each with that of the original, in whatever bucket it is."""
    own = {mention.doc_id for mention in mentions}
    elsewhere = [
        mention
        for part, files in copies.read_in.items()
        for told in told_of(folder / "read" / part, files)
        for mention in told.mentions
        if mention.doc_id not in own
    ]
    return paired([*mentions, *elsewhere], copies.of)


def hashed(key: Key) -> int:
    """A key as a number that is the same in every process; of 63 bits, so that none of millions meet."""
    return int.from_bytes(hashlib.blake2b("\x1f".join(key).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _batch(rows: list[Row]) -> pa.RecordBatch:
    import pyarrow as pa

    keys, kinds, faces = zip(*sorted(rows), strict=True) if rows else ((), (), ())
    columns = [pa.array(keys, pa.int64()), pa.array(kinds, pa.int8()), pa.array(faces, pa.binary())]
    return pa.record_batch(columns, names=["key", "kind", "face"])


def link(folder: Path, work: Path, spread: Sequence[str], weights: Mapping[str, float], partition: int) -> tuple[str, str]:
    """Write the blocks of a partition, and what links their mentions; the parts' names.

    Beside links there are pairs without a weight, which must be fused together whatever comes of them.
    """
    table = read_batch([work / "spread" / name for name in spread], partition).sort_by("key")
    keys, kinds, faces = (table.column(name).to_pylist() for name in ("key", "kind", "face"))
    links = linked(zip(keys, kinds, faces, strict=True), weights)
    return _write_sorted(folder, partition, table), write_links(folder, partition, links)


def sharing(path: Path, keys: Numbers) -> Iterator[Row]:
    """The rows of a part that are of these blocks (`keys` are sorted)."""
    with open_rows(path, "key") as part:
        hits = [_places(part.get_batch(k).column(0).to_numpy(), keys) for k in range(part.num_record_batches)]
    with open_rows(path, "key", "kind", "face") as part:
        for k, places in enumerate(hits):
            if len(places):
                batch = part.get_batch(k).take(places)
                yield from zip(*(batch.column(column).to_pylist() for column in range(3)), strict=True)


def _places(sorted_keys: Numbers, keys: Numbers) -> Numbers:
    """Where in an array any of some keys stand; both are sorted."""
    first, last = (np.searchsorted(sorted_keys, keys, side) for side in ("left", "right"))
    found = [np.arange(begin, end) for begin, end in zip(first.tolist(), last.tolist(), strict=True) if begin < end]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def linked(rows: Iterable[Row], weights: Mapping[str, float], fresh: Set[str] | None = None) -> list[Link]:
    """The links of blocks; `rows` are sorted by key. With `fresh` only those of the mentions named."""
    found: list[Link] = []
    compared: list[list[Face]] = []
    known: dict[bytes, Face] = {}  # a mention is in many blocks
    for (_, kind), group in groupby(rows, key=lambda row: row[:2]):
        lines = [face for _, _, face in group]
        if kind == COMPARED:
            if is_compared(lines):
                unknown = [line for line in lines if line not in known]
                known |= {line: _face(*told) for line, told in zip(unknown, all_unpacked(unknown), strict=True)}
                compared.append([known[line] for line in lines])
            continue
        told = all_unpacked(lines)
        if kind == PAIR:
            found += [Link(0.0, rule, left, right) for left, right, rule in told]
        elif kind == ONCE and not all(dated for _, dated in told):
            first, *others = sorted(mention_id for mention_id, _ in told)
            found += [Link(0.0, "", first, other) for other in others]
    blocks = [sorted((face.mention for face in block), key=position) for block in compared]
    faces = [face for block in compared for face in block]
    days = {face.mention.doc_id: face.own_day for face in faces}
    alone = {(face.mention.doc_id, face.mention.event_type) for face in faces if face.alone}
    return found + list(links_of(blocks, weights, days, alone, fresh))


def _face(row: Sequence[Any], own_day: str, alone: bool) -> Face:
    return Face(mention_of(row), own_day, alone)


def write_links(folder: Path, partition: int, links: Iterable[Link]) -> str:
    """Write links as a part; its name."""
    import pyarrow as pa

    listed = sorted(links, key=lambda link: (link.left, link.right, link.rule))
    columns: dict[str, pa.Array[Any]] = {
        "left": pa.array([number_of(link.left) for link in listed], pa.int64()),
        "right": pa.array([number_of(link.right) for link in listed], pa.int64()),
        "rule": pa.array([link.rule for link in listed], pa.string()).dictionary_encode(),
        "weight": pa.array([link.weight for link in listed], pa.float64()),
        "sure": pa.array([link.sure for link in listed], pa.float64()),
    }
    return write_rows(folder, "links", partition, pa.table(columns), compression="lz4")
