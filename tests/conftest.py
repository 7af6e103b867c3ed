"""What many tests share: the loaded knowledge and the pipeline over it, made once."""

from pathlib import Path

import pytest

from timeline.knowledge import Knowledge, load
from timeline.pipeline import Extractor, Timeline

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def engine(knowledge: Knowledge) -> Extractor:
    return Extractor(knowledge)


@pytest.fixture(scope="session")
def seeds(engine: Extractor) -> Timeline:
    return engine.build(SEEDS)
