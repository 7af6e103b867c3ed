"""The text of a document of the shown folder, as far as it is still at hand, and only if it is the very one that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from timeline import store
from timeline.documents import extract_text
from timeline.errors import InputError

# A source is read anew at a click: what is larger than any text and most reports is left where it is.
MAX_FILE_BYTES = 20_000_000


def text_of(document: Mapping[Any, Any], folder: Path) -> str | None:
    """The text that the spans of a row of the documents table count in; None where it is gone or has changed.

    A built folder keeps the texts of files that are no plain texts; the others are read from `path` (from where the app
    runs, or beside the folder) if they still are what their `sha256` says.
    """
    text = store.load_text(folder, document["doc_id"])
    if text is None:
        text = _from_file(document, folder)
    return text if text is not None and len(text) == document["characters"] else None


def _from_file(document: Mapping[Any, Any], folder: Path) -> str | None:
    for file in _places(document["path"], folder):
        try:
            if not file.is_file() or file.stat().st_size > MAX_FILE_BYTES:
                continue
            data = file.read_bytes()
        except (OSError, ValueError):
            continue
        if hashlib.sha256(data).hexdigest() == document["sha256"]:
            try:
                return extract_text(data, file.name, document["doc_id"]).text
            except InputError:
                return None
    return None


def _places(path: str, folder: Path) -> Iterator[Path]:
    if path:
        yield Path(path)
        if not Path(path).is_absolute():
            yield from (parent / path for parent in (folder, folder.parent))
