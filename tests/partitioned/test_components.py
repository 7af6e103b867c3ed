"""What is linked is one component, in whatever order and however far apart."""

import random

import numpy as np
import pytest

from timeline.partitioned.components import components_of, reached


def plainly(links: list[tuple[int, int]]) -> dict[int, int]:
    """Each linked mention with the least of its component, by walking from link to link."""
    least = {end: end for link in links for end in link}
    changed = True
    while changed:
        changed = False
        for one, other in links:
            low = min(least[one], least[other])
            changed |= least[one] != low or least[other] != low
            least[one] = least[other] = low
    return least


def shuffled(count: int) -> list[int]:
    names = list(range(10, 10 + count))
    random.Random(count).shuffle(names)
    return names


LINKS = {
    "none": [],
    "apart": [(5, 9), (2, 7), (9, 5)],
    "a chain": list(zip(shuffled(60), shuffled(60)[1:], strict=False)),
    "a star around the greatest": [(99, leaf) for leaf in range(1, 40)],
    "a star around the least": [(0, leaf) for leaf in range(1, 40)],
    "at random": [(random.Random(k).randrange(80), random.Random(-k - 1).randrange(80)) for k in range(70)],
}


@pytest.mark.parametrize("name", LINKS)
def test_components_are_those_of_a_walk_from_link_to_link(name: str) -> None:
    links = LINKS[name]
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    found = components_of(left, right)
    assert dict(zip(found.members.tolist(), found.least.tolist(), strict=True)) == plainly(links)
    assert found.of(np.array([1000], np.int64)).tolist() == [1000]  # what nothing links is one by itself


@pytest.mark.parametrize("name", LINKS)
def test_what_is_reached_from_a_mention_is_its_component(name: str) -> None:
    least = plainly(LINKS[name])
    parts = [np.array(LINKS[name][k::2], np.int64).reshape(-1, 2) for k in (0, 1)]
    sides = [(part[:, 0], part[:, 1]) for part in parts]
    for start in (*least, 1000):
        own = [end for end in least if least[end] == least.get(start)]
        assert reached(sides, np.array([start], np.int64)).tolist() == sorted(own or [start])
