"""What many tests share: the loaded knowledge and the pipeline over it, made once."""

from pathlib import Path

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
