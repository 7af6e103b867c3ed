"""Writes docs/codebook.md: every column and code of the four tables, from `timeline.tables` and the knowledge files.

`python -m docs.make_codebook`; a test fails while the page is stale.
"""

from __future__ import annotations

from pathlib import Path

from timeline.export.codebook import LISTS, codebook_markdown
from timeline.knowledge import load_entries

PAGE = Path(__file__).parent / "codebook.md"
_HEAD = """\
# Codebook

<!-- Made by `python -m docs.make_codebook`; what is written here by hand is lost. -->

Every column of the four tables, and every code in them. A built folder (`timeline build … --out FOLDER`) holds the tables as \
`documents.csv`, `mentions.csv`, `evidence.csv` and `events.csv`: UTF-8, commas, an empty cell where there is nothing. {lists} \
In memory lists are lists, whole numbers are `Int64`, shares `Float64`, all else text.

[What counts as an event](events.md), and how its time is told, stands on a page of its own.

"""


def page() -> str:
    """The page as Markdown."""
    return _HEAD.format(lists=LISTS) + codebook_markdown(load_entries()).replace("### ", "## ").rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
