"""What the events of the build before were called, for a whole that is fused again: each keeps its id, as in `timeline.identity`.

All mentions of an event of before are fused in one partition, whatever becomes of it, so that only one event can bear its id on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from timeline.fusion import Fused
from timeline.identity import with_earlier_ids
from timeline.partitioned.reading import Numbers, number_of
from timeline.parts import Manifest, read_part, write_file
from timeline.tables import Tables

if TYPE_CHECKING:
    import pyarrow as pa

_MENTIONS, _FORMERLY = "mentions.arrow", "formerly.arrow"


def save_earlier(folder: Path, work: Path, manifest: Manifest) -> tuple[Numbers, Numbers]:
    """Lay the ids of a build where every task finds them; pairs of mentions (left and right) that were of one event."""
    import pyarrow as pa
    import pyarrow.compute as pc

    told = pa.concat_tables(read_part(path, "mention_id", "event_id") for path in manifest.paths(folder, "mentions"))
    numbers = np.array([number_of(mention) for mention in told.column("mention_id").to_pylist()], np.int64)
    order = np.argsort(numbers)
    events = told.column("event_id").take(pa.array(order))
    write_file(work / _MENTIONS, pa.table({"number": pa.array(numbers[order]), "event_id": events}))
    former = pa.concat_tables(read_part(path, "event_id", "formerly") for path in manifest.paths(folder, "events"))
    write_file(work / _FORMERLY, former.filter(pc.greater(pc.list_value_length(former.column("formerly")), 0)))
    codes = events.combine_chunks().dictionary_encode().indices.to_numpy()
    together = np.argsort(codes, kind="stable")
    same = codes[together][1:] == codes[together][:-1]
    ordered = numbers[order][together]
    return ordered[:-1][same], ordered[1:][same]


def with_saved_ids(work: Path, fused: Fused) -> Fused:
    """The events with the ids that `save_earlier` laid down; as they are where it did not."""
    if not (work / _MENTIONS).exists():
        return fused
    numbers = np.array([number_of(mention.mention_id) for mention in fused.mentions], np.int64)
    told = _read(work / _MENTIONS)
    known = told.column("number").to_numpy()
    at = np.searchsorted(known, numbers)
    found = np.flatnonzero(known[np.minimum(at, len(known) - 1)] == numbers) if len(known) else np.zeros(0, np.int64)
    ids = told.column("event_id").take(at[found]).to_pylist()
    mentions = pd.DataFrame({"mention_id": [fused.mentions[k].mention_id for k in found], "event_id": ids})
    empty = pd.DataFrame()
    return with_earlier_ids(fused, Tables(empty, mentions, empty, _read(work / _FORMERLY).to_pandas()))


def _read(path: Path) -> pa.Table:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
        return file.read_all()
