"""Tables → a file in a format of `FORMATS`, whole or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pandas as pd

from timeline import knowledge
from timeline.errors import InputError
from timeline.export.citations import narrowed_documents
from timeline.export.narrowing import coherent
from timeline.export.registry import FORMATS
from timeline.files import write_whole
from timeline.i18n import LANGUAGES, words
from timeline.messages import N_
from timeline.tables import Tables, TimelineLike, documents_frame, evidence_frame, mentions_frame


def export(tables: TimelineLike, format: str, path: str | os.PathLike[str] | None = None, language: str = "en") -> bytes | None:
    """All events (or sources) of the tables in one format of `FORMATS`; written to `path`, or returned.

    `language` (en, vi, zh) is that of heads, titles and types in formats for people. Raises `InputError` for a format or
    language that there is not, `TableError` for what the format cannot hold; then `path` stays as it was.
    """
    if format not in FORMATS:
        raise InputError(format, N_("there is no such format"), N_("one of {names}"), names=tuple(FORMATS))
    if language not in LANGUAGES:
        raise InputError(language, N_("files are not written in this language"), N_("one of {names}"), names=tuple(LANGUAGES))
    given = Tables(tables.documents, tables.mentions, tables.evidence, tables.events)
    content = FORMATS[format].write(given, words(language), knowledge.load_entries())
    if path is None:
        return content
    if Path(path).is_dir():
        raise InputError(str(path), N_("is a folder, not a file"), N_("name a file"))
    write_whole(Path(path), content)
    return None


def of_events(events: pd.DataFrame) -> Tables:
    """Tables that hold these events alone: their sources go by the names of their documents."""
    return Tables(documents_frame([]), mentions_frame([]), evidence_frame([]), events)


def narrowed(tables: TimelineLike, events: pd.DataFrame) -> Tables:
    """Some of the events, with their mentions, the evidence of these, and their documents."""
    given = Tables(tables.documents, tables.mentions, tables.evidence, events)
    return coherent(replace(given, documents=narrowed_documents(given, events)))
