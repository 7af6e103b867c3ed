"""The change log: every correction with when, by whom and why, what became of it, and a way to its event."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from timeline.app import state, style
from timeline.app.event_reasons import FIELDS, value_in_words
from timeline.app.event_style import CSS
from timeline.app.language import _, current, ngettext
from timeline.app.leave import corrections_file
from timeline.app.view import View, titles
from timeline.corrections import is_day
from timeline.errors import InputError
from timeline.i18n import N_
from timeline.restore import Entry, change_log

_AT_ONCE = 50
_SHOWN = "changes_shown"
_STATES = {
    "made": N_("holds"),
    "replaced": N_("replaced by a later correction that says otherwise"),
    "gone": N_("without effect: no event or passage bears this id any more"),
    "refused": N_("without effect: its field or value is unknown, or does not go with this event"),
}
_ACTIONS = {
    "drop": N_("it is no event"),
    "merge": N_("is the same event as {value}"),
    "split": N_("another event is told of by {value}"),
}


def render(view: View) -> None:
    """Draw the page."""
    st.html(CSS)
    style.title(_("What readers have put right"))
    path = corrections_file()
    if path is None:
        st.info(_("Corrections are off here: whoever runs this site has not named a file for them."), icon=":material/edit_off:")
        return
    try:
        log = change_log(path, view.archive.frames())
    except InputError as fault:
        told, _remedy = fault.told(current())
        st.error(_("The file of corrections cannot be read: {fault}.").format(fault=state.plain(told)), icon=":material/error:")
        return
    if not log:
        st.info(_("Nobody has corrected anything yet. Open an event and choose “Correct this event”."), icon=":material/edit:")
        return
    holding = sum(entry.state == "made" for entry in log)
    said = ngettext("{n} correction, {holding} in force", "{n} corrections, {holding} in force", len(log))
    style.count(escape(said.format(n=len(log), holding=holding)))
    idle = [entry for entry in log if entry.state != "made"]
    if idle:
        note = ngettext("{n} is without effect: it is marked below.", "{n} are without effect: they are marked below.", len(idle))
        st.warning(note.format(n=len(idle)), icon=":material/warning:")
    shown = int(st.session_state.get(_SHOWN, _AT_ONCE))
    _entries(log[:shown], view)
    if shown < len(log):
        st.button(_("Show more"), key="changes-more", on_click=st.session_state.update, args=({_SHOWN: shown + _AT_ONCE},))


def _entries(log: Sequence[Entry], view: View) -> None:
    events = view.archive.events
    rows = events.rows(events.where("event_id", {entry.event_id for entry in log} | {entry.correction.value for entry in log}))
    names = dict(zip(rows["event_id"], titles(rows, current()), strict=True))
    for number, entry in enumerate(log):
        with st.container(border=True, gap="small", key=f"change-{number}"):
            st.html(_words(entry, view, names))
            title = names.get(entry.event_id)
            if title is not None:
                label = _("Open the event: {title}").format(title=state.plain(title))
                key = f"change-open-{number}"
                st.button(label, key=key, type="tertiary", on_click=state.open_event, args=(entry.event_id,))


def _words(entry: Entry, view: View, names: dict[str, str]) -> str:
    """One correction as HTML: what, by whom, when, why; then what became of it. Every cell is escaped."""
    row, words = entry.correction, current()
    if row.field in _ACTIONS:
        what = _(_ACTIONS[row.field]).format(value=names.get(row.value, row.value))
    else:
        value = value_in_words(row.field, row.value, view.entries, words) if row.value or row.field == "date_edtf" else _("nothing")
        what = words.labelled(_(FIELDS.get(row.field, row.field)), value)
    by = " · ".join(filter(None, [words.date(row.when) if is_day(row.when) else row.when, row.who]))
    target = names.get(entry.event_id) or row.target
    reason = _("Why: {reason}").format(reason=row.why)
    why = f'<p class="tl-value">{escape(reason)}</p>' if row.why else ""
    became = escape(_(_STATES[entry.state]))
    became = became if entry.state == "made" else f"<strong>{became}</strong>"
    return (
        f'<div class="tl-event tl-change"><h3>{escape(target)}</h3><p class="tl-value">{escape(what)}</p>{why}'
        f'<p class="tl-value"><small>{escape(by)}{" · " if by else ""}{became}</small></p></div>'
    )
