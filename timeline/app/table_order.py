"""The order of the table's rows by any column, reckoned once a server for all events and readers of a language."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from timeline.app.language import current
from timeline.app.names import naming
from timeline.app.shelf import Shelf
from timeline.app.view import View
from timeline.export.sorting import READ, Ranks, in_order, keys_of, ranks_of

_AT_ONCE = 50_000  # rows that are in memory as frames at a time


def places(view: View, name: str, backward: bool) -> Ranks:
    """Positions of the shown events by a column; without a name in the order of time, as they stand in the table."""
    if not name and not backward:
        return view.shown.places
    return in_order(view.shown.places, _ranks(view, name or "when"), backward)


# By shelf, so that it goes when the tables go.
_KEPT: WeakKeyDictionary[Shelf, dict[tuple[str, str], Ranks]] = WeakKeyDictionary()


def _ranks(view: View, name: str) -> Ranks:
    kept = _KEPT.setdefault(view.shelf, {})
    words, names, events = current(), naming(), view.archive.events
    if (name, words.language) not in kept:
        pieces = (np.arange(first, min(first + _AT_ONCE, len(events))) for first in range(0, len(events), _AT_ONCE))
        keys = [key for piece in pieces for key in keys_of(events.rows(piece, READ[name]), name, words, view.entries, names)]
        kept[name, words.language] = ranks_of(keys)
    return kept[name, words.language]
