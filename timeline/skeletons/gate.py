"""A new row of `border_gates.csv`, put behind the others; what stands there already is not touched."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from timeline.errors import InputError
from timeline.files import lock_of, write_whole
from timeline.knowledge import Actor, Gate, Place, Province, Tables, load_entries
from timeline.knowledge.row_faults import empty_cells, wrong_cells
from timeline.skeletons.folder import own_folder
from timeline.text import fold_words

_DASH = "–"
_DASHES = re.compile(r"(?<!\s)\s*[–—]\s*")
_HYPHENS = re.compile(r"(?<!\s)\s*[-‐‑−]\s*")
# Attribute of Gate → column, and which of them are lists.
_COLUMNS = {field.name: field.name.rstrip("_") for field in fields(Gate)}
_LISTS = {name for name, hint in get_type_hints(Gate).items() if hint == tuple[str, ...]}


@dataclass(frozen=True)
class NewGate:
    """A row that was added: the file, its line there, and the columns that `timeline check` still asks for."""

    path: Path
    line: int
    gate: Gate
    lacks: tuple[str, ...]


def new_gate(pair: str, folder: str | os.PathLike[str] | None = None, **cells: str | Iterable[str]) -> NewGate:
    """Add a pair of gates to `border_gates.csv` of a knowledge folder (by default that of the checkout).

    `pair` is `Vietnamese side–Chinese side`, a hyphen will do; `cells` are other attributes of `Gate`, lists of them as
    lists or `; `-joined. What is not given stays empty, but for the two names, which the pair tells. Raises `InputError` for
    a pair that is there, a spelling that is something else's, or a cell that makes no sense, and then writes nothing.
    """
    path = own_folder(folder) / Gate.FILE
    gate = _gate(pair, cells)
    with lock_of(path):
        tables = load_entries(path.parent)
        _refuse_known(gate, tables)
        for fault in wrong_cells(gate, tables):
            raise InputError(repr(gate.pair), fault)
        data = path.read_bytes()
        data += _line(gate, data)
        write_whole(path, data)
    return NewGate(path, data.count(b"\n"), gate, empty_cells(gate))


def _gate(pair: str, cells: dict[str, str | Iterable[str]]) -> Gate:
    vn_name, cn_name = _sides(pair)
    if unknown := sorted(cells.keys() - (_COLUMNS.keys() - {"pair"})):
        raise InputError(repr(pair), f"a gate has no {unknown[0]!r}", f"it has {', '.join(_COLUMNS)}")
    values: dict[str, Any] = {"vn_name": vn_name, "cn_name": cn_name}
    for name, cell in cells.items():
        items = cell.split(";") if isinstance(cell, str) and name in _LISTS else [cell] if isinstance(cell, str) else list(cell)
        words = tuple(word for item in items if (word := " ".join(item.split())))
        values[name] = words if name in _LISTS else "; ".join(words) or values.get(name, "")
    return Gate(f"{vn_name}{_DASH}{cn_name}", **values)


def _sides(pair: str) -> tuple[str, str]:
    """The names of the two sides, Vietnamese first."""
    told = " ".join(pair.split())
    sides = _DASHES.split(told) if _DASHES.search(told) else _HYPHENS.split(told)
    if len(sides) != 2 or not all(sides):
        raise InputError(repr(pair), "is no pair of gates", f"write it as Vietnamese side{_DASH}Chinese side")
    return sides[0], sides[1]


def _refuse_known(gate: Gate, tables: Tables) -> None:
    pairs = {fold_words(pair): pair for pair in tables.gates}
    if there := pairs.get(fold_words(gate.pair)):
        raise InputError(repr(gate.pair), f"stands in {Gate.FILE} already, as {there!r}", "edit its row")
    owners = {fold_words(spelling): row for row in _rows(tables) for spelling in _strong(row)}
    for spelling in _strong(gate):
        if other := owners.get(fold_words(spelling)):
            what, remedy = (
                f"{other.name!r} in {other.FILE} is called {spelling!r} too",
                "give it as a weak alias, which needs support near it",
            )
            raise InputError(repr(gate.pair), what, remedy)


def _rows(tables: Tables) -> Iterator[Province | Place | Gate | Actor]:
    for rows in (tables.provinces, tables.places, tables.gates, tables.actors):
        yield from rows.values()


def _strong(row: Province | Place | Gate | Actor) -> list[str]:
    """The spellings by which a row is found wherever they stand."""
    if isinstance(row, Gate):
        listed = (row.vn_name, row.cn_name, *row.hanzi, *row.sino_vietnamese, *row.vn_aliases, *row.cn_aliases)
    else:
        listed = (row.name, *row.hanzi, *row.aliases)
    return [spelling for spelling in listed if spelling and spelling not in row.weak_aliases]


def _line(gate: Gate, data: bytes) -> bytes:
    """The row as the file writes its rows: its columns in their order, its ends of lines."""
    end = "\r\n" if b"\r\n" in data else "\n"
    header = next(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    cells = {column: getattr(gate, name) for name, column in _COLUMNS.items()}
    row = io.StringIO()
    csv.writer(row, lineterminator=end).writerow([cell if isinstance(cell := cells[column], str) else "; ".join(cell) for column in header])
    before = "" if data.endswith(b"\n") else end
    return (before + row.getvalue()).encode()
