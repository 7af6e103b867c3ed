"""One walk through the app as a reader takes it, in a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline import store

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the walk through the app in a browser is left out")


@pytest.fixture
def address(built: Path) -> Iterator[str]:
    """The running app."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.address=127.0.0.1", f"--server.port={port}"]
    server = subprocess.Popen(
        [*command, "--server.fileWatcherType=none", "--", str(built)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the app did not start"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the app did not answer in time")


@pytest.fixture
def browser() -> Iterator[Browser]:
    # Stands in the Americas, so that a day would shift if anything read it in local time.
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=os.environ | {"TZ": "America/Los_Angeles"})
        yield browser
        browser.close()


def open_page(browser: Browser, url: str, faults: list[str], width: int = 1400) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, timezone_id="America/Los_Angeles")
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(url)
    expect(page.locator(".tl-count")).to_be_visible(timeout=30_000)
    expect(mark(page, "Border fair").first).to_be_attached(timeout=30_000)
    return page


def mark(page: Page, title: str) -> sync_api.Locator:
    return page.locator(f"[data-testid=stVegaLiteChart] svg [aria-label^='{title}, ']")


def counted(page: Page, words: str) -> None:
    expect(page.locator(".tl-count")).to_have_text(words, timeout=15_000)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")


def test_walk_through_the_app(address: str, browser: Browser) -> None:
    faults: list[str] = []
    page = open_page(browser, address, faults)
    counted(page, "7 of 7 events: 5 on the timeline, 2 undated")
    expect(mark(page, "Trà Lĩnh–Longbang upgraded")).to_have_count(2)  # a lane each for Cao Bằng and Guangxi

    # The tooltip says the day of the sources, whatever the zone.
    mark(page, "Conference on local foreign affairs").hover()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("25 August 2025")

    # A mark opens its event; closed, it opens again.
    for _ in range(2):
        mark(page, "Conference on local foreign affairs").click()
        drawer = page.get_by_role("dialog")
        expect(drawer.get_by_role("heading", name="Conference on local foreign affairs")).to_be_visible(timeout=15_000)
        expect(page).to_have_url(f"{address}?event=e-conference")
        expect(drawer.locator("blockquote[lang=he]")).to_have_css("direction", "rtl")
        expect(drawer.locator("mark.date", has_text="25. srpna 2025")).to_be_visible()
        expect(drawer.get_by_role("link", name="Open the source")).to_have_attribute("href", "https://example.org/cs.txt")
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0, timeout=15_000)
        expect(page).to_have_url(address)

    # So does a row of the undated list.
    page.get_by_role("button", name="Patrol along the markers").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Patrol along the markers")).to_be_visible(timeout=15_000)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=15_000)

    # Filters narrow what is shown and stand in the URL; a link, and going back, give the same view.
    choose(page, "Province", "Guangxi")
    counted(page, "2 of 7 events: 2 on the timeline, 0 undated")
    choose(page, "Person or body", "Ngô Lê Văn")
    counted(page, "1 of 7 events: 1 on the timeline, 0 undated")
    filtered = page.url
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 event (CSV)").click()
    rows = store.from_csv("events", Path(download.value.path()).read_text(encoding="utf-8").splitlines(keepends=True), "download")
    assert rows["event_id"].tolist() == ["e-fair"]
    counted(open_page(browser, filtered, faults), "1 of 7 events: 1 on the timeline, 0 undated")
    page.go_back()
    counted(page, "2 of 7 events: 2 on the timeline, 0 undated")
    page.get_by_role("button", name="Clear filters").click()
    counted(page, "7 of 7 events: 5 on the timeline, 2 undated")
    expect(page).to_have_url(address)
    assert faults == []


def test_timeline_fits_a_narrow_screen(address: str, browser: Browser) -> None:
    faults: list[str] = []
    page = open_page(browser, address, faults, width=390)
    chart = page.get_by_test_id("stVegaLiteChart").bounding_box()
    assert chart is not None
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    mark(page, "Decree 58").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Decree 58")).to_be_visible(timeout=15_000)
    assert faults == []
