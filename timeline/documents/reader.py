"""Files → `Document`s, one at a time; a file that can't be read comes out as its `InputError`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from os import PathLike

from timeline.documents.archive import members
from timeline.documents.extracted import Extracted, ExtractedDocument
from timeline.documents.formats import ARCHIVE, SUFFIXES, extract_text, format_of
from timeline.documents.inputs import STDIN, STDIN_NAME, document_names, list_inputs, read_bytes
from timeline.documents.language import LanguageOf
from timeline.documents.layout import lay_out
from timeline.documents.page_words import PageWords
from timeline.errors import InputError, own_fault
from timeline.messages import N_
from timeline.model import Document, Passage

# What is read at all; of these, what the story's language is told from.
_READ = frozenset({"title", "heading", "body", "caption", "dateline"})
_STORY = _READ - {"dateline"}
_WIDEST = 4  # bytes of a character, in any encoding that is read


def read_documents(
    paths: Iterable[str | PathLike[str]], words: PageWords, language_of: LanguageOf, published: str = ""
) -> Iterator[Document | InputError]:
    """The documents that `paths` stand for, in their order, each file read when its turn comes."""
    files = list_inputs(paths)
    for file, doc_id in zip(files, document_names(files), strict=True):
        where = STDIN_NAME if file == STDIN else file.as_posix()
        try:
            data = read_bytes(file)
        except InputError as error:
            yield error
            continue
        yield from documents_of(data, doc_id, where, words, language_of, published)


def documents_of(
    data: bytes,
    doc_id: str,
    where: str,
    words: PageWords,
    language_of: LanguageOf,
    published: str = "",
    most_characters: int | None = None,
) -> Iterator[Document | InputError]:
    """The document that the bytes of a file hold, or those of an archive; the format is told by the content.

    A document of an archive is named by its path in there: `news.zip/2023/page.html`. One that is no plain text comes out
    as an `ExtractedDocument`; what can't be read as its `InputError`, and so does a text of more than `most_characters`,
    before anything is done with it.
    """

    def read(data: bytes, name: str, doc_id: str, where: str, is_inner: bool = False) -> Document | InputError:
        try:
            extracted = _extracted(data, name, where, most_characters)
            extracted = replace(extracted, is_plain=extracted.is_plain and not is_inner)
            return _document_of(data, extracted, doc_id, where, words, language_of, published)
        except InputError as error:
            return error
        except Exception as fault:  # one of ours, which is to cost this file and none of the others
            return own_fault(where, fault)

    try:
        if format_of(data, doc_id) != ARCHIVE:
            yield read(data, doc_id, doc_id, where)
            return
        for member in members(data, where, SUFFIXES):
            if isinstance(member, InputError):
                yield member
            else:
                yield read(member.data, member.name, f"{doc_id}/{member.name}", f"{where}/{member.name}", is_inner=True)
    except InputError as error:
        yield error


def _extracted(data: bytes, name: str, where: str, most: int | None) -> Extracted:
    if most is not None and len(data) > most * _WIDEST and format_of(data, name) == "text":
        raise InputError(where, N_("it is longer than the {most:,} characters that are read at once"), N_("give it in parts"), most=most)
    extracted = extract_text(data, name, where)
    if most is not None and len(extracted.text) > most:
        why = N_("it has {number:,} characters, and at most {most:,} are read at once")
        raise InputError(where, why, N_("give it in parts"), number=len(extracted.text), most=most)
    return extracted


def _document_of(
    data: bytes, extracted: Extracted, doc_id: str, where: str, words: PageWords, language_of: LanguageOf, published: str
) -> Document:
    """The document, with what its file's marking says before what its text does; `published` overrules both."""
    document = make_document(doc_id, extracted.text, words, language_of, published)
    day = published or extracted.published or document.published
    document = replace(
        document,
        title=extracted.title or document.title,
        publisher=extracted.publisher or document.publisher,
        source_url=extracted.source_url or document.source_url,
        published=day,
        published_span=document.published_span if published or day == document.published else None,
        path=where,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    if extracted.is_plain:
        return document
    return ExtractedDocument(**{field.name: getattr(document, field.name) for field in fields(document)})


def make_document(doc_id: str, text: str, words: PageWords, language_of: LanguageOf, published: str = "") -> Document:
    """The document of a text that is already at hand."""
    layout = lay_out(text, words, published)
    codes: list[str] = []
    expected = ""  # most passages are in the language of the one before
    for passage in layout.passages:
        code = language_of(text[passage.start : passage.end], expected) if passage.kind in _READ else ""
        codes.append(code)
        expected = code or expected
    language = _main_language(layout.passages, codes) or language_of(" ".join(text[p.start : p.end] for p in layout.passages))
    passages = tuple(Passage(p.start, p.end, p.kind, code or language) for p, code in zip(layout.passages, codes, strict=True))
    return Document(
        doc_id=doc_id,
        text=text,
        passages=passages,
        language=language,
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
