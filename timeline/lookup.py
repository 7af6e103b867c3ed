"""What somebody calls a province, a gate or a type → the names that the tables hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

import pandas as pd

from timeline.errors import InputError
from timeline.knowledge import Gate, Province, load_entries
from timeline.messages import N_
from timeline.model import Status
from timeline.text import fold_words

# Groups of which the gazetteer, or the tables' own contract, knows every value; of others a name may simply not be here.
CLOSED = ("province", "province_now", "gate", "event_type", "status")


def wanted_names(group: str, values: Iterable[str], cells: pd.Series[Any]) -> set[str]:
    """The folded names that any of `values` stands for: as the cells have it, else as the gazetteer calls it.

    Raises `InputError`, with the names that come close, for a value that nobody knows, in a group of `CLOSED`.
    """
    here = {fold_words(name) for cell in cells for name in ([cell] if isinstance(cell, str) else cell)}
    wanted: set[str] = set()
    for value in values:
        folded = fold_words(value)
        if folded in here or group not in CLOSED:
            wanted.add(folded)
            continue
        known = _names(group)
        if folded not in known:
            raise _unknown(group, value, known)
        wanted |= {fold_words(name) for name in known[folded]}
    return wanted


def _unknown(group: str, value: str, known: Mapping[str, set[str]]) -> InputError:
    where, why = f"{group} {value!r}", N_("nothing is called so")
    close = get_close_matches(fold_words(value), known, n=3, cutoff=0.7)
    names = tuple(dict.fromkeys(name for one in close for name in sorted(known[one])))[:3]
    if names:
        return InputError(where, why, N_("did you mean {names}?"), names=names)
    if group in ("event_type", "status"):
        return InputError(where, why, N_("one of {names}"), names=tuple(sorted(set().union(*known.values()))))
    return InputError(where, why, N_("see the names in data/knowledge"))


@cache
def _names(group: str) -> dict[str, set[str]]:
    """By each folded name or alias, the canonical ones of a group."""
    tables = load_entries()
    found: dict[str, set[str]] = defaultdict(set)
    if group in ("province", "province_now"):
        pairs = [(alias, row.name) for row in tables.provinces.values() for alias in _of_province(row)]
    elif group == "gate":
        pairs = [(alias, row.pair) for row in tables.gates.values() for alias in _of_gate(row)]
    else:
        codes = [row.event_type for row in tables.event_types.values()] if group == "event_type" else list(get_args(Status))
        pairs = [(code, code) for code in codes]
    for alias, name in pairs:
        if folded := fold_words(alias):
            found[folded].add(name)
    return dict(found)


def _of_province(row: Province) -> Iterator[str]:
    yield from (row.name, row.name.replace(" ", ""), row.vietnamese, *row.hanzi, *row.aliases, *row.weak_aliases)


def _of_gate(row: Gate) -> Iterator[str]:
    """The pair and each of its sides, by every name."""
    yield from (row.pair, row.vn_name, row.cn_name, *row.hanzi, *row.sino_vietnamese)
    yield from (*row.vn_aliases, *row.cn_aliases, *row.weak_aliases)
