"""The inputs of the correction form, one for each kind of field, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import get_args

import numpy as np
import pandas as pd
import streamlit as st

from timeline import edtf
from timeline.app import state
from timeline.app.event_facts import Row, sources_of
from timeline.app.language import _, current
from timeline.app.names import status_name, type_name
from timeline.app.view import View, titled, titles
from timeline.facets import COLUMNS, Conditions, Facets
from timeline.i18n import RECURRENCES
from timeline.model import Status
from timeline.query import Relation, Rows

_CANDIDATES = 50
_NONE = ""
_DRAWN = "correction_drawn"  # the input that is drawn: its key, and what stood in it at first
# What an input shows of the event, where that is not the cell of its field.
_SHOWN = {
    "type": ("event_type", "event_subtype"),
    **dict.fromkeys(("merge", "split", "drop_passage", "drop"), ("mentions",)),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the inputs say: rows of target, field and value; or, in a sentence, why they say nothing yet."""

    rows: tuple[tuple[str, str, str], ...] = ()
    fault: str = ""


def ask(field: str, view: View, event: Row) -> Draft:
    """Draw the input that fits a field and read it."""
    key = key_of(field, event)
    draft = _INPUTS.get(field, _text)(field, view, event, key)
    if st.session_state.get(_DRAWN, ("", None))[0] != key:
        st.session_state[_DRAWN] = key, st.session_state.get(key)
    return draft


def key_of(field: str, event: Row) -> str:
    """The key of a field's input: another when the event's cell is another, so that no old value stays in an open form."""
    cells = repr([event[name] for name in _SHOWN.get(field, (field,))])
    return f"correct-{field}-{event['event_id']}-{sha256(cells.encode()).hexdigest()[:8]}"


def is_overtaken(field: str, event: Row) -> bool:
    """Whether the reader had filled in the input when the cell under it became another; to be asked before it is drawn anew."""
    drawn, first = st.session_state.get(_DRAWN, ("", None))
    stem, key = f"correct-{field}-{event['event_id']}-", key_of(field, event)
    return drawn.startswith(stem) and drawn != key and drawn in st.session_state and st.session_state[drawn] != first


def forget_drawn() -> None:
    """After the reader's own correction: the cell will be another by their own doing."""
    st.session_state.pop(_DRAWN, None)


def _changed(event: Row, field: str, value: str, old: str) -> Draft:
    if value == old:
        return Draft(fault=_("That is what stands there already. Change it first."))
    return Draft(((event["event_id"], field, value),))


def _text(field: str, view: View, event: Row, key: str) -> Draft:
    value = st.text_input(_("What is right"), value=event[field], key=key, max_chars=300).strip()
    if not value:
        return Draft(fault=_("Write a title: it cannot be empty."))
    return _changed(event, field, value, event[field])


def _date(field: str, view: View, event: Row, key: str) -> Draft:
    value = st.text_input(
        _("What is right"),
        value=event[field],
        key=key,
        max_chars=60,
        help=_("Write 2025, 2025-09 or 2025-09-12; 2025-09-12/2025-09-14 for a span; 2025~ for about; nothing where no source tells."),
    ).strip()
    try:
        edtf.parse(value)
    except edtf.EdtfError:
        wrong = _("“{text}” is no date. Write 2025, 2025-09, 2025-09-12 or 2025-09-12/2025-09-14.")
        return Draft(fault=wrong.format(text=state.plain(value)))
    st.caption(_("That is: {date}").format(date=state.plain(current().date(value))))
    return _changed(event, field, value, event[field])


def _choice(options: list[str], say: Callable[[str], str], old: str, key: str) -> str:
    listed = options if old in options else [old, *options]
    return str(st.selectbox(_("What is right"), listed, index=listed.index(old), format_func=say, key=key))


def _status(field: str, view: View, event: Row, key: str) -> Draft:
    value = _choice(list(get_args(Status)), status_name, event[field], key)
    return _changed(event, field, value, event[field])


def _type(field: str, view: View, event: Row, key: str) -> Draft:
    rows = view.entries.event_types
    own = ".".join(filter(None, [event["event_type"], event["event_subtype"]]))

    def say(name: str) -> str:
        kind, _dot, subtype = name.partition(".")
        names = [type_name(kind, view.entries)] + ([type_name(subtype, view.entries, kind)] if subtype else [])
        return " · ".join(dict.fromkeys(names))

    value = _choice(list(rows), say, own, key)
    if value == own:
        return _changed(event, field, value, own)
    kind, _dot, subtype = value.partition(".")
    told = (("event_type", kind), ("event_subtype", subtype))
    return Draft(tuple((event["event_id"], name, cell) for name, cell in told if cell != event[name]))


def _recurrence(field: str, view: View, event: Row, key: str) -> Draft:
    value = _choice(
        [_NONE, *RECURRENCES], lambda code: _(RECURRENCES[code]) if code in RECURRENCES else code or _("it does not"), event[field], key
    )
    return _changed(event, field, value, event[field])


def _series(field: str, view: View, event: Row, key: str) -> Draft:
    value = _choice([_NONE, *view.entries.series], lambda name: name or _("none"), event[field], key)
    return _changed(event, field, value, event[field])


def _ordinal(field: str, view: View, event: Row, key: str) -> Draft:
    old: int | None = None if pd.isna(event[field]) else int(event[field])
    value = st.number_input(_("What is right"), min_value=1, max_value=999, step=1, value=old, key=key)
    return _changed(event, field, "" if value is None else str(int(value)), "" if old is None else str(old))


def _names(field: str, view: View, event: Row, key: str) -> Draft:
    known = {"provinces": list(view.entries.provinces), "border_gates": list(view.entries.gates)}.get(field)
    if known is None:
        known = list(dict.fromkeys([*(name for name in view.entries.actors if "{" not in name), *view.facets.values("actor")]))
    held = event[field]
    options = [*held, *(name for name in known if name not in held)]
    # A person whom no table lists may be written; places and gates are only those of the tables.
    picked = st.multiselect(_("What is right"), options, default=held, key=key, accept_new_options=field == "actors", select_all=False)
    values = [name.replace(";", ",").strip() for name in picked]
    if values == held:
        return _changed(event, field, _NONE, _NONE)
    return Draft(((event["event_id"], field, "; ".join(values)),))


def _another(field: str, view: View, event: Row, key: str) -> Draft:
    """One of the events that share most with this one, or the id of any."""
    events = view.archive.events
    likely, words = events.rows(alike(view.facets, event, view.new)), current()
    cells = zip(likely["event_id"], titles(likely, words), likely["date_edtf"], likely["date_precision"], strict=True)
    names = {event_id: titled(title, text, precision, words) for event_id, title, text, precision in cells}
    value = st.selectbox(
        _("Which event?"),
        list(names),
        index=None,
        format_func=lambda name: names.get(name, name),
        key=key,
        accept_new_options=True,
        placeholder=_("Choose one, or write the id of another"),
    )
    if not value:
        return Draft(fault=_("Choose the other event."))
    if value == event["event_id"] or value in view.new or value not in events:
        return Draft(fault=_("No other event bears the id “{text}”.").format(text=state.plain(str(value))))
    if field == "part_of" and event["event_id"] in wholes_of(events, str(value)):
        return Draft(fault=_("That event is itself a part of this one."))
    if field == "part_of" and value == event["part_of"]:
        return _changed(event, field, value, value)
    return Draft(((event["event_id"], field, str(value)),))


def wholes_of(events: Relation, event_id: str) -> list[str]:
    """The event that one is a part of, the one that this is a part of, and so on."""
    found: list[str] = []
    while True:
        above = events.rows(events.where("event_id", [event_id]), ["part_of"])["part_of"]
        event_id = next((whole for whole in above if whole and whole not in found), "")
        if not event_id:
            return found
        found.append(event_id)


def alike(facets: Facets, event: Row, without: Collection[str] = ()) -> Rows:
    """Positions of the other events that share most with one: a place, a gate, an actor, the series, the days; the likeliest first.

    `without` are ids of events that are not asked for: those of the reader's own texts, which no other reader has.
    """
    weights = {"province": 2, "gate": 2, "actor": 2, "series": 3, "type": 1}
    shared = np.zeros(facets.size, dtype=np.int64)
    for group, weight in weights.items():
        cell = event[COLUMNS[group]]
        for value in {cell} if isinstance(cell, str) else set(cell):
            shared += weight * facets.group(group).any_of((value,))
    if event["date_start"] or event["date_end"]:
        shared += 2 * facets.mask(Conditions(since=event["date_start"], until=event["date_end"], undated=False))
    shared[facets.archive.events.has("event_id", [event["event_id"], *without])] = 0
    order = np.argsort(-shared, kind="stable")[:_CANDIDATES]
    return order[shared[order] > 0]


def _passages(view: View, event: Row) -> dict[str, str]:
    """The event's mentions, each called by its source and first words."""
    tables = view.archive.about(view.archive.events.where("event_id", [event["event_id"]]))
    rows, sources = tables.mentions, sources_of(tables.documents, tables.mentions["doc_id"])
    cells = zip(rows["mention_id"], rows["doc_id"], rows["text"], strict=True)
    said = current().labelled
    return {mention_id: said(sources[doc_id], f"“{' '.join(text.split())[:90]}”") for mention_id, doc_id, text in cells}


def _split(field: str, view: View, event: Row, key: str) -> Draft:
    told = _passages(view, event)
    picked = st.multiselect(_("Which passages?"), list(told), format_func=told.__getitem__, key=key, select_all=False)
    if not picked:
        return Draft(fault=_("Choose the passages that tell of another event."))
    if len(picked) == len(told):
        return Draft(fault=_("Leave at least one passage to this event."))
    return Draft(((event["event_id"], field, "; ".join(picked)),))


def _drop_passage(field: str, view: View, event: Row, key: str) -> Draft:
    told = _passages(view, event)
    picked = st.selectbox(_("Which passage?"), list(told), index=None, format_func=told.__getitem__, key=key)
    return Draft(((picked, "drop", ""),)) if picked else Draft(fault=_("Choose the passage."))


def _drop(field: str, view: View, event: Row, key: str) -> Draft:
    st.caption(_("The event goes from every page; its sources stay."))
    return Draft(((event["event_id"], "drop", ""),))


_INPUTS: dict[str, Callable[[str, View, Row, str], Draft]] = {
    "date_edtf": _date,
    "status": _status,
    "type": _type,
    "recurrence": _recurrence,
    "series": _series,
    "ordinal": _ordinal,
    **dict.fromkeys(("provinces", "border_gates", "actors"), _names),
    **dict.fromkeys(("merge", "part_of"), _another),
    "split": _split,
    "drop_passage": _drop_passage,
    "drop": _drop,
}
