"""Which built folder the app shows, read and indexed once for all readers."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from timeline import knowledge
from timeline.app.keeping import Once, passed_over
from timeline.app.shelf import Shelf
from timeline.errors import TimelineError
from timeline.knowledge import load_entries
from timeline.parts import MANIFEST
from timeline.query import Archive, open_archive
from timeline.restore import corrected_tables
from timeline.store import FILES

_LOG = logging.getLogger(__name__)
DEFAULT = "data/built"
# The same texts built with the chronology that ships, beside the default folder.
DEFAULT_LAYER = "data/with-chronology"
_ENTRIES, _ARCHIVES, _SHELVES = Once(), Once(4), Once(4)


def folder(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The folder named after `--` on the command line, else in TIMELINE_DATA, else data/built."""
    arguments = (sys.argv if argv is None else argv)[1:]
    variables = os.environ if environ is None else environ
    return Path(next(iter(arguments), "") or variables.get("TIMELINE_DATA", "") or DEFAULT)


def layer(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> Path | None:
    """The folder of the same texts built with a chronology: the one in TIMELINE_LAYER, else that beside data/built; None for none."""
    variables = os.environ if environ is None else environ
    named = variables.get("TIMELINE_LAYER", "") or (DEFAULT_LAYER if folder(argv, environ) == Path(DEFAULT) else "")
    return Path(named) if named and Path(named).is_dir() else None


def load(path: Path, corrections: Path | None = None) -> Shelf:
    """The tables of a built folder as a file of corrections puts them right, indexed; read again once either is another."""
    stamp = _stamp([path / name for name in (MANIFEST, *FILES.values())])
    written = _stamp([corrections] if corrections else [])
    archive = partial(_ARCHIVES.get, (path, stamp), partial(open_archive, str(path)))
    made = partial(_shelf, corrections=corrections if written else None)
    return _SHELVES.get((path, stamp, corrections, written), lambda: passed_over(made(archive())))


def load_layer(base: Shelf, corrections: Path | None = None) -> Shelf | None:
    """The base with a chronology laid over it; None where there is no such folder, or one that was built of other texts."""
    path = layer()
    if path is None:
        return None
    try:
        found = load(path, corrections)
    except TimelineError as fault:
        _LOG.warning("the layer is left out: %s", fault)
        return None
    if not base.texts <= found.texts:
        _LOG.warning("the layer %s is left out: it was built of other texts than %s", path, folder())
        return None
    return found


def entries() -> knowledge.Tables:
    """The rows of the knowledge tables."""
    return _ENTRIES.get((), load_entries)


def _stamp(files: Sequence[Path]) -> tuple[tuple[int, int], ...]:
    told = [file.stat() for file in files if file.is_file()]
    return tuple((one.st_mtime_ns, one.st_size) for one in told)


def _shelf(archive: Archive, corrections: Path | None) -> Shelf:
    if corrections is None:
        return Shelf(archive, entries())
    # What is wrong with others is told by the change log.
    tables, applied, _faults = corrected_tables(archive.frames(), corrections, entries())
    return Shelf(Archive.of(tables) if applied else archive, entries(), corrections=applied)
