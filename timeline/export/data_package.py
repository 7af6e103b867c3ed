"""A Frictionless Data Package (v1, tabular): the four tables with their schemas, codebook, licence and sources in one ZIP.

What a paper can cite and a stranger can check: `frictionless validate` reads the ZIP as it is. Its folder `data` is a built
folder, which `timeline.load` reads. No clock: the same tables give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pandas as pd

from timeline import knowledge
from timeline.errors import TableError
from timeline.export.citations import cited_by, sources
from timeline.export.codebook import LISTS, codebook_csv, codebook_markdown, codebook_schema, event_types_of
from timeline.export.narrowing import coherent
from timeline.export.plain import encoded
from timeline.export.table_schema import table_schema
from timeline.store import FILES, to_csv
from timeline.tables import TABLES, Tables, check_tables
from timeline.version import __version__

TITLE = "Events on the Vietnam–China border and in Vietnamese local diplomacy"
_ABOUT = f"Made by timeline {__version__} from news texts in many languages: events, the passages that tell of them, and the evidence."
_LICENCE = {
    "name": "Apache-2.0",
    "path": "https://www.apache.org/licenses/LICENSE-2.0",
    "title": "Apache License 2.0, for titles, names, codes and the codebook; passages belong to the publishers of the texts",
}
# As `timeline.store` writes a table; said in full, for a reader that guesses may be led astray by a passage.
_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False, "header": True}
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # of ZIP's calendar


def data_package(tables: Tables, entries: knowledge.Tables | None = None) -> bytes:
    """The documents and events given, with the mentions and the evidence of these events, as a ZIP archive (`package_files`)."""
    return zipped(package_files(tables, entries))


def package_files(tables: Tables, entries: knowledge.Tables | None = None) -> dict[str, bytes]:
    """The same as files by their paths in the package.

    Of a file that was given by its place on a machine only its name stands in `path`.
    Raises `TableError` where the tables break their contract, for the package says that they keep it; events may be parts
    of others that are not here, and then the schema does not say that `part_of` is a reference.
    """
    types = event_types_of(entries)
    _check_documents(tables)
    kept = coherent(replace(tables, documents=_without_places(tables.documents)))
    here = set(kept.events["event_id"])
    parts = kept.events["part_of"]
    check_tables(kept.documents, kept.mentions, kept.evidence, kept.events.assign(part_of=parts.where(parts.isin(here), "")), types)
    loose = () if parts.isin(here | {""}).all() else ("part_of",)
    files = {f"data/{FILES[name]}": encoded(to_csv(name, getattr(kept, name)), f"{name} as CSV") for name in TABLES}
    files["codebook.csv"] = encoded(codebook_csv(types), "the codebook")
    resources = [_resource(name, f"data/{FILES[name]}", files, table_schema(name, types, loose)) for name in TABLES]
    resources.append(_resource("codebook", "codebook.csv", files, codebook_schema()))
    descriptor = json.dumps(_descriptor(kept.documents, resources), ensure_ascii=False, indent=2) + "\n"
    readme = encoded(_readme(kept, entries), "the read-me file")
    return {"datapackage.json": encoded(descriptor, "the descriptor"), "README.md": readme, **files}


def _without_places(documents: pd.DataFrame) -> pd.DataFrame:
    """Files that were named by their place on somebody's machine go by their names: a package is for strangers."""
    return documents.assign(path=documents["path"].map(_place_of).astype(documents["path"].dtype))


def _place_of(path: str) -> str:
    kinds = (PurePosixPath(path), PureWindowsPath(path))
    return next((kind.name for kind in kinds if kind.is_absolute()), path)


def _check_documents(tables: Tables) -> None:
    known = set(tables.documents["doc_id"])
    if cited_by(tables.events) - known or (len(tables.events) and not known):
        raise TableError("a data package holds all four tables: the documents of these events are missing")


def _descriptor(documents: pd.DataFrame, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "timeline-events",
        "title": TITLE,
        "description": f"{_ABOUT} README.md tells what is where.",
        "keywords": ["events", "Vietnam", "China", "border", "diplomacy", "EDTF"],
        "licenses": [_LICENCE],
        "sources": _cited(documents),
        "resources": resources,
    }


def _cited(documents: pd.DataFrame) -> list[dict[str, str]]:
    """Title and address of each document; the standard refuses an address with two dots in a row."""
    found = []
    for source in sources(documents):
        title = f"{source.title} ({source.publisher})" if source.publisher else source.title
        found.append({"title": title, "path": source.url} if source.url and ".." not in source.url else {"title": title})
    return found


def _resource(name: str, path: str, files: dict[str, bytes], schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _readme(tables: Tables, entries: knowledge.Tables | None) -> str:
    rows = [f"| `data/{FILES[name]}` | {len(getattr(tables, name)):,} |" for name in TABLES]
    sections = [
        f"# {TITLE}",
        _ABOUT,
        "## Files",
        "\n".join(["| file | rows |", "|---|---|", *rows]),
        "`datapackage.json` describes them as a [Frictionless Data Package](https://specs.frictionlessdata.io/data-package/): types, "
        "codes, keys, references, and a checksum of each file. `frictionless validate` checks them. `codebook.csv` is the codebook "
        "below as a table.",
        f"CSV here is UTF-8 with commas; an empty cell holds nothing. {LISTS}",
        "`timeline.load` reads the folder `data`; pandas reads a table by `pandas.read_csv`.",
        "## Codebook",
        codebook_markdown(entries).rstrip(),
        "## Licence",
        f"The [Apache License 2.0]({_LICENCE['path']}) holds for what is timeline's own: titles, names, codes and this codebook. Passages "
        "(`text` of mentions and evidence, `date_text`, `quote`) and the titles of documents are quoted from news texts; they belong to "
        "their publishers and are not under that licence. The texts themselves are not in this package: `start` and `end` count characters "
        "in the text whose address and checksum `documents.csv` gives.",
        "## Sources",
        f"{len(tables.documents):,} documents, listed in `data/documents.csv` and as `sources` in `datapackage.json`.",
    ]
    return "\n\n".join(sections) + "\n"


def zipped(files: Mapping[str, bytes], is_packed: bool = True) -> bytes:
    """Files by their paths as a ZIP archive without a clock: the same files give the same bytes.

    On every machine only if they are not packed, for versions of zlib pack differently.
    """
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, data in files.items():
            entry = ZipInfo(name, _FIRST_TIME)
            entry.compress_type = ZIP_DEFLATED if is_packed else ZIP_STORED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(entry, data)
    return content.getvalue()
