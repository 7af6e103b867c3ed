"""How does the time grow with a text, also with one that is made to take long? `python -m benchmarks.bench_growth`.

Crowds of names, stories and lists that never end, and the seeds, beside others ten times as long; texts of figures and signs beside
ordinary ones of their size. All in one process, warm.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from benchmarks.bench_extract import seeds
from benchmarks.rows import Part, Row, by_turns, print_part, seconds
from timeline.pipeline import Extractor, extractor

ROUNDS = 3
CROWDS = {
    "names": "Cao Bang Lang Son Guangxi Vietnam ",
    "weak names": "Hoa Binh Thai Binh Long An ",
    "bodies": "People's Committee of Cao Bang Ministry of Foreign Affairs of Japan ",
    "gates": "Tra Linh – Long Bang border gate, ",
    "people": "Chairman Nguyen Van Minh and Mayor Xu Weiming ",
    "other words": "The Delegation Opened Many New Roads ",
}
STORY = "On March 5, 2025 leaders of Cao Bang met a delegation of Guangxi. On March 6, the two sides visited Tra Linh border gate. "
LIST = "on 7 May 2024 the delegation of Cao Bang visited Nanning; it met with Guangxi; "  # items of one sentence that never ends
ORDINARY = "The two sides met at the border gate on 12 September 2025 and agreed to open a second lane for goods by May 2026. "
HOSTILE = {
    "digits and slashes": "12/3/",
    "digits alone": "1234567890",
    "days without end": "1, 2, 3 and ",
    "month after month": "May, June and July to ",
    "mixed directions": "\u200f12\u200e/9/\u202e2025 ",
    "brackets": "((12/9)(",
    "brackets in lines": "((12/9)(" * 100 + "\n",
    "lists in lines": "1, 2, 3 and " * 60 + "\n",
}
_LINE, _SENTENCE = 20_000, 2_000  # characters of the shorter text


def part(rounds: int = ROUNDS, megabytes: float = 1.0) -> Part:
    """Rows for long texts of names and of events, for the dates of long texts, and for hostile ones."""
    engine = extractor()
    return Part([*long_texts(engine, rounds), *dates_of_long_texts(engine, rounds), *hostile(engine, rounds, megabytes)])


def long_texts(engine: Extractor, rounds: int) -> list[Row]:
    """What a crowd of names in one line takes that is ten times as long, and a line or sentence full of events."""
    names, read = partial(engine.find_names, language="en"), partial(_read, engine)
    return [
        *(_ten_times(f"names of a crowd of {name} in one line", names, piece, _LINE, rounds) for name, piece in CROWDS.items()),
        _ten_times("a story of events in one line", read, STORY, _LINE, rounds),
        _ten_times("a list of events in one sentence", read, LIST, _SENTENCE, rounds),
    ]


def _read(engine: Extractor, text: str) -> object:
    return engine.extract(engine.document(text, "en", "2025-03-07"))


def _ten_times(what: str, run: Callable[[str], object], piece: str, size: int, rounds: int) -> Row:
    short, long = (piece * (characters // len(piece)) for characters in (size, 10 * size))
    return _row(f"ten times {what}", "one of them", partial(run, long), partial(run, short), rounds)


def dates_of_long_texts(engine: Extractor, rounds: int) -> list[Row]:
    """The dates of each seed ten times over."""
    return [
        _row(
            f"dates of a seed in {seed.language}, ten times over",
            "once",
            partial(engine.find_dates, seed.text * 10, seed.language),
            partial(engine.find_dates, seed.text, seed.language),
            rounds,
        )
        for seed in seeds(engine)
    ]


def hostile(engine: Extractor, rounds: int, megabytes: float) -> list[Row]:
    """The dates of texts that are made to take long, beside those of an ordinary text of their size."""
    size = int(megabytes * 1_000_000)
    for piece in HOSTILE.values():  # what a first text of its kind costs is no part of it
        engine.find_dates(piece * 3, "en")
    against = partial(engine.find_dates, ORDINARY * (size // len(ORDINARY)), "en")
    return [
        _row(
            f"dates of {megabytes:g} MB of {name}",
            "ordinary text",
            partial(engine.find_dates, piece * (size // len(piece)), "en"),
            against,
            rounds,
        )
        for name, piece in HOSTILE.items()
    ]


def _row(what: str, against: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> Row:
    theirs()  # warm
    long, short = by_turns([partial(seconds, ours), partial(seconds, theirs)], rounds)
    return Row(what, against, long, short)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each text is read (default: {ROUNDS})")
    parser.add_argument("--megabytes", type=float, default=1.0, help="size of the hostile texts (default: 1)")
    options = parser.parse_args()
    print_part(part(options.rounds, options.megabytes))


if __name__ == "__main__":
    main()
