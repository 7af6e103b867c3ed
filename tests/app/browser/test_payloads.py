"""Texts that try to be more than text, in the app and in the page that it gives: a real browser runs none of them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.app.browser.serving import Server, running
from tests.app.browser.walking import Look, Reader, expect
from tests.file_samples import STORY
from tests.safety import payloads
from timeline import store
from timeline.export import FORMATS
from timeline.i18n import words
from timeline.knowledge import load_entries

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.app.browser.walking import Tabs

Make = Callable[..., Reader]
LAST = f"e{len(payloads.TEXTS) - 1}"  # the event of all payloads
# What would be there if a text were more than text. Nothing of ours bears these names, and no link of ours leads there.
_FOUND = """() => ({
  ran: window.ran || [],
  markup: [...document.querySelectorAll("[data-evil], iframe, object, embed, base, form[action], .katex")].map(node => node.outerHTML),
  links: [...document.querySelectorAll("a[href], area[href]")].filter(
    node => !/^(https?|file):$/.test(node.protocol) || /evil/.test(node.hostname)).map(node => node.href),
  handlers: [...document.querySelectorAll("*")].filter(node => [...node.attributes].some(one => /^on/i.test(one.name))).length,
})"""
NOTHING = {"ran": [], "markup": [], "links": [], "handlers": 0}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose folder, texts and corrections hold nothing but payloads."""
    folder = tmp_path_factory.mktemp("hostile")
    tables = payloads.tables()
    names = ("documents", "mentions", "evidence", "events")
    store.save(SimpleNamespace(**{name: getattr(tables, name) for name in names}, texts=payloads.texts()), folder / "built")
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("target", "field", "value", "who", "when", "why"))
        rows.writerows(
            (f"e{k:02}", "title", text, text, "2026-01-05", text) for k, text in enumerate((*payloads.HTML, *payloads.MARKDOWN[:3]))
        )
    with running(folder / "built", {"TIMELINE_CORRECTIONS": str(folder / "corrections.csv")}) as server:
        yield server


def holds_text_alone(page: Page) -> None:
    assert page.evaluate(_FOUND) == NOTHING


def test_the_app_shows_them_as_text(reader: Make, hostile: Server) -> None:
    one = reader(server=hostile)
    # In the address, too: what means nothing there is told, and what is no date is warned of.
    unknown = [f"{text} unknown" for text in (*payloads.HTML[:3], *payloads.MARKDOWN[:4])]
    one.open(event=LAST, province=unknown, from_=payloads.MARKDOWN[1], lanes=payloads.HTML[2], zoom=payloads.VEGA[0])
    drawer = one.page.get_by_role("dialog")
    expect(drawer).to_contain_text("ran.push('script')")
    for label in ("How each cell is known", "Link to this event"):
        drawer.get_by_text(one.say(label)).first.click()
    one.settle()
    holds_text_alone(one.page)
    one.close_event()
    expect(one.page.get_by_test_id("stAlert").first).to_be_visible()
    one.chart(1).locator("svg [aria-roledescription='rect mark']").first.hover(force=True)
    expect(one.page.locator("#vg-tooltip-element.visible")).to_be_visible()
    holds_text_alone(one.page)
    one.press("Clear filters")
    for title in ("Table", "Map", "Compare", "Changes", "Sources"):
        one.turn_to(title)
        if title == "Table":
            one.page.get_by_text(one.say("Plain table"), exact=True).click()
            expect(one.page.get_by_role("cell", name="ran.push('script')").first).to_be_visible()
        if title == "Changes":
            expect(one.page.get_by_role("main")).to_contain_text("ran.push('script')")
        one.settle()
        holds_text_alone(one.page)
    one.box("Source").click()
    one.page.get_by_role("option").last.click()
    expect(one.page.locator(".tl-text")).to_be_visible()
    one.settle()
    holds_text_alone(one.page)
    one.turn_to("Add texts")
    one.page.get_by_role("tab", name=one.say("Upload files")).click()
    names = ("<img data-evil src=x onerror=ran.push(1)>.txt", "![x](https:evil.example) <b data-evil>x.pdf")
    given = [{"name": name, "mimeType": "text/plain", "buffer": " ".join(STORY).encode()} for name in names]
    one.page.locator("input[type=file]").set_input_files(given)  # type: ignore[arg-type]
    expect(one.page.get_by_test_id("stFileChip")).to_have_count(len(names))
    one.press("Read the files")
    expect(one.page.get_by_test_id("stAlert").filter(has_text="x.pdf")).to_be_visible(timeout=60_000)
    expect(one.page.get_by_role("main")).to_contain_text("onerror=ran.push(1)>.txt")
    one.settle()
    holds_text_alone(one.page)


def test_nor_does_the_page_that_it_gives_run_any(tabs: Tabs, tmp_path: Path) -> None:
    path = tmp_path / "events.html"
    path.write_bytes(FORMATS["html"].write(payloads.tables(), words(), load_entries()))
    page = tabs.take(Look())
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: told.append(str(fault)))
    page.on("request", lambda request: told.append(request.url))
    page.goto(path.as_uri())
    page.locator("#chart svg [aria-roledescription='rect mark']").first.hover(force=True)
    expect(page.locator("#vg-tooltip-element.visible")).to_be_visible()
    holds_text_alone(page)
    assert told == [path.as_uri()]
    tabs.give_back(Look(), page)
