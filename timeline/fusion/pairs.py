"""The pairs of a block that are worth judging: nine of ten in a large one are parted by their types or their times alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import combinations

import numpy as np
import numpy.typing as npt

from timeline import edtf
from timeline.fusion.rules import STAY, are_kindred
from timeline.model import Mention

_FEW = 12  # mentions of a block: the pairs of so few are judged sooner than sorted out
_SLACK = max(STAY.values())  # days that the times of one thing may lie apart, at most
_EVER = 10_000_000  # days, beyond all that a date can say

Mask = npt.NDArray[np.bool_]


def pairs_of(block: Sequence[Mention], fresh: Set[str] | None = None) -> Iterator[tuple[Mention, Mention]]:
    """The pairs of a block, in its order, without (most of) those that `rules.excludes` parts by type or time.

    With `fresh` only those of which one is named there.
    """
    if len(block) <= _FEW:
        for a, b in combinations(block, 2):
            if fresh is None or a.mention_id in fresh or b.mention_id in fresh:
                yield a, b
        return
    free = np.array([bool(mention.refers_to) for mention in block])  # whoever points back is of the same thing whatever it says
    wanted = (_are_kindred(block) & _overlap(block)) | _either(free)
    if fresh is not None:
        wanted &= _either(np.array([mention.mention_id in fresh for mention in block]))
    for i, j in np.argwhere(np.triu(wanted, 1)).tolist():
        yield block[i], block[j]


def _either(rows: Mask) -> Mask:
    """Of each pair, whether it holds for one of the two."""
    return rows[:, None] | rows


def _are_kindred(block: Sequence[Mention]) -> Mask:
    types = sorted({mention.event_type for mention in block})
    kindred = np.array([[are_kindred(left, right) for right in types] for left in types])
    numbers = np.array([types.index(mention.event_type) for mention in block])
    return np.asarray(kindred[np.ix_(numbers, numbers)])


def _overlap(block: Sequence[Mention]) -> Mask:
    days = np.array([_days(mention) for mention in block])
    begin, end = days[:, 0], days[:, 1]
    return np.asarray((begin[:, None] <= end + _SLACK) & (begin <= end[:, None] + _SLACK))


def _days(mention: Mention) -> tuple[int, int]:
    """The first and the last day that a mention may be of: all there are where its time is unknown, open, or without a year.

    A number names one document whatever is said of its time.
    """
    timed = mention.date_edtf and not mention.number
    first, last = edtf.bounds(mention.date_edtf) if timed else (None, None)
    return first.toordinal() if first else -_EVER, last.toordinal() if last else _EVER
