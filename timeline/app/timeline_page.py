"""The first page: the timeline, the undated events beside it, the table below."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from timeline import edtf
from timeline.accessor import TimelineAccessor
from timeline.app import filters, state
from timeline.app.state import Filters
from timeline.app.words import language_name
from timeline.charts import timeline_chart
from timeline.charts.layout import extent
from timeline.charts.palette import label_of
from timeline.charts.timeline import KINDS, SELECTION
from timeline.charts.wording import date_in_words
from timeline.store import to_csv
from timeline.tables import Tables

_CLICKED = "clicked"
_UNDATED_SHOWN = 12
_WRITTEN_AT_ONCE = 2000


def render(tables: Tables, chosen: Filters) -> None:
    """Draw the page for what is chosen."""
    shown = filters.apply(tables.events, chosen)
    dated = shown[(shown["date_start"] != "") | (shown["date_end"] != "")]
    undated = shown.drop(dated.index)
    header(tables)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        _count(len(tables.events), len(dated), len(undated))
        _download(shown)
    if shown.empty:
        st.info("No event meets all of these conditions. Take one away, or clear the filters.", icon=":material/filter_alt_off:")
        return
    left, right = st.columns([3.6, 1], gap="medium")
    with left:
        _chart(tables.events, dated, chosen)
    with right:
        _undated(undated)
    _table(shown)


def header(tables: Tables | None) -> None:
    """Title and one sentence."""
    texts = "news texts"
    if tables is not None:
        texts = f"{len(tables.documents)} news texts in {tables.documents['language'].nunique()} languages"
    lead = f"A timeline of events read from {texts}. Every date, place and name leads back to the words that say it."
    st.html(f'<h1 class="tl-title">Vietnam–China border and local diplomacy</h1><p class="tl-lead">{lead}</p>')


def _count(total: int, dated: int, undated: int) -> None:
    st.html(
        f'<p class="tl-count" role="status"><b>{dated + undated}</b> of {total} events: {dated} on the timeline, {undated} undated</p>',
        width="content",
    )


def _download(shown: pd.DataFrame) -> None:
    """Exactly the events that are shown."""

    def content() -> bytes:
        return to_csv("events", shown).encode("utf-8")

    st.download_button(
        f"Download {len(shown)} event{'s' if len(shown) != 1 else ''} (CSV)",
        # Many are written only when asked for; but then Streamlit may drop the file if a rerun ends just then.
        data=content() if len(shown) <= _WRITTEN_AT_ONCE else content,
        file_name="events.csv",
        mime="text/csv",
        key="download",
        on_click="ignore",
        icon=":material/download:",
        disabled=shown.empty,
        type="tertiary",
    )


def _chart(events: pd.DataFrame, dated: pd.DataFrame, chosen: Filters) -> None:
    first, last = extent(events)
    bounds = (edtf.parse(chosen.since).start or first, edtf.parse(chosen.until).end or last)
    chart = timeline_chart(
        dated,
        lane="provinces",
        order=list(TimelineAccessor(events).counts("province").index),
        domain=bounds if bounds[0] < bounds[1] else (first, last),
        dark=st.context.theme.type == "dark",
    )
    st.altair_chart(chart, key="timeline", on_select=_clicked, selection_mode=[SELECTION], width="stretch")
    items = "".join(f'<li><i class="{kind}"></i>{words}</li>' for kind, words in KINDS.items())
    items += '<li class="tl-hint">Ctrl + wheel zooms, Shift + drag moves, double click resets</li>'
    st.html(f'<ul class="tl-key" aria-label="How times are drawn">{items}</ul>')


def _clicked() -> None:
    """Open the event just clicked. A click toggles its mark, so it is what differs from before."""
    picked = {row["event_id"] for row in st.session_state["timeline"]["selection"].get(SELECTION, []) if row.get("event_id")}
    before = st.session_state.get(_CLICKED, set())
    changed = (picked - before) or (before - picked)
    st.session_state[_CLICKED] = picked
    if len(changed) == 1:
        state.open_event(next(iter(changed)))


def _undated(undated: pd.DataFrame) -> None:
    with st.container(key="undated"):
        st.markdown(f"**Undated** · {len(undated)}")
        if undated.empty:
            st.caption("Every event shown has a date.")
        listed = undated.head(_UNDATED_SHOWN)
        for event_id, title, text in zip(listed["event_id"], listed["title"], listed["date_edtf"], strict=True):
            label = state.plain(f"{title} ({date_in_words(text)})" if text else title)
            st.button(label, key=f"open-{event_id}", type="tertiary", on_click=state.open_event, args=(event_id,))
        if len(undated) > _UNDATED_SHOWN:
            st.caption(f"and {len(undated) - _UNDATED_SHOWN} more, in the table below")


def _table(shown: pd.DataFrame) -> None:
    st.markdown("##### The same events as a table")
    table = pd.DataFrame(
        {
            "When": [date_in_words(text, precision) for text, precision in zip(shown["date_edtf"], shown["date_precision"], strict=True)],
            "Event": shown["title"].tolist(),
            "Type": [label_of(code) for code in shown["event_type"]],
            "Provinces": ["; ".join(items) for items in shown["provinces"]],
            "Gates": ["; ".join(items) for items in shown["border_gates"]],
            "Actors": ["; ".join(items) for items in shown["actors"]],
            "Languages": [", ".join(map(language_name, items)) for items in shown["languages"]],
            "First day": shown["date_start"].tolist(),
        }
    )
    ids = shown["event_id"].tolist()
    st.dataframe(
        table,
        key="table",
        hide_index=True,
        on_select=lambda: _picked(ids),
        selection_mode="single-row",
        column_config={"Event": st.column_config.TextColumn(width="large")},
        width="stretch",
    )


def _picked(ids: list[str]) -> None:
    rows = st.session_state["table"]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        state.open_event(ids[rows[0]])
