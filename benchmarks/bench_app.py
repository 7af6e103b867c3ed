"""How much longer does the app take with a million events than with 300? In a real browser, in one run, by turns.

Both are invented (`synthetic_events`) and shown by servers of their own at the same time, so that whatever else the
machine does meets both. Measured from where a reader acts until both charts stand: the first session after the start
(cold: modules and tables are read), a session when there have been others (warm), and filters set and taken away. At the end
the memory of both servers: their own, and what they have mapped of files, which the system takes back when it needs it. Run
by `make bench-app`, which keeps the numbers for docs/performance.md (`--record`); the exit status says whether the budgets
hold. Folders that `synthetic_events` has written before are taken from `--folder`.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.results import record
from benchmarks.rows import Part, Row, print_part
from benchmarks.synthetic_events import write_parts
from tests.app.browser.serving import Server, chromium, running
from timeline.parts import MANIFEST

FEW, MANY = 300, 1_000_000
MOST_TIMES, MOST_SECONDS = 2.0, 0.5
PROVINCES = ("Cao Bằng", "Lạng Sơn", "Quảng Ninh", "Hà Giang", "Lào Cai", "Lai Châu", "Guangxi", "Yunnan", "Điện Biên")
_TRIES = 5
_PATIENCE = 300_000  # milliseconds: reading a million events on a busy machine takes its time
_CHARTS = "[...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
_STAND = f"() => {_CHARTS}.filter(chart => chart.querySelector('svg .mark-rect, svg .mark-symbol')).length >= 2"
_IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
_WORDS = ("lang", "quang", "giang", "lai", "cao", "guangxi", "yunnan", "bien", "ninh")  # of the names of provinces
# Both charts say in their descriptions what is in them, so both change with a filter.
_SAID = f"{_CHARTS}.map(chart => chart.getAttribute('aria-label'))"
_OTHERS = "now.length === before.length && now.every((words, k) => words && words !== before[k])"
_CHANGED = f"before => {{ const now = {_SAID}; return {_OTHERS}; }}"
_CLICK = f"""async button => {{
  const said = () => {_SAID};
  const before = said(), start = performance.now();
  button.click();
  const stand = now => {_OTHERS};
  await new Promise(done => {{ const look = () => stand(said()) ? done() : requestAnimationFrame(look); look(); }});
  return (performance.now() - start) / 1000;
}}"""


class Bench:
    """One server with so many events, and the times taken there, in seconds."""

    def __init__(self, number: int, server: Server, browser: Browser) -> None:
        self.number = number
        self._server = server
        self._browser = browser
        self.times: dict[str, list[float]] = {}
        self.memory: dict[str, float] = {}

    def open_cold(self) -> None:
        """The first session after the server has started."""
        self._timed("first chart, cold").context.close()

    def open_warm(self) -> None:
        """A session when there have been others."""
        self._timed("first chart, warm").context.close()

    def filter(self, page: Page, province: str) -> None:
        """A province chosen, a type beside it, and both taken away again."""
        self._choose(page, "Province", province, "one filter set")
        self._choose(page, "Type of event", "", "another beside it")
        clear = page.get_by_role("button", name="Clear filters", disabled=False)
        self._keep("filters cleared", clear.evaluate(_CLICK))
        page.locator(_IDLE).wait_for()

    def seek(self, page: Page, word: str) -> None:
        """A word sought in titles and passages, and let go again."""
        self._type(page, word, "a word sought")
        self._type(page, "", "and let go")

    def warm_words(self, page: Page) -> None:
        """The first word that anybody seeks: for it titles and passages are folded."""
        self._type(page, "dien", "a word, the first time")
        self._type(page, "", "and let go")

    def weigh(self) -> None:
        """What memory the server takes, where the system tells (Linux)."""
        for name, kind in (("RssAnon", "own"), ("RssFile", "mapped files")):
            self.memory[kind] = self._server.memory(name) / 1e6

    def _type(self, page: Page, word: str, what: str) -> None:
        field = page.get_by_role("textbox", name="Words in titles and passages")
        field.fill(word)
        before, start = page.evaluate(_SAID), time.perf_counter()
        field.press("Enter")
        page.wait_for_function(_CHANGED, arg=before, timeout=_PATIENCE)
        self._keep(what, time.perf_counter() - start)
        page.locator(_IDLE).wait_for()

    def _choose(self, page: Page, label: str, value: str, what: str) -> None:
        """Choose an option; the list is opened again where a run of the page that was still under way closed it."""
        option = page.get_by_role("option", name=re.compile(rf"^{value}")).first
        for _ in range(_TRIES):
            page.get_by_role("combobox", name=label).click()
            try:
                self._keep(what, option.evaluate(_CLICK, timeout=_PATIENCE / 60))
                break
            except PlaywrightTimeout:
                page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.locator(_IDLE).wait_for()

    def session(self) -> Page:
        """A page in a context of its own, its charts drawn."""
        page = self._browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB").new_page()
        page.goto(self._server.address, wait_until="commit")
        page.wait_for_function(_STAND, timeout=_PATIENCE)
        return page

    def settled(self) -> Page:
        """A session that has come to rest."""
        page = self.session()
        page.locator(_IDLE).wait_for(timeout=_PATIENCE)
        return page

    def _timed(self, what: str) -> Page:
        start = time.perf_counter()
        page = self.session()
        self._keep(what, time.perf_counter() - start)
        return page

    def _keep(self, what: str, seconds: float) -> None:
        self.times.setdefault(what, []).append(seconds)


def measure(few: int, many: int, rounds: int, folder: Path | None = None) -> tuple[Bench, Bench]:
    """Both servers, by turns."""
    with ExitStack() as stack:
        folder = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(chromium())
        benches = []
        for number in (few, many):
            if not (folder / str(number) / MANIFEST).exists():
                write_parts(number, folder / str(number))
            bench = Bench(number, stack.enter_context(running(folder / str(number))), browser)
            bench.open_cold()
            benches.append(bench)
        for _ in range(rounds):
            for bench in benches:
                bench.open_warm()
        sessions = [bench.settled() for bench in benches]
        for province in PROVINCES[:rounds]:
            for bench, page in zip(benches, sessions, strict=True):
                bench.filter(page, province)
        for bench, page in zip(benches, sessions, strict=True):
            page.get_by_role("button", name="Clear filters").wait_for()
            bench.warm_words(page)
        for word in _WORDS[:rounds]:
            for bench, page in zip(benches, sessions, strict=True):
                bench.seek(page, word)
        for bench in benches:
            bench.weigh()
        return benches[0], benches[1]


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--record", action="store_true", help="keep the numbers, and write them into docs/performance.md")
    options = parser.parse_args()
    told = part(*measure(options.few, options.many, options.rounds, options.folder))
    print_part(told)
    if options.record:
        numbers = f"--few {options.few} --many {options.many} --rounds {options.rounds}"
        record("app", told, f"python -m benchmarks.bench_app {numbers} --record")
    return int(any(row.holds is False for row in told.rows))


def part(few: Bench, many: Bench) -> Part:
    """The times and the memory of both, each with its budget."""
    rows = [asked(what, many, few) for what in few.times]
    rows += [
        Row(f"memory of the server, {kind}", f"{few.number:,} events", [many.memory[kind]], [size], unit="MB")
        for kind, size in few.memory.items()
    ]
    return Part(rows, [f"{many.number:,} events against {few.number:,}."])


def asked(what: str, many: Bench, few: Bench) -> Row:
    """A row of times. What is done once a server has no budget; a first chart may take some times as long, a filter some time more."""
    high, low = many.times[what], few.times[what]
    most: float | None = None
    name = what
    if what.startswith("first chart") and not what.endswith("cold"):
        most = MOST_TIMES
    elif not what.endswith(("cold", "the first time")):
        most = 1 + MOST_SECONDS / statistics.median(low)
        name = f"{what} (at most {MOST_SECONDS} s more)"
    return Row(name, f"{few.number:,} events", high, low, most=most)


if __name__ == "__main__":
    sys.exit(main())
