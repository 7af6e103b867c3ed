"""A build to which a few files have come: what they touch is fused anew, and all else stays as it is.

The new mentions are compared with those that share a block with them. The components to which that links them are fused again
as wholes; no other can change. Where more changes than that (files went or are others, a block has become too large to be
compared, a text is a copy of another), the whole is fused again, from what was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from timeline.crew import Alone
from timeline.fusion import Fused, wholes_of
from timeline.fusion.blocks import LARGEST_BLOCK
from timeline.fusion.links import Link
from timeline.identity import with_earlier_ids
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention
from timeline.partitioned.blocks import COMPARED, Row, linked, rows_of, write_blocks, write_links
from timeline.partitioned.components import components_of
from timeline.partitioned.fusing import FUSED, fused_of, links_of_table, read_serial, settle_all, tables_of, write_documents
from timeline.partitioned.reading import Numbers, ReadPart, files_with, id_of, number_of, told_of
from timeline.parts import Manifest, write_table
from timeline.tables import Tables

if TYPE_CHECKING:
    import pyarrow as pa


_ADDED = 30  # parts of blocks, one a build that grew: with more, and with more than there were, each build would look into too many


@dataclass(frozen=True, slots=True)
class _Touched:
    """The mentions of the components that new ones are linked to, the new ones among them, and the links between all these."""

    mentions: Numbers  # sorted
    links: list[Link]


def grow(folder: Path, knowledge: Knowledge, read: Sequence[ReadPart], manifest: Manifest) -> bool:
    """Bring a build up to date with the files that were read anew, if that is all that changed; else False, and nothing is done.

    `manifest` names the parts of the build as it was, but for `read`, and in the end those of the new one.
    """
    fresh = {part.name: part.fresh for part in read if part.fresh}
    if any(part.gone for part in read) or _holds_copies(read, fresh) or len(manifest.parts["blocks"]) > 2 * manifest.partitions + _ADDED:
        return False
    told = {name: list(told_of(folder / "read" / name, files)) for name, files in fresh.items()}
    rows = [row for one in told.values() for row in rows_of(folder, one)]
    shared = _sharing(manifest.paths(folder, "blocks"), manifest.partitions, rows)
    if shared is None:
        return False
    new = {mention.mention_id for one in told.values() for file in one for mention in file.mentions}
    if new:
        _fuse_anew(folder, knowledge, manifest, rows, linked(sorted(shared + rows), knowledge.fusion_weights, new), new)
    _write_documents(folder, manifest, [k for k, part in enumerate(read) if part.fresh])
    return True


def _fuse_anew(folder: Path, knowledge: Knowledge, manifest: Manifest, rows: list[Row], links: list[Link], new: set[str]) -> None:
    """Fuse what new mentions touch. `rows` are those of their blocks, `links` what links them."""
    touched = _touched(manifest.paths(folder, "links"), links, new)
    fused = _fused(folder, manifest, touched, knowledge)
    before = read_serial(manifest.paths(folder, "serial"))
    number = max(int(name[:5]) for kind in ("blocks", "links") for name in manifest.parts[kind]) + 1
    manifest.parts["blocks"].append(write_blocks(folder, manifest.partitions, number, rows))
    manifest.parts["links"].append(write_links(folder, number, links))
    _replace(folder, manifest, touched.mentions, tables_of(fused))
    _settle_again(folder, manifest, wholes_of(before), {event.event_id for event in fused.events})


def _holds_copies(read: Sequence[ReadPart], fresh: Mapping[str, Sequence[str]]) -> bool:
    """Whether any new text is that of another document."""
    seen: dict[str, bool] = {}
    for part in read:
        own = set(fresh.get(part.name, ()))
        for _, digest, file in part.documents:
            if digest in seen and (file in own or seen[digest]):
                return True
            seen[digest] = seen.get(digest, False) or file in own
    return False


def _sharing(paths: Iterable[Path], partitions: int, rows: Sequence[Row]) -> list[Row] | None:
    """The rows of the blocks that `rows` are of; None where one of them becomes too large to be compared."""
    import pyarrow as pa

    wanted: dict[int, list[int]] = defaultdict(list)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for key, kind, _ in rows:
        wanted[key % partitions].append(key)
        counts[key, kind] += 1
    keys = {partition: np.unique(np.array(inside, np.int64)) for partition, inside in wanted.items()}
    found: list[Row] = []
    for path in paths:
        with pa.memory_map(str(path)) as source, pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=[0])) as file:
            hits = {k: np.flatnonzero(np.isin(file.get_batch(k).column(0).to_numpy(), own)) for k, own in keys.items()}
        with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
            for k, places in hits.items():
                if len(places):
                    batch = file.get_batch(k).take(pa.array(places))
                    found += zip(*(batch.column(column).to_pylist() for column in range(3)), strict=True)
    old: dict[tuple[int, int], int] = defaultdict(int)
    for key, kind, _ in found:
        old[key, kind] += 1
    grown = (size <= LARGEST_BLOCK < size + counts[block] for block, size in old.items() if block[1] == COMPARED)
    return None if any(grown) else found


def _touched(paths: Iterable[Path], fresh: Sequence[Link], new: Iterable[str]) -> _Touched:
    """What the new links reach: `paths` are the parts of the old ones."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.concat_tables([pq.read_table(path) for path in paths]).unify_dictionaries()
    left, right = (table.column(side).to_numpy() for side in ("left", "right"))
    ends = [np.array([number_of(end) for end in side], np.int64) for side in zip(*((link.left, link.right) for link in fresh), strict=True)]
    ends = ends or [np.zeros(0, np.int64)] * 2
    whole = components_of(np.concatenate([left, ends[0]]), np.concatenate([right, ends[1]]))
    numbers = np.array([number_of(mention) for mention in new], np.int64)
    reached = np.unique(whole.of(numbers))
    members = np.union1d(numbers, whole.members[np.isin(whole.least, reached)])
    old = table.filter(pa.array(np.isin(left, members)))
    return _Touched(members, [*links_of_table(old), *fresh])


def _fused(folder: Path, manifest: Manifest, touched: _Touched, knowledge: Knowledge) -> Fused:
    """The touched components, fused again; their events keep their ids."""
    mentions: list[Mention] = []
    sources: dict[str, Document] = {}
    for path in manifest.paths(folder, "read"):
        for told in told_of(path, files_with(path, touched.mentions)):
            numbers = np.array([number_of(mention.mention_id) for mention in told.mentions], np.int64)
            mentions += [mention for mention, is_in in zip(told.mentions, np.isin(numbers, touched.mentions), strict=True) if is_in]
            sources |= {read.document.doc_id: read.document for read in told.documents}
    fused = fused_of(mentions, touched.links, sources, knowledge)
    return with_earlier_ids(fused, _earlier(folder, manifest, touched.mentions))


def _earlier(folder: Path, manifest: Manifest, mentions: Numbers) -> Tables:
    """What the build had of these mentions: they and their events."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pa.array(map(id_of, mentions.tolist()), pa.string())
    told, events = [], []
    for path, other in zip(manifest.paths(folder, "mentions"), manifest.paths(folder, "events"), strict=True):
        ids = pq.read_table(path, columns=["mention_id", "event_id"])
        own = ids.filter(pc.is_in(ids.column("mention_id"), value_set=wanted))
        if len(own):
            table = pq.read_table(other, columns=["event_id", "mentions", "formerly"])
            told.append(own.to_pandas())
            events.append(table.filter(pc.is_in(table.column("event_id"), value_set=own.column("event_id"))).to_pandas())
    empty = pd.DataFrame()
    none = (pd.DataFrame(columns=["mention_id", "event_id"]), pd.DataFrame(columns=["event_id", "mentions", "formerly"]))
    return Tables(empty, pd.concat(told) if told else none[0], empty, pd.concat(events) if events else none[1])


def _replace(folder: Path, manifest: Manifest, mentions: Numbers, tables: Mapping[str, pa.Table]) -> None:
    """Take the rows of the touched components out of their parts, and put the new ones into one of them."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    gone = pa.array(map(id_of, mentions.tolist()), pa.string())
    home = int(mentions[0]) % manifest.partitions
    for k, path in enumerate(manifest.paths(folder, "mentions")):
        ids = pq.read_table(path, columns=["mention_id", "event_id"])
        events = ids.filter(pc.is_in(ids.column("mention_id"), value_set=gone)).column("event_id").unique()
        if not len(events) and k != home:
            continue
        for kind in FUSED:
            table = pq.read_table(folder / kind / manifest.parts[kind][k])
            column, out = ("mention_id", gone) if kind in ("mentions", "evidence") else ("event_id", events)
            kept = table.filter(pc.invert(pc.is_in(table.column(column), value_set=out)))
            whole = pa.concat_tables([kept, tables[kind]]) if k == home else kept
            manifest.parts[kind][k] = write_table(folder, kind, k, whole)


def _settle_again(folder: Path, manifest: Manifest, before: Mapping[str, str], fresh: Set[str]) -> None:
    """Let the events of series find their wholes: the `fresh` ones, and those that found another `before`."""
    serial = read_serial(manifest.paths(folder, "serial"))
    now = wholes_of(serial)
    back = {event.event_id: event.part_of for event in serial if event.event_id in before and event.event_id not in now}
    wholes = {event: whole for event, whole in now.items() if before.get(event) != whole or event in fresh} | back
    settle_all(folder, manifest, wholes, Alone())


def _write_documents(folder: Path, manifest: Manifest, buckets: Iterable[int]) -> None:
    texts = {int(name[:5]): name for name in manifest.parts["texts"]}
    for k in buckets:
        name, text = write_documents(folder, k, list(told_of(folder / "read" / manifest.parts["read"][k])))
        manifest.parts["documents"][k] = name
        texts = texts | {k: text} if text else texts
    manifest.parts["texts"] = [texts[k] for k in sorted(texts)]
