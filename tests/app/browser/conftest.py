"""One server for all walks that change nothing in it, one browser, and readers who watch the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import timeline
from tests.app.sample import TEXTS, sample_tables
from timeline import store

if TYPE_CHECKING:
    from tests.app.browser.serving import Server
    from tests.app.browser.walking import Reader, Tabs


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder with the sample's events and the texts that they were read from."""
    tables = sample_tables()
    folder = tmp_path_factory.mktemp("browser") / "built"
    store.save(_with_texts(tables), folder)
    return folder


def _with_texts(tables: Any) -> Any:
    names = ("documents", "mentions", "evidence", "events")
    return SimpleNamespace(**{name: getattr(tables, name) for name in names}, texts=TEXTS)


@pytest.fixture(scope="session")
def events(folder: Path) -> Any:
    """The events as the library loads them: what the app must agree with."""
    return timeline.load(folder).events


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    from tests.app.browser.serving import running

    with running(folder) as server:
        yield server


# Of these tests only: while Playwright runs, no other test of this process could start an event loop.
@pytest.fixture(scope="package")
def tabs() -> Iterator[Tabs]:
    from tests.app.browser.serving import chromium
    from tests.app.browser.walking import Tabs

    with chromium() as browser:
        yield Tabs(browser)


@pytest.fixture
def reader(server: Server, tabs: Tabs) -> Iterator[Callable[..., Reader]]:
    """Makes readers, each with a session of their own; at the end none may have met a fault."""
    from tests.app.browser.walking import Look, Reader

    readers: list[Reader] = []

    def make(server: Server = server, **look: Any) -> Reader:
        readers.append(Reader(tabs, server, Look(**look)))
        return readers[-1]

    yield make
    faults = [fault for one in readers for fault in one.faults]
    for one in readers:
        one.close()
    assert faults == []
