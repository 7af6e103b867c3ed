"""What a host's robots.txt lets us do, by RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from timeline.documents.web_address import net_host

if TYPE_CHECKING:
    from protego import Protego

ROBOTS_BYTES = 512_000  # RFC 9309, 2.5, asks for the first 500 KiB at least
MAX_CRAWL_DELAY = 30.0  # seconds; some hosts ask for hours, which nobody waits for


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host for one user agent."""

    parsed: Protego
    user_agent: str

    def allow(self, address: str) -> bool:
        """Whether an address of this host may be asked for."""
        return self.parsed.can_fetch(address, self.user_agent)

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two requests, at most `MAX_CRAWL_DELAY`."""
        return min(self.parsed.crawl_delay(self.user_agent) or 0.0, MAX_CRAWL_DELAY)


def rules_of(robots: bytes, user_agent: str) -> Rules:
    """The rules in a robots.txt; lines that are none are passed over, and an empty file allows everything."""
    from protego import Protego

    return Rules(Protego.parse(robots[:ROBOTS_BYTES].decode("utf-8-sig", "replace")), user_agent)


def robots_address(address: str) -> str:
    """Where the rules for an address stand."""
    return f"{urlsplit(address).scheme}://{host_of(address)}/robots.txt"


def host_of(address: str) -> str:
    """The host of an address as the net writes it: one host, however the links to it are written."""
    host = net_host(urlsplit(address), address).rstrip(".")
    return f"[{host}]" if ":" in host else host
