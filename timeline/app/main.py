"""What every page shares: the data, the filters in the sidebar, the open event."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import Page

from timeline.app import data, detail, filters, language, session_texts, state, style, upload_memory, window
from timeline.app.language import _
from timeline.app.leave import corrections_file
from timeline.app.shelf import Shelf
from timeline.app.view import View
from timeline.errors import InputError, TimelineError
from timeline.i18n import N_

_LOG = logging.getLogger(__name__)
# Path, module, title and icon of each page; a module is imported when its page is first opened.
PAGES = (
    ("", "timeline_page", N_("Timeline"), ":material/view_timeline:"),
    ("map", "map_page", N_("Map"), ":material/map:"),
    ("table", "table_page", N_("Table"), ":material/table:"),
    ("compare", "compare_page", N_("Compare"), ":material/compare_arrows:"),
    ("sources", "sources_page", N_("Sources"), ":material/article:"),
    ("add", "add_page", N_("Add texts"), ":material/note_add:"),
    ("changes", "changes_page", N_("Changes"), ":material/history:"),
)


def main() -> None:
    """Draw the app; called by `streamlit_app.py` on every rerun."""
    upload_memory.bound()
    language.settle(st.query_params.get("lang") if state.is_first_run() else state.get("lang"))
    title = _("Vietnam–China border and local diplomacy")
    st.set_page_config(page_title=title, page_icon="📅", layout="wide", initial_sidebar_state="auto")
    style.apply()
    try:
        base = data.load(data.folder(), corrections_file())
        layer = data.load_layer(base, corrections_file())
        is_laid = layer is not None and bool(state.before_sync("chronology"))
        shelf = session_texts.with_texts(layer if layer and is_laid else base)
    except TimelineError as fault:
        _explain(fault)
        return
    words = language.current()
    pages: list[Page] = []
    for path, module, name, icon in PAGES:
        show = _page(module, shelf, pages, int(layer.is_curated.sum()) if layer else None, is_laid)
        pages.append(st.Page(show, title=words.gettext(name), icon=icon, url_path=path, default=not path))
    # The links are ours: Streamlit's own drop what the URL says, and the way back would lead over a view without filters.
    st.navigation(pages, position="hidden").run()


def _page(module: str, shelf: Shelf, pages: Sequence[Page], layer: int | None = None, is_laid: bool = False) -> Callable[[], None]:
    """One page, as Streamlit calls it. `layer` is how many events the chronology adds, None where there is none to lay over."""

    def show() -> None:
        if state.sync(module, shelf.archive.events):
            window.redraw_strip()
        window.settle()
        before = language.current().language
        if language.settle(state.get("lang")) != before:
            st.rerun()  # the pages have been named in the language of before
        if layer is not None and bool(state.get("chronology")) != is_laid:
            st.rerun()  # the reader went back or forward to a view with other tables
        view = _view(shelf)
        filters.sidebar(view.facets, view.chosen, view.entries, layer)
        state.write_url()
        _links(pages)
        _say_what_was_dropped()
        import_module(f"timeline.app.{module}").render(view)
        detail.show(view)

    # Streamlit knows a page by its function's name where it has no path.
    show.__name__ = module
    return show


def _links(pages: Sequence[Page]) -> None:
    """The way to each page, with all that is chosen."""
    query = state.as_query()
    with st.container(horizontal=True, key="pages", gap="small"):
        for page in pages:
            st.page_link(page, query_params=query, width="content")


def _say_what_was_dropped() -> None:
    dropped = state.what_was_dropped()
    if dropped:
        said = _("This link asks for what is not among these events, and so it is left out: {values}")
        values = language.current().listed(f"“{state.plain(value)}”" for value in dropped)
        st.warning(said.format(values=values), icon=":material/link_off:")


def _view(shelf: Shelf) -> View:
    entries = data.entries()
    return View.of(shelf, filters.conditions(shelf.facets, entries), entries, now=state.get("now"))


def _explain(fault: TimelineError) -> None:
    """Why there is nothing to see; where it lies and all the rest of it is for the host alone."""
    _LOG.error("%s", fault)
    st.title(_("Vietnam–China border and local diplomacy"))
    words = language.current()
    said = _("the tables are not in order; the server’s log says what is wrong")
    if isinstance(fault, InputError):
        said = words.bracketed(*fault.told(words))
    st.info(_("There are no events to show yet: {fault}.").format(fault=state.plain(said)), icon=":material/inbox:")
    st.markdown(_("Run `timeline build seeds/ --out data/built` (or `make app`), then reload this page."))
