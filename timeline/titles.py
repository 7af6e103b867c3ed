"""Titles generated from the fields, in English, Vietnamese and Chinese, each in one style; never copied from a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from timeline.knowledge import Knowledge
from timeline.knowledge.entries import EventType
from timeline.model import Event
from timeline.text import has_vietnamese_marks

if TYPE_CHECKING:
    import pandas as pd

Tongue = Literal["en", "vi", "zh"]
MARK = "★"  # before the titles of events that are told apart


@dataclass(frozen=True, slots=True)
class _Style:
    """How one language joins the parts of a title."""

    colon: str
    comma: str
    dash: str  # between the two sides of a gate
    ordinal: str
    of_year: str


_STYLES: dict[Tongue, _Style] = {
    "en": _Style(": ", ", ", "–", "{nth} {noun}", "{noun} {year}"),
    "vi": _Style(": ", ", ", " – ", "{noun} lần thứ {n}", "{noun} năm {year}"),
    "zh": _Style("：", "、", "—", "第{n}届{noun}", "{year}年{noun}"),
}
_BY_ACTORS = frozenset(("meeting", "visit", "agreement"))


def title_of(event: Event, knowledge: Knowledge, number: str = "", tongue: Tongue = "en") -> str:
    """What the event is, then of what or by whom: `Upgrade: Trà Lĩnh–Longbang`, `Nâng cấp: Trà Lĩnh – Long Bang`.

    A name that has none in `tongue` stands by its canonical form. `number` is that of a legal document.
    """
    style = _STYLES[tongue]
    if event.series:
        name = _of_series(event.series, knowledge, tongue)
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
        names = [_of_gate(pair, knowledge, tongue, style) for pair in event.border_gates[:2]]
    elif event.actors and (event.event_type in _BY_ACTORS or not event.provinces):
        names = [_of_actor(name, knowledge, tongue) for name in event.actors[:2]]
    else:
        names = [_of_province(name, knowledge, tongue) for name in event.provinces[:3]]
    return noun + style.colon + style.comma.join(names) if names else noun


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


def _of_series(name: str, knowledge: Knowledge, tongue: Tongue) -> str:
    row = knowledge.tables.series.get(name)
    return (_among(row.aliases, tongue) if row and tongue != "en" else "") or name


def _of_gate(pair: str, knowledge: Knowledge, tongue: Tongue, style: _Style) -> str:
    row = knowledge.tables.gates.get(pair)
    if row is None or tongue == "en":
        return pair
    if tongue == "vi":
        sides = row.vn_name, next(iter(row.sino_vietnamese), row.cn_name)
    else:
        sides = _among(row.vn_aliases, "zh").removesuffix("口岸") or row.vn_name, next(iter(row.hanzi), row.cn_name)
    return style.dash.join(name for name in sides if name)


def _of_province(name: str, knowledge: Knowledge, tongue: Tongue) -> str:
    row = knowledge.tables.provinces.get(name)
    if row is None or tongue == "en" or (tongue == "vi" and row.country == "VN"):
        return name
    return (_among(row.aliases, "vi") if tongue == "vi" else row.hanzi[0] if row.hanzi else "") or name


def _of_actor(name: str, knowledge: Knowledge, tongue: Tongue) -> str:
    """A person or body; one of a province by its pattern: `Ủy ban nhân dân tỉnh Cao Bằng`, `高平省人民委员会`."""
    actors = knowledge.tables.actors
    province = next((p for p in knowledge.tables.provinces if name.startswith(f"{p} ")), "")
    row = actors.get(name) or actors.get(name.replace(province, "{province}", 1) if province else "")
    if row is None or tongue == "en":
        return name
    own = _of_province(province, knowledge, tongue) if province else ""
    if tongue == "zh":
        return row.hanzi[0].replace("{province}", own) if row.hanzi else name
    if row.kind == "person" and row.country == "VN":
        return name
    return _among(row.aliases, "vi").replace("{province}", own) or name


def _among(names: tuple[str, ...], tongue: Tongue) -> str:
    """The first of a row's spellings that is of the language."""
    if tongue == "vi":
        return next((name for name in names if has_vietnamese_marks(name)), "")
    return next((name for name in names if any("\u4e00" <= char <= "\u9fff" for char in name)), "")


def _number(number: str) -> str:
    """`58 2022 nd cp` as it is written in English texts: `58/2022/ND-CP`."""
    head, _, tail = number.upper().rpartition(" ") if number.count(" ") > 2 else (number.upper(), "", "")
    return head.replace(" ", "/") + (f"-{tail}" if tail else "")


def _nth(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def titles_in(events: pd.DataFrame, language: str, marked: Collection[str] = ()) -> pd.Series[str]:
    """The titles of an events table in a language, the English one where it has none; those of `marked` events with `MARK`."""
    found, own = events["title"], f"title_{language}"
    if own in events:
        found = events[own].where(events[own] != "", found)
    return found.where(~events["event_id"].isin(marked), f"{MARK} " + found) if marked else found
