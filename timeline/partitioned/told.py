"""What the texts of a file tell, as one line of JSON, and back: a build keeps it, so that an unchanged file is not read again.

JSON, and not a pickle: a built folder may come from anybody, and reading one must run nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from timeline.documents import ExtractedDocument
from timeline.errors import InputError, Remark
from timeline.fusion.copies import text_digest
from timeline.model import Document, Evidence, Mention
from timeline.pipeline import Given, Item
from timeline.sieve import Refused

_LISTS = frozenset(("provinces", "border_gates", "actors"))
_MENTION = tuple(one.name for one in fields(Mention) if one.name != "evidence")
_EVIDENCE = tuple(one.name for one in fields(Evidence) if one.name != "mention_id")
_DOCUMENT = tuple(one.name for one in fields(Document) if one.name not in ("text", "passages"))


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read, without its text: what is known of it, how long it is, and by what copies of it are known."""

    document: Document  # its text and passages are empty
    characters: int
    digest: str


@dataclass(slots=True)
class Told:
    """What one file gave: its documents, their mentions, what could not be read of it, by doc_id the texts to be kept, and more.

    `given` is how many texts it holds, `refused` how many of these the sieve kept from being read.
    """

    documents: list[Read] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    given: int = 0
    refused: int = 0

    def add(self, item: Item) -> None:
        """One thing that was found in the file."""
        if isinstance(item, InputError):
            self.failures.append(item)
        elif isinstance(item, Refused):
            self.refused += item.texts
        elif isinstance(item, Given):
            self.given += item.texts
        else:
            self._add_document(*item)

    def _add_document(self, document: Document, mentions: Iterable[Mention]) -> None:
        bare = Document(text="", passages=(), **{name: getattr(document, name) for name in _DOCUMENT})
        self.documents.append(Read(bare, len(document.text), text_digest(document.text)))
        self.mentions += mentions
        if isinstance(document, ExtractedDocument) or document.kind == "chronology":
            self.texts[document.doc_id] = document.text


def dumped(told: Told) -> bytes:
    """As JSON."""
    return packed(
        {
            "documents": [[*(getattr(r.document, name) for name in _DOCUMENT), r.characters, r.digest] for r in told.documents],
            "mentions": [mention_row(mention) for mention in told.mentions],
            "failures": list(map(_fault_row, told.failures)),
            "texts": told.texts,
            "given": told.given,
            "refused": told.refused,
        }
    )


def loaded(line: bytes) -> Told:
    """What `dumped` wrote."""
    data = unpacked(line)
    return Told(
        [_read(row) for row in data["documents"]],
        [mention_of(row) for row in data["mentions"]],
        [fault_of(*row) for row in data["failures"]],
        data["texts"],
        data["given"],
        data["refused"],
    )


def mention_row(mention: Mention) -> list[Any]:
    """A mention as what JSON can hold."""
    evidence = [[getattr(row, name) for name in _EVIDENCE] for row in mention.evidence]
    return [*(getattr(mention, name) for name in _MENTION), evidence]


def mention_of(row: Sequence[Any]) -> Mention:
    """The mention of such a row."""
    *cells, evidence = row
    values = dict(zip(_MENTION, cells, strict=True))
    for name in _LISTS:
        values[name] = tuple(values[name])
    if values["item"] is not None:
        values["item"] = tuple(values["item"])
    return Mention(evidence=tuple(Evidence(values["mention_id"], *own) for own in evidence), **values)


def document_row(document: Document) -> list[Any]:
    """A document without its text as what JSON can hold."""
    return [getattr(document, name) for name in _DOCUMENT]


def document_of(row: Sequence[Any]) -> Document:
    """The document of such a row."""
    values = dict(zip(_DOCUMENT, row, strict=True))
    if values["published_span"] is not None:
        values["published_span"] = tuple(values["published_span"])
    return Document(text="", passages=(), **values)


def _read(row: Sequence[Any]) -> Read:
    *cells, characters, digest = row
    return Read(document_of(cells), characters, digest)


def head_of(told: Told) -> tuple[list[tuple[str, str]], list[Any], int, int, int]:
    """What the next build asks of an unchanged file: its documents with their digests, failures, how many mentions, texts that it
    holds and texts of these that were refused.
    """
    documents = [(read.document.doc_id, read.digest) for read in told.documents]
    return documents, list(map(_fault_row, told.failures)), len(told.mentions), told.given, told.refused


def _fault_row(fault: InputError) -> list[Any]:
    return [isinstance(fault, Remark), fault.where, *fault.parts]


def fault_of(is_remark: bool, where: str, templates: Sequence[str], values: Mapping[str, Any]) -> InputError:
    """A failure of such a row."""
    why, remedy = templates
    kind = Remark if is_remark else InputError
    return kind(where, why, remedy, **{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})


def packed(value: Any) -> bytes:
    """As JSON; half a pair of surrogates, which a text may hold, comes back as it was."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(line: bytes) -> Any:
    """What `packed` wrote."""
    return json.loads(line.decode("utf-8", "surrogatepass"))


def all_unpacked(lines: Iterable[bytes]) -> list[Any]:
    """What it wrote on many lines: thousands of short ones in a third of the time."""
    found: list[Any] = unpacked(b"[%b]" % b",".join(lines))
    return found
