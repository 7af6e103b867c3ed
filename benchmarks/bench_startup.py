"""How long does starting take: importing the package, `timeline --help`, loading the knowledge, and a language when first read?

`python -m benchmarks.bench_startup` prints ratios of whole processes, run in turn, by their CPU time; medians, and between which
values half of the runs lie. Then, each in a process of its own, what loading the knowledge, compiling every language and reading
the first text of each take without a cache, while one is written, and with it.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PANDAS = "import pandas"
IMPORT = "import timeline, pandas"
FIRST_USE = "import timeline, pandas; timeline.build"
HELP = "from timeline.cli import main; main(['--help'])"
# As many commands as ours, that can do nothing and want nothing.
EMPTY = """
import typer
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
for name in {names!r}:
    app.command(name, help="One of the commands.")(lambda: None)
app(["--help"])
"""
# What a process does that reads texts: prints the seconds of loading, of compiling each language, and of reading a first text.
READING = """
import json, time
from timeline.knowledge import load
from timeline.pipeline import Extractor
clock = time.process_time
begin = clock()
knowledge = load()
told = {"load": clock() - begin, "compile": {}, "first": {}}
engine = Extractor(knowledge)
for code, language in knowledge.languages.items():
    begin = clock()
    engine.reader.tools(code)
    told["compile"][code] = clock() - begin
    begin = clock()
    engine.extract(engine.document(language.examples[0].text, code))
    told["first"][code] = clock() - begin
print(json.dumps(told))
"""


def main() -> None:
    """Print the ratios, then the table of reading."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, metavar="N")
    runs = parser.parse_args().runs
    print_ratio("import timeline beside import pandas", IMPORT, PANDAS, runs)
    print_ratio("timeline.build at hand beside import pandas", FIRST_USE, PANDAS, runs)
    print_ratio("timeline --help beside that of an empty app", HELP, empty_app(), runs)
    with tempfile.TemporaryDirectory() as folder:
        print_reading({"no cache": "", "cache written": folder, "cache read": folder})
        print(f"the cache holds {sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6:.0f} MB")


def empty_app() -> str:
    """A program that shows the help of an app with as many commands as ours."""
    from timeline.cli import cli

    return EMPTY.format(names=[f"command-{k}" for k in range(len(cli.registered_commands))])


def print_ratio(what: str, ours: str, other: str, runs: int) -> None:
    """How many times the CPU time of one program another takes, run in turn."""
    ratios = [cpu(ours) / cpu(other) for _ in range(runs)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(f"{what:46} {middle:5.2f} ({low:.2f} to {high:.2f})")


def cpu(program: str) -> float:
    """The CPU seconds of a fresh interpreter that runs a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def print_reading(caches: dict[str, str]) -> None:
    """A line for each cache; a cache that one process writes is read by the next."""
    print(f"{'':16} {'wall s':>8} {'load s':>8} {'compile: all s':>15} {'median':>8} {'most':>14} {'first texts: all s':>19} {'most':>14}")
    for name, folder in caches.items():
        begin = time.perf_counter()
        environ = {**os.environ, "TIMELINE_CACHE": folder}
        answer = subprocess.run([sys.executable, "-c", READING], env=environ, capture_output=True, text=True, check=True)
        told: dict[str, Any] = json.loads(answer.stdout)
        compiled, first = told["compile"], told["first"]
        print(
            f"{name:16} {time.perf_counter() - begin:8.2f} {told['load']:8.2f} {sum(compiled.values()):15.2f} "
            f"{statistics.median(compiled.values()):8.3f} {most(compiled):>14} {sum(first.values()):19.2f} {most(first):>14}"
        )


def most(seconds: dict[str, float]) -> str:
    """The language that takes longest."""
    code = max(seconds, key=lambda one: seconds[one])
    return f"{seconds[code]:.2f} ({code})"


if __name__ == "__main__":
    main()
