"""Files → `Document`s, one at a time; a file that can't be read comes out as its `InputError`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from os import PathLike

from timeline.documents.decoding import decode
from timeline.documents.inputs import STDIN, STDIN_NAME, document_names, list_inputs, read_bytes
from timeline.documents.language import LanguageOf
from timeline.documents.layout import lay_out
from timeline.documents.page_words import PageWords
from timeline.errors import InputError
from timeline.model import Document, Passage

# What is read at all; of these, what the story's language is told from.
_READ = frozenset({"title", "heading", "body", "caption", "dateline"})
_STORY = _READ - {"dateline"}


def read_documents(
    paths: Iterable[str | PathLike[str]], words: PageWords, language_of: LanguageOf, published: str = ""
) -> Iterator[Document | InputError]:
    """The documents that `paths` stand for, in their order, each file read when its turn comes."""
    files = list_inputs(paths)
    for file, doc_id in zip(files, document_names(files), strict=True):
        where = STDIN_NAME if file == STDIN else file.as_posix()
        try:
            data = read_bytes(file)
            text = decode(data, where)
        except InputError as error:
            yield error
            continue
        document = make_document(doc_id, text, words, language_of, published)
        yield replace(document, path=where, sha256=hashlib.sha256(data).hexdigest())


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
