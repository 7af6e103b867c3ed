"""A saved feed (RSS, Atom) → its items as texts: title, address, day, and what it tells of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.documents.container import SPLIT, TOO_LARGE, Budget, Member
from timeline.documents.in_child import AS_TEXT, SAVE_AGAIN, Kind, read_in_child
from timeline.documents.records import Records
from timeline.errors import InputError, Remark
from timeline.messages import N_

MAX_FEED_BYTES = 20_000_000  # a hundred articles in full have a megabyte
_END = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_TAIL = 4_000  # bytes at the end, comments included

_FAULTS = {
    "broken": (N_("the feed broke the program that reads it, or took it too long"), AS_TEXT),
    "slow": (N_("the feed takes more than {seconds} seconds to read"), AS_TEXT),
    "damaged": (N_("the feed is damaged"), SAVE_AGAIN),
    "memory": (N_("the feed needs more than {memory} MB of memory"), AS_TEXT),
    "strained": (N_("the feed is damaged, or needs more than {memory} MB of memory"), AS_TEXT),
    "long": (N_("the feed holds more than {characters:,} characters"), SPLIT),
}


def members(data: bytes, _name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The items of a feed that have a text, by their place in it."""
    if len(data) > MAX_FEED_BYTES:
        raise InputError(where, TOO_LARGE, SPLIT, size=MAX_FEED_BYTES // 1_000_000)
    answer = read_in_child(Kind("feed", _FAULTS), data, where)
    yield from Records(where, budget).members(enumerate(answer["items"], start=1))
    if not _END.search(data[-_TAIL:].replace(b"\x00", b"")):  # UTF-16 shows its tags too
        yield Remark(where, N_("it is cut off; what stands before that was read"), N_("fetch it again"))
