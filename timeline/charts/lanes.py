"""Which lanes an event stands in, and the order of the lanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd


def explode_lanes(events: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for an event and lane; an event of two provinces gives two rows, one of none the lane ""."""
    lanes: list[list[str]] = [(cell or [""]) if isinstance(cell, list) else [cell] for cell in events[column]]
    rows = events.assign(lane=pd.Series(lanes, index=events.index, dtype="object")).explode("lane", ignore_index=True)
    return rows.assign(lane=rows["lane"].fillna("").astype("string"))


def lane_order(lanes: pd.Series[str], order: Sequence[str] | None = None) -> list[str]:
    """Lanes as `order` has them, then the others by number of events and name; the nameless lane last.

    Give the order of the whole table, and a lane keeps its place whatever is filtered.
    """
    counts = Counter(lanes)
    known = [lane for lane in dict.fromkeys(order or ()) if lane in counts]
    others = sorted(set(counts) - set(known), key=lambda lane: (-counts[lane], lane))
    return sorted([*known, *others], key=lambda lane: lane == "")
