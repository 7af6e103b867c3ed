"""The stretch of time that the timeline shows: drawn on the strip, moved by buttons, kept in the URL as `zoom`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from timeline import edtf
from timeline.app import state
from timeline.app.language import _, current
from timeline.app.view import View

Days = tuple[date, date]
Move = Callable[[Days, Days], Days | None]
_STRIP = "strip"
_LEAST = 7  # days; closer, one day fills the page


def whole(view: View) -> Days:
    """All the time there is to see: from the first event to the last, within the dates that are chosen."""
    everything = view.shelf.extent
    chosen, (first, last) = view.chosen, everything
    first = (edtf.parse(chosen.since).start if chosen.since else None) or first
    last = (edtf.parse(chosen.until).end if chosen.until else None) or last
    return (first, last) if first < last else everything


def of(whole: Days) -> Days:
    """The window: what the URL says, as far as it lies in the whole; else the whole."""
    text = state.get("zoom") or ""
    if not state.is_bound(text):
        return whole
    value = edtf.parse(text)
    if value.start is None or value.end is None:
        return whole
    first, last = max(value.start, whole[0]), min(value.end, whole[1])
    return (first, last) if first <= last else whole


def settle() -> None:
    """Let go of a window that makes no sense, before the URL is written."""
    text = state.get("zoom")
    if text and not state.is_bound(text):
        state.drop("zoom", text)


def key() -> str:
    """The strip's widget key: another one whenever the window changes other than by drawing, so that what was drawn goes."""
    return f"{_STRIP}-{st.session_state.get(_STRIP, 0)}"


def set_to(days: Days | None, redraw: bool = False) -> None:
    """Show these days, or with None all; `redraw` takes away what the reader has drawn on the strip."""
    state.set("zoom", f"{days[0].isoformat()}/{days[1].isoformat()}" if days else None)
    if redraw:
        redraw_strip()


def redraw_strip() -> None:
    """Take away what the reader has drawn on the strip."""
    st.session_state[_STRIP] = st.session_state.get(_STRIP, 0) + 1


def buttons(whole: Days, shown: Days) -> None:
    """What the brush does, for the keyboard: all, closer, wider, earlier, later; and which days are shown."""
    is_all = shown == whole
    steps: list[tuple[str, str, Move, bool]] = [
        (_("All of it"), ":material/fit_width:", everything, is_all),
        (_("Closer"), ":material/zoom_in:", closer, (shown[1] - shown[0]).days <= _LEAST),
        (_("Wider"), ":material/zoom_out:", wider, is_all),
        (_("Earlier"), ":material/chevron_left:", earlier, shown[0] <= whole[0]),
        (_("Later"), ":material/chevron_right:", later, shown[1] >= whole[1]),
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="window"):
        for number, (label, icon, move, is_off) in enumerate(steps):
            key = f"window-{number}"
            st.button(label, icon=icon, key=key, disabled=is_off, on_click=_step, args=(move, whole), type="tertiary")
        st.caption(current().date(f"{shown[0].isoformat()}/{shown[1].isoformat()}"), width="content")


def _step(move: Move, whole: Days) -> None:
    # From the window of now: whoever clicks quickly clicks on a button that was drawn for the window of before.
    set_to(move(whole, of(whole)), redraw=True)


def everything(whole: Days, shown: Days) -> None:
    """All there is."""


def closer(whole: Days, shown: Days) -> Days:
    """The middle half."""
    quarter = max((shown[1] - shown[0]).days // 4, 1)
    middle = (shown[0] + timedelta(days=quarter), shown[1] - timedelta(days=quarter))
    return middle if (middle[1] - middle[0]).days >= _LEAST else shown


def wider(whole: Days, shown: Days) -> Days | None:
    """Twice as much, as far as there is; None where that is all."""
    half = max((shown[1] - shown[0]).days // 2, 1)
    days = (_moved(shown[0], -half, whole), _moved(shown[1], half, whole))
    return None if days == whole else days


def earlier(whole: Days, shown: Days) -> Days:
    """Half a window back."""
    return _shifted(whole, shown, -1)


def later(whole: Days, shown: Days) -> Days:
    """Half a window on."""
    return _shifted(whole, shown, 1)


def _shifted(whole: Days, shown: Days, way: int) -> Days:
    """The window moved by half its length, as far as the whole reaches; its length stays."""
    half = max((shown[1] - shown[0]).days // 2, 1)
    room = (whole[1] - shown[1]).days if way > 0 else (shown[0] - whole[0]).days
    step = timedelta(days=way * min(half, max(room, 0)))
    return shown[0] + step, shown[1] + step


def _moved(day: date, days: int, whole: Days) -> date:
    """A day moved, but not out of the whole (nor out of what a date can hold)."""
    room = (day - whole[0]).days if days < 0 else (whole[1] - day).days
    return day + timedelta(days=max(days, -room) if days < 0 else min(days, room))
