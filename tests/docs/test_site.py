"""The site is built without a warning, needs no network, and the pages that programs write are as those write them now."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import make_cli, make_codebook
from timeline.export import FORMATS

ROOT = Path(__file__).parent.parent.parent
# What a browser would fetch by itself; links are for readers to follow.
_FETCHED = re.compile(r"""<(?:script|img|iframe)\b[^>]*\bsrc=["']?([^"'\s>]+)|<link\b[^>]*\bhref=["']?([^"'\s>]+)|url\(["']?([^"')]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; the notebooks' code is run by a test of its own, so here they stand without what they give."""
    folder = tmp_path_factory.mktemp("site")
    quiet = {**os.environ, "RUN_NOTEBOOKS": "false", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder


def test_the_site_has_every_page_and_none_is_fetched_from_elsewhere(site: Path) -> None:
    pages = {page.relative_to(site).with_suffix(".md").as_posix() for page in site.rglob("*.html")}
    assert pages >= {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")}
    assert pages >= {"notebooks/gates.md", "notebooks/own_text.md", "changelog.md"}
    found = {target for page in site.rglob("*.html") for match in _FETCHED.findall(page.read_text(encoding="utf-8")) for target in match}
    assert [target for target in found if "//" in target] == []


def test_the_reference_shows_what_the_docstrings_say(site: Path) -> None:
    told = (site / "reference.html").read_text(encoding="utf-8")
    for name in ("timeline.build", "timeline.find_dates", "timeline.accessor.TimelineAccessor.gates_at", "timeline.errors.InputError"):
        assert f'id="{name}"' in told
    assert "completes a partial date" in told


def test_the_codebook_is_that_of_the_tables() -> None:
    assert make_codebook.PAGE.read_text(encoding="utf-8") == make_codebook.page(), "run `python -m docs.make_codebook`"


def test_the_commands_are_told_as_they_tell_themselves() -> None:
    assert make_cli.PAGE.read_text(encoding="utf-8") == make_cli.page(), "run `python -m docs.make_cli`"


def test_every_format_has_its_section() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### ([\w-]+)$", page, re.MULTILINE)) == sorted(FORMATS)
