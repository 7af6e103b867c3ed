"""Commands that show what has been built: explain, diff, app."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.core import (
    DATA_VARIABLE,
    DEFAULT_DATA,
    DISTRIBUTION,
    DONE,
    LAYER_VARIABLE,
    SOME_FAILED,
    Data,
    Json,
    cli,
    records,
    say_json,
)
from timeline.errors import InputError
from timeline.shipped import shipped


@cli.command(epilog="Example: timeline explain e1a2b3c4d5e --data data/built")
def explain(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="An id of the table of events.")],
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="A folder made by `timeline build`.")] = DEFAULT_DATA,
    as_json: Json = False,
) -> None:
    """Say where each field of one event comes from.

    Every source is quoted in its own words, with the rule that read them.
    """
    import timeline
    from timeline.explain import explain as explained
    from timeline.explain import rows_of

    built = timeline.load(data)
    try:
        if as_json:
            say_json({name: records(frame.to_dict("records")) for name, frame in rows_of(built, event_id).items()})
        else:
            typer.echo(explained(built, event_id))
    except InputError:
        raise InputError(str(data), f"there is no event {event_id!r}", "its ids stand in the first column of events.csv") from None


@cli.command(epilog="Example: timeline build pages --out new && timeline diff tables new")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder made by `timeline build`.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another, made later.")],
    as_json: Json = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs.")] = False,
) -> None:
    """Say what changed from one build to another: events added, dropped, merged, split, and each field that is another."""
    import timeline
    from timeline.diff import diff as compared
    from timeline.diff import told

    found = compared(timeline.load(old), timeline.load(new))
    if as_json:
        say_json(found.as_dict())
    else:
        typer.echo(told(found))
    raise typer.Exit(SOME_FAILED if exit_code and found else DONE)


@cli.command(epilog="Examples: timeline app; timeline app tables --layer tables-with-chronology --port 8600")
def app(
    folder: Data = DEFAULT_DATA,
    layer: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The same texts built `--with` a chronology: a layer that a reader can switch off."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to serve at.")] = 8501,
    address: Annotated[str, typer.Option(metavar="HOST", help="The address to serve at; 0.0.0.0 lets other machines in.")] = "localhost",
) -> None:
    """Show a built folder as a timeline in the browser."""
    for path in filter(None, (folder, layer)):
        if not path.is_dir():
            raise InputError(str(path), "there is no such folder", "make it with `timeline build PATH… --out DIR`")
    if find_spec("streamlit") is None:
        raise InputError("timeline app", "Streamlit is not installed", f"pip install '{DISTRIBUTION}[app]'")
    options = [f"--server.port={port}", f"--server.address={address}", "--server.showEmailPrompt=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(app_script()), *options]
    named = {DATA_VARIABLE: str(folder.resolve())} | ({LAYER_VARIABLE: str(layer.resolve())} if layer else {})
    try:
        status = subprocess.call(command, env={**os.environ, **named})
    except KeyboardInterrupt:  # Ctrl-C is how one leaves the app
        status = DONE
    raise typer.Exit(status)


def app_script() -> Path:
    """The app's entry point: carried by the wheel, or at the root of a checkout."""
    return shipped("streamlit_app.py")
