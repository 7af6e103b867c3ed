"""What the reader chose: kept in the session, mirrored in the URL, so that a link reopens the same view.

Streamlit's own `bind="query-params"` is not used: it writes an option's label into the URL, and our labels carry
counts that change with every filter.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import streamlit as st

from timeline import edtf

LISTS = ("province", "actor", "type")
BOUNDS = ("from", "to")
_PREFIX = "f_"
_OPEN = "open_event"
_WRITTEN = "written_url"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


@dataclass(frozen=True, slots=True)
class Filters:
    """The conditions in force; `since` and `until` are EDTF strings or empty."""

    province: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    event_type: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    undated: bool = True

    def arguments(self, without: str = "") -> dict[str, Any]:
        """The same as arguments of `df.timeline.filter`, leaving one condition out."""
        dates = bool(self.since or self.until) and without != "date"
        found: dict[str, Any] = {
            "province": self.province or None,
            "actor": self.actor or None,
            "event_type": self.event_type or None,
            "between": (self.since or None, self.until or None) if dates else None,
            "undated": self.undated,
        }
        return {name: value for name, value in found.items() if name != without}


def key_of(name: str) -> str:
    """The session's key of a filter's widget."""
    return _PREFIX + name


def sync(known_events: Collection[str]) -> None:
    """Take over the URL on the first run, and when the reader goes back or forward in the browser."""
    url = _url()
    written = st.session_state.get(_WRITTEN)
    # A rerun may arrive with the URL of before the last change; then the widgets are ahead of it, and win.
    if written is None or (url != written and _as_url() == written):
        for name in LISTS:
            st.session_state[key_of(name)] = url.get(name, [])
        for name in BOUNDS:
            st.session_state[key_of(name)] = next(iter(url.get(name, [])), None)
        st.session_state[key_of("undated")] = url.get("undated") != ["no"]
        st.session_state[_OPEN] = next(iter(url.get("event", [])), None)
    if st.session_state.get(_OPEN) not in known_events:
        st.session_state[_OPEN] = None


def write_url() -> None:
    """Make the URL say what is chosen."""
    wanted = _as_url()
    if _url() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted


def clear() -> None:
    """Drop every filter."""
    for name in LISTS:
        st.session_state[key_of(name)] = []
    for name in BOUNDS:
        st.session_state[key_of(name)] = None
    st.session_state[key_of("undated")] = True


def is_clear() -> bool:
    """Whether no filter is set, not even one that cannot be read."""
    return not set(_as_url()) - {"event"}


def opened() -> str | None:
    """The event that stands open."""
    return st.session_state.get(_OPEN)


def open_event(event_id: str | None) -> None:
    """Open an event, or with None close what is open."""
    st.session_state[_OPEN] = event_id


def is_bound(text: str) -> bool:
    """Whether a reader's words can bound a stretch of time."""
    try:
        value = edtf.parse(text)
    except edtf.EdtfError:
        return False
    return value.start is not None and value.end is not None


def plain(text: str) -> str:
    """Text as it stands, for where Streamlit reads Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def _url() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in sorted(st.query_params)}


def _as_url() -> dict[str, list[str]]:
    state = st.session_state
    found = {name: list(state.get(key_of(name)) or []) for name in LISTS}
    found |= {name: [state[key_of(name)]] for name in BOUNDS if state.get(key_of(name))}
    if not state.get(key_of("undated"), True):
        found["undated"] = ["no"]
    if state.get(_OPEN):
        found["event"] = [state[_OPEN]]
    return {name: found[name] for name in sorted(found) if found[name]}
