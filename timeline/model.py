"""The values that pass between the parts. All are frozen; spans count characters of the document's own text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass_of_many
else:

    def dataclass_of_many(*, frozen: bool, slots: bool) -> Any:
        """A dataclass of which a text has hundreds: frozen for who checks types, not while running, where to make a frozen one takes
        four times as long. Its hash is that of its values all the same: nobody changes one.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)


Status = Literal["held", "scheduled", "postponed", "cancelled", "ongoing"]
Basis = Literal["stated", "completed", "period", "cross_document", "curated", "corrected", "none"]
Precision = Literal["day", "month", "season", "year", "span", "period", "none"]

# What is said to hold "from 11 December" happened on 11 December.
STARTING = frozenset(("border_gate", "policy", "infrastructure", "agreement"))
DAYS_LONG = frozenset(("visit", "exchange"))  # types of event that are dated by all their days
DocumentKind = Literal["text", "chronology"]
NameKind = Literal["province", "place", "country", "gate", "person", "body", "series"]
PassageKind = Literal["title", "body", "caption", "heading", "dateline", "furniture", "source"]


@dataclass_of_many(frozen=True, slots=True)
class Passage:
    """One paragraph (a line or a block of lines) of a document: `text[start:end]`, in one language."""

    start: int
    end: int
    kind: PassageKind
    language: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read, with what it says of itself.

    `text` is the file's own text (for HTML, PDF and DOCX the extracted text); `published` is an ISO day,
    a month (`2023-12`) where no more is known, or empty; `published_span` is where the text says so.
    """

    doc_id: str
    text: str
    passages: tuple[Passage, ...]
    language: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    published_span: tuple[int, int] | None = None
    source_url: str = ""
    path: str = ""
    sha256: str = ""
    kind: DocumentKind = "text"


@dataclass_of_many(frozen=True, slots=True)
class TimeSpan:
    """A time expression `text[start:end]` with its EDTF value and the rule that gave it."""

    start: int
    end: int
    text: str
    date_edtf: str
    date_precision: Precision
    date_basis: Basis
    rule: str


@dataclass_of_many(frozen=True, slots=True)
class NameSpan:
    """A name `text[start:end]` and the canonical entry it stands for."""

    start: int
    end: int
    text: str
    kind: NameKind
    name: str
    rule: str


@dataclass_of_many(frozen=True, slots=True)
class Evidence:
    """Why one cell of a mention is as it is: the words `text[start:end]` and the rule that read them."""

    mention_id: str
    field: str
    value: str
    start: int
    end: int
    text: str
    rule: str


@dataclass_of_many(frozen=True, slots=True)
class Mention:
    """One report of one happening in one document; the words stand at `start`–`end`."""

    mention_id: str
    doc_id: str
    language: str
    start: int
    end: int
    text: str
    event_type: str
    event_subtype: str
    form: str
    status: Status
    date_edtf: str
    date_precision: Precision
    date_basis: Basis
    date_text: str
    provinces: tuple[str, ...]
    border_gates: tuple[str, ...]
    actors: tuple[str, ...]
    part_of: str
    confidence: float
    recurrence: str = ""
    series: str = ""
    ordinal: int | None = None
    number: str = ""  # of a legal document: 58/2022/ND-CP
    refers_to: str = ""  # the mention_id that "at the conference" points back to
    title: bool = False  # told in a headline
    item: tuple[int, int] | None = None  # of a list: where its sentence and the item begin
    event_id: str = ""
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """Mentions fused into one happening; `reasons` says why, `conflicts` what the sources disagree on."""

    event_id: str
    title: str
    event_type: str
    event_subtype: str
    form: str
    status: Status
    recurrence: str
    series: str
    ordinal: int | None
    part_of: str
    date_edtf: str
    date_start: str
    date_end: str
    date_precision: Precision
    date_basis: Basis
    provinces: tuple[str, ...]
    provinces_now: tuple[str, ...]
    border_gates: tuple[str, ...]
    countries: tuple[str, ...]
    actors: tuple[str, ...]
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    mentions: tuple[str, ...]
    conflicts: tuple[str, ...]
    confidence: float
    quote: str
    source_url: str
    title_vi: str = ""
    title_zh: str = ""
    formerly: tuple[str, ...] = ()
