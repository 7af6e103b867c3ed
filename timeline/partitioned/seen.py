"""Which files stand as they stood when they were read, so that they need not be opened to be known as unchanged.

As `git`, `make` and `rsync` do it: by size, inode, and the times of the last writing and of the last change of any kind, which the
system keeps. A file that was written so shortly before it was read that it may have been written again within the same tick of its
clock is not recorded, and is looked into by the next build. What was recorded is only ever a reason not to look: where it is lost or
damaged, all is read as if it were new.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from timeline.documents import STDIN
from timeline.files import write_whole
from timeline.parts import SEEN, read_columns

_REST = 10 * 10**9  # ns: the coarsest clock of a file system ticks every 2 s; the rest is for that of another machine
_STDIN = os.fspath(STDIN)
_ADDRESS = "://"


def look(paths: Iterable[str]) -> dict[str, str]:
    """How files stand, by path; without those that may be just being written, and what is no file of this machine.

    A file must be looked at before it is read: what changes in between then shows.
    """
    before = time.time_ns() - _REST
    return {path: state for path in paths if (state := _state(path, before))}


def _state(path: str, before: int) -> str:
    if path == _STDIN or _ADDRESS in path:
        return ""
    try:
        told = os.stat(path)
    except (OSError, ValueError):
        return ""
    if not stat.S_ISREG(told.st_mode) or max(told.st_mtime_ns, told.st_ctime_ns) >= before:
        return ""
    return f"{told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}"


def read_seen(folder: Path, part: str) -> dict[str, str]:
    """How the files of a part of `read` stood when they were read."""
    import pyarrow as pa

    try:
        table = read_columns(folder / SEEN / part, "path", "state")
        return dict(zip(map(os.fsdecode, table.column("path").to_pylist()), table.column("state").to_pylist(), strict=True))
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return {}


def write_seen(folder: Path, part: str, states: Mapping[str, str]) -> None:
    """Record it, beside the part."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    table = pa.table({"path": pa.array(map(os.fsencode, states), pa.binary()), "state": pa.array(states.values(), pa.string())})
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    (folder / SEEN).mkdir(exist_ok=True)
    write_whole(folder / SEEN / part, sink.getvalue().to_pybytes(), lasts=False)
