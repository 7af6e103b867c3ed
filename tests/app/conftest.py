from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from tests.app.sample import sample_tables
from timeline import store


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A built folder that the app will show."""
    folder = tmp_path / "built"
    store.save(sample_tables(), folder)
    monkeypatch.setattr("sys.argv", ["streamlit_app.py"])
    monkeypatch.setenv("TIMELINE_DATA", str(folder))
    yield folder
    st.cache_resource.clear()
