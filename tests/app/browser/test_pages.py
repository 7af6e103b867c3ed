"""Map, table, sources, compare, added texts and the change log, as readers use them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.app.browser.walking import LANGUAGES, Reader, expect

Make = Callable[..., Reader]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_filters_by_a_click_and_by_a_button(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open("map")
    chart = one.page.get_by_test_id("stVegaLiteChart").first
    one.click_drawn(chart.locator(f"[aria-label*='{one.naming.of('province', 'Guangxi')}']").first, re.compile("province=Guangxi"))
    one.sees_query(province="Guangxi")
    one.settle()
    one.page.get_by_role("toolbar").get_by_text(re.compile(f"^{one.naming.of('province', 'Cao Bằng')} · ")).click()
    one.sees_query(province=["Guangxi", "Cao Bằng"])
    one.turn_to("Timeline")
    one.sees(events.timeline.filter(province=["Guangxi", "Cao Bằng"]), len(events))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_shows_its_words_marked_and_leads_to_its_events(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open("sources", source_doc="cs.txt")
    expect(one.page.locator("mark.date", has_text="25. srpna 2025").first).to_be_visible()
    one.page.get_by_role("button", name=re.compile("Conference on local foreign affairs")).first.click()
    one.sees_event("Conference on local foreign affairs")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_is_chosen_from_the_list(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open("sources")
    expect(one.page.locator("p.tl-count").first).to_have_text(one.words.ngettext("{n} source", "{n} sources", 3).format(n=3))
    one.box("Source").click()
    one.page.get_by_role("option", name=re.compile("News, he")).click()
    one.sees_query(source_doc="he.txt")
    expect(one.page.locator("[dir=rtl]").first).to_be_visible()
    expect(one.page.get_by_role("main")).to_contain_text("<script>alert(1)</script>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_provinces_are_compared(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open("compare", left="Cao Bằng", right="Guangxi")
    left, right = (set(events.timeline.filter(province=name)["event_id"]) for name in ("Cao Bằng", "Guangxi"))
    figures = one.page.locator(".tl-sides dd")
    expect(figures).to_have_count(3)
    said = figures.evaluate_all("all => all.map(one => one.firstChild.textContent)")
    assert said == [str(len(left)), str(len(left & right)), str(len(right))]
    one.page.get_by_role("radio", name=one.say("Sources"), exact=True).click()
    one.sees_query(by="source")
    expect(one.page.locator(".tl-sides dt").first).to_contain_text(one.say("Vietnamese sources"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_added_text_is_on_the_timeline_of_its_reader_alone(reader: Make, events: Any, language: str) -> None:
    one, other = reader(language=language), reader(language=language)
    one.open("add")
    text = "On 14 March 2024 the border gate conference of Lạng Sơn and Guangxi was held in Lạng Sơn. Chairman Hồ Tiến Thiệu attended."
    one.page.get_by_role("textbox", name=one.say("Text"), exact=True).fill(text)
    one.choose("Language", one.words.language_name("en"))
    one.press("Read the text")
    expect(one.page.get_by_test_id("stAlert").first).to_be_visible(timeout=60_000)
    one.turn_to("Timeline")
    expect(one.page.locator("p.tl-count b").first).not_to_have_text(str(len(events)))
    more = int(one.page.locator("p.tl-count b").first.inner_text())
    assert more > len(events)
    other.open()
    other.sees(events, len(events))
    one.turn_to("Add texts")
    one.press("Forget my texts")
    one.turn_to("Timeline")
    one.sees(events, len(events))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_change_log_says_that_corrections_are_off(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open("changes")
    expect(one.page.get_by_test_id("stAlert").first).to_contain_text(
        one.say("Corrections are off here: whoever runs this site has not named a file for them.")
    )
