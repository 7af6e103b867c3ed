"""What a reference needs of a document, and which documents stand behind some events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from urllib.parse import quote

import pandas as pd

from timeline.addresses import is_web_address
from timeline.export.plain import one_line
from timeline.tables import Tables, sort_rows

_PUBLISHED = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_.:-]+")
# Kept as they stand in an address; a percent sign, for what is escaped there already.
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Source:
    """A document as one cites it. `published` holds year, month and day as far as they are known, as digits."""

    key: str
    title: str
    publisher: str
    published: tuple[str, ...]
    url: str
    language: str
    kind: str = "text"  # or chronology: a table of events that somebody keeps


def cited_by(events: pd.DataFrame) -> set[str]:
    """The doc_ids of the documents behind some events."""
    return set(chain.from_iterable(events["documents"].tolist()))


def narrowed_documents(tables: Tables, events: pd.DataFrame) -> pd.DataFrame:
    """The documents behind some events, which is all that a citation needs."""
    return tables.documents[tables.documents["doc_id"].isin(cited_by(events))]


def sources(documents: pd.DataFrame) -> Iterator[Source]:
    """The documents as one cites them, in the table's order; a document without a title goes by its file's name."""
    for row in sort_rows("documents", documents).to_dict("records"):
        yield Source(
            _key(row["doc_id"]),
            one_line(row["title"]) or one_line(row["doc_id"]),
            one_line(row["publisher"]),
            _published(row["published"]),
            web_address(row["source_url"]),
            one_line(row["language"]),
            row["kind"],
        )


def _key(doc_id: str) -> str:
    """The same for a document whatever else is cited: its file's name, if a reference manager can take it."""
    key = _NOT_IN_KEY.sub("-", doc_id)
    return key if key == doc_id else f"{key}-{sha256(doc_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _published(text: str) -> tuple[str, ...]:
    found = _PUBLISHED.fullmatch(text)
    return tuple(part for part in found.groups() if part) if found else ()


def web_address(text: str) -> str:
    """An address on the web in ASCII; empty for any other, for a reader may click on it."""
    return quote(text.strip(), safe=_IN_ADDRESS, errors="replace") if is_web_address(text) else ""
