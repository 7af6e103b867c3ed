"""What was measured, part by part, in `results.json`; and the page that shows it, docs/performance.md.

The page is written by hand but for what stands between `<!-- results: PART -->` and `<!-- end of results -->`.
"""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.rows import Part, Row, machine, markdown

RESULTS = Path(__file__).parent / "results.json"
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
_BLOCK = re.compile(r"(<!-- results: (\w+) -->\n).*?(<!-- end of results -->)", re.DOTALL)
_DIGITS = 6


def record(name: str, part: Part, command: str, results: Path = RESULTS, page: Path = PAGE) -> None:
    """Keep what a part gave, with the command that made it, in place of what it gave before; and show it on the page."""
    kept = read(results)
    rows = [{**dataclasses.asdict(row), "ours": _rounded(row.ours), "theirs": _rounded(row.theirs)} for row in part.rows]
    day = datetime.now(UTC).date().isoformat()
    kept[name] = {"command": command, "machine": machine(), "measured": day, "notes": list(part.notes), "rows": rows}
    results.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_page(results, page)


def read(results: Path = RESULTS) -> dict[str, Any]:
    """All that is kept, by part."""
    kept: dict[str, Any] = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    return kept


def write_page(results: Path = RESULTS, page: Path = PAGE) -> None:
    """Write the tables into the page anew."""
    page.write_text(filled(page.read_text(encoding="utf-8"), read(results)), encoding="utf-8")


def filled(page: str, kept: dict[str, Any]) -> str:
    """The page with the tables of what is kept."""
    return _BLOCK.sub(lambda match: f"{match[1]}{_told(kept.get(match[2]))}\n{match[3]}", page)


def _told(part: dict[str, Any] | None) -> str:
    if part is None:
        return "Not measured yet."
    rows = [Row(**row) for row in part["rows"]]
    rounds = sorted({len(row.ours) for row in rows if row.ours})
    how = f"`{part['command']}`, {part['measured']}, {part['machine']}; rounds: {', '.join(map(str, rounds))}."
    notes = "\n".join(f"- {note}" for note in part["notes"])
    return f"{how}\n\n{markdown(rows)}\n" + (f"\n{notes}\n" if notes else "")


def _rounded(numbers: Any) -> list[float]:
    return [float(f"{number:.{_DIGITS}g}") for number in numbers]
