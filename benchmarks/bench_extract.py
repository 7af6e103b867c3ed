"""How fast is extraction, against `dateparser.search.search_dates` alone on the same texts, and how much of it do names take?

All warm, in one process, in turn; medians of several rounds. Run by `make bench`; prints a table, and how long the phrases of
each text's language take to compile when a text first needs them.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from dateparser.search import search_dates

from timeline.documents import decode, list_inputs, read_bytes
from timeline.events import Reader
from timeline.names import find_names
from timeline.pipeline import Extractor, extractor
from timeline.text import fold

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
SEEDS = Path(__file__).parent.parent / "seeds"


def main() -> None:
    """Measure every text and print how many times as fast as `search_dates` each of ours is."""
    options = read_options()
    engine = extractor()
    texts = [(file.name, decode(read_bytes(file), str(file))) for file in list_inputs(options.paths)]
    print(f"{'text':28} lang {'search_dates':>13} {'find_dates':>11} {'ratio':>7} {'whole':>9} {'ratio':>7} {'names':>9} {'of it':>6}")
    sums = [0.0, 0.0, 0.0, 0.0]
    compiled: dict[str, float] = {}
    for name, text in texts:
        language, times = measure(engine, text, options.rounds)
        sums = [total + one for total, one in zip(sums, times, strict=True)]
        compiled[language] = seconds(lambda: Reader(engine.knowledge).tools(language))  # noqa: B023  run at once
        print(row(name[:28], language, times))
    print(row("all", "", sums))
    print_crowds(engine)
    print("phrases compiled in " + ", ".join(f"{language} {taken:.2f} s" for language, taken in compiled.items()))


def print_crowds(engine: Extractor, size: int = 20_000) -> None:
    """How much longer the names of a line take that is ten times as long: a crowd of them must cost no more than ten times."""
    grown = []
    for name, piece in CROWDS.items():
        short, long = (seconds(partial(engine.find_names, piece * (n // len(piece)), "en")) for n in (size, 10 * size))
        grown.append(f"{name} {long / short:.1f}")
    print("ten times a crowd of names in one line takes so many times as long: " + ", ".join(grown))
    for what, piece, characters in (("a story of events in one line", STORY, size), ("a list of events in one sentence", LIST, size // 10)):
        texts = [engine.document(piece * (n // len(piece)), "en", "2025-03-07") for n in (characters, 10 * characters)]
        short, long = (seconds(partial(engine.extract, text)) for text in texts)
        print(f"ten times {what} takes {long / short:.1f} times as long")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=[SEEDS], help="texts or folders (default: the seeds)")
    parser.add_argument("--rounds", type=int, default=15, help="how often each is run (default: 15)")
    return parser.parse_args()


def measure(engine: Extractor, text: str, rounds: int) -> tuple[str, list[float]]:
    """Median seconds of `search_dates`, of our date finder, of everything from the text to its mentions, and of its names."""
    language = engine.document(text).language
    searched = [language if language != "no" else "nb"]  # dateparser's code for Norwegian
    runs: list[Callable[[], object]] = [
        lambda: search_dates(text, languages=searched),
        lambda: engine.find_dates(text, language),
        lambda: engine.extract(engine.document(text)),
        names_of(engine, text, language),
    ]
    for run in runs:  # warm
        run()
    rows = [[seconds(run) for run in runs] for _ in range(rounds)]
    return language, [statistics.median(column) for column in zip(*rows, strict=True)]


def names_of(engine: Extractor, text: str, language: str) -> Callable[[], object]:
    """Finding the names of a text in what the scan for phrases, which dates and events share, has found."""
    tools = engine.reader.tools(language)
    pieces = [text[passage.start : passage.end] for passage in engine.document(text, language).passages]
    scans = [(fold(piece), piece) for piece in pieces]
    found = [(folded, piece, tools.lexicon.scan(folded, piece)) for folded, piece in scans]
    return lambda: [find_names(*scan, engine.knowledge, tools.language) for scan in found]


def seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def row(name: str, language: str, times: Iterable[float]) -> str:
    searched, dates, whole, names = times
    return (
        f"{name:28} {language:4} {searched * 1000:10.2f} ms {dates * 1000:8.2f} ms {searched / dates:6.1f}x"
        f" {whole * 1000:6.2f} ms {searched / whole:6.1f}x {names * 1000:6.2f} ms {names / whole:5.0%}"
    )


if __name__ == "__main__":
    main()
