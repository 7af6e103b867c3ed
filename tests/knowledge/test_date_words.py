"""The `[dates]` section of a language file: each fault named by its key."""

from typing import Any

import pytest

from timeline.knowledge.date_words import date_faults, expand


@pytest.mark.parametrize(
    ("dates", "fault"),
    [
        ({"order": "ydm"}, "dates.order: 'ydm' is none of"),
        ({"day": ["{d} {x}"]}, "dates.day: '{d} {x}' has the unknown slot {x}"),
        ({"day": ["{M} {y}"]}, "needs the slot {d}"),
        ({"day": ["{d}–{d} {M}"]}, "has {d} twice"),
        ({"month": ["{M}[ {y}"]}, "a bracket without its other half"),
        ({"month": ["{M} [in|of] {y}"]}, "a choice in square brackets"),
        ({"weekday": ["on Monday"]}, "needs the slot {w}"),
        ({"spans": {"third1": ["{y}"]}}, "dates.spans.third1: unknown code"),
        ({"relative": {"dayafter": ["x"]}}, "dates.relative.dayafter: unknown code"),
        ({"months": {"13": ["x"]}}, "dates.months.13: must be a number from 1 to 12"),
    ],
)
def test_a_fault_is_told_with_its_key(dates: dict[str, Any], fault: str) -> None:
    (told,) = date_faults("languages/xx.toml", dates)
    assert told.startswith("languages/xx.toml:dates.")
    assert fault in told


def test_brackets_and_choices_are_written_out() -> None:
    assert expand("[(in|of) ]{y}") == ("{y}", "in {y}", "of {y}")
    assert expand("{w} {d})") == ("{w} {d})",)
    assert expand("(a[b]|c)") == ("a", "c", "ab")  # one bracket after the other, the first that closes the slowest
    assert expand("[a[b]] (x|y)") == (" x", " y", "a x", "a y", "ab x", "ab y")
    assert expand("(a|b] c") == ("(a|b] c",)
    assert expand("{M} [(]{y}[)]") == ("{M} {y}", "{M} {y})", "{M} ({y}", "{M} ({y})")
