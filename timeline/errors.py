"""The errors that `timeline` raises on purpose, split by who must act."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from timeline.messages import N_, Language, Value, filled, one_line


class TimelineError(Exception):
    """Root of every error that this library raises on purpose."""


class InputError(TimelineError):
    """A text cannot be read.

    `where` names the file (or the argument) at fault, so that a caller can go on without it. `why` and `remedy` come in as
    templates, which `values` fill (see `timeline.messages.filled`); kept are both in English. It is one line, whatever a file is
    called, or holds, that it names.
    """

    def __init__(self, where: str, why: str, remedy: str = "", **values: Value) -> None:
        self.where = one_line(where)
        self._templates, self._values = (why, remedy), values
        self.why = one_line(filled(why, values))
        self.remedy = one_line(filled(remedy, values))
        super().__init__(f"{self.where}: {self.why}" + (f" ({self.remedy})" if remedy else ""))

    def told(self, language: Language) -> tuple[str, str]:
        """`why` and `remedy` as a reader of this language is told them."""
        why, remedy = self._templates
        return one_line(filled(why, self._values, language)), one_line(filled(remedy, self._values, language))

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it comes out of another process as it went in, to be told in any language."""
        return _made_again, (type(self), self.where, *self.parts)

    @property
    def parts(self) -> tuple[tuple[str, str], Mapping[str, Value]]:
        """The templates of `why` and `remedy`, and what fills them."""
        return self._templates, self._values

    def at(self, where: str) -> Self:
        """The same fault, of what whoever is told knows by another name."""
        why, remedy = self._templates
        return type(self)(where, why, remedy, **self._values)


class Remark(InputError):
    """What is told of a text that is read all the same, or of a row of a table that somebody keeps: no text is lost by it."""

    @classmethod
    def of(cls, fault: InputError) -> Self:
        """The same fault as one that costs no text."""
        why, remedy = fault.parts[0]
        return cls(fault.where, why, remedy, **fault.parts[1])


def _made_again(kind: type[InputError], where: str, templates: tuple[str, str], values: Mapping[str, Value]) -> InputError:
    why, remedy = templates
    return kind(where, why, remedy, **values)


class DataError(TimelineError):
    """The knowledge files are wrong; `faults` lists every `file:line: fault` found, not only the first."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = list(faults)
        count = len(self.faults)
        super().__init__(
            f"{count} fault{'s' if count != 1 else ''} in the knowledge files:\n" + "\n".join(f"  {fault}" for fault in self.faults)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.faults,)


class TableError(TimelineError):
    """A table breaks its contract (a missing column, a wrong type, a dangling id)."""


def deadly(where: str) -> InputError:
    """An input of which the processes die that read it, as what is reported of it."""
    return InputError(where, N_("the processes that read it die of it"), N_("leave it out, and please report it"))


class OwnFault(InputError):
    """A text cannot be read by a fault of this program. It says where in the program, which is for who runs it, not for the web."""


def own_fault(where: str, fault: Exception) -> OwnFault:
    """A fault of this program while an input was read, as what is reported of that input: the others are to be read all the same."""
    at = traceback.extract_tb(fault.__traceback__)[-1]
    what = f"{type(fault).__name__} in {Path(at.filename).name}:{at.lineno}: {fault}"
    return OwnFault(where, N_("reading it failed, by a fault of this program ({what})"), N_("please report it"), what=what)
