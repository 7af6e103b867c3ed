"""The file of corrections: its rows read and judged, and one more written so that two people at once lose nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import get_args

from timeline import edtf
from timeline.documents import decode, read_bytes
from timeline.errors import InputError
from timeline.files import lock_of, write_whole
from timeline.messages import N_
from timeline.model import Status
from timeline.text.formulas import begins_formula

COLUMNS = ("target", "field", "value", "who", "when", "why")
ACTIONS = ("drop", "merge", "split")
LISTS = ("provinces", "border_gates", "actors")
FIELDS = ("event_type", "event_subtype", "form", "status", "date_edtf", *LISTS)
EVENT_FIELDS = (*FIELDS, "title", "title_vi", "title_zh", "recurrence", "series", "ordinal", "part_of")
_NEEDED = COLUMNS[:3]
_LONGEST = 2_000  # characters of a cell that is added: room for a reason, none for a book
_ORDINAL = re.compile(r"(?!0+$)[0-9]{1,3}")
_KINDS = {"event_subtype": "event_type"}  # of what a field is only the finer part
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_RULE = re.compile(r"correction(?: by (?P<who>.*?))?(?: of (?P<when>\d{4}-\d{2}-\d{2}))?(?:: (?P<why>.*))?", re.DOTALL)
_MARK = b"\xef\xbb\xbf"
_ONE_OF = N_("one of {names}")
_AS_EDTF = N_("write dates as EDTF: 2025-09-12, 2025-09, 2025-09-12/2025-09-14")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the file; `where` names file and line for messages."""

    where: str
    target: str
    field: str
    value: str
    who: str = ""
    when: str = ""
    why: str = ""

    @property
    def rule(self) -> str:
        """What the evidence says of it."""
        made = " ".join(filter(None, ["correction", self.who and f"by {self.who}", self.when and f"of {self.when}"]))
        return f"{made}: {self.why}" if self.why else made


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose a correction is, of which day, and why."""

    who: str
    when: str
    why: str


class Overtaken(InputError):
    """Somebody else has put the same thing right since the writer looked."""


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as `2026-01-05`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_correction(rule: str) -> bool:
    """Whether a rule of the evidence table is a correction."""
    return signature_of(rule) is not None


def signature_of(rule: str) -> Signature | None:
    """What `Correction.rule` says, taken apart again; None for any other rule. What is no day stays with the name."""
    found = _RULE.fullmatch(rule)
    if found is None:
        return None
    who, when, why = (part or "" for part in found.group("who", "when", "why"))
    return Signature(who, when, why) if is_day(when) or not when else Signature(f"{who} of {when}".strip(), "", why)


def read_corrections(path: str | PathLike[str]) -> tuple[list[Correction], list[InputError]]:
    """The rows of a file, oldest first, and what is wrong with others: unknown fields, days that are none, contradictions.

    Of two rows for one field of one target the later one holds (by `when`, then by line); the other is reported.
    """
    text = decode(read_bytes(Path(path)), str(path))
    try:
        rows = list(_corrections(text, str(path)))
    except InputError as fault:
        return [], [fault]
    judged = [(correction, fault_of(correction)) for correction in rows]
    kept, replaced = in_force(correction for correction, fault in judged if fault is None)
    return kept, [fault for _, fault in judged if fault] + [_contradiction(before, later) for before, later in replaced]


def all_corrections(path: str | PathLike[str]) -> list[Correction]:
    """Every row of a file as it stands, whatever is wrong with it; none where there is no file, or nothing in it.

    Raises `InputError` when the file as a whole cannot be read.
    """
    file = Path(path)
    data = read_bytes(file) if file.is_file() else b""
    return list(_corrections(decode(data, str(path)), str(path))) if data.strip() else []


def fault_of(correction: Correction) -> InputError | None:
    """What is wrong with a row by itself."""
    known = (*ACTIONS, *EVENT_FIELDS)
    if correction.field not in known:
        return InputError(correction.where, N_("{field!r} is no field that can be corrected"), _ONE_OF, field=correction.field, names=known)
    if correction.field == "status" and correction.value not in get_args(Status):
        return InputError(correction.where, N_("{value!r} is no status"), _ONE_OF, value=correction.value, names=get_args(Status))
    if correction.field == "title" and not correction.value:
        return InputError(correction.where, N_("an event has a title"), N_("write one"))
    if correction.field == "ordinal" and correction.value and not _ORDINAL.fullmatch(correction.value):
        why, remedy = N_("{value!r} is no number from 1 to 999"), N_("write the ordinal in figures")
        return InputError(correction.where, why, remedy, value=correction.value[:20])
    try:
        if correction.field == "date_edtf":
            edtf.parse(correction.value)
        if correction.when:
            date.fromisoformat(correction.when)
    except edtf.EdtfError as fault:
        return InputError(correction.where, fault.template, _AS_EDTF, text=fault.text)
    except ValueError:
        return InputError(correction.where, N_("{text!r} is no day of the calendar"), N_("write it as 2025-09-12"), text=correction.when)
    return None


def in_force(rows: Iterable[Correction]) -> tuple[list[Correction], list[tuple[Correction, Correction]]]:
    """The corrections that hold, oldest first, and those that do not, each with the later one that says otherwise."""
    ordered = sorted(rows, key=lambda c: date.fromisoformat(c.when) if c.when else date.min)
    last: dict[tuple[str, str], Correction] = {}
    replaced: list[tuple[Correction, Correction]] = []
    for correction in ordered:
        joins = correction.field in ("merge", "split")  # of these there may be several
        key = correction.target, f"{correction.field} {correction.value}" if joins else correction.field
        before = last.get(key)
        if before and before.value != correction.value:
            replaced.append((before, correction))
        last[key] = correction
    kept = {id(correction) for correction in last.values()}
    return [correction for correction in ordered if id(correction) in kept], replaced


def append_correction(
    path: str | PathLike[str], *corrections: Correction, timeout: float = 20.0, seen: Collection[Correction] | None = None
) -> None:
    """Add rows to the file, all or none, which is made if there is none; what stands in it stays as it is.

    The file is read, and written whole beside itself and renamed, under a lock that other processes heed too: nobody ever
    reads half a file, and of two who write at once neither loses a row. Cells become one line each. Raises `InputError`
    when a row makes no sense, when the file is not one of corrections, or when it cannot be written in `timeout` seconds.

    `seen` are the corrections in force when the writer looked: `Overtaken` if one of the same thing has come since.
    """
    from filelock import Timeout  # takes longer to import than all of this, and only who writes needs it

    rows = [Correction(str(path), *(_one_line(cell) for cell in astuple(correction)[1:])) for correction in corrections]
    for row in rows:
        if fault := fault_of(row) or _unfit(row):
            raise fault
    target = Path(path).resolve()  # where the path is a link, what it leads to is replaced
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with lock_of(target, timeout):
            data = target.read_bytes() if target.exists() else b""
            if seen is not None and data.strip():
                _refuse_overtaken(rows, _corrections(decode(data, str(path)), str(path)), seen)
            for row in rows:
                data = _with_row(data, row, str(path))
            write_whole(target, data)
    except Timeout as late:
        raise InputError(str(path), N_("somebody else is writing it just now"), N_("try again in a moment")) from late
    except OSError as refused:
        why, remedy = N_("it cannot be written ({reason})"), N_("ask who runs this site")
        raise InputError(str(path), why, remedy, reason=refused.strerror or str(refused)) from refused


def _refuse_overtaken(rows: Iterable[Correction], held: Iterable[Correction], seen: Collection[Correction]) -> None:
    known = {replace(one, where="") for one in seen}
    now, _ = in_force(one for one in held if fault_of(one) is None)
    for later in now:
        if replace(later, where="") not in known and any(_is_of_the_same(row, later) for row in rows):
            raise Overtaken(later.where, N_("somebody else has put it right meanwhile"), N_("look at it again"))


def _is_of_the_same(row: Correction, other: Correction) -> bool:
    """Whether two rows put the same thing right; to drop, merge or split an event concerns all that is said of it."""
    if _KINDS.get(row.field, row.field) == _KINDS.get(other.field, other.field):
        return row.target == other.target or (row.field == "merge" and not _events_of(row).isdisjoint(_events_of(other)))
    return bool({row.field, other.field} & {*ACTIONS}) and not _events_of(row).isdisjoint(_events_of(other))


def _events_of(row: Correction) -> set[str]:
    return {row.target, row.value} if row.field in ("merge", "part_of") else {row.target}


def _contradiction(before: Correction, later: Correction) -> InputError:
    why = N_("contradicts a later correction: {field} of {target} is {value!r} here and {other!r} at {place}")
    said = {"field": before.field, "target": before.target, "value": before.value, "other": later.value, "place": later.where}
    return InputError(before.where, why, N_("the later one holds; take out the other"), **said)


def _corrections(text: str, where: str) -> Iterator[Correction]:
    names, rows = _table(text, where)
    for line, cells in rows:
        row = dict(zip(names, cells, strict=False))
        correction = Correction(f"{where}:{line}", *(row.get(name, "").strip() for name in COLUMNS))
        if correction.target or correction.field not in EVENT_FIELDS:
            yield correction


def _table(text: str, where: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The head and the rows with their lines; comments and empty lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(cells) and not cells[0].startswith("#")]
    except csv.Error as fault:
        why = N_("it cannot be read as CSV: {reason}")
        raise InputError(f"{where}:{reader.line_num}", why, N_("mend the line"), reason=str(fault)) from fault
    names = rows[0][1] if rows else []
    if not set(_NEEDED) <= set(names):
        raise InputError(where, N_("has no columns {names}"), N_("write the head {head}"), names=_NEEDED, head=",".join(COLUMNS))
    return names, rows[1:]


def _one_line(cell: str) -> str:
    return " ".join(_UNSEEN.sub(" ", cell).split())


def _unfit(row: Correction) -> InputError | None:
    if not row.target or row.target.startswith("#"):
        return InputError(row.where, N_("a correction needs a target"), N_("name an event_id or a mention_id"))
    if any(len(cell) > _LONGEST for cell in astuple(row)[1:]):
        return InputError(row.where, N_("a cell has more than {most:,} characters"), N_("say it shorter"), most=_LONGEST)
    if armed := next(filter(begins_formula, astuple(row)[1:]), ""):
        why, remedy = N_("{text!r} begins as a formula of a spreadsheet does"), N_("begin it with a letter or a figure")
        return InputError(row.where, why, remedy, text=armed[:20])
    if signature_of(row.rule) != Signature(row.who, row.when, row.why):
        why, remedy = N_("the name {name!r} could not be told from the day and the reason"), N_("write the name alone")
        return InputError(row.where, why, remedy, name=row.who)
    return None


def _with_row(data: bytes, row: Correction, where: str) -> bytes:
    """The bytes of the file with a row more; the columns that the row needs are added to the head where it lacks them."""
    text = decode(data, where) if data.strip() else ",".join(COLUMNS) + "\n"
    names, before = _table(text, where)
    newline = "\r\n" if "\r\n" in text else "\n"
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        lines = text.splitlines(keepends=True)
        at = next(k for k, line in enumerate(lines) if line.strip() and not line.startswith("#"))
        head = lines[at].rstrip("\r\n")
        lines[at] = ",".join([head, *missing]) + lines[at][len(head) :]
        text = "".join(lines)
    cells = dict(zip(COLUMNS, astuple(row)[1:], strict=True))
    added = io.StringIO()
    csv.DictWriter(added, [*names, *missing], lineterminator=newline).writerow(cells)
    text += ("" if text.endswith(("\n", "\r")) else newline) + added.getvalue()
    found = list(_corrections(text, where))
    if len(_table(text, where)[1]) != len(before) + 1 or replace(found[-1], where=row.where) != row:
        raise InputError(where, N_("no row can be added: a quotation mark in it is never closed"), N_("mend the file"))
    return (_MARK if data.startswith(_MARK) else b"") + text.encode("utf-8")
