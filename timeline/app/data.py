"""Which built folder the app shows, read and indexed once for all readers."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from timeline import knowledge
from timeline.app.shelf import Shelf
from timeline.knowledge import load_entries
from timeline.restore import corrected_tables
from timeline.store import FILES, load_tables
from timeline.tables import Tables

DEFAULT = "data/built"


def folder(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The folder named after `--` on the command line, else in TIMELINE_DATA, else data/built."""
    arguments = (sys.argv if argv is None else argv)[1:]
    variables = os.environ if environ is None else environ
    return Path(next(iter(arguments), "") or variables.get("TIMELINE_DATA", "") or DEFAULT)


def load(path: Path, corrections: Path | None = None) -> Shelf:
    """The tables of a built folder as a file of corrections puts them right, indexed; read again once either is another."""
    files = [path / name for name in FILES.values()]
    return _shelf(str(path), _stamp(files), str(corrections or ""), _stamp([corrections] if corrections else []))


@st.cache_resource(show_spinner=False)
def entries() -> knowledge.Tables:
    """The rows of the knowledge tables."""
    return load_entries()


def _stamp(files: Sequence[Path]) -> tuple[tuple[int, int], ...]:
    told = [file.stat() for file in files if file.is_file()]
    return tuple((one.st_mtime_ns, one.st_size) for one in told)


# Shared by all sessions, so nobody may write into these frames.
@st.cache_resource(max_entries=2, show_spinner=False)
def _tables(path: str, stamp: tuple[tuple[int, int], ...]) -> Tables:
    return load_tables(path)


@st.cache_resource(max_entries=2, show_spinner=False)
def _shelf(path: str, stamp: tuple[tuple[int, int], ...], corrections: str, written: tuple[tuple[int, int], ...]) -> Shelf:
    tables = _tables(path, stamp)
    if not written:
        return Shelf(tables, entries())
    # What is wrong with others is told by the change log.
    tables, applied, _faults = corrected_tables(tables, corrections, entries())
    return Shelf(tables, entries(), corrections=applied)
