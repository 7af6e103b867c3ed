"""What the benchmarks measure, as rows of one table: our numbers and another's of the same rounds, their ratio, and what it should be."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

HEAD = ("what", "against", "ours", "theirs", "ratio", "from – to", "goal", "holds")
_SMALL = 0.1  # where a ratio is to be below it, it is told in per cent


@dataclass(frozen=True)
class Row:
    """One comparison: in each round a number of ours and one of theirs, in seconds or in megabytes.

    The ratio says how many times as fast ours is (`faster`), or else how many times theirs ours takes. A row without numbers says in
    its note why it has none.
    """

    what: str
    against: str
    ours: Sequence[float] = ()
    theirs: Sequence[float] = ()
    unit: str = "s"
    faster: bool = False
    least: float | None = None
    most: float | None = None
    aim: float | None = None
    note: str = ""

    @property
    def ratios(self) -> list[float]:
        """One a round."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return [theirs / ours if self.faster else ours / theirs for ours, theirs in pairs]

    @property
    def holds(self) -> bool | None:
        """Whether the median of the ratios is as it should be; None where nothing is asked of it, or nothing was measured."""
        if not self.ours or (self.least is None and self.most is None):
            return None
        ratio = statistics.median(self.ratios)
        return (self.least is None or ratio >= self.least) and (self.most is None or ratio <= self.most)

    @property
    def goal(self) -> str:
        """What is asked of the ratio, in words."""
        parts = [f"{sign} {_goal(bound)}" for sign, bound in (("≥", self.least), ("≤", self.most)) if bound is not None]
        return ", ".join(parts) + (f" (aim {_goal(self.aim)})" if self.aim is not None else "")

    def cells(self) -> tuple[str, ...]:
        """The row as it is shown, a cell for each of `HEAD`."""
        if not self.ours:
            return (self.what, self.against, "", "", self.note, "", self.goal, "")
        ratios = self.ratios
        times = _per_cent if self.most is not None and self.most < _SMALL else _times
        return (
            self.what,
            self.against,
            shown(statistics.median(self.ours), self.unit),
            shown(statistics.median(self.theirs), self.unit),
            times(statistics.median(ratios)),
            f"{times(min(ratios))} – {times(max(ratios))}" if len(ratios) > 1 else "",
            self.goal,
            {True: "yes", False: "**no**", None: ""}[self.holds],
        )


@dataclass(frozen=True)
class Part:
    """What one benchmark gives: its rows, and what else should be known of them, a line each."""

    rows: Sequence[Row]
    notes: Sequence[str] = field(default=())


def shown(number: float, unit: str) -> str:
    """A number with its unit, three figures of it."""
    if unit != "s":
        return f"{number:,.0f} {unit}"
    if number < 1:
        milli = number * 1000
        return f"{milli:.0f} ms" if milli >= 100 else f"{milli:.1f} ms" if milli >= 1 else f"{milli:.2f} ms"
    return f"{number:.0f} s" if number >= 100 else f"{number:.1f} s" if number >= 10 else f"{number:.2f} s"


def seconds(run: Callable[[], object]) -> float:
    """How long a call takes, by the clock on the wall."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def by_turns(runs: Sequence[Callable[[], float]], rounds: int) -> list[tuple[float, ...]]:
    """What each gives in each round; each takes its turn in every one, so that whatever else the machine does meets all."""
    measured = [tuple(run() for run in runs) for _ in range(rounds)]
    return list(zip(*measured, strict=True))


def machine() -> str:
    """What was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, Python {platform.python_version()}"


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [HEAD, ("---",) * 2 + ("--:",) * 4 + ("---",) * 2, *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def print_part(part: Part) -> None:
    """The rows in columns, for a terminal."""
    table = [HEAD, *(row.cells() for row in part.rows)]
    widths = [max(len(cells[k]) for cells in table) for k in range(len(HEAD))]
    for cells in table:
        words = [cell.ljust(width) for cell, width in zip(cells[:2], widths[:2], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)]
        print("  ".join(words + numbers))
    for note in part.notes:
        print(note)


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def _per_cent(ratio: float) -> str:
    return f"{100 * ratio:.2f} %"


def _goal(bound: float) -> str:
    return f"{100 * bound:g} %" if bound < _SMALL else f"{bound:.4g}"
