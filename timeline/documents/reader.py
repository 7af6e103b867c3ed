"""Files → `Document`s, one at a time; a file that can't be read comes out as its `InputError`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from os import PathLike

from timeline.addresses import is_web_address
from timeline.documents.container import Member
from timeline.documents.crawl import Crawl, texts_of
from timeline.documents.extracted import Extracted, ExtractedDocument
from timeline.documents.formats import TOO_LONG, read_as
from timeline.documents.html_page import as_utf8
from timeline.documents.inputs import STDIN, STDIN_NAME, Place, inputs_of, is_crawl, read_bytes
from timeline.documents.language import LanguageOf
from timeline.documents.layout import lay_out
from timeline.documents.page_words import PageWords
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError, own_fault
from timeline.messages import N_
from timeline.model import Document, Passage
from timeline.text.breaks import rejoined

# What is read at all; of these, what the story's language is told from.
_READ = frozenset({"title", "heading", "body", "caption", "dateline"})
_STORY = _READ - {"dateline"}
_WIDEST = 4  # bytes of a character, in any encoding that is read
_UNMARKED = frozenset(("text", "markdown"))  # formats in which most bytes are words


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: the `doc_id` of the document in it, what it is called in messages, and its bytes."""

    doc_id: str
    where: str
    data: bytes


def read_files(paths: Iterable[str | PathLike[str]]) -> Iterator[File | Crawl | InputError]:
    """The files that `paths` stand for, in their order, each read when its turn comes; before them, why others are not read."""
    inputs = inputs_of(paths)
    yield from inputs.refused
    yield from (read_file(*named) for named in inputs.named)


def read_file(path: Place, doc_id: str) -> File | Crawl | InputError:
    """One file, or why it can't be read; a crawl as what it is read from."""
    where = STDIN_NAME if path == STDIN else path.as_posix()
    if is_crawl(path):
        return Crawl(doc_id, where, path)
    try:
        return File(doc_id, where, read_bytes(path))
    except InputError as error:
        return error


def texts_in(file: File | Crawl) -> Iterator[Member | InputError]:
    """The texts of a file, as its bytes are: one, or those of the archive, the mail, the table or the crawl that it is."""
    return texts_of(file) if isinstance(file, Crawl) else unpacked(file.data, file.doc_id, file.where)


def read_documents(
    paths: Iterable[str | PathLike[str]], words: PageWords, language_of: LanguageOf, published: str = ""
) -> Iterator[Document | InputError]:
    """The documents that `paths` stand for, in their order, each file read when its turn comes."""
    for file in read_files(paths):
        if isinstance(file, InputError):
            yield file
        else:
            yield from documents_in(texts_in(file), file, words, language_of, published)


def documents_of(
    data: bytes,
    doc_id: str,
    where: str,
    words: PageWords,
    language_of: LanguageOf,
    published: str = "",
    most_characters: int | None = None,
) -> Iterator[Document | InputError]:
    """The documents that the bytes of a file hold: one, or those of an archive, a mail, a table; the format is told by the content.

    A document within is named by its path in there: `news.zip/2023/page.html`, `news.jsonl/17`. One that is no plain text comes
    out as an `ExtractedDocument`; what can't be read as its `InputError`, and so does a text of more than `most_characters`,
    before anything is done with it.
    """
    file = File(doc_id, where, data)
    return documents_in(texts_in(file), file, words, language_of, published, most_characters)


def documents_in(
    texts: Iterable[Member | InputError],
    file: File | Crawl,
    words: PageWords,
    language_of: LanguageOf,
    published: str = "",
    most_characters: int | None = None,
) -> Iterator[Document | InputError]:
    """The same of those texts of a file that are wanted."""
    for member in texts:
        if isinstance(member, InputError):
            yield member
            continue
        inner = f"/{member.name}" if member.name else ""
        doc_id, where = file.doc_id + inner, file.where + inner
        is_file = isinstance(file, File) and member.data is file.data
        try:
            if member.charset:
                member = replace(member, data=as_utf8(member.data, member.charset))
            extracted = _extracted(member, where, most_characters)
            extracted = replace(extracted, is_plain=extracted.is_plain and is_file)
            yield _document_of(member.data, extracted, doc_id, where, words, language_of, published)
        except InputError as error:
            yield error
        except Exception as fault:  # one of ours, which is to cost this file and none of the others
            yield own_fault(where, fault)


def _extracted(member: Member, where: str, most: int | None) -> Extracted:
    if most is not None and len(member.data) > most * _WIDEST and member.format in _UNMARKED:
        raise InputError(where, N_("it is longer than the {most:,} characters that are read at once"), N_("give it in parts"), most=most)
    extracted = read_as(member.format, member.data, where).told(member.told)
    if most is not None and len(extracted.text) > most:
        raise InputError(where, TOO_LONG, N_("give it in parts"), number=len(extracted.text), most=most)
    return extracted


def _document_of(
    data: bytes, extracted: Extracted, doc_id: str, where: str, words: PageWords, language_of: LanguageOf, published: str
) -> Document:
    """The document, with what its file's marking says before what its text does; `published` overrules both."""
    document = make_document(doc_id, extracted.text, words, language_of, published, extracted.language)
    day = published or extracted.published or document.published
    told = extracted.source_url if is_web_address(extracted.source_url) else ""  # a file may say what it likes of itself
    document = replace(
        document,
        title=extracted.title or document.title,
        publisher=extracted.publisher or document.publisher,
        source_url=told or document.source_url,
        published=day,
        published_span=document.published_span if published or day == document.published else None,
        path=where,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    if extracted.is_plain:
        return document
    return ExtractedDocument(**{field.name: getattr(document, field.name) for field in fields(document)})


def make_document(doc_id: str, text: str, words: PageWords, language_of: LanguageOf, published: str = "", language: str = "") -> Document:
    """The document of a text that is already at hand; its story is in `language`, where that is known."""
    layout = lay_out(rejoined(text), words, published)
    codes: list[str] = []
    expected = language  # most passages are in the language of the one before
    for passage in layout.passages:
        code = language_of(text[passage.start : passage.end], expected) if passage.kind in _READ else ""
        codes.append(code)
        expected = code or expected
    told = _main_language(layout.passages, codes)
    main = language or told or language_of(" ".join(text[p.start : p.end] for p in layout.passages))
    spoken = [main if code in ("", told) else code for code in codes]
    passages = tuple(Passage(p.start, p.end, p.kind, code) for p, code in zip(layout.passages, spoken, strict=True))
    return Document(
        doc_id=doc_id,
        text=text,
        passages=passages,
        language=main,
        title=layout.title,
        publisher=layout.publisher,
        published=layout.published or layout.published_month,
        published_span=layout.published_span,
        source_url=layout.source_url,
    )


def _main_language(passages: tuple[Passage, ...], codes: list[str]) -> str:
    """The language that most of the story is in, by characters."""
    sizes: Counter[str] = Counter()
    for passage, code in zip(passages, codes, strict=True):
        if code and passage.kind in _STORY:
            sizes[code] += passage.end - passage.start
    return max(sizes, key=lambda code: (sizes[code], code)) if sizes else ""
