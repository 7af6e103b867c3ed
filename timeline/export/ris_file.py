"""The sources as RIS, for reference managers (EndNote, Zotero, Mendeley)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from timeline.export.citations import Source, sources
from timeline.export.plain import encoded


def ris(documents: pd.DataFrame) -> bytes:
    """One web page (`ELEC`) a document, with its doc_id as ID; UTF-8, in the order of the documents table.

    A chronology is a set of data (`DATA`).
    """
    import rispy  # wanted by few who import the library

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """Without the running numbers, which RIS does not know; lines end as it asks."""

        NEWLINE = "\r\n"

        def set_header(self, count: int) -> str:
            return ""

    records = [_record(source) for source in sources(documents)]
    return encoded(rispy.dumps(records, implementation=Writer) if records else "", "citations as RIS")


def _record(source: Source) -> dict[str, Any]:
    # A partial date keeps its slashes: 2025/08//
    parts = [*source.published, *[""] * (3 - len(source.published))]
    found: dict[str, Any] = {
        "type_of_reference": "DATA" if source.kind == "chronology" else "ELEC",
        "id": source.key,
        "title": source.title,
        "publisher": source.publisher,
        "year": parts[0],
        "date": "/".join([*parts, ""]) if source.published else "",
        "language": source.language,
        "urls": [source.url] if source.url else [],
    }
    return {name: value for name, value in found.items() if value}
