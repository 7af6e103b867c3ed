"""Links and feeds → a file of pages to build from. Only whoever calls this goes to the net: a build reads the file."""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from timeline.documents import fetch as fetching
from timeline.documents.fetch import Fetched
from timeline.documents.web_address import uri_of
from timeline.errors import InputError, own_fault
from timeline.harvest.feeds import FEED_TYPES, feeds_of_page, pages_of_feed
from timeline.harvest.polite import Fetch, Guest
from timeline.harvest.warc_file import WarcFile, warc_file
from timeline.messages import N_
from timeline.version import __version__

__all__ = ["USER_AGENT", "Harvest", "Progress", "harvest"]

USER_AGENT = f"timeline-border/{__version__}"

Progress = Callable[[int, int, str], None]

_WARC = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of it: the addresses of the pages that were saved, in the order of the file; why others were not; how many
    were left unasked because of `most`."""

    pages: tuple[str, ...]
    failures: list[InputError]
    left: int = 0


def harvest(
    urls: Iterable[str],
    out: str | os.PathLike[str],
    *,
    delay: float = 1.0,
    most: int = 100,
    user_agent: str = USER_AGENT,
    linked_feeds: bool = False,
    fetch: Fetch = fetching.fetch,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress | None = None,
) -> Harvest:
    """Fetch pages, and the pages that feeds (RSS, Atom) name, into a web archive `out` (`.warc.gz` or `.warc`).

    Each host is asked by its robots.txt (RFC 9309), under the name `user_agent`, for one page at a time, `delay` seconds apart
    or more if it wants so (up to 30), and no more once it answers 429 or 503. At most `most` pages are asked for, each once:
    the given ones first, then those of feeds. With `linked_feeds` the feeds that the given pages name are read as well.
    A page that can't be had is one of the `failures` and stops nothing. `out` is written whole, at the end, or stays as it
    was, also where no page could be had; the same answers at the same times (`now`, with its zone) give the same bytes.
    `progress` is told after each address: how many are done, of how many so far, and which.

    Raises an `InputError` for an argument that makes no sense, an `OSError` where `out` cannot be written.
    """
    _check(delay, most, user_agent)
    guest = Guest(fetch, user_agent, delay, sleep, now)
    info = {"software": USER_AGENT, "format": "WARC File Format 1.1", "conformsTo": _WARC, "robots": "obey"}
    with warc_file(Path(out), info | {"http-header-user-agent": user_agent}, now()) as file:
        tour = _Tour(guest, file, now, most, linked_feeds)
        tour.add(urls, _Kind.ANY)
        while tour.to_come:
            url = tour.next()
            if progress is not None:
                progress(tour.done, tour.done + tour.to_come, url)
    return Harvest(tuple(tour.pages), tour.failures, len(tour.waiting))


def _check(delay: float, most: int, user_agent: str) -> None:
    if not (math.isfinite(delay) and delay >= 0):
        raise InputError("delay", N_("{given} is no span of time"), N_("give seconds, 0 or more"), given=str(delay))
    if most < 1:
        raise InputError("most", N_("{given} is no number of pages"), N_("give 1 or more"), given=str(most))
    if not (user_agent.strip() and user_agent.isascii() and user_agent.isprintable()):
        raise InputError("user_agent", N_("it is no name to ask hosts under"), N_("give Latin letters, such as name/1.0 (contact)"))


class _Kind(Enum):
    """What an address may turn out to be."""

    ANY = (*fetching.TYPES, *FEED_TYPES)
    FEED = (*FEED_TYPES, *fetching.TYPES[:3])  # some hosts call their feeds pages
    PAGE = fetching.TYPES


class _Tour:
    """The addresses still to be asked for, and what came of the others."""

    def __init__(self, guest: Guest, file: WarcFile, now: Callable[[], datetime], most: int, linked_feeds: bool) -> None:
        self._guest, self._file, self._now, self._linked_feeds = guest, file, now, linked_feeds
        self._most = most
        self._known: set[str] = set()
        self.waiting: deque[tuple[str, _Kind]] = deque()
        self.pages: dict[str, None] = {}
        self.failures: list[InputError] = []
        self.done = self._feeds = 0

    @property
    def to_come(self) -> int:
        """How many addresses will still be asked for, as far as they are known; feeds take no room from pages."""
        return min(len(self.waiting), self._most - (self.done - self._feeds))

    def add(self, urls: Iterable[str], kind: _Kind) -> None:
        """Addresses to ask for, unless they are known already."""
        for url in map(str.strip, urls):
            key = _key(url)
            if key not in self._known:
                self._known.add(key)
                self.waiting.append((url, kind))

    def next(self) -> str:
        """Ask for the next address, and tell which that was."""
        url, kind = self.waiting.popleft()
        self.done += 1
        self._feeds += kind is _Kind.FEED
        found = self._asked(url, kind)
        if found is not None and (uri := uri_of(found.url)) not in self.pages:  # two links may lead to one page
            self._file.add(found, self._now())
            self.pages[uri] = None
        return url

    def _asked(self, url: str, kind: _Kind) -> Fetched | None:
        """The page behind an address; None where that is none, or not to be had."""
        try:
            found = self._guest.get(url, kind.value)
            return found if self._is_page(found, url, kind) else None
        except InputError as fault:
            self.failures.append(fault)
        except Exception as fault:  # one of ours, which is to cost this page and none of the others
            self.failures.append(own_fault(url, fault))
        return None

    def _is_page(self, found: Fetched, url: str, kind: _Kind) -> bool:
        """Whether it is a page; what a feed names, and the feeds that a page names, are asked for later."""
        named = pages_of_feed(found, url)
        if named is not None:
            if kind is _Kind.PAGE:
                raise InputError(url, N_("it is a feed that a feed names"), N_("give its address if it is to be read"))
            self._feeds += kind is _Kind.ANY
            self.add(named, _Kind.PAGE)
            return False
        if kind is _Kind.FEED or found.media_type not in fetching.TYPES:
            raise InputError(url, N_("it is {type}, but no feed"), N_("give the address of a page or of a feed"), type=found.media_type)
        if kind is _Kind.ANY and self._linked_feeds:
            self.add(feeds_of_page(found), _Kind.FEED)
        return True


def _key(url: str) -> str:
    """One for all ways to write an address."""
    try:
        return uri_of(url)
    except (ValueError, InputError):  # no address: refused when it is its turn
        return url
