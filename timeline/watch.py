"""Build anew whenever the texts change, and say what changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from timeline.diff import Diff, diff
from timeline.documents import STDIN, Place, Remote, list_inputs, place_of
from timeline.errors import InputError, TimelineError
from timeline.pipeline import Timeline

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A build that was made because something had changed, and what it changed; `failed` says why there is none.

    A build without documents changes nothing: it is not kept, and the next one is compared with the one before it.
    """

    timeline: Timeline | None
    changes: Diff | None
    failed: TimelineError | None = None


def watch(
    paths: Sequence[str | os.PathLike[str]],
    build: Callable[[Timeline | None], Timeline],
    earlier: Timeline | None = None,
    seconds: float = 2.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Rebuilt]:
    """At once and then whenever the files of `paths` are others: `build` with the build before, and what changed.

    The files are looked at every `seconds` by their names, sizes and times, which works on any disk and network share; a
    change is built once nothing has changed for a turn, so that a file is not read while it is being copied. A build that
    fails is told and the next change tried again. Never ends by itself. Raises `InputError` for standard input.
    """
    if any(Path(path) == STDIN for path in paths):
        raise InputError(str(STDIN), "standard input can be read only once", "name files or folders to watch")
    if elsewhere := next((path for path in paths if isinstance(place_of(path), Remote)), None):
        raise InputError(str(elsewhere), "what stands elsewhere is not watched", "name files or folders of this machine")
    built = earlier
    seen: Stamp | None = None
    while True:
        now = stamp(paths)
        if now == seen:
            sleep(seconds)
            continue
        seen = now if seen is None else _at_rest(paths, now, seconds, sleep)
        try:
            fresh = build(built)
        except TimelineError as fault:
            yield Rebuilt(None, None, fault)
            continue
        if not len(fresh.documents):  # the folder may be emptied before it is filled anew
            yield Rebuilt(fresh, None)
            continue
        yield Rebuilt(fresh, diff(built, fresh) if built else None)
        built = fresh


def _at_rest(paths: Sequence[str | os.PathLike[str]], now: Stamp, seconds: float, sleep: Callable[[float], None]) -> Stamp:
    """The files once nothing about them has changed for a turn."""
    while True:
        sleep(seconds)
        before, now = now, stamp(paths)
        if now == before:
            return now


def stamp(paths: Iterable[str | os.PathLike[str]]) -> Stamp:
    """The files that `paths` stand for, each with its size in bytes and when it was written; what is missing has -1."""
    return tuple((str(file), *_state(file)) for file in list_inputs(paths))


def _state(file: Place) -> tuple[int, int]:
    if isinstance(file, Remote):
        return -1, -1
    try:
        told = file.stat()
    except OSError:
        return -1, -1
    return told.st_size, told.st_mtime_ns
