"""A link → its bytes, from public hosts only. Whoever calls this has leave to: nothing in here asks for it.

A host's name is resolved once and the connection goes to the very address that was checked, on every redirect anew; so
neither a redirect nor a name that answers differently the second time leads to the machine itself or its network.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from timeline.errors import InputError
from timeline.messages import N_

MAX_BYTES = 20_000_000  # a long report as PDF; pages are far smaller
MAX_SECONDS = 20.0  # for one request, however slowly its bytes drip
CONNECT_SECONDS = 5.0
MAX_REDIRECTS = 5  # browsers take 20; from a link in the news to the page one or two are usual
MAX_ADDRESS = 2_000  # characters
PORTS = {"http": 80, "https": 443}  # on others there are no newspapers, but services that no link is to reach
TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536
_HEADERS = {
    "Accept": "text/html, text/plain, application/pdf",
    "Accept-Encoding": "identity",
    "User-Agent": "timeline",
    "Connection": "close",
}
_SAFE = "/?%:@!$&'()*+,;=~-._"
# Addresses that stand for IPv4 ones, of which the network behind a translator may be private.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
# What Python's tables, of some version or all, take for public: site-local addresses, those of segment routing and of
# documentation, and the relays of 6to4.
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("fec0::/10", "5f00::/16", "3fff::/20", "192.88.99.0/24")))
_OTHER_LINK = N_("save the page and give the file")

Resolve = Callable[[str, int], list[str]]
Dial = Callable[[str, int], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link gave, and the address that it came from in the end."""

    data: bytes
    url: str


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host; raises `OSError` where there are none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def dial(address: str, port: int) -> socket.socket:
    """A connection to one IP address."""
    return socket.create_connection((address, port), timeout=CONNECT_SECONDS)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, by itself and not through a translator."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)


def fetch(url: str, resolve: Resolve = resolve, dial: Dial = dial) -> Fetched:
    """The page, text or PDF behind a link, with limits on size and time; raises an `InputError` that names `url`."""
    at = url.strip()
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(at, url)
        answer = _get(parts, url, resolve, dial)
        if isinstance(answer, bytes):
            return Fetched(answer, at)
        at = _joined(at, answer, url)
    raise InputError(url, N_("it leads on more than {most} times"), N_("give the address of the page itself"), most=MAX_REDIRECTS)


def _joined(at: str, answer: str, url: str) -> str:
    """Where a redirect leads to."""
    try:
        return urljoin(at, answer)
    except ValueError:
        raise InputError(url, N_("it leads on to what is no address"), _OTHER_LINK) from None


def _checked(address: str, url: str) -> SplitResult:
    """The parts of an address that may be asked for."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InputError(url, N_("it is no address"), N_("give one that starts with https://")) from None
    if parts.scheme not in PORTS or not host:
        raise InputError(url, N_("only addresses that start with http:// or https:// are fetched"), N_("give such a one"))
    if len(address) > MAX_ADDRESS or not address.isprintable() or " " in address or parts.username is not None:
        raise InputError(url, N_("it is no plain address"), N_("give the address of a page, without a name and password in it"))
    if port not in (None, PORTS[parts.scheme]):
        raise InputError(url, N_("only the usual ports are asked, not {port}"), _OTHER_LINK, port=str(port))
    return parts


def _get(parts: SplitResult, url: str, resolve: Resolve, dial: Dial) -> bytes | str:
    """What one address answers: its bytes, or the address that it leads on to."""
    host, port = _host(parts, url), PORTS[parts.scheme]
    address = _address(host, port, url, resolve)
    try:
        with _deadline(dial(address, port)) as line:
            connection = HTTPConnection(host, port)
            connection.sock = line.secure(host) if parts.scheme == "https" else line.socket
            path = urlunsplit(("", "", quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE), ""))
            connection.request("GET", path, headers=_HEADERS)
            with connection.getresponse() as response:
                answer = _read(response, url)
            if line.is_cut:  # else the rest of a page that states no length would not be missed
                raise TimeoutError
            return answer
    except ssl.SSLError:
        raise InputError(url, N_("its certificate is not in order"), _OTHER_LINK) from None
    except (OSError, HTTPException, ValueError, zlib.error) as fault:
        why = N_("it gave no answer within {seconds} seconds, or none that makes sense")
        raise InputError(url, why, _OTHER_LINK, seconds=round(MAX_SECONDS)) from fault


def _host(parts: SplitResult, url: str) -> str:
    host = parts.hostname or ""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise InputError(url, N_("there is no such host"), N_("check the address")) from None


def _address(host: str, port: int, url: str, resolve: Resolve) -> str:
    """The address to connect to; a host with any that is not public is refused whole."""
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise InputError(url, N_("there is no such host"), N_("check the address"))
    if not all(map(is_public, found)):
        raise InputError(url, N_("it leads to a private network or to this machine itself"), N_("give the address of a public page"))
    return found[0]


class _Line:
    """A connection whose end is in sight."""

    def __init__(self, plain: socket.socket) -> None:
        self.socket = plain
        self.is_cut = False
        plain.settimeout(MAX_SECONDS)

    def secure(self, host: str) -> socket.socket:
        secured = ssl.create_default_context().wrap_socket(self.socket, server_hostname=host, do_handshake_on_connect=False)
        self.socket = secured
        secured.do_handshake()
        return secured

    def cut(self) -> None:
        self.is_cut = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


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


def _read(response: HTTPResponse, url: str) -> bytes | str:
    if response.status in _REDIRECTS:
        return response.getheader("Location") or ""
    if response.status != 200:
        answer = f"{response.status} {response.reason}".rstrip()
        raise InputError(url, N_("the host answers {answer}"), N_("check the address"), answer=answer)
    media = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if not media:
        raise InputError(url, N_("it is of no stated type, not a page, a text or a PDF"), _OTHER_LINK)
    if media not in TYPES:
        raise InputError(url, N_("it is {type}, not a page, a text or a PDF"), _OTHER_LINK, type=media)
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
