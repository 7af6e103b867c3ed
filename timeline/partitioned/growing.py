"""A build to which a few files have come: what they touch is fused anew, and all else stays as it is.

The new mentions are compared with those that share a block with them. The components to which that links them are fused again
as wholes; no other can change. Where more changes than that (files went or are others, a block has become too large to be
compared, a text is a copy of another), the whole is fused again, from what was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
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
from timeline.partitioned.blocks import COMPARED, Row, linked, rows_of, sharing, write_blocks, write_links
from timeline.partitioned.components import reached
from timeline.partitioned.fusing import (
    FUSED,
    fused_of,
    links_of_table,
    read_fused,
    read_serial,
    settle_all,
    table_of_documents,
    tables_of,
    texts_of,
    write_fused,
)
from timeline.partitioned.reading import Numbers, ReadPart, id_of, number_of, told_of
from timeline.partitioned.told import Told
from timeline.parts import Manifest, read_columns, read_part, write_table
from timeline.tables import Tables

if TYPE_CHECKING:
    import pyarrow as pa


_ADDED = 30  # parts of blocks, one a build that grew: with more, and with more than there were, each build would look into too many


@dataclass(frozen=True, slots=True)
class _Touched:
    """The mentions of the components that new ones are linked to, the new ones among them, and the links between all these.

    `held` is what the build had of these mentions, by partition: they, their events and their documents.
    """

    mentions: Numbers  # sorted
    links: list[Link]
    held: dict[int, pa.Table]


def grow(folder: Path, knowledge: Knowledge, read: Sequence[ReadPart], manifest: Manifest) -> bool:
    """Bring a build up to date with the files that were read anew, if that is all that changed; else False, and nothing is done.

    `manifest` names the parts of the build as it was, but for `read`, and in the end those of the new one.
    """
    if any(part.gone for part in read) or _holds_copies(read) or len(manifest.parts["blocks"]) > 2 * manifest.partitions + _ADDED:
        return False
    by_bucket = {k: list(told_of(folder / "read" / part.name, part.fresh)) for k, part in enumerate(read) if part.fresh}
    told = list(chain.from_iterable(by_bucket.values()))
    rows = list(rows_of(folder, told))
    shared = _sharing(folder, manifest, rows)
    if shared is None:
        return False
    new = {mention.mention_id for one in told for mention in one.mentions}
    if new:
        links = linked(sorted(shared + rows), knowledge.fusion_weights, new)
        touched = _touched(folder, manifest, links, new)
        fused = _fused(folder, manifest, read, touched, told, knowledge)
        number = max(int(name[:5]) for kind in ("blocks", "links") for name in manifest.parts[kind]) + 1
        manifest.parts["blocks"].append(write_blocks(folder, number, sorted(rows)))
        manifest.parts["links"].append(write_links(folder, number, links))
        _put(folder, manifest, touched, fused)
    for k, own in by_bucket.items():
        _add_documents(folder, manifest, k, own)
    return True


def _holds_copies(read: Sequence[ReadPart]) -> bool:
    """Whether any new text is that of another document."""
    seen: dict[str, bool] = {}
    for part in read:
        own = set(part.fresh)
        for _, digest, file in part.documents:
            if digest in seen and (file in own or seen[digest]):
                return True
            seen[digest] = seen.get(digest, False) or file in own
    return False


def _sharing(folder: Path, manifest: Manifest, rows: Sequence[Row]) -> list[Row] | None:
    """The rows of the blocks that `rows` are of; None where one of them becomes too large to be compared."""
    wanted: dict[int, set[int]] = defaultdict(set)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for key, kind, _ in rows:
        wanted[key % manifest.partitions].add(key)
        counts[key, kind] += 1
    keys = {partition: np.array(sorted(inside), np.int64) for partition, inside in wanted.items()}
    everything = np.array(sorted(chain.from_iterable(wanted.values())), np.int64)
    found: list[Row] = []
    for path in manifest.paths(folder, "blocks"):
        number = int(path.name[:5])
        own = keys.get(number) if number < manifest.partitions else everything  # what a build that grew added is of all partitions
        if own is not None:
            found += sharing(path, own)
    old: dict[tuple[int, int], int] = defaultdict(int)
    for key, kind, _ in found:
        old[key, kind] += 1
    grown = (size <= LARGEST_BLOCK < size + counts[block] for block, size in old.items() if block[1] == COMPARED)
    return None if any(grown) else found


def _touched(folder: Path, manifest: Manifest, fresh: Sequence[Link], new: Iterable[str]) -> _Touched:
    """What the new links reach."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tables = [read_columns(path) for path in manifest.paths(folder, "links")]
    sides = [(table.column("left").to_numpy(), table.column("right").to_numpy()) for table in tables]
    ends = [np.array([number_of(getattr(link, side)) for link in fresh], np.int64) for side in ("left", "right")]
    members = reached([*sides, (ends[0], ends[1])], np.array([number_of(mention) for mention in new], np.int64))
    values = pa.array(members)
    old = [link for table in tables for link in links_of_table(table.filter(pc.is_in(table.column("left"), value_set=values)))]
    return _Touched(members, [*old, *fresh], dict(_held(folder, manifest, members)))


def _held(folder: Path, manifest: Manifest, mentions: Numbers) -> Iterator[tuple[int, pa.Table]]:
    """By partition, what the build has of these mentions: they, their events and documents."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(map(id_of, mentions.tolist()), pa.string())
    for k, path in enumerate(manifest.paths(folder, "mentions")):
        table = read_part(path, "mention_id", "event_id", "doc_id")
        own = table.filter(pc.is_in(table.column("mention_id"), value_set=wanted))
        if len(own):
            yield k, own


def _fused(
    folder: Path, manifest: Manifest, read: Sequence[ReadPart], touched: _Touched, told: Iterable[Told], knowledge: Knowledge
) -> Fused:
    """The touched components, fused again; their events keep their ids. `told` is what the new files tell."""
    known = {doc_id for table in touched.held.values() for doc_id in table.column("doc_id").to_pylist()}
    wanted = set(map(id_of, touched.mentions.tolist()))
    mentions: list[Mention] = []
    sources: dict[str, Document] = {}
    for one in chain(told, *(_told_in(folder, part, known) for part in read)):
        mentions += [mention for mention in one.mentions if mention.mention_id in wanted]
        sources |= {own.document.doc_id: own.document for own in one.documents}
    return with_earlier_ids(fused_of(mentions, touched.links, sources, knowledge), _earlier(folder, manifest, touched.held))


def _told_in(folder: Path, part: ReadPart, documents: Set[str]) -> Iterator[Told]:
    """What the files of a part told that hold any of these documents."""
    files = {file for doc_id, _, file in part.documents if doc_id in documents}
    return told_of(folder / "read" / part.name, files) if files else iter(())


def _earlier(folder: Path, manifest: Manifest, held: Mapping[int, pa.Table]) -> Tables:
    """What the build had of the touched mentions: they and their events."""
    import pyarrow.compute as pc

    told, events = [], []
    for k, own in held.items():
        table = read_part(folder / "events" / manifest.parts["events"][k], "event_id", "mentions", "formerly")
        told.append(own.to_pandas())
        events.append(table.filter(pc.is_in(table.column("event_id"), value_set=own.column("event_id"))).to_pandas())
    empty = pd.DataFrame()
    none = (pd.DataFrame(columns=["mention_id", "event_id"]), pd.DataFrame(columns=["event_id", "mentions", "formerly"]))
    return Tables(empty, pd.concat(told) if told else none[0], empty, pd.concat(events) if events else none[1])


def _put(folder: Path, manifest: Manifest, touched: _Touched, fused: Fused) -> None:
    """Put what was fused in the place of what was touched, and let the events of series find their wholes.

    That is the fused ones, and those that found another whole before.
    """
    serial = [read_serial(path) for path in manifest.paths(folder, "serial")]
    before = wholes_of(chain.from_iterable(serial))
    for k in _replace(folder, manifest, touched, tables_of(fused)):
        serial[k] = read_serial(folder / "serial" / manifest.parts["serial"][k])
    now = wholes_of(chain.from_iterable(serial))
    fresh = {event.event_id for event in fused.events}
    back = {event.event_id: event.part_of for event in chain(*serial) if event.event_id in before and event.event_id not in now}
    wholes = {event: whole for event, whole in now.items() if before.get(event) != whole or event in fresh} | back
    settle_all(folder, manifest, serial, wholes, Alone())


def _replace(folder: Path, manifest: Manifest, touched: _Touched, tables: Mapping[str, pa.Table]) -> set[int]:
    """Take the rows of the touched components out of their parts, and put the new ones into one of them; which partitions that are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    home = int(touched.mentions[0]) % manifest.partitions
    partitions = {home, *touched.held}
    for k in partitions:
        held = touched.held.get(k)
        for kind in FUSED:
            parts, table = manifest.parts[kind], read_fused(folder / kind / manifest.parts[kind][k])
            whole = table
            if held is not None:
                key = "mention_id" if kind in ("mentions", "evidence") else "event_id"
                whole = table.filter(pc.invert(pc.is_in(table.column(key), value_set=held.column(key).combine_chunks())))
            if k == home:
                whole = pa.concat_tables([whole, tables[kind]])
            if k == home or len(whole) < len(table):
                parts[k] = write_fused(folder, kind, k, whole)
    return partitions


def _add_documents(folder: Path, manifest: Manifest, bucket: int, told: Sequence[Told]) -> None:
    """Put the documents of new files, and the texts that these don't hold as they are, to those of their bucket."""
    import pyarrow as pa

    documents, texts = manifest.parts["documents"], manifest.parts["texts"]
    whole = pa.concat_tables([read_part(folder / "documents" / documents[bucket]), table_of_documents(told)])
    documents[bucket] = write_table(folder, "documents", bucket, whole)
    if added := texts_of(told):
        before = [name for name in texts if int(name[:5]) == bucket]
        table = pa.concat_tables([*(read_part(folder / "texts" / name) for name in before), added])
        manifest.parts["texts"] = sorted([*(name for name in texts if name not in before), write_table(folder, "texts", bucket, table)])
