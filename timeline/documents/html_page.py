"""A saved web page → its story and what its head says: title, publisher, day, address; a piece of one → all its words.

Nothing in it is run or fetched; it is taken apart in a process of its own (`in_child`).
"""

from __future__ import annotations

import codecs
import re
from datetime import date

from timeline.addresses import host_of
from timeline.documents.decoding import decode
from timeline.documents.extracted import Extracted, with_title
from timeline.documents.in_child import AS_TEXT, SAVE_AGAIN, SPLIT, Kind, read_in_child
from timeline.errors import InputError
from timeline.messages import N_

# Pages of news weigh 0.1–1 MB and have 1,000 to 10,000 tags; more only costs whoever waits for them.
MAX_PAGE_BYTES = 5_000_000
MAX_TAGS = 50_000

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=[\s"']{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET_WITHIN = 2_048  # bytes; the standard asks for the first 1,024
_ADDRESS = re.compile(r"https?://\S+")
# What a page may say of itself, by Python's names: the encodings of the web's standard, and no codec that is none or that
# takes long (`punycode` is quadratic).
_ENCODINGS = frozenset(
    (
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp866", "cp874", "tis-620"),
        *(f"cp125{digit}" for digit in range(9)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
        *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "johab"),
    )
)

_FAULTS = {
    "broken": (N_("the page broke the program that reads it, or took it too long"), AS_TEXT),
    "slow": (N_("the page takes more than {seconds} seconds to read"), AS_TEXT),
    "damaged": (N_("the page is damaged"), SAVE_AGAIN),
    "memory": (N_("the page needs more than {memory} MB of memory"), AS_TEXT),
    "strained": (N_("the page is damaged, or needs more than {memory} MB of memory"), AS_TEXT),
    "long": (N_("the page holds more than {characters:,} characters"), SPLIT),
}


def read(data: bytes, where: str) -> Extracted:
    """The main text of a page, its paragraphs as lines under its title."""
    found = read_in_child(Kind("html", _FAULTS), _checked(data, where), where)
    text = _words(found["text"], where)
    title, source = _line(found["title"]), _line(found["source"])
    above = [line for line in found["above"] if line not in text]
    # What a page prints and gives another's address for is that other's: its line tells whose.
    original = _ADDRESS.search(source)
    is_reprint = original is not None and host_of(original[0]) != host_of(found["url"])
    site = _line(found["sitename"]) or found["named"] or _line(found["hostname"]).removeprefix("www.")
    return Extracted(
        with_title(title, "\n\n".join(filter(None, ("\n".join(above), text)))),
        title=title,
        publisher="" if is_reprint else site,
        published=_day(_line(found["date"])),
        source_url=original[0] if original and is_reprint else _line(found["url"]),
    )


def read_fragment(data: bytes, where: str) -> Extracted:
    """All words of a piece of markup (a mail, a feed's item, a cell): it has no menus, and none of it is to be lost."""
    found = read_in_child(Kind("fragment", _FAULTS), _checked(data, where), where)
    return Extracted(_words("\n".join(found["lines"]), where))


def _checked(data: bytes, where: str) -> bytes:
    """The page in UTF-8, if it is none that only costs whoever waits for it."""
    if len(data) > MAX_PAGE_BYTES:
        raise InputError(where, N_("the page is larger than {size} MB"), AS_TEXT, size=MAX_PAGE_BYTES // 1_000_000)
    page = _decode(data, where)
    if page.count("<") > MAX_TAGS:
        raise InputError(where, N_("the page has more than {most:,} tags"), AS_TEXT, most=MAX_TAGS)
    return page.encode("utf-8", "replace")


def _words(text: str, where: str) -> str:
    if not text.strip():
        remedy = N_("save the page once its text is shown, or save its words as a text file")
        raise InputError(where, N_("the page holds no running text"), remedy)
    return text.strip()


def _decode(data: bytes, where: str) -> str:
    """By its mark, by what the page says of itself, else as any text."""
    if not data.startswith(_MARKS):
        told = _CHARSET.search(data[:_CHARSET_WITHIN])
        text = _decoded(data, told[1].decode("ascii") if told else "utf-8")
        if text is not None:
            return text
    return decode(data, where)


def as_utf8(data: bytes, charset: str) -> bytes:
    """A page or a text in UTF-8 with its mark, if it is in the encoding that its host named; else as it is."""
    name = charset.partition(";")[0].strip(" \t\"'")
    text = None if data.startswith(_MARKS) or not name else _decoded(data, name)
    return data if text is None else codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _decoded(data: bytes, charset: str) -> str | None:
    """The text in an encoding of the web's; None where the bytes are not in it, or it is none."""
    try:
        encoding = codecs.lookup(charset).name
        # Browsers read latin-1 as its superset.
        encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
        return data.decode(encoding) if encoding in _ENCODINGS else None
    except (LookupError, ValueError):
        return None


def _line(text: str) -> str:
    return " ".join(text.split())


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
