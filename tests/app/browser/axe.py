"""What axe-core finds against WCAG, levels A and AA, less what lies inside Streamlit's own widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@dataclass(frozen=True, slots=True)
class Excuse:
    """A rule that a widget of Streamlit, or Vega below it, breaks whatever its caller does."""

    rule: str
    selector: str  # the widget's own element; what lies in it is excused of this rule
    reference: str


# The brush that vega-lite draws for an interval selection can bear no label (as its hidden layers could not: vega-lite #9623).
EXCEPTIONS = (Excuse("svg-img-alt", ".window_brush, .window_brush_bg", "vega-lite #9623"),)


def violations(page: Page) -> list[str]:
    """One line a fault: rule, element, what is wrong with it."""
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}: {(node.get('failureSummary') or '')[:200]}"
        for fault in found
        for node in fault["nodes"]
        if not _is_excused(page, fault["id"], node["target"])
    ]


def _is_excused(page: Page, rule: str, target: list[Any]) -> bool:
    selectors = [one.selector for one in EXCEPTIONS if one.rule == rule]
    script = "([target, selectors]) => selectors.some(one => document.querySelector(target)?.closest(one))"
    return bool(selectors) and len(target) == 1 and bool(page.evaluate(script, [target[0], selectors]))
