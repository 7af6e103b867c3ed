"""The timeline as it stands, as a file: for a paper (SVG, PDF), a slide (PNG), or to go on with (Vega-Lite)."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import streamlit as st

from timeline.app import state
from timeline.app.language import _, current
from timeline.app.turns import in_turn
from timeline.errors import InputError
from timeline.export.chart_files import missing_fonts, pdf, png, svg, vega_lite

_WIDTH = 1000  # pixels: as wide as a page takes before the titles grow too small


@st.fragment
def menu(draw: Callable[[], alt.LayerChart]) -> None:
    """A button that opens the list of files; `draw` gives the chart on a light ground, when it is wanted.

    A fragment, so that opening the list draws nothing else anew.
    """
    box = st.popover(
        _("Download the chart"), icon=":material/image:", type="tertiary", width="content", key="chart-files", on_change="rerun"
    )
    with box:
        _button("svg", _("SVG, for print"), "image/svg+xml", lambda: svg(draw(), _WIDTH))
        _button("pdf", _("PDF, for print"), "application/pdf", lambda: pdf(draw(), _WIDTH))
        _button("png", _("PNG, a picture"), "image/png", lambda: png(draw(), _WIDTH))
        _button("json", _("Vega-Lite, to go on with"), "application/json", lambda: vega_lite(draw()))
        if box.open:
            _warn_of_fonts(draw)


def _warn_of_fonts(draw: Callable[[], alt.LayerChart]) -> None:
    """Only in an open list: the chart must be drawn to see which letters it has."""
    try:
        said = missing_fonts(svg(draw(), _WIDTH), current())
    except InputError:
        return  # the download says why
    if said:
        st.caption(state.plain(said))


def _button(suffix: str, label: str, mime: str, write: Callable[[], bytes]) -> None:
    st.download_button(
        label, data=in_turn(write), file_name=f"timeline.{suffix}", mime=mime, key=f"chart-{suffix}", on_click="ignore", type="tertiary"
    )
