"""What outlives the server: the link of a view; and what a reader may write where the host gives leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.browser.serving import Server, running
from tests.app.browser.walking import Reader, expect

Make = Callable[..., Reader]


@pytest.fixture(scope="module")
def corrections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("leave") / "corrections.csv"


@pytest.fixture(scope="module")
def writable(folder: Path, corrections: Path) -> Iterator[Server]:
    """A server whose host lets readers correct events."""
    with running(folder, {"TIMELINE_CORRECTIONS": str(corrections)}) as server:
        yield server


def test_a_correction_holds_at_once_for_everybody(reader: Make, writable: Server, corrections: Path) -> None:
    one = reader(server=writable)
    one.open(event="e-decree")
    drawer = one.sees_event("Decree 58")
    drawer.get_by_text("Correct this event").click()
    drawer.get_by_role("textbox", name="What is right").fill("2022-05")
    drawer.get_by_role("textbox", name="What is right").press("Tab")
    expect(drawer).to_contain_text("That is: May 2022")
    drawer.get_by_role("textbox", name="Your name").fill("A reader")
    drawer.get_by_role("textbox", name="Why? Name what you know it from.").fill("The gazette, <b>no. 5</b>")
    drawer.get_by_role("textbox", name="Why? Name what you know it from.").press("Tab")
    drawer.get_by_role("button", name="Save the correction").click()
    expect(one.page.get_by_test_id("stToast")).to_be_visible(timeout=60_000)  # the first takes the knowledge to load
    assert "The gazette, <b>no. 5</b>" in corrections.read_text(encoding="utf-8")

    other = reader(server=writable)
    other.open("changes")
    expect(other.page.get_by_role("main")).to_contain_text("<b>no. 5</b>")
    expect(other.page.get_by_role("main")).to_contain_text("Decree 58")
    other.open(event="e-decree")
    expect(other.sees_event("Decree 58")).to_contain_text("May 2022")


def test_a_link_gives_the_same_view_after_the_server_was_killed(reader: Make, writable: Server, events: Any) -> None:
    one = reader(server=writable)
    one.open(province="Guangxi", lanes="type", zoom="2019-01-01/2024-06-30")
    one.sees(events.timeline.filter(province="Guangxi"), len(events))
    drawn = one.described(1)
    address = one.page.url
    writable.kill()
    writable.start()
    one.page.goto(address)
    one.sees(events.timeline.filter(province="Guangxi"), len(events))
    expect(one.chart(1)).to_have_attribute("aria-label", drawn)
    assert one.page.url == address
    # That the server was gone for a while is no fault of the page.
    one.faults[:] = [fault for fault in one.faults if not any(word in fault for word in ("WebSocket", "ERR_CONNECTION", "Disconnected"))]
