"""The table of the benchmarks: what its ratios say, that a part can be measured alone, and that the page shows what was measured."""

import json
from pathlib import Path

import pytest

from benchmarks import bench_all, results
from benchmarks.rows import Part, Row

PAGE = "By hand.\n\n<!-- results: sieve -->\nold\n<!-- end of results -->\n\n<!-- results: builds -->\nold\n<!-- end of results -->\n"


def test_the_page_shows_what_was_measured() -> None:
    page = results.PAGE.read_text(encoding="utf-8")
    assert page == results.filled(page, results.read()), "run `python -m benchmarks.bench_all --only`"
    assert all(f"<!-- results: {name} -->" in page for name in [*bench_all.PARTS, "app"])


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            Row("a", "b", [2, 1, 1], [30, 20, 40], faster=True, least=15, aim=30),
            ("1.00 s", "30.0 s", "20.0", "15.0 – 40.0", "≥ 15 (aim 30)", "yes"),
        ),
        (Row("a", "b", [0.003], [0.001], most=2.5), ("3.0 ms", "1.0 ms", "3.00", "", "≤ 2.5", "**no**")),
        (Row("a", "b", [0.1, 0.3], [10, 10], most=0.02), ("200 ms", "10.0 s", "2.00 %", "1.00 % – 3.00 %", "≤ 2 %", "yes")),
        (Row("a", "b", [900.2], [600.4], unit="MB"), ("900 MB", "600 MB", "1.50", "", "", "")),
        (Row("a", "b", note="not installed here"), ("", "", "not installed here", "", "", "")),
    ],
)
def test_a_row_says_how_many_times_and_whether_that_holds(row: Row, cells: tuple[str, ...]) -> None:
    assert row.cells() == ("a", "b", *cells)


def test_a_part_measured_anew_leaves_the_others(tmp_path: Path) -> None:
    kept, page = tmp_path / "results.json", tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    results.record("builds", Part([Row("two", "one", [1.0], [2.0], faster=True)]), "make two", kept, page)
    results.record("sieve", Part([Row("sieve", "automaton", [1.0], [2.0])], ["A note."]), "make sieve", kept, page)
    told = page.read_text(encoding="utf-8")
    assert told.startswith("By hand.\n\n<!-- results: sieve -->\n`make sieve`, ")
    assert "| sieve | automaton | 1.00 s | 2.00 s | 0.50 |" in told
    assert "- A note." in told
    assert "| two | one | 1.00 s | 2.00 s | 2.00 |" in told
    assert set(json.loads(kept.read_text(encoding="utf-8"))) == {"builds", "sieve"}


def test_the_command_of_a_part_is_told_without_paths() -> None:
    given = ["--texts", "40", "80", "--folder", "somewhere", "--only", "sieve", "builds", "--rounds", "1"]
    assert bench_all.command_of("builds", given) == "python -m benchmarks.bench_all --only builds --texts 40 80 --rounds 1"
