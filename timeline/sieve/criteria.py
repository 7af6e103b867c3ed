"""`data/knowledge/sieve.toml`: which names and words are evidence of the subject, and how much of it is enough."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from timeline.errors import DataError
from timeline.knowledge import Knowledge

FILE = "sieve.toml"
KINDS = (
    *(
        "gate",
        "gate_like",
        "gate_word",
        "border",
        "border_like",
        "neighbour",
        "neighbour_like",
        "province",
        "province_like",
        "hub",
        "hub_own",
    ),
    *("vietnam", "abroad", "china", "country", "series", "body", "organ", "diplomacy", "state", "mission", "dealing"),
)
_WORD_KINDS = ("state", "mission", "dealing")
_TABLES = ("words", "diplomacy", "spellings")
_LISTS = ("hubs", "bodies", "organs", "everyday_series")


@dataclass(frozen=True, slots=True)
class Criteria:
    """The file as a value. A rule holds when every part of it has one of its kinds of evidence."""

    hubs: tuple[str, ...]
    bodies: tuple[str, ...]
    organs: tuple[str, ...]
    everyday_series: tuple[str, ...]
    spellings: dict[str, tuple[str, ...]]  # province or place → how else pages write it
    diplomacy: dict[str, tuple[str, ...]]  # language → its words for diplomacy and foreign affairs
    words: dict[str, tuple[str, ...]]  # kind of evidence → `[words]` and triggers of the language files
    rules: dict[str, tuple[frozenset[str], ...]]
    version: str  # a digest of the file


def read_criteria(knowledge: Knowledge) -> Criteria:
    """Read and check the file beside the tables; raises `DataError` with every fault found."""
    try:
        data = (knowledge.path / FILE).read_bytes()
        raw = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise DataError([f"{FILE}: cannot be read ({error.strerror})"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError([f"{FILE}: {error}"]) from error
    faults = [*_form_faults(raw)] or [*_reference_faults(raw, knowledge)]
    if faults:
        raise DataError(faults)
    return Criteria(
        **{key: tuple(raw[key]) for key in _LISTS},
        spellings=_lists(raw["spellings"]),
        diplomacy=_lists(raw["diplomacy"]),
        words=_lists(raw["words"]),
        rules={name: tuple(frozenset(part) for part in parts) for name, parts in raw["rules"].items()},
        version=hashlib.sha256(data).hexdigest()[:12],
    )


def _lists(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(texts) for key, texts in table.items()}


def _form_faults(raw: dict[str, Any]) -> Iterator[str]:
    yield from (f"{FILE}:{key}: unknown key" for key in raw if key not in (*_LISTS, *_TABLES, "rules"))
    yield from (f"{FILE}:{key}: must be a list of strings" for key in _LISTS if not _is_list(raw.get(key)))
    for key in _TABLES:
        table = raw.get(key)
        if not isinstance(table, dict) or not all(_is_list(texts) and all(texts) for texts in table.values()):
            yield f"{FILE}:{key}: must be a table of lists of strings"
        elif key == "words" and table.keys() != set(_WORD_KINDS):
            yield f"{FILE}:words: must have the lists {' and '.join(_WORD_KINDS)}"
    rules = raw.get("rules")
    if not isinstance(rules, dict) or not rules:
        yield f"{FILE}:rules: must be a table of rules"
        return
    for name, parts in rules.items():
        if not isinstance(parts, list) or not parts or not all(_is_list(part) and part for part in parts):
            yield f"{FILE}:rules.{name}: must be a list of lists of kinds of evidence"
        else:
            yield from (f"{FILE}:rules.{name}: unknown kind {kind!r}" for part in parts for kind in part if kind not in KINDS)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _reference_faults(raw: dict[str, Any], knowledge: Knowledge) -> Iterator[str]:
    tables = knowledge.tables
    places, actors = set(tables.provinces) | set(tables.places), set(tables.actors)
    known = {"hubs": places, "spellings": places, "bodies": actors, "organs": actors}
    known |= {"everyday_series": set(tables.series), "diplomacy": set(knowledge.languages)}
    for key, names in known.items():
        yield from (f"{FILE}:{key}: nothing is called {name!r}" for name in raw[key] if name not in names)
    words = {key for language in knowledge.languages.values() for key in language.words}
    types = {row.name for row in tables.event_types.values()}
    for kind, keys in raw["words"].items():
        yield from (f"{FILE}:words.{kind}: no language has {key!r}" for key in keys if key not in words | types)
