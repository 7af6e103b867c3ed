"""How much more work is a text twice as long? `python -m tests.safety.growth` measures processor time in every language, for hostile texts.

A text is one piece over and over: figures, separators, months, names, words for events, brackets, blanks, scripts in turn. The work
for a text and for those of twice and four times its length is compared: what the second half costs may be little more than twice
what the first did. The tests count calls, for which no clock is needed, but they see nothing of what happens inside of one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from tests.safety.strategies import LANGUAGES, words_of
from timeline.pipeline import extractor

MOST = 2.8  # times what the first half took: 2 where time grows with the length, 4 where it grows with its square
_NAMES = "Cao Bang Lang Son Nguyen Van Minh 黄文明 Цао Банг "
SIGNS: Mapping[str, str] = {
    "digits": "1234567890",
    "figures and strokes": "12/3/",
    "years": "2024, 2025-2026 ",
    "blanks": " ",
    "blanks and lines": " \n\t",
    "quotes": "\"'«",
    "brackets": "((12/9)[",
    "full stops": "A. ",
    "capitals": "A",
    "capitals and hyphens": "Ab-",
    "bars": "| a |",
    "colons": "a: ",
    "addresses": "https://a.b/",
    "directions": "\u200f12\u200e/9\u202e ",
    "marks": "a\u0301\u0323",
    "scripts": "aя漢ก한א١",
    "halves": "\ud800",
}


class Grown(NamedTuple):
    """The work for a text, and for those of twice and four times its length."""

    what: str
    work: tuple[float, float, float]

    @property
    def ratio(self) -> float:
        """What the last half took, by what the half before it took."""
        once, twice, four_times = self.work
        return (four_times - twice) / max(twice - once, 1e-9)


def of_language(language: str) -> Mapping[str, str]:
    """Pieces of a language's own words."""
    from timeline.dates.words import calendar_words

    words = extractor().knowledge.languages[language]
    months, chance = list(calendar_words(words, "months")) or ["9"], random.Random(language)
    own = chance.sample(words_of(language), 12)
    example = words.examples[0].text
    return {
        "months": "".join(f"{month} " for month in months),
        "days and months": "".join(f"{number} {month} - " for number, month in enumerate(months, start=1)),
        "words": " ".join(own) + " ",
        "names": _NAMES,
        "a sentence": example + " ",
        "a sentence without end": example.rstrip(".。।។ ") + ", ",
        "words in lines": "\n".join(own) + "\n",
    }


def tasks(language: str) -> Mapping[str, Callable[[str], object]]:
    """What is asked of a text."""
    engine = extractor()
    return {
        "dates": lambda text: engine.find_dates(text, language),
        "names": lambda text: engine.find_names(text, language),
        "events": lambda text: engine.extract(engine.document(text, language, "2025-03-07")),
    }


def grown(what: str, run: Callable[[str], object], piece: str, size: int, work: Callable[[Callable[[], object]], float]) -> Grown:
    """The work of a task on three texts, the first of `size` characters."""
    texts = [piece * max(1, size // len(piece)) * times for times in (1, 2, 4)]
    run(texts[0])  # what a first text of its kind costs is no part of it
    once, twice, four_times = (work(lambda text=text: run(text)) for text in texts)  # type: ignore[misc]
    return Grown(what, (once, twice, four_times))


def calls(run: Callable[[], object]) -> float:
    """How many functions are called, Python's own and others."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return float(count)


def seconds(run: Callable[[], object]) -> float:
    """The least processor time of two runs."""

    def once() -> float:
        begin = time.process_time()
        run()
        return time.process_time() - begin

    return min(once(), once())


def main() -> int:
    """Measure, print what grows fast; the status is 1 if anything does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000, help="characters of the shortest text (default: 10,000)")
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--tasks", nargs="+", default=["dates", "names", "events"])
    parser.add_argument("--all", action="store_true", help="print every row")
    options = parser.parse_args()
    fast = 0
    for language in options.languages:
        for name, piece in {**of_language(language), **SIGNS}.items():
            for task in options.tasks:
                row = grown(f"{task} of {name} in {language}", tasks(language)[task], piece, options.size, seconds)
                is_fast = row.ratio > MOST and row.work[2] > 0.1
                fast += is_fast
                if is_fast or options.all:
                    _print(row, is_fast)
    sys.stdout.write(f"{fast} grow faster than the text\n")
    return 1 if fast else 0


def _print(row: Grown, is_fast: bool) -> None:
    figures = ", ".join(f"{1000 * one:.0f}" for one in row.work)
    sys.stdout.write(f"{row.what}: {figures} ms; the last half takes {row.ratio:.1f} times the half before{' (!)' if is_fast else ''}\n")
    sys.stdout.flush()


def counted(language: str, pieces: Iterable[tuple[str, str]], size: int) -> list[Grown]:
    """The reading of events, and with them of dates and names, in texts of a language, by calls."""
    return [grown(f"events of {name}", tasks(language)["events"], piece, size, calls) for name, piece in pieces]


if __name__ == "__main__":
    sys.exit(main())
