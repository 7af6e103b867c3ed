"""What is wrong with the names that only readers see: `vietnamese`, `title_vi`, `title_zh`, and the offices."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from timeline.knowledge.entries import Actor, Office, Place, Province, Tables

_UNIT = "{province}"
_MOST_FORMS = 4  # of a pattern: for a province, a city, a region, any other place
_SLOT = re.compile(r"\{\w*\}")
_SLOTS = frozenset(("body", "committee", "country", "department", "host", "ministry", "office", "place", "province"))


def shown_name_faults(tables: Tables) -> Iterator[str]:
    """A sentence a fault, each with its file and row."""
    yield from _unit_faults(tables)
    for actor in tables.actors.values():
        yield from _actor_faults(actor)
    yield from _shared(
        Actor.FILE, "vietnamese", ((form, row.name) for row in tables.actors.values() if _UNIT not in row.name for form in row.vietnamese)
    )
    for column in ("title_vi", "title_zh"):
        yield from _shared("series.csv", column, ((getattr(row, column), row.name) for row in tables.series.values()))
    for office in tables.offices.values():
        yield from _office_faults(office)


def _unit_faults(tables: Tables) -> Iterator[str]:
    rows: list[Province | Place] = [*tables.provinces.values(), *tables.places.values()]
    for row in rows:
        if row.vietnamese and row.country == "VN" and row.name != "Vietnam":
            yield f"{row.FILE}: {row.name!r} lies in Vietnam, so its name is Vietnamese already; leave `vietnamese` empty"


def _actor_faults(actor: Actor) -> Iterator[str]:
    where = f"{actor.FILE}: {actor.name!r}"
    if actor.vietnamese and actor.kind == "person" and actor.country == "VN":
        yield f"{where} is a Vietnamese name already; leave `vietnamese` empty"
    if len(actor.vietnamese) > (_MOST_FORMS if _UNIT in actor.name else 1):
        yield f"{where} has {len(actor.vietnamese)} Vietnamese names"
    if _UNIT in actor.name:
        yield from (f"{where} has no {_UNIT} in {form!r}" for form in actor.vietnamese if _UNIT not in form)


def _shared(file: str, column: str, names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Two rows that a reader could not tell apart."""
    owners: dict[str, list[str]] = defaultdict(list)
    for shown, name in names:
        if shown:
            owners[shown].append(name)
    for shown, rows in owners.items():
        if len(rows) > 1:
            yield f"{file}: {shown!r} is the {column} of {' and '.join(map(repr, rows))}"


def _office_faults(office: Office) -> Iterator[str]:
    where, slots = f"{office.FILE}: {office.name!r}", sorted(_SLOT.findall(office.name))
    yield from (f"{where} has an unknown slot {slot}" for slot in slots if slot[1:-1] not in _SLOTS)
    if len(set(slots)) < len(slots):
        yield f"{where} has a slot twice"
    for text in (office.vietnamese, office.hanzi):
        if sorted(_SLOT.findall(text)) != slots:
            yield f"{where} has other slots than {text!r}"
