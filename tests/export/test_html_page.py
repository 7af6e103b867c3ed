"""The page, read by a parser and drawn by a browser that has no network."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.app.sample import sample_tables
from tests.export.awkward import document, event
from tests.export.research import EVIL, awkward, built, entries, nothing, tables, timed
from timeline.charts import draw
from timeline.export import html_page as module
from timeline.export.html_page import html_page
from timeline.export.plain import printable
from timeline.i18n import words
from timeline.tables import Tables
from timeline.version import __version__


def written(found: Tables, language: str = "en", filters: Iterable[str] = (), title: str = "") -> bytes:
    light, dark = (draw(found.events, words=words(language), dark=is_dark).chart for is_dark in (False, True))
    return html_page(found, light, dark, words(language), entries(), list(filters), title)


def read(found: Tables, language: str = "en", **more: Any) -> Any:
    return html.document_fromstring(written(found, language, **more).decode("utf-8"))


def text_of(node: Any) -> str:
    return " ".join(node.text_content().split())


class TestTable:
    def test_every_event_has_a_row_that_can_be_gone_to(self) -> None:
        for content in (built(), sample_tables()):
            rows = read(content).findall(".//tbody/tr")
            assert [row.get("id") for row in rows] == [f"event-{key}" for key in content.events["event_id"]]
            assert [row.find("th").text for row in rows] == content.events["title"].tolist()

    def test_cells_are_in_the_readers_language(self) -> None:
        rows = tables(timed("e", "2023-12-19", title="Fair", title_vi="Hội chợ", provinces=["Guangxi"], quote="Ý kiến"))
        page = read(rows, "vi")
        assert page.get("lang") == "vi"
        when, title, *others = page.findall(".//tbody/tr/*")
        assert (text_of(when), title.text, text_of(title.find(".//blockquote"))) == ("19/12/2023", "Hội chợ", "Ý kiến")
        assert [text_of(cell) for cell in others] == ["Giao lưu", "Đã diễn ra", "Quảng Tây", "", "", "nêu trong văn bản", ""]
        assert [text_of(head) for head in page.findall(".//thead//th")][:3] == ["Thời gian", "Sự kiện", "Loại"]

    def test_rows_lead_to_their_sources(self) -> None:
        cited = (document("a", title="News A"), document("b", title="News B", source_url="javascript:alert(1)"))
        page = read(tables(timed("e", "2025", documents=["b", "a", "lost.txt"]), sources=cited))
        links = [link.get("href") for link in page.findall(".//tbody//a")]
        told = [page.get_element_by_id(link.removeprefix("#")) for link in links]
        assert [text_of(one) for one in told] == [
            "News B (A paper, 26 August 2025, Vietnamese)",
            "News A (A paper, 26 August 2025, Vietnamese)",
            "lost.txt",
        ]
        assert [one.find("a").get("href") if one.find("a") is not None else None for one in told] == [None, "https://example.org/a", None]

    def test_a_long_table_is_cut_and_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MOST_ROWS", 2)
        page = read(tables(*(timed(f"e{k}", "2025", documents=[f"d{k}"]) for k in range(1200))))
        assert len(page.findall(".//tbody/tr")) == 2
        assert "The first 2 of 1,200;" in text_of(page)
        assert [text_of(item) for item in page.findall(".//ol/li")] == ["d0", "d1"]


class TestLead:
    def test_how_many_events_and_which(self) -> None:
        page = read(tables(timed("a", "2025"), event("b")), filters=["Province: Cao Bằng", "<b>From 2023"], title="Mine & yours")
        assert [text_of(line) for line in page.findall(".//header/*")] == [
            "Mine & yours",
            "2 events: 1 on the timeline, 1 without a known year",
            "Filters: Province: Cao Bằng; <b>From 2023",
        ]
        assert page.findtext(".//title") == "Mine & yours"

    def test_who_made_it(self) -> None:
        assert f"Made with timeline {__version__}." in text_of(read(nothing()).find(".//footer"))

    def test_no_events(self) -> None:
        page = read(nothing())
        assert "0 events: 0 on the timeline" in text_of(page)
        assert "Timeline without dated events." in text_of(page.find(".//figcaption"))
        assert page.findall(".//tbody/tr") == []


class TestSafety:
    def test_only_its_own_script_and_style_may_run(self) -> None:
        page = read(sample_tables())
        (policy,) = (meta.get("content") for meta in page.findall(".//meta") if meta.get("http-equiv") == "Content-Security-Policy")
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        scripts = [script.text for script in page.findall(".//script") if script.get("type") is None]
        assert rules == {
            "default-src": "'none'",
            "script-src": fingerprints(scripts),
            "style-src": fingerprints([style.text for style in page.findall(".//style")]),
            "base-uri": "'none'",
            "form-action": "'none'",
        }

    def test_nothing_is_asked_of_the_net(self) -> None:
        page = read(built())
        assert page.xpath("//@src | //link | //iframe | //img | //object | //*[starts-with(name(@*), 'on')]") == []

    def test_whatever_a_text_holds_is_text(self) -> None:
        content = awkward()
        page = read(content, filters=[EVIL], title=EVIL)
        titles = [row.find("th").text for row in page.findall(".//tbody/tr")]
        assert titles == [re.sub("\r\n?", "\n", printable(title)) for title in content.events["title"]]
        assert len(page.findall(".//script")) == 2
        assert page.findall(".//img") == []
        assert EVIL.split("\r")[0] in json.dumps(specs(page), ensure_ascii=False).replace('\\"', '"')

    def test_both_charts_are_there_with_their_data(self) -> None:
        found = specs(read(sample_tables()))
        assert set(found) == {"light", "dark"}
        titles = {row.get("title") for rows in found["light"]["datasets"].values() for row in rows}
        assert "Border fair" in titles

    def test_the_same_events_give_the_same_bytes(self) -> None:
        assert written(sample_tables()) == written(sample_tables())


def specs(page: Any) -> Any:
    return json.loads(page.get_element_by_id("specs").text)


def fingerprints(texts: list[str]) -> str:
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'" for text in texts)


def test_a_browser_without_a_network_draws_it(tmp_path: Path) -> None:
    serving = pytest.importorskip("tests.app.browser.serving")
    if serving.CHROMIUM is None:
        pytest.skip("no Chromium here")
    from playwright.sync_api import expect

    path = tmp_path / "page.html"
    path.write_bytes(written(sample_tables(), "vi"))
    complaints: list[str] = []
    asked: list[str] = []
    with serving.chromium() as browser, browser.new_context(offline=True, color_scheme="dark") as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_selector("#chart svg")
        assert page.locator("#chart svg text", has_text="Border fair").count() == 2
        assert (
            page.locator("#chart svg text", has_text="Lạng Sơn").first.evaluate("node => getComputedStyle(node).fill")
            == "rgb(230, 230, 230)"
        )
        page.locator("#chart svg [aria-roledescription='rect mark'][aria-label^='Decree 58']").first.click(force=True)
        assert page.evaluate("document.activeElement.id") == "event-e-decree"
        page.emulate_media(color_scheme="light")
        expect(page.locator("#chart svg text").first).to_have_css("fill", "rgb(35, 39, 46)")
        assert page.locator("#chart svg").count() == 1
    assert (complaints, asked) == ([], [path.as_uri()])
