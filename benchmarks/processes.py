"""A command as a whole: how long it takes, and the most memory that it and all processes below it take at one time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Thread

import psutil

_PAUSE = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """Wall-clock seconds, and the peak in bytes of all processes together."""

    seconds: float
    peak: int


def run(arguments: Sequence[str]) -> Run:
    """Run Python with some arguments; ends this program where that fails."""
    command = [sys.executable, *arguments]
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak, ended = [0], Event()
    watcher = Thread(target=_watch, args=(psutil.Process(child.pid), ended, peak))
    watcher.start()
    _, said = child.communicate()
    seconds = time.perf_counter() - begin
    ended.set()
    watcher.join()
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}:\n{said}")
    return Run(seconds, peak[0])


def _watch(root: psutil.Process, ended: Event, peak: list[int]) -> None:
    while not ended.wait(_PAUSE):
        try:
            together = sum(map(_memory, [root, *root.children(recursive=True)]))
        except psutil.NoSuchProcess:
            continue
        peak[0] = max(peak[0], together)


def _memory(process: psutil.Process) -> int:
    """What memory a process takes; of what it shares with others its part, where the system tells (Linux), else all of it."""
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.rss))
    except (psutil.NoSuchProcess, psutil.AccessDenied):  # it ended between two looks
        return 0
