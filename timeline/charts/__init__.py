"""Event tables as Altair charts.

`prepare` once a table and lane, then draw any part of it: `timeline_chart(prepared.only(mask), ...)`.
"""

from timeline.charts.bands import gate_bands
from timeline.charts.overview import overview_chart
from timeline.charts.prepared import Prepared, extent, prepare
from timeline.charts.selection import BIN, SELECTION, WINDOW, bins_of, window_of
from timeline.charts.timeline import KINDS, Drawing, draw, timeline_chart

__all__ = [
    "BIN",
    "KINDS",
    "SELECTION",
    "WINDOW",
    "Drawing",
    "Prepared",
    "bins_of",
    "draw",
    "extent",
    "gate_bands",
    "overview_chart",
    "prepare",
    "timeline_chart",
    "window_of",
]
