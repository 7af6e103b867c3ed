"""What many tests share: the loaded knowledge and the pipeline over it, made once."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from timeline.knowledge import Knowledge
from timeline.pipeline import Extractor, Timeline, extractor

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return extractor().knowledge


@pytest.fixture(scope="session")
def engine() -> Extractor:
    return extractor()  # the library's own: languages are compiled once a process


@pytest.fixture(scope="session")
def seeds(engine: Extractor) -> Timeline:
    return engine.build(SEEDS)


@pytest.fixture
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `__main__` that other processes need not run: a script of the app that was tested before stays there as one."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
