"""What MkDocs does not do by itself: pages that are made while the site is built, and lists that the search leaves out."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs import notebook_pages

_ROOT = Path(__file__).parent.parent
_LISTS = frozenset(("accuracy-earlier.md", "date-pages.md", "event-pages.md"))  # thousands of addresses and old figures
_NOTEBOOK_LINK = re.compile(r"(\]\([^)\s]*notebooks/[\w-]+)\.ipynb\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The changelog and the notebooks as pages; `run_notebooks: false` shows their code alone."""
    changelog = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("](docs/", "](")
    files.append(File.generated(config, "changelog.md", content=changelog))
    cells_of = notebook_pages.run if config.extra["run_notebooks"] else notebook_pages.read
    for notebook in sorted(Path(config.docs_dir, "notebooks").glob("*.ipynb")):
        for name, content in notebook_pages.page(notebook, cells_of(notebook)).items():
            files.append(File.generated(config, f"notebooks/{name}", content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links to a notebook lead to its page."""
    if page.file.src_uri in _LISTS:
        page.meta.setdefault("search", {})["exclude"] = True
    return _NOTEBOOK_LINK.sub(r"\1.md)", markdown)
