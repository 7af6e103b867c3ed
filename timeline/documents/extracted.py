"""What the reader of a format hands on: the words of a file, and what the file says of itself beside them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from timeline.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file says of a text by its own marking (a page's head, a table's columns), never read out of the text.

    `published` is an ISO day, or a month (`2024-05`) where no more is told; `language` an ISO 639-1 code. Empty is what is not told.
    """

    title: str = ""
    publisher: str = ""
    published: str = ""
    source_url: str = ""
    language: str = ""


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class Extracted(Told):
    """The text that every later span counts in; paragraphs are lines. `is_plain`: they are the characters of the file as they stand."""

    text: str
    is_plain: bool = False

    def told(self, by: Told) -> Extracted:
        """With what stands around the text (the mail, the row, the record that it came in), which is surer than what it says itself."""
        named = {one.name: value for one in fields(Told) if (value := getattr(by, one.name))}
        return replace(self, text=with_title(by.title, self.text), **named)


@dataclass(frozen=True, slots=True)
class ExtractedDocument(Document):
    """A document whose text was got out of its file, and can't be looked up in there by position: it is kept."""


def with_title(title: str, text: str) -> str:
    """A text under its title, where it does not begin with it already."""
    return text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"
