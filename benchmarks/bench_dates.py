"""How fast, and on annotated pages how right, `find_dates` is beside other date taggers: `python -m benchmarks.bench_dates`.

Without arguments: times on the seeds as ratios in one run, growth with the length of a text, and hostile texts.
With `--pages FOLDER` (see date_pages.py): value F1 by language and tagger, and the time that each takes.
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dateparser.search import search_dates

from benchmarks.date_pages import Page, Score, Tagger, read_pages, score
from benchmarks.date_taggers import available
from timeline.documents import decode, list_inputs, read_bytes
from timeline.pipeline import Extractor, extractor

SEEDS = Path(__file__).parent.parent / "seeds"
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


def main() -> None:
    """Print the tables."""
    options = read_options()
    if options.pages:
        print_accuracy(list(read_pages(options.pages)), available(), options.verbose)
    else:
        print_speed(extractor(), options.rounds, options.megabytes)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of annotated pages")
    parser.add_argument("--verbose", action="store_true", help="list what ours got wrong")
    parser.add_argument("--rounds", type=int, default=15, help="how often each text is read (default: 15)")
    parser.add_argument("--megabytes", type=float, default=1.0, help="size of the hostile texts (default: 1; the issue's figure is for 10)")
    return parser.parse_args()


def seconds(run: Callable[[], object], rounds: int = 1) -> float:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def print_speed(engine: Extractor, rounds: int, megabytes: float) -> None:
    print(f"{'text':28} lang {'search_dates':>13} {'find_dates':>11} {'ratio':>7} {'ten times the text':>20}")
    totals = [0.0, 0.0]
    for file in list_inputs([SEEDS]):
        text = decode(read_bytes(file), str(file))
        language = engine.document(text).language
        calls = {name: partial(engine.find_dates, text * times, language) for name, times in (("mine", 1), ("longer", 10))}
        calls["theirs"] = partial(search_dates, text, languages=[language])
        calls["theirs"]()
        calls["mine"]()
        theirs, mine = seconds(calls["theirs"], rounds), seconds(calls["mine"], rounds)
        longer = seconds(calls["longer"], max(3, rounds // 3))
        totals = [totals[0] + theirs, totals[1] + mine]
        print(
            f"{file.name[:28]:28} {language:4} {theirs * 1000:10.2f} ms {mine * 1000:8.2f} ms {theirs / mine:6.1f}x {longer / mine:19.1f}x"
        )
    print(f"{'all':33} {totals[0] * 1000:10.2f} ms {totals[1] * 1000:8.2f} ms {totals[0] / totals[1]:6.1f}x")
    size = int(megabytes * 1_000_000)
    ordinary = "The two sides met at the border gate on 12 September 2025 and agreed to open a second lane for goods by May 2026. "
    for text in (ordinary, *HOSTILE.values()):  # what a first text of a language costs is no part of it
        engine.find_dates(text * 3, "en")
    base = seconds(partial(engine.find_dates, ordinary * (size // len(ordinary)), "en"))
    print(f"\n{megabytes:g} MB of ordinary text: {base:.2f} s; hostile texts of that size take")
    for name, piece in HOSTILE.items():
        taken = seconds(partial(engine.find_dates, piece * (size // len(piece)), "en"))
        print(f"  {name:22} {taken / base:5.2f} times as long")


def print_accuracy(pages: list[Page], taggers: dict[str, Tagger], verbose: bool) -> None:
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    spent: dict[str, float] = defaultdict(float)
    for page in pages:
        for name, tagger in taggers.items():
            begin = time.perf_counter()
            try:
                scores[page.language][name] += score(page, tagger)
            except Exception as error:  # another tool's fault costs it that page, and is told
                print(f"{name} failed on {page.language}/{page.doc}: {error}", file=sys.stderr)
                scores[page.language][name] += score(page, lambda *_: [])
            spent[name] += time.perf_counter() - begin
    print("| language | pages | dates | " + " | ".join(taggers) + " | ours: wrong, false |")
    print("|---|---|---|" + "---|" * (len(taggers) + 1))
    for language, row in scores.items():
        mine = row["timeline"]
        cells = " | ".join(f"{row[name].f1:.2f}" for name in taggers)
        print(f"| {language} | {sum(page.language == language for page in pages)} | {mine.firm} | {cells} | {mine.wrong}, {mine.false} |")
    totals = {name: sum((row[name] for row in scores.values()), Score()) for name in taggers}
    mine = totals["timeline"]
    cells = " | ".join(f"{totals[name].f1:.2f}" for name in taggers)
    print(f"| all | {len(pages)} | {mine.firm} | {cells} | {mine.wrong}, {mine.false} |")
    print("\nseconds: " + ", ".join(f"{name} {spent[name]:.1f}" for name in taggers))
    if verbose:
        print("\n".join(mine.faults))


if __name__ == "__main__":
    main()
