"""The order of events by what a reader sees in a column: a key for each, its rank among all, and the order of some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from timeline import knowledge
from timeline.export.readable import readable
from timeline.i18n import Words
from timeline.naming import CANONICAL, Naming
from timeline.text import fold_words

Ranks = npt.NDArray[np.int64]
# The columns of the events table that each column for people is made of.
READ: Mapping[str, tuple[str, ...]] = {
    "when": ("date_start", "date_end"),
    "event": ("title", "title_vi", "title_zh"),
    "type": ("event_type",),
    "kind": ("event_type", "event_subtype"),
    "form": ("form",),
    "status": ("status",),
    "provinces": ("provinces",),
    "provinces_now": ("provinces_now",),
    "gates": ("border_gates",),
    "actors": ("actors",),
    "countries": ("countries",),
    "series": ("series",),
    "number": ("ordinal",),
    "recurrence": ("recurrence",),
    "first": ("date_start",),
    "last": ("date_end",),
    "precision": ("date_precision",),
    "basis": ("date_basis",),
    "languages": ("languages",),
    "sources": ("documents",),
    "conflicts": ("conflicts",),
    "confidence": ("confidence",),
    "quote": ("quote",),
    "link": ("source_url",),
    "part_of": ("part_of",),
    "id": ("event_id",),
}


def keys_of(
    events: pd.DataFrame, name: str, words: Words, entries: knowledge.Tables | None = None, naming: Naming = CANONICAL
) -> list[Any]:
    """What the events are compared by in the column `name`, of which `READ` says what it needs; None for one without a value.

    Text is compared without case and diacritics; "when" by the first possible day, then the last.
    """
    if name == "when":
        return _days(events)
    return [_key(cell) for cell in readable(events, words, entries, [name], naming)[name]]


def ranks_of(keys: Sequence[Any]) -> Ranks:
    """The rank of each key, the same for equal ones; -1 for None."""
    rank = {key: k for k, key in enumerate(sorted({key for key in keys if key is not None}))}
    return np.fromiter((-1 if key is None else rank[key] for key in keys), dtype=np.int64, count=len(keys))


def in_order(places: Ranks, ranks: Ranks, backward: bool = False) -> Ranks:
    """Positions of events by their ranks, equal ones as they stood; those without a value stay last, forward and backward."""
    held = ranks[places]
    filled = places[held >= 0]
    order = np.argsort(-ranks[filled] if backward else ranks[filled], kind="stable")
    return np.concatenate([filled[order], places[held < 0]])


def _days(events: pd.DataFrame) -> list[Any]:
    """First and last possible day; for an open side the other, which is all that is known."""
    pairs = zip(events["date_start"], events["date_end"], strict=True)
    return [(start or end, end or start) if start or end else None for start, end in pairs]


def _key(cell: Any) -> Any:
    if isinstance(cell, str):
        return (fold_words(cell), cell) if cell else None
    return cell
