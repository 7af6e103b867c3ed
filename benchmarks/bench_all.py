"""All benchmarks, one after another, into `results.json` and docs/performance.md: `make bench`.

`python -m benchmarks.bench_all --only builds --texts 1000 10000` measures one part anew and leaves the others as they are; `--only`
without a name writes the page alone. The app is measured in a browser by `make bench-app`.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import bench_build, bench_extract, bench_growth, bench_languages, bench_sieve, bench_startup
from benchmarks.results import PAGE, RESULTS, record, write_page
from benchmarks.rows import Part, print_part

_COMMAND = "python -m benchmarks.bench_all"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, part by part; what is done stands on the page though a later part fails."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = read_options(given)
    for name in options.only:
        print(f"{name} …", file=sys.stderr, flush=True)
        begin = time.perf_counter()
        part = PARTS[name](options)
        record(name, part, command_of(name, given), options.results, options.page)
        print_part(part)
        print(f"{name}: {time.perf_counter() - begin:.0f} s\n", file=sys.stderr, flush=True)
    write_page(options.results, options.page)


def read_options(given: Sequence[str]) -> argparse.Namespace:
    """What is asked for; all parts unless some are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=[*PARTS, []], default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, help="how often each is measured (default: as each part has it)")
    parser.add_argument("--megabytes", type=float, default=1.0, help="size of the hostile texts (default: 1)")
    parser.add_argument("--files", type=Path, nargs="*", default=[], help="files and folders for the sieve to scan as well")
    bench_build.add_options(parser)
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the numbers are kept")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page that shows them")
    return parser.parse_args(given)


def command_of(name: str, given: Sequence[str]) -> str:
    """The command that measures a part alone as it was measured now; where files lie is nobody's business."""
    kept: list[str] = []
    is_kept = True
    for word in given:
        if word.startswith("--"):
            is_kept = word not in ("--only", "--folder", "--files", "--results", "--page")
        if is_kept:
            kept.append(word)
    return shlex.join([*_COMMAND.split(), "--only", name, *kept])


def _builds(options: argparse.Namespace) -> Part:
    rounds = options.rounds or bench_build.ROUNDS
    return bench_build.part(options.texts, options.jobs, rounds, options.base, options.dask, options.folder)


PARTS: dict[str, Callable[[argparse.Namespace], Part]] = {
    "taggers": lambda options: bench_extract.part(options.rounds or bench_extract.ROUNDS),
    "languages": lambda options: bench_languages.part(options.rounds or bench_languages.ROUNDS),
    "growth": lambda options: bench_growth.part(options.rounds or bench_growth.ROUNDS, options.megabytes),
    "sieve": lambda options: bench_sieve.part(options.rounds or bench_sieve.ROUNDS, options.files),
    "startup": lambda options: bench_startup.part(options.rounds or bench_startup.ROUNDS),
    "builds": _builds,
}


if __name__ == "__main__":
    main()
