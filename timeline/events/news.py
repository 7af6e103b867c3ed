"""Which times may be those of a page's news, and not of what it looks back on."""

from __future__ import annotations

from datetime import date, timedelta

from timeline import edtf
from timeline.model import TimeSpan

_OLD = timedelta(days=31)  # before the page's own day: what was over by then is no news of it


class News:
    """The news of a page that was published on a day, or in a month or year (ISO 8601; "" where nothing tells it)."""

    def __init__(self, published: str) -> None:
        begin = edtf.start(published)
        self.is_dated = begin is not None
        self._since = begin - _OLD if begin else date.min
        self._day = begin if begin and len(published) == len("2025-09-12") else date.max

    def may_be(self, time: TimeSpan | None) -> bool:
        """Whether a time was not over some weeks before the page's own day; where either is unknown, it may be news."""
        end = edtf.parse(time.date_edtf).end if time and "X" not in time.date_edtf else None
        return end is None or end >= self._since

    def is_ahead(self, time: TimeSpan | None) -> bool:
        """Whether a time begins after the page's own day, where that is known."""
        begin = edtf.start(time.date_edtf) if time and "X" not in time.date_edtf else None
        return begin is not None and begin > self._day
