"""What each side has alone and what both share, as lists that open the events; and what sources give differently."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

import numpy as np
import numpy.typing as npt
import streamlit as st

from timeline.app import state, style
from timeline.app.language import _, current
from timeline.app.names import naming
from timeline.app.view import View, titled, titles
from timeline.compare import Difference, Part, Sides
from timeline.query import Mask

Rows = npt.NDArray[np.intp]
_LISTED, _STEP = 12, 40
_MORE = "compare_more_"
_CSS = """
<style>
[class*="st-key-compare-list"] { gap: 0.35rem; }
[class*="st-key-compare-list"] button { justify-content: flex-start; text-align: left; padding: 0.15rem 0; min-height: 0; }
[class*="st-key-compare-list"] button > div { justify-content: flex-start; }
[class*="st-key-compare-list"] button p { font-size: 0.875rem; line-height: 1.35; text-align: left; }
dl.tl-differs { margin: 0 0 0.4rem; padding: 0; display: grid; grid-template-columns: 8rem 1fr; gap: 0.15rem 1rem; font-size: 0.875rem; }
.tl-differs dt, .tl-differs dd { margin: 0; padding: 0; font-weight: 400; }
.tl-differs dt { opacity: 0.8; }
.tl-differs b { font-weight: 650; }
@media (max-width: 640px) { dl.tl-differs { grid-template-columns: 1fr; } .tl-differs dd { margin-bottom: 0.35rem; } }
</style>
"""


def forget() -> None:
    """Other sides, other lists: they begin short again."""
    for key in [key for key in st.session_state if str(key).startswith(_MORE)]:
        del st.session_state[key]


def lists(view: View, sides: Sides, names: Mapping[Part, str]) -> None:
    """The events of each named part, side by side."""
    st.html(_CSS)
    for place, part in zip(st.columns(len(names), gap="medium"), names, strict=True):
        rows = np.flatnonzero(sides.part(part))
        with place, st.container(key=f"compare-list-{part}"):
            style.heading(f"{names[part]} · {current().number(len(rows))}")
            _items(view, rows, part)


def _items(view: View, rows: Rows, part: str) -> None:
    """Events as buttons that open them, some at first, more on demand; `rows` are positions in the table."""
    if not len(rows):
        st.caption(_("No event."))
    words, key = current(), _MORE + part
    listed = view.archive.events.rows(rows[: _LISTED + st.session_state.get(key, 0)])
    curated = {event_id: mark for event_id, mark in view.marks.items() if event_id not in view.new}  # the others bear an icon
    dates = zip(listed["date_edtf"], listed["date_precision"], strict=True)
    for event_id, title, (text, precision) in zip(listed["event_id"], titles(listed, words, curated), dates, strict=True):
        icon = ":material/fiber_new:" if event_id in view.new else None
        label = state.plain(titled(title, text, precision, words))
        st.button(label, key=f"compare-{part}-{event_id}", type="tertiary", icon=icon, on_click=state.open_event, args=(event_id,))
    _offer_more(len(rows) - len(listed), part)


def _offer_more(left: int, part: str) -> None:
    if left:
        said, key = _("Show {n} more").format(n=min(left, _STEP)), f"compare-longer-{part}"
        st.button(said, key=key, type="tertiary", icon=":material/expand_more:", on_click=_lengthen, args=(_MORE + part,))


def _lengthen(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + _STEP


def differences(view: View, found: Mapping[str, list[Difference]], differing: Mask) -> None:
    """What sources of the two countries give differently of the events of a mask; each is in `found`, by its id."""
    rows = np.flatnonzero(differing)
    style.heading(_("What they give differently · {n}").format(n=current().number(len(rows))))
    if not len(rows):
        st.caption(_("No date, province or gate differs between sources of the two countries."))
        return
    listed = view.archive.events.rows(rows[: _LISTED + st.session_state.get(_MORE + "differences", 0)])
    with st.container(key="compare-list-differences"):
        for event_id, title in zip(listed["event_id"], titles(listed, current()), strict=True):
            st.button(state.plain(title), key=f"compare-differs-{event_id}", type="tertiary", on_click=state.open_event, args=(event_id,))
            st.html(f'<dl class="tl-differs">{"".join(map(_difference, found[event_id]))}</dl>')
        _offer_more(len(rows) - len(listed), "differences")


def _difference(one: Difference) -> str:
    label = {"date": _("Date"), "provinces": _("Provinces"), "border_gates": _("Border gates")}[one.field]
    say = current().date if one.field == "date" else partial(naming().of, one.field)
    left, right = (current().listed(map(say, values)) for values in (one.left, one.right))
    said = escape(_("Vietnamese sources: {left}. Chinese sources: {right}.").format(left=left, right=right))
    contrary = _("These cannot both be true.")
    note = f" <b>{escape(contrary)}</b>" if one.is_contrary else ""
    return f"<dt>{escape(label)}</dt><dd>{said}{note}</dd>"
