"""This reader's own texts: in the session and nowhere else, gone with it. No file keeps them, nobody else sees them."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from timeline.app import data, upload_memory
from timeline.app.keeping import Once, passed_over
from timeline.app.language import _
from timeline.app.merging import Told, merge, read_anew
from timeline.app.shelf import Shelf
from timeline.app.source_text import text_of
from timeline.corrections import Correction
from timeline.documents import documents_of
from timeline.errors import InputError, OwnFault
from timeline.messages import N_
from timeline.model import Document, Mention
from timeline.pipeline import Extractor, extractor
from timeline.query import Archive
from timeline.tables import Tables

_LOG = logging.getLogger(__name__)
# A news text has 1,000 to 20,000 characters; this many are read in about two seconds.
MAX_CHARACTERS = 200_000
MAX_DOCUMENTS = 100
MOST_EVENTS = 100_000  # of the folder: a session with texts has tables and indexes of its own, some kilobytes an event
MAX_FILES = 50
MAX_FILE_BYTES = 50_000_000
# Of all files of one turn: each lies in the server's memory until it is read.
MAX_TOTAL_BYTES = 200_000_000
_LONGEST_NAME, _LONGEST_SUFFIX = 120, 10
PREFIX = "yours/"  # so that no document is taken for one of the folder's

_OWN, _MERGED, _SHELF = "own_texts", "own_merged", "own_shelf"
_ENGINE, _FOLDERS = Once(), Once(2)  # of the folder only, so that all sessions may share it
_READING = threading.Lock()  # one text at a time: on one core two readers' texts take as long, and twice the memory


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader hands in: a file's name and bytes; for a pasted text, its language and day, if they were told."""

    name: str
    data: bytes
    language: str = ""
    published: str = ""
    address: str = ""  # that it was fetched from
    is_pasted: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """A document of this reader, and what it tells."""

    document: Document
    mentions: tuple[Mention, ...]


def engine() -> Extractor:
    """The extractor over the knowledge, compiled once a server."""
    return _ENGINE.get((), lambda: passed_over(extractor()))


def plain_name(name: str) -> str:
    """The last part of a file's name, without characters that cannot be seen; where it is long its end stays, which may tell the format."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if char.isprintable()).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX:
        return plain[:_LONGEST_NAME] or "text"
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"


def read(given: Given, engine: Extractor, known: Sequence[Own]) -> Iterator[Own | InputError]:
    """The documents in what a reader handed in; what can't be read comes out as its `InputError`.

    `known` are those of before: a text that is among them is refused, and of two with one name the later gets a number.
    """
    names = {own.document.doc_id for own in known}
    hashes = {own.document.sha256 for own in known}
    left = MAX_DOCUMENTS - len(known)
    for item in _documents(given, engine):
        if left <= 0:
            why, remedy = N_("there are {most} texts already"), N_("forget them, or run the tool on your own machine")
            yield InputError(given.name, why, remedy, most=MAX_DOCUMENTS)
            return
        try:
            document = _accepted(item, given, names, hashes)
            with _READING:
                document, mentions = engine.read(document)
        except InputError as fault:
            yield _for_reader(fault).at(fault.where.removeprefix(PREFIX))
            continue
        names.add(document.doc_id)
        hashes.add(document.sha256)
        left -= 1
        yield Own(document, tuple(mentions))


def _for_reader(fault: InputError) -> InputError:
    """A fault without what is for the host alone, whose log has it."""
    if not isinstance(fault, OwnFault):
        return fault
    _LOG.error("%s", fault)
    return InputError(fault.where, N_("reading it failed, by a fault of this program"), N_("please report it"))


def _documents(given: Given, engine: Extractor) -> Iterator[Document | InputError]:
    doc_id = PREFIX + given.name
    if len(given.data) > MAX_FILE_BYTES:
        yield InputError(given.name, N_("it is larger than {size} MB"), N_("split it"), size=MAX_FILE_BYTES // 1_000_000)
    elif given.is_pasted:
        yield _pasted(given, doc_id, engine)
    else:
        words, language_of = engine.page_words, engine.language_of
        yield from documents_of(given.data, doc_id, given.name, words, language_of, given.published, MAX_CHARACTERS)


def _pasted(given: Given, doc_id: str, engine: Extractor) -> Document | InputError:
    text = given.data.decode("utf-8")
    if len(text) > MAX_CHARACTERS:
        why = N_("it has {number:,} characters, and at most {most:,} are read at once")
        return InputError(given.name, why, N_("give it in parts"), number=len(text), most=MAX_CHARACTERS)
    try:
        document = engine.document(text, given.language or None, given.published or None, doc_id)
    except InputError as fault:
        return fault.at(given.name)
    return replace(document, sha256=hashlib.sha256(given.data).hexdigest())


def _accepted(item: Document | InputError, given: Given, names: Container[str], hashes: Container[str]) -> Document:
    """The document as it is to be read, or its `InputError` raised."""
    if isinstance(item, InputError):
        raise item
    where = item.doc_id.removeprefix(PREFIX)
    if item.sha256 in hashes:
        raise InputError(where, N_("it is among your texts already"), N_("nothing is to be done"))
    doc_id, number = item.doc_id, 2
    while doc_id in names:
        doc_id, number = f"{item.doc_id} ({number})", number + 1
    return replace(item, doc_id=doc_id, path="", source_url=item.source_url or given.address)


def own() -> tuple[Own, ...]:
    """This session's texts, in the order in which they came."""
    found: tuple[Own, ...] = st.session_state.get(_OWN, ())
    return found


def add(documents: Iterable[Own]) -> None:
    """Keep documents for this session."""
    st.session_state[_OWN] = (*own(), *documents)


def forget() -> None:
    """Drop all of this session's texts, and what was made of them."""
    for name in (_OWN, _MERGED, _SHELF):
        st.session_state.pop(name, None)


def text(doc_id: str) -> str | None:
    """The text of a document of this session."""
    return next((one.document.text for one in own() if one.document.doc_id == doc_id), None)


def merged(archive: Archive, corrections: Sequence[Correction] = ()) -> tuple[Archive, frozenset[str]]:
    """The folder's build with this session's texts fused in, and the ids of the events that these texts tell.

    Without texts, and of a folder too large for them, the build itself. Kept in the session until the texts, the corrections,
    or the build are others (that is told by identity, so hand in the same one every run).
    """
    texts = own()
    if not texts or not has_room(archive):
        return archive, frozenset()
    key = archive, texts, tuple(corrections)
    held = st.session_state.get(_MERGED)
    if held is None or not _is_same(held[0], key):
        told = Told(tuple(one.document for one in texts), tuple(mention for one in texts for mention in one.mentions))
        with st.spinner(_("Putting your texts among the events …")):
            tables = archive.frames()
            tables, new = merge(tables, _folder(tables), told, engine(), corrections)
            held = key, (Archive.of(tables), new)
        st.session_state[_MERGED] = held
    found: tuple[Archive, frozenset[str]] = held[1]
    return found


def has_room(archive: Archive) -> bool:
    """Whether a session may have a build of its own beside one as large as this."""
    return len(archive.events) <= MOST_EVENTS


def _is_same(held: tuple[Any, ...], key: tuple[Any, ...]) -> bool:
    return held[0] is key[0] and held[1] is key[1] and held[2] == key[2]


def _folder(tables: Tables) -> Told:
    folder = data.folder()
    key = tuple(zip(tables.documents["doc_id"], tables.documents["path"], tables.documents["sha256"], strict=True))
    return _FOLDERS.get((folder, hash(key)), lambda: read_anew(tables, lambda row: text_of(row, folder), engine()))


def with_texts(shelf: Shelf) -> Shelf:
    """The folder's shelf, or where this session has texts, one of its own with these on it; the index is made once.

    Called at the start of every run, so what was uploaded and left behind goes here, too.
    """
    upload_memory.drop_abandoned()
    archive, new = merged(shelf.archive, shelf.corrections)
    if archive is shelf.archive:
        return shelf
    held: Shelf | None = st.session_state.get(_SHELF)
    if held is None or held.archive is not archive:
        held = st.session_state[_SHELF] = Shelf(archive, data.entries(), new, shelf.corrections)
    return held
