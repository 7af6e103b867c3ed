"""Third step: links → components, the sets of mentions between which there is a way. What is in none is one by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from timeline.partitioned.reading import Numbers


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
    """The components of links between mentions; some eight bytes a link and a hundred a mention."""
    members, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    parent = list(range(len(members)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for a, b in zip(places[: len(left)].tolist(), places[len(left) :].tolist(), strict=True):
        one, other = root(a), root(b)
        if one != other:
            parent[max(one, other)] = min(one, other)
    return Components(members, members[np.fromiter(map(root, range(len(members))), np.int64, len(members))])


def read_components(paths: Iterable[Path], more: tuple[Numbers, Numbers] | None = None) -> Components:
    """The components by the parts of links, and by `more` pairs."""
    import pyarrow.parquet as pq

    tables = [pq.read_table(path, columns=["left", "right"]) for path in paths]
    sides = [[table.column(name).to_numpy() for table in tables] for name in ("left", "right")]
    for side, other in zip(sides, more or (), strict=False):
        side.append(other)
    left, right = (np.concatenate(side) if side else np.zeros(0, np.int64) for side in sides)
    return components_of(left, right)
