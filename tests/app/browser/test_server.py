"""What outlives the server: the link of a view; and what a reader may write where the host gives leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic_events import synthetic_tables
from tests.app.browser.serving import Server, running
from tests.app.browser.walking import LANGUAGES, Locator, Reader, expect
from timeline import store

Make = Callable[..., Reader]


@pytest.fixture(scope="module")
def corrections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("leave") / "corrections.csv"


@pytest.fixture(scope="module")
def writable(folder: Path, corrections: Path) -> Iterator[Server]:
    """A server whose host lets readers correct events and have links fetched."""
    with running(folder, {"TIMELINE_CORRECTIONS": str(corrections), "TIMELINE_ALLOW_FETCH": "1"}) as server:
        yield server


# A date is put right in each language, of another event each time.
RIGHT = {"en": ("e-decree", "Decree 58", "2022-05"), "vi": ("e-fair", "Border fair", "2023-12-20"), "zh": ("e-gate", "Trà Lĩnh", "2024")}


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of so many events that its lanes show counts."""
    folder = tmp_path_factory.mktemp("crowded") / "built"
    store.save(synthetic_tables(5000), folder)
    with running(folder) as server:
        yield server


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_on_a_count_goes_closer(reader: Make, crowded: Server, language: str) -> None:
    one = reader(server=crowded, language=language)
    one.open()
    wide = one.described(1)
    block = one.chart(1).locator(f"svg [aria-label^='{one.naming.of('province', 'Cao Bằng')}'][aria-label*='2019']").first
    one.click_drawn(block, re.compile("zoom=20"))
    expect(one.chart(1)).not_to_have_attribute("aria-label", wide)


def fill_in(one: Reader, drawer: Locator, value: str, why: str) -> None:
    """The form for the date of an event, up to its button."""
    drawer.get_by_text(one.say("Correct this event")).click()
    for label, text in (("What is right", value), ("Your name", "A reader"), ("Why? Name what you know it from.", why)):
        box = drawer.get_by_role("textbox", name=one.say(label))
        box.fill(text)
        box.press("Tab")
        one.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_holds_at_once_for_everybody(reader: Make, writable: Server, corrections: Path, language: str) -> None:
    one, late = (reader(server=writable, language=language) for _ in range(2))
    event, title, value = RIGHT[language]
    said, why = one.words.date(value), f"The gazette, <b>no. 5</b> {language}"
    for each, text in ((late, "2021"), (one, value)):
        each.open(event=event)
        fill_in(each, each.sees_event(re.compile(title)), text, why if each is one else "A rumour")
        expect(each.page.get_by_role("dialog")).to_contain_text(each.say("That is: {date}", date=each.words.date(text)))
    one.page.get_by_role("dialog").get_by_role("button", name=one.say("Save the correction")).click()
    expect(one.page.get_by_test_id("stToast")).to_be_visible(timeout=60_000)  # the first takes the knowledge to load
    assert why in corrections.read_text(encoding="utf-8")

    # Who had filled in the form before that is shown what has become of the event.
    late.page.get_by_role("dialog").get_by_role("button", name=late.say("Save the correction")).click()
    expect(late.page.get_by_role("dialog").get_by_test_id("stAlert")).to_contain_text(
        late.say("Somebody has changed this meanwhile. Here it is as it stands now: is it still to be put right?")
    )
    expect(late.sees_event(re.compile(title))).to_contain_text(said)
    assert "A rumour" not in corrections.read_text(encoding="utf-8")

    other = reader(server=writable, language=language)
    other.open("changes")
    expect(other.page.get_by_role("main")).to_contain_text(why)
    expect(other.page.get_by_role("main")).to_contain_text(title)
    other.open(event=event)
    expect(other.sees_event(re.compile(title))).to_contain_text(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_the_machine_itself_is_not_fetched(reader: Make, writable: Server, language: str) -> None:
    one = reader(server=writable, language=language)
    one.open("add")
    one.page.get_by_role("tab", name=one.say("Links")).click()
    one.page.get_by_role("textbox", name=one.say("Addresses of pages or PDFs, one a line")).fill("http://127.0.0.1/secret")
    one.press("Fetch and read")
    refused = one.say("it leads to a private network or to this machine itself")
    expect(one.page.get_by_test_id("stAlert").filter(has_text=refused)).to_be_visible()


def test_a_link_gives_the_same_view_after_the_server_was_killed(reader: Make, writable: Server, events: Any) -> None:
    left = events.timeline.filter(province="Guangxi")
    readers = [reader(server=writable, language=language) for language in LANGUAGES]
    views = []
    for one in readers:
        one.open(province="Guangxi", lanes="type", zoom="2019-01-01/2024-06-30", lang=one.words.language)
        one.sees(left, len(events))
        views.append((one.page.url, one.described(1)))
    writable.kill()
    writable.start()
    for one, (address, drawn) in zip(readers, views, strict=True):
        one.page.goto(address)
        one.sees(left, len(events))
        expect(one.chart(1)).to_have_attribute("aria-label", drawn)
        assert one.page.url == address
        # That the server was gone for a while is no fault of the page.
        one.faults[:] = [
            fault for fault in one.faults if not any(word in fault for word in ("WebSocket", "ERR_CONNECTION", "Disconnected"))
        ]
