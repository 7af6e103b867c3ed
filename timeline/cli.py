"""The command line. Every error is one sentence on standard error; what a command computes goes to standard output.

Exit status: 0 all done; 1 done, but some texts could not be read (or `check` found faults); 2 nothing done.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.errors import DataError, InputError, TimelineError

if TYPE_CHECKING:
    from timeline import Timeline

# pandas and the like are imported inside the commands, so that `--help` answers at once.

DISTRIBUTION = "timeline-border"
# The environment variable through which `timeline app` tells the app which folder to show.
DATA_VARIABLE = "TIMELINE_DATA"
DEFAULT_DATA = Path("data/built")

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2

cli = typer.Typer(
    name="timeline",
    help="Read texts about the Vietnam–China border and Vietnamese local diplomacy, and make one table of events of them.",
    epilog="Exit status: 0 all done, 1 done but some texts could not be read, 2 nothing done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names have diacritics, whatever the terminal's locale says
            stream.reconfigure(encoding="utf-8")
    try:
        cli(args=list(arguments) if arguments is not None else None)
    except TimelineError as error:
        _complain(str(error))
        sys.exit(NOTHING_DONE)
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        sys.exit(NOTHING_DONE)


def _complain(message: str) -> None:
    typer.echo(f"timeline: {message}", err=True)


def _version(show: bool) -> None:
    if show:
        typer.echo(f"timeline {installed_version()}")
        raise typer.Exit()


def installed_version() -> str:
    """The version of the installed distribution; in a checkout that is not installed, that of pyproject.toml."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        import tomllib

        project = Path(__file__).parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


@cli.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    pass


@cli.command(epilog="Examples: timeline build seeds --out data/built; cat page.txt | timeline build - --out out")
def build(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Texts: files, folders (every txt, html, pdf, docx and zip in them), - for standard input."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the tables go; the folder is replaced whole.")],
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of publication, for texts that don't tell.")] = None,
    corrections: Annotated[Path | None, typer.Option(metavar="FILE", help="A CSV file of what people have put right.")] = None,
) -> None:
    """Make the tables of events of some texts.

    Four tables, as CSV: documents, mentions, evidence, events. Events that DIR holds already keep their ids.
    """
    import timeline
    from timeline.chronology import SUFFIXES

    _check_day(published)
    built = timeline.build(paths, published=published or "", corrections=corrections, earlier=_earlier(out))
    for failure in built.failures:
        _complain(str(failure))
    if not len(built.documents):
        _complain("nothing was built: none of the texts could be read")
        raise typer.Exit(NOTHING_DONE)
    built.save(out)
    counts = f"{_count(built.documents, 'document')}, {_count(built.mentions, 'mention')}, {_count(built.events, 'event')}"
    notes = [failure for failure in built.failures if re.split(r"[:,]", failure.where)[0].lower().endswith(SUFFIXES)]
    failed = f"; {_count(built.failures[len(notes) :], 'text')} could not be read" if len(built.failures) > len(notes) else ""
    failed += f"; {_count(notes, 'note')} on tables and corrections" if notes else ""
    typer.echo(f"{counts} in {out}{failed}")
    raise typer.Exit(SOME_FAILED if built.failures else DONE)


def _earlier(out: Path) -> Timeline | None:
    """The build that stands where the new one will; None where there is none, or one of another version."""
    import timeline
    from timeline.errors import TableError

    try:
        return timeline.load(out)
    except (InputError, TableError):
        return None


def _count(things: Sequence[object] | object, name: str) -> str:
    number = len(things)  # type: ignore[arg-type]  # lists and tables alike
    return f"{number} {name}{'' if number == 1 else 's'}"


@cli.command(epilog="Example: timeline dates page.txt --published 2025-08-25 > dates.csv")
def dates(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, or - for standard input.")],
    language: Annotated[str | None, typer.Option(help="The code of its language (vi, en, …), if it is not to be detected.")] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of publication; completes partial dates.")] = None,
) -> None:
    """Print the dates found in one text.

    As CSV, with the EDTF value of each and the rule that read it.
    """
    import timeline
    from timeline.documents import decode, read_bytes

    _check_day(published)
    text = decode(read_bytes(Path(file)), file)
    found = timeline.find_dates(text, language=language, published=published)
    typer.echo(found.to_csv(index=False, lineterminator="\n"), nl=False)


def _check_day(day: str | None) -> None:
    from datetime import date

    try:
        date.fromisoformat(day or "2000-01-01")
    except ValueError:
        raise InputError("--published", f"{day!r} is not a day", "write it as 2025-08-25") from None


@cli.command(epilog="Example: timeline explain E-1a2b3c --data data/built")
def explain(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="An id of the table of events.")],
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="A folder made by `timeline build`.")] = DEFAULT_DATA,
) -> None:
    """Say where each field of one event comes from.

    Every source is quoted in its own words, with the rule that read them.
    """
    import timeline
    from timeline.explain import explain as explained

    built = timeline.load(data)
    try:
        typer.echo(explained(built, event_id))
    except InputError:
        raise InputError(str(data), f"there is no event {event_id!r}", "its ids stand in the first column of events.csv") from None


@cli.command(epilog="Examples: timeline check; timeline check --knowledge data/knowledge")
def check(
    folder: Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help="Knowledge files other than the tool's own.")] = None,
) -> None:
    """Check the knowledge files.

    Prints what they hold, or every fault in them at once.
    """
    from timeline import knowledge
    from timeline.publishers import load_publishers

    faults: list[str] = []
    for read in (lambda: typer.echo(knowledge.load(folder).summary()), lambda: load_publishers(folder)):
        try:
            read()
        except DataError as error:
            faults.append(str(error))
    if faults:
        _complain("\n".join(faults))
        raise typer.Exit(SOME_FAILED) from None


@cli.command(epilog="Examples: timeline app; timeline app data/built --port 8600")
def app(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder made by `timeline build`.")] = DEFAULT_DATA,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to serve at.")] = 8501,
) -> None:
    """Show a built folder as a timeline in the browser."""
    if not folder.is_dir():
        raise InputError(str(folder), "there is no such folder", "make it with `timeline build PATH… --out DIR`")
    if find_spec("streamlit") is None:
        raise InputError("timeline app", "Streamlit is not installed", f"pip install '{DISTRIBUTION}[app]'")
    options = [f"--server.port={port}", "--server.showEmailPrompt=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(app_script()), *options]
    try:
        status = subprocess.call(command, env={**os.environ, DATA_VARIABLE: str(folder.resolve())})
    except KeyboardInterrupt:  # Ctrl-C is how one leaves the app
        status = DONE
    raise typer.Exit(status)


def app_script() -> Path:
    """The app's entry point: carried by the wheel, or at the root of a checkout."""
    package = Path(__file__).parent
    carried = package / "_data" / "streamlit_app.py"
    return carried if carried.is_file() else package.parent / "streamlit_app.py"
