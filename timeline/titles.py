"""English titles, generated from the fields in one style; never copied from a page."""

from __future__ import annotations

from timeline.knowledge import Knowledge
from timeline.model import Event


def title_of(event: Event, knowledge: Knowledge, number: str = "") -> str:
    """What the event is, then of what or by whom: `Upgrade of the border gate Trà Lĩnh–Longbang`."""
    if event.series:
        year = f" {event.date_start[:4]}" if not event.ordinal and event.date_precision in ("day", "month", "year", "span") else ""
        return (f"{_nth(event.ordinal)} {event.series}" if event.ordinal else event.series) + year
    name = f"{event.event_type}.{event.event_subtype}" if event.event_subtype else event.event_type
    row = knowledge.tables.event_types.get(name) or knowledge.tables.event_types.get(event.event_type)
    noun = (row.title if row else "") or event.event_type.replace("_", " ").capitalize()
    if number:
        return f"{noun} {_number(number)}"
    if event.ordinal:
        noun = f"{_nth(event.ordinal)} {noun[0].lower()}{noun[1:]}"
    if event.border_gates:
        return f"{noun}: {', '.join(event.border_gates[:2])}"
    if event.event_type in ("meeting", "visit", "agreement") and event.actors:
        return f"{noun}: {', '.join(event.actors[:2])}"
    if event.provinces:
        return f"{noun}: {', '.join(event.provinces[:3])}"
    return f"{noun}: {', '.join(event.actors[:2])}" if event.actors else noun


def _number(number: str) -> str:
    """`58 2022 nd cp` as it is written in English texts: `58/2022/ND-CP`."""
    head, _, tail = number.upper().rpartition(" ") if number.count(" ") > 2 else (number.upper(), "", "")
    return head.replace(" ", "/") + (f"-{tail}" if tail else "")


def _nth(number: int | None) -> str:
    if number is None:
        return ""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
