"""How long does starting take: importing the package, `timeline --help`, loading the knowledge, and a language when first read?

`python -m benchmarks.bench_startup`: whole processes, run in turn, by their CPU time. Then, each in a process of its own, what loading
the knowledge, compiling every language and reading the first text of each take while a cache is written, and with it, against none.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.rows import Part, Row, by_turns, print_part

ROUNDS = 15
_READING_ROUNDS = 3
MOST_IMPORT, MOST_HELP = 1.2, 1.5
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
_STEPS = {"load": "loading the knowledge", "compile": "compiling all languages", "first": "reading a first text of each"}


def part(rounds: int = ROUNDS) -> Part:
    """Rows of starting, and of loading and compiling."""
    rows = [
        _beside("import timeline and pandas", "import pandas", IMPORT, PANDAS, rounds, MOST_IMPORT),
        _beside("timeline.build at hand", "import pandas", FIRST_USE, PANDAS, rounds),
        _beside("timeline --help", "help of an empty typer app", HELP, empty_app(), rounds, MOST_HELP),
    ]
    return Part([*rows, *(reading := _reading(min(rounds, _READING_ROUNDS))).rows], reading.notes)


def empty_app() -> str:
    """A program that shows the help of an app with as many commands as ours."""
    from timeline.cli import cli

    return EMPTY.format(names=[f"command-{k}" for k in range(len(cli.registered_commands))])


def _beside(what: str, against: str, ours: str, other: str, rounds: int, most: float | None = None) -> Row:
    taken, theirs = by_turns([partial(cpu, ours), partial(cpu, other)], rounds)
    return Row(what, against, taken, theirs, most=most)


def cpu(program: str) -> float:
    """The CPU seconds of a fresh interpreter that runs a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def _reading(rounds: int) -> Part:
    """What the steps of a process that reads texts take while a cache is written, and with it, against a process without."""
    told: dict[str, list[dict[str, Any]]] = {"without": [], "written": [], "read": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name, cache in (("without", ""), ("written", folder), ("read", folder)):
                told[name].append(_read(cache))
            size = sum(file.stat().st_size for file in Path(folder).iterdir())
    rows = [
        Row(f"{step}, cache {name}", "without a cache", [_sum(one[key]) for one in told[name]], [_sum(one[key]) for one in told["without"]])
        for key, step in _STEPS.items()
        for name in ("written", "read")
    ]
    most = [
        f"{step.removesuffix(' of each')}: most {_most(told[name][-1][key])} {told_name}"
        for key, step in list(_STEPS.items())[1:]
        for name, told_name in (("without", "without a cache"), ("read", "with it"))
    ]
    return Part(rows, [f"The cache holds {size / 1e6:.0f} MB.", f"Of single languages, {'; '.join(most)}."])


def _read(cache: str) -> dict[str, Any]:
    environ = {**os.environ, "TIMELINE_CACHE": cache}
    answer = subprocess.run([sys.executable, "-c", READING], env=environ, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _sum(told: float | dict[str, float]) -> float:
    return sum(told.values()) if isinstance(told, dict) else told


def _most(seconds: dict[str, float]) -> str:
    """The language that takes longest, and what half of all take at most."""
    code = max(seconds, key=lambda one: seconds[one])
    return f"{seconds[code]:.2f} s ({code}; median {statistics.median(seconds.values()):.2f} s)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each process is run (default: {ROUNDS})")
    print_part(part(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
