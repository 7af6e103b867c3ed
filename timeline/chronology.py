"""A chronology that somebody keeps in a table (CSV, Excel, OpenDocument), read as one more document: a row is a mention.

What a table is its columns say (`kind_of_table`); one of texts is none of this module's.

The columns may be called what people call them, in English, Vietnamese or Chinese (`_COLUMNS`): a date in EDTF or any
spelling that `find_dates` reads, what happened, where, who, and whatever source the row names. A row needs what happened, or
a type from `event_types.csv`. What is dated so has the basis `curated`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

import pandas as pd

from timeline import edtf
from timeline.documents import format_of
from timeline.documents.columns import TEXTS, holds_texts, key_of, names_in_head
from timeline.documents.table_file import head_of, rows_of
from timeline.errors import InputError
from timeline.events import Kind, Row, mention_of_row
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention, NameSpan, Passage, TimeSpan
from timeline.text import fold_words

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
# What a column holds ← what people call it. Folded: no case, no diacritics.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "edtf": ("edtf", "date edtf"),
    "date": ("date", "when", "day", "time", "start", "date start", "from", "ngay", "thoi gian", "日期", "时间"),
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
    "confirmed": ("confirmed", "da xac minh", "已核实"),
    "notes": ("notes", "note", "comment", "ghi chu", "备注"),
}
_KINDS = {name: kind for kind, names in _COLUMNS.items() for name in names}
# Columns that say outright that each row is an event, and those that none but a table of events has.
_EVENTS = frozenset(("what", "event", "event type", "su kien", "事件"))
_ABOUT = frozenset(("where", "gate", "who"))
_HEAD = 4_000  # bytes of a file in which the head of a table is looked for
_PLACES, _PEOPLE = ("province", "place"), ("person", "body")
_LONGEST_NAME = 80  # characters of a name that stands in a list of actors
_ITEM = re.compile(r"[^;\s][^;]*(?<=\S)")
_TOLD = ("date", "end", "what", "where", "gate", "who", "source")  # cells that make up the row's line of the document
_BLANKS = re.compile(r"\s+")
_GAP = " | "
_ONE = frozenset(("edtf", "date", "end", "type", "subtype", "status", "id", "confirmed"))
# Status ← what people write for it, folded.
_STATUS = {
    "held": ("held", "done", "took place", "da dien ra", "已举行"),
    "scheduled": ("scheduled", "planned", "du kien", "计划", "拟"),
    "postponed": ("postponed", "hoan", "推迟", "延期"),
    "cancelled": ("cancelled", "canceled", "huy", "取消"),
    "ongoing": ("ongoing", "dang dien ra", "进行中"),
}
_NOT_CONFIRMED = ("no", "false", "0", "khong", "否", "不")
_ADDRESS = re.compile(r"https?://[^\s|;]+")
_ONE_OF = re.compile(r"\[(\d{4}-\d\d-\d\d),(?:[\d,-]+,)?(\d{4}-\d\d-\d\d)\]$")


@dataclass(frozen=True)
class Readers:
    """What reading the cells takes: the times and names in a text, and the kind of event that it tells."""

    times: Callable[[str], Sequence[TimeSpan]]
    names: Callable[[str], Sequence[NameSpan]]
    kind: Callable[[str], Kind | None]


def is_chronology(data: bytes, name: str) -> bool:
    """Whether a file is a table of events. One without a suffix (standard input) may be, if its first line is the head of such."""
    kind = format_of(data, name)
    if kind in ("delimited", "sheet"):
        try:
            return kind_of_table(head_of(data, name, name)) == "events"
        except InputError:
            return False
    is_named = bool(PurePath(name).suffix)
    return kind == "text" and not is_named and kind_of_table(names_in_head(data[:_HEAD].decode("utf-8", "replace"))) == "events"


def kind_of_table(names: Iterable[str]) -> Literal["events", "texts", ""]:
    """What the rows of a table are, by the names of its columns.

    Events where a column says so (`what`, `event`, `event type`); else texts where one holds them (`text`, `content`, `body`, or
    `nội dung` beside a title); else events again where one tells what happened or its type (`title`, `description`, `type`).
    """
    keys = set(map(key_of, names))
    kinds = {_KINDS.get(key, "") for key in keys}
    if keys & _EVENTS:
        return "events"
    if keys & TEXTS or (holds_texts(keys) and not kinds & _ABOUT):
        return "texts"
    return "events" if kinds & {"what", "type"} else ""


def read_table(data: bytes, path: str) -> tuple[pd.DataFrame, list[InputError]]:
    """The cells by what they hold, as texts, and what could not be read: columns that nothing is known of, cells beyond the last."""
    names, rows, faults = _cells(data, path)
    kinds = [_KINDS.get(key_of(name), "") for name in names]
    unknown = [name for name, kind in zip(names, kinds, strict=True) if name.strip() and not kind]
    if unknown:
        faults.append(InputError(path, f"columns that are not read: {', '.join(unknown)}", "known names: docs/curating.md"))
    if not {"what", "type"} & set(kinds):
        raise InputError(path, "has no column that says what happened", "call one `what` (and `date`, `where`, `who`, `source`)")
    told: dict[str, list[str]] = {}
    for place, kind in enumerate(kinds):
        if kind:
            values = [_BLANKS.sub(" ", row[place]).strip() for row in rows.values()]
            told[kind] = _together(kind, told[kind], values) if kind in told else values
    if "edtf" in told:  # it says both ends, as exactly as they are known
        exact = told.pop("edtf")
        told["date"] = [value or date for value, date in zip(exact, told.get("date", [""] * len(exact)), strict=True)]
        told["end"] = ["" if value else end for value, end in zip(exact, told.get("end", [""] * len(exact)), strict=True)]
    return pd.DataFrame(told, index=list(rows), dtype=str), faults


def _together(kind: str, first: list[str], second: list[str]) -> list[str]:
    """The cells of two columns that hold one thing: of times the first that is told, of anything else both."""
    pairs = zip(first, second, strict=True)
    return [a or b for a, b in pairs] if kind in _ONE else [" ".join(filter(None, pair)) for pair in pairs]


def _cells(data: bytes, path: str) -> tuple[list[str], dict[int, list[str]], list[InputError]]:
    """The names of the columns, the rows by their numbers, each as wide, and the faults.

    A row that has a cell too many loses that cell only.
    """
    names: list[str] = []
    rows: dict[int, list[str]] = {}
    faults: list[InputError] = []
    for row in rows_of(data, path, path):
        if isinstance(row, InputError):
            faults.append(row)
        elif not names:
            names = row[1]
        else:
            number, cells = row
            if any(cells[len(names) :]):
                faults.append(InputError(f"{path}, row {number}", "has more cells than the head", "put cells with a comma in quotes"))
            rows[number] = (cells + [""] * len(names))[: len(names)]
    return names, rows, faults


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
    return Document(doc_id, "\n".join(lines), tuple(passages), language, path=path, sha256=sha256, source_url=source, kind="chronology")


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(kind): cell for kind, cell in row.items()} for row in table.to_dict("records")]


def _line(row: dict[str, str]) -> str:
    return _GAP.join(row[kind] for kind in _TOLD if row.get(kind))


def _places(row: dict[str, str], start: int) -> dict[str, int]:
    """Where each cell of a row's line begins in the document, the line at `start`."""
    found: dict[str, int] = {}
    for kind in _TOLD:
        if row.get(kind):
            found[kind] = start
            start += len(row[kind]) + len(_GAP)
    return found


def mentions_of(table: pd.DataFrame, document: Document, readers: Readers, knowledge: Knowledge) -> tuple[list[Mention], list[InputError]]:
    """A mention a row, and what is wrong with others: no kind of event, a date that does not parse (the row stays, undated)."""
    found: list[Mention] = []
    faults: list[InputError] = []
    keys: Counter[str] = Counter()
    for number, row, passage in zip(table.index, _rows(table), document.passages, strict=True):
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
        places = _places(row, passage.start)
        # A row keeps its mention, and so its event's id, wherever it stands in the table.
        key = row.get("id") or document.text[passage.start : passage.end]
        keys[key] += 1
        told = Row(
            key=key if keys[key] == 1 else f"{key}\0{keys[key]}",
            span=(places["what"], places["what"] + len(row["what"])) if "what" in places else (passage.start, passage.end),
            kind=kind,
            time=_time(places.get("date", passage.start), row.get("date", ""), date),
            names=tuple(_names(row, places, readers)),
            status=status or "held",
            sources=tuple(_sources(row, places)),
            is_confirmed=fold_words(row.get("confirmed", "")) not in _NOT_CONFIRMED,
        )
        found.append(mention_of_row(told, document, knowledge))
    return found, faults


def _names(row: dict[str, str], places: Mapping[str, int], readers: Readers) -> Iterator[NameSpan]:
    """The names that the cells hold; what has a column of its own is not looked for in the words of what happened.

    Whoever stands among the actors and is nobody that the tool knows took part all the same, by the name that is written there.
    """
    has_column = {"gate": ("gate",), "where": _PLACES, "who": _PEOPLE}
    told = {kind for column, kinds in has_column.items() if row.get(column) for kind in kinds}
    for column in ("what", "where", "gate", "who"):
        names = [_moved(name, places[column]) for name in readers.names(row[column])] if column in places else []
        yield from (name for name in names if column != "what" or name.kind not in told)
        if column == "who" and column in places:
            yield from _unknown(row["who"], places["who"], names)


def _unknown(cell: str, start: int, names: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """The items of a list in which nobody was found."""
    for match in _ITEM.finditer(cell):
        low, high = start + match.start(), start + match.end()
        if high - low <= _LONGEST_NAME and not any(name.start < high and low < name.end for name in names):
            yield NameSpan(low, high, match[0], "person", match[0], "table")


def _sources(row: dict[str, str], places: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    for match in _ADDRESS.finditer(row.get("source", "")):
        yield match[0], places["source"] + match.start(), places["source"] + match.end()


def _kind_of(row: dict[str, str], readers: Readers, knowledge: Knowledge) -> Kind | None:
    """The type and subtype that the row names, else those that its words tell, which also tell a series and a number."""
    named = row.get("type", "").strip().lower().replace(" ", "_")
    main, _, finer = named.partition(".")
    finer = row.get("subtype", "").strip().lower().replace(" ", "_") or finer
    types = knowledge.tables.event_types
    told = readers.kind(_GAP.join(filter(None, (row.get("what", ""), row.get("gate", ""), row.get("where", ""), row.get("who", "")))))
    if main not in types:
        return told
    if f"{main}.{finer}" not in types:
        finer = told.event_subtype if told and told.event_type == main else ""
    return replace(told, event_type=main, event_subtype=finer) if told else Kind(main, finer)


def _date_of(row: dict[str, str], readers: Readers) -> tuple[str, str]:
    """The EDTF value of a row's date, and what is wrong with it."""
    written = [row[kind] for kind in ("date", "end") if row.get(kind)]
    values = []
    for cell in written:
        value = _value_of(cell, readers)
        if value is None:
            return "", f"{cell!r} is no date"
        values.append(value)
    if values and not row.get("date"):  # no more is told than when it was over
        values.insert(0, "..")
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
