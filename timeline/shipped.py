"""Where the files stand that come with the library: in the installed package, or in the checkout that it runs from."""

from __future__ import annotations

from pathlib import Path

# Name in the package's `_data` ← place in a checkout; the wheel's list in pyproject.toml says the same.
_FILES = {
    "knowledge": "data/knowledge",
    "reference/chronology.csv": "data/reference/chronology.csv",
    "map/outline.json": "data/map/outline.json",
    "accuracy.md": "docs/accuracy.md",
    "streamlit_app.py": "streamlit_app.py",
}


def shipped(name: str) -> Path:
    """The path of a file or folder of `_FILES`."""
    package = Path(__file__).resolve().parent
    installed = package / "_data" / name
    return installed if installed.exists() else package.parent / _FILES[name]


def chronology_path() -> Path:
    """The chronology of the border that ships, `data/reference/chronology.csv`: to be built with the texts."""
    return shipped("reference/chronology.csv")
