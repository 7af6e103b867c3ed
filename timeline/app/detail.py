"""One event, in a drawer over the page: what is known of it, and the words of every source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from timeline.app import filters, passages, state
from timeline.app.passages import Found
from timeline.app.state import Filters
from timeline.app.words import direction, language_name
from timeline.charts.palette import label_of
from timeline.charts.wording import BASES, PRECISIONS, STATUSES, date_in_words
from timeline.tables import Tables


def show(tables: Tables, chosen: Filters) -> None:
    """Open the drawer if an event is chosen."""
    if not state.opened():
        return
    drawer = st.dialog("Event", width="small", position="right", on_dismiss=lambda: state.open_event(None))
    drawer(_drawer)(tables, chosen)


def _drawer(tables: Tables, chosen: Filters) -> None:
    # Runs again on its own when a button in it opens another event, so it asks the session which one.
    state.write_url()
    rows = tables.events[tables.events["event_id"] == state.opened()]
    if rows.empty:
        return
    event = rows.iloc[0]
    _steps(filters.apply(tables.events, chosen), event["event_id"])
    st.html(f'<article class="tl-event"><h2>{escape(event["title"])}</h2><dl>{_facts(event)}</dl></article>')
    _relatives(tables.events, event)
    _sources(tables, event)


def _steps(shown: pd.DataFrame, event_id: str) -> None:
    """Buttons to the events before and after, among those shown."""
    ids = shown["event_id"].tolist()
    at = ids.index(event_id) if event_id in ids else None
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at is not None and at + 1 < len(ids) else None
    with st.container(horizontal=True, vertical_alignment="center"):
        _step("Previous", ":material/arrow_back:", before)
        _step("Next", ":material/arrow_forward:", after)
        if at is not None:
            st.caption(f"{at + 1} of {len(ids)}")


def _step(label: str, icon: str, event_id: str | None) -> None:
    st.button(label, icon=icon, key=f"step-{label}", disabled=event_id is None, on_click=state.open_event, args=(event_id,))


def _facts(event: pd.Series[Any]) -> str:
    when = date_in_words(event["date_edtf"], event["date_precision"])
    known = f"{PRECISIONS.get(event['date_precision'], '')}; {BASES.get(event['date_basis'], '')}"
    facts = {
        "When": _said(when[:1].upper() + when[1:], known if event["date_edtf"] else BASES["none"]),
        "What": _said(label_of(event["event_type"]), _kind(event)),
        "Status": escape(STATUSES.get(event["status"], event["status"])),
        "Provinces": _provinces(event["provinces"], event["provinces_now"]),
        "Border gates": _listed(event["border_gates"]),
        "Who": _listed(event["actors"]),
        "Series": escape(_series(event)),
        "Recurs": escape(event["recurrence"]),
        "Disagreement": _listed(event["conflicts"]),
    }
    return "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value)


def _kind(event: pd.Series[Any]) -> str:
    words = (event["event_subtype"], event["form"])
    return ", ".join(label_of(word).lower() for word in dict.fromkeys(words) if word and word != event["event_type"])


def _said(text: str, note: str) -> str:
    return escape(text) + (f" <small>({escape(note)})</small>" if note.strip() else "")


def _listed(items: list[str]) -> str:
    return "<br>".join(map(escape, items))


def _provinces(then: list[str], now: list[str]) -> str:
    return _listed(then) if then == now else f"{_listed(then)}<br><small>since July 2025: {escape(', '.join(now))}</small>"


def _series(event: pd.Series[Any]) -> str:
    number = "" if event["ordinal"] is pd.NA else f" (no. {event['ordinal']})"
    return f"{event['series']}{number}" if event["series"] else ""


def _relatives(events: pd.DataFrame, event: pd.Series[Any]) -> None:
    """The event that this is a part of, and its own parts."""
    whole = events[events["event_id"] == event["part_of"]]
    parts = events[events["part_of"] == event["event_id"]]
    with st.container(key="kin"):
        for label, rows in (("Part of", whole), ("With the part", parts)):
            for event_id, title in zip(rows["event_id"], rows["title"], strict=True):
                st.button(
                    f"{label}: {state.plain(title)}", key=f"kin-{event_id}", type="tertiary", on_click=state.open_event, args=(event_id,)
                )


def _sources(tables: Tables, event: pd.Series[Any]) -> None:
    mentions = tables.mentions[tables.mentions["event_id"] == event["event_id"]]
    evidence = tables.evidence[tables.evidence["mention_id"].isin(mentions["mention_id"])]
    documents = tables.documents.set_index("doc_id")
    found: dict[str, list[Found]] = {mention_id: [] for mention_id in mentions["mention_id"]}
    known = set(tables.mentions["mention_id"])
    for row in evidence.to_dict("records"):
        # A rule that took a cell from another mention names it (`cross_document:m05652048d229`).
        is_borrowed = row["rule"].rpartition(":")[2] in known
        found[row["mention_id"]].append(Found(int(row["start"]), int(row["end"]), row["field"], row["value"], row["text"], is_borrowed))
    key = " ".join(f'<mark class="tl {kind}">{label}</mark>' for kind, label in passages.LABELS.items())
    count = f"{len(mentions)} passage{'s' if len(mentions) != 1 else ''}"
    st.html(f'<section class="tl-event"><h3>What the sources say · {count}</h3><p class="tl-marks">Marked: {key}</p></section>')
    for doc_id, rows in mentions.groupby("doc_id", sort=False):
        st.html(_source(rows.to_dict("records"), documents.loc[doc_id], found))


def _source(mentions: Sequence[Mapping[Any, Any]], document: pd.Series[Any], found: Mapping[str, list[Found]]) -> str:
    """One document's passages, under one heading."""
    languages = ", ".join(dict.fromkeys(language_name(mention["language"]) for mention in mentions))
    told = [languages, document["publisher"], date_in_words(document["published"]) if document["published"] else ""]
    link = passages.safe_link(document["source_url"])
    foot = f'<footer><a href="{link}" target="_blank" rel="noopener noreferrer">Open the source</a></footer>' if link else ""
    words = "".join(_passage(mention, found[mention["mention_id"]]) for mention in mentions)
    return (
        f'<section class="tl-source"><header>{escape(" · ".join(filter(None, told)))}<br><bdi>{escape(document["title"])}</bdi></header>'
        f"{words}{foot}</section>"
    )


def _passage(mention: Mapping[Any, Any], found: list[Found]) -> str:
    text, start = mention["text"], int(mention["start"])
    language, way = escape(mention["language"], quote=True), direction(mention["language"])
    more = [f"{passages.LABELS[one.kind]}: <bdi>“{escape(one.text)}”</bdi>" for one in passages.elsewhere(text, start, found)]
    more += [f"{label}: from another passage" for label in passages.borrowed(found)]
    note = f"<p>{'; '.join(dict.fromkeys(more))}</p>" if more else ""
    return f'<blockquote lang="{language}" dir="{way}">{passages.mark(text, start, found)}</blockquote>{note}'
