"""iCalendar (RFC 5545), for calendars of people: the events whose days are known, as whole days.

Which events: those dated to a day, and those that last from one day to another. A month, a season, a year, a period
"some time in which" something happened, a day without its year and an open span stay out: an entry of a calendar claims
every day that it covers, and a bar over a month would claim thirty of which the sources tell none. How many stay out
stands in the calendar's description and in `X-TIMELINE-LEFT-OUT`. A recurring event is not spun out into years of which
no source speaks. An approximate day ("about 25 August") is in; its words and `X-TIMELINE-EDTF` say that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from timeline import edtf, knowledge
from timeline.export.citations import Source, web_address
from timeline.export.named_sources import NamedSources
from timeline.export.plain import one_line, printable
from timeline.export.positions import positions_of
from timeline.export.readable import heads, readable
from timeline.i18n import ENGLISH, N_, Words
from timeline.naming import CANONICAL, Naming
from timeline.tables import Tables, sort_rows
from timeline.version import __version__

if TYPE_CHECKING:
    from icalendar import Calendar, Component, Event

_NAME = N_("Events")
_DOMAIN = "timeline-border"
_END = b"END:VCALENDAR\r\n"
# What has not been called off and is not known to have taken place is tentative.
_STATUS = {"held": "CONFIRMED", "ongoing": "CONFIRMED", "scheduled": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
_STAMP_OF_NONE = datetime(2000, 1, 1, tzinfo=UTC)
_CELLS = ("event", "when", "type", "kind", "status", "gates", "provinces", "actors", "basis", "conflicts", "quote")
_TOLD = ("when", "status", "actors", "basis", "conflicts", "quote")  # in the description
_CODES = {"X-TIMELINE-EDTF": "date_edtf", "X-TIMELINE-PRECISION": "date_precision", "X-TIMELINE-STATUS": "status"}


def calendar(tables: Tables, words: Words = ENGLISH, entries: knowledge.Tables | None = None) -> bytes:
    """The dated events as VEVENTs in the reader's language, in the table's order; a calendar without entries for none.

    `UID` is made of the event_id alone, so that a calendar that is imported again updates its entries. `DTEND` is the day
    after the last, as the standard has it. `DTSTAMP`, the last revision, is the latest day on which a source of the event
    was published (2000-01-01 where no source tells one): a clock would make other bytes of the same events. `GEO` stands
    only where one gate of known position is named. Days take no time of anybody's (`TRANSP:TRANSPARENT`).
    """
    events = sort_rows("events", tables.events)
    times = zip(events["date_edtf"], events["date_precision"], strict=True)
    kept = events.iloc[[at for at, (text, precision) in enumerate(times) if _days(text, precision)]]
    head = _calendar(len(events) - len(kept), words).to_ical().removesuffix(_END)
    return b"".join([head, *(entry.to_ical() for entry in _Entries(tables.documents, words, entries).of(kept)), _END])


@lru_cache(maxsize=65536)
def _days(text: str, precision: str) -> tuple[date, date] | None:
    """First and last day, if the time is a day or lasts from one day to another."""
    if precision not in ("day", "span") or not edtf.is_edtf(text):
        return None
    first, _, last = text.partition("/")
    ends = [edtf.parse(point) for point in (first, last or first) if edtf.is_edtf(point)]
    if [end.precision for end in ends] != ["day", "day"]:
        return None
    low, high = ends[0].start, ends[1].end
    return (low, high) if low and high else None


def _calendar(left_out: int, words: Words) -> Calendar:
    from icalendar import Calendar  # wanted by few who import the library

    made = Calendar()
    note = words.ngettext(
        "{n} event is not in this calendar, for its day is not known.",
        "{n} events are not in this calendar, for their days are not known.",
        left_out,
    ).format(n=words.number(left_out))
    _add(made, "PRODID", f"-//timeline//timeline {__version__}//EN")
    _add(made, "VERSION", "2.0")
    _add(made, "CALSCALE", "GREGORIAN")
    for name in ("NAME", "X-WR-CALNAME"):  # RFC 7986, and what was usual before
        _add(made, name, words.gettext(_NAME))
    for name in ("DESCRIPTION", "X-WR-CALDESC") if left_out else ():
        _add(made, name, note)
    _add(made, "X-TIMELINE-LEFT-OUT", str(left_out))
    return made


class _Entries:
    """Rows of the events table → VEVENTs in one language."""

    def __init__(self, documents: pd.DataFrame, words: Words, entries: knowledge.Tables | None) -> None:
        self._words, self._entries = words, entries
        self._labels = heads(words)
        self._sources = NamedSources(documents)

    def of(self, events: pd.DataFrame) -> Iterator[Event]:
        naming = Naming(self._entries, self._words.language) if self._entries else CANONICAL
        cells = readable(events, self._words, self._entries, _CELLS, naming)
        for row, told in zip(events.to_dict("records"), zip(*cells.values(), strict=True), strict=True):
            yield self._entry(row, dict(zip(cells, told, strict=True)))

    def _entry(self, row: Mapping[Any, Any], said: Mapping[str, str]) -> Event:
        from icalendar import Event

        entry = Event()
        cited = list(self._sources.of(row["documents"]))
        first, last = _days(row["date_edtf"], row["date_precision"]) or (date.min, date.min)
        _add(entry, "UID", _uid(row["event_id"]))
        entry.add("DTSTAMP", _stamp(cited))
        entry.add("DTSTART", first)
        entry.add("DTEND", last + timedelta(days=1))
        _add(entry, "SUMMARY", said["event"] or said["type"])
        _add(entry, "DESCRIPTION", self._description(said, cited))
        _add(entry, "LOCATION", self._words.listed(filter(None, (said["gates"], said["provinces"]))))
        entry.add("CATEGORIES", list(dict.fromkeys(one_line(said[name]) for name in ("type", "kind") if said[name])))
        _add(entry, "STATUS", _STATUS.get(row["status"], "TENTATIVE"))
        _add(entry, "TRANSP", "TRANSPARENT")
        _add(entry, "URL", web_address(row["source_url"]))
        _add(entry, "RELATED-TO", _uid(row["part_of"]) if row["part_of"] else "")
        self._add_position(entry, row["border_gates"])
        for name, column in _CODES.items():
            _add(entry, name, row[column])
        return entry

    def _description(self, said: Mapping[str, str], cited: list[Source]) -> str:
        """What else is told of the event, a line each, and then its sources."""
        lines = [self._words.labelled(self._labels[name], said[name]) for name in _TOLD if said[name]]
        if cited:
            lines.append(self._words.labelled(self._labels["sources"], "").rstrip())
        for source in cited:
            note = self._words.enumerated(filter(None, (source.publisher, "-".join(source.published))))
            lines.append(" ".join(filter(None, ("–", self._words.bracketed(source.title, note), source.url))))
        return "\n".join(lines)

    def _add_position(self, entry: Event, gates: list[str]) -> None:
        precision, positions = positions_of(gates, (), self._entries)
        if precision == "gate" and len(gates) == 1:
            entry.add("GEO", (positions[0].lat, positions[0].lon))
            _add(entry, "X-TIMELINE-GEO-BASIS", positions[0].basis)


def _add(component: Component, name: str, value: str) -> None:
    """A property, unless it is empty. Only a description has more than one line."""
    from icalendar import vText

    text = printable(value) if name == "DESCRIPTION" else one_line(value)
    if text:
        component.add(name, vText(text) if name.startswith("X-") else text)


def _uid(event_id: str) -> str:
    return f"{event_id}@{_DOMAIN}"


def _stamp(cited: list[Source]) -> datetime:
    days = (datetime.fromisoformat("-".join(source.published)).replace(tzinfo=UTC) for source in cited if len(source.published) == 3)
    return max(days, default=_STAMP_OF_NONE)
