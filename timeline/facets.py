"""Filtering and counting of an events table, fast enough for every click: indexed once, then answered by numbers.

A group (province, actor, …) is held as two flat arrays, one entry for an event and value, so that a condition is one
lookup and the counts of a group one `bincount`, whatever else is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from timeline import edtf
from timeline.addresses import host_of
from timeline.tables import TimelineLike
from timeline.text import fold_words

Mask = npt.NDArray[np.bool_]

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

    def __init__(self, tables: TimelineLike, offices: Mapping[str, Iterable[str]] | None = None) -> None:
        """`offices` gives the offices of an actor, by canonical name."""
        self.tables = tables
        self.events = tables.events
        self.size = len(self.events)
        self._offices = offices or {}
        self._groups: dict[str, _Group] = {}
        self._sought: tuple[str, Mask] = "", np.ones(self.size, dtype=bool)
        self._first = _as_numbers(self.events["date_start"], _OPEN_START)
        self._last = _as_numbers(self.events["date_end"], _OPEN_END)
        self.dated: Mask = (self._first != _OPEN_START) | (self._last != _OPEN_END)
        self._confidence = self.events["confidence"].to_numpy(dtype=float, na_value=0.0)

    def mask(self, chosen: Conditions, without: Collection[str] = ()) -> Mask:
        """Which events meet the conditions; `without` leaves some out: names of groups, "date", "undated", "confidence", "text"."""
        keep = np.ones(self.size, dtype=bool)
        for group in GROUPS:
            values = getattr(chosen, group)
            if values and group not in without:
                keep &= self.group(group).any_of(values, self.size)
        if (chosen.since or chosen.until) and "date" not in without:
            keep &= ~self.dated | self._within(chosen.since, chosen.until)
        if not chosen.undated and "undated" not in without:
            keep &= self.dated
        if chosen.confidence > 0 and "confidence" not in without:
            keep &= self.at_least(chosen.confidence)
        if chosen.text.strip() and "text" not in without:
            keep &= self._holds(chosen.text)
        return keep

    def at_least(self, confidence: float) -> Mask:
        """Which events are as sure as that, 0 to 1."""
        sure: Mask = self._confidence >= confidence
        return sure

    def select(self, chosen: Conditions) -> pd.DataFrame:
        """The events that meet the conditions, as they stand in the table."""
        keep = self.mask(chosen)
        return self.events if keep.all() else self.events[keep]

    def counts(self, group: str, chosen: Conditions | None = None) -> dict[str, int]:
        """How many events each value of a group would leave beside the other conditions; values with none are left out.

        Values stand in the order of the whole table, most events first, so that an option keeps its place.
        """
        keep = np.ones(self.size, dtype=bool) if chosen is None else self.mask(chosen, without=(group,))
        return self.group(group).counts(keep)

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
        ends = np.sort(self._last[keep & self._within("", chosen.until)])
        starts = np.sort(self._first[keep & self._within(chosen.since, "")])
        left = {f"{year:04d}": len(ends) - int(np.searchsorted(ends, year * 10_000)) + undated for year in years}
        right = {f"{year:04d}": int(np.searchsorted(starts, (year + 1) * 10_000)) + undated for year in years}
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

    def group(self, name: str) -> _Group:
        """The index of one group, made when first asked for."""
        if name not in self._groups:
            makers: dict[str, Callable[[], Iterable[Iterable[str]]]] = {"role": self._roles, "source": self._sources}
            maker = makers.get(name)
            cells = maker() if maker else _cells(self.events[COLUMNS[name]])
            self._groups[name] = _Group(cells)
        return self._groups[name]

    @cached_property
    def source_of(self) -> dict[str, str]:
        """Who published each document: its publisher, else the host of its address, else its own name."""
        documents = self.tables.documents
        cells = zip(documents["doc_id"], documents["publisher"], documents["source_url"], strict=True)
        return {doc_id: publisher or host_of(url) or doc_id for doc_id, publisher, url in cells}

    @cached_property
    def _texts(self) -> list[str]:
        """What can be searched of each event: titles in three languages and all its passages, folded."""
        passages: dict[str, list[str]] = {}
        mentions = self.tables.mentions
        for event_id, text in zip(mentions["event_id"], mentions["text"], strict=True):
            passages.setdefault(event_id, []).append(text)
        titles = zip(self.events["event_id"], self.events["title"], self.events["title_vi"], self.events["title_zh"], strict=True)
        return [fold_words("\n".join([*own, *passages.get(event_id, ())])) for event_id, *own in titles]

    def _holds(self, text: str) -> Mask:
        # One view asks a dozen times for the same words, and every reader may ask for others.
        asked, found = self._sought
        if asked != text:
            wanted = fold_words(text).split()
            found = np.fromiter((all(word in told for word in wanted) for told in self._texts), dtype=bool, count=self.size)
            self._sought = text, found
        return found

    def _within(self, since: str, until: str) -> Mask:
        first, last = edtf.parse(since).start if since else None, edtf.parse(until).end if until else None
        low = _number(first) if first else _OPEN_START
        high = _number(last) if last else _OPEN_END
        inside: Mask = (self._first <= high) & (self._last >= low)
        return inside

    def _roles(self) -> Iterable[Iterable[str]]:
        none: tuple[str, ...] = ()
        for actors in self.events["actors"]:
            yield dict.fromkeys(office for actor in actors for office in self._offices.get(actor, none))

    def _sources(self) -> Iterable[Iterable[str]]:
        for documents in self.events["documents"]:
            yield dict.fromkeys(self.source_of.get(doc_id, doc_id) for doc_id in documents)


class _Group:
    """The values of one group, as numbers."""

    def __init__(self, cells: Iterable[Iterable[str]]) -> None:
        found: dict[str, int] = {}
        rows: list[int] = []
        codes: list[int] = []
        for row, items in enumerate(cells):
            for item in items:
                rows.append(row)
                codes.append(found.setdefault(item, len(found)))
        names = list(found)
        totals = np.bincount(codes, minlength=len(names)) if codes else np.zeros(len(names), dtype=int)
        order = sorted(range(len(names)), key=lambda k: (-totals[k], names[k]))
        rank = np.empty(len(names), dtype=np.int64)
        rank[order] = np.arange(len(names))
        self.values = [names[k] for k in order]
        self.rows = np.asarray(rows, dtype=np.int64)
        self.codes = rank[np.asarray(codes, dtype=np.int64)]
        self._code = {value: k for k, value in enumerate(self.values)}

    def any_of(self, values: Sequence[str], size: int) -> Mask:
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[[self._code[value] for value in values if value in self._code]] = True
        keep = np.zeros(size, dtype=bool)
        keep[self.rows[wanted[self.codes]]] = True
        return keep

    def counts(self, keep: Mask) -> dict[str, int]:
        left = np.bincount(self.codes[keep[self.rows]], minlength=len(self.values))
        return {value: int(count) for value, count in zip(self.values, left, strict=True) if count}


def _cells(column: pd.Series[Any]) -> Iterable[Iterable[str]]:
    """Each cell as the values in it; an empty text is no value."""
    return ((cell,) if isinstance(cell, str) and cell else () if isinstance(cell, str) else cell for cell in column)


def _as_numbers(days: pd.Series[str], empty: int) -> npt.NDArray[np.int64]:
    """ISO days as whole numbers that compare as the days do (20250912)."""
    return np.fromiter((int(day.replace("-", "")) if day else empty for day in days), dtype=np.int64, count=len(days))


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
