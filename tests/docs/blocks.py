"""Runs what a page of the documentation shows: its files, its commands and its Python, in the order in which they stand.

A block is run by its language, in one folder and with one set of Python names for the whole page:

- `text title="NAME"` (or any language with a title): what a reader saves as the file NAME;
- `python`: run as it stands;
- `console`: each line behind `$ ` is a command; what stands below it, up to the next, is what it says;
- `text` without a title, right behind a Python block: what that block prints.

In what is said a line `…` stands for any lines, and `…` inside a line for any characters. `<!-- skip: next -->` before a block
leaves it out: it wants a server, a browser or the network. Blocks in other languages are only shown.
"""

from __future__ import annotations

import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.example import SybilFailure
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer
from sybil.parsers.markdown.skip import SkipParser

from timeline import cli

_INFO = re.compile(r'(?P<language>[\w-]*)(?:[ \t]+title="(?P<title>[^"\n]+)")?[ \t]*$\n', re.MULTILINE)
_HARMLESS = frozenset(("cat", "cp", "head", "ls", "mkdir", "rm"))
_PRINTED = "printed by the last Python block"


def run_page(page: Path) -> None:
    """Run a page in the current folder; raises what a block raises, or tells where a block says what is not so."""
    for example in Document.parse(str(page), SkipParser(), _blocks).examples():
        example.evaluate()


def save_files(page: Path) -> None:
    """Save the files that a page shows in the current folder, and do nothing else of it."""
    for example in Document.parse(str(page), _blocks).examples():
        if example.region.evaluator is _written:
            example.evaluate()


def languages(page: Path) -> Iterator[tuple[int, str]]:
    """The line and the language of every block of a page."""
    document = Document.parse(str(page))
    for region in RawFencedCodeBlockLexer(_INFO)(document):
        yield document.text.count("\n", 0, region.start) + 1, str(region.lexemes["language"])


def _blocks(document: Document) -> Iterator[Region]:
    """The blocks of a page that something is to be done with, as Sybil wants them."""
    before = ""
    for region in sorted(RawFencedCodeBlockLexer(_INFO)(document), key=lambda region: region.start):
        language = str(region.lexemes["language"])
        run = _written if region.lexemes["title"] else _RUN.get(language)
        if language == "text" and before == "python":
            run = run or _said_by_python
        if run is not None:
            region.parsed, region.evaluator = region.lexemes["source"], run
            yield region
        before = language


def _written(example: Example) -> None:
    """Save a block as the file of its title."""
    file = Path(str(example.region.lexemes["title"]))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(example.parsed, encoding="utf-8")


def _python(example: Example) -> None:
    with _heard() as said:
        PythonEvaluator()(example)
    example.document.namespace[_PRINTED] = said.getvalue()


def _said_by_python(example: Example) -> None:
    _compare(example, example.parsed, example.document.namespace.get(_PRINTED, ""))


def _console(example: Example) -> None:
    commands = re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)
    if commands[0].strip():
        raise SybilFailure(example, "a console block begins with a command: `$ …`")
    for command in commands[1:]:
        line, _, wanted = command.partition("\n")
        status, said = _ran(example, line)
        if wanted.strip():
            _compare(example, wanted, said)
        elif status:
            raise SybilFailure(example, f"$ {line}\nexit status {status}\n{said}")


_RUN = {"python": _python, "console": _console}


def _ran(example: Example, line: str) -> tuple[int, str]:
    """Exit status of a command, and all that it said."""
    words = shlex.split(line, comments=True)
    if words[0] == "timeline":
        return _timeline(words[1:])
    if words[0] not in _HARMLESS:
        raise SybilFailure(example, f"no test runs `{line}`; if a reader is to, put <!-- skip: next --> before the block")
    done = subprocess.run(line, shell=True, check=False, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def _timeline(arguments: list[str]) -> tuple[int, str]:
    """The command in this process, which has read the knowledge files already."""
    with _heard() as said:
        try:
            cli.main(arguments)
        except SystemExit as left:
            return int(left.code or 0), said.getvalue()
    raise AssertionError("the command line always exits")


class _Ear(io.TextIOWrapper):
    """Standard output as it is, text with bytes below, that keeps what it is told."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        super().__init__(self._bytes, encoding="utf-8", write_through=True)

    def getvalue(self) -> str:
        return self._bytes.getvalue().decode("utf-8")


@contextmanager
def _heard() -> Iterator[_Ear]:
    ear = _Ear()
    with redirect_stdout(ear), redirect_stderr(ear):
        yield ear


def _compare(example: Example, wanted: str, said: str) -> None:
    """Whether it was said, where `…` may be anything."""
    lines = [r"(?:.*\n)*?" if line.strip() == "…" else _pattern(line) for line in wanted.strip("\n").splitlines()]
    if not re.fullmatch("".join(lines), said.strip("\n") + "\n"):
        raise SybilFailure(example, f"the page says\n{wanted}\nwhere it is\n{said}")


def _pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.rstrip().split("…")) + r"[ \t]*\n"
