"""The sources as CSL-JSON, for citation processors (citeproc, Pandoc, Zotero).

https://docs.citationstyles.org and its schema `csl-data.json` say what an item holds.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from timeline.export.citations import Source, sources
from timeline.export.plain import encoded


def csl_json(documents: pd.DataFrame) -> bytes:
    """One web page a document (a chronology is a set of data), with its doc_id as id; UTF-8, in the order of the documents table."""
    items = [json.dumps(_item(source), ensure_ascii=False) for source in sources(documents)]
    return encoded("[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n", "citations as CSL-JSON")


def _item(source: Source) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": source.key,
        "type": "dataset" if source.kind == "chronology" else "webpage",
        "title": source.title,
        "container-title": source.publisher,  # the site, as styles for web pages want it
        # As many parts as are known: [[2025, 8]].
        "issued": {"date-parts": [[int(part) for part in source.published]]} if source.published else None,
        "URL": source.url,
        "language": source.language,
    }
    return {name: value for name, value in found.items() if value}
