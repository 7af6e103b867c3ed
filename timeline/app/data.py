"""Which built folder the app shows, read once for all readers."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from timeline.store import FILES, load_tables
from timeline.tables import Tables

DEFAULT = "data/built"


def folder(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The folder named after `--` on the command line, else in TIMELINE_DATA, else data/built."""
    arguments = (sys.argv if argv is None else argv)[1:]
    variables = os.environ if environ is None else environ
    return Path(next(iter(arguments), "") or variables.get("TIMELINE_DATA", "") or DEFAULT)


def load(path: Path) -> Tables:
    """The tables of a built folder; read again once it is rebuilt."""
    return _load(str(path), _stamp(path))


def _stamp(path: Path) -> tuple[int, ...]:
    files = [path / name for name in FILES.values()]
    return tuple(file.stat().st_mtime_ns for file in files if file.is_file())


# Shared by all sessions, so nobody may write into these frames.
@st.cache_resource(max_entries=2, show_spinner="Reading the events …")
def _load(path: str, stamp: tuple[int, ...]) -> Tables:
    return load_tables(path)
