"""Addresses of the web: which may be asked for, and how the net writes them."""

from __future__ import annotations

from urllib.parse import SplitResult, quote, urlsplit

from timeline.errors import InputError
from timeline.messages import N_

MAX_ADDRESS = 2_000  # characters
PORTS = {"http": 80, "https": 443}  # on others there are no newspapers, but services that no link is to reach

_SAFE = "/?%:@!$&'()*+,;=~-._"


def plain_address(address: str, url: str) -> SplitResult:
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
        raise InputError(url, N_("only the usual ports are asked, not {port}"), N_("save the page and give the file"), port=str(port))
    return parts


def uri_of(address: str) -> str:
    """An address in the letters that the net knows (RFC 3986): its host by IDNA, others percent-encoded, no fragment."""
    parts = urlsplit(address.strip())
    host = net_host(parts, address)
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{target(parts)}"


def target(parts: SplitResult) -> str:
    """The path and the query as a host is asked for them."""
    query = quote(parts.query, safe=_SAFE)
    return quote(parts.path or "/", safe=_SAFE) + (f"?{query}" if query else "")


def net_host(parts: SplitResult, url: str) -> str:
    """The host by IDNA; raises an `InputError` that names `url`."""
    host = parts.hostname or ""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise InputError(url, N_("there is no such host"), N_("check the address")) from None
