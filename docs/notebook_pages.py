"""The notebooks as pages of the site: run cell by cell, without Jupyter, with what each cell gives below it.

They stand in `docs/notebooks` without outputs; nothing here writes to them.
"""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

from timeline.export.chart_files import svg

_WIDTH = 760  # pixels of a chart, as wide as the column of a page
_MOST_ROWS = 20  # of a table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: Markdown, or code with what it printed and gave."""

    is_code: bool
    source: str
    printed: str = ""
    value: Any = None


def read(notebook: Path) -> list[Cell]:
    """The cells as they stand."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [Cell(cell["cell_type"] == "code", "".join(cell["source"])) for cell in cells]


def run(notebook: Path) -> list[Cell]:
    """The cells, run from top to bottom in the notebook's own folder; whatever a cell raises is raised, with its number."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = read(notebook)
    with chdir(notebook.parent):
        return [_ran(cell, f"{notebook.name}, cell {at}", names) for at, cell in enumerate(cells, 1)]


def _ran(cell: Cell, where: str, names: dict[str, Any]) -> Cell:
    if not cell.is_code:
        return cell
    tree = ast.parse(cell.source, where)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, where, "exec"), names)
        value = eval(compile(ast.Expression(last.value), where, "eval"), names) if isinstance(last, ast.Expr) else None
    return Cell(True, cell.source, printed.getvalue(), value)


def page(notebook: Path, cells: list[Cell]) -> dict[str, str | bytes]:
    """The files of the page: its Markdown, and the charts that it shows."""
    files: dict[str, str | bytes] = {}
    blocks: list[str] = []
    for cell in cells:
        blocks += [f"```python\n{cell.source}\n```"] if cell.is_code else [cell.source]
        for content, description in _shown(cell):
            if isinstance(content, bytes):
                name = f"{notebook.stem}-{len(files) + 1}.svg"
                files[name] = content
                content = f"![{description}]({name})"
            blocks.append(content)
    blocks.insert(1, f"[Download this notebook]({notebook.name}){{ download }}")
    return {f"{notebook.stem}.md": "\n\n".join(blocks) + "\n", **files}


def _shown(cell: Cell) -> Iterator[tuple[str | bytes, str]]:
    """What a cell printed and gave, as Markdown, HTML, or the bytes of a drawing with its description."""
    if cell.printed:
        yield f"```text\n{cell.printed.rstrip()}\n```", ""
    if isinstance(cell.value, pd.DataFrame):
        yield f'<div class="output" tabindex="0">{cell.value.to_html(border=0, max_rows=_MOST_ROWS)}</div>', ""
    elif isinstance(cell.value, alt.Chart | alt.LayerChart):
        told = cell.value.to_dict()
        yield svg(cell.value, _WIDTH), " ".join(str(told.get("description") or told.get("title") or "").split())
    elif cell.value is not None:
        yield f"```text\n{cell.value!r}\n```", ""
