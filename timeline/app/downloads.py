"""Files of exactly the events that the filters leave, and of the documents behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from timeline.app import state
from timeline.app.language import _, current, ngettext
from timeline.app.turns import in_turn
from timeline.app.view import View
from timeline.errors import TimelineError
from timeline.export import FORMATS, Format, people_csv
from timeline.i18n import Words

EVENTS = {"csv": "events", "excel": "events", "json": "events", "csv-machine": "events-machine"}
SOURCES = {"bibtex": "sources", "ris": "sources", "csl": "sources"}
# What few need stands in one list behind one button.
MORE = {name: "events" for name, form in FORMATS.items() if name not in EVENTS | SOURCES}
_BOM, _CHOSEN = "download_bom", "download_format"
_WRITTEN_AT_ONCE = 200
MOST = 100_000  # events that are written at once: a file stays in memory until it is fetched


def menu(view: View) -> None:
    """A button that opens the list of files."""
    events = len(view.shown)
    words = ngettext("Download {n} event", "Download {n} events", events).format(n=events)
    with st.popover(words, icon=":material/download:", disabled=not events, type="tertiary", width="content"):
        if not events:
            return
        heading = ngettext("The {n} event", "The {n} events", events)
        st.markdown(f"**{heading.format(n=events)}**")
        if events > MOST:
            said = _("A file from here holds at most {n} events: filter them, or have them all written by `timeline export`.")
            st.caption(said.format(n=current().number(MOST)))
            return
        for name, stem in EVENTS.items():
            _button(view, name, stem)
            if name == "csv":
                st.checkbox(_("With a byte-order mark, for Excel"), key=_BOM)
        labels = {name: current().gettext(FORMATS[name].label) for name in MORE}
        chosen = st.selectbox(_("Another format"), list(MORE), format_func=labels.__getitem__, key=_CHOSEN)
        _button(view, chosen, MORE[chosen])
        documents = int(np.count_nonzero(view.facets.group("document").tally(view.keep)))
        heading = ngettext("Its {n} source", "The {n} sources behind them", documents)
        st.markdown(f"**{heading.format(n=documents)}**")
        for name, stem in SOURCES.items():
            _button(view, name, stem)


def _button(view: View, name: str, stem: str) -> None:
    form = FORMATS[name]
    words = current()  # a file written later is written outside the session
    write: Callable[[], bytes] = partial(_write, form, view, words)
    if name == "csv":
        write = partial(_write_people, view, bool(st.session_state.get(_BOM)), words)
    data: Callable[[], bytes] | bytes = in_turn(write)
    fault = ""
    # Many are written only when asked for; but then Streamlit may drop the file if a rerun ends just then.
    if len(view.shown) <= _WRITTEN_AT_ONCE:
        try:
            data = write()
        except TimelineError as error:
            data, fault = b"", state.plain(str(error))
    st.download_button(
        words.gettext(form.label),
        data=data,
        file_name=f"{stem}{form.suffix}",
        mime=form.mime,
        key=f"download-{name}",
        on_click="ignore",
        icon=":material/download:",
        disabled=bool(fault),
        help=fault or None,
        width="stretch",
    )


def _write(form: Format, view: View, words: Words) -> bytes:
    return form.write(view.archive.about(view.shown.places), words, view.entries)


def _write_people(view: View, bom: bool, words: Words) -> bytes:
    return people_csv(view.shown.rows(), bom, words, view.entries)
