"""The filters in the sidebar; each option says how many events it would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from timeline import edtf, knowledge
from timeline.app import state, style
from timeline.app.language import _, current
from timeline.app.names import labels_of, values_of, with_count, without_count
from timeline.facets import Conditions, Facets
from timeline.i18n import LANGUAGES

MAIN = ("province", "actor", "type", "gate")
MORE = ("subtype", "role", "status", "language", "source", "series")
CONFIDENCES = ("0.6", "0.8", "0.9")
MOST_SOUGHT = 200  # characters: every word more is sought in every title and passage
_OPTIONS_SHOWN = 1000  # of a group; whoever wants a rarer value types it into the search


def conditions(facets: Facets, entries: knowledge.Tables) -> Conditions:
    """What is chosen, in plain values, before any widget is drawn."""
    for name in (*MAIN, *MORE):
        _settle(name, facets, entries)
    for name in (*state.BOUNDS, "confidence"):
        value = state.get(name)
        state.set(name, without_count(value).strip() if value else None)
    if len(sought := state.get("q") or "") > MOST_SOUGHT:
        state.set("q", sought[:MOST_SOUGHT])
    lists = {name: tuple(state.get(name)) for name in (*MAIN, *MORE)}
    if state.get("now"):
        lists["province_now"] = lists.pop("province")
    since, until = (value if (value := state.get(name)) and state.is_bound(value) else "" for name in state.BOUNDS)
    confidence = state.get("confidence")
    if confidence and confidence not in CONFIDENCES:
        state.drop("confidence", confidence)
    return Conditions(
        **lists,
        since=since,
        until=until,
        undated=state.get("undated"),
        confidence=float(confidence) if confidence in CONFIDENCES else 0.0,
        text=state.get("q") or "",
    )


def sidebar(facets: Facets, chosen: Conditions, entries: knowledge.Tables, layer: int | None = None) -> None:
    """Draw the filters, and the switch of the chronology, which adds `layer` events, where there is one."""
    names = {
        "province": _("Province"),
        "actor": _("Person or body"),
        "type": _("Type of event"),
        "gate": _("Border gate"),
        "subtype": _("Kind of event"),
        "role": _("Office held"),
        "status": _("Status"),
        "language": _("Language of a source"),
        "source": _("Publisher"),
        "series": _("Series"),
    }
    with st.sidebar:
        if layer is not None:
            _layer(layer)
        style.heading(_("Filter"))
        st.text_input(_("Words in titles and passages"), key=state.key_of("q"), placeholder=_("Any"), max_chars=MOST_SOUGHT)
        _choices(names["province"], "province", facets, chosen, entries)
        st.checkbox(
            _("Provinces as since July 2025"),
            key=state.key_of("now"),
            on_change=_change_provinces,
            args=(entries,),
            help=_("On 1 July 2025 Vietnam’s 63 provinces became 34. An event keeps the provinces of its day; this counts it for today’s."),
        )
        for name in MAIN[1:]:
            _choices(names[name], name, facets, chosen, entries)
        _dates(facets, chosen)
        is_used = any(state.get(name) for name in (*MORE, "confidence"))
        with st.expander(_("More filters"), expanded=is_used, key="more-filters"):
            for name in MORE:
                _choices(names[name], name, facets, chosen, entries)
            _confidence(facets, chosen)
        st.button(
            _("Clear filters"), key="clear", on_click=state.clear, disabled=state.is_clear(), icon=":material/close:", width="stretch"
        )
        languages()


def _layer(events: int) -> None:
    st.checkbox(
        _("Chronology of the border · {n}").format(n=current().number(events)),
        key=state.key_of("chronology"),
        help=_(
            "A table of events since 2009 that was put together from published reports, each with its sources. It dates what the texts "
            "leave undated, and adds events that they do not tell, which are drawn hollow. Switched off, only the texts speak."
        ),
    )


def languages() -> None:
    """The choice of the interface's language."""
    if state.get("lang") not in LANGUAGES:
        state.set("lang", current().language)
    st.segmented_control(
        _("Language of this page"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=state.key_of("lang"),
        required=True,
        on_change=state.choose_language,
    )


def _change_provinces(entries: knowledge.Tables) -> None:
    """The chosen provinces go over to those of today; on the way back, today's stay as far as they were there before."""
    if state.get("now"):
        rows = entries.provinces

        def today(name: str) -> str:
            return (rows[name].merged_into or name) if name in rows else name

        state.set("province", list(dict.fromkeys(today(without_count(label)) for label in state.get("province"))))
        for side in ("left", "right"):
            if state.get(side) and state.get("by") in (None, "province"):
                state.set(side, today(state.get(side)))


def _group(name: str) -> str:
    return "province_now" if name == "province" and state.get("now") else name


def _settle(name: str, facets: Facets, entries: knowledge.Tables) -> None:
    """Bring a widget's value back to plain values.

    The browser answers with labels; one that was drawn before the counts or the language changed is no longer among them.
    """
    held = [without_count(value) for value in state.get(name)]
    if not held:
        return
    group = _group(name)
    known = {value: value for value in facets.values(group)}
    if any(value not in known for value in held):
        known = values_of(group, facets, entries)
    state.set(name, list(dict.fromkeys(known[value] for value in held if value in known)))
    for value in held:
        if value not in known:
            state.dropped(value)


def _choices(label: str, name: str, facets: Facets, chosen: Conditions, entries: knowledge.Tables) -> None:
    group = _group(name)
    counts = facets.counts(group, chosen)
    picked = state.get(name)
    options = [value for value in facets.values(group) if value in counts or value in picked]
    listed = _few(options, picked)
    told = labels_of(group, facets, entries, current())
    labels = {value: with_count(told.get(value, value), counts.get(value, 0)) for value in listed}
    state.show_labels(name, [labels.get(value, value) for value in picked])
    st.multiselect(
        label,
        listed,
        format_func=lambda value: labels.get(value, value),
        key=state.key_of(name),
        placeholder=_("All"),
        select_all=False,
    )


def _few(options: Sequence[str], picked: Sequence[str]) -> list[str]:
    """As many options as a list can hold, the commonest first; what is picked is always among them."""
    return [value for k, value in enumerate(options) if k < _OPTIONS_SHOWN or value in picked]


def _dates(facets: Facets, chosen: Conditions) -> None:
    left, right = st.columns(2)
    for place, name, label, years in zip((left, right), state.BOUNDS, (_("From"), _("To")), facets.bounds(chosen), strict=True):
        with place:
            _bound(label, name, years)
    for name, label in (("from", _("From")), ("to", _("To"))):
        value = state.get(name)
        if value and not state.is_bound(value):
            st.warning(_("{label}: “{value}” is no date. Write 2023, 2023-05 or 2023-05-14.").format(label=label, value=state.plain(value)))
    if _is_turned(chosen.since, chosen.until):
        st.warning(_("“From” is later than “To”, so no dated event can lie between them."))
    undated = int((facets.mask(chosen, without=("undated",)) & ~facets.dated).sum())
    st.checkbox(_("Keep undated events · {n}").format(n=current().number(undated)), key=state.key_of("undated"))


def _is_turned(since: str, until: str) -> bool:
    first, last = (edtf.parse(since).start, edtf.parse(until).end) if since and until else (None, None)
    return bool(first and last and first > last)


def _bound(label: str, name: str, years: Mapping[str, int]) -> None:
    def say(year: str) -> str:
        return with_count(year, years[year]) if year in years else year

    state.show_labels(name, [say(value)] if (value := state.get(name)) else [])
    st.selectbox(
        label,
        sorted(years),
        index=None,
        format_func=say,
        key=state.key_of(name),
        placeholder=_("Any"),
        accept_new_options=True,
        help=_("Choose a year, or type a year, a month (2023-05) or a day (2023-05-14)."),
    )


def _confidence(facets: Facets, chosen: Conditions) -> None:
    keep = facets.mask(chosen, without=("confidence",))
    counts = {value: int((keep & facets.at_least(float(value))).sum()) for value in CONFIDENCES}
    labels = {value: with_count(value, count) for value, count in counts.items()}
    state.show_labels("confidence", [labels[value]] if (value := state.get("confidence")) in labels else [])
    st.selectbox(
        _("Confidence at least"),
        CONFIDENCES,
        index=None,
        format_func=lambda value: labels.get(value, value),
        key=state.key_of("confidence"),
        placeholder=_("Any"),
    )
