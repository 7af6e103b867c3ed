"""Pages → a web archive (WARC/1.1, ISO 28500), whole or not at all."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from timeline.documents.fetch import Fetched
from timeline.documents.web_address import uri_of
from timeline.errors import InputError
from timeline.files import draft, told_of
from timeline.messages import N_

SUFFIXES = (".warc.gz", ".warc")

# How the bytes went over the line; they are kept unpacked, and with the length that this gives.
_OF_THE_LINE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
_RENAMED = "X-Archive-Orig-"  # what other archives put before a header that no longer holds
_LEFT_OUT = frozenset(("set-cookie", "set-cookie2"))  # they tell who asked, and nothing of the page
_BREAKS = re.compile(r"[\r\n]+")


@contextmanager
def warc_file(path: Path, info: dict[str, str], at: datetime) -> Iterator[WarcFile]:
    """A web archive in the making, which takes its place at `path` at the end of the `with`.

    It does so only if nothing was raised and a page was added; else `path` stays as it was. Raises an `InputError` for a name
    that is none, an `OSError` where nothing can be written.
    """
    if not path.name.endswith(SUFFIXES):
        raise InputError(str(path), N_("pages are kept in a web archive"), N_("give a name that ends in .warc.gz or .warc"))
    if path.is_dir():
        raise InputError(str(path), N_("is a folder, not a file"), N_("name a file"))
    with told_of(path), draft(path, lambda: warc.pages > 0) as file:
        warc = WarcFile(file, path.suffix == ".gz", info, at)
        yield warc


class WarcFile:
    """Writes records; the same pages at the same times give the same bytes. `pages` counts them."""

    def __init__(self, file: BinaryIO, is_packed: bool, info: dict[str, str], at: datetime) -> None:
        from warcio.warcwriter import WARCWriter

        self._writer: Any = WARCWriter(file, gzip=is_packed, warc_version="WARC/1.1")
        self.pages = 0
        self._write("warcinfo", "", "".join(f"{name}: {value}\r\n" for name, value in info.items()).encode(), at)

    def add(self, found: Fetched, at: datetime) -> None:
        """One page, as a record of what its host answered at that time."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = StatusAndHeaders("200 OK", _kept(found), protocol="HTTP/1.1")
        self._write("response", uri_of(found.url), found.data, at, headers)
        self.pages += 1

    def _write(self, kind: str, uri: str, data: bytes, at: datetime, headers: Any = None) -> None:
        date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        # By what is in the record, not by chance.
        name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {uri} {date} {hashlib.sha256(data).hexdigest()}")
        named = {"WARC-Type": kind, "WARC-Record-ID": f"<urn:uuid:{name}>", "WARC-Date": date}
        record = self._writer.create_warc_record(uri, kind, io.BytesIO(data), len(data), warc_headers_dict=named, http_headers=headers)
        self._writer.write_record(record)


def _kept(found: Fetched) -> list[tuple[str, str]]:
    """The headers of a page as it is kept."""
    length = ("Content-Length", str(len(found.data)))
    kept = [
        (f"{_RENAMED}{name}" if name.lower() in _OF_THE_LINE else name, _BREAKS.sub(" ", value))
        for name, value in found.headers
        if name.isascii() and name.lower() not in _LEFT_OUT and (name.lower(), value) != ("content-length", length[1])
    ]
    return [*kept, length]
