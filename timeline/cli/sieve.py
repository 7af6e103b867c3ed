"""The command `sieve`: which files may hold an event of this subject, and by what names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.core import DONE, SOME_FAILED, Json, cli, complain, say_json
from timeline.errors import InputError

_NAMED = 8  # names that are told of a file
Files = Annotated[list[str], typer.Argument(metavar="PATH", help="Texts, pages, crawls: files, folders, - for standard input.")]
All = Annotated[bool, typer.Option("--all", help="List what is refused too.")]
Knowledge = Annotated[Path | None, typer.Option(metavar="DIR", help="Knowledge files other than the tool's own.")]


@cli.command(epilog="Examples: timeline sieve crawl/; timeline sieve --json crawl/ | jq -r '.[].path'")
def sieve(paths: Files, list_all: All = False, knowledge: Knowledge = None, as_json: Json = False) -> None:
    """List the texts that may hold an event of this subject, each with the rule and the names that let it through.

    Nothing is read but bytes: what passes may still hold no event; what does not, holds none.
    """
    from timeline.knowledge import load
    from timeline.sieve import Sieve

    scan = Sieve(load(knowledge))
    told: list[dict[str, object]] = []
    failed = False
    for text in _texts(paths):
        if isinstance(text, InputError):
            complain(str(text))
            failed = True
            continue
        path, data, charset = text
        verdict = scan.why(data, charset)
        if verdict.passes or list_all:
            told.append({"path": path, "passes": verdict.passes, "rule": verdict.rule, "names": [name for name, _ in verdict.found]})
    if as_json:
        say_json(told)
    for row in [] if as_json else told:
        names = ", ".join(list(map(str, row["names"]))[:_NAMED]) if isinstance(row["names"], list) else ""
        typer.echo(f"{row['path']}\t{row['rule'] or '-'}\t{names}")
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _texts(paths: list[str]) -> Iterator[tuple[str, bytes, str] | InputError]:
    """The files, each by its path, with what its host said of its encoding; of a crawl its records."""
    from timeline.documents import Crawl, read_files, texts_in

    for file in read_files(paths):
        if isinstance(file, InputError):
            yield file
        elif isinstance(file, Crawl):
            for text in texts_in(file):
                yield text if isinstance(text, InputError) else (f"{file.where}/{text.name}", text.data, text.charset)
        else:
            yield file.where, file.data, ""
