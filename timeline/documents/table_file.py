"""A table (CSV and the like, Excel, OpenDocument) → its rows as texts; of one whose rows are texts, these."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from timeline.documents.archive import check_parts
from timeline.documents.columns import delimiter_of, holds_texts
from timeline.documents.container import MAX_TOTAL_BYTES, SPLIT, TOO_LARGE, Budget, Member
from timeline.documents.decoding import decode
from timeline.documents.in_child import SAVE_AGAIN, Kind, read_in_child
from timeline.documents.records import Records, Row
from timeline.documents.sniffing import format_of
from timeline.errors import InputError
from timeline.messages import N_

MAX_CHARACTERS = 20_000_000  # of a spreadsheet: a thousand rows of the longest cells that it can hold, or 100,000 of short ones
MAX_XML_BYTES = 100_000_000
MAX_COLUMNS = 2_000  # of a head: a table of texts has ten
_MOST_CELLS = 1_000_000  # of a line, counted by what parts them: a text has many commas, but not so many
_LINE = re.compile(r"[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n")
_WORD = re.compile(r"\w")
_AS_CSV = N_("save it as CSV in UTF-8")
_QUOTE = N_("put cells that hold a comma, a quote or a line's end in quotes")

_FAULTS = {
    "broken": (N_("the table broke the program that reads it, or took it too long"), _AS_CSV),
    "slow": (N_("the table takes more than {seconds} seconds to read"), _AS_CSV),
    "damaged": (N_("the table is damaged"), SAVE_AGAIN),
    "memory": (N_("the table needs more than {memory} MB of memory"), _AS_CSV),
    "strained": (N_("the table is damaged, or needs more than {memory} MB of memory"), _AS_CSV),
    "long": (N_("the table holds more than {characters:,} characters"), SPLIT),
    "locked": (N_("it is protected by a password"), N_("save a copy without the password")),
}

Cells = tuple[int, list[str]] | InputError


def rows_of(data: bytes, name: str, where: str, most: int = 0) -> Iterator[Cells]:
    """The rows of a table with their numbers, the first being its head; `most` rows of them, if not 0.

    A row that is damaged comes out as its `InputError`, the table as a whole raises one.
    """
    if len(data) > MAX_TOTAL_BYTES:
        raise InputError(where, TOO_LARGE, SPLIT, size=MAX_TOTAL_BYTES // 1_000_000)
    rows = _in_sheet(data, where, most) if format_of(data, name) == "sheet" else _delimited(decode(data, where), where)
    head = False
    for row in rows:
        if isinstance(row, InputError) or head or any(map(str.strip, row[1])):
            if not head and isinstance(row, tuple) and len(row[1]) > MAX_COLUMNS:
                raise _too_wide(where)
            yield row
            head = True
            if isinstance(row, tuple) and most and row[0] >= most:
                return
    if not head:
        raise InputError(where, N_("it is empty"), N_("leave it out, or save the text again"))


def head_of(data: bytes, name: str, where: str) -> list[str]:
    """The names of a table's columns."""
    first = next(rows_of(data, name, where, most=1))
    if isinstance(first, InputError):
        raise first
    return first[1]


def members(data: bytes, name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The rows of a table of texts, by their number as a spreadsheet counts them (the head is row 1)."""
    rows = rows_of(data, name, where)
    head = next(rows)
    if isinstance(head, InputError):
        raise head
    if not holds_texts(head[1]):
        remedy = N_("call one `text`; a chronology is read by `timeline build`, as a file of its own")
        raise InputError(where, N_("it is a table without a column of texts"), remedy)
    yield from Records(where, budget).members(_named(row, head[1], where) for row in rows)


def _named(row: Cells, names: list[str], where: str) -> tuple[int, Row] | InputError:
    if isinstance(row, InputError):
        return row
    number, cells = row
    if any(cells[len(names) :]):
        return InputError(f"{where}/{number}", N_("it has more cells than the head of the table"), _QUOTE)
    # Of two columns of one name the first that holds something.
    return number, {name: cell for name, cell in reversed(list(zip(names, cells, strict=False))) if cell.strip()}


def _delimited(text: str, where: str) -> Iterator[Cells]:
    csv.field_size_limit(2**31 - 1)  # a text may be longer than the module's default of 128 KB
    delimiter = delimiter_of(_first_line(text))
    reader = csv.reader(_narrow_lines(text, delimiter, where), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield InputError(f"{where}/{number}", N_("its quotes do not match, or it is cut off"), _QUOTE)


def _narrow_lines(text: str, delimiter: str, where: str) -> Iterator[str]:
    """The lines one by one, up to one that would fill the memory with cells."""
    for line in _LINE.finditer(text):
        if line.end() - line.start() > _MOST_CELLS and text.count(delimiter, line.start(), line.end()) > _MOST_CELLS:
            raise _too_wide(where)
        yield line[0]


def _too_wide(where: str) -> InputError:
    return InputError(where, N_("the table has more than {most:,} columns"), N_("leave out those that hold no text"), most=MAX_COLUMNS)


def _first_line(text: str) -> str:
    """The first line that says something: what stands above it is no head."""
    return next((line[0] for line in _LINE.finditer(text) if _WORD.search(line[0])), "")


def _in_sheet(data: bytes, where: str, most: int) -> Iterator[Cells]:
    if data.startswith(b"PK"):
        check_parts(data, where, (".xml",), MAX_XML_BYTES)
    answer = read_in_child(Kind("sheet", _FAULTS, most, MAX_CHARACTERS), data, where)
    yield from enumerate(answer["rows"], start=1)
