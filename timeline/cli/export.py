"""Commands that write files of what has been built: export, bundle."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.core import DEFAULT_DATA, Data, Json, cli, count, say_json
from timeline.errors import InputError

Filter = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only events of this one; as often as you like.")]


@cli.command(
    epilog="Examples: timeline export icalendar tables --out border.ics; timeline export geojson tables --province 'Cao Bang'; "
    "timeline export --list"
)
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="One of those that --list tells.")] = "",
    folder: Data = DEFAULT_DATA,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where it goes; standard output if none is named.")] = None,
    province: Filter = None,
    actor: Filter = None,
    gate: Filter = None,
    event_type: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="Only events of this type.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only what can have happened from then on (2023, 2023-05, …).")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only what can have happened until then.")] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="Of heads and titles in files for people: en, vi or zh.")] = "en",
    listing: Annotated[bool, typer.Option("--list", help="List the formats and exit.")] = False,
    as_json: Json = False,
) -> None:
    """Write the events, or their sources, of a built folder in a format that others read."""
    from timeline.export import FORMATS

    if listing or not format:
        _list_formats(as_json)
        return
    import timeline
    from timeline.accessor import TimelineAccessor
    from timeline.edtf import EdtfError
    from timeline.export import cited_by, narrowed
    from timeline.export import export as exported

    built = timeline.load(folder)
    try:
        events = TimelineAccessor(built.events).filter(
            province=province or None,
            actor=actor or None,
            gate=gate or None,
            event_type=event_type or None,
            between=(since, until) if since or until else None,
        )
    except EdtfError as fault:
        raise InputError("--since, --until", str(fault), "write a year, month or day: 2023, 2023-05, 2023-05-14") from None
    content = exported(narrowed(built, events), format, out, language)
    if out is None:
        if sys.stdout.isatty() and not FORMATS[format].mime.startswith(("text/", "application/json")):
            raise InputError(format, "is no text to be shown on a terminal", "name a file with --out")
        sys.stdout.buffer.write(content or b"")
    elif as_json:
        say_json({"out": str(out), "format": format, "events": len(events)})
    else:
        held = cited_by(events) if FORMATS[format].holds == "sources" else events
        typer.echo(f"{count(held, 'source' if held is not events else 'event')} in {out}")


def _list_formats(as_json: bool) -> None:
    from timeline.export import FORMATS

    if as_json:
        say_json(
            {name: {"label": one.label, "suffix": one.suffix, "media_type": one.mime, "holds": one.holds} for name, one in FORMATS.items()}
        )
        return
    width = max(map(len, FORMATS))
    for name, one in FORMATS.items():
        typer.echo(f"{name:{width}}  {one.suffix:9}  {one.label}")


@cli.command(epilog="Example: timeline bundle tables --out border-events-2026 --corrections corrections.csv")
def bundle(
    folder: Data,
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new folder, or a file that ends in .zip.")],
    corrections: Annotated[Path | None, typer.Option(metavar="FILE", help="The corrections that it was built with.")] = None,
    knowledge: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The knowledge that it was built with, if not the tool's own.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write all that a paper can cite: data, codebook, sources, versions, accuracy, and how to build it again.

    The same folder gives the same bytes, each time and everywhere.
    """
    import timeline
    from timeline.bundle import write_bundle

    files = write_bundle(timeline.load(folder), out, corrections, knowledge)
    if as_json:
        say_json({"out": str(out), "files": files})
    else:
        typer.echo(f"{count(files, 'file')} in {out}")
