"""What a file that holds several texts gives (an archive, a mail, a table, a crawl), and how much it may: one mechanism for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from timeline.documents.extracted import NOTHING, Told
from timeline.errors import InputError
from timeline.messages import N_

# A month of a news desk is some thousand pages; each file of an archive costs something before any is read.
MAX_MEMBERS = 2_000
# Rows of a table, items of a feed, records of a crawl are read one after the other.
MAX_TEXTS = 50_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
# Running text packs to a quarter, repetitive XML to a thirtieth; what packs better was made to.
MAX_RATIO = 100
RATIO_FROM = 1_000_000  # bytes unpacked; below, a bomb does no harm and a form of blanks packs well
MAX_NAME_BYTES = 200  # a part of a path: with a suffix behind, what every file system takes

# What a folder, an archive and a mail are searched for. A file that is named itself may have any suffix.
SUFFIXES = (
    *(".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx", ".epub", ".eml"),
    *(".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".rss", ".atom", ".warc", ".wet", ".zip", ".gz"),
)

SPLIT = N_("split it")
TOO_LARGE = N_("it is larger than {size} MB")


@dataclass(frozen=True, slots=True)
class Member:
    """One text of a container: what it is called in there (`2023/page.html`, `17`), its bytes, and what the container tells of it.

    Without a name it is the text of the container itself (the words of a mail). `format` is empty where the bytes and the name
    are to tell it; what has one is not opened further. `charset` is what a host said of the bytes' encoding.
    """

    name: str
    data: bytes
    format: str = ""
    told: Told = NOTHING
    charset: str = ""


@dataclass(slots=True)
class Budget:
    """What is left for a container and all those in it: files, texts (rows, items, records), and bytes."""

    members: int = MAX_MEMBERS
    texts: int = MAX_TEXTS
    size: int = MAX_TOTAL_BYTES

    def take_text(self, size: int, where: str) -> None:
        """Count one more text of so many bytes; raises an `InputError` that names the container where that is too much."""
        self.texts -= 1
        if self.texts < 0:
            raise InputError(where, N_("it holds more than {most:,} texts; the others are not read"), SPLIT, most=MAX_TEXTS)
        self.take_bytes(size, where)

    def take_bytes(self, size: int, where: str) -> None:
        """Count what was unpacked, or raise an `InputError`."""
        self.size -= size
        if self.size < 0:
            why = N_("it holds more than {size} MB; the rest is not read")
            raise InputError(where, why, SPLIT, size=MAX_TOTAL_BYTES // 1_000_000)


# The members of a file by its bytes, its name, what it is called in messages, and what it may hold. What can't be read of it
# comes out as an `InputError`; one that is raised ends it.
Open = Callable[[bytes, str, str, Budget], Iterator[Member | InputError]]


def is_plain_name(name: str) -> bool:
    """Whether a part of a path is one that may name a document, and later the file in which its text is kept."""
    odd = {"/", "\\", ":"} & set(name) or name in ("", ".", "..") or name != name.strip()
    return not odd and name.isprintable() and len(name.encode("utf-8", "replace")) <= MAX_NAME_BYTES
