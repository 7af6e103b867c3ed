"""How builds in parts scale: with the number of texts, of processes, with little that is new, and on Dask.

Each row is a whole `timeline build` in a process of its own, with its time and the peak of its memory (of the largest process in
it); ratios are of one run. `python -m benchmarks.bench_build --texts 1000 10000 --jobs 1 2 --rounds 3`.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import write_corpus

MB = 1_000_000


@dataclass(frozen=True)
class Run:
    """One build: wall-clock seconds, peak bytes of its largest process."""

    seconds: float
    peak: int


def main() -> None:
    """Build and print the table."""
    options = read_options()
    work = options.folder or Path(tempfile.mkdtemp(prefix="timeline-bench-"))
    sizes = sorted(options.texts)
    for size in sizes:
        write_corpus(work / f"texts-{size}", size)
    print(f"{'build':44} {'seconds':>22} {'peak MB':>8}  ratio")
    whole = {size: measured(work, size, ["--jobs", "1"], options.rounds) for size in sizes}
    for before, size in zip([None, *sizes], sizes, strict=False):
        told = (
            f"{ratio(whole[size], whole[before]):.2f} times the time of {before:,}, {peaks(whole[size], whole[before]):.2f} the memory"
            if before
            else ""
        )
        print(row(f"{size:,} texts", whole[size], told))
    base = options.base or sizes[0]
    for jobs in options.jobs:
        runs = measured(work, base, ["--jobs", str(jobs)], options.rounds)
        print(row(f"{base:,} texts, {jobs} processes", runs, f"{ratio(whole[base], runs):.2f} times as fast as one"))
    runs = one_more(work, sizes[-1], options.rounds)
    print(row(f"one text more on {sizes[-1]:,}", runs, f"{ratio(runs, whole[sizes[-1]]):.2%} of the whole"))
    if options.dask:
        runs = measured(work, base, ["--cluster", "local", "--jobs", "2"], options.rounds)
        print(row(f"{base:,} texts, Dask with two local workers", runs, f"{ratio(whole[base], runs):.2f} times as fast as one process"))
    if not options.folder:
        shutil.rmtree(work)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, nargs="+", default=[1000, 10_000], help="how many texts (default: 1000 10000)")
    parser.add_argument("--jobs", type=int, nargs="*", default=[2, 4], help="with how many processes (default: 2 4)")
    parser.add_argument("--base", type=int, help="how many texts the processes are measured on (default: the fewest)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is built (default: 3)")
    parser.add_argument("--dask", action="store_true", help="on Dask too")
    parser.add_argument("--folder", type=Path, help="where texts and builds are kept (default: nowhere)")
    return parser.parse_args()


def measured(work: Path, size: int, arguments: list[str], rounds: int) -> list[Run]:
    """Builds of so many texts from nothing."""
    runs = []
    for _ in range(rounds):
        shutil.rmtree(work / f"built-{size}", ignore_errors=True)
        runs.append(build(work / f"texts-{size}", work / f"built-{size}", arguments))
    return runs


def one_more(work: Path, size: int, rounds: int) -> list[Run]:
    """Builds to which one text has come since the last."""
    runs = []
    built, more = work / f"built-{size}", work / f"texts-{size}" / "more"
    more.mkdir(exist_ok=True)
    build(more.parent, built, [])
    for k in range(rounds):
        shutil.copy(next((work / f"texts-{size}" / "0000").glob("*-en.txt")), more / f"more-{k}.txt")
        with (more / f"more-{k}.txt").open("a", encoding="utf-8") as file:
            file.write(f"\nOn {k + 1} March 2024 leaders of Cao Bang and Guangxi held talks in Nanning.\n")
        runs.append(build(more.parent, built, []))
    shutil.rmtree(more)
    return runs


def build(texts: Path, out: Path, arguments: list[str]) -> Run:
    """One build in a process of its own."""
    command = [sys.executable, "-m", "timeline", "build", str(texts), "--out", str(out), "--parts", *arguments]
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return Run(time.perf_counter() - begin, usage.ru_maxrss * 1024)


def ratio(one: list[Run], other: list[Run]) -> float:
    return statistics.median(run.seconds for run in one) / statistics.median(run.seconds for run in other)


def peaks(one: list[Run], other: list[Run]) -> float:
    return max(run.peak for run in one) / max(run.peak for run in other)


def row(name: str, runs: list[Run], told: str) -> str:
    seconds = sorted(run.seconds for run in runs)
    spread = f"{statistics.median(seconds):8.2f} ({seconds[0]:.2f}–{seconds[-1]:.2f})"
    return f"{name:44} {spread:>22} {max(run.peak for run in runs) // MB:8}  {told}"


if __name__ == "__main__":
    main()
