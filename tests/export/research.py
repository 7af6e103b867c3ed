"""Events for the formats that researchers read: one of each kind of time, in one place, with known and unknown people."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tests.export.awkward import SCRIPTS, document, documents, event
from timeline import edtf, knowledge
from timeline.store import load_tables
from timeline.tables import Tables, documents_frame, events_frame, evidence_frame, mentions_frame

BUILT = Path(__file__).parents[2] / "data" / "built"
EVIL = '</p></script><script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt; "q" \'a\'\r\n=1+1\x00\u2028]]>-->'


def timed(event_id: str, text: str, precision: str = "", **cells: Any) -> dict[str, Any]:
    """An event at an EDTF time."""
    value = edtf.parse(text)
    first, last = (day.isoformat() if day else "" for day in (value.start, value.end))
    known = {
        "date_edtf": text,
        "date_start": first,
        "date_end": last,
        "date_precision": precision or value.precision,
        "date_basis": "stated",
    }
    return event(event_id, **(known | cells))


def tables(*events: dict[str, Any], sources: tuple[dict[str, Any], ...] = ()) -> Tables:
    return Tables(documents(*sources), mentions_frame([]), evidence_frame([]), events_frame(list(events)))


def nothing() -> Tables:
    return Tables(documents_frame([]), mentions_frame([]), evidence_frame([]), events_frame([]))


def awkward() -> Tables:
    """Text of every script, and what would break out of HTML, JSON, CSV and a script element, wherever text may stand."""
    texts = (*SCRIPTS, EVIL)
    rows = [
        timed(f"e{k:02}", f"20{k:02}-01-01", title=text, quote=text, actors=[text], series=text, provinces=[text], documents=[f"{k}"])
        for k, text in enumerate(texts, 10)
    ]
    address = 'https://example.org/"><script>alert(3)</script>'
    cited = [document(f"{k}", title=text, publisher=text, source_url=address) for k, text in enumerate(texts, 10)]
    return tables(*rows, sources=tuple(cited))


@cache
def built() -> Tables:
    """What the tool made of the seeds."""
    return load_tables(BUILT)


@cache
def entries() -> knowledge.Tables:
    return knowledge.load_entries()
