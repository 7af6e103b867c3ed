"""The drawer and the change log alone, for their tests: the app around them is left out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.app.running import ran
from tests.app.sample import document_rows, event_rows, evidence_rows, mention_rows, sample_tables
from timeline import knowledge, store
from timeline.app.shelf import Shelf
from timeline.app.view import View
from timeline.corrections import Correction, read_corrections
from timeline.facets import Conditions
from timeline.query import Archive
from timeline.tables import Tables

SCRIPT = "<script>alert(1)</script>"


@cache
def entries() -> knowledge.Tables:
    return knowledge.load_entries()


def view_of(tables: Tables, new: frozenset[str] = frozenset(), corrections: Sequence[Correction] = (), **chosen: Any) -> View:
    return View.of(Shelf(Archive.of(tables), entries(), new, corrections), Conditions(**chosen), entries())


def rich_tables() -> Tables:
    """The sample with what it lacks: a series, statuses that go on, gates of the tables, reasons, and markup everywhere."""
    changes: dict[str, dict[str, Any]] = {
        "e-conference": {
            "series": "Conference on local foreign affairs",
            "ordinal": 2,
            "title_vi": "Hội nghị đối ngoại địa phương",
            "title_zh": "地方外事会议",
            "conflicts": ["date_edtf: 2025-08-26 in he.txt", f"other {SCRIPT}"],
            "recurrence": "annual",
        },
        "e-day": {"series": "Conference on local foreign affairs", "ordinal": 1, "title": f"First {SCRIPT}"},
        "e-decree": {"series": "Conference on local foreign affairs", "ordinal": 3},
        "e-gate": {"border_gates": ["Trà Lĩnh–Longbang", f"Nowhere {SCRIPT}"], "actors": [f"Somebody {SCRIPT}"]},
        "e-fair": {"border_gates": ["Trà Lĩnh–Longbang"]},
    }
    events = [row | changes.get(row["event_id"], {}) for row in event_rows()]
    mentions = [row | ({"status": "scheduled"} if row["mention_id"] == "m3" else {}) for row in mention_rows()]
    documents = [row | ({"published": "2025-07-01", "publisher": SCRIPT} if row["doc_id"] == "he.txt" else {}) for row in document_rows()]
    joined = {"start": 0, "end": 0, "text": ""}
    evidence = [
        *evidence_rows(),
        {"mention_id": "m3", "field": "event_id", "value": "e-conference", "rule": "same-day-place:m2"} | joined,
        {"mention_id": "m3", "field": "date_edtf", "value": "2025-08-25", "rule": "cross_document:m2"} | joined,
        {"mention_id": "m3", "field": "status", "value": "scheduled", "rule": f"correction by Lan of 2026-01-05: {SCRIPT}"} | joined,
        {
            "mention_id": "m2",
            "field": "date_edtf",
            "value": "2025-08-25",
            "start": 47,
            "end": 55,
            "text": "Dne 25. ",
            "rule": "clause:stated",
        },
    ]
    return sample_tables(events=events, mentions=mentions, documents=documents, evidence=evidence)


def current_tables() -> Tables:
    """The tables of the folder in TIMELINE_DATA as the corrections there are put them right."""
    from timeline.app.leave import corrections_file
    from timeline.restore import corrected_tables

    tables, path = store.load_tables(os.environ["TIMELINE_DATA"]), corrections_file()
    return corrected_tables(tables, path, entries())[0] if path else tables


def current_corrections() -> list[Correction]:
    """Those that `current_tables` has."""
    from timeline.app.leave import corrections_file

    path = corrections_file()
    return read_corrections(path)[0] if path and path.is_file() else []


def _script() -> None:
    import streamlit as st

    from tests.app import drawer
    from timeline.app import changes_page, detail, language, state

    language.settle(state.get("lang"))
    options = st.session_state.get("options", {})
    view = drawer.view_of(drawer.current_tables(), corrections=drawer.current_corrections(), **options)
    if st.session_state.get("page") == "changes":
        changes_page.render(view)
    if state.opened() not in view.archive.events:
        state.open_event(None)
    detail.show(view)


def open_drawer(event: str | None = None, lang: str = "en", page: str = "", **options: Any) -> AppTest:
    """The drawer with an event open (or the change log), in a language; `options` are those of `view_of`."""
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state["f_event"] = event
    app.session_state["f_lang"] = lang
    app.session_state["page"] = page
    app.session_state["options"] = options
    return ran(app.run())


def built_folder(folder: Path, tables: Tables) -> Path:
    store.save(tables, folder)
    return folder
