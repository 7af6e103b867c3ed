"""The values that are made by the hundred are values all the same."""

import pickle
from dataclasses import replace

import pytest

from timeline.model import Evidence, NameSpan, Passage, TimeSpan

VALUES = [
    Passage(0, 4, "body", "en"),
    TimeSpan(0, 4, "2024", "2024", "year", "stated", "year"),
    NameSpan(0, 4, "Hoà Bình", "province", "Hòa Bình", "gazetteer"),
    Evidence("m1", "status", "held", 0, 4, "held", "cue"),
]


@pytest.mark.parametrize("value", VALUES)
def test_what_is_equal_is_one_in_a_set_and_after_a_journey(value: Passage | TimeSpan | NameSpan | Evidence) -> None:
    twin = replace(value)
    assert twin is not value
    assert {twin, value, pickle.loads(pickle.dumps(value))} == {value}
    assert replace(value, start=1) not in {value}
