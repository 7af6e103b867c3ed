"""How much longer does reading take in one language than in another? `python -m benchmarks.bench_languages`.

Pages of recombined examples, eight of each language, from their text to their mentions, warm and by turns: milliseconds for 10,000
characters of each, against the language that takes the least. A character says more in some scripts than in others.
"""

from __future__ import annotations

import argparse
import statistics
from functools import partial

from benchmarks.corpus import text_of
from benchmarks.rows import Part, Row, by_turns, print_part, seconds
from timeline.pipeline import Extractor, extractor

ROUNDS = 7
MOST = 3  # times as long as the fastest
_PAGES = 8
_CHARACTERS = 10_000


def part(rounds: int = ROUNDS) -> Part:
    """A row for each language, the slowest first."""
    engine = extractor()
    texts: dict[str, list[str]] = {}
    for code, language in engine.knowledge.languages.items():
        examples = [example.text for example in language.examples]
        texts[code] = [text_of(examples, number) for number in range(_PAGES)]
    runs = [partial(per_characters, engine, pages) for pages in texts.values()]
    by_turns(runs, 1)  # warm
    taken = dict(zip(texts, by_turns(runs, rounds), strict=True))
    order = sorted(taken, key=lambda code: statistics.median(taken[code]), reverse=True)
    fastest = order[-1]
    rows = [Row(code, fastest, taken[code], taken[fastest], most=MOST) for code in order]
    mean = statistics.mean(statistics.median(times) for times in taken.values())
    return Part(rows, [f"On average 10,000 characters take {mean * 1000:.1f} ms."])


def per_characters(engine: Extractor, pages: list[str]) -> float:
    """Seconds for 10,000 characters."""
    taken = seconds(lambda: [engine.extract(engine.document(page)) for page in pages])
    return taken / sum(map(len, pages)) * _CHARACTERS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each page is read (default: {ROUNDS})")
    print_part(part(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
