"""The form in an event's drawer that writes a row of `corrections.csv`, where the host gives leave."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from timeline.app import correction_inputs, state
from timeline.app.event_facts import Row
from timeline.app.event_reasons import FIELDS
from timeline.app.language import _
from timeline.app.leave import corrections_file
from timeline.app.view import View
from timeline.corrections import Correction, append_correction
from timeline.errors import InputError
from timeline.i18n import N_

_SAVED, _WHO = "correction_saved", "correction_who"
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
    with st.expander(_("Correct this event"), icon=":material/edit:"):
        st.caption(_("A correction is kept with your name and reason, and holds for every reader, here and in later builds."))
        _form(path, view, event)


def tell_saved() -> None:
    """Say that a correction was saved; it is told after the page has taken it over."""
    if st.session_state.pop(_SAVED, False):
        st.toast(_("The correction is saved and holds now."), icon=":material/check:")


def _form(path: Path, view: View, event: Row) -> None:
    labels = {name: _(label) for name, label in CHOICES.items()}
    key = f"correct-field-{event['event_id']}"
    field = st.selectbox(_("What is to be put right?"), list(labels), format_func=labels.__getitem__, key=key)
    draft = correction_inputs.ask(field, view, event)
    who = st.text_input(_("Your name"), key=f"correct-who-{event['event_id']}", value=st.session_state.get(_WHO, ""), max_chars=80)
    why = st.text_area(_("Why? Name what you know it from."), key=f"correct-why-{event['event_id']}-{field}", max_chars=500, height=80)
    if st.button(_("Save the correction"), key="correct-save", type="primary", icon=":material/save:"):
        missing = _missing(who, why)
        if draft.fault or missing:
            st.error(draft.fault or missing, icon=":material/error:")
        else:
            _save(path, draft, who, why)


def _missing(who: str, why: str) -> str:
    if not who.strip():
        return _("Say who you are: a correction bears a name.")
    return "" if why.strip() else _("Say why: others must be able to judge it.")


def _save(path: Path, draft: correction_inputs.Draft, who: str, why: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    rows = [Correction("", target, field, value, who, today, why) for target, field, value in draft.rows]
    try:
        append_correction(path, *rows)
    except InputError as fault:
        st.error(_("The correction was not saved: {fault}.").format(fault=state.plain(fault.why)), icon=":material/error:")
        return
    st.session_state[_WHO] = who
    st.session_state[_SAVED] = True
    st.rerun()  # the whole page, for the tables have changed
