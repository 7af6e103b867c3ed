"""Nothing that we draw breaks a rule of WCAG 2.2, levels A and AA, as far as axe-core can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest

from tests.app.browser.axe import violations
from tests.app.browser.walking import Reader, expect

Make = Callable[..., Reader]
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "timeline": ("", {}),
    "gates": ("", {"lanes": "gate"}),
    "nothing left": ("", {"province": "Hà Nội", "type": "exchange"}),
    "event": ("", {"event": "e-conference"}),
    "map": ("map", {}),
    "table": ("table", {}),
    "compare": ("compare", {}),
    "compare sources": ("compare", {"by": "source"}),
    "source": ("sources", {"source_doc": "he.txt"}),
    "sources": ("sources", {}),
    "add": ("add", {}),
    "changes": ("changes", {}),
}


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "vi")])
def test_pages_can_be_used_by_everybody(reader: Make, scheme: Literal["light", "dark"], language: str) -> None:
    one, found = reader(scheme=scheme, language=language), dict[str, list[str]]()
    for name, (path, query) in PAGES.items():
        one.open(path, **query)
        if "event" in query:
            expect(one.page.get_by_role("dialog")).to_be_visible()
        found[name] = violations(one.page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_narrow_page_can_be_used_by_everybody(reader: Make) -> None:
    one = reader(width=390)
    one.open()
    assert violations(one.page) == []
