"""A chart put on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import altair as alt
import streamlit as st
from altair.utils import schemapi

Chart = alt.Chart | alt.LayerChart

# Altair holds each part of a chart against its schema as it is made; the tests do that for our charts.
schemapi.disable_debug_mode()


@dataclass(frozen=True, slots=True)
class _Unchecked:
    """A chart that is not held against its schema once more as it is written, which takes a tenth of the time of a run."""

    chart: Chart

    def to_dict(self) -> dict[str, Any]:
        return self.chart.to_dict(validate=False)


def show(chart: Chart, key: str, clicked: Callable[[], None] | None = None, selections: Sequence[str] = ()) -> None:
    """Draw a chart as wide as its place; `clicked` is called when what is chosen in one of its `selections` becomes another."""
    ready = cast("alt.Chart", _Unchecked(chart))
    if clicked is None:
        st.altair_chart(ready, key=key, width="stretch")
    else:
        st.altair_chart(ready, key=key, on_select=clicked, selection_mode=selections, width="stretch")
