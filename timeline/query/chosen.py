"""Some of the events: which they are at once, their rows when they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from timeline.query.relation import Mask, Relation, Rows


class Chosen:
    """The events of a mask, in the table's order."""

    def __init__(self, events: Relation, keep: Mask) -> None:
        self._events = events
        self._number = int(np.count_nonzero(keep))
        self._keep = keep

    def __len__(self) -> int:
        return self._number

    @property
    def empty(self) -> bool:
        """Whether there is none."""
        return not self._number

    @cached_property
    def places(self) -> Rows:
        """Their positions in the table."""
        return np.flatnonzero(self._keep).astype(np.int64)

    def head(self, number: int, columns: Sequence[str] = ()) -> pd.DataFrame:
        """The rows of the first so many."""
        return self._events.rows(self.places[:number], columns)

    def rows(self) -> pd.DataFrame:
        """The rows of all."""
        return self._events.rows(self.places)
