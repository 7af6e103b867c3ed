"""Files → documents: formats, decoding, page furniture, title, dateline, source link."""

from timeline.documents.decoding import decode
from timeline.documents.extracted import ExtractedDocument
from timeline.documents.formats import SUFFIXES, extract_text, format_of
from timeline.documents.inputs import STDIN, document_names, list_inputs, read_bytes
from timeline.documents.language import LanguageOf
from timeline.documents.layout import Layout, lay_out
from timeline.documents.page_words import PageWords
from timeline.documents.reader import File, documents_of, make_document, read_documents, read_file, read_files

__all__ = [
    "STDIN",
    "SUFFIXES",
    "ExtractedDocument",
    "File",
    "LanguageOf",
    "Layout",
    "PageWords",
    "decode",
    "document_names",
    "documents_of",
    "extract_text",
    "format_of",
    "lay_out",
    "list_inputs",
    "make_document",
    "read_bytes",
    "read_documents",
    "read_file",
    "read_files",
]
