"""Tables of events for the tests of the charts."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tests.app.sample import event_rows
from timeline import edtf
from timeline.tables import events_frame


def event(number: int, date_edtf: str, **cells: Any) -> dict[str, Any]:
    """A row with this time, as the pipeline would date it; `cells` replace what it has besides."""
    value = edtf.parse(date_edtf)
    times = {
        "date_edtf": date_edtf,
        "date_start": value.start.isoformat() if value.start else "",
        "date_end": value.end.isoformat() if value.end else "",
        "date_precision": value.precision,
    }
    return event_rows()[0] | {"event_id": f"e{number}", "title": f"Event {number}", "provinces": ["Cao Bằng"]} | times | cells


def table(*times: str, **cells: Any) -> pd.DataFrame:
    """One event for each time."""
    return events_frame([event(k, time, **cells) for k, time in enumerate(times)])


def many(count: int, provinces: str = "ABC", seed: int = 3) -> pd.DataFrame:
    """Events by chance over some five years: days and spans."""
    chance = random.Random(seed)
    rows = []
    for k in range(count):
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
        last = first + timedelta(days=chance.choice([0, 0, 3, 400]))
        time = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
        rows.append(event(k, time, title="x" * chance.randint(1, 90), provinces=[chance.choice(provinces)]))
    return events_frame(rows)
