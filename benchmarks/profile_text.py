"""Where does the time of a text go, from its characters to its mentions? `python -m benchmarks.profile_text` prints Markdown tables.

Pages of recombined examples of every language, and the seeds, read warm with a watch on the functions at which the parts begin; a
part's time is its own, without the parts below it. With `--save FILE` the numbers are kept; with `--before FILE` those of an earlier
version stand beside them. `--languages vi en` takes these alone.
"""

from __future__ import annotations

import argparse
import functools
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.corpus import text_of
from timeline.documents import decode, list_inputs, read_bytes
from timeline.pipeline import Extractor, extractor

_SEEDS = Path(__file__).parent.parent / "seeds"
_PAGES = 4  # of each language
_CHARACTERS = 10_000
_REST = "the rest"
# What begins which part: the module or class, and the name by which it is called there.
_DAY = "the page's own day"
_BEGINS = {
    ("timeline.pipeline", "make_document"): "document: title, furniture, passages",
    ("timeline.pipeline", "date_document"): _DAY,
    ("timeline.events.reading", "fold"): "folding",
    ("timeline.events.reading.Lexicon", "scan"): "scan for phrases",
    ("timeline.events.reading", "times_of_text"): "dates",
    ("timeline.events.reading", "find_names"): "names",
    ("timeline.events.reading", "home_of"): "names",
    ("timeline.events.reading.Reader", "read"): "marks and sentences",
    ("timeline.pipeline", "extract_mentions"): "events",
    ("timeline.events.extract", "mentions_of"): "writing",
}
_LANGUAGE = "language"  # which is asked by a function that the extractor holds
PARTS = (_BEGINS["timeline.pipeline", "make_document"], _LANGUAGE, *dict.fromkeys(list(_BEGINS.values())[1:]), _REST)
_WHOLE = frozenset((_DAY,))  # with all that happens below it

Numbers = dict[str, dict[str, float]]  # milliseconds for 10,000 characters, by language and part


class Watch:
    """Seconds by part; what runs inside a part that is watched too is not counted twice."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open = [_REST]
        self._since = time.perf_counter()

    def around(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        """The function, watched."""

        @functools.wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            if self._open[-1] in _WHOLE:
                return function(*arguments, **named)
            self._turn()
            self._open.append(part)
            try:
                return function(*arguments, **named)
            finally:
                self._turn()
                self._open.pop()

        return watched

    def time(self, run: Callable[[], object]) -> dict[str, float]:
        """What a call spends, by part."""
        self.spent.clear()
        self._since = time.perf_counter()
        run()
        self._turn()
        return dict(self.spent)

    def _turn(self) -> None:
        now = time.perf_counter()
        self.spent[self._open[-1]] += now - self._since
        self._since = now


@contextmanager
def watching(engine: Extractor) -> Iterator[Watch]:
    """A watch on all parts, for as long as the context lasts."""
    watch = Watch()
    with ExitStack() as stack:
        for (place, name), part in _BEGINS.items():
            owner = _owner(place)
            stack.enter_context(patch.object(owner, name, watch.around(getattr(owner, name), part)))
        stack.enter_context(patch.object(engine, "language_of", watch.around(engine.language_of, _LANGUAGE)))
        yield watch


def _owner(place: str) -> Any:
    try:
        return import_module(place)
    except ModuleNotFoundError:
        module, _, name = place.rpartition(".")
        return getattr(import_module(module), name)


def measure(engine: Extractor, texts: dict[str, list[str]], rounds: int) -> Numbers:
    """What reading the texts of each language spends on each part: the medians of some rounds."""
    numbers: Numbers = {}
    with watching(engine) as watch:
        for code, pages in texts.items():
            run = functools.partial(_read, engine, pages)
            run()  # warm
            taken = [watch.time(run) for _ in range(rounds)]
            scale = 1000 * _CHARACTERS / sum(map(len, pages))
            numbers[code] = {part: statistics.median(one.get(part, 0.0) for one in taken) * scale for part in PARTS}
    return numbers


def _read(engine: Extractor, pages: Sequence[str]) -> None:
    for page in pages:
        engine.extract(engine.document(page))


def texts_by_language(engine: Extractor, codes: Sequence[str]) -> dict[str, list[str]]:
    """Pages of each language, and the seeds."""
    languages = engine.knowledge.languages
    pools = {code: [example.text for example in languages[code].examples] for code in codes or languages}
    texts = {code: [text_of(pool, number) for number in range(_PAGES)] for code, pool in pools.items()}
    return {**texts, "seeds": [decode(read_bytes(file), str(file)) for file in list_inputs([_SEEDS])]}


def by_part(now: Numbers, before: Numbers) -> str:
    """A table of the parts: the mean of all languages, and the seeds."""
    lines = ["| part | languages, before | now | share | seeds, before | now | share |", "|---|--:|--:|--:|--:|--:|--:|"]
    columns = [_mean(before), _mean(now), before.get("seeds", {}), now["seeds"]]
    for part in PARTS:
        cells = [_number(column.get(part)) for column in columns]
        shares = [f"{column[part] / sum(column.values()):.0%}" for column in columns[1::2]]
        lines.append(f"| {part} | {cells[0]} | {cells[1]} | {shares[0]} | {cells[2]} | {cells[3]} | {shares[1]} |")
    sums = [_number(sum(column.values()) if column else None) for column in columns]
    return "\n".join([*lines, f"| together | {sums[0]} | {sums[1]} | | {sums[2]} | {sums[3]} | |"])


def by_language(now: Numbers, before: Numbers) -> str:
    """A table of the languages, the slowest first: the whole before and now, and the parts now."""
    lines = [f"| language | before | now | {' | '.join(PARTS)} |", "|---|" + "--:|" * (len(PARTS) + 2)]
    for code in sorted(now, key=lambda code: -sum(now[code].values())):
        whole = [_number(sum(numbers[code].values()) if code in numbers else None) for numbers in (before, now)]
        lines.append(f"| {code} | {whole[0]} | {whole[1]} | {' | '.join(_number(now[code][part]) for part in PARTS)} |")
    return "\n".join(lines)


def _mean(numbers: Numbers) -> dict[str, float]:
    rows = [row for code, row in numbers.items() if code != "seeds"]
    return {part: statistics.mean(row.get(part, 0.0) for row in rows) for part in PARTS} if rows else {}


def _number(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.2f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each page is read (default: 7)")
    parser.add_argument("--languages", nargs="*", default=[], help="the codes of those to take (default: all)")
    parser.add_argument("--save", type=Path, help="keep the numbers in a file")
    parser.add_argument("--before", type=Path, help="numbers that an earlier version kept")
    options = parser.parse_args()
    engine = extractor()
    now = measure(engine, texts_by_language(engine, options.languages), options.rounds)
    before: Numbers = json.loads(options.before.read_text(encoding="utf-8")) if options.before else {}
    if options.save:
        options.save.write_text(json.dumps(now), encoding="utf-8")
    print(f"{by_part(now, before)}\n\n{by_language(now, before)}")


if __name__ == "__main__":
    main()
