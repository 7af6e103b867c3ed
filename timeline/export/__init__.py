"""Events and their sources in the formats that others read; one module a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from timeline import knowledge
from timeline.export.bibtex_file import bibtex
from timeline.export.citations import cited_by, narrowed_documents, web_address
from timeline.export.excel_file import excel
from timeline.export.machine import json_, machine_csv
from timeline.export.people import people_csv
from timeline.export.readable import COLUMNS, heads, readable
from timeline.export.ris_file import ris
from timeline.i18n import N_, Words
from timeline.tables import Tables

__all__ = [
    "COLUMNS",
    "FORMATS",
    "Format",
    "cited_by",
    "heads",
    "narrowed_documents",
    "people_csv",
    "readable",
    "web_address",
]

Write = Callable[[Tables, Words, knowledge.Tables | None], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what a reader calls it, how its name ends, its media type, and what writes it.

    `write` takes the tables (with only the events, or the documents, that are meant), the words of the reader's
    language, and the knowledge tables that name types of event in it.
    """

    label: str
    suffix: str
    mime: str
    write: Write


FORMATS: dict[str, Format] = {
    "csv": Format(
        N_("CSV for people"), ".csv", "text/csv", lambda tables, words, entries: people_csv(tables.events, words=words, entries=entries)
    ),
    "csv-machine": Format(N_("CSV for programs"), ".csv", "text/csv", lambda tables, words, entries: machine_csv(tables.events)),
    "excel": Format(
        N_("Excel"),
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda tables, words, entries: excel(tables.events, words, entries),
    ),
    "json": Format(N_("JSON"), ".json", "application/json", lambda tables, words, entries: json_(tables.events)),
    "bibtex": Format(N_("BibTeX"), ".bib", "application/x-bibtex", lambda tables, words, entries: bibtex(tables.documents)),
    "ris": Format(N_("RIS"), ".ris", "application/x-research-info-systems", lambda tables, words, entries: ris(tables.documents)),
}
