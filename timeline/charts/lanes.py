"""Which lanes an event stands in, the order of the lanes, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from timeline.charts.palette import label_of
from timeline.i18n import N_, STATUSES, Words
from timeline.naming import CANONICAL, Naming

_NO_LANE = {
    "provinces": N_("(no place)"),
    "actors": N_("(no actor)"),
    "border_gates": N_("(no gate)"),
    "series": N_("(no series)"),
    "languages": N_("(no language)"),
}


def explode_lanes(events: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for an event and lane; an event of two provinces gives two rows, one of none the lane ""."""
    lanes: list[list[str]] = [(cell or [""]) if isinstance(cell, list) else [cell] for cell in events[column]]
    rows = events.assign(lane=pd.Series(lanes, index=events.index, dtype="object")).explode("lane", ignore_index=True)
    return rows.assign(lane=rows["lane"].fillna("").astype("string"))


def lane_order(counts: Mapping[str, int], order: Sequence[str] | None = None) -> list[str]:
    """Lanes as `order` has them, then the others by number of events and name; the nameless lane last.

    This is where they stand, not which go where not all have room; see `lay_out`.
    Give the order of the whole table, and a lane keeps its place whatever is filtered.
    """
    known = [lane for lane in dict.fromkeys(order or ()) if lane in counts]
    others = sorted(set(counts) - set(known), key=lambda lane: (-counts[lane], lane))
    return sorted([*known, *others], key=lambda lane: lane == "")


def lane_name(lane: str, column: str, words: Words, no_lane: str | None = None, naming: Naming = CANONICAL) -> str:
    """What the reader calls a lane: a name by `naming`, a code in words."""
    if not lane:
        return no_lane if no_lane is not None else words.gettext(_NO_LANE.get(column, _NO_LANE["provinces"]))
    if column == "event_type":
        return label_of(lane, words)
    if column == "languages":
        return words.language_name(lane)
    if column == "status":
        return words.gettext(STATUSES.get(lane, lane))
    return naming.of(column, lane)
