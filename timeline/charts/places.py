"""Events by place: how many name each province and gate, and which of them no map can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from timeline.charts.outline import outline
from timeline.i18n import Words
from timeline.i18n import words as words_of
from timeline.knowledge.entries import Gate

PROVINCE, GATE = "province", "gate"
_NAMED = 6  # places beyond the map that are told by name
# The shape that a gate of the class is drawn with; in the order of the legend.
SHAPES = {
    "international": "square",
    "bilateral": "diamond",
    "auxiliary": "triangle-up",
    "rail": "cross",
    "route": "triangle-right",
    "crossing": "circle",
    "area": "triangle-down",
    "": "stroke",
}


def place_counts(events: pd.DataFrame, now: bool = False) -> pd.DataFrame:
    """One row for a province or gate that an event names: `kind` (province or gate), `name`, `events`; most first.

    An event of two provinces counts for both, so the numbers add up to more than the events.
    """
    columns = "provinces_now" if now else "provinces", "border_gates"
    found = [events[column].explode().dropna().value_counts(sort=False) for column in columns]
    provinces, gates = ({str(name): int(number) for name, number in counts.items()} for counts in found)
    return counts_frame(provinces, gates)


def counts_frame(provinces: Mapping[str, int], gates: Mapping[str, int]) -> pd.DataFrame:
    """The same from numbers that are known already."""
    rows = [(PROVINCE, *item) for item in provinces.items()] + [(GATE, *item) for item in gates.items()]
    rows.sort(key=lambda row: (row[0] == GATE, -row[2], row[1]))
    return pd.DataFrame(rows, columns=["kind", "name", "events"])


def drawn_places(gates: Iterable[Gate], now: bool = False) -> set[str]:
    """The names of the provinces and gates that the map can show."""
    return set(outline().units(now)) | {gate.pair for gate in gates if has_position(gate)}


def has_position(gate: Gate) -> bool:
    """Whether it is known where a gate lies."""
    return bool(gate.lat and gate.lon)


def class_of(gate: Gate) -> str:
    """A gate's latest class, a key of `SHAPES`."""
    name = gate.classes[-1][0] if gate.classes else ""
    return name if name in SHAPES else ""


def class_in_words(gate: Gate, words: Words | None = None) -> str:
    """Its classes in words, with their beginnings: `bilateral gate; international gate since 28 December 2023`."""
    words = words or words_of()
    return words.listed(words.gate_class(name, since) for name, since in gate.classes) or words.gate_class("")


def say_off_the_map(nameless: int, beyond: int, elsewhere: Iterable[str], words: Words | None = None) -> list[str]:
    """A sentence each for the events without any place, and for those `beyond` the map, whose places `elsewhere` names.

    None where the map shows every event.
    """
    words = words or words_of()
    said = []
    if nameless:
        text = words.ngettext("{n} event names no province and no gate.", "{n} events name no province and no gate.", nameless)
        said.append(text.format(n=words.number(nameless)))
    if beyond:
        places = sorted(elsewhere)
        listed = words.enumerated(places[:_NAMED]) + (" …" if len(places) > _NAMED else "")
        text = words.ngettext("{n} event lies beyond this map: {places}.", "{n} events lie beyond this map: {places}.", beyond)
        said.append(text.format(n=words.number(beyond), places=listed))
    return said
