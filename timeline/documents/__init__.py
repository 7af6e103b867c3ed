"""Files → documents: formats, decoding, page furniture, title, dateline, source link."""

from timeline.documents.container import Member
from timeline.documents.crawl import Crawl, CutShortError
from timeline.documents.decoding import decode
from timeline.documents.extracted import ExtractedDocument
from timeline.documents.folder import LISTED
from timeline.documents.formats import SUFFIXES, extract_text, format_of
from timeline.documents.inputs import STDIN, Inputs, Place, document_names, inputs_of, is_crawl, list_inputs, place_of, read_bytes
from timeline.documents.language import LanguageOf
from timeline.documents.layout import Layout, lay_out
from timeline.documents.page_words import PageWords
from timeline.documents.reader import File, documents_in, documents_of, make_document, read_documents, read_file, read_files, texts_in
from timeline.documents.remote import Remote

__all__ = [
    "LISTED",
    "STDIN",
    "SUFFIXES",
    "Crawl",
    "CutShortError",
    "ExtractedDocument",
    "File",
    "Inputs",
    "LanguageOf",
    "Layout",
    "Member",
    "PageWords",
    "Place",
    "Remote",
    "decode",
    "document_names",
    "documents_in",
    "documents_of",
    "extract_text",
    "format_of",
    "inputs_of",
    "is_crawl",
    "lay_out",
    "list_inputs",
    "make_document",
    "place_of",
    "read_bytes",
    "read_documents",
    "read_file",
    "read_files",
    "texts_in",
]
