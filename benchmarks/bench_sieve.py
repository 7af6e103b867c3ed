"""How fast the sieve is beside a bare automaton over the same bytes: `python -m benchmarks.bench_sieve`.

The texts are made of the languages' examples, a mix of all. Those of this subject pass, mostly long before their end; to see what
the others cost, the same texts are scanned once more with every name of Vietnam's taken out. `--files PATH…` adds files of any kind
as a third row. Both scans take turns in one run; told are the medians over the rounds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import ahocorasick_rs

from timeline.knowledge import Knowledge, load
from timeline.knowledge.cache import Cache
from timeline.sieve import Sieve
from timeline.sieve.criteria import KINDS, read_criteria
from timeline.sieve.patterns import patterns_of

_TEXTS, _EXAMPLES = 6, 60  # texts a language, examples a text: some 7 KB


def main() -> None:
    """Print a row for each kind of text, and what it takes to make the sieve."""
    options = read_options()
    knowledge = load()
    patterns = patterns_of(knowledge, read_criteria(knowledge))
    bare = ahocorasick_rs.BytesAhoCorasick(patterns.found)
    sieve = Sieve(knowledge)
    print(f"{len(patterns.found):,} patterns; the sieve is made in {made(knowledge):.2f} s, with the cache in {kept(knowledge):.2f} s")
    print(f"{'texts':<12} {'MB':>6} {'pass':>6} {'bare, MB/s':>11} {'sieve, MB/s':>12} {'sieve/bare':>11}")
    subject = list(texts_of(knowledge))
    rows = {"subject": subject, "unrelated": [without_subject(text, sieve) for text in subject]}
    if options.files:
        rows["files"] = [path.read_bytes() for path in files_of(options.files)]
    for name, texts in rows.items():
        print_row(name, texts, bare, sieve, options.rounds)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often all texts are scanned (default: 9)")
    parser.add_argument("--files", type=Path, nargs="*", default=[], help="files and folders to scan as well")
    return parser.parse_args()


def texts_of(knowledge: Knowledge) -> Iterator[bytes]:
    """Texts of each language, of its examples in random order."""
    chance = random.Random(8)
    for language in knowledge.languages.values():
        examples = [example.text for example in language.examples]
        for _ in range(_TEXTS):
            yield "\n".join(chance.sample(examples, min(_EXAMPLES, len(examples)))).encode()


def without_subject(text: bytes, sieve: Sieve) -> bytes:
    """The text without the lines that name anything of the subject."""
    own = set(KINDS) - {"gate_word", "china", "country", "organ", "diplomacy", "state", "mission", "dealing"}
    return b"\n".join(line for line in text.split(b"\n") if not any(own & set(kinds.split(", ")) for _, kinds in sieve.why(line).found))


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (file for file in sorted(path.rglob("*")) if file.is_file()) if path.is_dir() else (path,)


def print_row(name: str, texts: Sequence[bytes], bare: ahocorasick_rs.BytesAhoCorasick, sieve: Sieve, rounds: int) -> None:
    runs: tuple[Callable[[bytes], object], ...] = (lambda text: bare.find_matches_as_indexes(text, overlapping=True), sieve.passes)
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for run, times in zip(runs, taken, strict=True):
            times.append(seconds(partial(scan_all, run, texts)))
    size = sum(map(len, texts)) / 1e6
    alone, sieved = map(statistics.median, taken)
    ratio = statistics.median(s / b for b, s in zip(*taken, strict=True))
    passed = sum(map(sieve.passes, texts)) / len(texts)
    print(f"{name:<12} {size:6.2f} {passed:6.1%} {size / alone:11.0f} {size / sieved:12.0f} {ratio:11.2f}")


def scan_all(run: Callable[[bytes], object], texts: Sequence[bytes]) -> None:
    for text in texts:
        run(text)


def seconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def made(knowledge: Knowledge) -> float:
    return seconds(lambda: Sieve(knowledge, Cache(None)))


def kept(knowledge: Knowledge) -> float:
    """With what an earlier process left in the cache."""
    return seconds(lambda: Sieve(knowledge))


if __name__ == "__main__":
    main()
