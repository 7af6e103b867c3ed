"""The map: events by province and gate; a click on either filters by it. The same as buttons and as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from typing import get_args

import numpy as np
import pandas as pd
import streamlit as st

from timeline.app import charting, clicks, examples, state, style
from timeline.app.language import _, current, ngettext
from timeline.app.names import naming, with_count
from timeline.app.view import View
from timeline.charts.map import PLACE, Focus, map_chart
from timeline.charts.places import GATE, PROVINCE, class_in_words, counts_frame, drawn_places, say_off_the_map
from timeline.knowledge import Gate, Province

_FOCUS = "map-focus"
_COUNTRY_WIDTH, _BESIDE_WIDTH = 580, 320  # pixels; on a narrower page one goes below the other
_CSS = """
<style>
.tl-places { border-collapse: collapse; font-size: 0.875rem; width: 100%; max-width: 60rem; margin: 0; }
.tl-places th, .tl-places td { padding: 0.3rem 0.8rem 0.3rem 0; border: 0; border-bottom: 1px solid rgba(128, 128, 128, 0.3);
  text-align: left; vertical-align: top; overflow-wrap: break-word; font-weight: 400; }
.tl-places thead th { font-weight: 600; }
.tl-places th:nth-child(2), .tl-places td:nth-child(2), .tl-places th:last-child, .tl-places td:last-child { white-space: nowrap; }
.tl-places td:last-child, .tl-places th:last-child { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; }
</style>
"""


def render(view: View) -> None:
    """Draw the page for what is chosen."""
    st.html(_CSS)
    style.title(_("Map"), _("Where the events took place. Click on a province or a border gate to filter by it, and again to let it go."))
    if view.shown.empty:
        examples.loosen(view)
        return
    _told(view)
    counts = counts_frame(*(view.facets.group(name).counts(view.keep) for name in _groups(view)))
    chosen = _chosen(view)
    focus = _focus()
    # The country is tall, so what belongs to the map has room beside it; the border is wide.
    with st.container(horizontal=focus == "country", gap="medium"):
        with st.container(width=_COUNTRY_WIDTH if focus == "country" else "stretch"):
            _chart(view, counts, focus)
        with st.container(width=_BESIDE_WIDTH if focus == "country" else "stretch"):
            _buttons(_("Provinces"), PROVINCE, _numbers(counts, PROVINCE), chosen[PROVINCE])
            _buttons(_("Border gates"), GATE, _numbers(counts, GATE), chosen[GATE])
    _table(view, counts)


def _groups(view: View) -> tuple[str, str]:
    """Provinces, then or now, and gates, as the index calls them: counting in it takes no time, however many events."""
    return ("province_now" if view.now else "province"), "gate"


def _say(text: str) -> None:
    # Not st.caption, whose grey is too faint to read with ease.
    st.html(f'<p class="tl-lead">{escape(text)}</p>')


def _told(view: View) -> None:
    """How many events the map is about, and which of them it does not show."""
    number = len(view.shown)
    provinces, gates = (view.facets.group(name) for name in _groups(view))
    named, drawn = np.zeros(len(view.keep), dtype=bool), np.zeros(len(view.keep), dtype=bool)
    on_map = drawn_places(view.entries.gates.values(), view.now)
    for group in (provinces, gates):
        named |= group.any_of(group.values)
        drawn |= group.any_of([name for name in group.values if name in on_map])
    beyond = view.keep & named & ~drawn
    elsewhere = naming().all(PROVINCE, provinces.counts(beyond)) + naming().all(GATE, gates.counts(beyond))
    said = [ngettext("{n} event meets the filters.", "{n} events meet the filters.", number).format(n=current().number(number))]
    said += say_off_the_map(int((view.keep & ~named).sum()), int(beyond.sum()), elsewhere, current())
    style.count(escape(current().sentences(said)))


def _focus() -> Focus:
    """What the map shows; only the country stands in the URL."""
    labels: dict[Focus, str] = {"border": _("The border"), "country": _("The whole country")}
    given = state.get("focus")
    st.session_state[_FOCUS] = given if given in get_args(Focus) else "border"
    picked = st.segmented_control(
        _("Show"), list(labels), format_func=labels.__getitem__, key=_FOCUS, required=True, on_change=_refocus, label_visibility="collapsed"
    )
    return picked or "border"


def _refocus() -> None:
    picked = st.session_state[_FOCUS]
    state.set("focus", None if picked == "border" else picked)


def _chosen(view: View) -> dict[str, tuple[str, ...]]:
    """The provinces and gates that the reader filters by."""
    return {PROVINCE: view.chosen.province_now if view.now else view.chosen.province, GATE: view.chosen.gate}


def _chart(view: View, counts: pd.DataFrame, focus: Focus) -> None:
    chosen, dark = _chosen(view), st.context.theme.type == "dark"
    # A chart of its own for each look, because drawn anew the browser's forgets what was clicked, and so must we.
    key = f"map-{focus}-{view.now}-{dark}-{current().language}"
    clicks.settle(key)
    chart = map_chart(
        view.shown.head(0),  # they are counted already
        view.entries.gates.values(),
        view.entries.provinces.values(),
        now=view.now,
        selected_provinces=chosen[PROVINCE],
        selected_gates=chosen[GATE],
        focus=focus,
        dark=dark,
        words=current(),
        counted=counts,
        naming=naming(),
    )
    charting.show(chart, key, lambda: _clicked(key), [PLACE])
    _say(_("Darker provinces have more events; the number says how many. Orange gates have events, the others none."))


def _clicked(key: str) -> None:
    """Filter by the place just clicked, or no longer."""
    rows = st.session_state[key]["selection"].get(PLACE, [])
    picked = {(row["kind"], row["name"]) for row in rows if row.get("kind") in (PROVINCE, GATE) and row.get("name")}
    for kind, name in sorted(clicks.changed(key, picked)):
        state.toggle(kind, name)


def _numbers(counts: pd.DataFrame, kind: str) -> dict[str, int]:
    rows = counts[counts["kind"] == kind]
    return dict(zip(rows["name"], rows["events"], strict=True))


def _buttons(label: str, kind: str, numbers: Mapping[str, int], chosen: Collection[str]) -> None:
    """A button for each place that has events or is chosen; what is pressed is filtered by."""
    options = list(dict.fromkeys([*numbers, *chosen]))
    key = f"map-{kind}"
    st.session_state[key] = list(chosen)
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda name: state.plain(with_count(naming().of(kind, name), numbers.get(name, 0))),
        key=key,
        wrap=True,
        on_change=lambda: state.set(kind, list(st.session_state[key])),
    )
    if not options:
        _say(_("None in the events shown."))


def _table(view: View, counts: pd.DataFrame) -> None:
    """All that the map shows, in words, as a plain table that the keyboard and screen readers reach."""
    style.heading(_("The map as a table"))
    kinds = {PROVINCE: _("Province"), GATE: _("Border gate")}
    # What the place is called in the other writing: a Chinese reader has the hanzi in the first column.
    other = _("In Latin letters") if current().language == "zh" else _("Chinese name")
    heads = (_("Place"), _("Kind"), other, _("Class"), _("Events"))
    names, number = naming(), current().number
    rows = [
        (names.of(kind, name), kinds[kind], _other_name(view, kind, name), _class(view, kind, name), number(events))
        for kind, name, events in zip(counts["kind"], counts["name"], counts["events"], strict=True)
    ]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(text)}</td>" for text in cells)}</tr>' for name, *cells in rows
    )
    st.html(f'<table class="tl-places"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _other_name(view: View, kind: str, name: str) -> str:
    if current().language == "zh":
        return naming().beside(kind, name)
    row: Province | Gate | None = (view.entries.provinces if kind == PROVINCE else view.entries.gates).get(name)
    return row.hanzi[0] if row and row.hanzi else ""


def _class(view: View, kind: str, name: str) -> str:
    gate = view.entries.gates.get(name) if kind == GATE else None
    return class_in_words(gate, current()) if gate else ""
