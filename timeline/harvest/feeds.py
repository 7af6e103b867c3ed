"""Feeds (RSS 0.9 to 2.0, Atom) → the pages that they name; pages → the feeds that they name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

from timeline.documents.fetch import Fetched
from timeline.documents.sniffing import format_of
from timeline.errors import InputError
from timeline.messages import N_

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
MAX_FEED_BYTES = 5_000_000  # a feed with the whole texts of a hundred articles has a tenth
MAX_LINKED_FEEDS = 10  # of one page; most name one or two, and directories hundreds

_LINKED_TYPES = frozenset(FEED_TYPES[:3])
_HEAD_BYTES = 200_000
# Bounded, for a page may be anything.
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]{1,30})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""")


def pages_of_feed(found: Fetched, url: str) -> list[str] | None:
    """The addresses of a feed's items in its order, each once; None for what is no feed, by its content.

    Raises an `InputError` that names `url` where a feed is too large or names no page.
    """
    if found.media_type not in FEED_TYPES and format_of(found.data, "") != "feed":
        return None
    if len(found.data) > MAX_FEED_BYTES:
        raise InputError(url, N_("the feed is larger than {size} MB"), N_("give the addresses of pages"), size=MAX_FEED_BYTES // 1_000_000)
    feed = _parsed(found)
    if not feed.version:
        return None
    links = _addresses((str(item.get("link") or "") for item in feed.entries), found.url)
    if not links:
        raise InputError(url, N_("the feed names no page"), N_("give the addresses of pages"))
    return links


def feeds_of_page(found: Fetched) -> list[str]:
    """The feeds that a page's head names (`<link rel="alternate">` of a feed's type), as addresses, each once; the first few."""
    if "html" not in found.media_type:
        return []
    head = found.data[:_HEAD_BYTES].decode("utf-8", "replace")
    return _addresses(map(_feed_of, _LINK.findall(head)), found.url)[:MAX_LINKED_FEEDS]


def _feed_of(attributes: str) -> str:
    """Where a `<link …>` leads to, if that is a feed."""
    said = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(attributes)}
    kind = said.get("type", "").partition(";")[0].strip().lower()
    is_feed = "alternate" in said.get("rel", "").lower().split() and kind in _LINKED_TYPES
    return said.get("href", "") if is_feed else ""


def _addresses(links: Iterable[str], base: str) -> list[str]:
    """Links as addresses of the web, without what only leads to a place in the page, each once."""
    found: dict[str, None] = {}
    for link in filter(None, map(str.strip, links)):
        try:
            address = urldefrag(urljoin(base, link)).url
        except ValueError:  # no address at all
            continue
        if address.startswith(("https://", "http://")):
            found[address] = None
    return list(found)


def _parsed(found: Fetched) -> Any:
    import feedparser

    headers = {"content-type": found.header("Content-Type")}
    # A stream, for feedparser takes bytes for the name of a file; the texts that it would clean are not looked at.
    return feedparser.parse(io.BytesIO(found.data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
