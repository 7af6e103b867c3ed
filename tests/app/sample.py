"""A small built timeline from sentences of our own, for the tests of the tables, the charts and the app."""

from __future__ import annotations

from typing import Any

from timeline import edtf
from timeline.tables import Tables, documents_frame, events_frame, evidence_frame, mentions_frame

TEXTS = {
    "cs.txt": "V období 2020–2025 byl přechod Tra Linh povýšen. Dne 25. srpna 2025 se v Hanoji konala konference.",
    "he.txt": "הכנס נערך בהאנוי ב-25 באוגוסט. <script>alert(1)</script> Ngô Lê Văn.",
    "vi.txt": "Hội chợ diễn ra từ 19 đến 23/12/2023 tại Lạng Sơn. Nghị định được ban hành năm 2022. Hai bên ký thỏa thuận.",
}
EVENTS: list[dict[str, Any]] = [
    {
        "event_id": "e-gate",
        "title": "Trà Lĩnh–Longbang upgraded",
        "event_type": "border_gate",
        "event_subtype": "upgrade",
        "date_edtf": "2020/2025",
        "date_precision": "period",
        "date_basis": "period",
        "provinces": ["Cao Bằng", "Guangxi"],
        "border_gates": ["Trà Lĩnh–Longbang"],
        "actors": ["Cao Bằng People's Committee"],
    },
    {
        "event_id": "e-conference",
        "title": "Conference on local foreign affairs",
        "event_type": "conference",
        "event_subtype": "conference",
        "date_edtf": "2025-08-25",
        "date_precision": "day",
        "date_basis": "stated",
        "provinces": ["Hà Nội"],
        "actors": ["Ministry of Foreign Affairs of Vietnam", "Ngô Lê Văn"],
        "conflicts": ["actors: one source names the minister"],
    },
    {
        "event_id": "e-session",
        "title": "Session on gates",
        "event_type": "conference",
        "event_subtype": "session",
        "part_of": "e-conference",
        "date_edtf": "2025-08-25",
        "date_precision": "day",
        "date_basis": "completed",
        "provinces": ["Hà Nội"],
    },
    {
        "event_id": "e-fair",
        "title": "Border fair",
        "event_type": "exchange",
        "event_subtype": "fair",
        "date_edtf": "2023-12-19/2023-12-23",
        "date_precision": "span",
        "date_basis": "stated",
        "provinces": ["Lạng Sơn", "Guangxi"],
        "actors": ["Ngô Lê Văn"],
    },
    {
        "event_id": "e-decree",
        "title": "Decree 58",
        "event_type": "policy",
        "event_subtype": "decree",
        "date_edtf": "2022",
        "date_precision": "year",
        "date_basis": "stated",
    },
    {
        "event_id": "e-deal",
        "title": "Agreement *on* <b>water</b> [x](y)",
        "event_type": "agreement",
        "event_subtype": "signing",
        "date_edtf": "",
        "date_precision": "none",
        "date_basis": "none",
        "provinces": ["Cao Bằng", "Hà Giang"],
        "provinces_now": ["Cao Bằng", "Tuyên Quang"],
    },
    {
        "event_id": "e-day",
        "title": "Patrol along the markers",
        "event_type": "exchange",
        "event_subtype": "patrol",
        "status": "scheduled",
        "date_edtf": "XXXX-09-12",
        "date_precision": "day",
        "date_basis": "stated",
        "provinces": ["Cao Bằng"],
    },
]
# Mention, event, document, its passage, and the words that give its fields.
_MENTIONS = [
    ("m1", "e-gate", "cs.txt", "V období 2020–2025 byl přechod Tra Linh povýšen.", {"date_edtf": "2020–2025", "event_type": "povýšen"}),
    (
        "m2",
        "e-conference",
        "cs.txt",
        "Dne 25. srpna 2025 se v Hanoji konala konference.",
        {"date_edtf": "25. srpna 2025", "provinces": "Hanoji"},
    ),
    ("m3", "e-conference", "he.txt", TEXTS["he.txt"], {"date_edtf": "25 באוגוסט", "provinces": "האנוי", "actors": "Ngô Lê Văn"}),
    ("m4", "e-fair", "vi.txt", "Hội chợ diễn ra từ 19 đến 23/12/2023 tại Lạng Sơn.", {"date_edtf": "từ 19 đến 23/12/2023"}),
    ("m5", "e-decree", "vi.txt", "Nghị định được ban hành năm 2022.", {"event_type": "Nghị định"}),
    ("m6", "e-deal", "vi.txt", "Hai bên ký thỏa thuận.", {"date_edtf": "năm 2022"}),
    ("m7", "e-session", "cs.txt", "konference.", {"event_type": "konference"}),
    ("m8", "e-day", "vi.txt", "Hai bên ký thỏa thuận.", {"event_type": "Hai bên"}),
]


def sample_tables(**changes: list[dict[str, Any]]) -> Tables:
    """The four tables; `documents`, `mentions`, `evidence` or `events` replace the rows of one."""
    rows = {"documents": document_rows(), "mentions": mention_rows(), "evidence": evidence_rows(), "events": event_rows()} | changes
    return Tables(
        documents_frame(rows["documents"]),
        mentions_frame(rows["mentions"]),
        evidence_frame(rows["evidence"]),
        events_frame(rows["events"]),
    )


def document_rows() -> list[dict[str, Any]]:
    return [
        {
            "doc_id": name,
            "language": name[:2],
            "title": f"News, {name[:2]}",
            "publisher": "A paper",
            "published": "2025-08-26",
            "source_url": "javascript:alert(1)" if name == "he.txt" else f"https://example.org/{name}",
            "characters": len(text),
            "mentions": sum(mention[2] == name for mention in _MENTIONS),
        }
        for name, text in TEXTS.items()
    ]


def mention_rows() -> list[dict[str, Any]]:
    return [_mention(*mention[:4]) for mention in _MENTIONS]


def _mention(mention_id: str, event_id: str, doc_id: str, text: str) -> dict[str, Any]:
    event = next(event for event in EVENTS if event["event_id"] == event_id)
    start = TEXTS[doc_id].index(text)
    told = {name: event[name] for name in ("event_type", "event_subtype", "date_edtf", "date_precision", "date_basis")}
    return told | {
        "mention_id": mention_id,
        "event_id": event_id,
        "doc_id": doc_id,
        "language": doc_id[:2],
        "start": start,
        "end": start + len(text),
        "text": text,
        "status": event.get("status", "held"),
        "provinces": event.get("provinces", []),
        "confidence": 0.9,
    }


def evidence_rows() -> list[dict[str, Any]]:
    rows = []
    for mention_id, _, doc_id, _, words in _MENTIONS:
        for field, text in words.items():
            start = TEXTS[doc_id].rindex(text)
            where = {"start": start, "end": start + len(text), "text": text}
            rows.append({"mention_id": mention_id, "field": field, "value": text, "rule": "sample"} | where)
    return rows


def event_rows() -> list[dict[str, Any]]:
    return [_event(event) for event in EVENTS]


def _event(event: dict[str, Any]) -> dict[str, Any]:
    first, last = edtf.bounds(event["date_edtf"])
    mentions = [mention for mention in _MENTIONS if mention[1] == event["event_id"]]
    documents = list(dict.fromkeys(mention[2] for mention in mentions))
    return {
        "status": "held",
        "date_start": first.isoformat() if first else "",
        "date_end": last.isoformat() if last else "",
        "provinces_now": event.get("provinces", []),
        "languages": [name[:2] for name in documents],
        "documents": documents,
        "mentions": [mention[0] for mention in mentions],
        "confidence": 0.9,
        "quote": mentions[0][3],
    } | event
