"""Filtering and counting of an events table, fast enough for every click: indexed once, then answered by numbers.

A group (province, actor, …) is held as two flat arrays, one entry for an event and value, so that a condition is one
lookup and the counts of a group one `bincount`, whatever else is chosen: some milliseconds for a million events. What was
asked last is kept, for one view asks a dozen times for the same conditions, and most readers begin with none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from timeline import edtf
from timeline.addresses import host_of
from timeline.query import Archive, Mask, Rows
from timeline.query.values import Codes, codes_of
from timeline.query.words import search_events
from timeline.text import fold_words

# What a reader filters by, and the column of the events table that holds it; the other groups are reckoned.
COLUMNS = {
    "province": "provinces",
    "province_now": "provinces_now",
    "actor": "actors",
    "gate": "border_gates",
    "type": "event_type",
    "subtype": "event_subtype",
    "status": "status",
    "language": "languages",
    "series": "series",
}
RECKONED = ("role", "source")
GROUPS = (*COLUMNS, *RECKONED)
_OPEN_START, _OPEN_END = 0, 9999_99_99
_MASKS_KEPT, _COUNTS_KEPT = 64, 256  # conditions (a byte an event each), and counts of groups


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold of an event: any of the values in each group that names some, and all of the groups.

    `since` and `until` are EDTF strings or empty, both inclusive; `confidence` is the least, 0 to 1; `text` are words
    that titles or passages must hold, all of them, without regard to case and diacritics.
    """

    province: tuple[str, ...] = ()
    province_now: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    subtype: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    undated: bool = True
    confidence: float = 0.0
    text: str = ""


class Facets:
    """The index over one build; rows are those of its events table, in its order."""

    def __init__(self, archive: Archive, offices: Mapping[str, Iterable[str]] | None = None) -> None:
        """`offices` gives the offices of an actor, by canonical name."""
        self.archive = archive
        self.size = len(archive.events)
        self._offices = offices or {}
        self._groups: dict[str, Group] = {}
        self._search = search_events(archive)
        self._first = _as_numbers(archive.events.column("date_start"), _OPEN_START)
        self._last = _as_numbers(archive.events.column("date_end"), _OPEN_END)
        self.dated: Mask = (self._first != _OPEN_START) | (self._last != _OPEN_END)
        self._confidence = pc.fill_null(archive.events.column("confidence"), 0.0).to_numpy()
        self._meets = lru_cache(_MASKS_KEPT)(self._reckoned)
        self._left = lru_cache(_COUNTS_KEPT)(self._counted)

    def mask(self, chosen: Conditions, without: Collection[str] = ()) -> Mask:
        """Which events meet the conditions; `without` leaves some out: names of groups, "date", "undated", "confidence", "text"."""
        keep = np.ones(self.size, dtype=bool)
        for name, wanted in _set_in(chosen).items():
            if name not in without:
                keep &= self._meets(name, wanted)
        return keep

    def at_least(self, confidence: float) -> Mask:
        """Which events are as sure as that, 0 to 1."""
        sure: Mask = self._confidence >= confidence
        return sure

    def select(self, chosen: Conditions) -> pd.DataFrame:
        """The events that meet the conditions, as they stand in the table."""
        return self.archive.events.rows(np.flatnonzero(self.mask(chosen)))

    def counts(self, group: str, chosen: Conditions | None = None) -> Mapping[str, int]:
        """How many events each value of a group would leave beside the other conditions; values with none are left out.

        Values stand in the order of the whole table, most events first, so that an option keeps its place.
        """
        none: dict[str, Any] = {group: ()}
        return self._left(group, replace(chosen or Conditions(), **none))

    def values(self, group: str) -> list[str]:
        """All values of a group, most events first, then by name."""
        return self.group(group).values

    def bounds(self, chosen: Conditions) -> tuple[dict[str, int], dict[str, int]]:
        """How many events each year would leave as the first one ("from"), and as the last one ("to"), with all else that is chosen.

        The years are those in which anything may have happened; undated events count where they are kept.
        """
        keep = self.mask(chosen, without=("date",))
        undated = int((keep & ~self.dated).sum())
        keep &= self.dated
        years = list(self.by_year(keep))
        # Counted in years of four digits: an open end is in 9999, an open beginning in 0.
        ends = np.bincount(self._last[keep & self._within("", chosen.until)] // 10_000, minlength=10_000)
        starts = np.bincount(self._first[keep & self._within(chosen.since, "")] // 10_000, minlength=10_000)
        not_before, not_after = ends[::-1].cumsum()[::-1], starts.cumsum()
        left = {f"{year:04d}": int(not_before[year]) + undated for year in years}
        right = {f"{year:04d}": int(not_after[year]) + undated for year in years}
        return left, right

    def years(self, chosen: Conditions) -> dict[str, int]:
        """How many events each year may hold, beside the other conditions."""
        return {f"{year:04d}": count for year, count in self.by_year(self.mask(chosen, without=("date",))).items()}

    def by_year(self, keep: Mask) -> dict[int, int]:
        """How many events of a mask each year may hold; a period counts in each of its years, an open end in that of its beginning."""
        keep = keep & self.dated
        first, last = self._first[keep] // 10_000, self._last[keep] // 10_000
        first = np.where(first == 0, last, first)
        last = np.where(last == 9999, first, last)
        if not len(first):
            return {}
        low, high = int(first.min()), int(last.max())
        steps = np.bincount(first - low, minlength=high - low + 2) - np.bincount(last - low + 1, minlength=high - low + 2)
        return {low + k: int(count) for k, count in enumerate(np.cumsum(steps)[:-1]) if count}

    def group(self, name: str) -> Group:
        """The index of one group, or of the documents ("document"), made when first asked for."""
        if name not in self._groups:
            makers: dict[str, Callable[[], Codes]] = {"role": self._roles, "source": self._sources, "document": self._documents}
            maker = makers.get(name)
            self._groups[name] = Group(maker() if maker else codes_of(self.archive.events.column(COLUMNS[name])), self.size)
        return self._groups[name]

    @cached_property
    def source_of(self) -> dict[str, str]:
        """Who published each document: its publisher, else the host of its address, else its own name."""
        columns = (self.archive.documents.column(name).to_pylist() for name in ("doc_id", "publisher", "source_url"))
        return {doc_id: publisher or host_of(url) or doc_id for doc_id, publisher, url in zip(*columns, strict=True)}

    def _reckoned(self, name: str, wanted: Hashable) -> Mask:
        """Which events meet one condition, as `_set_in` gives it."""
        match name, wanted:
            case "date", (str(since), str(until)):
                found = ~self.dated | self._within(since, until)
            case "undated", _:
                found = self.dated.copy()
            case "confidence", float(least):
                found = self.at_least(least)
            case "text", str(text):
                found = self._search.holding(fold_words(text).split())
            case group, tuple(values):
                found = self.group(group).any_of(values)
            case _:
                raise ValueError(f"no condition {name!r} with {wanted!r}")
        found.setflags(write=False)
        return found

    def _counted(self, group: str, others: Conditions) -> Mapping[str, int]:
        return self.group(group).counts(self.mask(others))

    def _within(self, since: str, until: str) -> Mask:
        first, last = edtf.parse(since).start if since else None, edtf.parse(until).end if until else None
        low = _number(first) if first else _OPEN_START
        high = _number(last) if last else _OPEN_END
        inside: Mask = (self._first <= high) & (self._last >= low)
        return inside

    def _roles(self) -> Codes:
        none: tuple[str, ...] = ()
        return codes_of(self.archive.events.column("actors")).translated(lambda actor: self._offices.get(actor, none))

    def _documents(self) -> Codes:
        return codes_of(self.archive.events.column("documents"))

    def _sources(self) -> Codes:
        return self._documents().translated(lambda doc_id: [self.source_of.get(doc_id, doc_id)])


def _set_in(chosen: Conditions) -> dict[str, Hashable]:
    """The conditions that keep anything out, each with what it wants."""
    found: dict[str, Hashable] = {group: values for group in GROUPS if (values := getattr(chosen, group))}
    if chosen.since or chosen.until:
        found["date"] = chosen.since, chosen.until
    if not chosen.undated:
        found["undated"] = True
    if chosen.confidence > 0:
        found["confidence"] = chosen.confidence
    if chosen.text.strip():
        found["text"] = chosen.text
    return found


class Group:
    """The values of one group, as numbers."""

    def __init__(self, found: Codes, size: int) -> None:
        names = found.names
        totals = np.bincount(found.codes, minlength=len(names))
        order = sorted(range(len(names)), key=lambda k: (-totals[k], names[k]))
        rank = np.empty(len(names), dtype=np.int64)
        rank[order] = np.arange(len(names))
        self.values = [names[k] for k in order]
        self.rows = found.rows
        self.codes = rank[found.codes]
        self._size = size
        self._code = {value: k for k, value in enumerate(self.values)}

    def any_of(self, values: Sequence[str]) -> Mask:
        """Which events have any of these values; a value that there is not is none's."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[[self._code[value] for value in values if value in self._code]] = True
        keep = np.zeros(self._size, dtype=bool)
        keep[self.rows[wanted[self.codes]]] = True
        return keep

    def tally(self, keep: Mask) -> Rows:
        """How many events of a mask each of `values` has."""
        return np.bincount(self.codes[keep[self.rows]], minlength=len(self.values))

    def counts(self, keep: Mask) -> dict[str, int]:
        """The same by value, without those that have none."""
        return {value: int(count) for value, count in zip(self.values, self.tally(keep), strict=True) if count}


def _as_numbers(days: pa.ChunkedArray, empty: int) -> Rows:
    """ISO days as whole numbers that compare as the days do (20250912)."""
    known = pc.if_else(pc.equal(days, ""), str(empty), pc.replace_substring(days, "-", ""))
    numbers: Rows = known.cast(pa.int64()).to_numpy()
    return numbers


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
