"""Tables that every format must carry over whole: ordinary, built from the seeds, of every script, hostile, and empty."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.app.sample import sample_tables
from tests.export.awkward import FORMULA, SCRIPTS, armed, dated, document, of_every_script
from timeline import store
from timeline.tables import Tables, documents_frame, events_frame, evidence_frame, mentions_frame

CONTROLS = "a\x00\x1b[31m\"no\", 'so'\r\n\rb\u2028c\x85d\ufeff; e\\; f\\\\,\t"
BUILT = store.load_tables(Path(__file__).parents[2] / "data" / "with-chronology")  # the seeds and the chronology
EVENTS: dict[str, pd.DataFrame] = {
    "sample": sample_tables().events,
    "built": BUILT.events,
    "scripts": of_every_script(),
    "formulas": armed(FORMULA),
    "controls": armed(CONTROLS),
    "none": events_frame([]),
}


def hostile_tables() -> Tables:
    """Four sound tables whose texts would break a careless writer or reader; the documents' ids and the codes are ordinary."""
    texts = [*SCRIPTS, FORMULA, CONTROLS, " blanks ", '"', "\n", "a,b;c\td|e'f"]
    documents = [document(f"d{k:02}", title=text, publisher=text, path=text, characters=len(text)) for k, text in enumerate(texts)]
    mentions, evidence, events = [], [], []
    for k, text in enumerate(texts):
        span = {"mention_id": f"m{k:02}", "start": 0, "end": len(text), "text": text}
        named = [text.replace("\0", ""), "x; y", "\\", "; "]
        codes = {"event_type": "exchange", "status": "held", "date_precision": "day", "date_basis": "stated", "confidence": 0.5}
        told = {"date_edtf": "2024-02-29", "date_text": text, "actors": named}
        mentions.append(span | codes | told | {"event_id": f"e{k:02}", "doc_id": f"d{k:02}"})
        evidence.append(span | {"field": "actors", "value": text, "rule": text})
        cited = {"documents": [f"d{k:02}"], "mentions": [f"m{k:02}"]}
        events.append(dated(f"e{k:02}", "2024-02-29", title=text, quote=text, series=text, actors=named, ordinal=k, **cited))
    return Tables(documents_frame(documents), mentions_frame(mentions), evidence_frame(evidence), events_frame(events))
