"""Screenshots of the running app: every page, light and dark, wide and narrow, in the three languages.

`python -m docs.make_screenshots DIR` builds seeds/, with and without the chronology, shows them, and writes all to DIR, to be
looked at; with `--docs` it writes the few that the README and the docs show to docs/screenshots/, made small.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from PIL import Image

import timeline
from tests.app.browser.serving import ROOT, Server, chromium, running
from tests.app.browser.walking import IDLE, Look, Tabs, expect
from timeline.shipped import chronology_path

DOCS = Path(__file__).parent / "screenshots"
LANGUAGES = ("en", "vi", "zh")
HEIGHTS = {1400: 900, 390: 844}
MOST_BYTES = 150_000
_PATIENCE = 90_000  # milliseconds
Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a view of the app as a reader has it."""

    name: str
    path: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    scheme: Scheme = "light"
    width: int = 1400
    charts: int = 0  # that must stand before the picture is taken


PAGES = (
    Shot("timeline", charts=2),
    Shot("timeline-gates", query={"lanes": "gate"}, charts=2),
    Shot("event", query={"event": "{event}"}, charts=2),
    Shot("map", "map", charts=1),
    Shot("table", "table"),
    Shot("compare", "compare", charts=2),
    Shot("compare-sources", "compare", {"by": "source"}),
    Shot("sources", "sources"),
    Shot("source", "sources", {"source_doc": "{source}"}),
    Shot("add", "add"),
    Shot("changes", "changes"),
)
SHOWN = (
    Shot("timeline", charts=2),
    Shot("event", query={"event": "{event}"}, charts=2),
    Shot("map-dark", "map", scheme="dark", charts=1),
    Shot("source", "sources", {"source_doc": "{source}"}),
    Shot("compare", "compare", charts=2),
    Shot("timeline-vi-narrow", language="vi", width=390, charts=2),
    Shot("table-zh", "table", language="zh"),
)


def every() -> Iterator[Shot]:
    """All pages in all looks."""
    for language in LANGUAGES:
        for scheme in ("light", "dark"):
            for width in HEIGHTS:
                for page in PAGES:
                    yield Shot(f"{page.name}-{language}-{scheme}-{width}", page.path, page.query, language, scheme, width, page.charts)


def take(tabs: Tabs, server: Server, shot: Shot, names: Mapping[str, str]) -> bytes:
    """The picture as PNG; `names` fills in the ids in the address."""
    look = Look(shot.language, scheme=shot.scheme, width=shot.width, height=HEIGHTS[shot.width])
    page = tabs.take(look)
    query = {name: value.format(**names) for name, value in shot.query.items()}
    page.goto(f"{server.address}{shot.path}?{urlencode(query)}")
    expect(page.locator(".st-key-clear")).to_be_attached(timeout=_PATIENCE)
    expect(page.locator(IDLE)).to_be_attached(timeout=_PATIENCE)
    if shot.charts:
        chart = page.locator("[data-testid=stVegaLiteChart] svg").nth(shot.charts - 1)
        expect(chart).to_be_visible(timeout=_PATIENCE)
    if "event" in query:
        expect(page.get_by_role("dialog").locator(".tl-event").first).to_be_visible(timeout=_PATIENCE)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(1200)  # grids and charts fit themselves to their room
    picture = page.screenshot()
    tabs.give_back(look, page)
    return picture


def make_small(picture: bytes) -> bytes:
    """The picture with as many colours as its size in bytes allows, at most 256; raises `ValueError` where none do."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64):
        buffer = BytesIO()
        # Other palettes give up the colours of small marks for more shades of the grounds, or the faint grounds themselves.
        small = image.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        small.save(buffer, "PNG", optimize=True)
        if buffer.tell() <= MOST_BYTES:
            return buffer.getvalue()
    raise ValueError(f"a screenshot of {image.size} pixels does not fit into {MOST_BYTES} bytes")


def ids_of(built: timeline.Timeline) -> dict[str, str]:
    """The event with most passages, and of the documents with a title that with most mentions."""
    events, documents = built.events, built.documents
    told = zip(events["mentions"].map(len), events["event_id"], strict=True)
    read = zip(documents["title"] != "", documents["mentions"], documents["doc_id"], strict=True)
    return {"event": max(told)[1], "source": max(read)[2]}


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where all of them go")
    parser.add_argument("--docs", action="store_true", help="take those of the README into docs/screenshots/")
    parser.add_argument("--only", default="", help="a part of the name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        built = timeline.build(ROOT / "seeds")
        built.save(Path(temporary) / "built")
        timeline.build([ROOT / "seeds", chronology_path()], earlier=built).save(Path(temporary) / "layered")
        leave = {"TIMELINE_LAYER": str(Path(temporary) / "layered"), "TIMELINE_CORRECTIONS": str(Path(temporary) / "corrections.csv")}
        with running(Path(temporary) / "built", leave) as server, chromium() as browser:
            tabs = Tabs(browser)
            names = ids_of(built)
            if options.folder:
                options.folder.mkdir(parents=True, exist_ok=True)
                for shot in every():
                    if options.only in shot.name:
                        (options.folder / f"{shot.name}.png").write_bytes(take(tabs, server, shot, names))
            if options.docs:
                DOCS.mkdir(exist_ok=True)
                for shot in SHOWN:
                    (DOCS / f"{shot.name}.png").write_bytes(make_small(take(tabs, server, shot, names)))


if __name__ == "__main__":
    main()
