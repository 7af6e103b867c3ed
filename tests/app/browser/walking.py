"""A reader in a browser: what they do in the app, in the words of their language, and what they see of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

import pandas as pd
import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from playwright.sync_api import Locator as Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect as expect

from tests.app.browser.serving import CHROMIUM, Server
from timeline.i18n import words
from timeline.knowledge import load_entries
from timeline.naming import Naming

if CHROMIUM is None:
    pytest.skip("no Chromium here: the walks through the app are left out", allow_module_level=True)

LANGUAGES = ("en", "vi", "zh")
PATIENCE = 20_000  # milliseconds, for a machine that has other things to do
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Look:
    """What a browser tells a site of its reader."""

    language: str = "en"
    zone: str = "America/Los_Angeles"
    scheme: Literal["light", "dark"] = "light"
    width: int = 1400
    height: int = 1000


class Tabs:
    """The open tabs of a browser, each lent to one reader at a time: a tab that has loaded the app once does so in half the time.

    A session of the app lasts as long as a tab stays on the page, so readers share nothing but what the browser has compiled.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[Look, list[Page]] = {}

    def take(self, look: Look) -> Page:
        free = self._free.setdefault(look, [])
        return free.pop() if free else self._made(look)

    def give_back(self, look: Look, page: Page) -> None:
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.context.clear_cookies()
        page.goto("about:blank")
        self._free[look].append(page)

    def _made(self, look: Look) -> Page:
        context = self._browser.new_context(
            viewport={"width": look.width, "height": look.height},
            timezone_id=look.zone,
            color_scheme=look.scheme,
            locale=look.language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        return context.new_page()


class Reader:
    """A session of its own, in one language, that notes every fault the browser tells of."""

    def __init__(self, tabs: Tabs, server: Server, look: Look) -> None:
        self.words = words(look.language)
        self.naming = Naming(load_entries(), look.language)
        self.faults: list[str] = []
        self._server = server
        self._tabs, self._look = tabs, look
        self.page: Page = tabs.take(look)
        self._watch()

    def _watch(self) -> None:
        page, faults, home = self.page, self.faults, urlsplit(self._server.address).netloc

        def note_request(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != home:
                faults.append(f"asked another host: {request.url}")

        def note_console(said: ConsoleMessage) -> None:
            # On its way to a page other than the first, Streamlit asks in vain below that page first (streamlit #7074).
            is_streamlits = "404" in said.text and "/_stcore/" in said.location["url"]
            if said.type in ("error", "warning") and not is_streamlits:
                faults.append(f"{said.type}: {said.text}")

        self._heard: dict[Any, Any] = {
            "console": note_console,
            "pageerror": lambda fault: faults.append(f"page error: {fault}"),
            "request": note_request,
        }
        for event, note in self._heard.items():
            page.on(event, note)

    def close(self) -> None:
        """Leave; what is said from here on is no fault of the walk."""
        for event, note in self._heard.items():
            self.page.remove_listener(event, note)
        self._tabs.give_back(self._look, self.page)

    def say(self, message: str, **values: Any) -> str:
        """A message of the interface, in the reader's language."""
        return self.words.gettext(message).format(**values)

    def open(self, path: str = "", **query: Any) -> None:
        """Follow a link to a page of the app."""
        asked = {name.rstrip("_"): value for name, value in query.items()}
        self.page.goto(f"{self._server.address}{path}{'?' if asked else ''}{urlencode(asked, doseq=True)}")
        expect(self.page.get_by_role("button", name=self.say("Clear filters"))).to_be_attached()
        self.settle()

    def settle(self) -> None:
        """Wait until the page is whole."""
        expect(self.page.locator(IDLE)).to_be_attached()

    def turn_to(self, title: str) -> None:
        """Go to another page by its link."""
        link = self.page.get_by_role("link", name=self.say(title)).first
        path = urlsplit(link.get_attribute("href") or "").path.lstrip("/")
        link.click()
        expect(self.page).to_have_url(re.compile(rf"^[^?]*/{path}(\?.*)?$"))
        self.settle()

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def sees_query(self, **wanted: str | list[str]) -> None:
        """The address says exactly this."""
        asked = {name.rstrip("_"): value if isinstance(value, list) else [value] for name, value in wanted.items()}
        for _ in range(PATIENCE // 100):
            if self.query == asked:
                return
            self.page.wait_for_timeout(100)
        assert self.query == asked, f"the address says {self.query}"

    def sees(self, left: pd.DataFrame, total: int) -> None:
        """The timeline page counts these events, by the library's own filter."""
        dated = int(((left["date_start"] != "") | (left["date_end"] != "")).sum())
        said = "{shown} of {total} events: {dated} on the timeline, {undated} undated"
        text = self.say(said, shown=len(left), total=total, dated=dated, undated=len(left) - dated)
        expect(self.page.locator("p.tl-count[role=status]").first).to_have_text(text)

    def box(self, label: str) -> Locator:
        return self.page.get_by_role("combobox", name=self.say(label), exact=True)

    def option(self, value: str) -> Locator:
        """An option by the words before its count."""
        return self.page.get_by_role("option", name=re.compile(rf"^{re.escape(value)}( · \d+)?$"))

    def choose(self, label: str, value: str) -> None:
        """Type an option and choose it."""
        self._pick(label, self.option(value), value)

    def choose_last(self, label: str) -> int:
        """Choose the last option of a list; how many events it says that it leaves."""
        return int(self._pick(label, self.page.get_by_role("option").last).rpartition("· ")[2])

    def _pick(self, label: str, option: Locator, typed: str = "") -> str:
        """Click on an option; again if a run of the page still under way took the list away under the click. What the option said."""
        said = typed
        for is_last in (False, False, True):
            self.box(label).click()
            if typed:
                self.box(label).fill(typed)
            try:
                said = option.inner_text(timeout=PATIENCE / 4)
                option.click(timeout=PATIENCE / 4)
            except PlaywrightTimeout:
                if self.page.get_by_role("dialog").count():  # it was taken after all, and has opened an event
                    break
                if is_last:
                    raise
            else:
                if self._is_taken(label, said.partition(" · ")[0]):
                    break
            self.page.keyboard.press("Escape")
        self.leave(label)
        return said

    def _is_taken(self, label: str, value: str) -> bool:
        """Whether a list shows a choice, or the event that it was the name of stands open."""
        shown = self.page.locator(".stMultiSelect, .stSelectbox").filter(has=self.box(label))
        # A list of several writes its choices as words, one of a single choice into its field.
        chosen = shown.get_by_text(value).or_(shown.locator(f"input[value*={json.dumps(value, ensure_ascii=False)}]"))
        try:
            expect(chosen.or_(self.page.get_by_role("dialog")).first).to_be_visible(timeout=PATIENCE / 4)
        except AssertionError:
            return False
        return True

    def leave(self, label: str) -> None:
        """Shut a list of several; not by a key, which takes the choice back where the list is shut already."""
        self.box(label).blur()
        expect(self.page.get_by_role("listbox")).to_have_count(0)
        self.settle()

    def press(self, message: str, **values: Any) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=self.say(message, **values), exact=True).first.click()
        self.settle()

    def download(self, name: str, group: str = "download") -> bytes:
        """What the button of a file gives."""
        with self.page.expect_download() as download:
            self.page.locator(f".st-key-{group}-{name} button").click()
        return Path(download.value.path()).read_bytes()

    def mark(self, title: str) -> Locator:
        """An event on the timeline."""
        return self.page.locator(f"[data-testid=stVegaLiteChart] svg [aria-label^='{title}']")

    def click_drawn(self, drawn: Locator, address: re.Pattern[str]) -> None:
        """Click into a chart until the address says so: one that is just being drawn anew may not hear the first click."""
        for _ in range(3):
            drawn.click()
            try:
                self.page.wait_for_url(address, timeout=PATIENCE / 5, wait_until="commit")
                return
            except PlaywrightTimeout:
                continue
        raise AssertionError(f"the click told nothing: {self.page.url}")

    def described(self, number: int) -> str:
        """What a chart says of itself, once it is drawn."""
        expect(self.chart(number)).to_have_attribute("aria-label", re.compile("."), timeout=PATIENCE)
        return self.chart(number).get_attribute("aria-label") or ""

    def chart(self, k: int) -> Locator:
        return self.page.get_by_test_id("stVegaLiteChart").nth(k)

    def sees_event(self, title: str | re.Pattern[str]) -> Locator:
        """The drawer shows this event."""
        drawer = self.page.get_by_role("dialog")
        expect(drawer.get_by_role("heading", name=title, exact=True)).to_be_visible()
        self.settle()
        return drawer

    def close_event(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        # The server has heard of it: what is clicked before that would open the event anew.
        expect(self.page).not_to_have_url(re.compile(r"[?&]event="))
        self.settle()
