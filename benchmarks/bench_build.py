"""How builds in parts scale: with the number of texts, of processes, with little that is new, and on Dask.

Each is a whole `timeline build` in a process of its own, from nothing, with its time and the peak of the memory of all its processes
together; in each round every one takes its turn. `python -m benchmarks.bench_build --texts 1000 10000 --jobs 2 4 --rounds 3`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.corpus import write_corpus
from benchmarks.processes import Run
from benchmarks.rows import Part, Row, print_part

TEXTS, JOBS, ROUNDS = (1000, 10_000, 100_000), (2, 4), 3
_MB = 1_000_000
_ONE_MORE = "\nOn {day} March 2024 leaders of Cao Bang and Guangxi held talks in Nanning.\n"
_MOST_GROWTH = 1.05  # times as much time for each text of ten times as many
_MOST_MEMORY = 1.5
_LEAST_FASTER = {2: 1.7}  # by how many processes
_MOST_FOR_ONE = 0.02  # of a full build


@dataclass(frozen=True)
class Plan:
    """What is built: so many texts by one process; `base` of them by several, with one text more, and on Dask."""

    sizes: Sequence[int]
    jobs: Sequence[int]
    base: int
    dask: bool
    work: Path


def part(
    texts: Sequence[int] = TEXTS,
    jobs: Sequence[int] = JOBS,
    rounds: int = ROUNDS,
    base: int | None = None,
    dask: bool = True,
    folder: Path | None = None,
) -> Part:
    """All rows; `base` is by default the second of the sizes, and `folder` one that is gone afterwards."""
    sizes = sorted(texts)
    work = folder or Path(tempfile.mkdtemp(prefix="timeline-bench-"))
    plan = Plan(sizes, jobs, base or sizes[:2][-1], dask, work)
    try:
        megabytes = {size: write_corpus(work / f"texts-{size}", size) / _MB for size in {*sizes, plan.base}}
        build(work, sizes[0], ["--jobs", "2"])  # what is worked out from the knowledge once and kept is no part of what follows
        runs: dict[str, list[Run]] = defaultdict(list)
        for number in range(rounds):
            for name, run in one_round(plan, number):
                print(f"  round {number + 1}: {name}: {run.seconds:.1f} s, {run.peak / _MB:.0f} MB", file=sys.stderr, flush=True)
                runs[name].append(run)
    finally:
        if folder is None:
            shutil.rmtree(work)
    corpora = ", ".join(f"{size:,} are {megabytes[size]:.1f} MB" for size in sorted(megabytes))
    return Part([*_sizes(plan, runs), *_ways(plan, runs)], [f"Of the texts, {corpora}."])


def one_round(plan: Plan, number: int) -> list[tuple[str, Run]]:
    """Every build once, by its name."""
    told = [(_texts(size), build(plan.work, size, ["--jobs", "1"])) for size in plan.sizes if size != plan.base]
    told.append((_texts(plan.base), build(plan.work, plan.base, ["--jobs", "1"])))
    told.append(("one more", one_more(plan.work, plan.base, number)))
    told += [(_processes(jobs), build(plan.work, plan.base, ["--jobs", str(jobs)])) for jobs in plan.jobs]
    if plan.dask:
        told.append(("dask", build(plan.work, plan.base, ["--cluster", "local", "--jobs", "2"])))
    return told


def build(work: Path, size: int, arguments: Sequence[str], anew: bool = True) -> Run:
    """One build of so many texts, from nothing, or else on what the last one left."""
    out = work / f"built-{size}"
    if anew:
        shutil.rmtree(out, ignore_errors=True)
    return processes.run(["-m", "timeline", "build", str(work / f"texts-{size}"), "--out", str(out), "--parts", *arguments])


def one_more(work: Path, size: int, number: int) -> Run:
    """A build to which one text has come since the last, which was of the others."""
    texts = work / f"texts-{size}"
    more = texts / "more" / f"{number}.txt"
    more.parent.mkdir(exist_ok=True)
    text = next((texts / "0000").glob("*-en.txt")).read_text(encoding="utf-8")
    more.write_text(text + _ONE_MORE.format(day=number + 1), encoding="utf-8")
    run = build(work, size, [], anew=False)
    shutil.rmtree(more.parent)
    return run


def _sizes(plan: Plan, runs: dict[str, list[Run]]) -> list[Row]:
    """Each number of texts against the next smaller."""
    rows = []
    for few, many in zip(plan.sizes, plan.sizes[1:], strict=False):
        pair = runs[_texts(many)], runs[_texts(few)]
        rows.append(_time(_texts(many), _texts(few), *pair, most=_MOST_GROWTH * many / few))
        rows.append(_memory(_texts(many), _texts(few), *pair, most=_MOST_MEMORY))
    return rows


def _ways(plan: Plan, runs: dict[str, list[Run]]) -> list[Row]:
    """Other ways to build the same against one process that builds it from nothing."""
    base, one = runs[_texts(plan.base)], f"{_texts(plan.base)}, one process"
    rows = []
    for jobs in plan.jobs:
        rows.append(_time(_processes(jobs), one, runs[_processes(jobs)], base, faster=True, least=_LEAST_FASTER.get(jobs)))
        rows.append(_memory(_processes(jobs), one, runs[_processes(jobs)], base))
    rows.append(_time(f"one text more on {plan.base:,}", one, runs["one more"], base, most=_MOST_FOR_ONE))
    rows.append(_memory(f"one text more on {plan.base:,}", one, runs["one more"], base))
    if plan.dask:
        rows.append(_time("Dask with two local workers", one, runs["dask"], base, faster=True))
        rows.append(_memory("Dask with two local workers", one, runs["dask"], base))
    return rows


def _time(
    what: str,
    against: str,
    ours: Sequence[Run],
    theirs: Sequence[Run],
    faster: bool = False,
    least: float | None = None,
    most: float | None = None,
) -> Row:
    told = "times as fast" if faster else "time"
    taken = [run.seconds for run in ours], [run.seconds for run in theirs]
    return Row(f"{what}: {told}", against, *taken, faster=faster, least=least, most=most)


def _memory(what: str, against: str, ours: Sequence[Run], theirs: Sequence[Run], most: float | None = None) -> Row:
    peaks = [run.peak / _MB for run in ours], [run.peak / _MB for run in theirs]
    return Row(f"{what}: peak memory", against, *peaks, unit="MB", most=most)


def _texts(size: int) -> str:
    return f"{size:,} texts"


def _processes(jobs: int) -> str:
    return f"{jobs} processes"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What says which builds are measured."""
    parser.add_argument("--texts", type=int, nargs="+", default=TEXTS, help="how many texts are built (default: 1000 10000 100000)")
    parser.add_argument("--jobs", type=int, nargs="*", default=JOBS, help="with how many processes (default: 2 4)")
    parser.add_argument("--base", type=int, help="on how many texts the processes are measured (default: the second of --texts)")
    parser.add_argument("--no-dask", dest="dask", action="store_false", help="not on Dask")
    parser.add_argument("--folder", type=Path, help="where texts and builds are kept (default: nowhere)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each is built (default: {ROUNDS})")
    options = parser.parse_args()
    print_part(part(options.texts, options.jobs, options.rounds, options.base, options.dask, options.folder))


if __name__ == "__main__":
    main()
