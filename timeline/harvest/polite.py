"""Asking hosts for pages as a guest does: by their robots.txt, under one's own name, one request at a time and none in haste."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from timeline.documents.fetch import Before, Fetched, StatusError
from timeline.errors import InputError
from timeline.harvest.robots import Rules, host_of, robots_address, rules_of
from timeline.messages import N_

TOO_MANY = 429  # RFC 6585
# With these a host asks to be left alone for a while (RFC 6585, 4; RFC 9110, 15.6.4).
_LATER = frozenset((TOO_MANY, 503))


class Fetch(Protocol):
    """What `timeline.documents.fetch.fetch` does: it tells `before` of each address ahead of asking it."""

    def __call__(self, url: str, /, *, user_agent: str, types: Collection[str] | None, before: Before | None) -> Fetched: ...


class Guest:
    """Asks for one address after the other; knows what each host allows and when it was asked last."""

    def __init__(self, fetch: Fetch, user_agent: str, delay: float, sleep: Callable[[float], None], now: Callable[[], datetime]) -> None:
        self._fetch, self._user_agent, self._delay = fetch, user_agent, delay
        self._sleep, self._now = sleep, now
        self._rules: dict[str, Rules | InputError] = {}
        self._last: dict[str, datetime] = {}
        self._closed: dict[str, str] = {}
        self._asking = ""

    def get(self, url: str, types: Collection[str]) -> Fetched:
        """What is behind a link; raises an `InputError` where it cannot or may not be asked for.

        Each host that a redirect leads to is asked by its own rules.
        """
        try:
            return self._ask(url, types, self._let_through)
        except InputError as fault:
            raise fault.at(url) from fault.__cause__

    def _ask(self, url: str, types: Collection[str] | None, before: Before) -> Fetched:
        self._answered()
        try:
            return self._fetch(url, user_agent=self._user_agent, types=types, before=before)
        except StatusError as fault:
            if fault.status in _LATER:
                self._closed[self._asking] = fault.answer
            raise
        finally:
            self._answered()

    def _let_through(self, address: str) -> None:
        """Wait until an address may be asked for; raises an `InputError` if it may not."""
        host = host_of(address)
        if host in self._closed:
            why = N_("its host answered {answer} before, and is asked for nothing more")
            raise InputError(address, why, N_("try again later"), answer=self._closed[host])
        rules = self._rules_for(address)
        if not rules.allow(address):
            raise InputError(address, N_("the host's robots.txt does not allow it"), N_("save the page and give the file"))
        self._wait(host, max(self._delay, rules.delay))

    def _rules_for(self, address: str) -> Rules:
        at = robots_address(address)
        if at not in self._rules:
            self._rules[at] = self._read_rules(at)
        rules = self._rules[at]
        if isinstance(rules, InputError):
            raise rules.at(address)
        return rules

    def _read_rules(self, at: str) -> Rules | InputError:
        """RFC 9309, 2.3.1: a robots.txt that there is not allows everything, one that the host fails to give nothing."""
        try:
            robots = self._ask(at, None, lambda hop: self._wait(host_of(hop), self._delay)).data
        except StatusError as fault:
            if 400 <= fault.status < 500 and fault.status != TOO_MANY:
                return rules_of(b"", self._user_agent)
            why = N_("its host answers {answer} when asked for its robots.txt, and so for no page")
            return InputError(at, why, N_("try again later"), answer=fault.answer)
        except InputError as fault:  # no such host, no answer: so it would be with the page
            return fault
        return rules_of(robots, self._user_agent)

    def _answered(self) -> None:
        """From now on the host that was asked has its rest."""
        if self._asking:
            self._last[self._asking], self._asking = self._now(), ""

    def _wait(self, host: str, seconds: float) -> None:
        """Until so many seconds after the last answer of a host; a clock that is set meanwhile makes it no longer."""
        self._answered()  # with a redirect
        if host in self._last:
            left = seconds - (self._now() - self._last[host]).total_seconds()
            if left > 0:
                self._sleep(min(left, seconds))
        self._asking = host
