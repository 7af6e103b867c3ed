"""A saved web page → its story and what its head says: title, publisher, day, address. Nothing in it is run or fetched."""

from __future__ import annotations

import codecs
import re
from datetime import date

from timeline.documents.decoding import decode
from timeline.documents.extracted import Extracted
from timeline.errors import InputError

# Pages of news weigh 0.1–1 MB and have 1,000 to 10,000 tags. An element costs trafilatura up to 0.1 ms, running text less.
MAX_PAGE_BYTES = 5_000_000
MAX_TAGS = 50_000

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET_WITHIN = 2_048  # bytes; the standard asks for the first 1,024
# Only what the head says of the day, never a day met in the text; and no limit that moves with the clock.
_DAYS = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-12-31"}


def read(data: bytes, where: str) -> Extracted:
    """The main text of a page, its paragraphs as lines under its title."""
    # A third of a second to import, wanted only by who reads pages.
    from trafilatura import bare_extraction

    if len(data) > MAX_PAGE_BYTES:
        raise InputError(where, f"the page is larger than {MAX_PAGE_BYTES // 1_000_000} MB", "save its words as a text file")
    page = _decode(data, where)
    if page.count("<") > MAX_TAGS:
        raise InputError(where, f"the page has more than {MAX_TAGS:,} tags", "save its words as a text file")
    try:
        found = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=dict(_DAYS))
    except Exception as fault:  # of a library on bytes from anywhere: it is to cost this page and no other
        raise InputError(where, f"the page can't be made sense of ({type(fault).__name__})", "save its words as a text file") from fault
    body = (getattr(found, "text", None) or "").strip()
    if not body:
        raise InputError(where, "the page holds no running text", "save the page once its text is shown, or save its words as a text file")
    title = _line(found, "title")
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    return Extracted(
        text,
        title=title,
        publisher=_line(found, "sitename") or _line(found, "hostname").removeprefix("www."),
        published=_day(_line(found, "date")),
        source_url=_line(found, "url"),
    )


def _decode(data: bytes, where: str) -> str:
    """By its mark, by what the page says of itself, else as any text."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        told = _CHARSET.search(data[:_CHARSET_WITHIN])
        try:
            # Browsers read latin-1 as its superset.
            encoding = codecs.lookup(told[1].decode("ascii")).name if told else "utf-8"
            return data.decode("cp1252" if encoding in ("iso8859-1", "ascii") else encoding)
        except (LookupError, UnicodeError):
            pass
    return decode(data, where)


def _line(found: object, name: str) -> str:
    return " ".join(str(getattr(found, name, None) or "").split())


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
