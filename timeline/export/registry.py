"""Every format: what a reader calls it, how its file is named, what it holds, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from timeline import knowledge
from timeline.export.acled_like import acled_like
from timeline.export.bibtex_file import bibtex
from timeline.export.calendar_file import calendar
from timeline.export.csl_json import csl_json
from timeline.export.data_package import data_package
from timeline.export.excel_file import excel
from timeline.export.geojson_file import geojson
from timeline.export.html_page import html_page
from timeline.export.json_lines import json_lines
from timeline.export.jsonld import jsonld
from timeline.export.machine import json_, machine_csv
from timeline.export.parquet_file import parquet
from timeline.export.people import people_csv
from timeline.export.plover_like import plover_like
from timeline.export.ris_file import ris
from timeline.export.timelinejs import timelinejs
from timeline.i18n import N_, Words
from timeline.naming import CANONICAL, Naming
from timeline.publishers import load_publishers
from timeline.tables import Tables

Holds = Literal["events", "sources", "all"]
Write = Callable[[Tables, Words, knowledge.Tables | None], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what a reader calls it, how its name ends, its media type, what writes it, and what it is made of.

    `write` takes the tables (with only the events, or the documents, that are meant), the words of the reader's
    language, and the knowledge tables that name types of event in it.
    """

    label: str
    suffix: str
    mime: str
    write: Write
    holds: Holds = "events"


_CSL = "application/vnd.citationstyles.csl+json"


def page_of(tables: Tables, words: Words, entries: knowledge.Tables | None, lane: str = "provinces", title: str = "") -> bytes:
    """The page with the timeline, with lanes by a column of the events table."""
    from timeline.charts import timeline_chart  # Altair takes longer to import than all the rest

    naming = Naming(entries, words.language) if entries else CANONICAL
    light, dark = (timeline_chart(tables.events, lane, words=words, dark=dark, naming=naming) for dark in (False, True))
    return html_page(tables, light, dark, words, entries, title=title)


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
    "parquet": Format(N_("Parquet"), ".parquet", "application/vnd.apache.parquet", lambda tables, words, entries: parquet(tables.events)),
    "jsonl": Format(N_("JSON Lines"), ".jsonl", "application/jsonl", lambda tables, words, entries: json_lines(tables.events)),
    "data-package": Format(
        N_("Data package (Frictionless)"), ".zip", "application/zip", lambda tables, words, entries: data_package(tables, entries), "all"
    ),
    "icalendar": Format(N_("Calendar (iCalendar)"), ".ics", "text/calendar", calendar),
    "geojson": Format(
        N_("Map (GeoJSON)"), ".geojson", "application/geo+json", lambda tables, words, entries: geojson(tables.events, entries)
    ),
    "html": Format(N_("Web page with the timeline"), ".html", "text/html", page_of),
    "timelinejs": Format(N_("TimelineJS"), ".json", "application/json", timelinejs),
    "jsonld": Format(N_("JSON-LD (schema.org)"), ".jsonld", "application/ld+json", jsonld),
    "acled": Format(
        N_("CSV with ACLED’s columns"), ".csv", "text/csv", lambda tables, words, entries: acled_like(tables, entries, load_publishers())
    ),
    "plover": Format(N_("CSV with PLOVER’s columns"), ".csv", "text/csv", lambda tables, words, entries: plover_like(tables, entries)),
    "csl": Format(N_("CSL-JSON"), ".csl.json", _CSL, lambda tables, words, entries: csl_json(tables.documents), "sources"),
    "bibtex": Format(N_("BibTeX"), ".bib", "application/x-bibtex", lambda tables, words, entries: bibtex(tables.documents), "sources"),
    "ris": Format(
        N_("RIS"), ".ris", "application/x-research-info-systems", lambda tables, words, entries: ris(tables.documents), "sources"
    ),
}
