"""JSON and JSON Lines → the texts in them: one object, a list of objects, one that holds such a list, or an object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from timeline.documents.columns import holds_texts
from timeline.documents.container import SPLIT, Budget, Member
from timeline.documents.decoding import decode
from timeline.documents.records import Records, Row
from timeline.errors import InputError
from timeline.messages import N_

# An article has ten or twenty values, and commas in its words. Of values alone a file of some megabytes could fill the memory.
MAX_VALUES = 3_000_000
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"\s*")
_SEPARATOR = re.compile(r"\s*,\s*")
_LINE = re.compile(r"[^\n]*\n?")

Numbered = tuple[int, Row] | InputError


def members(data: bytes, _name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The objects that have a text, by their number: the line in JSON Lines, else the place in the list."""
    text = decode(data, where).strip()
    rows = _list(text, where) if text.startswith("[") else _lines(text, where) if _has_lines(text) else _object(text, where)
    yield from Records(where, budget).members(rows)


def _list(text: str, where: str) -> Iterator[Numbered]:
    """The items of a list one after the other, so that of one that is cut off those before are read."""
    _check(text, where)
    number, at = 1, _after(_BLANKS, text, 1)
    while not text.startswith("]", at):
        try:
            value, at = _value(text, at, f"{where}/{number}")
        except InputError as fault:
            yield fault
            return
        yield number, _row(value)
        number += 1
        comma = _SEPARATOR.match(text, at)
        at = comma.end() if comma else _after(_BLANKS, text, at)
        if not comma and not text.startswith("]", at):
            yield _damaged(f"{where}/{number}", text, at)
            return


def _object(text: str, where: str) -> Iterator[Numbered]:
    """The one object of a file, or what is in it if that is a list of texts."""
    _check(text, where)
    value, end = _value(text, 0, where)
    if end < len(text):
        raise _damaged(where, text, end)
    yield from enumerate(map(_row, _texts_in(value)), start=1)


def _has_lines(text: str) -> bool:
    """Whether the file is JSON Lines: each line an object, though one may be damaged.

    Where the first does not end as one, the last is asked: no object's last line is one by itself.
    """
    if "\n{" not in text:
        return False
    return text.partition("\n")[0].rstrip().endswith("}") or not text.endswith("]}") or _is_object(text.rpartition("\n")[2])


def _is_object(line: str) -> bool:
    return line.startswith("{") and not isinstance(_line(line, 0, ""), InputError)


def _lines(text: str, where: str) -> Iterator[Numbered]:
    for number, match in enumerate(_LINE.finditer(text), start=1):
        line = match[0].strip()
        if line:
            yield _line(line, number, f"{where}/{number}")


def _line(line: str, number: int, where: str) -> Numbered:
    try:
        _check(line, where)
        value, end = _value(line, 0, where)
    except InputError as fault:
        return fault
    return _damaged(where, line, end) if end < len(line) else (number, _row(value))


def _texts_in(value: Any) -> list[Any]:
    """The object itself, or the first list of texts in it (`{"articles": […]}`), else of objects, where it has no text of its own."""
    if isinstance(value, dict) and not holds_texts(value):
        lists = [items for items in value.values() if isinstance(items, list) and any(isinstance(item, dict) for item in items)]
        of_texts = (items for items in lists if any(isinstance(item, dict) and holds_texts(item) for item in items))
        return next(of_texts, lists[0] if lists else [value])
    return [value]


def _check(text: str, where: str) -> None:
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise InputError(where, N_("it holds more than {most:,} values"), SPLIT, most=MAX_VALUES)


def _value(text: str, at: int, where: str) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as fault:
        is_open = fault.msg.startswith("Unterminated")
        raise _damaged(where, text, len(text) if is_open else fault.pos) from None
    except (RecursionError, ValueError):  # lists in lists; a number of thousands of figures
        raise InputError(where, N_("it holds lists in lists beyond measure, or a number that is none"), N_("leave that out")) from None


def _damaged(where: str, text: str, at: int) -> InputError:
    if at >= len(text):
        return InputError(where, N_("it is cut off: the rest of it is missing"), N_("fetch it again"))
    why = N_("it is no JSON from character {place:,} on")
    return InputError(where, why, N_("write it with a program that writes JSON"), place=at + 1)


def _row(value: Any) -> Row:
    """The object as texts; of what is none, an empty row with a name that is not read."""
    return {str(key): _written(cell) for key, cell in value.items()} if isinstance(value, dict) else {"": str(value)[:80]}


def _written(value: Any) -> str:
    """A value as text: paragraphs of a list as lines, of an object its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value) if isinstance(value, int) or isfinite(value) else ""  # NaN is what pandas writes for nothing
    if isinstance(value, list):
        return "\n".join(item for item in value if isinstance(item, str))
    return str(value["name"]) if isinstance(value, dict) and isinstance(value.get("name"), str) else ""


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
