"""Fourth step: the mentions of a bucket, moved to the partition of their component; fifth: each partition fused by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from timeline.arrow import as_arrow
from timeline.crew import Crew
from timeline.fusion import Fused, Serial, fuse_linked, position
from timeline.fusion.links import Link
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention
from timeline.partitioned.batches import read_batch, write_batches
from timeline.partitioned.blocks import TWIN
from timeline.partitioned.components import Components
from timeline.partitioned.earlier import with_saved_ids
from timeline.partitioned.reading import Settings, id_of, number_of, told_of
from timeline.partitioned.told import Told, document_of, document_row, mention_of, mention_row, packed, unpacked
from timeline.parts import Manifest, read_columns, read_part, write_rows, write_table
from timeline.pipeline import engine_of
from timeline.tables import TABLES, documents_frame, events_frame, evidence_frame, mentions_frame

if TYPE_CHECKING:
    import pyarrow as pa

FUSED = ("mentions", "evidence", "events", "serial")  # the kinds of parts that fusion makes
_COMPONENTS = ("members.npy", "least.npy")


def save_components(folder: Path, components: Components) -> None:
    """Lay the components where every task finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, numbers in zip(_COMPONENTS, (components.members, components.least), strict=True):
        with (folder / name).open("wb") as file:
            np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(numbers))
            file.write(numbers.data)  # `np.save` says of a full disk only that fewer items were written


def move(folder: Path, work: Path, partitions: int, bucket: tuple[int, str]) -> tuple[str, str, str]:
    """Write a bucket's mentions, a batch a partition, and its documents and texts, which are as they will be; the parts' names."""
    number, name = bucket
    components = Components(*(np.load(work / file, mmap_mode="r") for file in _COMPONENTS))
    told = list(told_of(folder / "read" / name))
    mentions = [mention for one in told for mention in one.mentions]
    sources = {read.document.doc_id: document_row(read.document) for one in told for read in one.documents}
    homes = components.of(np.array([number_of(mention.mention_id) for mention in mentions], np.int64)) % partitions
    found: list[list[bytes]] = [[] for _ in range(partitions)]
    for mention, home in zip(mentions, homes.tolist(), strict=True):
        found[home].append(packed([mention_row(mention), sources[mention.doc_id]]))
    moved = write_batches(work, "moved", number, [_batch(rows) for rows in found])
    return moved, *write_documents(folder, number, told)


def write_documents(folder: Path, number: int, told: Sequence[Told]) -> tuple[str, str]:
    """Write the documents of a bucket, and the texts that their files don't hold as they are; the parts' names, "" for no texts."""
    texts = texts_of(told)
    return write_table(folder, "documents", number, table_of_documents(told)), write_table(folder, "texts", number, texts) if texts else ""


def table_of_documents(told: Sequence[Told]) -> pa.Table:
    """The documents of some files, as their part holds them."""
    counts = Counter(mention.doc_id for one in told for mention in one.mentions)
    rows = [
        {**_plain(read.document), "characters": read.characters, "mentions": counts[read.document.doc_id]}
        for one in told
        for read in one.documents
    ]
    return as_arrow(documents_frame(rows), "documents")


def texts_of(told: Sequence[Told]) -> pa.Table | None:
    """The texts that some files don't hold as they are, as their part holds them; None where there are none."""
    import pyarrow as pa

    texts = {doc_id: text for one in told for doc_id, text in one.texts.items()}
    if not texts:
        return None
    words = pa.array([text.encode("utf-8", "surrogatepass") for text in texts.values()], pa.binary())
    return pa.table({"doc_id": pa.array(texts, pa.string()), "text": words})


def move_links(folder: Path, work: Path, partitions: int, part: tuple[int, str]) -> str:
    """Write a partition's links by the partition of their component; the part's name."""
    import pyarrow as pa

    number, name = part
    components = Components(*(np.load(work / file, mmap_mode="r") for file in _COMPONENTS))
    table = read_columns(folder / "links" / name)
    table = table.set_column(table.schema.get_field_index("rule"), "rule", table.column("rule").cast(pa.string()))
    homes = components.of(table.column("left").to_numpy()) % partitions
    order = np.argsort(homes, kind="stable")
    whole = table.take(order).combine_chunks().to_batches()[0] if len(order) else pa.RecordBatch.from_pylist([], schema=table.schema)
    ends = np.searchsorted(homes[order], np.arange(partitions), side="right").tolist()
    batches = [whole.slice(begin, end - begin) for begin, end in pairwise([0, *ends])]
    return write_batches(work, "linked", number, batches)


def fuse_partition(
    folder: Path, work: Path, settings: Settings, moved: Sequence[str], linked: Sequence[str], partition: int
) -> dict[str, str]:
    """Fuse the mentions of one partition and write what comes of it; the parts' names, by kind. What is part of a series is unsettled."""
    engine = engine_of(settings.knowledge, settings.version)
    engine.reader.forget()  # nothing is read any more, and a partition may be large
    knowledge = engine.knowledge
    rows = read_batch([work / "moved" / name for name in moved], partition).column("row").to_pylist()
    mentions: list[Mention] = []
    sources: dict[str, Document] = {}
    for row in map(unpacked, rows):
        mentions.append(mention_of(row[0]))
        if mentions[-1].doc_id not in sources:
            sources[mentions[-1].doc_id] = document_of(row[1])
    links = links_of_table(read_batch([work / "linked" / name for name in linked], partition))
    fused = with_saved_ids(work, fused_of(mentions, links, sources, knowledge))
    return {kind: write_fused(folder, kind, partition, table) for kind, table in tables_of(fused).items()}


def write_fused(folder: Path, kind: str, number: int, table: pa.Table) -> str:
    """Write a part of what was fused; its name."""
    return (write_rows if kind == "serial" else write_table)(folder, kind, number, table)


def read_fused(path: Path, *columns: str) -> pa.Table:
    """These columns of such a part, or all."""
    return (read_columns if path.parent.name == "serial" else read_part)(path, *columns)


def fused_of(mentions: Iterable[Mention], links: Iterable[Link], sources: Mapping[str, Document], knowledge: Knowledge) -> Fused:
    """Whole components, fused."""
    ordered = sorted(mentions, key=position)
    links = list(dict.fromkeys(links))
    twins = {link.right: link.left for link in links if link.rule == TWIN}
    return fuse_linked(ordered, [link for link in links if link.rule not in ("", TWIN)], twins, sources.values(), knowledge)


def tables_of(fused: Fused) -> dict[str, pa.Table]:
    """What was fused, as its parts hold it, by kind."""
    import pyarrow as pa

    evidence = [*(row for mention in fused.mentions for row in mention.evidence), *fused.evidence]
    frames = {"mentions": mentions_frame(fused.mentions), "evidence": evidence_frame(evidence), "events": events_frame(fused.events)}
    serial = [Serial.of(event) for event in fused.events if event.series or event.part_of]
    columns = {name: pa.array([getattr(one, name) for one in serial], pa.string()) for name in Serial._fields}
    return {kind: as_arrow(frame, kind) for kind, frame in frames.items()} | {"serial": pa.table(columns)}


def read_serial(path: Path) -> list[Serial]:
    """The events of a partition that are of a series, or part of something, with what they say of that."""
    return [Serial(**row) for row in read_columns(path).to_pylist()]


def settle_all(folder: Path, manifest: Manifest, serial: Sequence[Sequence[Serial]], wholes: Mapping[str, str], crew: Crew) -> None:
    """Write those parts of the events anew of which some are part of a series told in another. `wholes`: by event_id.

    `serial` is what `read_serial` gives of each partition.
    """
    names = manifest.parts["events"]
    touched = [k for k, events in enumerate(serial) if any(event.event_id in wholes for event in events)]
    for k, name in zip(touched, crew.run(partial(settle, folder, wholes), [(k, names[k]) for k in touched]), strict=True):
        names[k] = name


def settle(folder: Path, wholes: Mapping[str, str], part: tuple[int, str]) -> str:
    """Write a part of the events anew, with what some of them are part of; its name. `wholes`: by event_id."""
    import pyarrow as pa

    number, name = part
    table = read_part(folder / "events" / name)
    ids, told = (table.column(column).to_pylist() for column in ("event_id", "part_of"))
    at = table.schema.get_field_index("part_of")
    column = pa.array([wholes.get(event, whole) for event, whole in zip(ids, told, strict=True)], pa.string())
    return write_table(folder, "events", number, table.set_column(at, table.schema.field(at), column))


def links_of_table(table: pa.Table) -> Iterator[Link]:
    """The links of a part, or of a batch of one."""
    columns = (table.column(name).to_pylist() for name in ("weight", "rule", "left", "right", "sure"))
    for weight, rule, left, right, sure in zip(*columns, strict=True):
        yield Link(weight, rule, id_of(left), id_of(right), sure)


def _batch(rows: list[bytes]) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.record_batch([pa.array(rows, pa.binary())], names=["row"])


def _plain(document: Document) -> dict[str, Any]:
    return {spec.name: getattr(document, spec.name) for spec in TABLES["documents"] if hasattr(document, spec.name)}
