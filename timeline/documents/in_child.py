"""A file taken apart in a process of its own, which a hostile one may kill, stall or fill: time, memory and output are limited.

One such process at a time: two hostile files take no more than one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.errors import InputError

# A report of 300 pages takes pypdf some ten seconds, a large page trafilatura one.
MAX_SECONDS = 30
MAX_MEMORY = 512 << 20  # bytes of address space: Python and pypdf take 100 MB, a page of drawings 200
MAX_CHARACTERS = 5_000_000
# For a turn; who waits longer is told, so that a heap of hostile files does not hold up everybody for hours.
MAX_WAIT = 120

_CHILD = Path(__file__).with_name("child.py")
_ONE = threading.Lock()
_AS_TEXT = "save its words as a text file"


@dataclass(frozen=True, slots=True)
class Kind:
    """A format that the child reads: its name there and in messages, a limit of its own, its own faults and their remedies."""

    format: str
    name: str
    limit: int = 0
    faults: tuple[tuple[str, tuple[str, str]], ...] = ()


def read_in_child(kind: Kind, data: bytes, where: str) -> dict[str, Any]:
    """What the child answers for the bytes of a file; raises an `InputError` where it can't, or was not let go on."""
    if not _ONE.acquire(timeout=MAX_WAIT):
        raise InputError(where, "other files are being read", "try again later")
    try:
        out = _run(kind, data, where)
    finally:
        _ONE.release()
    try:
        answer: dict[str, Any] = json.loads(out)
    except ValueError:
        raise InputError(where, f"{kind.name} broke the program that reads it, or took it too long", _AS_TEXT) from None
    if "fault" in answer:
        raise InputError(where, *_faults(kind)[answer["fault"]])
    return answer


def _run(kind: Kind, data: bytes, where: str) -> bytes:
    limits = [str(limit) for limit in (MAX_SECONDS, MAX_MEMORY, MAX_CHARACTERS, kind.limit)]
    # -P keeps the child's folder off its path, where files of ours would stand for modules of the library.
    command = [sys.executable, "-P", str(_CHILD), kind.format, *limits]
    try:
        return subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False).stdout
    except subprocess.TimeoutExpired:
        raise InputError(where, f"{kind.name} takes more than {MAX_SECONDS} seconds to read", _AS_TEXT) from None


def _faults(kind: Kind) -> dict[str, tuple[str, str]]:
    return {
        "damaged": (f"{kind.name} is damaged", f"open it and save it again, or {_AS_TEXT}"),
        "memory": (f"{kind.name} needs more than {MAX_MEMORY >> 20} MB of memory", _AS_TEXT),
        "strained": (f"{kind.name} is damaged, or needs more than {MAX_MEMORY >> 20} MB of memory", _AS_TEXT),
        "long": (f"{kind.name} holds more than {MAX_CHARACTERS:,} characters", "split it"),
    } | dict(kind.faults)
