"""Titles generated from the fields, in English, Vietnamese and Chinese, each in one style; never copied from a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from timeline.knowledge import Knowledge
from timeline.knowledge.entries import EventType
from timeline.model import Event
from timeline.naming import naming_of

if TYPE_CHECKING:
    import pandas as pd

Tongue = Literal["en", "vi", "zh"]
# Before the titles of events that are told apart: those of a reader's own texts, those that only a chronology tells.
MARK, CURATED = "★", "○"


@dataclass(frozen=True, slots=True)
class _Style:
    """How one language joins the parts of a title."""

    colon: str
    comma: str
    ordinal: str
    of_year: str


_STYLES: dict[Tongue, _Style] = {
    "en": _Style(": ", ", ", "{nth} {noun}", "{noun} {year}"),
    "vi": _Style(": ", ", ", "{noun} lần thứ {n}", "{noun} năm {year}"),
    "zh": _Style("：", "、", "第{n}届{noun}", "{year}年{noun}"),
}
_BY_ACTORS = frozenset(("meeting", "visit", "agreement"))


def title_of(event: Event, knowledge: Knowledge, number: str = "", tongue: Tongue = "en") -> str:
    """What the event is, then of what or by whom: `Upgrade: Trà Lĩnh–Longbang`, `Nâng cấp: Trà Lĩnh – Long Bang`.

    A name that has none in `tongue` stands by its canonical form. `number` is that of a legal document.
    """
    style, names = _STYLES[tongue], naming_of(knowledge, tongue)
    if event.series:
        name = names.of("series", event.series)
        if event.ordinal:
            return _with_ordinal(name, event.ordinal, style, lower=False)
        dated = event.date_start and event.date_precision in ("day", "month", "year", "span")
        return style.of_year.format(noun=name, year=event.date_start[:4]) if dated else name
    noun = _noun(event, knowledge, tongue)
    if number:
        return f"{noun} {_number(number)}"
    if event.ordinal:
        noun = _with_ordinal(noun, event.ordinal, style, lower=tongue == "en")
    if event.border_gates:
        told = names.all("gate", event.border_gates[:2])
    elif event.actors and (event.event_type in _BY_ACTORS or not event.provinces):
        told = names.all("actor", event.actors[:2])
    else:
        told = names.all("province", event.provinces[:3])
    return noun + style.colon + style.comma.join(told) if told else noun


def _noun(event: Event, knowledge: Knowledge, tongue: Tongue) -> str:
    types = knowledge.tables.event_types
    for name in (f"{event.event_type}.{event.event_subtype}", event.event_type):
        if name in types and (noun := _title(types[name], tongue)):
            return noun
    return event.event_type.replace("_", " ").capitalize()


def _title(row: EventType, tongue: Tongue) -> str:
    return {"en": row.title, "vi": row.title_vi, "zh": row.title_zh}[tongue]


def _with_ordinal(noun: str, number: int, style: _Style, lower: bool) -> str:
    plain = noun[0].lower() + noun[1:] if lower else noun
    return style.ordinal.format(nth=_nth(number), n=number, noun=plain)


def _number(number: str) -> str:
    """`58 2022 nd cp` as it is written in English texts: `58/2022/ND-CP`."""
    head, _, tail = number.upper().rpartition(" ") if number.count(" ") > 2 else (number.upper(), "", "")
    return head.replace(" ", "/") + (f"-{tail}" if tail else "")


def _nth(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def titles_in(events: pd.DataFrame, language: str, marks: Mapping[str, str] | None = None) -> pd.Series[str]:
    """The titles of an events table in a language, the English one where it has none; `marks` (by event_id) stand before theirs."""
    found, own = events["title"], f"title_{language}"
    if own in events:
        found = events[own].where(events[own] != "", found)
    if not marks:
        return found
    before = events["event_id"].map(marks)
    return found.where(before.isna(), before.astype("string") + " " + found)
