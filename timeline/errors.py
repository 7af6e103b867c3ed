"""The errors that `timeline` raises on purpose, split by who must act."""

from __future__ import annotations

import traceback
from pathlib import Path


class TimelineError(Exception):
    """Root of every error that this library raises on purpose."""


class InputError(TimelineError):
    """A text cannot be read.

    `where` names the file (or the argument) at fault, so that a caller can go on without it.
    """

    def __init__(self, where: str, why: str, remedy: str = "") -> None:
        self.where = where
        self.why = why
        self.remedy = remedy
        super().__init__(f"{where}: {why}" + (f" ({remedy})" if remedy else ""))


class DataError(TimelineError):
    """The knowledge files are wrong; `faults` lists every `file:line: fault` found, not only the first."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = list(faults)
        count = len(self.faults)
        super().__init__(
            f"{count} fault{'s' if count != 1 else ''} in the knowledge files:\n" + "\n".join(f"  {fault}" for fault in self.faults)
        )


class TableError(TimelineError):
    """A table breaks its contract (a missing column, a wrong type, a dangling id)."""


def own_fault(where: str, fault: Exception) -> InputError:
    """A fault of this program while an input was read, as what is reported of that input: the others are to be read all the same."""
    at = traceback.extract_tb(fault.__traceback__)[-1]
    what = f"{type(fault).__name__} in {Path(at.filename).name}:{at.lineno}: {fault}"
    return InputError(where, f"reading it failed, by a fault of this program ({what})", "please report it")
