"""What the reader chose: kept in the session, mirrored in the URL, so that a link reopens the same view.

Streamlit's own `bind="query-params"` is not used: it writes an option's label into the URL, and our labels carry
counts that change with every filter.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from timeline import edtf
from timeline.i18n import LANGUAGES


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that the URL says, unless it is at `default`; a list repeats its name."""

    kind: Literal["list", "text", "flag"]
    default: str | bool | None = None
    is_filter: bool = True


FILTER_LISTS = ("province", "actor", "gate", "type", "role", "subtype", "status", "language", "source", "series")
BOUNDS = ("from", "to")
_VIEW = Parameter("text", is_filter=False)
PARAMETERS: dict[str, Parameter] = {
    **dict.fromkeys(FILTER_LISTS, Parameter("list")),
    **dict.fromkeys((*BOUNDS, "q", "confidence"), Parameter("text")),
    "undated": Parameter("flag", default=True),
    "now": Parameter("flag", default=False, is_filter=False),
    "chronology": Parameter("flag", default=True, is_filter=False),
    "event": _VIEW,
    "lang": _VIEW,
    "lanes": Parameter("text", default="province", is_filter=False),
    "zoom": _VIEW,
    "focus": _VIEW,
    "by": _VIEW,
    "left": _VIEW,
    "right": _VIEW,
    "source_doc": _VIEW,
    "columns": Parameter("list", is_filter=False),
    "sort": _VIEW,
}
_FLAGS = {True: "yes", False: "no"}
_PREFIX = "f_"
_WRITTEN = "written_url"
_PAGE = "page"
_DROPPED = "dropped"
_KEPT = "kept"  # all parameters, as they were when the last page was whole
_LABELS = "labels"  # how what is chosen in a list is written in the browser
_CHOSEN = "language_chosen"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
# Where Streamlit, once Markdown has been read and no backslash is left, still makes links, icons, emojis, arrows and dashes.
_MADE_LATER = re.compile(
    r"(?<=:)(?=//|material/|[\w+-]+:)|(?<=www)(?=\.)|(?<=@)(?=[\w-]+\.)|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)", re.IGNORECASE
)
_JOINER = "\u2060"  # of no width, and no place to break a line at


def key_of(name: str) -> str:
    """The session's key of a parameter, which its widget bears too."""
    return _PREFIX + name


def get(name: str) -> Any:
    """What a parameter is set to: a list of strings, a string or None, or a flag."""
    parameter = PARAMETERS[name]
    value = st.session_state.get(key_of(name))
    if parameter.kind == "list":
        return list(value or ())
    return parameter.default if value is None else value


def set(name: str, value: Any) -> None:
    """Set a parameter; for callbacks, and before its widget is drawn.

    A value that stands there already is left alone: what is set is sent to the browser, where it takes the place of
    what the reader may have chosen just then.
    """
    key = key_of(name)
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def show_labels(name: str, labels: Sequence[str]) -> None:
    """Before a list is drawn: have the browser write what is chosen with these labels, where it last wrote others."""
    drawn = st.session_state.setdefault(_LABELS, {})
    if drawn.get(name, []) != list(labels):
        drawn[name] = list(labels)
        st.session_state[key_of(name)] = st.session_state.get(key_of(name))


def toggle(name: str, value: str) -> None:
    """Put a value into a list parameter, or take it out."""
    held = get(name)
    set(name, [one for one in held if one != value] if value in held else [*held, value])


def sync(page: str, known_events: Container[str]) -> bool:
    """Take over the URL on the first run, and when the reader goes back or forward in the browser; whether it was.

    Where another page is opened with nothing said in its URL, the session holds.
    """
    st.session_state[_DROPPED] = []
    url = _url()
    written = st.session_state.get(_WRITTEN)
    has_turned = st.session_state.get(_PAGE, page) != page
    st.session_state[_PAGE] = page
    kept = st.session_state.get(_KEPT, {})
    # A rerun may arrive with the URL of before the last change; then the widgets are ahead of it, and win.
    is_taken = written is None or (url != written and _as_url() == written and bool(url or not has_turned))
    if is_taken:
        st.session_state[_CHOSEN] = any(code in LANGUAGES for code in url.get("lang", []))
        for name, parameter in PARAMETERS.items():
            set(name, _read(parameter, url.get(name, [])))
    for name in PARAMETERS:
        key = key_of(name)
        # Streamlit forgets what no widget of the last page showed, and each page has widgets of its own.
        if key not in st.session_state:
            st.session_state[key] = kept.get(name, PARAMETERS[name].default)
        elif has_turned:
            st.session_state[key] = get(name)
    if opened() and opened() not in known_events:
        drop("event", str(opened()))
    return is_taken


def _read(parameter: Parameter, values: list[str]) -> Any:
    if parameter.kind == "list":
        return values
    if parameter.kind == "flag":
        return values[0] == _FLAGS[True] if values and values[0] in _FLAGS.values() else parameter.default
    return next(iter(values), parameter.default)


def drop(name: str, value: str) -> None:
    """Take back a parameter that means nothing here, and remember to say so."""
    set(name, PARAMETERS[name].default)
    dropped(value)


def dropped(value: str) -> None:
    """Remember a value of the URL that means nothing here."""
    st.session_state[_DROPPED].append(value)


def what_was_dropped() -> list[str]:
    """The values of the URL that mean nothing here, as far as this run has met them."""
    return list(dict.fromkeys(st.session_state.get(_DROPPED, [])))


def choose_language() -> None:
    """From now on the URL says the language, for whoever is sent it may have another browser."""
    st.session_state[_CHOSEN] = True


def write_url() -> None:
    """Make the URL say what is chosen."""
    wanted = _as_url()
    if _url() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted
    st.session_state[_KEPT] = {name: get(name) for name in PARAMETERS}


def as_query() -> dict[str, list[str]]:
    """What the URL says now, for links to other pages."""
    return _as_url()


def clear() -> None:
    """Drop every filter."""
    for name, parameter in PARAMETERS.items():
        if parameter.is_filter:
            set(name, _read(parameter, []))


def is_clear() -> bool:
    """Whether no filter is set, not even one that cannot be read."""
    return not any(PARAMETERS[name].is_filter for name in _as_url())


def opened() -> str | None:
    """The event that stands open."""
    found: str | None = get("event")
    return found


def open_event(event_id: str | None) -> None:
    """Open an event, or with None close what is open."""
    set("event", event_id)


def is_bound(text: str) -> bool:
    """Whether a reader's words can bound a stretch of time."""
    try:
        value = edtf.parse(text)
    except edtf.EdtfError:
        return False
    return value.start is not None and value.end is not None


def plain(text: str) -> str:
    """Text as it stands, for where Streamlit reads Markdown."""
    return _MARKDOWN.sub(r"\\\1", _MADE_LATER.sub(_JOINER, text))


def _url() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in sorted(st.query_params)}


def _as_url() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(PARAMETERS):
        parameter, value = PARAMETERS[name], get(name)
        if (not value and parameter.kind != "flag") or value == parameter.default:
            continue
        found[name] = list(value) if parameter.kind == "list" else [_FLAGS[value] if parameter.kind == "flag" else str(value)]
    if not st.session_state.get(_CHOSEN):
        found.pop("lang", None)
    return found


def before_sync(name: str) -> Any:
    """What a parameter is at the very start of a run: on the first one what the URL says, for no page has taken that over yet."""
    return _read(PARAMETERS[name], st.query_params.get_all(name)) if is_first_run() else get(name)


def is_first_run() -> bool:
    """Whether this session has not drawn a page yet."""
    return _WRITTEN not in st.session_state
