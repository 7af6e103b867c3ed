"""The form in an event's drawer that writes a row of `corrections.csv`, where the host gives leave."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from timeline.app import correction_inputs, state
from timeline.app.event_facts import Row
from timeline.app.event_reasons import FIELDS
from timeline.app.language import _, current
from timeline.app.leave import corrections_file
from timeline.app.view import View
from timeline.corrections import Correction, Overtaken, append_correction
from timeline.errors import InputError
from timeline.i18n import N_
from timeline.text.formulas import begins_formula

_SAVED, _WHO = "correction_saved", "correction_who"
_OVERTAKEN = "correction_overtaken"  # somebody else was quicker; to be told once
_OPEN = "correction_open"  # the event whose form stands open at once, for there is something to tell in it
# What may be put right, in the order in which readers ask for it.
CHOICES = {
    **{name: FIELDS[name] for name in ("date_edtf", "status")},
    "type": N_("Type and subtype"),
    **{name: FIELDS[name] for name in ("provinces", "border_gates", "actors", "title", "title_vi", "title_zh")},
    **{name: FIELDS[name] for name in ("series", "ordinal", "recurrence", "part_of")},
    "merge": N_("It is the same as another event"),
    "split": N_("Some passages tell of another event"),
    "drop_passage": N_("A passage tells of no event"),
    "drop": N_("It is no event"),
}


def show(view: View, event: Row) -> None:
    """The form, closed at first; nothing where corrections are off, or on an event of the reader's own texts."""
    path = corrections_file()
    if path is None or event["event_id"] in view.new:
        return
    field = st.session_state.get(_key(event), next(iter(CHOICES)))
    is_overtaken = st.session_state.pop(_OVERTAKEN, False) or correction_inputs.is_overtaken(field, event)
    if is_overtaken:
        st.session_state[_OPEN] = event["event_id"]
    is_open = st.session_state.get(_OPEN) == event["event_id"]
    with st.expander(_("Correct this event"), icon=":material/edit:", expanded=is_open):
        st.caption(_("A correction is kept with your name and reason, and holds for every reader, here and in later builds."))
        _form(path, view, event, is_overtaken)


def tell_saved() -> None:
    """Say that a correction was saved; it is told after the page has taken it over."""
    if st.session_state.pop(_SAVED, False):
        st.toast(_("The correction is saved and holds now."), icon=":material/check:")


def _key(event: Row) -> str:
    return f"correct-field-{event['event_id']}"


def _form(path: Path, view: View, event: Row, is_overtaken: bool) -> None:
    labels = {name: _(label) for name, label in CHOICES.items()}
    field = st.selectbox(_("What is to be put right?"), list(labels), format_func=labels.__getitem__, key=_key(event))
    draft = correction_inputs.ask(field, view, event)
    who = st.text_input(_("Your name"), key=f"correct-who-{event['event_id']}", value=st.session_state.get(_WHO, ""), max_chars=80)
    why = st.text_area(_("Why? Name what you know it from."), key=f"correct-why-{event['event_id']}-{field}", max_chars=500, height=80)
    is_pressed = st.button(_("Save the correction"), key="correct-save", type="primary", icon=":material/save:")
    if is_overtaken:  # what was saved would be what the reader has not seen
        told = _("Somebody has changed this meanwhile. Here it is as it stands now: is it still to be put right?")
        st.warning(told, icon=":material/warning:")
        st.toast(told, icon=":material/warning:")  # the drawer was drawn anew, and the form may lie below what is in sight
    elif is_pressed:
        missing = _missing(who, why)
        if draft.fault or missing:
            st.error(draft.fault or missing, icon=":material/error:")
        else:
            _save(path, view, draft, who, why)


def _missing(who: str, why: str) -> str:
    if not who.strip():
        return _("Say who you are: a correction bears a name.")
    if not why.strip():
        return _("Say why: others must be able to judge it.")
    if begins_formula(who) or begins_formula(why):
        return _("Begin the name and the reason with a letter or a figure: a spreadsheet would reckon what begins otherwise.")
    return ""


def _save(path: Path, view: View, draft: correction_inputs.Draft, who: str, why: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    rows = [Correction("", target, field, value, who, today, why) for target, field, value in draft.rows]
    try:
        # A drawer runs again on its own, with the tables of when the page was drawn: the file alone knows what has come since.
        append_correction(path, *rows, seen=view.shelf.corrections)
    except Overtaken:
        st.session_state[_OVERTAKEN] = True
        st.rerun()
    except InputError as fault:
        told, _remedy = fault.told(current())
        st.error(_("The correction was not saved: {fault}.").format(fault=state.plain(told)), icon=":material/error:")
        return
    correction_inputs.forget_drawn()
    st.session_state.pop(_OPEN, None)
    st.session_state[_WHO] = who
    st.session_state[_SAVED] = True
    st.rerun()  # the whole page, for the tables have changed
