"""Events in the words of a reader: what a person sees in a table, a spreadsheet or a CSV file.

Every column has a short name of its own, which may stand in a URL; its head and its cells are in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import pandas as pd
from babel import Locale

from timeline import knowledge
from timeline.addresses import is_web_address
from timeline.export.plain import printable
from timeline.i18n import BASES, N_, PRECISIONS, RECURRENCES, STATUSES, Words
from timeline.naming import CANONICAL, Naming
from timeline.titles import titles_in

Kind = Literal["text", "day", "integer", "share"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the cells are for: a language, and what types of event and names are called in it."""

    words: Words
    types: Mapping[str, knowledge.EventType]
    naming: Naming


Cells = Callable[[pd.DataFrame, Reader], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class ReadableColumn:
    """A column for people; `width` is in characters. A day is ISO text, a number may be missing (None)."""

    head: str
    cells: Cells
    kind: Kind = "text"
    width: int = 18


def readable(
    events: pd.DataFrame,
    words: Words,
    entries: knowledge.Tables | None = None,
    names: Iterable[str] | None = None,
    naming: Naming = CANONICAL,
) -> dict[str, list[Any]]:
    """The cells of some columns (of all, if none are named), one list a column, in the order of the events.

    Text is clean of control characters. `entries` names types of event; without them a code stands in English. Names stand
    as they do in the tables, which is what a file wants, but for a `naming` that puts them in the reader's language.
    """
    reader = Reader(words, entries.event_types if entries else {}, naming)
    columns = {name: COLUMNS[name].cells(events, reader) for name in (COLUMNS if names is None else names)}
    return {name: [printable(cell) if isinstance(cell, str) else cell for cell in cells] for name, cells in columns.items()}


def heads(words: Words) -> dict[str, str]:
    """What each column is called."""
    return {name: words.gettext(column.head) for name, column in COLUMNS.items()}


def _text(column: str) -> Cells:
    return lambda events, reader: events[column]


def _list(column: str, say: Callable[[str, Reader], str] = lambda item, reader: item) -> Cells:
    def cells(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
        return ("; ".join(say(item, reader) for item in items) for items in events[column])

    return cells


def _names(column: str) -> Cells:
    return _list(column, lambda item, reader: reader.naming.of(column, item))


def _coded(column: str, table: Mapping[str, str]) -> Cells:
    return lambda events, reader: (reader.words.gettext(table.get(code, code)) for code in events[column])


def _number(column: str, kind: Callable[[Any], int | float]) -> Cells:
    return lambda events, reader: (None if pd.isna(value) else kind(value) for value in events[column])


def _links(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
    """As they are written, but none that leads elsewhere than to the web: a spreadsheet may make links of them."""
    return (text if is_web_address(text) else "" for text in events["source_url"])


def _titles(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
    return titles_in(events, reader.words.language)


def _dates(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
    say = cache(reader.words.date)
    return (say(text, precision) for text, precision in zip(events["date_edtf"], events["date_precision"], strict=True))


def _types(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
    return (_type_name(code, code, reader) for code in events["event_type"])


def _subtypes(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
    pairs = zip(events["event_type"], events["event_subtype"], strict=True)
    return (_type_name(f"{event_type}.{code}", code, reader) for event_type, code in pairs)


def _forms(events: pd.DataFrame, reader: Reader) -> Iterable[str]:
    # A form is a type (a ceremony) or a kind of one (a seminar).
    kinds = {row.event_subtype: key for key, row in reversed(list(reader.types.items())) if row.event_subtype}
    return (_type_name(code if code in reader.types else kinds.get(code, code), code, reader) for code in events["form"])


def _type_name(key: str, code: str, reader: Reader) -> str:
    row = reader.types.get(key)
    if row is None:
        return reader.words.gettext(code.replace("_", " ").capitalize()) if code else ""
    return {"vi": row.title_vi, "zh": row.title_zh}.get(reader.words.language) or row.title


def _country(code: str, reader: Reader) -> str:
    name = Locale(reader.words.language).territories.get(code)
    return str(name) if name else code


COLUMNS: dict[str, ReadableColumn] = {
    "when": ReadableColumn(N_("When"), _dates, width=26),
    "event": ReadableColumn(N_("Event"), _titles, width=48),
    "type": ReadableColumn(N_("Type"), _types, width=15),
    "kind": ReadableColumn(N_("Kind"), _subtypes, width=18),
    "form": ReadableColumn(N_("Form"), _forms, width=14),
    "status": ReadableColumn(N_("Status"), _coded("status", STATUSES), width=12),
    "provinces": ReadableColumn(N_("Provinces then"), _names("provinces"), width=26),
    "provinces_now": ReadableColumn(N_("Provinces since July 2025"), _names("provinces_now"), width=26),
    "gates": ReadableColumn(N_("Border gates"), _names("border_gates"), width=26),
    "actors": ReadableColumn(N_("Persons and bodies"), _names("actors"), width=40),
    "countries": ReadableColumn(N_("Countries"), _list("countries", _country), width=16),
    "series": ReadableColumn(N_("Series"), lambda events, reader: reader.naming.all("series", events["series"]), width=26),
    "number": ReadableColumn(N_("Number in the series"), _number("ordinal", int), "integer", width=10),
    "recurrence": ReadableColumn(
        N_("Recurs"),
        lambda events, reader: (reader.words.gettext(RECURRENCES.get(value, value)) for value in events["recurrence"]),
        width=12,
    ),
    "first": ReadableColumn(N_("First possible day"), _text("date_start"), "day", width=13),
    "last": ReadableColumn(N_("Last possible day"), _text("date_end"), "day", width=13),
    "precision": ReadableColumn(N_("How precisely the time is known"), _coded("date_precision", PRECISIONS), width=22),
    "basis": ReadableColumn(N_("How the time is known"), _coded("date_basis", BASES), width=30),
    "languages": ReadableColumn(
        N_("Languages of the sources"), _list("languages", lambda code, reader: reader.words.language_name(code)), width=20
    ),
    "sources": ReadableColumn(N_("Sources"), _list("documents"), width=26),
    "conflicts": ReadableColumn(N_("What the sources disagree on"), _list("conflicts"), width=30),
    "confidence": ReadableColumn(N_("Confidence"), _number("confidence", float), "share", width=11),
    "quote": ReadableColumn(N_("Passage"), _text("quote"), width=60),
    "link": ReadableColumn(N_("Address of the passage"), _links, width=40),
    "part_of": ReadableColumn(N_("Identifier of the whole"), _text("part_of"), width=14),
    "id": ReadableColumn(N_("Identifier"), _text("event_id"), width=14),
}
