"""A file taken apart in a process of its own, which a hostile one may kill, stall or fill: time, memory and output are limited.

One such process at a time: two hostile files take no more than one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.errors import InputError
from timeline.messages import N_

# A report of 300 pages takes pypdf some ten seconds, a large page trafilatura one.
MAX_SECONDS = 30
MAX_MEMORY = 512 << 20  # bytes of address space: Python and pypdf take 100 MB, a page of drawings 200
MAX_CHARACTERS = 5_000_000
# For a turn; who waits longer is told, so that a heap of hostile files does not hold up everybody for hours.
MAX_WAIT = 120

_CHILD = Path(__file__).with_name("child.py")
_ONE = threading.Lock()
# What to do about a fault, whatever the format.
AS_TEXT = N_("save its words as a text file")
SAVE_AGAIN = N_("open it and save it again, or save its words as a text file")
SPLIT = N_("split it")


@dataclass(frozen=True, slots=True)
class Kind:
    """A format that the child reads: its name there, what is told of each fault and what to do, and limits of its own.

    Of any format the faults are `broken` and `slow`, `damaged`, `memory` and `strained`, and `long`. The templates may name
    `{seconds}`, `{memory}` (in MB), `{characters}` and `{limit}`.
    """

    format: str
    faults: Mapping[str, tuple[str, str]]
    limit: int = 0
    characters: int = 0  # other than `MAX_CHARACTERS`

    def refused(self, fault: str, where: str) -> InputError:
        """What is told of a fault in the file `where`."""
        why, remedy = self.faults[fault]
        memory = MAX_MEMORY >> 20
        return InputError(where, why, remedy, seconds=MAX_SECONDS, memory=memory, characters=self.most_characters, limit=self.limit)

    @property
    def most_characters(self) -> int:
        """How much text the child may answer."""
        return self.characters or MAX_CHARACTERS


def read_in_child(kind: Kind, data: bytes, where: str) -> dict[str, Any]:
    """What the child answers for the bytes of a file; raises an `InputError` where it can't, or was not let go on."""
    if not _ONE.acquire(timeout=MAX_WAIT):
        raise InputError(where, N_("other files are being read"), N_("try again later"))
    try:
        out = _run(kind, data, where)
    finally:
        _ONE.release()
    try:
        answer: dict[str, Any] = json.loads(out)
    except ValueError:
        raise kind.refused("broken", where) from None
    if "fault" in answer:
        raise kind.refused(answer["fault"], where)
    return answer


def _run(kind: Kind, data: bytes, where: str) -> bytes:
    limits = [str(limit) for limit in (MAX_SECONDS, MAX_MEMORY, kind.most_characters, kind.limit)]
    # -P keeps the child's folder off its path, where files of ours would stand for modules of the library.
    command = [sys.executable, "-P", str(_CHILD), kind.format, *limits]
    try:
        # What libraries complain of is nobody's, and has no end.
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=MAX_SECONDS, check=False)
        return done.stdout
    except subprocess.TimeoutExpired:
        raise kind.refused("slow", where) from None
