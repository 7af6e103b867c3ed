"""A bundle: all that a paper can cite. The same build gives the same bytes each time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from timeline import knowledge
from timeline.errors import InputError
from timeline.export import FORMATS, package_files, zipped
from timeline.files import write_folder, write_whole
from timeline.i18n import words
from timeline.shipped import shipped
from timeline.tables import Tables, TimelineLike
from timeline.version import __version__

SUMS = "SHA256SUMS"
_CITATIONS = {"bibtex": "sources.bib", "ris": "sources.ris", "csl": "sources.csl.json"}
_TITLE = "Events on the Vietnam–China border and in Vietnamese local diplomacy"


def bundle_files(timeline: TimelineLike, corrections: str | os.PathLike[str] | None = None) -> dict[str, bytes]:
    """The bundle's files by their paths in it.

    The four tables with their codebook as a Frictionless Data Package, the sources as references, the version of the tool and
    a checksum of each of its knowledge files, its measured accuracy, the `corrections` that the build was made with, how to
    build it again, how to cite it, and a checksum of each file. Texts are not in it: they are their publishers'.
    """
    # Where the texts lay is of the machine that read them, and would make the bundle another on each.
    documents = timeline.documents.assign(path=timeline.documents["doc_id"])
    tables = Tables(documents, timeline.mentions, timeline.evidence, timeline.events)
    entries = knowledge.load_entries()
    package = package_files(tables, entries)
    files = {"codebook.md" if name == "README.md" else name: content for name, content in package.items()}
    files |= {file: FORMATS[name].write(tables, words(), entries) for name, file in _CITATIONS.items()}
    files["knowledge.csv"] = _knowledge_list()
    files["accuracy.md"] = shipped("accuracy.md").read_bytes()
    if corrections is not None:
        files["corrections.csv"] = _read(corrections)
    files["CITATION.cff"] = _citation(tables)
    files["README.md"] = _readme(tables, sorted(files), corrections is not None)
    files = {name: files[name] for name in sorted(files)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return files | {SUMS: sums.encode()}


def write_bundle(timeline: TimelineLike, out: str | os.PathLike[str], corrections: str | os.PathLike[str] | None = None) -> list[str]:
    """Write the bundle to a new folder, or to a file that ends in `.zip`, whole or not at all; returns the paths in it.

    An earlier bundle is replaced; a folder that holds anything else is refused with an `InputError`.
    """
    target = Path(out).resolve()
    files = bundle_files(timeline, corrections)
    if target.suffix.lower() == ".zip":
        if target.is_dir():
            raise InputError(str(out), "is a folder, not a file", "name a file, or a folder whose name does not end in .zip")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, zipped(files, is_packed=False))
        return list(files)
    if target.exists() and not target.is_dir():
        raise InputError(str(out), "is a file, not a folder", "name a folder, or a file that ends in .zip")
    if target.is_dir() and any(target.iterdir()) and not _is_bundle(target):
        raise InputError(str(out), "is not empty, and no earlier bundle", "name a new folder")
    write_folder(target, files)
    return list(files)


def _is_bundle(folder: Path) -> bool:
    """Whether all that a folder holds is what its own list of checksums names."""
    try:
        listed = {line.partition("  ")[2] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    except (OSError, UnicodeDecodeError):
        return False
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    return held <= listed | {SUMS}


def _read(corrections: str | os.PathLike[str]) -> bytes:
    try:
        return Path(corrections).read_bytes()
    except OSError as error:
        raise InputError(str(corrections), f"the file cannot be read: {error.strerror}", "check the path") from None


def _knowledge_list() -> bytes:
    """Each file of the knowledge with its checksum, so that it can be told whether another copy is the same."""
    folder = knowledge.knowledge_path()
    rows = [(path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.suffix in (".csv", ".toml")]
    lines = [f"{name},{hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in sorted(rows)]
    return ("\n".join(["file,sha256", *lines]) + "\n").encode()


def _citation(tables: Tables) -> bytes:
    """How to cite the data, in the Citation File Format (citation-file-format.github.io); who compiled it writes their name in."""
    digest = hashlib.sha256("".join(tables.documents["sha256"]).encode()).hexdigest()[:12]
    lines = [
        "cff-version: 1.2.0",
        "message: Please cite these data as below, with the names of those who chose the texts, and the texts themselves (sources.bib).",
        "type: dataset",
        f'title: "{_TITLE}"',
        f'abstract: "{len(tables.events)} events read from {len(tables.documents)} documents by timeline {__version__}."',
        f'version: "{__version__}-{knowledge.version()}-{digest}"',
        "license: Apache-2.0",
        "authors:",
        '  - name: "the timeline project"',
        "references:",
        "  - type: software",
        "    title: timeline",
        f'    version: "{__version__}"',
        "    authors:",
        '      - name: "the timeline project"',
    ]
    return ("\n".join(lines) + "\n").encode()


def _readme(tables: Tables, files: list[str], has_corrections: bool) -> bytes:
    chronologies = tables.documents.loc[tables.documents["kind"] == "chronology", "doc_id"].tolist()
    options = "".join(f" --with {name}" for name in chronologies) + (" --corrections corrections.csv" if has_corrections else "")
    told = "\n".join(f"| `{name}` | {_about(name)} |" for name in files)
    made_by = f"timeline {__version__} with its knowledge {knowledge.version()}"
    read_from = f"{len(tables.documents):,} documents in {tables.documents['language'].nunique()} languages"
    paragraphs = [
        f"# {_TITLE}",
        f"{len(tables.events):,} events, read from {read_from} by {made_by}.",
        f"| file | holds |\n|---|---|\n{told}\n| `{SUMS}` | the checksum of each file: `sha256sum -c {SUMS}` |",
        "## Build it again",
        "The texts are not in here, for they belong to their publishers. `data/documents.csv` gives the name, the address and the "
        "SHA-256 checksum of each. With them in a folder `texts`:",
        f"```\npip install timeline-border=={__version__}\n"
        f"timeline --version    # timeline {__version__} (knowledge {knowledge.version()})\n"
        f"timeline build texts{options} --out rebuilt\ntimeline diff data rebuilt --exit-code\n```",
        "Reading is deterministic: the same texts and versions give the same tables, byte for byte.",
        "## What to rely on",
        "`accuracy.md` says how often such tables are right, on pages that nobody had looked at before; `confidence` in "
        "`data/events.csv` is calibrated on those. Each cell can be checked: `timeline explain EVENT_ID --data data`, or the rows "
        "of `data/evidence.csv`.",
        "## Cite",
        "`CITATION.cff` for the data, `sources.bib`, `sources.ris` or `sources.csl.json` for the texts behind them.",
    ]
    return ("\n\n".join(paragraphs) + "\n").encode()


def _about(name: str) -> str:
    known = {
        "CITATION.cff": "how to cite these data",
        "accuracy.md": "how accurate the tool is, by language",
        "codebook.csv": "every column of the tables, for programs",
        "codebook.md": "every column and code, in words",
        "corrections.csv": "what people have put right",
        "data/documents.csv": "the texts",
        "data/events.csv": "the events",
        "data/evidence.csv": "the words behind each cell",
        "data/mentions.csv": "what each text says of each event",
        "datapackage.json": "the tables described as a Frictionless Data Package",
        "knowledge.csv": "the knowledge files that they were read with, and their checksums",
    }
    return known.get(name, "the texts as references")
