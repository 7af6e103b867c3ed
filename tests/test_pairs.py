"""Sorting the pairs of a block out must never take one away that the rules would have kept."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from tests.test_fusion import mention
from timeline.fusion.pairs import pairs_of
from timeline.fusion.rules import excludes
from timeline.model import Mention

TIMES = ("", "2023-12-28", "2023-12-30", "2023-12", "2023", "XXXX-12-28", "2020/2025", "2016/..", "../2024-01", "2024-01-02~", "2019")
TYPES = ("border_gate", "ceremony", "infrastructure", "visit", "exchange", "conference", "agreement")


def block(size: int, seed: int) -> list[Mention]:
    """Mentions of one gate, of all kinds and times, some with the number of a document, some that point back at another."""
    choose = random.Random(seed)
    return [
        replace(
            mention(
                k, choose.choice("abcde"), event_type=choose.choice(TYPES), date_edtf=choose.choice(TIMES), actors=("Phạm Minh Chính",)
            ),
            number=choose.choice(("", "", "", "12/2023", "7")),
            refers_to=f"m{choose.randrange(size)}" if choose.random() < 0.1 else "",
        )
        for k in range(size)
    ]


def judged(pairs: Iterator[tuple[Mention, Mention]]) -> list[tuple[str, str]]:
    return [(a.mention_id, b.mention_id) for a, b in pairs if not excludes(a, b)]


@pytest.mark.parametrize("size", [2, 12, 13, 150])
def test_no_pair_that_the_rules_keep_is_left_out(size: int) -> None:
    for seed in range(5):
        mentions = block(size, seed)
        assert judged(pairs_of(mentions)) == judged(combinations(mentions, 2))
        fresh = {"m1", f"m{size - 1}"}
        of_fresh = [(a, b) for a, b in combinations(mentions, 2) if not fresh.isdisjoint((a.mention_id, b.mention_id))]
        assert judged(pairs_of(mentions, fresh)) == judged(iter(of_fresh))


def test_most_pairs_of_a_large_block_are_not_looked_at() -> None:
    years = [mention(k, str(k), date_edtf=f"{1950 + k}-05-01") for k in range(60)]
    assert list(pairs_of(years)) == []
