"""A table laid out in a file without a name and read as it lies there: what is looked at is in memory, once for all sessions."""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Iterable

import pyarrow as pa

from timeline.errors import InputError
from timeline.messages import N_


def mapped(schema: pa.Schema, tables: Iterable[pa.Table]) -> pa.Table:
    """The tables one below the other. The file lies among the temporary ones, and goes with the last who reads it.

    Raises `InputError` where there is no room for it.
    """
    try:
        with tempfile.TemporaryFile(prefix="timeline-") as file:
            with pa.ipc.new_file(pa.PythonFile(file, mode="w"), schema) as writer:
                for table in tables:
                    writer.write_table(table)
            file.flush()
            view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # which keeps the file
    except OSError as fault:
        why, remedy = N_("there is no room for what is laid out there ({fault})"), N_("make room, or name another folder in TMPDIR")
        raise InputError(tempfile.gettempdir(), why, remedy, fault=fault.strerror or str(fault)) from fault
    return pa.ipc.open_file(pa.py_buffer(view)).read_all()
