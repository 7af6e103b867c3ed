"""The four tables as Frictionless Table Schemas (v1), made from `timeline.tables`: types, codes, keys, references.

A constraint stands here only where `timeline.tables.check_tables` holds it, so what that passes is valid here too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from timeline.model import Basis, DocumentKind, Precision, Status
from timeline.tables import EVENT_TYPES, KEYS, TABLES, Column, Kind

# As `timeline.store` joins a list in a cell. Table Schema v1 has no type for it, and the `list` of v2 knows no escape, so
# a list is a string that says so in two properties of its own.
LIST_DELIMITER, LIST_ESCAPE = "; ", "\\"
_TYPES: Mapping[Kind, str] = {"text": "string", "integer": "integer", "number": "number", "list": "string"}
_DAYS = ("date_start", "date_end")
# A day, month, season, year or decade, perhaps without its year, perhaps uncertain; or two of them, or one with an open side.
_POINT = r"(\d{4}|\d{3}X|XXXX)(-\d{2}(-\d{2})?)?[~?%]?"
_SIDE = rf"\s*({_POINT}|\.\.)?\s*"
_PATTERNS = {"date_edtf": f"^({_POINT}|{_SIDE}/{_SIDE})$"}
_RANGES: Mapping[str, Mapping[str, int]] = {"confidence": {"minimum": 0, "maximum": 1}, "start": {"minimum": 0}, "end": {"minimum": 0}}
# Column → the table whose key it holds. Lists of keys are no foreign keys in Table Schema; the codebook tells of them.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "mentions": {"doc_id": "documents", "event_id": "events"},
    "evidence": {"mention_id": "mentions"},
    "events": {"part_of": "events"},
}
LISTED_REFERENCES: Mapping[str, Mapping[str, str]] = {"events": {"documents": "documents", "mentions": "mentions"}}


def codes(event_types: Collection[str] = EVENT_TYPES) -> dict[str, tuple[str, ...]]:
    """The columns that hold one of a few codes, and these."""
    return {
        "kind": get_args(DocumentKind),
        "event_type": tuple(event_types),
        "status": get_args(Status),
        "date_precision": get_args(Precision),
        "date_basis": get_args(Basis),
    }


def table_schema(table: str, event_types: Collection[str] = EVENT_TYPES, but: Collection[str] = ()) -> dict[str, Any]:
    """The schema of one table; the references of the columns `but` are left out."""
    schema: dict[str, Any] = {"fields": [_field(table, spec, event_types) for spec in TABLES[table]], "missingValues": [""]}
    if table in KEYS:
        schema["primaryKey"] = [KEYS[table]]
    references = {column: target for column, target in REFERENCES.get(table, {}).items() if column not in but}
    if references:
        schema["foreignKeys"] = [
            # "" is how v1 names the table itself.
            {"fields": [column], "reference": {"resource": "" if target == table else target, "fields": [KEYS[target]]}}
            for column, target in references.items()
        ]
    return schema


def constraints(table: str, column: str, event_types: Collection[str] = EVENT_TYPES) -> dict[str, Any]:
    """What Table Schema calls the constraints of a column."""
    found: dict[str, Any] = {}
    if _is_required(table, column):
        found["required"] = True
    if KEYS.get(table) == column:
        found["unique"] = True
    if column in codes():
        found["enum"] = list(codes(event_types)[column])
    if column in _PATTERNS:
        found["pattern"] = _PATTERNS[column]
    return found | dict(_RANGES.get(column, {}))


def _is_required(table: str, column: str) -> bool:
    refers = column in REFERENCES.get(table, {}) and column != "part_of"
    return KEYS.get(table) == column or refers or column in codes() or column in _RANGES


def _field(table: str, spec: Column, event_types: Collection[str]) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": spec.name,
        "type": "date" if spec.name in _DAYS else _TYPES[spec.kind],
        "description": spec.about,
    }
    if spec.is_list:
        field |= {"listDelimiter": LIST_DELIMITER, "listEscape": LIST_ESCAPE}
    found = constraints(table, spec.name, event_types)
    return field | ({"constraints": found} if found else {})
