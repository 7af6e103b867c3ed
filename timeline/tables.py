"""The four tables: their columns and types, frames built from plain values, and the checks of their contract.

In memory a table is a DataFrame: text is `string` ("" where there is none), whole numbers are `Int64`, shares are
`Float64`, lists are Python lists of strings. Days are ISO text, for a year may lie beyond what pandas can hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, Literal, Protocol, get_args

import pandas as pd

from timeline import edtf
from timeline.errors import TableError
from timeline.model import Basis, DocumentKind, Precision, Status

Kind = Literal["text", "integer", "number", "list"]
DTYPES: dict[Kind, str] = {"text": "string", "integer": "Int64", "number": "Float64", "list": "object"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, what it holds, and what that means."""

    name: str
    kind: Kind
    about: str

    @property
    def dtype(self) -> str:
        return DTYPES[self.kind]

    @property
    def is_list(self) -> bool:
        return self.kind == "list"


def _columns(spec: str) -> tuple[Column, ...]:
    kinds: dict[str, Kind] = {"T": "text", "I": "integer", "N": "number", "L": "list"}
    parts = (line.split(maxsplit=2) for line in spec.strip().splitlines())
    return tuple(Column(name, kinds[kind], about) for name, kind, about in parts)


DOCUMENTS = _columns("""
    doc_id        T  file name
    path          T  where the file was read, as given
    sha256        T  of the file's bytes
    language      T  main language, ISO 639-1
    title         T  headline
    publisher     T  who published it
    published     T  day of publication (or month, where no more is known), ISO, or empty
    source_url    T  address of the original
    characters    I  length of the text, in characters
    mentions      I  how many mentions were found in it
    kind          T  text, or chronology (a table of events that somebody keeps)
""")
MENTIONS = _columns("""
    mention_id      T  unique
    event_id        T  the event that it reports
    doc_id          T  the document that it stands in
    language        T  of the passage
    start           I  first character of the passage in the document's text
    end             I  one past its last character
    text            T  the passage
    event_type      T  see EVENT_TYPES
    event_subtype   T  finer than the type
    form            T  how it was held (a ceremony), where that is not its type
    status          T  held, scheduled, postponed, cancelled or ongoing
    date_edtf       T  time as an EDTF string; empty when unknown
    date_precision  T  day, month, season, year, span, period or none
    date_basis      T  stated, completed, period, cross_document, curated (a table's), corrected or none
    date_text       T  the words that give the time
    provinces       L  first-level units, canonical names
    border_gates    L  gate pairs, canonical names
    actors          L  persons and bodies that took part
    part_of         T  what it is a part of
    confidence      N  0 to 1
""")
EVIDENCE = _columns("""
    mention_id  T  the mention that it supports
    field       T  the cell of the mention
    value       T  what the cell holds because of it
    start       I  first character of the words
    end         I  one past the last
    text        T  the words
    rule        T  the rule that read them, or the correction that somebody made
""")
EVENTS = _columns("""
    event_id        T  unique; kept when documents are added
    title           T  in English, generated
    event_type      T  see EVENT_TYPES
    event_subtype   T  finer than the type
    form            T  how it was held, where that is not its type
    status          T  held, scheduled, postponed, cancelled or ongoing
    recurrence      T  annual and the like, for a mechanism that recurs
    series          T  the named series that it belongs to
    ordinal         I  its number in the series
    part_of         T  event_id of the event that it is a part of
    date_edtf       T  time as an EDTF string; empty when unknown
    date_start      T  first possible day, ISO, or empty
    date_end        T  last possible day, ISO, or empty
    date_precision  T  day, month, season, year, span, period or none
    date_basis      T  stated, completed, period, cross_document, curated (a table's), corrected or none
    provinces       L  first-level units as of the event
    provinces_now   L  the same after the mergers of 1 July 2025
    border_gates    L  gate pairs
    countries       L  ISO 3166-1 alpha-2 codes
    actors          L  persons and bodies that took part
    languages       L  of the passages
    documents       L  doc_ids
    mentions        L  mention_ids
    conflicts       L  what the sources disagree on
    confidence      N  0 to 1
    quote           T  one passage, in its own language
    source_url      T  address of the original of that passage
    title_vi        T  the title in Vietnamese
    title_zh        T  and in Chinese
    formerly        L  event_ids of events that were found to be this one
""")
TABLES: dict[str, tuple[Column, ...]] = {"documents": DOCUMENTS, "mentions": MENTIONS, "evidence": EVIDENCE, "events": EVENTS}
# In the order in which one wins over the next (EVENTS.md).
EVENT_TYPES = ("border_gate", "agreement", "conference", "exchange", "visit", "meeting", "policy", "infrastructure", "ceremony")
KEYS = {"documents": "doc_id", "mentions": "mention_id", "events": "event_id"}
ORDERS = {
    "documents": ("doc_id",),
    "mentions": ("doc_id", "start", "end", "mention_id"),
    "evidence": ("mention_id", "start", "end", "field", "value", "rule"),
    "events": ("date_start", "date_end", "event_id"),
}
_ALLOWED = {
    "kind": get_args(DocumentKind),
    "status": get_args(Status),
    "date_precision": get_args(Precision),
    "date_basis": get_args(Basis),
}
_DEFAULTS = {"kind": "text"}  # for rows from plain values that don't say
_FAULTS_SHOWN = 20


class TimelineLike(Protocol):
    """Whatever carries the four tables."""

    @property
    def documents(self) -> pd.DataFrame: ...
    @property
    def mentions(self) -> pd.DataFrame: ...
    @property
    def evidence(self) -> pd.DataFrame: ...
    @property
    def events(self) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The four tables together."""

    documents: pd.DataFrame
    mentions: pd.DataFrame
    evidence: pd.DataFrame
    events: pd.DataFrame


def documents_frame(rows: Iterable[Any], mentions: Mapping[str, int] | None = None) -> pd.DataFrame:
    """The documents table from `model.Document`s or dicts; `mentions` counts them by doc_id."""
    counts = mentions or {}
    plain = []
    for row in rows:
        values = _values("documents", row)
        if not isinstance(row, Mapping):
            values["characters"] = len(row.text)
        if mentions is not None:
            values["mentions"] = counts.get(values["doc_id"], 0)
        plain.append(values)
    return _frame("documents", plain)


def mentions_frame(rows: Iterable[Any]) -> pd.DataFrame:
    """The mentions table from `model.Mention`s or dicts."""
    return _frame("mentions", [_values("mentions", row) for row in rows])


def evidence_frame(rows: Iterable[Any]) -> pd.DataFrame:
    """The evidence table from `model.Evidence`s or dicts."""
    return _frame("evidence", [_values("evidence", row) for row in rows])


def events_frame(rows: Iterable[Any]) -> pd.DataFrame:
    """The events table from dataclasses or dicts; a missing cell is empty, an unknown key is refused."""
    return _frame("events", [_values("events", row) for row in rows])


def build_frame(table: str, columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """A typed frame of one table from its columns as they stand, in the order they are in."""
    return pd.DataFrame({spec.name: _series(table, spec, columns[spec.name]) for spec in TABLES[table]})


def sort_rows(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in the table's own order (an event without a date stands last)."""
    names = list(ORDERS[table])
    keys = pd.DataFrame({name: frame[name] for name in names})
    for name in ("date_start", "date_end"):
        if name in keys:
            keys[name] = keys[name].where(keys[name] != "", "~")  # after every digit
    order = keys.sort_values(names, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = {spec.name: [row[spec.name] for row in rows] for spec in TABLES[table]}
    return sort_rows(table, build_frame(table, columns))


def _values(table: str, row: Any) -> dict[str, Any]:
    specs = TABLES[table]
    if is_dataclass(row) and not isinstance(row, type):
        return {spec.name: getattr(row, spec.name, _empty(spec)) for spec in specs}
    unknown = set(row) - {spec.name for spec in specs}
    if unknown:
        raise TableError(f"{table}: no such column: {', '.join(sorted(unknown))}")
    return {spec.name: row.get(spec.name, _empty(spec)) for spec in specs}


def _empty(spec: Column) -> Any:
    return _DEFAULTS.get(spec.name) or {"text": "", "integer": None, "number": None, "list": ()}[spec.kind]


def _series(table: str, spec: Column, values: list[Any]) -> pd.Series[Any]:
    if spec.is_list:
        for k, value in enumerate(values):
            if isinstance(value, str) or not all(isinstance(item, str) for item in value):
                raise TableError(f"{table} row {k}, column {spec.name}: {value!r} is no list of texts")
        return pd.Series([list(value) for value in values], dtype="object")
    if spec.kind == "text":
        values = ["" if value is None else value for value in values]
    try:
        return pd.Series(values, dtype=spec.dtype)
    except (TypeError, ValueError) as fault:
        raise TableError(f"{table}, column {spec.name}: {fault}") from fault


def check_tables(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    evidence: pd.DataFrame,
    events: pd.DataFrame,
    event_types: Collection[str] = EVENT_TYPES,
) -> None:
    """Raise `TableError` with every breach of the contract: table, row (counted from 0), column and what is wrong.

    Checked: columns and types, ids unique and resolved, spans inside their document and as long as their words,
    allowed values, and days that agree with their EDTF string.
    """
    tables = {"documents": documents, "mentions": mentions, "evidence": evidence, "events": events}
    faults = [fault for name, frame in tables.items() for fault in _column_faults(name, frame)]
    if not faults:  # the rest reads cells, which needs the columns
        faults += [fault for name, frame in tables.items() for fault in _value_faults(name, frame, event_types)]
        faults += _reference_faults(documents, mentions, evidence, events)
        faults += _span_faults(documents, mentions, evidence)
        faults += _date_faults(events)
    if faults:
        more = [f"... and {len(faults) - _FAULTS_SHOWN} more"] if len(faults) > _FAULTS_SHOWN else []
        raise TableError("\n".join([*faults[:_FAULTS_SHOWN], *more]))


def _column_faults(table: str, frame: pd.DataFrame) -> Iterator[str]:
    names = [spec.name for spec in TABLES[table]]
    if list(frame.columns) != names:
        odd = sorted(set(names) ^ set(frame.columns))
        yield f"{table}: columns {', '.join(odd) if odd else 'in another order'}: expected {', '.join(names)}"
        return
    for spec in TABLES[table]:
        if str(frame[spec.name].dtype) != spec.dtype:
            yield f"{table}, column {spec.name}: {frame[spec.name].dtype} where {spec.dtype} is expected"
        elif spec.is_list and not all(isinstance(value, list) for value in frame[spec.name]):
            yield f"{table}, column {spec.name}: a cell is no list"
        elif spec.kind == "text" and frame[spec.name].isna().any():
            yield f"{table} row {int(frame[spec.name].isna().argmax())}, column {spec.name}: missing (use empty text)"


def _value_faults(table: str, frame: pd.DataFrame, event_types: Collection[str]) -> Iterator[str]:
    key = KEYS.get(table)
    if key:
        for row in frame.index[(frame[key] == "") | frame[key].duplicated()]:
            yield f"{table} row {row}, column {key}: {frame[key][row]!r} is empty or stands twice"
    allowed = _ALLOWED | {"event_type": tuple(event_types)}
    for column in [name for name in allowed if name in frame]:
        for row in frame.index[~frame[column].isin(allowed[column])]:
            yield f"{table} row {row}, column {column}: {frame[column][row]!r} is none of {', '.join(allowed[column])}"
    if "confidence" in frame:
        for row in frame.index[~frame["confidence"].between(0, 1).fillna(False)]:
            yield f"{table} row {row}, column confidence: {frame['confidence'][row]} is not between 0 and 1"


def _reference_faults(documents: pd.DataFrame, mentions: pd.DataFrame, evidence: pd.DataFrame, events: pd.DataFrame) -> Iterator[str]:
    docs, ids, happenings = set(documents["doc_id"]), set(mentions["mention_id"]), set(events["event_id"])
    yield from _dangling("mentions", mentions, "doc_id", docs)
    yield from _dangling("mentions", mentions, "event_id", happenings)
    yield from _dangling("evidence", evidence, "mention_id", ids)
    yield from _dangling("events", events, "documents", docs)
    yield from _dangling("events", events, "mentions", ids)
    yield from _dangling("events", events, "part_of", happenings | {""})


def _dangling(table: str, frame: pd.DataFrame, column: str, known: Collection[str]) -> Iterator[str]:
    for row, cell in enumerate(frame[column]):
        for value in cell if isinstance(cell, list) else [cell]:
            if value not in known:
                yield f"{table} row {row}, column {column}: {value!r} is not there"


def _span_faults(documents: pd.DataFrame, mentions: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[str]:
    lengths = dict(zip(documents["doc_id"], documents["characters"], strict=True))
    homes = {mention: lengths.get(doc) for mention, doc in zip(mentions["mention_id"], mentions["doc_id"], strict=True)}
    for table, frame in (("mentions", mentions), ("evidence", evidence)):
        cells = zip(frame["mention_id"], frame["start"], frame["end"], frame["text"], strict=True)
        for row, (mention, start, end, text) in enumerate(cells):
            length = homes.get(mention)
            if length is None or length is pd.NA:
                continue  # said already, as a dangling id
            if start is pd.NA or end is pd.NA or not 0 <= start <= end <= length:
                yield f"{table} row {row}, columns start, end: {start}–{end} is not inside the document's {length} characters"
            elif len(text) != end - start:
                yield f"{table} row {row}, column text: {len(text)} characters where the span has {end - start}"


def _date_faults(events: pd.DataFrame) -> Iterator[str]:
    cells = zip(events["date_edtf"], events["date_start"], events["date_end"], events["date_precision"], strict=True)
    for row, (text, start, end, precision) in enumerate(cells):
        try:
            days = tuple(day.isoformat() if day else "" for day in edtf.bounds(text))
        except edtf.EdtfError as fault:
            yield f"events row {row}, column date_edtf: {fault}"
            continue
        if (start, end) != days:
            yield f"events row {row}, columns date_start, date_end: {start}–{end} where {text!r} means {days[0]}–{days[1]}"
        if (precision == "none") != (text == ""):
            yield f"events row {row}, column date_precision: {precision!r} with the date {text!r}"
