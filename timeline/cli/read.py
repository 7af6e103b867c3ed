"""Commands that read texts: build, watch, fetch, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from timeline.cli.core import (
    DONE,
    NOTHING_DONE,
    SOME_FAILED,
    Json,
    as_dict,
    check_day,
    cli,
    complain,
    count,
    progress,
    records,
    say_json,
    system_fault,
)
from timeline.errors import InputError
from timeline.messages import one_line
from timeline.shipped import chronology_path

if TYPE_CHECKING:
    from timeline import Timeline
    from timeline.crew import Crew
    from timeline.partitioned import Built
    from timeline.watch import Rebuilt

_TALLIED = ("given", "refused", "failed")  # of the texts; each of the others is a document
_NAMED = 5  # files of other kinds that are named, of all that are counted
_SHIPPED = "chronology"
_TEXTS = "Texts: files, folders (every text, page, PDF, Word file, mail, archive, crawl … in them)"
_ELSEWHERE = ", addresses as fsspec writes them (s3://bucket/pages/*.warc.gz), - for standard input."
Paths = Annotated[list[str], typer.Argument(metavar="PATH", help=_TEXTS + _ELSEWHERE)]
Watched = Annotated[list[str], typer.Argument(metavar="PATH", help=f"{_TEXTS}.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the tables go; the folder is replaced whole.")]
With = Annotated[
    list[Path] | None,
    typer.Option(
        "--with",
        metavar="FILE",
        help="A chronology to fuse with the texts: a CSV, Excel or OpenDocument file, or `chronology` for the one that ships.",
    ),
]
Knowledge = Annotated[Path | None, typer.Option(metavar="DIR", help="Knowledge files other than the tool's own.")]
Published = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of publication, for texts that don't tell.")]
Corrections = Annotated[Path | None, typer.Option(metavar="FILE", help="A CSV file of what people have put right.")]
Jobs = Annotated[int, typer.Option(min=0, metavar="N", help="Read with so many processes; 0: with as many as there are processors.")]
Sieve = Annotated[
    bool | None,
    typer.Option(
        "--sieve/--no-sieve",
        help="Read only texts that the sieve lets through, or all. Without either: all, but of crawls (WARC, WET, Parquet) "
        "only the records that it lets through.",
    ),
]
Check = Annotated[
    bool,
    typer.Option(
        "--check",
        help="In parts: open every file to see whether it has changed, also one whose size, times and inode are those of the last build.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Build in parts on the Dask cluster there (tcp://host:8786, or a scheduler file); `local`: on one of N processes here.",
    ),
]
Parts = Annotated[
    bool | None,
    typer.Option(
        "--parts/--whole",
        help="Write Parquet parts, for more texts than memory holds, and read only what has changed since the last build in DIR; "
        "or four CSV files. Without either: as DIR is, else CSV.",
    ),
]


@cli.command(
    epilog="Examples: timeline build seeds --out data/built; timeline build pages --with chronology --out tables; "
    "cat page.txt | timeline build - --out out"
)
def build(
    paths: Paths,
    out: Out,
    chronology: With = None,
    published: Published = None,
    corrections: Corrections = None,
    knowledge: Knowledge = None,
    jobs: Jobs = 1,
    parts: Parts = None,
    cluster: Cluster = None,
    check: Check = False,
    sieve: Sieve = None,
    as_json: Json = False,
) -> None:
    """Make the tables of events of some texts.

    Four tables, as CSV: documents, mentions, evidence, events. Events that DIR holds already keep their ids.
    """
    check_day(published)
    from timeline.parts import is_in_parts

    if parts or cluster or (parts is None and is_in_parts(out)):
        with _crew(jobs, cluster, knowledge) as crew:
            _build_parts(paths, out, chronology, published, corrections, knowledge, crew, check, sieve, as_json)
    with progress("Reading") as move:
        built = _build(paths, chronology, published, corrections, knowledge, _earlier(out), move, jobs, sieve)
    if not as_json:
        for failure in built.failures:
            complain(str(failure))
    if not len(built.documents):
        complain(_nothing(built))
        raise typer.Exit(NOTHING_DONE)
    built.save(out)
    if as_json:
        counts = {name: len(getattr(built, name)) for name in ("documents", "mentions", "events")}
        counts |= {name: getattr(built, name) for name in _TALLIED}
        say_json({"out": str(out), **counts, "failures": [as_dict(failure) for failure in built.failures]})
    else:
        typer.echo(_summary(built, out))
        if others := _of_other_kinds(paths):
            more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
            named = ", ".join(map(one_line, others[:_NAMED]))
            typer.echo(f"{count(others, 'file')} of other kinds left aside: {named}{more}", err=True)
    raise typer.Exit(SOME_FAILED if built.failures else DONE)


def _nothing(built: Timeline | Built) -> str:
    """That there is nothing to be written, and why."""
    by_sieve = f"; the sieve refused {built.refused:,} (--no-sieve reads them too)" if built.refused else ""
    return f"nothing was built: none of the texts could be read{by_sieve}"


def _tally(built: Timeline | Built, read: int) -> str:
    """What became of the texts that were given, unless all were read; and what else is told."""
    parts = [f"{built.refused:,} refused by the sieve"] if built.refused else []
    parts += [f"{built.failed:,} could not be read"] if built.failed else []
    lost = built.given - read - built.refused - built.failed
    parts += [f"{lost:,} unaccounted for (please report it)"] if lost else []
    of_texts = f"; of {built.given:,} text{'' if built.given == 1 else 's'}, {', '.join((f'{read:,} read', *parts))}" if parts else ""
    notes = len(built.failures) - built.failed
    return of_texts + (f"; {notes:,} note{'' if notes == 1 else 's'} on rows and corrections" if notes else "")


@contextmanager
def _crew(jobs: int, address: str | None, knowledge: Path | None) -> Iterator[Crew]:
    from timeline.crew import Processes, crew_of

    if address is None:
        crew = crew_of(jobs)
        if isinstance(crew, Processes):  # they import, and load the knowledge, while this process does
            crew.begin(*(("importlib:import_module", "timeline.pipeline") if knowledge else ("timeline.pipeline:extractor",)))
        yield crew
        return
    from timeline.cluster import cluster

    with cluster(address, jobs if jobs != 1 else 0) as crew:
        yield crew


def _build_parts(
    paths: list[str],
    out: Path,
    chronology: list[Path] | None,
    published: str | None,
    corrections: Path | None,
    knowledge: Path | None,
    crew: Crew,
    check: bool,
    sieve: bool | None,
    as_json: bool,
) -> NoReturn:
    from timeline.knowledge import load
    from timeline.partitioned import build_parts

    if corrections:
        raise InputError("--corrections", "a build in parts does not apply them yet", "build --whole")
    known = load(knowledge) if knowledge else None
    with progress("Reading") as move:
        given = [*paths, *_tables(chronology)]
        built = build_parts(given, out, published=published or "", knowledge=known, crew=crew, progress=move, sieve=sieve, check=check)
    if as_json:
        counts = {name: getattr(built, name) for name in ("files", "read", "documents", "mentions", "events", *_TALLIED)}
        say_json({"out": str(out), **counts, "failures": [as_dict(failure) for failure in built.failures]})
    else:
        for failure in built.failures:
            complain(str(failure))
        typer.echo(
            f"{built.documents:,} documents, {built.mentions:,} mentions, {built.events:,} events in {out}; "
            f"{built.read:,} of {built.files:,} files read{_tally(built, built.documents)}"
        )
    raise typer.Exit(NOTHING_DONE if not built.documents else SOME_FAILED if built.failures else DONE)


def _build(
    paths: list[str],
    chronology: list[Path] | None,
    published: str | None,
    corrections: Path | None,
    knowledge: Path | None,
    earlier: Timeline | None,
    move: Callable[[int, int], None] | None = None,
    jobs: int = 1,
    sieve: bool | None = None,
) -> Timeline:
    import timeline
    from timeline.knowledge import load

    given = [*paths, *_tables(chronology)]
    known = load(knowledge) if knowledge else None
    return timeline.build(
        given,
        published=published or "",
        corrections=corrections,
        earlier=earlier,
        knowledge=known,
        progress=move,
        jobs=jobs,
        sieve=sieve,
    )


def _tables(chronology: list[Path] | None) -> list[str]:
    """The files of `--with`; the word `chronology`, where no file is called so, stands for the one that ships."""
    return [str(chronology_path() if str(path) == _SHIPPED and not path.exists() else path) for path in chronology or ()]


def _summary(built: Timeline, out: Path) -> str:
    counts = f"{count(built.documents, 'document')}, {count(built.mentions, 'mention')}, {count(built.events, 'event')}"
    return f"{counts} in {out}{_tally(built, len(built.documents))}"


def _of_other_kinds(paths: list[str]) -> list[str]:
    """What lies in the folders named and is of no kind that is read: pictures, but also the `.doc` that somebody counts on."""
    from timeline.documents import LISTED

    found = []
    for folder in filter(Path.is_dir, map(Path, paths)):
        for file in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
            if not hidden and file.is_file() and file.suffix.lower() not in LISTED:
                found.append(file.relative_to(folder).as_posix())
    return found


def _earlier(out: Path) -> Timeline | None:
    """The build that stands where the new one will; None where there is none, or one of another version."""
    import timeline
    from timeline.errors import TableError

    try:
        return timeline.load(out)
    except (InputError, TableError):
        return None


@cli.command(epilog="Example: timeline watch pages --out tables")
def watch(
    paths: Watched,
    out: Out,
    chronology: With = None,
    published: Published = None,
    corrections: Corrections = None,
    knowledge: Knowledge = None,
    every: Annotated[float, typer.Option(min=0.1, help="How often to look, in seconds.")] = 2.0,
) -> None:
    """Build anew whenever the texts change, and say what that changed; Ctrl-C ends it."""
    from timeline.watch import watch as watched

    check_day(published)
    listened = [*paths, *_tables(chronology), *([str(corrections)] if corrections else [])]

    def make(earlier: Timeline | None) -> Timeline:
        return _build(paths, chronology, published, corrections, knowledge, earlier)

    try:
        for rebuilt in watched(listened, make, _earlier(out), every):
            _tell(rebuilt, out)
    except KeyboardInterrupt:  # how one leaves
        raise typer.Exit(DONE) from None


def _tell(rebuilt: Rebuilt, out: Path) -> None:
    from timeline.diff import told

    built = rebuilt.timeline
    if built is None:
        complain(str(rebuilt.failed))
        return
    for failure in built.failures:
        complain(str(failure))
    if not len(built.documents):
        complain(_nothing(built))
        return
    try:
        built.save(out)
    except OSError as fault:  # a disk that is full now may not be so when the next change is written
        complain(system_fault(fault))
        return
    if rebuilt.changes:
        typer.echo(told(rebuilt.changes))
    typer.echo(_summary(built, out))


@cli.command(
    epilog="Examples: timeline fetch https://example.org/page --out pages.warc.gz; "
    "timeline fetch https://example.org/news.rss --out week.warc.gz"
)
def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL", help="Pages, PDFs, or feeds (RSS, Atom), whose items are fetched.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The web archive that they go into: a new .warc.gz or .warc file.")],
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host.")] = 1.0,
    most: Annotated[int, typer.Option(min=1, help="Ask for no more pages than this.")] = 100,
    feeds: Annotated[bool, typer.Option("--feeds", help="Also fetch what the feeds list that a page names.")] = False,
    as_json: Json = False,
) -> None:
    """Fetch pages into a web archive, which `timeline build` reads: the one command that asks the network.

    Asks each host's robots.txt first, one page at a time, and says who it is.
    """
    from timeline.harvest import harvest

    with progress("Fetching") as move:
        told = (lambda done, total, url: move(done, total)) if move else None
        found = harvest(urls, out, delay=delay, most=most, linked_feeds=feeds, progress=told)
    failures = found.failures
    if as_json:
        say_json({"out": str(out), "pages": list(found.pages), "left": found.left, "failures": [as_dict(one) for one in failures]})
    else:
        for failure in failures:
            complain(str(failure))
        left = f"; {found.left} more were not asked for (--most)" if found.left else ""
        if found.pages:
            typer.echo(f"{count(found.pages, 'page')} in {out}{left}")
        else:
            complain("no page could be had: nothing is written")
    raise typer.Exit(NOTHING_DONE if not found.pages else SOME_FAILED if failures else DONE)


@cli.command(epilog="Example: timeline dates page.txt --published 2025-08-25 > dates.csv")
def dates(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, or - for standard input.")],
    language: Annotated[str | None, typer.Option(help="The code of its language (vi, en, …), if it is not to be detected.")] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of publication; completes partial dates.")] = None,
    as_json: Json = False,
) -> None:
    """Print the dates found in one text.

    As CSV, with the EDTF value of each and the rule that read it.
    """
    import timeline
    from timeline.documents import decode, read_bytes

    check_day(published)
    text = decode(read_bytes(Path(file)), file)
    found = timeline.find_dates(text, language=language, published=published)
    if as_json:
        say_json(records(found.to_dict("records")))
    else:
        typer.echo(found.to_csv(index=False, lineterminator="\n"), nl=False)
