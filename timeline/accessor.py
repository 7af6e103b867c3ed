"""`df.timeline`: filter, count, draw and write an events table."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from timeline import edtf, frames
from timeline.lookup import wanted_names
from timeline.text import fold_words

if TYPE_CHECKING:
    import altair as alt

Values = str | Iterable[str] | None
Path = str | os.PathLike[str]

# What a reader calls a group of events, and the column that holds it.
GROUPS = {
    "province": "provinces",
    "province_now": "provinces_now",
    "actor": "actors",
    "gate": "border_gates",
    "event_type": "event_type",
    "status": "status",
    "language": "languages",
    "series": "series",
}
_ANNUAL = "annual"


class TimelineAccessor:
    """What can be asked of an events table; any other frame has no `.timeline`.

    The table may come from `timeline.build` or `timeline.load`, or be one that somebody read with pandas himself:

    >>> import timeline
    >>> events = pd.read_csv("data/built/events.csv")
    >>> events.timeline.filter(province="Cao Bang", event_type="border_gate", between=("2024", "2024"))["title"].tolist()[-1]
    'Opening: Bản Giốc–Detian'

    Every frame returned is typed as `timeline.tables` says; the frame asked is never changed.
    """

    def __init__(self, events: pd.DataFrame) -> None:
        missing = frames.missing_columns(events)
        if missing:  # AttributeError, so that hasattr(frame, "timeline") tells
            raise AttributeError(f".timeline needs an events table; this frame has no column {', '.join(missing)}")
        self._given = events

    @cached_property
    def _events(self) -> pd.DataFrame:
        return frames.as_events(self._given)

    def filter(
        self,
        province: Values = None,
        province_now: Values = None,
        actor: Values = None,
        event_type: Values = None,
        gate: Values = None,
        status: Values = None,
        language: Values = None,
        series: Values = None,
        between: tuple[str | None, str | None] | None = None,
        undated: bool | None = None,
    ) -> pd.DataFrame:
        """The events that meet every condition given.

        A condition is one value or several, of which an event needs any; case and diacritics do not matter
        (`Cao Bang` finds `Cao Bằng`), and any name that the gazetteer knows will do: `广西` or `Quảng Tây` for Guangxi,
        one side of a gate (`Trà Lĩnh`) for the pair. A province, gate, type or status that neither the table nor the
        gazetteer knows is an `InputError`, for no event would look like a result.

        `between` takes two EDTF strings, None for an open side, both sides included: ("2023", "2025") keeps every
        event that can have happened from 1 January 2023 to 31 December 2025, so also a period that only reaches into
        it. Undated events are kept unless `between` is given; `undated=True` keeps them always, `undated=False` never.
        """
        keep = pd.Series(True, index=self._events.index)
        wanted = {
            "province": province,
            "province_now": province_now,
            "actor": actor,
            "event_type": event_type,
            "gate": gate,
            "status": status,
            "language": language,
            "series": series,
        }
        for group, values in wanted.items():
            if values is not None:
                keep &= self._has(group, values)
        keep &= self._within(between, undated)
        return self._events[keep]

    def between(self, since: str | None = None, until: str | None = None, *, undated: bool = False) -> pd.DataFrame:
        """The events that can have happened from `since` to `until`: EDTF strings, both included, None for an open side."""
        return self.filter(between=(since, until), undated=undated)

    def counts(self, by: str = "province") -> pd.Series[Any]:
        """How many events each value of a group has, most first; an event with two provinces counts for both."""
        values = self._events[_group_column(by)].explode()
        values = values[values.notna() & (values != "")]
        return values.astype("string").value_counts().astype("int64").sort_index().sort_values(ascending=False, kind="stable")

    def lanes(self, by: str = "province") -> pd.DataFrame:
        """One row for an event and lane, with a `lane` column; an event without any value stands in the lane ""."""
        from timeline.charts.lanes import explode_lanes  # the charts are wanted by few who import the library

        return explode_lanes(self._events, _group_column(by))

    def explode(self, by: str = "province") -> pd.DataFrame:
        """One row for an event and value of a group, in the group's column; an event without a value gives no row.

        For whoever counts or joins by province, actor, gate: the column holds one name where it held a list.

        >>> import timeline
        >>> rows = timeline.load("data/built").events.timeline.explode("gate")
        >>> rows["border_gates"].value_counts().to_dict()["Bản Giốc–Detian"]
        2
        """
        column = _group_column(by)
        rows = self._events.explode(column, ignore_index=True)
        rows = rows.assign(**{column: rows[column].astype("string")})
        return rows[rows[column].notna() & (rows[column] != "")].reset_index(drop=True)

    def series(self) -> pd.DataFrame:
        """One row a named series, by name: which of it are here, and which are missing.

        Columns: `series`, `recurrence`, `events` (how many), `first_day` and `last_day` (ISO, "" where none is dated),
        `ordinals` and `missing_ordinals` (numbers between the first and the last here), `missing_years` (of an annual
        series, years between the first and the last dated one without an event).
        """
        named = self._events[self._events["series"] != ""]
        rows = [_series_row(str(name), group) for name, group in named.groupby("series", sort=True)]
        return pd.DataFrame(rows, columns=list(_SERIES)).astype(_SERIES)

    def gates_at(self, day: str | date) -> pd.DataFrame:
        """Every border gate that the tool knows, as it was on a day, an ISO string or a date: one row a gate.

        Columns: `border_gate`, `class` and since when (`since`, EDTF; both "" where nobody wrote it down), `part_of`,
        `vn_province`, `cn_province`, and of the events in this table `last_change`, the event_id of the last
        border_gate event that was over by that day ("" for none) with its `last_change_title`.
        Raises `ValueError` for what is no day.

        >>> import timeline
        >>> gates = timeline.load("data/built").events.timeline.gates_at("2023-05-01").set_index("border_gate")
        >>> gates.loc["Trà Lĩnh–Longbang", "class"], gates.loc["Thanh Thủy–Tianbao", "class"]
        ('bilateral', 'international')
        """
        from timeline.knowledge import load_entries  # reads files: not for whoever only filters

        try:
            on = date(day.year, day.month, day.day) if isinstance(day, date) else date.fromisoformat(day)
        except ValueError:
            raise ValueError(f"{day!r} is no day; write it as 2023-05-01") from None
        changes = self._changes_by(on.isoformat())
        rows = []
        for gate in load_entries().gates.values():
            name, since = gate.class_on(on)
            last = changes.get(gate.pair, ("", ""))
            rows.append((gate.pair, name, since, gate.part_of, gate.vn_province, gate.cn_province, *last))
        columns = ["border_gate", "class", "since", "part_of", "vn_province", "cn_province", "last_change", "last_change_title"]
        return pd.DataFrame(rows, columns=columns, dtype="string")

    def chart(self, lane: str = "province", **options: Any) -> alt.LayerChart:
        """An interactive Altair timeline; the options are those of `timeline.charts.timeline_chart`."""
        from timeline.charts import timeline_chart  # Altair takes longer to import than all the rest

        return timeline_chart(self._events, lane=_group_column(lane), **options)

    def to_pandas(self) -> pd.DataFrame:
        """A copy for analysis: `date_start` and `date_end` as days (`datetime64[s]`, no zone, NaT where open), codes as categories.

        Seconds, for a year may lie beyond what nanoseconds can hold.
        """
        days = {name: np.array([day or "NaT" for day in self._events[name]], dtype="datetime64[s]") for name in _DAYS}
        codes = {name: self._events[name].astype("category") for name in _CODES}
        return self._events.assign(**days, **codes)

    def to(self, format: str, path: Path | None = None, language: str = "en") -> bytes | None:
        """The events in any of `timeline.export.FORMATS`; written to `path`, or returned as bytes.

        `language` (en, vi, zh) is that of the heads and titles in formats for people. Formats that cite the sources
        need the documents too: see `Timeline.export`.
        """
        from timeline.export import export, of_events

        return export(of_events(self._events), format, path, language)

    def to_csv(self, path: Path | None = None) -> str | None:
        """The events as CSV, as in a built folder; written to `path`, or returned."""
        content = self.to("csv-machine", path)
        return None if content is None else content.decode("utf-8")

    def to_excel(self, path: Path, language: str = "en") -> None:
        """An Excel workbook for people."""
        self.to("excel", path, language)

    def to_parquet(self, path: Path) -> None:
        """Parquet, lists as lists."""
        self.to("parquet", path)

    def to_jsonl(self, path: Path | None = None) -> str | None:
        """JSON Lines, an event a line; written to `path`, or returned."""
        content = self.to("jsonl", path)
        return None if content is None else content.decode("utf-8")

    def to_icalendar(self, path: Path, language: str = "en") -> None:
        """A calendar file of the events whose days are known."""
        self.to("icalendar", path, language)

    def to_geojson(self, path: Path, language: str = "en") -> None:
        """GeoJSON, a feature an event."""
        self.to("geojson", path, language)

    def to_timelinejs(self, path: Path, language: str = "en") -> None:
        """The JSON that TimelineJS draws."""
        self.to("timelinejs", path, language)

    def to_html(self, path: Path, language: str = "en", lane: str = "province", title: str = "") -> None:
        """One page with the interactive timeline in it, which needs no network."""
        from timeline.export import of_events, page_of
        from timeline.files import write_whole
        from timeline.i18n import words
        from timeline.knowledge import load_entries

        write_whole(FilePath(path), page_of(of_events(self._events), words(language), load_entries(), _group_column(lane), title))

    def _has(self, group: str, values: str | Iterable[str]) -> pd.Series[bool]:
        column = GROUPS[group]
        given = [values] if isinstance(values, str) else list(values)
        wanted = wanted_names(group, given, self._events[column])
        folds: dict[str, bool] = {}

        def is_wanted(value: str) -> bool:
            if value not in folds:
                folds[value] = fold_words(value) in wanted
            return folds[value]

        cells = self._events[column]
        found = [any(is_wanted(item) for item in ([cell] if isinstance(cell, str) else cell)) for cell in cells]
        return pd.Series(found, index=cells.index, dtype=bool)

    def _within(self, between: tuple[str | None, str | None] | None, undated: bool | None) -> pd.Series[bool]:
        # ISO days compare as text; an open side of a span reaches as far as there is time.
        start, end = self._events["date_start"], self._events["date_end"]
        dated = (start != "") | (end != "")
        keep_undated = undated if undated is not None else between is None
        first, last = _bounds(between)
        inside = ((start == "") | (start <= last)) & ((end == "") | (end >= first))
        return ((dated & inside) | (~dated & keep_undated)).astype(bool)

    def _changes_by(self, day: str) -> Mapping[str, tuple[str, str]]:
        """Gate → event_id and title of the last change of it that was over by a day, whatever day of its own it was on."""
        events = self._events
        over = (events["event_type"] == "border_gate") & (events["date_end"] != "") & (events["date_end"] <= day)
        over &= events["status"] == "held"
        rows = events[over].sort_values(["date_end", "event_id"], kind="stable")
        cells = zip(rows["border_gates"], rows["event_id"], rows["title"], strict=True)
        return {gate: (event_id, title) for gates, event_id, title in cells for gate in gates}


_DAYS = ("date_start", "date_end")
_CODES = ("event_type", "event_subtype", "form", "status", "date_precision", "date_basis")
_SERIES = {
    "series": "string",
    "recurrence": "string",
    "events": "Int64",
    "first_day": "string",
    "last_day": "string",
    "ordinals": "object",
    "missing_ordinals": "object",
    "missing_years": "object",
}


def _series_row(name: str, events: pd.DataFrame) -> tuple[Any, ...]:
    ordinals = sorted({int(number) for number in events["ordinal"].dropna()})
    starts = sorted(day for day in events["date_start"] if day)
    ends = [day for day in events["date_end"] if day]
    recurrence = next((told for told in events["recurrence"] if told), "")
    years = sorted({int(day[:4]) for day in starts}) if recurrence == _ANNUAL else []
    first, last = min(starts, default=""), max(ends, default="")
    return name, recurrence, len(events), first, last, ordinals, _gaps(ordinals), _gaps(years)


def _gaps(numbers: list[int]) -> list[int]:
    """What is missing between the first and the last."""
    return sorted(set(range(numbers[0], numbers[-1])) - set(numbers)) if numbers else []


def _group_column(by: str) -> str:
    column = GROUPS.get(by, by)
    if column not in GROUPS.values():
        raise ValueError(f"no lanes by {by!r}; choose one of {', '.join(GROUPS)}")
    return column


def _bounds(between: tuple[str | None, str | None] | None) -> tuple[str, str]:
    low, high = between or (None, None)
    first = _bound(low).start if low else None
    last = _bound(high).end if high else None
    return (first or date.min).isoformat(), (last or date.max).isoformat()


def _bound(text: str) -> edtf.Edtf:
    value = edtf.parse("" if text == ".." else text)
    if text != ".." and value.start is None and value.end is None:
        raise edtf.EdtfError("{text!r} has no year, so nothing can lie before or after it", text)
    return value
