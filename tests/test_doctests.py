"""What the docstrings show is what comes out; run where a reader would, at the root of a checkout."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def with_examples() -> list[str]:
    """The modules whose docstrings show something."""
    files = [path for path in (ROOT / "timeline").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")]
    return sorted(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files)


@pytest.mark.parametrize("name", with_examples())
def test_examples_in_docstrings_hold(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(import_module(name), verbose=False).failed == 0


def test_the_names_that_everybody_uses_show_how() -> None:
    assert {"timeline.accessor", "timeline.pipeline"} <= set(with_examples())
