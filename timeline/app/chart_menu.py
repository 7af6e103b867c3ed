"""The timeline as it stands, as a file: for a paper (SVG), a slide (PNG), or to go on with (Vega-Lite)."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import streamlit as st

from timeline.app.language import _
from timeline.export.chart_files import png, svg, vega_lite

_WIDTH = 1000  # pixels: as wide as a page takes before the titles grow too small


def menu(draw: Callable[[], alt.LayerChart]) -> None:
    """A button that opens the list of files; `draw` gives the chart on a light ground, when it is wanted."""
    with st.popover(_("Download the chart"), icon=":material/image:", type="tertiary", width="content"):
        _button("svg", _("SVG, for print"), "image/svg+xml", lambda: svg(draw(), _WIDTH))
        _button("png", _("PNG, a picture"), "image/png", lambda: png(draw(), _WIDTH))
        _button("json", _("Vega-Lite, to go on with"), "application/json", lambda: vega_lite(draw()))


def _button(suffix: str, label: str, mime: str, write: Callable[[], bytes]) -> None:
    st.download_button(
        label, data=write, file_name=f"timeline.{suffix}", mime=mime, key=f"chart-{suffix}", on_click="ignore", type="tertiary"
    )
