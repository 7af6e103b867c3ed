"""A link → its bytes, from public hosts only. Whoever calls this has leave to: nothing in here asks for it.

A host's name is resolved once and the connection goes to the very address that was checked, on every redirect anew; so
neither a redirect nor a name that answers differently the second time leads to the machine itself or its network.
"""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin

from timeline.documents.public_hosts import Dial, Resolve, dial, public_address, resolve
from timeline.documents.web_address import PORTS, net_host, plain_address, target
from timeline.errors import InputError
from timeline.messages import N_

MAX_BYTES = 20_000_000  # a long report as PDF; pages are far smaller
MAX_SECONDS = 20.0  # for one request, however slowly its bytes drip
MAX_REDIRECTS = 5  # browsers take 20; from a link in the news to the page one or two are usual
TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536
_HEADERS = {"Accept-Encoding": "identity", "Connection": "close"}
_OTHER_LINK = N_("save the page and give the file")

Before = Callable[[str], None]
_Answer = tuple[bytes, tuple[tuple[str, str], ...]] | str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link gave, unpacked; the address that it came from in the end, and the headers that came with it, as sent."""

    data: bytes
    url: str
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str:
        """A header's value, "" where the host sent none."""
        return next((value for sent, value in self.headers if sent.lower() == name.lower()), "")

    @property
    def media_type(self) -> str:
        """As the host states it, in small letters and without parameters; "" where it states none."""
        return _media_type(self.header("Content-Type"))


class StatusError(InputError):
    """The host answers, but not with what it was asked for: `status` 404, `answer` "404 Not Found"."""

    @property
    def status(self) -> int:
        return int(str(self._values["status"]))

    @property
    def answer(self) -> str:
        return str(self._values["answer"])


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked for: the link as given, which errors name, and how it is asked."""

    url: str
    user_agent: str
    types: Collection[str] | None

    def headers(self) -> dict[str, str]:
        accept = "*/*" if self.types is None else ", ".join(self.types)
        return {"Accept": accept, "User-Agent": self.user_agent, **_HEADERS}


def fetch(
    url: str,
    resolve: Resolve = resolve,
    dial: Dial = dial,
    *,
    user_agent: str = "timeline",
    types: Collection[str] | None = TYPES,
    before: Before | None = None,
) -> Fetched:
    """The page, text or PDF behind a link, with limits on size and time; raises an `InputError` that names `url`.

    `types` are the media types that are taken (None: all). `before` is told each address before it is asked, those that a
    redirect leads to as well; what it raises ends the matter. A status other than 200 is a `StatusError`.
    """
    request = _Request(url, user_agent, types)
    at = url.strip()
    for _ in range(MAX_REDIRECTS + 1):
        parts = plain_address(at, url)
        if before is not None:
            before(at)
        answer = _get(parts, request, resolve, dial)
        if not isinstance(answer, str):
            data, headers = answer
            return Fetched(data, at, headers)
        at = _joined(at, answer, url)
    raise InputError(url, N_("it leads on more than {most} times"), N_("give the address of the page itself"), most=MAX_REDIRECTS)


def _joined(at: str, answer: str, url: str) -> str:
    """Where a redirect leads to."""
    try:
        return urljoin(at, answer)
    except ValueError:
        raise InputError(url, N_("it leads on to what is no address"), _OTHER_LINK) from None


def _get(parts: SplitResult, request: _Request, resolve: Resolve, dial: Dial) -> _Answer:
    """What one address answers: its bytes and headers, or the address that it leads on to."""
    url = request.url
    host, port = net_host(parts, url), PORTS[parts.scheme]
    address = public_address(host, port, url, resolve)
    try:
        with _deadline(dial(address, port)) as line:
            connection = HTTPConnection(host, port)
            connection.sock = line.secure(host) if parts.scheme == "https" else line.socket
            connection.request("GET", target(parts), headers=request.headers())
            with connection.getresponse() as response:
                line.check()
                answer = _read(response, request)
            line.check()
            return answer
    except ssl.SSLError:
        raise InputError(url, N_("its certificate is not in order"), _OTHER_LINK) from None
    except (OSError, HTTPException, ValueError, zlib.error) as fault:
        why = N_("it gave no answer within {seconds} seconds, or none that makes sense")
        raise InputError(url, why, _OTHER_LINK, seconds=round(MAX_SECONDS)) from fault


class _Line:
    """A connection whose end is in sight."""

    def __init__(self, plain: socket.socket) -> None:
        self.socket = plain
        self._is_cut = False
        plain.settimeout(MAX_SECONDS)

    def secure(self, host: str) -> socket.socket:
        secured = ssl.create_default_context().wrap_socket(self.socket, server_hostname=host, do_handshake_on_connect=False)
        self.socket = secured
        secured.do_handshake()
        return secured

    def cut(self) -> None:
        self._is_cut = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def check(self) -> None:
        """Raises `TimeoutError` where it was cut: of headers, and of a page that states no length, nobody would miss the rest."""
        if self._is_cut:
            raise TimeoutError


@contextmanager
def _deadline(plain: socket.socket) -> Iterator[_Line]:
    """Cut the line after `MAX_SECONDS`: a socket's own limit starts anew with every byte."""
    line = _Line(plain)
    timer = threading.Timer(MAX_SECONDS, line.cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()
        line.socket.close()


def _read(response: HTTPResponse, request: _Request) -> _Answer:
    url = request.url
    if response.status in _REDIRECTS:
        return _unmangled(response.getheader("Location") or "")
    if response.status != 200:
        answer = f"{response.status} {response.reason}".rstrip()
        raise StatusError(url, N_("the host answers {answer}"), N_("check the address"), answer=answer, status=response.status)
    if request.types is not None:
        _check_type(_media_type(response.getheader("Content-Type") or ""), request.types, url)
    return _body(response, url), tuple(response.getheaders())


def _unmangled(header: str) -> str:
    """Some hosts put letters into an address as they are, in UTF-8, of which a header's reader makes others."""
    with suppress(UnicodeError):
        return header.encode("latin-1").decode("utf-8")
    return header


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _check_type(media: str, types: Collection[str], url: str) -> None:
    if not media:
        raise InputError(url, N_("it is of no stated type, not a page, a text or a PDF"), _OTHER_LINK)
    if media not in types:
        raise InputError(url, N_("it is {type}, not a page, a text or a PDF"), _OTHER_LINK, type=media)


def _body(response: HTTPResponse, url: str) -> bytes:
    too_large = InputError(url, N_("it is larger than {size} MB"), _OTHER_LINK, size=MAX_BYTES // 1_000_000)
    stated = response.getheader("Content-Length") or ""
    if stated.isdecimal() and int(stated) > MAX_BYTES:
        raise too_large
    data = bytearray()
    unpack = _unpacker(response.getheader("Content-Encoding") or "")
    while chunk := response.read(_CHUNK):
        data += unpack(chunk, MAX_BYTES + 1 - len(data))
        if len(data) > MAX_BYTES:
            raise too_large
    if stated.isdecimal() and response.length:
        raise HTTPException("cut off")
    return bytes(data)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """Some hosts pack whatever they are asked; never more is unpacked than the limit leaves."""
    if encoding.lower() in ("", "identity"):
        return lambda chunk, left: chunk[:left]
    if encoding.lower() not in ("gzip", "x-gzip"):
        raise HTTPException("packed in an unknown way")
    return zlib.decompressobj(wbits=31).decompress
