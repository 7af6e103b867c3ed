"""What the column sets of other event data share: two sides, one place, and a CSV file that nothing runs in."""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from timeline import knowledge
from timeline.export.actor_facts import ActorFacts
from timeline.export.plain import disarmed, encoded, one_line
from timeline.export.positions import positions_of

Cell = str | int | float
Row = Mapping[Hashable, Any]  # of the events table
_HOME = "VN"


@dataclass(frozen=True, slots=True)
class Sides:
    """Those who took part, by country: `first` are those of the first one's country, and whoever's is not known."""

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The one place of an event, as far as it has any: its first gate, else a province.

    `province` and `country` (ISO 3166-1 alpha-2) are those of the Vietnamese side where there is one. `lat` and `lon` are
    degrees, "" where none are known; `basis` is what those of a gate rest on, and "" for a point inside a province.
    """

    name: str = ""
    province: str = ""
    country: str = ""
    lat: Cell = ""
    lon: Cell = ""
    basis: str = ""


def sides_of(actors: Iterable[str], facts: ActorFacts) -> Sides:
    """Two sides, for what other data call an actor and its counterpart. The tables hold no roles, so the order means nothing."""
    countries = {name: facts.country_of(name) for name in actors}
    home = next(filter(None, countries.values()), "")
    first = tuple(name for name, country in countries.items() if country in ("", home))
    return Sides(first, tuple(name for name in countries if name not in first))


def site_of(row: Row, entries: knowledge.Tables | None) -> Site:
    """Where other data would put the event, which know one place a row."""
    units = entries.provinces if entries else {}
    country_of = {name: units[name].country if name in units else "" for name in row["provinces"]}
    province = next((name for name, country in country_of.items() if country == _HOME), next(iter(country_of), ""))
    country = country_of.get(province) or (_HOME if _HOME in row["countries"] else next(iter(row["countries"]), ""))
    precision, points = positions_of(row["border_gates"], [province], entries)
    name = next(iter(row["border_gates"]), province)
    if not points:
        return Site(name, province, country)
    point = points[0]
    if precision == "gate":
        return Site(point.name, province, country, point.lat, point.lon, point.basis)
    return Site(name, province, country, point.lat, point.lon)


def columns_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], what: str) -> bytes:
    """RFC 4180, UTF-8, one event a line: newlines in a cell become blanks, and what could begin a formula has an apostrophe before it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return encoded(file.getvalue(), what)


def _text(cell: Cell) -> str:
    return disarmed(one_line(cell)) if isinstance(cell, str) else str(cell)
