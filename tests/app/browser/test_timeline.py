"""The timeline: marks that open their event, the strip's brush and its buttons, lanes, and days that no zone shifts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.app.browser.walking import LANGUAGES, Reader, expect

Make = Callable[..., Reader]
DAYS = {"en": "25 August 2025", "vi": "25/8/2025", "zh": "2025年8月25日"}


@pytest.mark.parametrize(("language", "zone"), [("en", "America/Los_Angeles"), ("vi", "Asia/Ho_Chi_Minh"), ("zh", "America/Los_Angeles")])
def test_a_mark_opens_its_event_again_and_again(reader: Make, language: str, zone: str) -> None:
    one = reader(language=language, zone=zone)
    one.open()
    expect(one.mark("Trà Lĩnh–Longbang upgraded")).to_have_count(2)  # a lane each for Cao Bằng and Guangxi
    one.mark("Conference on local foreign affairs").hover()
    # In whatever zone, the day is that of the source.
    expect(one.page.locator("#vg-tooltip-element")).to_contain_text(DAYS[language])
    for _ in range(2):
        one.mark("Conference on local foreign affairs").click()
        drawer = one.sees_event("Conference on local foreign affairs")
        one.sees_query(event="e-conference")
        expect(drawer).to_contain_text(DAYS[language])
        expect(drawer.locator("blockquote[lang=he]").first).to_have_css("direction", "rtl")
        expect(drawer.locator("mark.date", has_text="25. srpna 2025").first).to_be_visible()
        expect(drawer.locator("a[href='https://example.org/cs.txt']").first).to_be_visible()
        expect(drawer).to_contain_text("<script>alert(1)</script>")
        expect(drawer.get_by_text(one.say("Correct this event"))).to_have_count(0)  # the host gives no leave
        one.close_event()
        one.sees_query()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_an_event_and_its_next(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open(event="e-conference")
    drawer = one.sees_event("Conference on local foreign affairs")
    drawer.get_by_role("button", name=one.say("Next")).click()
    one.sees_event("Session on gates")
    one.sees_query(event="e-session")
    one.close_event()
    # An undated one, by the keyboard.
    one.page.locator(".st-key-undated").get_by_role("button", name="Patrol along the markers").focus()
    one.page.keyboard.press("Enter")
    one.sees_event("Patrol along the markers")
    one.close_event()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brush_zooms_and_the_buttons_move(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open()
    strip = one.chart(0).locator("svg").first
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box is not None
    whole = one.described(1)
    one.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 20, steps=6)
    one.page.mouse.up()
    expect(one.chart(1)).not_to_have_attribute("aria-label", whole or "")
    one.settle()
    drawn = _window(one)
    assert date(2021, 1, 1) < drawn[0] < drawn[1] < date(2025, 6, 1)
    one.press("Closer")
    near = _moved(one, drawn)
    assert drawn[0] < near[0] < near[1] < drawn[1]
    one.press("Later")
    later = _moved(one, near)
    assert later[0] > near[0]
    assert later[1] - later[0] == near[1] - near[0]
    one.press("Earlier")
    assert _moved(one, later)[0] < later[0]
    one.press("Wider")
    assert _moved(one, near)[0] < near[0]
    one.press("All of it")
    expect(one.chart(1)).to_have_attribute("aria-label", whole or "")
    one.sees_query()


def _window(one: Reader) -> tuple[date, date]:
    first, _, last = one.query["zoom"][0].partition("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def _moved(one: Reader, before: tuple[date, date]) -> tuple[date, date]:
    """The window, once it is another."""
    expect(one.page).not_to_have_url(re.compile(f"zoom={before[0]}%2F{before[1]}"))
    return _window(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lanes_are_of_the_readers_choice(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open()
    for choice, code, lane in (
        ("Border gate", "gate", one.naming.of("gate", "Trà Lĩnh–Longbang")),
        ("Person or body", "actor", one.naming.of("actor", "Ngô Lê Văn")),
        ("Type of event", "type", one.say("Border gate")),
        ("Language of a source", "language", one.words.language_name("cs")),
    ):
        one.page.get_by_test_id("stButtonGroup").get_by_role("radio", name=one.say(choice), exact=True).click()
        expect(one.chart(1)).to_have_attribute("aria-label", re.compile(re.escape(lane)))
        one.sees_query(lanes=code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_filters_and_a_row_of_the_table_below_opens_its_event(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open()
    one.page.locator(".st-key-examples").get_by_role("button", name=one.naming.of("province", "Cao Bằng")).click()
    one.sees(events.timeline.filter(province="Cao Bằng"), len(events))
    one.settle()
    grid = one.page.get_by_test_id("stDataFrame").last
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 15, "y": 50})
    one.sees_event(re.compile("Trà Lĩnh|Agreement|Patrol"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_a_narrow_screen(reader: Make, language: str) -> None:
    one = reader(language=language, width=390)
    one.open()
    expect(one.mark("Decree 58").first).to_be_attached()
    for k in range(2):
        box = one.chart(k).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    one.mark("Decree 58").first.click()
    one.sees_event("Decree 58")
