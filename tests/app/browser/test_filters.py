"""Filters: several at once, counted, in the URL, taken away in one click; nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.app.browser.walking import LANGUAGES, Reader, expect

Make = Callable[..., Reader]


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_narrow_reopen_and_clear(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open()
    one.sees(events, len(events))
    one.choose("Province", one.naming.option("province", "Guangxi"))
    narrowed = events.timeline.filter(province="Guangxi")
    one.sees(narrowed, len(events))
    one.box("Person or body").click()
    for name, left in narrowed.timeline.counts("actor").items():
        label = one.naming.option("actor", name)
        expect(one.option(label)).to_have_text(f"{label} · {left}")
    one.option(one.naming.option("actor", "Ngô Lê Văn")).click()
    one.leave("Person or body")
    both = events.timeline.filter(province="Guangxi", actor="Ngô Lê Văn")
    one.sees(both, len(events))
    one.sees_query(province="Guangxi", actor="Ngô Lê Văn")

    # The link gives the same view to somebody else; going back and forward, to the same reader.
    other = reader(language=language)
    other.page.goto(one.page.url)
    other.sees(both, len(events))
    one.page.go_back()
    one.sees(narrowed, len(events))
    one.page.go_forward()
    one.sees(both, len(events))
    one.press("Clear filters")
    one.sees(events, len(events))
    one.sees_query()


# Province and person are walked in every language above; of the others, each language walks some.
FILTERS = {
    "en": ("Type of event", "Kind of event", "From", "Confidence at least"),
    "vi": ("Border gate", "Office held", "To"),
    "zh": ("Status", "Language of a source", "Publisher"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_option_leaves_as_many_events_as_it_says(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open()
    one.page.get_by_text(one.say("More filters"), exact=True).click()
    for label in FILTERS[language]:
        told = one.choose_last(label)
        expect(one.page.locator("p.tl-count[role=status] b").first).to_have_text(str(told))
        one.press("Clear filters")
        one.sees(events, len(events))


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_words(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open(from_="2023")
    one.sees(events.timeline.filter(between=("2023", None), undated=True), len(events))
    one.page.locator(".st-key-f_undated label").click()
    one.sees(events.timeline.filter(between=("2023", None)), len(events))
    one.press("Clear filters")
    one.sees(events, len(events))
    one.page.get_by_label(one.say("Words in titles and passages")).fill("lang son")
    one.page.keyboard.press("Enter")
    one.sees(events[events["event_id"] == "e-fair"], len(events))
    one.sees_query(q="lang son")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_else_moves_when_a_filter_changes(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open(lanes="gate", zoom="2019-01-01/2026-01-01")
    one.page.get_by_text(one.say("More filters"), exact=True).click()
    one.choose("Status", one.say("Held"))
    one.sees(events.timeline.filter(status="held"), len(events))
    one.choose("Province", one.naming.option("province", "Guangxi"))
    one.sees(events.timeline.filter(status="held", province="Guangxi"), len(events))
    one.sees_query(lanes="gate", zoom="2019-01-01/2026-01-01", status="held", province="Guangxi")
    expect(one.box("Status")).to_be_visible()
    # Nor on the way to another page and back.
    one.turn_to("Table")
    expect(one.page.locator("p.tl-count b")).to_have_text("2")
    one.turn_to("Timeline")
    one.sees(events.timeline.filter(status="held", province="Guangxi"), len(events))
    one.sees_query(lanes="gate", zoom="2019-01-01/2026-01-01", status="held", province="Guangxi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_result_says_what_to_loosen(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open(province="Hà Nội", type="exchange")
    expect(one.page.get_by_test_id("stAlert").first).to_contain_text(
        one.say("No event meets all of these conditions. Take one away, or clear the filters.")
    )
    what = one.say("the type of event")
    one.press(one.words.ngettext("Without {what}: {n} event", "Without {what}: {n} events", 2), what=what, n=2)
    one.sees(events.timeline.filter(province="Hà Nội"), len(events))


@pytest.mark.parametrize("language", LANGUAGES)
def test_provinces_of_today_take_over(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open(province="Hà Giang")
    one.page.get_by_text(one.say("Provinces as since July 2025")).click()
    one.sees_query(now="yes", province="Tuyên Quang")
    one.sees(events.timeline.filter(province_now="Tuyên Quang"), len(events))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_nonsense_is_told_or_dropped(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open(
        province="<img src=x onerror=alert(1)>",
        event="none",
        from_="<b>soon",
        zoom="y",
        lang="tlh",
        columns="a",
        by="b",
        other="c",
    )
    one.sees(events, len(events))
    alerts = one.page.get_by_test_id("stAlert")
    wrong = one.say("{label}: “{value}” is no date. Write 2023, 2023-05 or 2023-05-14.", label=one.say("From"), value="<b>soon")
    expect(alerts.filter(has_text=wrong)).to_be_visible()
    expect(alerts.filter(has_text="“<img src=x onerror=alert(1)>”")).to_be_visible()
    one.sees_query(from_="<b>soon", columns="a", by="b")
