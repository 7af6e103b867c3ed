"""The language of the reader's interface: from the URL, else the browser's, else English."""

from __future__ import annotations

import streamlit as st

from timeline import i18n
from timeline.i18n import LANGUAGES, Words

KEY = "language"


def settle(asked: str | None) -> str:
    """Decide the language of this run and keep it in the session; `asked` is the reader's choice, if any."""
    code = asked if asked in LANGUAGES else of_browser()
    st.session_state[KEY] = code
    return code


def of_browser() -> str:
    """The language that the browser asks for, as far as we have it."""
    told = (st.context.locale or "").split("-")[0].lower()
    return told if told in LANGUAGES else "en"


def current() -> Words:
    """The words of this session."""
    return i18n.words(st.session_state.get(KEY, "en"))


def _(message: str) -> str:
    """A message in the session's language."""
    return current().gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a message that goes with a number, in the session's language."""
    return current().ngettext(one, many, number)
