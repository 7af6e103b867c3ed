"""First steps: filters to try for who comes new, and what to loosen where nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from timeline.app import state
from timeline.app.filters import MAIN, MORE
from timeline.app.language import _, ngettext
from timeline.app.names import naming, type_name
from timeline.app.view import View


def buttons(view: View) -> None:
    """Three filters that show something: the province with most events, what happened at gates, the fullest year."""
    provinces = list(view.facets.counts("province_now" if view.now else "province"))
    years = view.facets.years(view.chosen)
    tries: list[tuple[str, dict[str, Any]]] = []
    if provinces:
        tries.append((naming().of("province", provinces[0]), {"province": [provinces[0]]}))
    if "border_gate" in view.facets.counts("type"):
        tries.append((type_name("border_gate", view.entries), {"type": ["border_gate"]}))
    if years:
        year = max(years, key=lambda one: (years[one], one))
        tries.append((year, {"from": year, "to": year}))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="examples"):
        st.caption(_("For example:"), width="content")
        for number, (label, values) in enumerate(tries):
            st.button(state.plain(label), key=f"example-{number}", type="tertiary", on_click=_set, args=(values,))


def loosen(view: View) -> None:
    """Nothing is left: which condition stands in the way, and how many events there are without it."""
    st.info(_("No event meets all of these conditions. Take one away, or clear the filters."), icon=":material/filter_alt_off:")
    names = {
        "date": _("the dates"),
        "text": _("the words"),
        "confidence": _("the confidence"),
        "undated": _("“Keep undated events”"),
        "province": _("the province"),
        "province_now": _("the province"),
        "actor": _("the person or body"),
        "type": _("the type of event"),
        "gate": _("the border gate"),
    }
    for name in (*MAIN, "province_now", *MORE, "date", "text", "confidence", "undated"):
        left = int(view.facets.mask(view.chosen, without=(name,)).sum())
        if left:
            said = ngettext("Without {what}: {n} event", "Without {what}: {n} events", left)
            label = said.format(what=names.get(name, _("one of “More filters”")), n=left)
            st.button(label, key=f"loosen-{name}", type="tertiary", icon=":material/undo:", on_click=_drop(name))


def _drop(name: str) -> Callable[[], None]:
    cleared: dict[str, dict[str, Any]] = {
        "date": {"from": None, "to": None},
        "text": {"q": None},
        "confidence": {"confidence": None},
        "undated": {"undated": True},
        "province_now": {"province": []},
    }
    return lambda: _set(cleared.get(name, {name: []}))


def _set(values: dict[str, Any]) -> None:
    for name, value in values.items():
        state.set(name, value)
