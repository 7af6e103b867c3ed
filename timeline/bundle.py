"""A bundle: all that a paper can cite. The same build, with the same chronologies at hand, gives the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from timeline import knowledge
from timeline.errors import InputError
from timeline.export import FORMATS, package_files, zipped
from timeline.export.data_package import TITLE
from timeline.files import write_folder, write_whole
from timeline.i18n import words
from timeline.shipped import chronology_path, shipped
from timeline.store import VERSIONS, versions_json
from timeline.tables import Tables, TimelineLike
from timeline.version import __version__

SUMS = "SHA256SUMS"
_CITATIONS = {"bibtex": "sources.bib", "ris": "sources.ris", "csl": "sources.csl.json"}
_CHRONOLOGIES = "chronologies"
_KNOWLEDGE = "knowledge"

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class _Made:
    """What made a build, as far as it can be told."""

    knowledge: str  # its version
    is_said: bool  # by the build itself
    own_knowledge: bool  # other than the tool's
    chronologies: Mapping[str, bytes | None]  # doc_id → the file, if it is at hand
    has_corrections: bool


def bundle_files(timeline: TimelineLike, corrections: PathLike | None = None, knowledge_folder: PathLike | None = None) -> dict[str, bytes]:
    """The bundle's files by their paths in it.

    The four tables with their codebook as a Frictionless Data Package, the sources as references, the version of the tool and
    a checksum of each of its knowledge files, its measured accuracy, the `corrections` and chronologies that the build was made
    with, how to build it again, how to cite it, and a checksum of each file. Texts are not in it: they are their publishers'.

    A build that was made with knowledge of one's own takes its `knowledge_folder`, which then is in the bundle too. Raises
    `InputError` where a build says that it was made by other versions than those at hand.
    """
    # Where the texts lay is of the machine that read them, and would make the bundle another on each.
    documents = timeline.documents.assign(path=timeline.documents["doc_id"])
    tables = Tables(documents, timeline.mentions, timeline.evidence, timeline.events)
    versions: Mapping[str, str] = getattr(timeline, "versions", {})
    folder = Path(knowledge_folder) if knowledge_folder is not None else knowledge.knowledge_path()
    made = _Made(
        knowledge=knowledge.version(folder),
        is_said=bool(versions),
        own_knowledge=knowledge.version(folder) != knowledge.version(),
        chronologies=_chronologies(timeline),
        has_corrections=corrections is not None,
    )
    _check_versions(versions, made)
    entries = knowledge.load_entries(folder)
    package = package_files(tables, entries)
    files = {"codebook.md" if name == "README.md" else name: content for name, content in package.items()}
    files |= {file: FORMATS[name].write(tables, words(), entries) for name, file in _CITATIONS.items()}
    known = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.suffix in (".csv", ".toml")}
    files["knowledge.csv"] = _knowledge_list(known)
    if made.own_knowledge:
        files |= {f"{_KNOWLEDGE}/{name}": content for name, content in known.items()}
    files["accuracy.md"] = shipped("accuracy.md").read_bytes()
    if corrections is not None:
        files["corrections.csv"] = _read(corrections)
    if versions:
        files[f"data/{VERSIONS}"] = versions_json(versions).encode()
    files |= {f"{_CHRONOLOGIES}/{name}": content for name, content in made.chronologies.items() if content is not None}
    files["CITATION.cff"] = _citation(tables, made)
    files["README.md"] = _readme(tables, sorted(files), made)
    files = {name: files[name] for name in sorted(files)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return files | {SUMS: sums.encode()}


def write_bundle(
    timeline: TimelineLike, out: PathLike, corrections: PathLike | None = None, knowledge_folder: PathLike | None = None
) -> list[str]:
    """Write the bundle to a new folder, or to a file that ends in `.zip`, whole or not at all; returns the paths in it.

    An earlier bundle is replaced; a folder or a file that is anything else is refused with an `InputError`.
    """
    target = Path(out).resolve()
    files = bundle_files(timeline, corrections, knowledge_folder)
    if target.suffix.lower() == ".zip":
        if target.is_dir():
            raise InputError(str(out), "is a folder, not a file", "name a file, or a folder whose name does not end in .zip")
        if target.exists() and not _is_zipped_bundle(target):
            raise InputError(str(out), "is there already, and no earlier bundle", "name a new file")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, zipped(files, is_packed=False))
        return list(files)
    if target.exists() and not target.is_dir():
        raise InputError(str(out), "is a file, not a folder", "name a folder, or a file that ends in .zip")
    if target.is_dir() and any(target.iterdir()) and not _is_bundle(target):
        raise InputError(str(out), "is not empty, and no earlier bundle", "name a new folder")
    write_folder(target, files.items())
    return list(files)


def _is_bundle(folder: Path) -> bool:
    """Whether all that a folder holds is what its own list of checksums names."""
    try:
        sums = (folder / SUMS).read_bytes()
    except OSError:
        return False
    return _is_listed((path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()), sums)


def _is_zipped_bundle(file: Path) -> bool:
    """The same of a ZIP archive."""
    try:
        with ZipFile(BytesIO(file.read_bytes())) as archive:
            return _is_listed((entry.filename for entry in archive.infolist()), archive.read(SUMS))
    except (OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError):  # the last two: packed or locked as no bundle is
        return False


def _is_listed(names: Iterable[str], sums: bytes) -> bool:
    listed = {line.partition("  ")[2] for line in sums.decode("utf-8", "replace").splitlines()}
    return set(names) <= listed | {SUMS}


def _check_versions(versions: Mapping[str, str], made: _Made) -> None:
    """Refuse to say of a build that it was made by what is at hand, where it says otherwise itself."""
    here = {"timeline": __version__, "knowledge": made.knowledge}
    other = [f"{name} {version} (here: {here[name]})" for name, version in versions.items() if here.get(name, version) != version]
    if other:
        remedy = "build it again, or give the knowledge that it was made with"
        raise InputError("the build", f"was made by other versions: {', '.join(other)}", remedy)


def _chronologies(timeline: TimelineLike) -> dict[str, bytes | None]:
    """doc_id → the bytes of each chronology, where they are still at hand."""
    rows = timeline.documents[timeline.documents["kind"] == "chronology"].to_dict("records")
    return {row["doc_id"]: _chronology(row["doc_id"], row["path"], row["sha256"]) for row in sorted(rows, key=lambda row: row["doc_id"])}


def _chronology(doc_id: str, path: str, digest: str) -> bytes | None:
    if doc_id.startswith("/") or not set(doc_id.split("/")).isdisjoint(("", ".", "..")) or "\\" in doc_id:
        return None  # leads out of the bundle
    for file in (Path(path), chronology_path()):
        try:
            if file.is_file() and hashlib.sha256(content := file.read_bytes()).hexdigest() == digest:
                return content
        except OSError:
            continue
    return None


def _read(corrections: PathLike) -> bytes:
    try:
        return Path(corrections).read_bytes()
    except OSError as error:
        raise InputError(str(corrections), f"the file cannot be read: {error.strerror}", "check the path") from None


def _knowledge_list(known: Mapping[str, bytes]) -> bytes:
    """Each file of the knowledge with its checksum, so that it can be told whether another copy is the same."""
    lines = [f"{name},{hashlib.sha256(content).hexdigest()}" for name, content in sorted(known.items())]
    return ("\n".join(["file,sha256", *lines]) + "\n").encode()


def _citation(tables: Tables, made: _Made) -> bytes:
    """How to cite the data, in the Citation File Format (citation-file-format.github.io); who compiled it writes their name in."""
    digest = hashlib.sha256("".join(tables.documents["sha256"]).encode()).hexdigest()[:12]
    lines = [
        "cff-version: 1.2.0",
        "message: Please cite these data as below, with the names of those who chose the texts, and the texts themselves (sources.bib).",
        "type: dataset",
        f'title: "{TITLE}"',
        f'abstract: "{len(tables.events)} events read from {len(tables.documents)} documents by timeline {__version__}."',
        f'version: "{__version__}-{made.knowledge}-{digest}"',
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


def _readme(tables: Tables, files: list[str], made: _Made) -> bytes:
    told = "\n".join(f"| `{name}` | {_about(name)} |" for name in files if not name.startswith(f"{_KNOWLEDGE}/"))
    told += f"\n| `{_KNOWLEDGE}/` | those files themselves, for they are not the tool's own |" if made.own_knowledge else ""
    read_from = f"{len(tables.documents):,} documents in {tables.documents['language'].nunique()} languages"
    paragraphs = [
        f"# {TITLE}",
        f"{len(tables.events):,} events, read from {read_from}. {_versions(made)}",
        f"| file | holds |\n|---|---|\n{told}\n| `{SUMS}` | the checksum of each file: `sha256sum -c {SUMS}` |",
        *_rebuilding(tables, made),
        "## What to rely on",
        "`accuracy.md` says how often such tables are right, on pages that nobody had looked at before; `confidence` in "
        "`data/events.csv` is calibrated on those. Each cell can be checked: `timeline explain EVENT_ID --data data`, or the rows "
        "of `data/evidence.csv`.",
        "## Cite",
        "`CITATION.cff` for the data, `sources.bib`, `sources.ris` or `sources.csl.json` for the texts behind them.",
    ]
    return ("\n\n".join(paragraphs) + "\n").encode()


def _versions(made: _Made) -> str:
    known = f"timeline {__version__} with {'a' if made.own_knowledge else 'its'} knowledge {made.knowledge}"
    if made.is_said:
        return f"Made by {known}."
    return f"Bundled by {known}; the tables do not say whether the same versions made them."


def _rebuilding(tables: Tables, made: _Made) -> list[str]:
    """How to build it again: with every file under its name in `documents.csv`, each document comes to be called as it was."""
    chronologies = [f"{_CHRONOLOGIES}/{name}" for name in made.chronologies]
    has_texts = len(tables.documents) > len(chronologies)
    line = ["timeline", "build", *(["texts"] if has_texts else chronologies)]
    line += [word for path in chronologies for word in ("--with", path)] if has_texts else []
    line += ["--knowledge", _KNOWLEDGE] if made.own_knowledge else []
    line += ["--corrections", "corrections.csv"] if made.has_corrections else []
    command = shlex.join([*line, "--out", "rebuilt"])
    own = "" if made.own_knowledge else f"    # timeline {__version__} (knowledge {made.knowledge})"
    sums = dict(zip(tables.documents["doc_id"], tables.documents["sha256"], strict=True))
    lost = [f"`{_CHRONOLOGIES}/{name}` (SHA-256 {sums[name]})" for name, content in made.chronologies.items() if content is None]
    told = f"These chronologies were not at hand when this was written; put them in their place: {', '.join(lost)}."
    return [
        "## Build it again",
        "The texts are not in here, for they belong to their publishers. `data/documents.csv` gives the name, the address and the "
        "SHA-256 checksum of each. With those of the kind `text` in a folder `texts` beside this file, each under its name (a name such as "
        "`news.zip/page.html` is of a page in the file `news.zip`):",
        *([told] if lost else []),
        f"```\npip install timeline-border=={__version__}\ntimeline --version{own}\n"
        f"cp -r data rebuilt    # so that events keep their ids\n{command}\ntimeline diff data rebuilt --exit-code\n```",
        "Reading is deterministic: the same texts, options and versions give the same tables, byte for byte, but for the paths of "
        "the texts. If the build was given a day with `--published`, give it again.",
    ]


def _about(name: str) -> str:
    if name.startswith(f"{_CHRONOLOGIES}/"):
        return "a chronology that the texts were fused with"
    known = {
        "CITATION.cff": "how to cite these data",
        "accuracy.md": "how accurate the tool is, by language",
        "codebook.csv": "every column of the tables, for programs",
        "codebook.md": "every column and code, in words",
        "corrections.csv": "what people have put right",
        f"data/{VERSIONS}": "the versions that made the tables",
        "data/documents.csv": "the texts",
        "data/events.csv": "the events",
        "data/evidence.csv": "the words behind each cell",
        "data/mentions.csv": "what each text says of each event",
        "datapackage.json": "the tables described as a Frictionless Data Package",
        "knowledge.csv": "the knowledge files of the version named above, and their checksums",
    }
    return known.get(name, "the texts as references")
