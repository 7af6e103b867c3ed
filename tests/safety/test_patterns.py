"""No pattern over untrusted text takes more than linear time; those that could, and why they cannot, are listed here."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.ambiguity import can_repeat, faults

# By what is looked for in the source of each. What is bounded may be tried at every place, and goes on from there no further than that.
EXCEPTIONS = {
    r"netscape\.com/rdf/": "looked for in the first 4,000 bytes of a file, from each of them for 2,000",
    "article|table|h[1-6]": "goes on for 500 bytes from where it begins",
    r"charset\s{0,9}=": "looked for in the first 2,048 bytes of a page, from each of them for 200",
    "(?:^|(?<=[,;|": "begins behind what parts cells, over none of which it goes on",
    r".*\{y\} ?": "reads the templates of the language files",
    r"\(\\d[^)]*\)": "reads the tables of dateparser",
    r"([\u4e00-\u9fff]+)([a-z]+)": "reads a list of the code's own",
}


def test_no_pattern_takes_more_than_linear_time() -> None:
    command = [sys.executable, "-m", "tests.safety.patterns", "--json"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=True, text=True)
    patterns, found = json.loads(done.stdout)
    assert len(patterns) > 300
    assert {"timeline/knowledge/phrases.py", "timeline/naming.py"} <= {where.partition(":")[0] for where in patterns}
    used = {part for part in EXCEPTIONS for _, source, *_ in found if part in source or part in source.replace("\\\\", "\\")}
    others = [fault for fault in found if not any(part in fault[1] or part in fault[1].replace("\\\\", "\\") for part in EXCEPTIONS)]
    assert others == []
    assert used == set(EXCEPTIONS), "exceptions that are none any more"


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        (r"(a+)+b", {"exponential", "search"}),  # nested repetition
        (r"(?:\w+-?)*!", {"exponential", "search"}),
        (r"(?:a|ab|b)*c", {"exponential", "search"}),  # alternatives that overlap
        (r"(?:(?:a?|b?)c)*d", {"exponential", "search"}),
        (r"^\s*\s*x", {"polynomial"}),  # neighbours that overlap
        (r"^\d*[^x]+x", {"polynomial"}),
        (r"^x(?=\w*\d*;)", {"polynomial"}),
        (r"\d+x", {"search"}),  # tried from every place of a run
        (r"<[^>]*>", {"search"}),
        (r"(.{2,9}?)\s*\1\s*;", {"search", "polynomial"}),
        (r"(?i)K[kK]*;", {"search"}),
        (r"x[a-z]{0,99}!", {"search"}),
        (r"(?:\w+-)*", {"search"}),
        (r"(?<!\d)\d+x", set()),
        (r"\b\w+\b!", set()),
        (r"[^\W\d_]+(?:-[^\W\d_]+)*", set()),
        (r"<[^<>]*>", set()),
        (r'"[^"]*"', set()),
        (r"^\d++[^x]*x", set()),
        (r"^\w++\d*;", set()),
        (r"https?://\S+", set()),
        (r"(?<!\s)\s*,\s*", set()),
    ],
)
def test_the_check_sees_what_takes_long_and_nothing_else(pattern: str, kinds: set[str]) -> None:
    assert {fault.what for fault in faults(pattern)} == kinds


def test_what_is_only_tried_at_a_place_need_not_be_searched_for() -> None:
    assert faults(r"\d+x", is_searched=False) == []
    assert faults(r"(?:\w+ )+\w*", is_searched=False) == []
    assert [fault.what for fault in faults(r"\w+( \w+)*", is_searched=False, must_end=True)] == []
    assert [fault.what for fault in faults(r".+ in .+", is_searched=False, must_end=True)] == ["polynomial"]
    assert faults(r".+ in .+", re.DOTALL, is_searched=False, must_end=True) == []


@pytest.mark.parametrize(("source", "expected"), [("a*", True), ("a{2,}", True), ("a{0,300}", True), (r"\*[*+]a{2,9}b?", False)])
def test_what_repeats_without_a_low_bound_is_seen(source: str, expected: bool) -> None:
    assert can_repeat(source) is expected
