"""What a click on a chart has changed.

A click toggles a mark, and the browser tells all that are marked; so what was clicked is what differs from before. On the
way to another page the browser forgets its marks, and what was held of them goes too.
"""

from __future__ import annotations

from collections.abc import Hashable, Set
from typing import TypeVar

import streamlit as st

_HELD = "held_clicks"
Mark = TypeVar("Mark", bound=Hashable)


def changed(chart: str, picked: Set[Mark]) -> Set[Mark]:
    """What the last click on a chart marked, or where it marked nothing, what it unmarked."""
    held: dict[str, Set[Mark]] = st.session_state.setdefault(_HELD, {})
    before = held.get(chart, frozenset())
    held[chart] = picked
    return (picked - before) or (before - picked)


def settle(*charts: str) -> None:
    """Before a page draws these charts: forget what was marked on those that stand in no session's state yet."""
    held = st.session_state.get(_HELD, {})
    for chart in charts:
        if chart.partition("/")[0] not in st.session_state:
            held.pop(chart, None)
