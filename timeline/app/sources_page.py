"""The page of the sources: every document, and the text of one with all that was read from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from timeline.app import data, passages, session_texts, state, style
from timeline.app.filters import MOST_SOUGHT
from timeline.app.language import _, current, ngettext
from timeline.app.source_blocks import SHORT, Block, around_reports, blocks_of, groups_of, parts_of
from timeline.app.source_text import text_of
from timeline.app.view import View, titled, titles
from timeline.export import web_address
from timeline.query import Mask, Rows
from timeline.tables import sort_rows
from timeline.text import fold_words

CHOSEN = "source_doc"
_LISTED = 1_000  # rows of the table and options of the box; with more, the search finds them
_FIND, _WHOLE, _PART, _READ = "source_find", "source_whole", "source_part", "source_read"


def render(view: View) -> None:
    """Draw the page."""
    style.title(_("Sources"), _("Every text that the events were read from, with what was read from it."))
    if not len(view.archive.documents):
        st.info(_("There is no source yet."))
        return
    chosen = state.get(CHOSEN)
    if chosen not in view.archive.documents:
        if chosen:
            st.warning(_("There is no source “{name}”; choose one of these.").format(name=state.plain(chosen)))
        chosen = None
        state.set(CHOSEN, None)
    found = _search(view)
    listed = view.archive.documents.rows(found[:_LISTED])
    row = view.archive.documents.rows(view.archive.documents.where("doc_id", [chosen] if chosen else []))
    _choice(pd.concat([listed, row[~row["doc_id"].isin(listed["doc_id"])]]))
    if st.session_state.get(_READ) != chosen:  # however it was chosen: in the box, the list, the URL, by going back
        st.session_state.update({_READ: chosen, _PART: 0, _WHOLE: False})
    if chosen is None:
        _list(view, listed, len(found))
        return
    document = row.iloc[0].to_dict()
    _head(document, int(view.facets.group("document").any_of([chosen]).sum()))
    _text(view, document)


def _search(view: View) -> Rows:
    """Positions of the documents that hold every word the reader is looking for, in title, publisher or name."""
    return np.flatnonzero(view.shelf.documents.holding(fold_words(st.session_state.get(_FIND) or "").split())).astype(np.int64)


def _choice(listed: pd.DataFrame) -> None:
    """The search and the box, side by side: what the table's click does, for the keyboard."""
    names = {row["doc_id"]: _label(row) for row in listed.sort_values("doc_id").to_dict("records")}
    left, right = st.columns([1, 2])
    left.text_input(_("Find a source"), key=_FIND, placeholder=_("Words of a title, a publisher"), max_chars=MOST_SOUGHT)
    right.selectbox(
        _("Source"),
        list(names),
        index=None,
        format_func=lambda doc_id: names.get(doc_id, doc_id),
        key=state.key_of(CHOSEN),
        placeholder=_("Choose one to read it"),
    )


def _label(row: Mapping[Any, Any]) -> str:
    return " · ".join(filter(None, (_title(row), row["publisher"])))


def _title(row: Mapping[Any, Any]) -> str:
    """The title, or the file's name; of a reader's own text it says so."""
    doc_id: str = row["doc_id"]
    if doc_id.startswith(session_texts.PREFIX):
        return _("{title} (your own text)").format(title=row["title"] or doc_id.removeprefix(session_texts.PREFIX))
    return row["title"] or doc_id


def _list(view: View, rows: pd.DataFrame, number: int) -> None:
    """The documents of these rows, the first of a `number` of them."""
    count = ngettext("{n} source", "{n} sources", number).format(n=current().number(number))
    style.count(escape(count))
    if rows.empty:
        st.info(_("No source has these words. Look for fewer."), icon=":material/filter_alt_off:")
        return
    told = _events_of(view, rows["doc_id"], np.ones(view.facets.size, dtype=bool))
    words = current()
    columns: dict[str, Any] = {
        _("Title"): [_title(row) for row in rows.to_dict("records")],
        _("Language"): [words.language_name(code) for code in rows["language"]],
        _("Date"): [words.date(day) if day else "" for day in rows["published"]],
        _("Publisher"): rows["publisher"].tolist(),
        _("Events"): told,
    }
    if len(view.shown) < view.facets.size:
        columns[_("Of these chosen")] = _events_of(view, rows["doc_id"], view.keep)
    columns[_("Link")] = [web_address(link) or None for link in rows["source_url"]]
    ids = rows["doc_id"].tolist()
    st.dataframe(
        pd.DataFrame(columns),
        key="sources",
        hide_index=True,
        on_select=lambda: _picked(ids),
        selection_mode="single-row",
        column_config={
            _("Title"): st.column_config.TextColumn(width="large"),
            _("Link"): st.column_config.LinkColumn(display_text=_("Open")),
        },
        placeholder="",
        width="stretch",
    )
    if number > len(rows):
        st.caption(_("The first {n} of {total}; look for words to see others.").format(n=len(rows), total=number))


def _picked(ids: Sequence[str]) -> None:
    rows = st.session_state["sources"]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        state.set(CHOSEN, ids[rows[0]])


def _events_of(view: View, doc_ids: Iterable[str], keep: Mask) -> list[int]:
    """How many events of a mask each document tells."""
    counts = view.facets.group("document").counts(keep)
    return [counts.get(doc_id, 0) for doc_id in doc_ids]


def _head(row: Mapping[Any, Any], events: int) -> None:
    """What is known of the document."""
    told = [
        current().language_name(row["language"]),
        row["publisher"],
        current().date(row["published"]) if row["published"] else _("without a date"),
        ngettext("{n} event", "{n} events", events).format(n=events),
        row["doc_id"].removeprefix(session_texts.PREFIX),
    ]
    link = passages.safe_link(row["source_url"])
    foot = (
        f'<a href="{link}" style="color:inherit" target="_blank" rel="noopener noreferrer">{escape(_("Open the source"))}</a>'
        if link
        else ""
    )
    st.button(_("All sources"), icon=":material/arrow_back:", type="tertiary", key="sources-back", on_click=state.set, args=(CHOSEN, None))
    st.html(
        f'<section class="tl-event"><h3 style="margin:0"><bdi>{escape(_title(row))}</bdi></h3>'
        f'<p style="margin:0.3rem 0 0">{escape(" · ".join(filter(None, told)))}</p><p style="margin:0.2rem 0 0">{foot}</p></section>'
    )


def _text(view: View, row: Mapping[Any, Any]) -> None:
    mentions = view.archive.mentions.rows(view.archive.mentions.where("doc_id", [row["doc_id"]]))
    mentions = sort_rows("mentions", mentions)
    # That a report was joined to another says nothing of its words.
    told = passages.found_of(view.archive, mentions["mention_id"])
    found = {mention_id: [one for one in cells if one.field != "event_id"] for mention_id, cells in told.items()}
    rows = mentions.to_dict("records")
    text = session_texts.text(row["doc_id"]) or text_of(row, data.folder())
    named = _names(view, set(mentions["event_id"]))
    if text is None:
        st.info(_("The text itself is no longer at hand here, or has changed since it was read: these are the passages that tell events."))
        blocks = [Block(int(one["start"]), one["text"], [one["event_id"]], found[one["mention_id"]]) for one in rows]
    else:
        blocks = blocks_of(text, rows, found)
        if rows and len(text) > SHORT:
            st.toggle(_("Show the whole text"), key=_WHOLE)
            if not st.session_state.get(_WHOLE):
                blocks = around_reports(blocks)
    if not rows:
        st.caption(_("No event was found in this text."))
    st.html(passages.legend(current()))
    parts = parts_of(blocks)
    at = min(st.session_state.get(_PART, 0), len(parts) - 1)
    for group in groups_of(parts[at]):
        _group(group, row["language"], named)
    if len(parts) > 1:
        _pager(at, len(parts))


def _names(view: View, ids: set[str]) -> dict[str, str]:
    events = view.archive.events.rows(view.archive.events.where("event_id", ids))
    words = current()
    cells = zip(events["event_id"], titles(events, words), events["date_edtf"], events["date_precision"], strict=True)
    return {event_id: titled(title, text, precision, words) for event_id, title, text, precision in cells}


def _group(group: Sequence[Block], language: str, named: Mapping[str, str]) -> None:
    """Paragraphs, and beside the last of them, on a narrow screen below it, the events that it tells."""
    pieces = [('<p aria-hidden="true">…</p>' if block.is_after_gap else "") + block.html(language, current()) for block in group]
    last = group[-1]
    left, right = st.columns([2.6, 1], gap="medium", vertical_alignment="bottom")
    left.html(f'<div class="tl-text" style="line-height:1.65;overflow-wrap:anywhere">{"".join(pieces)}</div>')
    for event_id in last.events:
        label = state.plain(named.get(event_id, event_id))
        key = f"told-{last.start}-{event_id}"
        right.button(label, key=key, type="tertiary", icon=":material/event:", wrap=True, on_click=state.open_event, args=(event_id,))


def _pager(at: int, count: int) -> None:
    steps = (
        ("part-previous", _("Previous part"), ":material/arrow_back:", at - 1),
        ("part-next", _("Next part"), ":material/arrow_forward:", at + 1),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        for key, label, icon, to in steps:
            st.button(label, key=key, icon=icon, disabled=not 0 <= to < count, on_click=_turn, args=(to,))
        st.caption(_("Part {k} of {n}").format(k=at + 1, n=count))


def _turn(to: int) -> None:
    st.session_state[_PART] = to
