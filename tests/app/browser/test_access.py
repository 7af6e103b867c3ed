"""Nothing that we draw breaks a rule of WCAG 2.2, levels A and AA, as far as axe-core can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest

from tests.app.browser.axe import violations
from tests.app.browser.walking import LANGUAGES, Reader, expect

Make = Callable[..., Reader]
TITLES = {"map": "Map", "table": "Table", "compare": "Compare", "sources": "Sources", "add": "Add texts", "changes": "Changes"}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "timeline": ("", {}),
    **{name: (name, {}) for name in TITLES},
    "gates": ("", {"lanes": "gate"}),
    "nothing left": ("", {"province": "Hà Nội", "type": "exchange"}),
    "event": ("", {"event": "e-conference"}),
    "compare sources": ("compare", {"by": "source"}),
    "source": ("sources", {"source_doc": "he.txt"}),
}


@pytest.mark.parametrize(("scheme", "language", "width"), [("light", "en", 1400), ("dark", "vi", 390), ("light", "zh", 390)])
def test_pages_can_be_used_by_everybody(reader: Make, scheme: Literal["light", "dark"], language: str, width: int) -> None:
    one, found = reader(scheme=scheme, language=language, width=width), dict[str, list[str]]()
    for name, (path, query) in PAGES.items():
        if found and not query:
            one.turn_to(TITLES[path])
        else:
            one.open(path, **query)
        if "event" in query:
            expect(one.page.get_by_role("dialog")).to_be_visible()
        found[name] = violations(one.page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_is_reached_by_the_keyboard(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open()
    one.page.get_by_label(one.say("Words in titles and passages")).focus()
    reached = set[str]()
    focused = "document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"
    for _ in range(80):
        one.page.keyboard.press("Tab")
        reached.add(one.page.evaluate(focused).strip())
    said = "\n".join(reached)
    controls = ("Province", "Person or body", "Type of event", "Border gate", "More filters", "Map", "Closer", "Download the chart")
    assert [label for label in controls if one.say(label) not in said] == []
    assert "Patrol along the markers" in said
