"""The errors that `timeline` raises on purpose, split by who must act."""

from __future__ import annotations


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
