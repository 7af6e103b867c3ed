"""How right is `find_dates` beside other date taggers on annotated pages? `python -m benchmarks.bench_dates --pages FOLDER`.

Prints value F1 by language and tagger (see date_pages.py), and the time that each takes with its start. How fast the taggers are when
they are warm is measured by `bench_extract`, how their times grow by `bench_growth`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.date_pages import Page, Score, Tagger, read_pages, score
from benchmarks.date_taggers import available


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True, help="a folder of annotated pages")
    parser.add_argument("--verbose", action="store_true", help="list what ours got wrong")
    options = parser.parse_args()
    print_accuracy(list(read_pages(options.pages)), available(), options.verbose)


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
