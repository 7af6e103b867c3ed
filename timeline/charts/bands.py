"""A gate's class over time, as bands behind the gate's lane."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from timeline import edtf
from timeline.i18n import ENGLISH, GATE_CLASSES, Words
from timeline.knowledge.entries import Gate

COLUMNS = ("lane", "start", "end", "label", "weight", "exact")
# How strongly a band is tinted: the more a gate is open to, the more.
_WEIGHTS = {"international": 3, "rail": 3, "bilateral": 2}


def gate_bands(gates: Iterable[Gate], words: Words = ENGLISH) -> pd.DataFrame:
    """One row for a gate and class: `lane` (the pair), `start` and `end` (ISO days, "" for open), `label`, `weight` 1–3,
    and whether its first day is `exact`.

    A class lasts until the day before the next one begins. Where the first has no beginning, it begins with the
    gate itself, if that is known. One that is known to begin in a year or month begins with its first day here, and its
    label says what is known: `international gate (since 2014)`. Gates without a class give no row.
    """
    rows = []
    for gate in gates:
        steps = gate.classes
        known = [since or (gate.since if k == 0 else "") for k, (_, since) in enumerate(steps)]
        starts = [edtf.parse(since).start for since in known]
        for k, ((name, _), since, start) in enumerate(zip(steps, known, starts, strict=True)):
            following = starts[k + 1] if k + 1 < len(starts) else None
            end = following - timedelta(days=1) if following else None
            exact = _is_day(since)
            label = words.gettext(GATE_CLASSES.get(name, name))
            label = words.bracketed(label, words.date(f"{since}/..") if start and not exact else "")
            rows.append((gate.pair, _iso(start), _iso(end), label, _WEIGHTS.get(name, 1), exact))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _is_day(text: str) -> bool:
    value = edtf.parse(text)
    return value.precision == "day" and not set("~?%") & set(text)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
