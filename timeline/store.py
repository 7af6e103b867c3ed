"""A built folder on disk: four CSV files, what they were made by, and the texts that other files don't hold; written whole or not at all.

UTF-8, newline `\\n`, columns and rows in the tables' own order. A list is one cell, its items joined by `; `; an item
that itself holds `; ` is written with a backslash before that semicolon, and a backslash is doubled, so that every
list comes back as it was. An empty item is refused, for it could not be told from no item.

`texts/<doc_id>.txt` is the text that the spans of a document count in, where its file is no plain text (a page, a PDF).
What is awkward in a name stands there percent-encoded, and no two documents have one file.

`build.json` names the versions that made the tables, where they are known: of the tool and of its knowledge.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pandas as pd

from timeline.errors import InputError, TableError, TimelineError
from timeline.files import standing_folder, write_folder
from timeline.messages import N_
from timeline.parts import MANIFEST, read_manifest, read_tables, read_texts
from timeline.tables import TABLES, Column, Tables, TimelineLike, build_frame, check_tables, sort_rows

Read = TypeVar("Read")
FILES = {name: f"{name}.csv" for name in TABLES}
TEXTS = "texts"
VERSIONS = "build.json"
_LONGEST_NAME = 240  # bytes of a part of a path: with `.txt` behind, what every file system takes
_LONGEST_PATH = 2_000  # bytes of a path in the folder: what systems take, less that of a folder
_AWKWARD = frozenset('%\\<>:"|?*')  # what some file system does not take, and the sign of what is encoded
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_SEPARATOR = re.compile(r"(?<!\\)((?:\\\\)*); ")
_ESCAPED = re.compile(r"\\([\\;])")


def save(timeline: TimelineLike, folder: str | os.PathLike[str]) -> None:
    """Write the four tables to `folder`, and the `texts` and `versions` that `timeline` carries, if any, replacing it whole.

    On any fault the old folder stays as it was.
    Only a folder that is missing, empty or itself a built one is replaced.
    """
    target = Path(folder).resolve()
    check_tables(timeline.documents, timeline.mentions, timeline.evidence, timeline.events)
    write_folder(target, ((name, text.encode("utf-8")) for name, text in _contents(timeline)), _refuse_foreign)


def _contents(timeline: TimelineLike) -> Iterator[tuple[str, str]]:
    """The files of a built folder, each when its turn comes: texts may be many."""
    texts: Mapping[str, str] = getattr(timeline, "texts", {})
    versions: Mapping[str, str] = getattr(timeline, "versions", {})
    for name, file in FILES.items():
        yield file, to_csv(name, getattr(timeline, name))
    if versions:
        yield VERSIONS, versions_json(versions)
    for doc_id in timeline.documents["doc_id"]:
        if doc_id in texts:
            yield _text_file(doc_id), texts[doc_id]


def read_steadily(folder: str | os.PathLike[str], read: Callable[[Path], Read]) -> Read:
    """What `read` makes of a built folder, given where it stands; once more where that was built anew while it read."""
    while True:
        target = standing_folder(Path(folder))
        before = _build_in(target)
        try:
            found = read(target)
        except (OSError, TimelineError):
            if _build_in(standing_folder(Path(folder))) == before:
                raise
        else:
            if _build_in(standing_folder(Path(folder))) == before:
                return found


def _build_in(folder: Path) -> tuple[int, int, int] | None:
    """What tells one build from the next: another folder comes in the place of the old one, or another manifest."""
    for path in (folder / MANIFEST, folder):
        with suppress(OSError):
            told = path.stat()
            return told.st_dev, told.st_ino, told.st_ctime_ns  # the number may be that of one that is gone
    return None


def load_tables(folder: str | os.PathLike[str]) -> Tables:
    """Read a built folder back, in parts or not; the tables equal those that were saved."""
    target = standing_folder(Path(folder))
    if manifest := read_manifest(target):
        return read_tables(target, manifest)
    missing = [name for name in FILES.values() if not (target / name).is_file()]
    if missing:
        raise InputError(
            str(folder), N_("not a built folder: {files} missing"), N_("run `timeline build` to make one"), files=tuple(missing)
        )
    frames = {name: _read_table(name, target / FILES[name]) for name in TABLES}
    tables = Tables(**frames)
    check_tables(tables.documents, tables.mentions, tables.evidence, tables.events)
    return tables


def load_versions(folder: str | os.PathLike[str]) -> dict[str, str]:
    """By which versions a built folder was made (of `timeline`, of `knowledge`); nothing where it does not say."""
    target = standing_folder(Path(folder))
    if manifest := read_manifest(target):
        return manifest.versions
    path = target / VERSIONS
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as fault:
        raise TableError(f"{path}: {fault}") from fault
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise TableError(f"{path}: not a version by each name")
    return said


def versions_json(versions: Mapping[str, str]) -> str:
    """The same as a file's content."""
    return json.dumps(dict(sorted(versions.items())), ensure_ascii=False, indent=2) + "\n"


def load_texts(folder: str | os.PathLike[str], doc_ids: Iterable[str]) -> dict[str, str]:
    """By doc_id, every text that a built folder keeps of these documents."""
    target = standing_folder(Path(folder))
    if manifest := read_manifest(target):
        return read_texts(target, manifest)
    found = {doc_id: load_text(target, doc_id) for doc_id in doc_ids} if (target / TEXTS).is_dir() else {}
    return {doc_id: text for doc_id, text in found.items() if text is not None}


def load_text(folder: str | os.PathLike[str], doc_id: str) -> str | None:
    """The text of a document that a built folder keeps; None where it keeps none, as of plain texts."""
    target = standing_folder(Path(folder))
    if manifest := read_manifest(target):
        return read_texts(target, manifest, doc_id).get(doc_id)
    try:
        with (target / _text_file(doc_id)).open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError, TableError):
        return None


def to_csv(table: str, frame: pd.DataFrame) -> str:
    """One table as CSV text, in the table's own order."""
    specs = TABLES[table]
    ordered = sort_rows(table, frame)
    cells = [_texts(spec, ordered[spec.name]) for spec in specs]
    lines = [",".join(spec.name for spec in specs), *(",".join(map(_quote, row)) for row in zip(*cells, strict=True))]
    return "\n".join(lines) + "\n"


def from_csv(table: str, lines: Iterable[str], where: str) -> pd.DataFrame:
    """The table that `to_csv` wrote; `where` names the file in errors."""
    csv.field_size_limit(2**31 - 1)  # a passage may be longer than the module's default of 128 KB
    reader = csv.reader(lines, strict=True)
    specs = TABLES[table]
    names = [spec.name for spec in specs]
    columns: dict[str, list[Any]] = {name: [] for name in names}
    try:
        header = next(reader, [])
        if header != names:
            raise TableError(f"{where}:1: columns {', '.join(header)} where {', '.join(names)} are expected")
        for row in reader:
            if len(row) != len(names):
                raise TableError(f"{where}:{reader.line_num}: {len(row)} cells where {len(names)} are expected")
            for spec, cell in zip(specs, row, strict=True):
                columns[spec.name].append(_value(spec, cell, f"{where}:{reader.line_num}"))
    except csv.Error as fault:
        raise TableError(f"{where}:{reader.line_num}: {fault}") from fault
    return build_frame(table, columns)


def join_list(items: Iterable[str]) -> str:
    """A list as one cell."""
    return "; ".join(item.replace("\\", "\\\\").replace("; ", "\\; ") for item in items)


def split_list(cell: str) -> list[str]:
    """The list that `join_list` made one cell of."""
    if not cell:
        return []
    return [_ESCAPED.sub(r"\1", part) for part in _SEPARATOR.sub(r"\1\0", cell).split("\0")]


def _texts(spec: Column, values: pd.Series[Any]) -> Iterator[str]:
    if spec.is_list:
        for items in values:
            if "" in items or any("\0" in item for item in items):
                raise TableError(f"column {spec.name}: a list with an empty item or a NUL cannot be written: {items!r}")
            yield join_list(items)
    elif spec.kind == "text":
        yield from values
    else:
        for value in values:
            yield "" if value is pd.NA else str(int(value)) if spec.kind == "integer" else repr(float(value))


def _quote(cell: str) -> str:
    # Not csv.writer: before Python 3.13 it leaves a lone carriage return bare, which splits the row when read.
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _value(spec: Column, cell: str, where: str) -> Any:
    if spec.is_list:
        return split_list(cell)
    if spec.kind == "text":
        return cell
    try:
        return None if cell == "" else int(cell) if spec.kind == "integer" else float(cell)
    except ValueError as fault:
        raise TableError(f"{where}: column {spec.name}: {cell!r} is no number") from fault


def _read_table(table: str, path: Path) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return from_csv(table, file, str(path))
    except UnicodeDecodeError as fault:
        raise TableError(f"{path}: not UTF-8 at byte {fault.start}") from fault


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(str(target), N_("is a file, not a folder"), N_("name a folder"))
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in (*FILES.values(), TEXTS, VERSIONS))
    foreign += _foreign_texts(target)
    if foreign:
        held = tuple(foreign[:3])
        raise InputError(str(target), N_("is not a built folder: it holds {files}"), N_("name another folder"), files=held)


def _foreign_texts(target: Path) -> list[str]:
    """What stands in `texts` and is not the text of a document of this folder: somebody's own, which is not to be lost."""
    folder = target / TEXTS
    if not folder.is_dir():
        return [TEXTS] if folder.exists() else []
    try:  # a folder of another version has other columns, and is one of ours all the same
        with (target / FILES["documents"]).open(encoding="utf-8", newline="") as file:
            known = {target / _text_file(row["doc_id"]) for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TableError):
        known = set()
    return sorted(path.relative_to(target).as_posix() for path in folder.rglob("*") if not path.is_dir() and path not in known)


def _text_file(doc_id: str) -> str:
    """Where the text of a document stands in its folder, no two at one place; raises `TableError` for an id that leads out of it."""
    *folders, last = doc_id.split("/")
    if ".." in (*folders, last) or doc_id.startswith("/"):
        raise TableError(f"{doc_id!r} can't name a file, so the text of that document can't be kept")
    path = "/".join((TEXTS, *map(_folder_name, folders), f"{_short(last)}.txt"))
    if len(path.encode("utf-8")) <= _LONGEST_PATH:
        return path
    return f"{TEXTS}/%-{hashlib.sha256(doc_id.encode('utf-8', 'surrogatepass')).hexdigest()}.txt"


def _folder_name(part: str) -> str:
    """A part of an id that documents are within. It never ends as the files do: `a.md.txt/b` stands beside `a.md`."""
    if part in ("", "."):
        return "%2F" if part == "" else "%2E"
    name = _short(part)
    return f"{name[:-4]}%2E{name[-3:]}" if name.lower().endswith(".txt") else name


def _short(part: str) -> str:
    """A part of an id as every file system takes it. A `%` that does not encode is only in what had to be shortened."""
    name = "".join(char if char.isprintable() and char not in _AWKWARD else quote(char, safe="", errors="surrogatepass") for char in part)
    data = name.encode("utf-8")
    if len(data) <= _LONGEST_NAME:
        return name
    return f"{data[: _LONGEST_NAME // 2].decode('utf-8', 'ignore')}%-{hashlib.sha256(data).hexdigest()[:16]}"
