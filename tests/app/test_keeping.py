import gc
import threading
import weakref
from pathlib import Path

import streamlit as st

from timeline.app import data
from timeline.app.keeping import Kept, Once, passed_over


def test_what_was_asked_for_longest_ago_is_made_anew() -> None:
    made: list[str] = []

    def ask(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key.upper())

    kept = Kept(2)
    assert [ask(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]


def test_what_two_ask_for_at_once_is_made_once() -> None:
    made: list[int] = []
    begun, kept = threading.Event(), Once()

    def make() -> str:
        made.append(1)
        begun.wait(0.2)
        return "made"

    found: list[str] = []
    askers = [threading.Thread(target=lambda: found.append(kept.get("a", make))) for _ in range(3)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert (found, made) == (["made"] * 3, [1])


def test_a_browser_that_has_streamlits_caches_emptied_empties_none_of_ours(built: Path) -> None:
    shelf, entries = data.load(built), data.entries()
    st.cache_resource.clear()
    st.cache_data.clear()
    assert data.load(built) is shelf
    assert data.entries() is entries


class Knot:
    """What only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_the_collector_passes_over_what_is_kept_and_frees_what_no_longer_is() -> None:
    kept = Once()
    first = weakref.ref(kept.get("a", lambda: passed_over(Knot())))
    assert gc.get_freeze_count() > 0
    kept.get("b", lambda: passed_over(Knot()))
    assert first() is not None  # it was still kept while the second was made
    kept.get("c", lambda: passed_over(Knot()))
    assert first() is None
