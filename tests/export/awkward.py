"""Events and documents that break careless writers: formulas, quotes, newlines, control characters, every script."""

from __future__ import annotations

from typing import Any

import pandas as pd

from timeline.tables import EVENTS, documents_frame, events_frame

SCRIPTS = (
    "Hữu Nghị – Ngô Lê Văn",
    "龙邦口岸升格",
    "Граница",
    "Σύνορα",
    "גבול",
    "الحدود",
    "सीमा",
    "সীমান্ত",
    "ชายแดน",
    "ຊາຍແດນ",
    "ព្រំដែន",
    "국경",
    "国境の祭り",
    "𠀀 😀",
)
FORMULA = '=HYPERLINK("http://example.org","x")'


def event(event_id: str, **cells: Any) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "title": "Fair",
        "event_type": "exchange",
        "status": "held",
        "date_precision": "none",
        "date_basis": "none",
        "confidence": 0.5,
    } | cells


def dated(event_id: str, day: str, **cells: Any) -> dict[str, Any]:
    known = {"date_edtf": day, "date_start": day, "date_end": day, "date_precision": "day", "date_basis": "stated"}
    return event(event_id, **(known | cells))


def of_every_script() -> pd.DataFrame:
    return events_frame([event(f"e{k:02}", title=text, quote=f"“{text}”", actors=[text]) for k, text in enumerate(SCRIPTS)])


def armed(text: str = FORMULA) -> pd.DataFrame:
    """One event with a formula wherever text may stand; its id stays, for one must find it."""
    cells: dict[str, Any] = {spec.name: [text, text] if spec.is_list else text for spec in EVENTS if spec.kind in ("text", "list")}
    codes = {"event_id": "e", "date_edtf": "", "date_start": "", "date_end": "", "date_precision": "none", "date_basis": "none"}
    return events_frame([cells | codes | {"confidence": 0.5}])


def document(doc_id: str, **cells: Any) -> dict[str, Any]:
    told = {"title": "News", "publisher": "A paper", "published": "2025-08-26", "source_url": "https://example.org/a", "language": "vi"}
    return {"doc_id": doc_id, "characters": 10, "mentions": 1} | told | cells


def documents(*rows: dict[str, Any]) -> pd.DataFrame:
    return documents_frame(list(rows))
