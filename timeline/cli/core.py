"""The application itself, and what its commands share: errors, JSON, exit statuses, a bar for long work."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from timeline.errors import InputError, TimelineError
from timeline.files import NO_ROOM
from timeline.messages import one_line
from timeline.version import __version__

# pandas and the like are imported inside the commands, so that `--help` answers at once.

DISTRIBUTION = "timeline-border"
# The environment variables through which `timeline app` tells the app which folders to show.
DATA_VARIABLE, LAYER_VARIABLE = "TIMELINE_DATA", "TIMELINE_LAYER"
DEFAULT_DATA = Path("data/built")

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2

Json = Annotated[bool, typer.Option("--json", help="Say it as JSON, for programs.")]
Data = Annotated[Path, typer.Argument(metavar="DIR", help="A folder made by `timeline build`.")]

# As one comes to need them.
_ORDER = ("build", "fetch", "watch", "app", "explain", "diff", "dates", "sieve", "export", "bundle", "check", "new-language", "new-gate")


class _InOrder(TyperGroup):
    """Lists the commands as one comes to need them, not as their modules are read."""

    def list_commands(self, ctx: Any) -> list[str]:  # a context of the click that Typer carries
        return sorted(super().list_commands(ctx), key=_ORDER.index)


cli = typer.Typer(
    name="timeline",
    cls=_InOrder,
    help="Read texts about the Vietnam–China border and Vietnamese local diplomacy, and make one table of events of them.",
    epilog="Exit status: 0 all done, 1 done but some texts could not be read, 2 nothing done.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names have diacritics, whatever the terminal's locale says
            stream.reconfigure(encoding="utf-8")
    try:
        try:
            cli(args=list(arguments) if arguments is not None else None)
        finally:
            sys.stdout.flush()  # here, where it can still be told that it went nowhere
    except TimelineError as error:
        complain(str(error))
        sys.exit(NOTHING_DONE)
    except BrokenPipeError:  # whoever read the output has had enough
        sys.stderr.close()
        sys.exit(DONE)
    except OSError as error:
        complain(system_fault(error))
        sys.exit(NOTHING_DONE)


def system_fault(error: OSError) -> str:
    """What the system refused, and of which file."""
    remedy = " (make room and try again; what stands there is as it was)" if error.errno in NO_ROOM else ""
    return f"{error.filename}: {error.strerror}{remedy}" if error.filename else str(error)


def complain(message: str) -> None:
    """One sentence on standard error, on lines of ours alone."""
    typer.echo("\n".join(map(one_line, f"timeline: {message}".split("\n"))), err=True)


def say_json(value: Any) -> None:
    """A value as JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def as_dict(failure: InputError) -> dict[str, str]:
    """What could not be read, for JSON."""
    return {"where": failure.where, "why": failure.why, "remedy": failure.remedy}


def count(things: Sequence[object] | object, name: str) -> str:
    """`1 event`, `3 events`."""
    number = len(things)  # type: ignore[arg-type]  # lists and tables alike
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def check_day(day: str | None, option: str = "--published") -> None:
    """Refuse what is no ISO day."""
    from datetime import date

    try:
        if day is not None and date.fromisoformat(day).isoformat() != day:  # 20250825, 2025-W35-1
            raise ValueError
    except ValueError:
        raise InputError(option, f"{day!r} is not a day", "write it as 2025-08-25") from None


@contextmanager
def progress(label: str, is_wanted: bool = True) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, moved by (done, of all); None where no terminal would show it."""
    if not is_wanted or not sys.stderr.isatty():
        yield None
        return
    with typer.progressbar(length=0, label=label, file=sys.stderr) as bar:

        def move(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield move


def records(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows of a frame as plain values, for JSON: lists as lists, what is missing as null."""
    import pandas as pd

    return [{name: None if not isinstance(cell, list) and pd.isna(cell) else cell for name, cell in row.items()} for row in rows]


def _version(show: bool) -> None:
    if show:
        from timeline import knowledge

        typer.echo(f"timeline {__version__} (knowledge {knowledge.version()})")
        raise typer.Exit()


@cli.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version, that of the knowledge too, and exit.")
    ] = False,
) -> None:
    pass
