"""What the reader of a format hands on: the words of a file, and what the file says of itself beside them."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.model import Document


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text that every later span counts in; paragraphs are lines.

    What stands in the other fields was told by the file's own marking (a page's head), never read out of the text.
    `published` is an ISO day.
    """

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    source_url: str = ""
    is_plain: bool = False  # the characters of the file as they stand, so that nothing need be kept beside it


@dataclass(frozen=True, slots=True)
class ExtractedDocument(Document):
    """A document whose text was got out of its file, and can't be looked up in there by position: it is kept."""
