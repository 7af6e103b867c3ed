"""Events under the columns that users of PLOVER and POLECAT know; neither's data.

Categories, modes and contexts are those of the PLOVER manual (https://github.com/openeventdata/PLOVER), columns those of
the POLECAT files (https://doi.org/10.7910/DVN/AJGVIT). PLOVER codes what one actor does to another; what it has no category
for keeps its row, with an empty `Event Type`. Columns that nothing here tells (sectors, titles, intensity, GeoNames and
Wikipedia ids) are left out; those behind `Language` are ours.

| ours | event | mode | context | bent |
|---|---|---|---|---|
| `conference`, `meeting` | CONSULT | | diplomatic | |
| `meeting.call` | CONSULT | phone | diplomatic | |
| `visit` | CONSULT | visit | diplomatic | who visits whom is not told |
| `agreement`, `ceremony.signing` | SUPPORT | | diplomatic | AGREE would be a promise to sign |
| `border_gate` | COOPERATE | | economic | also where one side acts alone |
| `border_gate.suspension` | SANCTION | sever | economic | PLOVER counts it as conflict, whatever the cause |
| `exchange` | COOPERATE | | cultural | |
| `exchange.fair` | COOPERATE | | economic | |
| `exchange.defence`, `exchange.patrol` | COOPERATE | | military | |
| `infrastructure` | COOPERATE | | economic | only where two countries take part |
| `policy` | | | legal | |
| `ceremony` | | | diplomatic | |

A scheduled or postponed event has the context "future" too, a cancelled one "negation".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timeline import knowledge
from timeline.export.actor_facts import ActorFacts
from timeline.export.country_codes import alpha_3
from timeline.export.named_sources import NamedSources, publisher_of
from timeline.export.partial_dates import Parts, ends_of, iso
from timeline.export.research_csv import Cell, Row, Sides, columns_csv, sides_of, site_of
from timeline.tables import Tables, sort_rows

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Contexts", "Actor Name", "Actor Country"),
    *("Recipient Name", "Recipient Country", "Placename", "Province", "Country", "Latitude", "Longitude"),
    *("Source", "Publication Date", "Language"),
    *("End Date", "Date EDTF", "Title", "Timeline Type", "Timeline Subtype", "Timeline Status", "Passage"),
)
_DAY = 3  # parts of a date that is known to the day


@dataclass(frozen=True, slots=True)
class Coding:
    """What PLOVER calls a kind of event; `mutual` where it holds only between two countries."""

    event: str
    context: str
    mode: str = ""
    mutual: bool = False


# By type and subtype, else by type.
CODINGS = {
    "conference": Coding("CONSULT", "diplomatic"),
    "meeting": Coding("CONSULT", "diplomatic"),
    "meeting.call": Coding("CONSULT", "diplomatic", "phone"),
    "visit": Coding("CONSULT", "diplomatic", "visit"),
    "agreement": Coding("SUPPORT", "diplomatic"),
    "ceremony.signing": Coding("SUPPORT", "diplomatic"),
    "border_gate": Coding("COOPERATE", "economic"),
    "border_gate.suspension": Coding("SANCTION", "economic", "sever"),
    "exchange": Coding("COOPERATE", "cultural"),
    "exchange.fair": Coding("COOPERATE", "economic"),
    "exchange.defence": Coding("COOPERATE", "military"),
    "exchange.patrol": Coding("COOPERATE", "military"),
    "infrastructure": Coding("COOPERATE", "economic", mutual=True),
    "policy": Coding("", "legal"),
    "ceremony": Coding("", "diplomatic"),
}
_UNKNOWN = Coding("", "")
_TENSES = {"scheduled": "future", "postponed": "future", "cancelled": "negation"}
_CONSULT = "CONSULT"


def plover_like(tables: Tables, entries: knowledge.Tables | None = None) -> bytes:
    """One row an event, in the table's order, as CSV; names and titles as the tables have them, in English.

    `Event Date` is a day or empty, for neither PLOVER nor POLECAT has a column that says how sure it is: `Date EDTF` holds
    what is known. Those who consult are all actors, as the manual wants it where nobody is said to host; else the actors
    are one country's, and those of others the recipients. Several stand in one cell, `; ` between them.
    """
    events = sort_rows("events", tables.events)
    row_of = _Rows(entries, NamedSources(tables.documents))
    return columns_csv(COLUMNS, (list(row_of(row)) for row in events.to_dict("records")), "events in PLOVER's columns")


class _Rows:
    def __init__(self, entries: knowledge.Tables | None, cited: NamedSources) -> None:
        self._entries, self._cited = entries, cited
        self._facts = ActorFacts(entries)

    def __call__(self, row: Row) -> Iterator[Cell]:
        """The cells of an event, in the order of `COLUMNS`."""
        coding = coding_of(row)
        ends = ends_of(row["date_edtf"])
        exact = "~" not in row["date_edtf"] and "?" not in row["date_edtf"] and "%" not in row["date_edtf"]
        first = _day(ends.first) if exact else ""
        last = _day(ends.last) if exact and ends.last != ends.first else ""
        contexts = (coding.context, _TENSES.get(row["status"], ""))
        yield from (row["event_id"], first, coding.event, coding.mode, "; ".join(filter(None, contexts)))
        sides = sides_of(row["actors"], self._facts)
        if coding.event in ("", _CONSULT):
            sides = Sides(sides.first + sides.second)
        for names in (sides.first, sides.second):
            yield from ("; ".join(names), self._countries(names))
        site = site_of(row, self._entries)
        yield from (site.name, site.province, alpha_3(site.country), site.lat, site.lon)
        yield from self._told_by(row)
        yield from ("; ".join(row["languages"]), last, row["date_edtf"], row["title"])
        yield from (row["event_type"], row["event_subtype"], row["status"], row["quote"])

    def _countries(self, names: tuple[str, ...]) -> str:
        return "; ".join(filter(None, dict.fromkeys(alpha_3(self._facts.country_of(name)) for name in names)))

    def _told_by(self, row: Row) -> tuple[str, str]:
        """Publishers, and the first day on which any of them told it."""
        found = list(self._cited.of(row["documents"]))
        days = sorted("-".join(source.published) for source in found if len(source.published) == _DAY)
        return "; ".join(dict.fromkeys(map(publisher_of, found))), next(iter(days), "")


def coding_of(row: Row) -> Coding:
    """What PLOVER calls an event of the table."""
    event_type = row["event_type"]
    coding = CODINGS.get(f"{event_type}.{row['event_subtype']}") or CODINGS.get(event_type, _UNKNOWN)
    return Coding("", coding.context) if coding.mutual and len(row["countries"]) < 2 else coding


def _day(parts: Parts) -> str:
    return iso(parts) if len(parts) == _DAY else ""
