"""A Parquet file of texts, one a row (what a crawl was made into) → the texts, read some rows at a time.

Columns are known by the names in `columns.KEYS`, as those of any table of texts: of several that may hold the text, the first
of that list which has one in a row. A text, or a page, is a string or bytes. Rows without one are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from timeline.documents.columns import KEYS, key_of
from timeline.documents.container import MAX_MEMBER_BYTES, MAX_RATIO, RATIO_FROM, SPLIT, TOO_LARGE, Member
from timeline.documents.days import day_of
from timeline.documents.records import beside
from timeline.documents.sniffing import format_of_words
from timeline.errors import InputError, Remark
from timeline.messages import N_

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile, RowGroupMetaData

MARK = b"PAR1"
_ROWS = 64  # read at a time: pages of some hundred kilobytes
_BLOCK = 1 << 20  # bytes of a column read at once: one of pages may have any number
_NAMED = 20  # columns that are told
_AGAIN = N_("fetch it again")


def members(file: BinaryIO, where: str) -> Iterator[Member | InputError]:
    """The texts of the rows, each by the number of its row, from 1.

    Of rows that are damaged their numbers come out in an `InputError`; a file in which nothing can be found raises one.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        source = pa.PythonFile(file, mode="r")
        table = ParquetFile(source, buffer_size=_BLOCK)
        columns = _columns(table, where)
        texts = [name for name, key in columns.items() if key in KEYS["text"]]
        # What stands once in the file for many rows stands once in memory, too.
        table = ParquetFile(source, metadata=table.metadata, buffer_size=_BLOCK, read_dictionary=texts)
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise InputError(where, N_("it is damaged or cut off"), _AGAIN) from fault
    rows = _Rows(where, columns)
    first = 1
    for group in range(table.num_row_groups):
        told = table.metadata.row_group(group)
        end = first + told.num_rows
        if _is_bomb(told, columns):
            rows.damaged = True
            why = N_("these rows unpack to more than {times} times their size, as no text does")
            yield InputError(f"{where}/{first}-{end - 1}", why, N_("pack the texts again"), times=MAX_RATIO)
        else:
            yield from rows.members(_rows(table, group, columns), first, end)
        first = end
    if not rows.found and not rows.damaged:
        raise InputError(where, N_("none of its rows has a text"), N_("leave it out, or save the text again"))


def _columns(table: ParquetFile, where: str) -> dict[str, str]:
    """The columns that are read, by name: what `columns.KEYS` calls each."""
    schema = table.schema_arrow
    known = {key for keys in KEYS.values() for key in keys}
    named = {one.name: key_of(one.name) for one in schema if key_of(one.name) in known}
    found = {name: key for name, key in named.items() if key not in KEYS["text"] or _holds_text(schema.field(name).type)}
    if not set(found.values()) & set(KEYS["text"]):
        remedy = N_("call the column of texts or pages `text`, `content`, `body` or `html`; it holds strings or bytes")
        why = N_("it is a table without a column of texts (its columns: {names})")
        raise InputError(where, why, remedy, names=tuple(schema.names[:_NAMED]))
    return found


def _holds_text(kind: pa.DataType) -> bool:
    import pyarrow.types as of

    kind = kind.value_type if of.is_dictionary(kind) else kind
    return bool(of.is_string(kind) or of.is_large_string(kind) or of.is_binary(kind) or of.is_large_binary(kind))


def _is_bomb(group: RowGroupMetaData, columns: Iterable[str]) -> bool:
    """Whether a column that is read unpacks to what no text does, by what the file says of itself."""
    told = [column for k in range(group.num_columns) if (column := group.column(k)).path_in_schema in columns]
    sizes = ((one.total_uncompressed_size, one.total_compressed_size) for one in told)
    return any(size > RATIO_FROM and size > packed * MAX_RATIO for size, packed in sizes)


def _rows(table: ParquetFile, group: int, columns: Iterable[str]) -> Iterator[dict[str, Any]]:
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=list(columns)):
        named = [(name, _plain(column)) for name, column in zip(batch.schema.names, batch.columns, strict=True)]
        for k in range(batch.num_rows):
            yield {name: column[k].as_py() for name, column in named}


def _plain(column: pa.Array[Any]) -> pa.Array[Any]:
    """A column whose values Python has too: it knows no days beyond the year 9999, which tables hold by mistake."""
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_temporal(column.type) else column


@dataclass(slots=True)
class _Rows:
    """The rows of one file, on their way to texts."""

    where: str
    columns: Mapping[str, str]
    found: int = 0
    damaged: bool = False
    _unread_days: set[str] = field(default_factory=set)
    _is_told: bool = False  # that a day could not be read

    def members(self, rows: Iterator[dict[str, Any]], first: int, end: int) -> Iterator[Member | InputError]:
        """The texts of the rows from `first` up to `end`."""
        for number in range(first, end):
            try:
                row = next(rows)
            except Exception:  # the library has errors of its own, of the system, and of Python for what bytes can be
                self.damaged = True
                yield InputError(f"{self.where}/{number}-{end - 1}", N_("these rows are damaged; the others were read"), _AGAIN)
                return
            yield from self._read(row, number)

    def _read(self, row: Mapping[str, Any], number: int) -> Iterator[Member | InputError]:
        cells = {self.columns[name]: value for name, value in reversed(list(row.items())) if value is not None}
        page = next((cell for key in KEYS["text"] if (cell := cells.get(key)) and cell.strip()), None)
        if page is None:
            return
        self.found += 1
        where = f"{self.where}/{number}"
        data = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
        if len(data) > MAX_MEMBER_BYTES:
            yield InputError(where, TOO_LARGE, SPLIT, size=MAX_MEMBER_BYTES // 1_000_000)
            return
        told = {key: _written(cell) for key, cell in cells.items() if key not in KEYS["text"]}
        written = next((told[key] for key in KEYS["date"] if told.get(key)), "")
        day = day_of(written, self._unread_days)
        if written and not day and not self._is_told:
            self._is_told = True
            why = N_("{date!r} is no day that can be read; this text, and any other with such a day, is read without it")
            yield Remark(where, why, N_("write it as 2025-08-25"), date=written[:80])
        kind = "pdf" if data.startswith(b"%PDF-") else format_of_words(data)
        yield Member(str(number), data, kind, beside(told, day))


def _written(cell: object) -> str:
    """A cell as text."""
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return str(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) and cell == cell else ""
