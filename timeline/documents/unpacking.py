"""A file → the texts in it: itself, or those of the archive, the mail, the table or the crawl that it is, and of all within."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from timeline.documents import archive, feed_file, gzip_file, json_file, mail_file, table_file, warc_file
from timeline.documents.container import Budget, Member, Open
from timeline.documents.sniffing import format_of
from timeline.errors import InputError, own_fault
from timeline.messages import N_

MAX_DEPTH = 2  # a ZIP in a ZIP, as mail programs make them, or in a mail; not deeper

CONTAINERS: Mapping[str, Open] = {
    "zip": archive.members,
    "gzip": gzip_file.members,
    "mail": mail_file.members,
    "json": json_file.members,
    "delimited": table_file.members,
    "sheet": table_file.members,
    "feed": feed_file.members,
    "warc": warc_file.members,
}
_NESTING = frozenset(("zip", "gzip", "mail"))  # whose members may be containers again


def unpacked(data: bytes, name: str, where: str, budget: Budget | None = None, depth: int = 0) -> Iterator[Member | InputError]:
    """The texts of a file, each with its format and its path in there (`2023/page.html`, `news.jsonl/17`; a file itself has none).

    What can't be read comes out as its `InputError`, also of the file as a whole.
    """
    limits = budget or Budget()
    try:
        kind = format_of(data, name)
        if kind not in CONTAINERS:
            yield Member("", data, kind)
            return
        if kind in _NESTING and depth >= MAX_DEPTH:
            raise InputError(where, N_("archives stand in archives in an archive"), N_("unpack the inner ones"))
        for member in CONTAINERS[kind](data, name, where, limits):
            if isinstance(member, InputError) or member.format:
                yield member
                continue
            inner = member.name or name.lower().removesuffix(".gz")
            for one in unpacked(member.data, inner, _under(where, member.name), limits, depth + 1):
                yield one if isinstance(one, InputError) else replace(one, name=_under(member.name, one.name))
    except InputError as fault:
        yield fault
    except Exception as fault:  # one of ours, which is to cost this file and none of the others
        yield own_fault(where, fault)


def _under(path: str, name: str) -> str:
    return f"{path}/{name}" if path and name else path or name
