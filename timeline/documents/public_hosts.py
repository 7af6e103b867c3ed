"""Which hosts a link may reach: those of the public internet, and no machine of the network that this one stands in."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from timeline.errors import InputError
from timeline.messages import N_

CONNECT_SECONDS = 5.0

# All that is given out of IPv6 for the public internet (RFC 4291, 2.5.4). What stands for IPv4 addresses elsewhere (NAT64, SIIT,
# compatible ones) lies outside, and so do site-local addresses and those of segment routing.
_UNICAST = ipaddress.IPv6Network("2000::/3")
# Within it, those that stand for IPv4 ones, of which the network behind a relay may be private: 6to4 and Teredo.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("2002::/16", "2001::/32")))
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # bits 64 to 95: an IPv4 address follows (RFC 5214)
# What Python's tables, of some version or all, take for public: addresses of documentation, relays of 6to4, and those at which
# the machines of some clouds are told their own secrets (192.0.0.192, 168.63.129.16).
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("3fff::/20", "192.88.99.0/24", "192.0.0.0/24", "168.63.129.16/32")))

Resolve = Callable[[str, int], list[str]]
Dial = Callable[[str, int], socket.socket]


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
        elif ip not in _UNICAST or any(ip in network for network in _TRANSLATED) or (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)


def public_address(host: str, port: int, url: str, resolve: Resolve) -> str:
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
