"""What every page shares: the data, the filters in the sidebar, the open event."""

from __future__ import annotations

import streamlit as st

from timeline.app import data, detail, filters, state, style, timeline_page
from timeline.errors import TimelineError


def main() -> None:
    """Draw the app; called by `streamlit_app.py` on every rerun."""
    st.set_page_config(page_title="Vietnam–China border and local diplomacy", page_icon="📅", layout="wide", initial_sidebar_state="auto")
    style.apply()
    folder = data.folder()
    try:
        tables = data.load(folder)
    except TimelineError as fault:
        timeline_page.header(None)
        _explain(fault)
        return
    state.sync(set(tables.events["event_id"]))
    chosen = filters.sidebar(tables.events)
    state.write_url()
    timeline_page.render(tables, chosen)
    detail.show(tables, chosen)


def _explain(fault: TimelineError) -> None:
    st.info(f"There are no events to show yet: {state.plain(str(fault))}.", icon=":material/inbox:")
    st.markdown("Run `timeline build seeds/ --out data/built` (or `make app`), then reload this page.")
