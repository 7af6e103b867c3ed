"""Hosts of web addresses: as people write them, and as the net does."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(address: str) -> bool:
    """Whether it leads to the web: a reader may click on it, and no other kind is one to click on."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def host_of(address: str) -> str:
    """The host of a web address in small letters, without "www."; "" where it has none or cannot be read."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """A host in the letters that the net knows (IDNA): 新华网.中国 → xn--xkrr14bows.xn--fiqs8s; "" where it is none."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
