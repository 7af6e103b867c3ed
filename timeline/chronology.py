"""A chronology that somebody keeps in a table (CSV, Excel, OpenDocument), read as one more document: a row is a mention.

The columns may be called what people call them, in English, Vietnamese or Chinese (`_COLUMNS`): a date in EDTF or any
spelling that `find_dates` reads, what happened, where, who, and whatever source the row names. A row needs what happened, or
a type from `event_types.csv`. What is dated so has the basis `curated`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from timeline import edtf
from timeline.errors import InputError
from timeline.events import Row, mention_of_row
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention, NameSpan, Passage, TimeSpan
from timeline.text import fold_words

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
# What a column holds ← what people call it. Folded: no case, no diacritics.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("date", "edtf", "date edtf", "when", "day", "time", "start", "date start", "from", "ngay", "thoi gian", "日期", "时间"),
    "end": ("end", "date end", "to", "until", "den ngay", "结束"),
    "what": ("what", "event", "title", "description", "text", "summary", "headline", "su kien", "noi dung", "事件", "内容", "标题"),
    "where": ("where", "place", "places", "location", "province", "provinces", "dia diem", "tinh", "地点", "省份"),
    "gate": ("gate", "gates", "border gate", "border gates", "pair", "cua khau", "口岸"),
    "who": ("who", "actor", "actors", "participants", "people", "thanh phan", "nhan vat", "人物", "参与者"),
    "source": ("source", "sources", "url", "urls", "link", "source url", "source urls", "nguon", "来源"),
    "type": ("type", "event type", "kind", "loai", "类型"),
    "subtype": ("subtype", "event subtype"),
    "status": ("status", "trang thai", "状态"),
    "id": ("id", "no", "stt", "编号"),
    "notes": ("notes", "note", "comment", "ghi chu", "备注"),
}
_KINDS = {name: kind for kind, names in _COLUMNS.items() for name in names}
_TOLD = ("date", "end", "what", "where", "gate", "who", "source")  # cells that make up the row's line of the document
_BLANKS = re.compile(r"\s+")
_GAP = " | "
_DELIMITERS = (",", ";", "\t", "|")
# Status ← what people write for it, folded.
_STATUS = {
    "held": ("held", "done", "took place", "da dien ra", "已举行"),
    "scheduled": ("scheduled", "planned", "du kien", "计划", "拟"),
    "postponed": ("postponed", "hoan", "推迟", "延期"),
    "cancelled": ("cancelled", "canceled", "huy", "取消"),
    "ongoing": ("ongoing", "dang dien ra", "进行中"),
}
_ONE_OF = re.compile(r"\[(\d{4}-\d\d-\d\d),(?:[\d,-]+,)?(\d{4}-\d\d-\d\d)\]$")


@dataclass(frozen=True)
class Readers:
    """What reading the cells takes: the times and names in a text, and the kind of event that it tells."""

    times: Callable[[str], Sequence[TimeSpan]]
    names: Callable[[str], Sequence[NameSpan]]
    kind: Callable[[str], tuple[str, str] | None]


def read_table(data: bytes, path: str) -> tuple[pd.DataFrame, list[InputError]]:
    """The cells by what they hold, as texts, and what could not be read: columns that nothing is known of, cells beyond the last."""
    faults: list[InputError] = []
    try:
        delimited = Path(path).suffix.lower() in (".csv", ".tsv")
        frame = _delimited(data, path, faults) if delimited else pd.read_excel(io.BytesIO(data), dtype=str, engine="calamine")
    except Exception as fault:  # each engine has errors of its own
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise InputError(path, f"is no table that can be read: {reason}", "save it as CSV in UTF-8, or as .xlsx") from fault
    frame = frame.fillna("")
    kinds = {column: _KINDS.get(fold_words(str(column).replace("_", " ")), "") for column in frame.columns}
    unknown = [str(column) for column, kind in kinds.items() if not kind]
    if unknown:
        faults.append(InputError(path, f"columns that are not read: {', '.join(unknown)}", "known names: docs/curating.md"))
    if not {"what", "type"} & set(kinds.values()):
        raise InputError(path, "has no column that says what happened", "call one `what` (and `date`, `where`, `who`, `source`)")
    cells: dict[str, list[str]] = {}
    for column, kind in kinds.items():
        if kind:
            values = [_BLANKS.sub(" ", str(value)).strip() for value in frame[column]]
            cells[kind] = [" ".join(filter(None, pair)) for pair in zip(cells[kind], values, strict=True)] if kind in cells else values
    return pd.DataFrame(cells, dtype=str), faults


def _delimited(data: bytes, path: str, faults: list[InputError]) -> pd.DataFrame:
    """A table in CSV or the like; a row that has a cell too many loses that cell only."""
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    head = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    names = next(reader, [])
    if not any(names):
        raise ValueError("it is empty")
    rows: list[list[str]] = []
    for cells in reader:
        if any(cells[len(names) :]):
            faults.append(InputError(f"{path}, row {len(rows) + 2}", "has more cells than the head", "put cells with a comma in quotes"))
        rows.append((cells + [""] * len(names))[: len(names)])
    return pd.DataFrame(rows, columns=names, dtype=str)


def document_of(table: pd.DataFrame, doc_id: str, language: str, path: str, sha256: str) -> Document:
    """The table as a document: a line a row, the cells joined by ` | `."""
    lines = [_line(row) for row in _rows(table)]
    passages: list[Passage] = []
    start = 0
    for line in lines:
        passages.append(Passage(start, start + len(line), "body", language))
        start += len(line) + 1
    sources = [url for url in table.get("source", []) if url.startswith("http")]
    source = sources[0].split("; ")[0] if len(set(sources)) == 1 else ""
    return Document(doc_id, "\n".join(lines), tuple(passages), language, path=path, sha256=sha256, source_url=source)


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(kind): cell for kind, cell in row.items()} for row in table.to_dict("records")]


def _line(row: dict[str, str]) -> str:
    return _GAP.join(row[kind] for kind in _TOLD if row.get(kind))


def mentions_of(table: pd.DataFrame, document: Document, readers: Readers, knowledge: Knowledge) -> tuple[list[Mention], list[InputError]]:
    """A mention a row, and what is wrong with others: no kind of event, a date that does not parse (the row stays, undated)."""
    found: list[Mention] = []
    faults: list[InputError] = []
    for number, (row, passage) in enumerate(zip(_rows(table), document.passages, strict=True), start=2):
        where = f"{document.path or document.doc_id}, row {number}"
        kind = _kind_of(row, readers, knowledge)
        if not any(row.values()):
            continue
        if kind is None:
            types = ", ".join(dict.fromkeys(entry.event_type for entry in knowledge.tables.event_types.values()))
            faults.append(InputError(where, f"no kind of event in {row.get('what', '')!r}", f"add a column type: {types}"))
            continue
        date, fault = _date_of(row, readers)
        if fault:
            faults.append(InputError(where, fault, "write it as EDTF (2025-09-12, 2025-09, 2025-09-12/2025-09-14) or in words"))
        written = fold_words(row.get("status", ""))
        status = next((status for status, words in _STATUS.items() if written in words), "")
        if written and not status:
            faults.append(InputError(where, f"{row['status']!r} is no status", f"one of {', '.join(_STATUS)}"))
        text = document.text[passage.start : passage.end]
        spoken = text.find(row.get("date", "")) if row.get("date") else 0
        told = Row(
            span=(passage.start, passage.end),
            kind=kind,
            time=_time(passage.start + spoken, row.get("date", ""), date),
            names=tuple(_moved(name, passage.start) for name in readers.names(text)),
            status=status or "held",
        )
        found.append(mention_of_row(told, document, knowledge))
    return found, faults


def _kind_of(row: dict[str, str], readers: Readers, knowledge: Knowledge) -> tuple[str, str] | None:
    """The type and subtype that the row names, else those that its words tell."""
    named = row.get("type", "").strip().lower().replace(" ", "_")
    main, _, finer = named.partition(".")
    finer = row.get("subtype", "").strip().lower().replace(" ", "_") or finer
    types = knowledge.tables.event_types
    if f"{main}.{finer}" in types:
        return main, finer
    told = readers.kind(_GAP.join(filter(None, (row.get("what", ""), row.get("gate", ""), row.get("where", ""), row.get("who", "")))))
    if main in types:
        return main, told[1] if told and told[0] == main else ""
    return told


def _date_of(row: dict[str, str], readers: Readers) -> tuple[str, str]:
    """The EDTF value of a row's date, and what is wrong with it."""
    written = [row[kind] for kind in ("date", "end") if row.get(kind)]
    values = []
    for cell in written:
        value = _value_of(cell, readers)
        if value is None:
            return "", f"{cell!r} is no date"
        values.append(value)
    if len(values) == 2 and values[0] != values[1]:
        joined = f"{values[0].split('/')[0]}/{values[1].split('/')[-1]}"
        try:
            edtf.parse(joined)
        except edtf.EdtfError as fault:
            return "", str(fault)
        return joined, ""
    return (values[0] if values else ""), ""


def _value_of(cell: str, readers: Readers) -> str | None:
    plain = re.sub(r"[T ]00:00(:00)?$", "", cell)  # as spreadsheets hand out days
    if one_of := _ONE_OF.match(plain):  # EDTF level 2: one of these days
        plain = f"{one_of[1]}/{one_of[2]}"
    try:
        edtf.parse(plain)
        return plain
    except edtf.EdtfError:
        times = readers.times(plain)
        return times[0].date_edtf if len(times) == 1 else None


def _time(start: int, text: str, value: str) -> TimeSpan | None:
    return TimeSpan(start, start + len(text), text, value, edtf.parse(value).precision, "curated", "table") if value else None


def _moved(name: NameSpan, by: int) -> NameSpan:
    return NameSpan(name.start + by, name.end + by, name.text, name.kind, name.name, name.rule)
