"""Events in the order of what a reader sees in a column."""

from __future__ import annotations

from typing import Any

import pandas as pd

from timeline import knowledge
from timeline.export.readable import readable
from timeline.i18n import Words
from timeline.naming import CANONICAL, Naming
from timeline.text import fold_words


def sorted_by(
    events: pd.DataFrame,
    name: str,
    words: Words,
    entries: knowledge.Tables | None = None,
    backward: bool = False,
    naming: Naming = CANONICAL,
) -> pd.DataFrame:
    """The events by the column `name` (empty: as they stand), equal ones as they stood; those without a value stay last.

    Text is compared without case and diacritics; "when" by the first possible day, then the last.
    """
    if not name:
        keys = _days(events) if backward else None
    elif name == "when":
        keys = _days(events)
    else:
        keys = [_key(cell) for cell in readable(events, words, entries, [name], naming)[name]]
    if keys is None:
        return events
    filled = [at for at, key in enumerate(keys) if key is not None]
    empty = [at for at, key in enumerate(keys) if key is None]
    filled.sort(key=lambda at: keys[at], reverse=backward)
    return events.iloc[[*filled, *empty]]


def _days(events: pd.DataFrame) -> list[Any]:
    """First and last possible day; for an open side the other, which is all that is known."""
    pairs = zip(events["date_start"], events["date_end"], strict=True)
    return [(start or end, end or start) if start or end else None for start, end in pairs]


def _key(cell: Any) -> Any:
    if isinstance(cell, str):
        return (fold_words(cell), cell) if cell else None
    return cell
