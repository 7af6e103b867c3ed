"""Events under the columns that users of ACLED know; no ACLED data.

Columns, codes and rules are those of the ACLED codebook (https://acleddata.com/methodology/acled-codebook). ACLED records
political violence and demonstrations, and of what else happens only "Strategic developments": that is what every event here
is, and our own types stand in `tags`. Columns for what is never told here (`inter1`, `inter2`, `interaction`,
`civilian_targeting`, `fatalities`, and the like) are left out.

| ours | `sub_event_type` | bent |
|---|---|---|
| `agreement`, `ceremony.signing` | Agreement | ACLED means peace deals, ceasefires and the like |
| `exchange.patrol`, `exchange.defence` | Change to group/activity | ACLED means security measures and movements of armed groups |
| all others | Other | ACLED means coups and the like; it would not record a fair |
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from timeline import edtf, knowledge
from timeline.export.actor_facts import ActorFacts
from timeline.export.citations import Source
from timeline.export.country_codes import alpha_3, english_name
from timeline.export.named_sources import NamedSources, publisher_of
from timeline.export.research_csv import Cell, Row, Site, columns_csv, sides_of, site_of
from timeline.i18n import ENGLISH
from timeline.publishers import Publishers
from timeline.tables import Tables, sort_rows

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "country", "admin1", "location", "latitude", "longitude"),
    *("geo_precision", "source", "source_scale", "notes", "tags"),
)
EVENT_TYPE = "Strategic developments"
# By type and subtype, else by type; what stands under neither is "Other".
SUB_EVENT_TYPES = {
    "agreement": "Agreement",
    "ceremony.signing": "Agreement",
    "exchange.patrol": "Change to group/activity",
    "exchange.defence": "Change to group/activity",
}
_OTHER = "Other"
_WEEK, _MONTH = 6, 30  # days between the first and the last possible one
_FROM_SOURCE = "source"  # `coords_basis` of a gate whose position a public source tells
_TAGS = ("event_type", "event_subtype", "form", "status", "date_edtf", "date_precision", "date_basis")
_LISTS = ("countries", "provinces", "border_gates")


def acled_like(tables: Tables, entries: knowledge.Tables | None = None, publishers: Publishers | None = None) -> bytes:
    """One row an event, in the table's order, as CSV; names and titles as the tables have them, in English.

    `event_date` and `time_precision`: 1 the day (of what lasts, the first), 2 the middle of a known week, 3 the middle of a
    known month. ACLED leaves out what is vaguer; here the row stays with neither, and the time as it is known stands in
    `tags` as `date_edtf`. `geo_precision`: 1 a gate whose position a source tells, 2 one placed to about a tenth of a
    degree, 3 a point inside a province. `source_scale` compares the country of the publishers with that of the event.
    """
    events = sort_rows("events", tables.events)
    row_of = _Rows(entries, NamedSources(tables.documents), publishers or Publishers())
    return columns_csv(COLUMNS, (list(row_of(row)) for row in events.to_dict("records")), "events in ACLED's columns")


class _Rows:
    def __init__(self, entries: knowledge.Tables | None, cited: NamedSources, publishers: Publishers) -> None:
        self._entries, self._cited, self._publishers = entries, cited, publishers
        self._facts = ActorFacts(entries)
        self._homes: dict[str, str] = {}  # the country of each source

    def __call__(self, row: Row) -> Iterator[Cell]:
        """The cells of an event, in the order of `COLUMNS`."""
        site = site_of(row, self._entries)
        yield f"{alpha_3(site.country)}{row['event_id']}"
        yield from _time(row["date_edtf"], row["date_precision"])
        yield from (EVENT_TYPE, EVENT_TYPE, sub_event_type(row["event_type"], row["event_subtype"]))
        sides = sides_of(row["actors"], self._facts)
        for side in (sides.first, sides.second):
            yield from (next(iter(side), ""), "; ".join(side[1:]))
        yield from (english_name(site.country), site.province, site.name, site.lat, site.lon, _geo_precision(site))
        yield from self._told_by(row, site.country)
        when = ENGLISH.date(row["date_edtf"], row["date_precision"])
        yield f"{row['title']} ({when})" + (f": {row['quote']}" if row["quote"] else "")
        yield "; ".join(_tags(row))

    def _told_by(self, row: Row, country: str) -> tuple[str, str]:
        """Publishers, and how near they are."""
        found = list(self._cited.of(row["documents"]))
        homes = [self._home_of(source) for source in found]
        scales = ["National"] * (bool(country) and country in homes) + ["International"] * any(home not in ("", country) for home in homes)
        return "; ".join(dict.fromkeys(map(publisher_of, found))), "-".join(scales) if country else ""

    def _home_of(self, source: Source) -> str:
        if source.key not in self._homes:
            self._homes[source.key] = self._publishers.country_of(source.publisher, source.url)
        return self._homes[source.key]


def sub_event_type(event_type: str, event_subtype: str) -> str:
    """What ACLED would call it."""
    return SUB_EVENT_TYPES.get(f"{event_type}.{event_subtype}") or SUB_EVENT_TYPES.get(event_type, _OTHER)


def _time(text: str, precision: str) -> tuple[Cell, Cell, Cell]:
    """`event_date`, `year` and `time_precision`."""
    if not text or not edtf.is_edtf(text):
        return "", "", ""
    begun = edtf.parse(text)
    if precision == "span":  # it lasts, so its beginning is its date
        left = text.partition("/")[0]
        begun = edtf.parse("" if left == ".." else left)
    if begun.start is None or begun.end is None:
        return "", "", ""
    year = begun.start.year if begun.start.year == begun.end.year else ""
    days = (begun.end - begun.start).days
    if days > _MONTH:
        return "", year, ""
    code = 3 if days > _WEEK else 2 if days or begun.approximate else 1
    return (begun.start + timedelta(days=days // 2)).isoformat(), year, code


def _geo_precision(site: Site) -> Cell:
    if site.lat == "":
        return ""
    return 3 if not site.basis else 1 if site.basis == _FROM_SOURCE else 2


def _tags(row: Row) -> Iterator[str]:
    yield from (f"{name}: {row[name]}" for name in _TAGS if row[name])
    yield from (f"{name}: {', '.join(row[name])}" for name in _LISTS if row[name])
