"""A process of our own that is killed, or finds the disk full, at a moment that can be chosen again."""

from __future__ import annotations

import mmap
import os
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

_STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")  # and files opened to be written, or to be synced
_LONGEST = 300  # seconds: what takes longer hangs
_PAUSE = 0.0005


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many seconds, or before so many steps on files of the folder watched; neither: never."""

    seconds: float | None = None
    step: int | None = None


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit status (None: it was killed), what it said, how long it took, and its steps on files."""

    status: int | None
    said: str
    seconds: float
    steps: int


def run(job: Callable[[], int], folder: Path, moment: Moment = Moment(), most_bytes: int | None = None) -> Ended:
    """Do a job in a process of its own, which is killed with its children at the moment given.

    Steps are counted where they are taken in `folder`. With `most_bytes` no file may grow larger.
    """
    counter = mmap.mmap(-1, 8)
    with tempfile.TemporaryFile() as told:  # not where the disk is full
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _child(job, folder, counter, moment.step, told.fileno(), most_bytes)
        with suppress(OSError):  # whichever of the two comes first
            os.setpgid(pid, pid)
        status = _await(pid, moment.seconds, begun)
        seconds = time.monotonic() - begun
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # what it started goes with it
        told.seek(0)
        (steps,) = struct.unpack("q", counter[:8])
        return Ended(status, told.read().decode("utf-8", "replace"), seconds, steps)


def _await(pid: int, seconds: float | None, begun: float) -> int | None:
    end = begun + (_LONGEST if seconds is None else seconds)
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        if time.monotonic() >= end:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            if seconds is None:
                raise TimeoutError(f"it did not end in {_LONGEST} s")
            return None
        time.sleep(_PAUSE)


def _child(job: Callable[[], int], folder: Path, counter: mmap.mmap, step: int | None, told: int, most_bytes: int | None) -> None:
    status = 70
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for number in (0, 1):
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        os.dup2(told, 2)
        sys.modules["__main__"] = ModuleType("__main__")  # which other processes need not run
        if most_bytes is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        sys.addaudithook(_counting(str(folder), counter, step))
        status = job()
        sys.stderr.flush()
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _counting(folder: str, counter: mmap.mmap, last: int | None) -> Callable[[str, tuple[Any, ...]], None]:
    """A hook that counts what is done to files in the folder, and kills the process and its children before that step."""
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event != "open" and event not in _STEPS:
            return
        path, flags = arguments[0], arguments[2] if event == "open" else os.O_WRONLY
        is_step = flags & (os.O_WRONLY | os.O_RDWR) or (event == "open" and arguments[1] is None)
        if not is_step or not isinstance(path, str | bytes | os.PathLike) or not os.fsdecode(path).startswith(folder):
            return
        if count == last:
            os.killpg(0, signal.SIGKILL)
        count += 1
        counter[:8] = struct.pack("q", count)

    return hook
