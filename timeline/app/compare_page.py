"""Two provinces, actors or gates side by side; or what sources of Vietnam and of China tell, alone and together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from weakref import WeakKeyDictionary

import streamlit as st

from timeline import edtf
from timeline.app import charting, clicks, compare_lists, examples, state, style, window
from timeline.app.language import _, current, ngettext
from timeline.app.names import labels_of, naming, type_name, values_of, with_count, without_count
from timeline.app.shelf import Shelf
from timeline.app.view import View
from timeline.charts.compare import COLOURS, DARK_COLOURS, common_domain, draw_pair, mirrored_chart, pair_lanes
from timeline.charts.selection import BIN, SELECTION, bins_of
from timeline.compare import (
    Difference,
    Origins,
    Part,
    Sides,
    by_group,
    by_source,
    count_types,
    find_differences,
    find_pair,
    trace_origins,
)
from timeline.facets import Facets
from timeline.i18n import N_
from timeline.publishers import load_publishers
from timeline.query import Mask

BY = {"province": N_("Provinces"), "actor": N_("People and bodies"), "gate": N_("Border gates"), "source": N_("Sources")}
_DRAWN: tuple[Part, ...] = ("only_left", "both", "only_right")
_CSS = """
<style>
dl.tl-sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.2rem, 1fr)); gap: 0.6rem 1rem; margin: 0.3rem 0 0;
  padding: 0; }
.tl-sides div, .tl-sides dt, .tl-sides dd { padding: 0; }
.tl-sides dt { font-size: 0.875rem; margin: 0; display: flex; gap: 0.45rem; align-items: baseline; font-weight: 400; }
.tl-sides dt i { flex: none; width: 0.72rem; height: 0.72rem; border-radius: 2px; }
.tl-sides dd { margin: 0; font-size: 1.5rem; font-weight: 650; line-height: 1.25; }
.tl-sides dd small { display: block; font-size: 0.8rem; font-weight: 400; opacity: 0.8; }
.tl-numbers { border-collapse: collapse; font-size: 0.875rem; width: 100%; max-width: 46rem; margin: 0; }
.tl-numbers th, .tl-numbers td { padding: 0.3rem 0 0.3rem 0.6rem; border: 0; border-bottom: 1px solid rgba(128, 128, 128, 0.3);
  text-align: right; }
.tl-numbers th:first-child { text-align: left; padding-left: 0; white-space: nowrap; }
.tl-numbers th { font-weight: 400; overflow-wrap: break-word; }
.tl-numbers thead th { font-weight: 600; vertical-align: bottom; }
.tl-numbers td { font-variant-numeric: tabular-nums; }
</style>
"""


class _Kept:
    """What is reckoned once from the tables."""

    def __init__(self, facets: Facets) -> None:
        self.facets = facets

    @cached_property
    def origins(self) -> Origins:
        """Where the sources of every event sit."""
        return trace_origins(self.facets, load_publishers())

    @cached_property
    def differences(self) -> dict[str, list[Difference]]:
        """What sources of the two countries give differently, by event."""
        return find_differences(self.facets.archive, self.origins)

    @cached_property
    def differing(self) -> Mask:
        """Which events have differences, one entry an event."""
        return self.facets.archive.events.has("event_id", self.differences)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the sides and the parts are called, as plain text."""

    left: str
    right: str
    parts: Mapping[Part, str]


# By shelf, so that it goes when the tables go.
_KEPT: WeakKeyDictionary[Shelf, _Kept] = WeakKeyDictionary()


def render(view: View) -> None:
    """Draw the page for what is chosen."""
    st.html(_CSS)
    lead = _("Two sides of the same events: what each has alone, and what they share. The filters hold here too.")
    style.title(_("Compare"), lead)
    kept = _kept(view.shelf)
    by = _choose_by()
    if by == "source":
        sides, names = by_source(kept.origins, view.keep), _source_names()
    else:
        group = "province_now" if by == "province" and view.now else by
        pair = _choose_pair(view, group)
        if pair is None:
            st.info(_("There are no two sides to compare here: choose another kind above."), icon=":material/info:")
            return
        sides, names = by_group(view.facets, group, *pair, view.keep), _pair_names(*naming().all(group, pair))
    if view.shown.empty:
        examples.loosen(view)
        return
    _figures(sides, names)
    if by == "source":
        _explain_sources(kept.origins)
    _charts(view, sides, names)
    _types(view, sides, names)
    compare_lists.lists(view, sides, names.parts)
    if by == "source":
        compare_lists.differences(view, kept.differences, sides.part("both") & kept.differing)


def _kept(shelf: Shelf) -> _Kept:
    if shelf not in _KEPT:
        _KEPT[shelf] = _Kept(shelf.facets)
    return _KEPT[shelf]


def _choose_by() -> str:
    """The kind of sides. The widgets here have keys of their own, so that only a reader's choice gets into the URL."""
    by: str = state.get("by") if state.get("by") in BY else "province"
    st.session_state["compare_by"] = by
    say = current().gettext
    st.segmented_control(
        _("Compare by"), list(BY), format_func=lambda name: say(BY[name]), key="compare_by", on_change=_turn, required=True, width="stretch"
    )
    return by


def _turn() -> None:
    state.set("by", st.session_state["compare_by"])
    _set_pair(None, None)


def _set_pair(left: str | None, right: str | None) -> None:
    state.set("left", left)
    state.set("right", right)
    compare_lists.forget()


def _choose_pair(view: View, group: str) -> tuple[str, str] | None:
    index = view.facets.group(group)
    counts = index.counts(view.keep)
    pair = find_pair(counts, index.values, _plain("left", view, group), _plain("right", view, group))
    if pair is None:
        return None
    labels = labels_of(group, view.facets, view.entries, current())
    left, swap, right = st.columns([1, 0.3, 1], vertical_alignment="bottom")
    with left:
        _choose_one(_("Left"), "left", labels, counts, pair)
    with swap:
        st.button(_("Swap"), icon=":material/swap_horiz:", key="compare_swap", on_click=_set_pair, args=pair[::-1], width="stretch")
    with right:
        _choose_one(_("Right"), "right", labels, counts, pair)
    return pair


def _choose_one(label: str, name: str, told: Mapping[str, str], counts: Mapping[str, int], pair: tuple[str, str]) -> None:
    """A list of the values that have events; `told` is the label of each value."""
    own, other = pair if name == "left" else pair[::-1]
    options = [value for value in told if (value in counts and value != other) or value == own]
    labels = {value: with_count(told[value], counts.get(value, 0)) for value in options}
    key = f"compare_{name}"
    st.session_state[key] = own
    st.selectbox(label, options, format_func=lambda value: labels.get(value, value), key=key, on_change=_choose_side, args=(name, *pair))


def _plain(name: str, view: View, group: str) -> str | None:
    """A side as its value, though the browser may have sent a label along, with a count, or in the language of before."""
    value = without_count(state.get(name) or "")
    if not value or value in view.facets.group(group).values:
        return value or None
    return values_of(group, view.facets, view.entries).get(value, value)


def _choose_side(name: str, left: str, right: str) -> None:
    """Keep both, so that the other side stays where its default would change."""
    chosen = st.session_state[f"compare_{name}"]
    _set_pair(*((chosen, right) if name == "left" else (left, chosen)))


def _pair_names(left: str, right: str) -> _Names:
    only = _("Only {name}")
    parts: dict[Part, str] = {"only_left": only.format(name=left), "both": _("Both"), "only_right": only.format(name=right)}
    return _Names(left, right, parts)


def _source_names() -> _Names:
    parts: dict[Part, str] = {
        "only_left": _("Vietnamese, no Chinese source"),
        "both": _("Sources of both countries"),
        "only_right": _("Chinese, no Vietnamese source"),
        "neither": _("Other sources alone"),
    }
    return _Names(_("Vietnamese sources"), _("Chinese sources"), parts)


def _explain_sources(origins: Origins) -> None:
    said = _("A source is Vietnamese or Chinese by the country of its publisher, whatever language it is written in.")
    more = ngettext("{n} document is of no known country.", "{n} documents are of no known country.", origins.unknown)
    st.caption(current().sentences([said, more.format(n=current().number(origins.unknown)) if origins.unknown else ""]))


def _figures(sides: Sides, names: _Names) -> None:
    """How many events each side has, and how many both; the swatches are the key of the chart by year."""
    counts, words = sides.counts(), current()
    palette = DARK_COLOURS if _is_dark() else COLOURS
    alone = _("{n} of them alone")
    rows: list[tuple[Part, str, int, str]] = [
        ("only_left", names.left, counts["only_left"] + counts["both"], alone.format(n=words.number(counts["only_left"]))),
        ("both", _("Both together"), counts["both"], ""),
        ("only_right", names.right, counts["only_right"] + counts["both"], alone.format(n=words.number(counts["only_right"]))),
    ]
    items = [
        f'<div><dt><i style="background:{palette[part]}"></i>{escape(label)}</dt>'
        f"<dd>{words.number(count)}{f'<small>{escape(note)}</small>' if note else ''}</dd></div>"
        for part, label, count, note in rows
    ]
    if "neither" in names.parts:
        items.append(f"<div><dt>{escape(names.parts['neither'])}</dt><dd>{words.number(counts['neither'])}</dd></div>")
    st.html(f'<dl class="tl-sides">{"".join(items)}</dl>')


def _charts(view: View, sides: Sides, names: _Names) -> None:
    """Lanes, and below them, on the same axis, the counts by year with their twin as a table."""
    either = (sides.left | sides.right) & sides.shown
    dated = either & view.facets.dated
    style.heading(_("On one time axis"))
    if not dated.any():
        st.caption(_("None of these events has a date."))
        return
    words, dark, lanes = current(), _is_dark(), (names.left, names.right)
    pair = pair_lanes(view.shelf.prepared("event_type"), sides.left & dated, sides.right & dated, lanes)
    by_year = {part: view.facets.by_year(sides.part(part)) for part in _DRAWN}
    held = sorted({year for counts in by_year.values() for year in counts})
    since, until = view.chosen.since, view.chosen.until
    whole = common_domain(held, edtf.parse(since).start if since else None, edtf.parse(until).end if until else None)
    domain = window.of(whole)
    window.buttons(whole, domain)
    drawing = draw_pair(pair, domain, dark, words, view.now, naming())
    # Another stretch of time is another chart, in which nothing is clicked yet.
    key = f"compare_lanes_{domain[0].isoformat()}_{domain[1].isoformat()}"
    clicks.settle(key)
    charting.show(drawing.chart, key, partial(_clicked, key), [SELECTION, BIN])
    chart = mirrored_chart(by_year, names.parts, lanes, domain, dark, words)
    charting.show(chart, "compare_years")
    st.caption(
        _("Events a year: {left} above the line, {right} below. A period counts in each of its years.").format(
            left=state.plain(names.left), right=state.plain(names.right)
        )
    )
    with st.expander(_("The same counts as a table")):
        _table(_("Year"), [(str(year), {part: by_year[part].get(year, 0) for part in _DRAWN}) for year in held], names, _DRAWN)


def _types(view: View, sides: Sides, names: _Names) -> None:
    style.heading(_("Types of event"))
    parts = tuple(names.parts)
    rows = [(type_name(code, view.entries), counts) for code, counts in count_types(view.facets, sides) if any(counts[p] for p in parts)]
    _table(_("Type"), rows, names, parts)


def _table(title: str, rows: list[tuple[str, dict[Part, int]]], names: _Names, parts: tuple[Part, ...]) -> None:
    """Numbers in a plain table, which every reader's machine can read out."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in (title, *(names.parts[part] for part in parts)))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{current().number(counts[part])}</td>" for part in parts)}</tr>'
        for name, counts in rows
    )
    st.html(f'<table class="tl-numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _clicked(key: str) -> None:
    """Open the event just clicked, or zoom to the bin."""
    selection = st.session_state[key]["selection"]
    for days in bins_of(selection):
        window.set_to(days, redraw=True)
        return
    picked = {row["event_id"] for row in selection.get(SELECTION, []) if row.get("event_id")}
    changed = clicks.changed(key, picked)
    if len(changed) == 1:
        state.open_event(next(iter(changed)))


def _is_dark() -> bool:
    return st.context.theme.type == "dark"
