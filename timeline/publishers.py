"""Which country a document's publisher sits in, by the host of its address or by its name.

`data/knowledge/publishers.csv` holds a row a host: `host` (it covers what ends in it, so that `vn` is every address of
Vietnam), `publisher`, `country` (ISO 3166-1 alpha-2), `aliases` (names, `; `-joined) and `sources`, the public pages
from which the country is known. The language of a text says nothing here: a Czech page of a Vietnamese paper is Vietnamese.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from timeline.addresses import ascii_host, host_of
from timeline.errors import DataError
from timeline.knowledge import knowledge_path
from timeline.text import fold_words

FILE = "publishers.csv"
COLUMNS = ("host", "publisher", "country", "aliases", "sources")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Publishers:
    """Countries by host and by folded name."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def country_of(self, publisher: str, address: str = "") -> str:
        """The country of a document's publisher, "" where it is not known.

        The host of the address decides, by the longest ending that is listed; else the publisher, whether it is a name
        or, as where a page names none, a host itself.
        """
        return self._by_host(host_of(address)) or self.names.get(fold_words(publisher), "") or self._by_host(_as_host(publisher))

    def _by_host(self, host: str) -> str:
        parts = ascii_host(host).split(".")
        endings = (".".join(parts[k:]) for k in range(len(parts)))
        return next((self.hosts[ending] for ending in endings if ending in self.hosts), "")


def _as_host(publisher: str) -> str:
    text = ascii_host(publisher.strip().lower())
    return text if "." in text and _HOST.fullmatch(text) else ""


def load_publishers(path: str | Path | None = None) -> Publishers:
    """Read the table from a knowledge folder, by default the one that comes with the library.

    Raises `DataError` with every fault: a missing file, unknown columns, a host twice, a name of two countries, a row
    without a source.
    """
    folder = Path(path) if path is not None else knowledge_path()
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError([f"{FILE}: cannot be read: {fault}"]) from fault
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    hosts: dict[str, str] = {}
    names: dict[str, str] = {}
    faults: list[str] = []
    try:
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise DataError([f"{FILE}:1: columns must be {', '.join(COLUMNS)}"])
        for row in rows:
            said = list(_faults(row)) or list(_enter(row, hosts, names))
            faults += [f"{FILE}:{rows.line_num}: {fault}" for fault in said]
    except csv.Error as fault:
        faults.append(f"{FILE}:{rows.line_num}: {fault}")
    if faults:
        raise DataError(faults)
    return Publishers(hosts, names)


def _faults(row: Mapping[str, str | None]) -> Iterator[str]:
    if None in row or None in row.values():
        yield "more or fewer cells than columns"
        return
    if not _HOST.fullmatch(row["host"] or ""):
        yield f"{row['host']!r} is no host in small letters"
    if not _COUNTRY.fullmatch(row["country"] or ""):
        yield f"{row['country']!r} is no ISO 3166-1 code"
    yield from (f"no {name}" for name in ("publisher", "sources") if not row[name])


def _enter(row: Mapping[str, str], hosts: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    country = row["country"]
    if row["host"] in hosts:
        yield f"{row['host']!r} stands twice"
    hosts[row["host"]] = country
    for name in filter(None, [row["publisher"], *row["aliases"].split("; ")]):
        if names.setdefault(fold_words(name), country) != country:
            yield f"{name!r} belongs to two countries"
