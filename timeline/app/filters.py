"""The filters in the sidebar; each option says how many events it would leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from timeline.accessor import TimelineAccessor
from timeline.app import state
from timeline.app.state import Filters
from timeline.charts.palette import label_of

_COUNT = re.compile(r" · \d+$")


def sidebar(events: pd.DataFrame) -> Filters:
    """Draw the filters and return what is chosen."""
    types = {label_of(code): code for code in events["event_type"].unique()}
    _settle("province", _values(events, "province"))
    _settle("actor", _values(events, "actor"))
    _settle("type", types)
    _settle_bounds()
    chosen = _chosen()
    with st.sidebar:
        st.markdown("##### Filter")
        _choices("Province", "province", "province", events, chosen)
        _choices("Person or body", "actor", "actor", events, chosen)
        _choices("Type of event", "type", "event_type", events, chosen, label_of)
        _dates(events, chosen)
        st.button("Clear filters", on_click=state.clear, disabled=state.is_clear(), icon=":material/close:", width="stretch")
    return chosen


def apply(events: pd.DataFrame, chosen: Filters, without: str = "") -> pd.DataFrame:
    """The events that are left, with one condition left out where a count needs that."""
    return TimelineAccessor(events).filter(**chosen.arguments(without))


def _values(events: pd.DataFrame, group: str) -> dict[str, str]:
    return {value: value for value in TimelineAccessor(events).counts(group).index}


def _settle(name: str, known: Mapping[str, str]) -> None:
    """Bring a widget's value back to plain values.

    The browser answers with labels; one that was drawn before the counts changed is no longer among them.
    """
    codes = set(known.values())
    values = [_COUNT.sub("", value) for value in st.session_state.get(state.key_of(name)) or []]
    found = [value if value in codes else known.get(value) for value in values]
    st.session_state[state.key_of(name)] = list(dict.fromkeys(value for value in found if value))


def _settle_bounds() -> None:
    for name in state.BOUNDS:
        value = st.session_state.get(state.key_of(name))
        st.session_state[state.key_of(name)] = _COUNT.sub("", value).strip() if value else None


def _chosen() -> Filters:
    values = {name: st.session_state[state.key_of(name)] for name in (*state.LISTS, *state.BOUNDS)}
    since, until = (value if (value := values[name]) and state.is_bound(value) else "" for name in state.BOUNDS)
    return Filters(
        province=tuple(values["province"]),
        actor=tuple(values["actor"]),
        event_type=tuple(values["type"]),
        since=since,
        until=until,
        undated=bool(st.session_state.get(state.key_of("undated"), True)),
    )


def _choices(label: str, name: str, group: str, events: pd.DataFrame, chosen: Filters, say: Callable[[str], str] = str) -> None:
    counts = TimelineAccessor(apply(events, chosen, without=group)).counts(group).to_dict()
    picked = st.session_state[state.key_of(name)]
    options = [value for value in TimelineAccessor(events).counts(group).index if value in counts or value in picked]
    st.multiselect(
        label,
        options,
        format_func=lambda value: f"{say(value)} · {counts.get(value, 0)}",
        key=state.key_of(name),
        placeholder="All",
        select_all=False,
    )


def _dates(events: pd.DataFrame, chosen: Filters) -> None:
    others = apply(events, chosen, without="date")
    years = _years(others)
    left, right = st.columns(2)
    for place, name, label in ((left, "from", "From"), (right, "to", "To")):
        with place:
            st.selectbox(
                label,
                sorted(years),
                index=None,
                format_func=lambda year: f"{year} · {years[year]}" if year in years else year,
                key=state.key_of(name),
                placeholder="Any",
                accept_new_options=True,
                help="Choose a year, or type a year, a month (2023-05) or a day (2023-05-14).",
            )
    for name, label in (("from", "From"), ("to", "To")):
        value = st.session_state[state.key_of(name)]
        if value and not state.is_bound(value):
            st.warning(f"{label}: “{state.plain(value)}” is no date. Write 2023, 2023-05 or 2023-05-14.")
    if chosen.since and chosen.until and chosen.since > chosen.until and not chosen.since.startswith(chosen.until):
        st.warning("“From” is later than “To”, so no dated event can lie between them.")
    undated = int((~_dated(apply(events, chosen, without="undated"))).sum())
    st.checkbox(f"Keep undated events · {undated}", key=state.key_of("undated"))


def _dated(events: pd.DataFrame) -> pd.Series[bool]:
    return (events["date_start"] != "") | (events["date_end"] != "")


def _years(events: pd.DataFrame) -> dict[str, int]:
    """How many events each year may hold; a period counts in each of its years."""
    counts: Counter[str] = Counter()
    for start, end in zip(events["date_start"], events["date_end"], strict=True):
        first, last = (start or end)[:4], (end or start)[:4]
        if first:
            counts.update(f"{year:04d}" for year in range(int(first), int(last) + 1))
    return dict(counts)
