"""CSV for people: heads and dates in their language, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd

from timeline import knowledge
from timeline.export.plain import disarmed
from timeline.export.readable import heads, readable
from timeline.i18n import ENGLISH, Words

_BOM = b"\xef\xbb\xbf"


def people_csv(events: pd.DataFrame, bom: bool = False, words: Words = ENGLISH, entries: knowledge.Tables | None = None) -> bytes:
    """Events in the order given, one a row: comma-separated UTF-8 (RFC 4180), lists joined by `; `.

    Excel shows other letters than ASCII rightly only when the file begins with a byte-order mark: `bom`. What could
    begin a formula has an apostrophe before it; for the exact text take `machine_csv`.
    """
    columns = readable(events, words, entries)
    head = heads(words)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([disarmed(head[name]) for name in columns])
    writer.writerows([_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    return (_BOM if bom else b"") + file.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return disarmed(value) if isinstance(value, str) else str(value)
