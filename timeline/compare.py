"""Two sides of an events table set against each other: two values of a group, or the sources of two countries.

A side is a mask over the rows of the table, as `facets` has them, so that figures cost milliseconds for a million events.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from timeline import edtf
from timeline.facets import Facets
from timeline.publishers import Publishers
from timeline.query import Archive, Mask
from timeline.tables import ORDERS

Field = Literal["date", "provinces", "border_gates"]
Part = Literal["only_left", "both", "only_right", "neither"]
PARTS: tuple[Part, ...] = ("only_left", "both", "only_right", "neither")
LEFT, RIGHT = "VN", "CN"  # the countries whose sources are set against each other
# Times that the passage's own document gives; others come from another document or a table, and say nothing of it.
_OWN_TIMES = frozenset(("stated", "completed", "period"))


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Which events are of the left, which of the right, among those that are `shown`; all three one entry an event."""

    left: Mask
    right: Mask
    shown: Mask

    def part(self, name: Part) -> Mask:
        """One of the four parts that the shown events fall into; every event is in exactly one."""
        sides = {
            "only_left": self.left & ~self.right,
            "both": self.left & self.right,
            "only_right": self.right & ~self.left,
            "neither": ~self.left & ~self.right,
        }
        return sides[name] & self.shown

    def counts(self) -> dict[Part, int]:
        """How many events each part holds."""
        return {name: int(np.count_nonzero(self.part(name))) for name in PARTS}


@dataclass(frozen=True, slots=True, eq=False)
class Origins:
    """Which events sources of Vietnam and of China tell (one entry an event), and the country of every document."""

    left: Mask
    right: Mask
    country_of: Mapping[str, str]

    @property
    def unknown(self) -> int:
        """How many documents are of no known country."""
        return sum(not country for country in self.country_of.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two sides' sources say of one field of an event."""

    field: Field
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def is_contrary(self) -> bool:
        """Whether no time of the one can be true with one of the other; a month and a day in it can.

        Places never gainsay each other: an event of two provinces may be told of one here and of the other there.
        """
        if self.field != "date":
            return False
        return not any(edtf.overlaps(one, other) for one in self.left for other in self.right)


def by_group(facets: Facets, group: str, left: str, right: str, shown: Mask) -> Sides:
    """The events of two values of a group of `facets` ("province", "actor", "gate", …); an unknown value has none."""
    index = facets.group(group)
    return Sides(index.any_of((left,)), index.any_of((right,)), shown)


def by_source(origins: Origins, shown: Mask) -> Sides:
    """The events that sources of Vietnam (left) and of China (right) tell; those of both, whoever else does."""
    return Sides(origins.left, origins.right, shown)


def find_pair(counts: Mapping[str, int], known: Collection[str], left: str | None, right: str | None) -> tuple[str, str] | None:
    """The two values to compare: what was asked for, where it is `known`, else those with most events; None without two.

    `counts` are the values that the filters leave, most events first.
    """
    left, right = (value if value in known else None for value in (left, right))
    if left is not None and left == right:
        right = None
    by_events = sorted(counts, key=lambda value: -counts[value])
    spare = (value for value in (*by_events, *sorted(known)) if value not in (left, right))
    left = left if left is not None else next(spare, None)
    right = right if right is not None else next(spare, None)
    return None if left is None or right is None else (left, right)


def count_types(facets: Facets, sides: Sides) -> list[tuple[str, dict[Part, int]]]:
    """Each type of event with its number in each part, types with most events first; types with none are left out."""
    index = facets.group("type")
    by_part = {name: index.counts(sides.part(name)) for name in PARTS}
    rows = [(code, {name: by_part[name].get(code, 0) for name in PARTS}) for code in index.values]
    return [row for row in rows if any(row[1].values())]


def trace_origins(facets: Facets, publishers: Publishers) -> Origins:
    """Where the sources of every event sit; keep the result as long as the tables."""
    documents = facets.archive.documents
    columns = (documents.column(name).to_pylist() for name in ("doc_id", "publisher", "source_url"))
    country_of = {doc_id: publishers.country_of(publisher, address) for doc_id, publisher, address in zip(*columns, strict=True)}
    index = facets.group("document")
    left, right = (index.any_of([doc_id for doc_id, country in country_of.items() if country == one]) for one in (LEFT, RIGHT))
    return Origins(left, right, country_of)


def find_differences(archive: Archive, origins: Origins) -> dict[str, list[Difference]]:
    """By event_id, what sources of Vietnam and of China give differently of an event: date, provinces, gates.

    From the mentions; keep the result as long as the tables. Silence is no difference: where a side names no date, or no
    place, there is none. Sources that give the same time more and less exactly do differ.
    """
    of_both = archive.events.column("event_id").filter(pa.array(origins.left & origins.right))
    mentions = archive.mentions.rows(archive.mentions.where("event_id", of_both.to_pylist()), (*_READ, *ORDERS["mentions"]))
    mentions = mentions.sort_values(list(ORDERS["mentions"]), kind="stable")
    told: dict[str, _Told] = {}
    for event_id, doc_id, text, basis, provinces, gates in zip(*(mentions[name].tolist() for name in _READ), strict=True):
        country = origins.country_of.get(doc_id, "")
        if country not in (LEFT, RIGHT):
            continue
        if event_id not in told:
            told[event_id] = _Told()
        said = told[event_id].right if country == RIGHT else told[event_id].left
        if text and basis in _OWN_TIMES:
            said["date"][text] = None
        said["provinces"].update(dict.fromkeys(provinces))
        said["border_gates"].update(dict.fromkeys(gates))
    return {event_id: found for event_id, one in told.items() if (found := list(_differing(one)))}


class _Told:
    """What the two sides say of an event: for every field its values, in the order in which they come up."""

    __slots__ = ("left", "right")

    def __init__(self) -> None:
        self.left: dict[Field, dict[str, None]] = {field: {} for field in _FIELDS}
        self.right: dict[Field, dict[str, None]] = {field: {} for field in _FIELDS}


def _differing(told: _Told) -> Iterator[Difference]:
    for field in _FIELDS:
        left, right = told.left[field], told.right[field]
        if left and right and left.keys() != right.keys():
            yield Difference(field, tuple(left), tuple(right))


_READ = ("event_id", "doc_id", "date_edtf", "date_basis", "provinces", "border_gates")
_FIELDS: tuple[Field, ...] = ("date", "provinces", "border_gates")
