"""Commands on what the tool knows: check, new-language, new-gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.core import SOME_FAILED, Json, cli, complain, say_json
from timeline.errors import DataError, InputError

if TYPE_CHECKING:
    from timeline.knowledge import Knowledge

Folder = Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help="Knowledge files other than the tool's own.")]
Several = list[str] | None
_AGAIN = "as often as you like"


@cli.command(epilog="Examples: timeline check; timeline check --knowledge data/knowledge; timeline check --examples vi")
def check(
    folder: Folder = None,
    examples: Annotated[
        Several, typer.Option("--examples", metavar="CODE", help=f"Read the examples of this language too; {_AGAIN}.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the knowledge files.

    Prints what they hold, or every fault in them at once. With --examples, whatever a language's own sentences do not give is a
    fault too.
    """
    from timeline import knowledge
    from timeline.publishers import load_publishers

    faults: list[str] = []
    summary = ""
    try:
        known = knowledge.load(folder)
        summary = known.summary()
        faults += _example_faults(known, examples or [])
    except DataError as error:
        faults += error.faults
    try:
        load_publishers(folder)
    except DataError as error:
        faults += error.faults
    if as_json:
        say_json({"version": knowledge.version(folder), "faults": faults})
    elif summary:
        typer.echo(summary)
    if faults:
        if not as_json:
            complain(str(DataError(faults)))
        raise typer.Exit(SOME_FAILED)


def _example_faults(known: Knowledge, codes: list[str]) -> list[str]:
    """What the examples of these languages should give and do not."""
    if not codes:
        return []
    from timeline.examples import check_language
    from timeline.pipeline import Extractor

    for code in codes:
        if code not in known.languages:
            raise InputError(f"--examples {code}", "there is no such language file", f"one of {', '.join(known.languages)}")
    engine = Extractor(known)
    return [fault for code in codes for fault in check_language(engine, code)]


@cli.command(epilog="Examples: timeline new-language sw; timeline new-language sl --knowledge my-knowledge")
def new_language(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The ISO 639-1 code of a language that has no file yet.")],
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Begin the file of a new language, with what is known of it filled in.

    `timeline check` then says what is to be filled in next, until nothing is.
    """
    from timeline import skeletons

    path = skeletons.new_language(code, folder)
    if as_json:
        say_json({"file": str(path), "language": code})
    else:
        typer.echo(f"{path} is begun; `{_checked(folder)}` says what to fill in")


@cli.command(
    epilog="Example: timeline new-gate 'Bản Mới–Xinkou' --vn-province 'Cao Bằng' --cn-province Guangxi --hanzi 新口 "
    "--class bilateral --class international@2023-12-28 --source https://example.org/opened"
)
def new_gate(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="Vietnamese side–Chinese side; a hyphen will do.")],
    vn_name: Annotated[str, typer.Option(metavar="NAME", help="The Vietnamese gate, if it is not called as the pair says.")] = "",
    cn_name: Annotated[str, typer.Option(metavar="NAME", help="The Chinese gate, likewise.")] = "",
    hanzi: Annotated[Several, typer.Option(metavar="NAME", help=f"The Chinese gate in hanzi; {_AGAIN}.")] = None,
    sino_vietnamese: Annotated[Several, typer.Option(metavar="NAME", help=f"Its name as Vietnamese reads it; {_AGAIN}.")] = None,
    vn_province: Annotated[str, typer.Option(metavar="NAME", help="The Vietnamese province.")] = "",
    cn_province: Annotated[str, typer.Option(metavar="NAME", help="The Chinese province or region.")] = "",
    cn_prefecture: Annotated[str, typer.Option(metavar="NAME", help="The Chinese prefecture.")] = "",
    class_: Annotated[
        Several, typer.Option("--class", metavar="CLASS", help="Its class, or CLASS@DATE since when; once for each it has had.")
    ] = None,
    since: Annotated[str, typer.Option(metavar="DATE", help="Since when it is open: a year, month or day.")] = "",
    part_of: Annotated[str, typer.Option(metavar="PAIR", help="The gate that a route or crossing belongs to.")] = "",
    mode: Annotated[str, typer.Option(metavar="WORDS", help="road, rail, …")] = "",
    lat: Annotated[str, typer.Option(metavar="DEGREES", help="North.")] = "",
    lon: Annotated[str, typer.Option(metavar="DEGREES", help="East.")] = "",
    coords_basis: Annotated[str, typer.Option(metavar="WORDS", help="Where the coordinates are from.")] = "",
    vn_alias: Annotated[Several, typer.Option(metavar="NAME", help=f"Another spelling of the Vietnamese gate; {_AGAIN}.")] = None,
    cn_alias: Annotated[Several, typer.Option(metavar="NAME", help=f"Another spelling of the Chinese gate; {_AGAIN}.")] = None,
    weak_alias: Annotated[Several, typer.Option(metavar="NAME", help=f"A spelling that means other things too; {_AGAIN}.")] = None,
    notes: Annotated[str, typer.Option(metavar="WORDS", help="What else is to be known.")] = "",
    source: Annotated[Several, typer.Option(metavar="URL", help=f"A public page that tells of it; {_AGAIN}.")] = None,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Add a border gate, as a row behind the others; what is not given stays empty.

    `timeline check` then says which cells it still lacks.
    """
    from timeline import skeletons

    one = {"vn_name": vn_name, "cn_name": cn_name, "vn_province": vn_province, "cn_province": cn_province, "cn_prefecture": cn_prefecture}
    one |= {"since": since, "part_of": part_of, "mode": mode, "lat": lat, "lon": lon, "coords_basis": coords_basis, "notes": notes}
    several = {"hanzi": hanzi, "sino_vietnamese": sino_vietnamese, "class_": class_, "vn_aliases": vn_alias, "cn_aliases": cn_alias}
    several |= {"weak_aliases": weak_alias, "sources": source}
    added = skeletons.new_gate(pair, folder, **one, **{name: words or [] for name, words in several.items()})
    if as_json:
        say_json({"file": str(added.path), "line": added.line, "pair": added.gate.pair, "lacks": list(added.lacks)})
    else:
        lacks = f"; it lacks {', '.join(added.lacks)}: `{_checked(folder)}` says what goes in" if added.lacks else ""
        typer.echo(f"{added.gate.pair} stands in {added.path}:{added.line}{lacks}")


def _checked(folder: Path | None) -> str:
    return "timeline check" + (f" --knowledge {folder}" if folder else "")
