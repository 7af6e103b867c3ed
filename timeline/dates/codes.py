"""The codes of relative times, as the language files write them: `year-10`, `weekday3!`, `same_day+2`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_STEPPED = re.compile(r"(?P<unit>.*?)(?P<step>[+-]\d+)")
FORETOLD = "!"  # a weekday of a sentence that speaks of what will be
OF_WEEK = {"<": -7, "=": 0, ">": 7}  # a weekday of the last, this or the next calendar week: days from this one


@lru_cache(maxsize=1 << 12)
def stepped(code: str) -> tuple[str, int]:
    """`year-10` as its unit and its step; the step is 0 where the code has none."""
    match = _STEPPED.fullmatch(code)
    return (match["unit"], int(match["step"])) if match else (code, 0)


def days_from(day: str, step: int) -> str:
    """The day so many days later, or earlier; one whose year nothing tells stays so ("XXXX-01-01", reckoned in a leap year)."""
    moved = (date.fromisoformat(day.replace("XXXX", "2000")) + timedelta(days=step)).isoformat()
    return moved if day[0] != "X" else f"XXXX{moved[4:]}"


@lru_cache(maxsize=1 << 12)
def weekday_of(code: str) -> int:
    """The number in `weekday3`, `weekday3+`; 0 for any other code."""
    return int(code[7]) if code.startswith("weekday") else 0
