"""Third step: links → components, the sets of mentions between which there is a way. What is in none is one by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from timeline.partitioned.reading import Numbers
from timeline.parts import read_columns


@dataclass(frozen=True, slots=True)
class Components:
    """The mentions that are linked (sorted), each with the least of its component: both as numbers."""

    members: Numbers
    least: Numbers

    def of(self, mentions: Numbers) -> Numbers:
        """The component of each mention; of one that nothing links, itself."""
        if not len(self.members):
            return mentions
        at = np.minimum(np.searchsorted(self.members, mentions), len(self.members) - 1)
        return np.where(self.members[at] == mentions, self.least[at], mentions)


def components_of(left: Numbers, right: Numbers) -> Components:
    """The components of links between mentions; some hundred bytes a link while it works."""
    members, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    one, other = places[: len(left)], places[len(left) :]
    root = np.arange(len(members))
    while True:  # two rounds leave at most half of the roots that are linked: each has taken another in, or meets a lesser one
        ends = root[one], root[other]
        apart = ends[0] != ends[1]
        if not apart.any():
            return Components(members, members[root])
        np.minimum.at(root, np.maximum(*ends)[apart], np.minimum(*ends)[apart])
        while (root[root] != root).any():
            root = root[root]


def reached(sides: Sequence[tuple[Numbers, Numbers]], start: Numbers) -> Numbers:
    """The mentions (sorted) of those components that have any of `start`, without finding the others: by links, left and right.

    All are looked through as many times as the way from the start to the farthest of them has links.
    """
    found = edge = np.unique(start)
    while len(edge):
        beyond = [other[_among(edge, one)] for left, right in sides for one, other in ((left, right), (right, left))]
        edge = np.setdiff1d(np.concatenate([edge[:0], *beyond]), found)
        found = np.union1d(found, edge)
    return found


def _among(few: Numbers, numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Of each number, whether it is one of the few."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: npt.NDArray[np.bool_] = pc.is_in(pa.array(numbers), value_set=pa.array(few)).to_numpy(zero_copy_only=False)
    return found


def read_components(paths: Iterable[Path], more: tuple[Numbers, Numbers] | None = None) -> Components:
    """The components by the parts of links, and by `more` pairs."""
    tables = [read_columns(path, "left", "right") for path in paths]
    sides = [[table.column(name).to_numpy() for table in tables] for name in ("left", "right")]
    for side, other in zip(sides, more or (), strict=False):
        side.append(other)
    left, right = (np.concatenate(side) if side else np.zeros(0, np.int64) for side in sides)
    return components_of(left, right)
