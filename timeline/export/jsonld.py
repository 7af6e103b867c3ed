"""schema.org as JSON-LD: events, where they took place, who took part, and the articles that report them.

The context stands in the file, so that nobody need fetch one. What schema.org has no property for is an
`additionalProperty` of the event under the name of its column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

import pandas as pd

from timeline import knowledge
from timeline.export.actor_facts import ActorFacts
from timeline.export.citations import Source
from timeline.export.country_codes import english_name
from timeline.export.named_sources import NamedSources
from timeline.export.partial_dates import ends_of, iso
from timeline.export.plain import encoded, one_line, printable
from timeline.export.positions import positions_of
from timeline.i18n import ENGLISH, Words
from timeline.tables import Tables, sort_rows
from timeline.titles import titles_in

Node = dict[str, Any]
Row = Mapping[Hashable, Any]

_SCHEMA = "https://schema.org/"
_DATES = ("startDate", "endDate", "datePublished")
_LINKS = ("url", "eventStatus", "propertyID")
CONTEXT: Node = {
    "@vocab": _SCHEMA,
    **{name: {"@id": f"{_SCHEMA}{name}", "@type": f"{_SCHEMA}Date"} for name in _DATES},
    **{name: {"@id": f"{_SCHEMA}{name}", "@type": "@id"} for name in _LINKS},
}
# Whatever was neither put off nor called off took or takes place as it was to.
_STATUSES = {"postponed": "EventPostponed", "cancelled": "EventCancelled"}
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_COLUMNS = ("event_type", "event_subtype", "form", "status", "date_precision", "date_basis")
_KINDS = {"person": "Person", "body": "Organization"}


def jsonld(tables: Tables, words: Words = ENGLISH, entries: knowledge.Tables | None = None) -> bytes:
    """One `Event` a row, in the table's order, then each place, actor and article once; UTF-8, no `<` in it.

    `startDate` and `endDate` are ISO 8601 with a year, a month and a day as far as they are known; the EDTF string itself,
    with "about", "some time in" and days without a year, is the additional property `temporalCoverage`. Who took part is
    an `attendee`, or the `organizer` if it is one of those that hold the event's series. `name` is the title in the
    reader's language, the others are `alternateName`.
    """
    events = sort_rows("events", tables.events)
    graph = _Graph(entries, NamedSources(tables.documents), set(events["event_id"]))
    titles = titles_in(events, words.language)
    nodes = [graph.event(row, title, words.language) for row, title in zip(events.to_dict("records"), titles, strict=True)]
    lines = ",\n".join(json.dumps(node, ensure_ascii=False, allow_nan=False) for node in (*nodes, *graph.others()))
    text = f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n{lines}\n]}}\n'
    return encoded(text.replace("<", "\\u003c"), "events as JSON-LD")  # it may stand in a page's <script>


class _Graph:
    """Makes events, and remembers what they refer to."""

    def __init__(self, entries: knowledge.Tables | None, cited: NamedSources, ids: set[str]) -> None:
        self._entries = entries
        self._tables = entries or knowledge.Tables()
        self._facts = ActorFacts(entries)
        self._cited = cited
        self._ids = ids
        self._nodes: dict[str, Node] = {}
        self._refs: dict[tuple[str, str], Node] = {}

    def others(self) -> Iterable[Node]:
        """What the events refer to."""
        return self._nodes.values()

    def event(self, row: Row, title: str, language: str) -> Node:
        """A row of the events table as a node."""
        node: Node = {"@type": "Event", "@id": _id("event", row["event_id"]), "identifier": row["event_id"], "name": one_line(title)}
        others = {code: one_line(row.get(column, "")) for code, column in (("en", "title"), ("vi", "title_vi"), ("zh", "title_zh"))}
        hosts, guests = self._roles(row)
        node |= _filled(
            alternateName=[{"@language": code, "@value": text} for code, text in others.items() if text and code != language],
            **_dates(row["date_edtf"]),
            eventStatus=f"{_SCHEMA}{_STATUSES.get(row['status'], 'EventScheduled')}",
            description=printable(row["quote"]),
            location=list(self._places(row["border_gates"], row["provinces"])),
            organizer=hosts,
            attendee=guests,
            superEvent=self._wholes(row),
            subjectOf=[self._article(source) for source in self._cited.of(row["documents"])],
            additionalProperty=list(_properties(row)),
        )
        return node

    def _roles(self, row: Row) -> tuple[list[Node], list[Node]]:
        """Those who hold the event's series, and the others that took part."""
        series = self._tables.series.get(row["series"])
        holds = set(series.actors) if series else set()
        hosts = [self._actor(name) for name in row["actors"] if name in holds]
        return hosts, [self._actor(name) for name in row["actors"] if name not in holds]

    def _actor(self, name: str) -> Node:
        return self._ref("actor", name, partial(_typed, _KINDS.get(self._facts.kind_of(name), "")))

    def _places(self, gates: list[str], provinces: list[str]) -> Iterator[Node]:
        """The gates, and the provinces that none of them lies between."""
        covered: set[str] = set()
        for name in gates:
            covered.update(self._sides(name))
            yield self._ref("gate", name, partial(self._gate, name))
        yield from (self._province(name) for name in provinces if name not in covered)

    def _sides(self, name: str) -> list[str]:
        gate = self._tables.gates.get(name)
        return [side for side in (gate.vn_province, gate.cn_province) if side] if gate else []

    def _gate(self, name: str) -> Node:
        _, points = positions_of([name], (), self._entries)
        return _typed(
            "Place",
            geo=[_geo(point.lat, point.lon) for point in points],
            containedInPlace=[self._province(side) for side in self._sides(name)],
            additionalProperty=[_property("coordinates", point.basis) for point in points],
        )

    def _province(self, name: str) -> Node:
        row = self._tables.provinces.get(name)
        country = [_typed("Country", name=english_name(row.country), identifier=row.country)] if row else []
        return self._ref("province", name, partial(_typed, "AdministrativeArea", containedInPlace=country))

    def _wholes(self, row: Row) -> list[Node]:
        """The event that it is a part of, if that is here too, and its series."""
        part = [{"@id": _id("event", row["part_of"])}] if row["part_of"] in self._ids else []
        return part + ([self._ref("series", row["series"], partial(_typed, "EventSeries"))] if row["series"] else [])

    def _article(self, source: Source) -> Node:
        reference = _id("source", source.key)
        if reference not in self._nodes:
            self._nodes[reference] = {"@id": reference} | _typed(
                "Dataset" if source.kind == "chronology" else "NewsArticle",
                headline=source.title,
                publisher=[_typed("Organization", name=source.publisher)] if source.publisher else [],
                datePublished="-".join(source.published),
                inLanguage=source.language,
                url=source.url,
                identifier=source.key,
            )
        return {"@id": reference}

    def _ref(self, kind: str, name: str, make: Callable[[], Node]) -> Node:
        """A reference to a thing that stands once in the graph; its name is beside it, for whoever reads no further."""
        known = self._refs.get((kind, name))
        if known is None:
            known = self._refs[kind, name] = {"@id": _id(kind, name), "name": one_line(name)}
            self._nodes[known["@id"]] = known | make()
        return known


def _id(kind: str, name: str) -> str:
    """An address inside the file."""
    return f"#{kind}-{quote(name, safe='', errors='replace')}"


def _typed(type_: str, **facts: Any) -> Node:
    """A node of a type; of none where nothing tells which."""
    return _filled(**{"@type": type_}, **facts)


def _filled(**facts: Any) -> Node:
    """The properties that have a value; of a list of one, that one."""
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in facts.items() if value}


def _dates(text: str) -> Node:
    """An end that is the beginning too is not said twice."""
    ends = ends_of(text)
    return {"startDate": iso(ends.first), "endDate": iso(ends.last) if ends.last != ends.first else ""}


def _geo(lat: float, lon: float) -> Node:
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _property(name: str, value: Any, **more: str) -> Node:
    return {"@type": "PropertyValue", "name": name, "value": value, **more}


def _properties(row: Row) -> Iterator[Node]:
    if row["date_edtf"]:
        yield _property("temporalCoverage", row["date_edtf"], propertyID=_EDTF)
    yield from (_property(column, row[column]) for column in _COLUMNS if row[column])
    if not pd.isna(row["confidence"]):
        yield _property("confidence", float(row["confidence"]))
