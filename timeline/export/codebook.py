"""What every column and code of the four tables means, made from `timeline.tables`: for programs and for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping

from timeline import knowledge
from timeline.export.table_schema import LIST_DELIMITER, LIST_ESCAPE, LISTED_REFERENCES, REFERENCES, codes, constraints
from timeline.i18n import BASES, PRECISIONS, STATUSES
from timeline.store import join_list
from timeline.tables import EVENT_TYPES, KEYS, TABLES, Column

COLUMNS: Mapping[str, str] = {
    "table": "one of the four tables",
    "column": "its name",
    "type": "text, day (ISO 8601), integer, number or list",
    "required": "yes, where no cell is empty",
    "unique": "yes, where no two cells are the same",
    "codes": f"what a cell may hold, where that is one of a few codes, joined by {LIST_DELIMITER!r}",
    "refers_to": "table.column whose value the cell holds, or each item of its list",
    "about": "what it holds",
}
_ABOUT = {
    "documents": "one row a text",
    "mentions": "one row a passage that tells of an event: what this one document says",
    "evidence": "one row a cell of a mention: the words that it was read from, and the rule",
    "events": "one row an event, made of all its mentions",
}
_KINDS = {"text": "a text that was read", "chronology": "a table of events that somebody keeps"}
_MEANINGS = {"kind": _KINDS, "status": STATUSES, "date_precision": PRECISIONS, "date_basis": BASES}


def codebook_csv(event_types: Collection[str] = EVENT_TYPES) -> str:
    """One row a column of the four tables; UTF-8, comma-separated."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(table, spec, event_types) for table, specs in TABLES.items() for spec in specs)
    return file.getvalue()


def codebook_schema() -> dict[str, object]:
    """The Table Schema of `codebook_csv`."""
    fields = [{"name": name, "type": "string", "description": about} for name, about in COLUMNS.items()]
    return {"fields": fields, "missingValues": [""], "primaryKey": ["table", "column"]}


def codebook_markdown(entries: knowledge.Tables | None = None) -> str:
    """The same for people: a section a table, and one a column of codes with what each code means."""
    types = event_types_of(entries)
    lines = []
    for table, specs in TABLES.items():
        lines += [f"### {table}", "", f"{_ABOUT[table].capitalize()}.", "", "| column | type | what it holds |", "|---|---|---|"]
        lines += [f"| `{spec.name}` | {kind_of(spec)} | {_told(table, spec)} |" for spec in specs]
        lines.append("")
    for column in codes(types):
        lines += [f"### Codes of {column}", "", "| code | meaning |", "|---|---|", *_meanings(column, types, entries), ""]
    return "\n".join(lines)


def event_types_of(entries: knowledge.Tables | None) -> tuple[str, ...]:
    """The types of event that the knowledge tables name; without them, those that come with the library."""
    return tuple(dict.fromkeys(row.event_type for row in entries.event_types.values())) if entries else EVENT_TYPES


def kind_of(spec: Column) -> str:
    """What a column holds, in a word."""
    return "day" if spec.name in ("date_start", "date_end") else spec.kind


def _row(table: str, spec: Column, event_types: Collection[str]) -> list[str]:
    rules = constraints(table, spec.name, event_types)
    said = ["yes" if rules.get(rule) else "" for rule in ("required", "unique")]
    return [table, spec.name, kind_of(spec), *said, join_list(rules.get("enum", [])), _target(table, spec), spec.about]


def _target(table: str, spec: Column) -> str:
    target = {**REFERENCES.get(table, {}), **LISTED_REFERENCES.get(table, {})}.get(spec.name)
    return f"{target}.{KEYS[target]}" if target else ""


def _told(table: str, spec: Column) -> str:
    target = _target(table, spec)
    return spec.about + (f" (of `{target}`)" if target else "")


def _meanings(column: str, event_types: Collection[str], entries: knowledge.Tables | None) -> Iterator[str]:
    if column != "event_type":
        yield from (f"| `{code}` | {_MEANINGS[column].get(code, '')} |" for code in codes()[column])
    elif entries is None:
        yield from (f"| `{code}` | |" for code in event_types)
    else:
        for row in entries.event_types.values():
            named = f"`{row.event_type}`" + (f", `event_subtype` `{row.event_subtype}`" if row.event_subtype else "")
            yield f"| {named} | {row.covers or row.title} |"


LISTS = (
    f"A list stands in one cell, its items joined by `{LIST_DELIMITER}`. In an item that itself holds a semicolon and a blank, a "
    f"backslash (`{LIST_ESCAPE}`) stands before the semicolon, and a backslash is doubled."
)
