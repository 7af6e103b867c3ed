"""An Excel workbook for people: real dates and numbers, a head that stays, filters; text that stays text."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pandas as pd

from timeline import knowledge
from timeline.errors import InputError, TableError
from timeline.export.readable import COLUMNS, heads, readable
from timeline.i18n import ENGLISH, N_, Words
from timeline.text.formulas import begins_formula

_SHEET = N_("Events")
# No clock: the same events give the same bytes.
_CREATED = datetime(2000, 1, 1)
_FIRST_DAY = date(1900, 1, 1)  # of Excel's calendar
_MOST_ROWS = 1_048_575  # below the head
_MOST_CHARACTERS = 32_767  # in a cell


def excel(events: pd.DataFrame, words: Words = ENGLISH, entries: knowledge.Tables | None = None) -> bytes:
    """Events in the order given as an .xlsx file of one sheet.

    Days are dates, but text where they lie before Excel's calendar; a cell longer than Excel allows ends in "…".
    Nothing is read as a formula or a link, not even once somebody has typed in its cell. `TableError` on more events than a sheet
    has rows, `InputError` where there is no room for the temporary files that this takes.
    """
    import xlsxwriter  # wanted by few who import the library

    if len(events) > _MOST_ROWS:
        raise TableError(f"{len(events):,} events are more than the {_MOST_ROWS:,} that a sheet of Excel holds")
    columns = readable(events, words, entries)
    head = heads(words)
    file = io.BytesIO()
    # Row by row: many events would fill the memory otherwise.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with _told_of_room(), xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": words.gettext(_SHEET), "created": _CREATED})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "share": book.add_format({"num_format": "0.00"}),
            # Else text with such a beginning becomes a formula when a person goes into its cell and leaves it again.
            "armed": book.add_format({"quote_prefix": True}),
        }
        sheet = book.add_worksheet(words.gettext(_SHEET))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(events), len(columns) - 1)
        for at, name in enumerate(columns):
            sheet.set_column(at, at, COLUMNS[name].width)
            sheet.write_string(0, at, head[name], styles["head"])
        for row, cells in enumerate(zip(*columns.values(), strict=True), start=1):
            for at, (name, value) in enumerate(zip(columns, cells, strict=True)):
                _write(sheet, row, at, value, COLUMNS[name].kind, styles)
    return file.getvalue()


@contextmanager
def _told_of_room() -> Iterator[None]:
    """Rows wait in temporary files, for which there may be no room; the library tells of that by an error of its own."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except (OSError, FileCreateError) as fault:
        told = fault.args[0] if isinstance(fault, FileCreateError) else fault
        why, remedy = N_("there is no room for what is laid out there ({fault})"), N_("make room, or name another folder in TMPDIR")
        raise InputError(tempfile.gettempdir(), why, remedy, fault=getattr(told, "strerror", None) or str(told)) from fault


def _write(sheet: Any, row: int, at: int, value: Any, kind: str, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if not isinstance(value, str):
        sheet.write_number(row, at, value, styles.get(kind))
    elif kind == "day" and (day := date.fromisoformat(value)) >= _FIRST_DAY:
        sheet.write_datetime(row, at, day, styles["day"])
    else:
        text = value if len(value) <= _MOST_CHARACTERS else f"{value[: _MOST_CHARACTERS - 1]}…"
        sheet.write_string(row, at, text, styles["armed"] if begins_formula(text) else None)
