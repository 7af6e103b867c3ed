from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app import own_texts
from tests.app.sample import sample_tables
from timeline import store
from timeline.app.keeping import forget_all
from timeline.pipeline import Extractor


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A built folder that the app will show."""
    folder = tmp_path / "built"
    store.save(sample_tables(), folder)
    monkeypatch.setattr("sys.argv", ["streamlit_app.py"])
    monkeypatch.setenv("TIMELINE_DATA", str(folder))
    yield folder
    forget_all()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Extractor) -> Iterator[Path]:
    """A built folder from one text, which the app shows."""
    (tmp_path / "folder.txt").write_text(own_texts.FOLDER, encoding="utf-8")
    engine.build(tmp_path / "folder.txt").save(tmp_path / "built")
    monkeypatch.setattr("sys.argv", ["streamlit_app.py"])
    monkeypatch.setenv("TIMELINE_DATA", str(tmp_path / "built"))
    monkeypatch.delenv("TIMELINE_ALLOW_FETCH", raising=False)
    yield tmp_path / "built"
    forget_all()
