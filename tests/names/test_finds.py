"""What lies inside, over or near what: answered from sorted spans, and the same as by looking at every character."""

from itertools import product

import pytest

from timeline.names.finds import Apart, Cover, Find, longest
from timeline.names.gazetteer import NameKey

SPANS = [(2, 5), (4, 9), (4, 6), (12, 13), (9, 9 + 2)]


def find(start: int, end: int, name: str = "") -> Find:
    return Find(start, end, NameKey("place", name), False)


@pytest.mark.parametrize("count", range(len(SPANS) + 1))
def test_a_cover_answers_as_its_spans_do(count: int) -> None:
    spans = SPANS[:count]
    cover = Cover(reversed(spans))
    for start, end in product(range(14), range(15)):
        if start < end:
            assert cover.holds(start, end) == any(low <= start and end <= high for low, high in spans)
            assert cover.meets(start, end) == any(low < end and start < high for low, high in spans)


def test_of_spans_that_meet_the_first_is_kept() -> None:
    apart = Apart(14)
    offered = [(4, 9), (2, 5), (9, 11), (0, 4), (8, 9), (12, 13), (11, 14)]
    assert [span for span in offered if apart.take(*span)] == [(4, 9), (9, 11), (0, 4), (12, 13)]


def test_the_longest_find_wins_and_its_readings_all_stay() -> None:
    finds = [find(0, 9, "long"), find(0, 9, "the same"), find(0, 4), find(5, 9), find(7, 12, "crosses"), find(8, 12), find(14, 16)]
    assert [(f.start, f.end) for f in longest(finds)] == [(0, 9), (0, 9), (7, 12), (14, 16)]
