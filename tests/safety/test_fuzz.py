"""Hostile inputs, in short; `python -m tests.safety.fuzz` feeds a million. What has failed once is tried here for good."""

from typing import Any

import pytest

from tests.safety import fuzz
from timeline.documents import in_child
from timeline.errors import own_fault
from timeline.model import TimeSpan

# How many inputs each target is fed: all together take half a minute.
INPUTS = {
    "dates": 120,
    "names": 120,
    "events": 100,
    "times": 300,
    "readers": 60,
    "tables": 15,
    "folders": 8,
    "knowledge": 3,
    "languages": 1,
    "corrections": 30,
    "queries": 10,
}
FAILED_ONCE: list[tuple[str, tuple[Any, ...]]] = [
    ("names", (("tr", "\ud800"), False)),
    ("events", (("pt", "5 a 5[ (de|do) 1979]. \ud800。code "), True, "")),
    ("events", (("ar", ""), False, "2024-13-01")),
    ("events", (("ar", ""), False, "9999-12-31")),
    ("events", (("ar", ""), False, "0001-01-01")),
    ("events", (("no", "Mandag i forrige uke "), False, "0001-01-01")),
    ("dates", (("no", "Mandag i forrige uke "), False, "0001-01-01")),
    ("queries", ({}, "", "09", "\x00", 0.0)),
    ("queries", ({}, "", "", "\ud800", 0.0)),
]


@pytest.fixture(autouse=True)
def child_in_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats that a process of its own reads are read by this one: to start one takes longer than a hundred inputs."""
    monkeypatch.setattr(in_child, "_run", fuzz.answered)


@pytest.mark.parametrize("target", INPUTS)
def test_hostile_inputs_break_nothing(target: str) -> None:
    fuzz.given_inputs(target, INPUTS[target], number=1)()


def test_every_target_is_fed() -> None:
    assert set(INPUTS) == set(fuzz.targets())


@pytest.mark.parametrize(("target", "given"), FAILED_ONCE)
def test_what_has_failed_once_does_not_fail_again(target: str, given: tuple[Any, ...]) -> None:
    fuzz.targets()[target].run(*given)


def test_an_answer_that_changes_and_a_fault_of_ours_are_seen() -> None:
    answers = iter([1, 2])
    with pytest.raises(AssertionError, match="another answer"):
        fuzz.twice(lambda: next(answers))()
    try:
        raise ValueError("x")
    except ValueError as raised:
        fault = own_fault("a.txt", raised)
    with pytest.raises(AssertionError, match="by a fault of this program"):
        fuzz.twice(lambda: (_ for _ in ()).throw(fault))()
    with pytest.raises(AssertionError):
        fuzz.check_spans("5 May", [TimeSpan(0, 5, "6 May", "2024-05-06", "day", "stated", "")])
