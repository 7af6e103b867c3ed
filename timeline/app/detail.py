"""One event, in a drawer over the page: what is known of it, the words of every source, and why it is as it is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode, urlsplit

import numpy as np
import pandas as pd
import streamlit as st

from timeline.app import correction_form, event_facts, passages, state
from timeline.app.event_facts import Row
from timeline.app.event_reasons import Reasons
from timeline.app.event_style import CSS
from timeline.app.language import _, current, ngettext
from timeline.app.names import language_name
from timeline.app.view import View, titled, titles
from timeline.query import Archive, Relation
from timeline.tables import Tables

_SOURCES_AT_ONCE = 30
_ALL_SOURCES = "all_sources_of"


def show(view: View) -> None:
    """Open the drawer if an event is chosen."""
    correction_form.tell_saved()
    if not state.opened():
        return
    drawer = st.dialog(_("Event"), width="small", position="right", on_dismiss=lambda: state.open_event(None))
    drawer(_drawer)(view)


def _drawer(view: View) -> None:
    # Runs again on its own when a button in it opens another event, so it asks the session which one.
    state.write_url()
    place = view.archive.place_of(state.opened() or "")
    if place is None:
        return
    tables = view.archive.about([place])
    event: Row = tables.events.to_dict("records")[0]
    st.html(CSS)
    _steps(view, place)
    st.html(
        f'<article class="tl-event">{_heading(tables.events, view)}'
        f"<dl>{event_facts.facts(event, tables, view.entries, current())}</dl></article>"
    )
    _series(view.archive.events, event)
    _relatives(view.archive.events, event)
    reasons = Reasons(event, tables, view.entries, current())
    _told(_("What the sources disagree on"), reasons.conflicts())
    _told(_("What readers put right"), reasons.corrections())
    _sources(view.archive, tables, event)
    _told(_("Why these reports are one event"), reasons.joins())
    _cells(reasons)
    _link(event["event_id"])
    correction_form.show(view, event)


def _steps(view: View, place: int) -> None:
    """Buttons to the events before and after, among those shown."""
    places, is_shown = view.shown.places, bool(view.keep[place])
    at = int(np.searchsorted(places, place))
    ids = view.archive.events.column("event_id")
    before = ids[int(places[at - 1])].as_py() if is_shown and at else None
    after = ids[int(places[at + 1])].as_py() if is_shown and at + 1 < len(places) else None
    with st.container(horizontal=True, vertical_alignment="center"):
        _step("Previous", _("Previous"), ":material/arrow_back:", before)
        _step("Next", _("Next"), ":material/arrow_forward:", after)
        if is_shown:
            words = current()
            st.caption(_("{number} of {total}").format(number=words.number(at + 1), total=words.number(len(places))))


def _step(name: str, label: str, icon: str, event_id: str | None) -> None:
    st.button(label, icon=icon, key=f"step-{name}", disabled=event_id is None, on_click=state.open_event, args=(event_id,))


def _heading(rows: pd.DataFrame, view: View) -> str:
    """The title in the reader's language, the English one under it where that is another."""
    title, english = titles(rows, current()).iloc[0], rows["title"].iloc[0]
    other = f'<p class="tl-other" lang="en">{escape(english)}</p>' if title != english else ""
    is_own = rows["event_id"].iloc[0] in view.new
    note = _("From your own texts: only you see it, and only in this session.")
    if rows["event_id"].iloc[0] in view.shelf.curated:
        is_own, note = True, _("From the chronology: none of the texts tells it.")
    own = f'<p class="tl-own">{escape(note)}</p>' if is_own else ""
    return f"<h2>{escape(title)}</h2>{other}{own}"


def _series(events: Relation, event: Row) -> None:
    """Buttons to the events before and after in the series, among all events."""
    if not event["series"]:
        return
    of_series = events.where("series", [event["series"]])
    before, after = event_facts.neighbours(events.rows(of_series, ("event_id", "series", "ordinal", "date_start")), event)
    if not before and not after:
        return
    with st.container(key="series"):
        for name, label, event_id in (
            ("previous", _("Before it in the series: {title}"), before),
            ("next", _("After it in the series: {title}"), after),
        ):
            if event_id:
                title = _titled(events.rows(events.where("event_id", [event_id])))[0]
                st.button(label.format(title=title), key=f"series-{name}", type="tertiary", on_click=state.open_event, args=(event_id,))


def _titled(rows: pd.DataFrame) -> list[str]:
    """Titles and dates, as they may stand in a label."""
    words = current()
    cells = zip(titles(rows, words), rows["date_edtf"], rows["date_precision"], strict=True)
    return [state.plain(titled(title, text, precision, words)) for title, text, precision in cells]


def _relatives(events: Relation, event: Row) -> None:
    """The event that this is a part of, and its own parts."""
    whole = events.rows(events.where("event_id", [event["part_of"]]))
    parts = events.rows(events.where("part_of", [event["event_id"]]))
    if whole.empty and parts.empty:
        return
    with st.container(key="kin"):
        for label, rows in ((_("Part of: {title}"), whole), (_("With the part: {title}"), parts)):
            for event_id, title in zip(rows["event_id"], titles(rows, current()), strict=True):
                st.button(
                    label.format(title=state.plain(title)),
                    key=f"kin-{event_id}",
                    type="tertiary",
                    on_click=state.open_event,
                    args=(event_id,),
                )


def _told(heading: str, items: str) -> None:
    """A heading and its list, if there is anything in it."""
    if items:
        st.html(f'<section class="tl-event"><h3>{escape(heading)}</h3><ul>{items}</ul></section>')


def _sources(archive: Archive, tables: Tables, event: Row) -> None:
    """Each document's passages, under one heading; `tables` are those of the event."""
    mentions = tables.mentions
    documents: dict[str, Row] = {row["doc_id"]: row for row in tables.documents.to_dict("records")}
    heading = ngettext("What the sources say · {n} passage", "What the sources say · {n} passages", len(mentions)).format(n=len(mentions))
    st.html(f'<section class="tl-event"><h3>{escape(heading)}</h3>{passages.legend(current())}</section>')
    groups = list(mentions.groupby("doc_id", sort=False))
    shown = groups if st.session_state.get(_ALL_SOURCES) == event["event_id"] else groups[:_SOURCES_AT_ONCE]
    found = passages.found_of(archive, (mention_id for _doc_id, rows in shown for mention_id in rows["mention_id"]))
    for doc_id, rows in shown:
        st.html(_source(rows, documents[str(doc_id)], found, event_facts.addresses(tables, rows["mention_id"])))
    if len(shown) < len(groups):
        label = _("Show all {n} sources").format(n=len(groups))
        st.button(label, key="all-sources", on_click=st.session_state.update, args=({_ALL_SOURCES: event["event_id"]},))


def _source(rows: pd.DataFrame, document: Row, found: dict[str, list[passages.Found]], addresses: Sequence[str]) -> str:
    """A document's passages; of a chronology, with the addresses that its row names."""
    words = current()
    languages = words.enumerated(language_name(code) for code in rows["language"].unique())
    told = [languages, document["publisher"], words.date(document["published"]) if document["published"] else ""]
    link = passages.safe_link(document["source_url"])
    label = escape(_("Open the source"))
    foot = f'<footer><a href="{link}" target="_blank" rel="noopener noreferrer">{label}</a></footer>' if link else ""
    named = [(urlsplit(url).hostname or url, safe) for url in addresses if (safe := passages.safe_link(url))]
    items = "".join(f'<li><a href="{safe}" target="_blank" rel="noopener noreferrer">{escape(host)}</a></li>' for host, safe in named)
    heading = _("Its sources")
    foot = foot or (f"<footer>{escape(heading)}<ul>{items}</ul></footer>" if items else "")
    quotes = "".join(passages.quote(mention, found[mention["mention_id"]], words) for mention in rows.to_dict("records"))
    title = document["title"] or document["doc_id"]
    return (
        f'<section class="tl-source"><header>{escape(" · ".join(filter(None, told)))}<br>'
        f'<bdi lang="{escape(document["language"], quote=True)}">{escape(title)}</bdi></header>{quotes}{foot}</section>'
    )


def _cells(reasons: Reasons) -> None:
    cells = reasons.cells()
    if cells:
        with st.expander(_("How each cell is known"), icon=":material/rule:"):
            st.html(f'<div class="tl-event tl-cells">{cells}</div>')


def _link(event_id: str) -> None:
    """The address of this event alone, to be copied; the browser's own line holds the whole view."""
    query = {"event": event_id} | ({"lang": current().language} if state.get("lang") else {})
    with st.expander(_("Link to this event"), icon=":material/link:"):
        st.code(f"{(st.context.url or '').split('?')[0]}?{urlencode(query)}", language=None, wrap_lines=True)
