"""What the pages and notebooks show can be done, and says what they say that it does."""

import json
import re
import shutil
import socket
from pathlib import Path

import pytest

from docs import notebook_pages
from tests.docs.blocks import languages, run_page, save_files

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
TUTORIAL = ROOT / "docs" / "tutorial.md"  # whose texts are spoken of where a page has none of its own
_RUN = re.compile(r'^ *```(?:python|console|\w+ title=")', re.MULTILINE)
_SHELLS = ("", "bash", "sh", "shell")
# What a page may find where the reader stands: the checkout's texts and tables.
_LENT = ("seeds", "data/built", "data/with-chronology", "data/reference")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whatever was asked of a network, which answers nothing."""
    hosts: list[object] = []

    def refuse(*address: object, **_: object) -> None:
        hosts.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return hosts


@pytest.mark.parametrize("page", [page for page in PAGES if _RUN.search(page.read_text(encoding="utf-8"))], ids=_name)
def test_what_a_page_shows_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[object]) -> None:
    text = page.read_text(encoding="utf-8")
    for lent in _LENT:
        if lent in text:
            shutil.copytree(ROOT / lent, tmp_path / lent)
    monkeypatch.chdir(tmp_path)
    if 'title="pages/' not in text:
        save_files(TUTORIAL)
    run_page(page)
    assert asked == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_command_escapes_the_test_above(page: Path) -> None:
    assert [(line, language) for line, language in languages(page) if language in _SHELLS] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_a_notebook_runs_and_its_page_shows_what_it_gives(notebook: Path) -> None:
    files = notebook_pages.page(notebook, notebook_pages.run(notebook))
    page = files[f"{notebook.stem}.md"]
    assert isinstance(page, str)
    assert "<table" in page
    assert all(isinstance(drawing, bytes) and b"<svg" in drawing for name, drawing in files.items() if name.endswith(".svg"))
    assert len(files) > 1


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=_name)
def test_a_notebook_is_kept_without_outputs(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert [cell["id"] for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
