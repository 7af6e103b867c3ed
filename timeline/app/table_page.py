"""The filtered events as a table: sorted, with columns of choice, each row opening its event; and as files."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from timeline.app import downloads, examples, state, style, table_order
from timeline.app.language import _, current, ngettext
from timeline.app.names import naming
from timeline.app.view import View, titles
from timeline.export import COLUMNS, heads, readable, web_address
from timeline.export.plain import one_line, printable
from timeline.query import Rows

USUAL = ("when", "event", "type", "status", "provinces", "gates", "actors", "languages")
_SHOWN = 2000  # rows that a browser is given at once
_ON_A_PAGE = 50  # rows of the plain table
_LETTER, _WIDEST = 8, 400  # pixels
_COLUMNS, _SORT, _BACKWARD, _PLAIN, _PAGE, _OPEN, _GRID, _LAST = (
    f"table_{name}" for name in ("columns", "sort", "backward", "plain", "page", "open", "grid", "last")
)


def render(view: View) -> None:
    """Draw the page for what is chosen."""
    lead = _("Every event that meets the filters, one a row, with the columns and in the order that you choose.")
    style.title(_("Table"), lead)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        _count(view)
        downloads.menu(view)
    if view.shown.empty:
        examples.loosen(view)
        return
    _settle()
    names = columns_of(view)
    _controls()
    ordered = table_order.places(view, sort_column(), is_backward())
    if st.session_state.get(_PLAIN):
        _plain_table(view, ordered, names)
    else:
        _grid(view, ordered, names)


def _cells(view: View, rows: pd.DataFrame, names: list[str]) -> dict[str, list[Any]]:
    """The cells in the reader's language; the titles of events that are told apart bear their marks, as on every page."""
    cells = readable(rows, current(), view.entries, names, naming())
    if "event" in cells:
        cells["event"] = [printable(title) for title in titles(rows, current(), view.marks)]
    return cells


def columns_of(view: View) -> list[str]:
    """The columns to show, in the reader's order: those of the URL that exist, else the usual ones."""
    chosen = [name for name in dict.fromkeys(state.get("columns")) if name in COLUMNS]
    return chosen or ["provinces_now" if view.now and name == "provinces" else name for name in USUAL]


def sort_column() -> str:
    """The column to sort by; empty for the order of time."""
    name = (state.get("sort") or "").removeprefix("-")
    return name if name in COLUMNS else ""


def is_backward() -> bool:
    """Whether the last stands first."""
    return (state.get("sort") or "").startswith("-")


def _count(view: View) -> None:
    said = _("{shown} of {total} events").format(shown=f"<b>{len(view.shown)}</b>", total=view.facets.size)
    style.count(said, "content")


def _settle() -> None:
    """Bring the widgets to what the URL and the session say, before they are drawn."""
    st.session_state[_COLUMNS] = [name for name in dict.fromkeys(state.get("columns")) if name in COLUMNS]
    st.session_state[_SORT] = sort_column()
    st.session_state[_BACKWARD] = is_backward()


def _controls() -> None:
    head = heads(current())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.multiselect(
            _("Columns"),
            list(COLUMNS),
            format_func=lambda name: head[name],
            key=_COLUMNS,
            placeholder=_("The usual ones"),
            on_change=lambda: state.set("columns", list(st.session_state[_COLUMNS])),
            select_all=False,
            width=520,
        )
        st.selectbox(
            _("Sort by"),
            ["", *COLUMNS],
            format_func=lambda name: head[name] if name else _("Time, as on the timeline"),
            key=_SORT,
            on_change=_sort,
            width=280,
        )
        with st.container(width="content", gap=None):
            st.checkbox(_("Last first"), key=_BACKWARD, on_change=_sort)
            st.checkbox(
                _("Plain table"),
                key=_PLAIN,
                help=_("For the keyboard and for screen readers: the same rows without the grid, {n} at a time.").format(n=_ON_A_PAGE),
            )


def _sort() -> None:
    name, is_last_first = st.session_state[_SORT], st.session_state[_BACKWARD]
    # The order of time has no column of its own, so backward alone is a bare minus.
    state.set("sort", f"-{name}" if is_last_first else name or None)


def _grid(view: View, ordered: Rows, names: list[str]) -> None:
    rows = view.archive.events.rows(ordered[:_SHOWN])
    # Below the controls, for the grid's toolbar comes to lie on what stands above it.
    st.caption(_("Choose a row to open its event. A click on a head sorts by its words; “Sort by” knows the order of time."))
    cells = _cells(view, rows, names)
    if "link" in cells:
        cells["link"] = [web_address(link) for link in cells["link"]]
    ids = rows["event_id"].tolist()
    st.dataframe(
        pd.DataFrame(cells),
        key=_GRID,
        hide_index=True,
        on_select=lambda: _picked(ids),
        selection_mode="single-row",
        column_config=_config(names),
        width="stretch",
        height=min(38 + 35 * len(rows), 640),
        alt=_("The filtered events, one a row"),
    )
    if len(ordered) > len(rows):
        note = _("These are the first {n} of {total} events in this order. The files hold all of them.")
        st.caption(note.format(n=len(rows), total=len(ordered)))


def _config(names: list[str]) -> dict[str, Any]:
    head = heads(current())
    found: dict[str, Any] = {}
    for name in names:
        column = COLUMNS[name]
        if name == "link":
            found[name] = st.column_config.LinkColumn(head[name], width="medium")
        elif column.kind in ("integer", "share"):
            found[name] = st.column_config.NumberColumn(head[name], format="%.2f" if column.kind == "share" else "%d")
        else:
            found[name] = st.column_config.TextColumn(head[name], width=min(_LETTER * column.width, _WIDEST))
    return found


def _picked(ids: list[str]) -> None:
    """Open the event of the row just chosen. A second click takes the choice back, but means the same."""
    rows = st.session_state[_GRID]["selection"]["rows"]
    event_id = ids[rows[0]] if rows and rows[0] < len(ids) else st.session_state.get(_LAST)
    if event_id in ids:
        state.open_event(event_id)
    st.session_state[_LAST] = event_id


def _plain_table(view: View, ordered: Rows, names: list[str]) -> None:
    """The rows as an HTML table, page by page, and a list from which to open one."""
    pages = -(-len(ordered) // _ON_A_PAGE)
    st.session_state[_PAGE] = min(max(st.session_state.get(_PAGE) or 1, 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if pages > 1:
            said = ngettext("Page (of {n})", "Page (of {n})", pages).format(n=pages)
            st.number_input(said, min_value=1, max_value=pages, step=1, key=_PAGE, width=160)
        first = (st.session_state[_PAGE] - 1) * _ON_A_PAGE
        rows = view.archive.events.rows(ordered[first : first + _ON_A_PAGE])
        said_of = dict(zip(rows["event_id"], map(one_line, titles(rows, current())), strict=True))
        st.selectbox(
            _("Open an event of this page"),
            list(said_of),
            index=None,
            format_func=lambda event_id: said_of.get(event_id, ""),
            key=_OPEN,
            placeholder=_("Choose, or type a word of its title"),
            on_change=_opened,
            width=520,
        )
    head = heads(current())
    cells = _cells(view, rows, names)
    # Streamlit reads the cells and heads of a table as Markdown.
    table = pd.DataFrame({state.plain(head[name]): [_shown(cell) for cell in cells[name]] for name in names}, dtype="object")
    st.table(table, border="horizontal", hide_index=True, alt=_("The filtered events, one a row"))


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    return state.plain(one_line(cell)) if isinstance(cell, str) else state.plain(f"{cell:.2f}" if isinstance(cell, float) else str(cell))


def _opened() -> None:
    if event_id := st.session_state[_OPEN]:
        state.open_event(event_id)
        st.session_state[_OPEN] = None  # so that the same event can be chosen again
