"""The first page: the strip of all time, the timeline below it, the undated events beside, the same events as a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import streamlit as st

from timeline.app import chart_menu, charting, clicks, downloads, examples, state, style, window
from timeline.app.language import _, current, ngettext
from timeline.app.names import language_name, naming, type_name
from timeline.app.view import View, titled, titles
from timeline.charts import BIN, KINDS, SELECTION, WINDOW, Drawing, bins_of, draw, gate_bands, overview_chart, window_of
from timeline.facets import COLUMNS
from timeline.i18n import N_
from timeline.titles import CURATED, MARK

LANES = {
    "province": N_("Province"),
    "actor": N_("Person or body"),
    "gate": N_("Border gate"),
    "type": N_("Type of event"),
    "series": N_("Series"),
    "language": N_("Language of a source"),
}
HOLLOW = N_("told by the chronology alone")
_CHART, _STRIP = "timeline", "strip"
_DRAWN = "drawn_window"
_MARKS, _BINS = f"{_CHART}/marks", f"{_CHART}/bins"
_UNDATED_SHOWN = 12
_LISTED = 500


def render(view: View) -> None:
    """Draw the page for what is chosen."""
    dated = int((view.keep & view.facets.dated).sum())
    undated = np.flatnonzero(view.keep & ~view.facets.dated)
    header(view)
    if state.is_clear():
        examples.buttons(view)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        _count(view.facets.size, dated, len(undated))
        downloads.menu(view)
    if view.shelf.curated:
        alone = int((view.keep & view.shelf.is_curated).sum())
        said = ngettext(
            "{n} event that only the chronology tells, marked {mark}", "{n} events that only the chronology tells, marked {mark}", alone
        )
        st.caption(said.format(n=current().number(alone), mark=CURATED))
    if view.new:
        own = int((view.keep & view.archive.events.has("event_id", view.new)).sum())
        said = ngettext("{n} event of your own texts, marked {mark}", "{n} events of your own texts, marked {mark}", own)
        st.caption(said.format(n=own, mark=MARK))
    if view.shown.empty:
        examples.loosen(view)
        return
    left, right = st.columns([3.6, 1], gap="medium")
    with left:
        _charts(view)
    with right:
        _undated(view.archive.events.rows(undated[:_UNDATED_SHOWN]), len(undated), view.marks)
    _table(view)


def header(view: View) -> None:
    """Title and one sentence."""
    documents = view.archive.documents
    lead = _(
        "A timeline of events read from {n} news texts in {m} languages. Every date, place and name leads back to the words that say it."
    )
    languages = documents.column("language").filter(pc.equal(documents.column("kind"), "text"))
    lead = lead.format(n=len(languages), m=len(languages.unique()))
    style.title(_("Vietnam–China border and local diplomacy"), lead)


def _count(total: int, dated: int, undated: int) -> None:
    said = _("{shown} of {total} events: {dated} on the timeline, {undated} undated")
    number = current().number
    shown = f"<b>{number(dated + undated)}</b>"
    told = said.format(shown=shown, total=number(total), dated=number(dated), undated=number(undated))
    style.count(told, "content")


def _charts(view: View) -> None:
    """The strip, the buttons that move its window, and the timeline of what lies in it."""
    whole = window.whole(view)
    shown = window.of(whole)
    dark = st.context.theme.type == "dark"
    if state.get("lanes") not in LANES:
        state.set("lanes", state.PARAMETERS["lanes"].default)
    lane = state.get("lanes")
    column = COLUMNS["province_now" if lane == "province" and view.now else lane]
    prepared = view.shelf.prepared(column).only(view.keep)
    strip = window.key()
    same = view.chosen, whole, shown, dark, current().language  # what a chart is made of, besides the shelf
    strip_of = partial(overview_chart, prepared, domain=whole, window=shown, dark=dark, words=current())
    overview = view.shelf.drawn.get((_STRIP, *same), strip_of)
    charting.show(overview, strip, lambda: _brushed(strip), [WINDOW])
    window.buttons(whole, shown)
    labels = {name: _(label) for name, label in LANES.items()}
    st.segmented_control(_("Lanes"), list(LANES), format_func=labels.__getitem__, key=state.key_of("lanes"), required=True)
    group = "province_now" if column == "provinces_now" else lane
    bands = gate_bands(view.entries.gates.values(), current()) if lane == "gate" else None
    how = partial(draw, prepared, column, order=view.facets.values(group), domain=shown, words=current(), bands=bands, now=view.now)
    how = partial(how, naming=naming())
    drawing = view.shelf.drawn.get((_CHART, lane, view.now, *same), partial(how, dark=dark))
    clicks.settle(_MARKS, _BINS)
    charting.show(drawing.chart, _CHART, _clicked, [SELECTION, BIN])
    _key(drawing, bool(view.shelf.curated))
    chart_menu.menu(lambda: how(dark=False).chart)


def _key(drawing: Drawing, has_curated: bool) -> None:
    label, hint = _("How times are drawn"), _("Draw over the strip above to zoom; a click on an event opens it")
    kinds = KINDS | ({"hollow": HOLLOW} if has_curated else {})
    items = "".join(f'<li><i class="{kind}"></i>{escape(current().gettext(said))}</li>' for kind, said in kinds.items())
    st.html(f'<ul class="tl-key" aria-label="{escape(label)}">{items}<li class="tl-hint">{escape(hint)}</li></ul>')
    if drawing.left_out:
        number = current().number
        lanes = ngettext(
            "{n} lane had no room: filter, or zoom, to see it.", "{n} lanes had no room: filter, or zoom, to see them.", drawing.left_out
        )
        events = ngettext(
            "{n} event stands in none of the lanes drawn.", "{n} events stand in none of the lanes drawn.", drawing.left_out_events
        )
        told = [lanes.format(n=number(drawing.left_out)), events.format(n=number(drawing.left_out_events))]
        st.caption(current().sentences(told if drawing.left_out_events else told[:1]))


def _brushed(strip: str) -> None:
    """The reader has drawn over the strip, or taken that away."""
    days = window_of(st.session_state[strip]["selection"])
    # The browser may tell what was drawn once more, after a button has moved the window on.
    if st.session_state.get(_DRAWN) != (strip, days):
        st.session_state[_DRAWN] = strip, days
        window.set_to(days)


def _clicked() -> None:
    """Open the event just clicked, or zoom to the bin."""
    selection = st.session_state[_CHART]["selection"]
    bins = clicks.changed(_BINS, bins_of(selection))
    marks = clicks.changed(_MARKS, {row["event_id"] for row in selection.get(SELECTION, []) if row.get("event_id")})
    if len(bins) == 1:
        window.set_to(next(iter(bins)), redraw=True)
    elif len(marks) == 1:
        state.open_event(next(iter(marks)))


def _undated(listed: pd.DataFrame, total: int, marks: Mapping[str, str]) -> None:
    with st.container(key="undated"):
        style.heading(_("Undated · {n}").format(n=current().number(total)))
        if not total:
            st.caption(_("Every event shown has a date."))
        for event_id, title, text in zip(listed["event_id"], titles(listed, current(), marks), listed["date_edtf"], strict=True):
            label = state.plain(titled(title, text, "", current()))
            st.button(label, key=f"open-{event_id}", type="tertiary", on_click=state.open_event, args=(event_id,))
        if total > len(listed):
            more = current().number(total - len(listed))
            st.caption(_("and {n} more, on the page “Table”").format(n=more))


def _table(view: View) -> None:
    """The same events in words, for those who cannot see the chart, or want to read on."""
    style.heading(_("The same events as a table"))
    listed, words, names = view.shown.head(_LISTED), current(), naming()
    table = pd.DataFrame(
        {
            _("When"): [words.date(text, precision) for text, precision in zip(listed["date_edtf"], listed["date_precision"], strict=True)],
            _("Event"): titles(listed, words, view.marks).tolist(),
            _("Type"): [type_name(code, view.entries) for code in listed["event_type"]],
            _("Provinces"): [
                words.listed(names.all("province", items)) for items in listed[COLUMNS["province_now" if view.now else "province"]]
            ],
            _("Gates"): [words.listed(names.all("gate", items)) for items in listed["border_gates"]],
            _("Actors"): [words.listed(names.all("actor", items)) for items in listed["actors"]],
            _("Languages"): [words.enumerated(map(language_name, items)) for items in listed["languages"]],
            _("First day"): listed["date_start"].tolist(),
        }
    )
    ids = listed["event_id"].tolist()
    clicks.settle("table/rows")
    st.dataframe(
        table,
        key="table",
        hide_index=True,
        on_select=lambda: _picked(ids),
        selection_mode="single-row",
        column_config={_("Event"): st.column_config.TextColumn(width="large")},
        width="stretch",
    )
    if len(view.shown) > _LISTED:
        st.caption(_("The first {n} of {total}; the page “Table” has them all.").format(n=_LISTED, total=words.number(len(view.shown))))


def _picked(ids: list[str]) -> None:
    """Open the event of the row just chosen; a second click on a row takes its mark away, and opens it again."""
    rows = {row for row in st.session_state["table"]["selection"]["rows"] if row < len(ids)}
    changed = clicks.changed("table/rows", rows)
    if len(changed) == 1:
        state.open_event(ids[next(iter(changed))])
