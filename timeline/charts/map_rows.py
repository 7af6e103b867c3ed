"""What a map draws, as rows: provinces and gates with their numbers, looks, and what a pointer or a screen reader is told."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from timeline.charts.map_labels import spread
from timeline.charts.outline import Point, Unit
from timeline.charts.places import GATE, PROVINCE, SHAPES, class_in_words, class_of
from timeline.i18n import GATE_CLASSES, Words
from timeline.knowledge.entries import Gate, Province
from timeline.naming import CANONICAL, Naming

_APART = {"border": 0.07, "country": 0.0}  # degrees: less than what most positions are known to
_BUSY = 8  # events from which on the largest gate has its full size


class Look:
    """The colours on a light ground, or on a dark one. Ink is legible (4.5:1) on every tint."""

    def __init__(self, dark: bool) -> None:
        self.ink, self.halo = ("#F4F7FA", "#14181F") if dark else ("#16202C", "#FFFFFF")
        self.land, self.empty = ("#1D232B", "#2A323C") if dark else ("#ECEEF1", "#FFFFFF")
        self.tints = ((0x2B, 0x45, 0x5E), (0x2C, 0x6D, 0xAB)) if dark else ((0xDF, 0xEB, 0xF6), (0x7C, 0xB2, 0xE2))
        self.line, self.border = ("#657485", "#B9C4D0") if dark else ("#8795A3", "#3C4854")
        self.gate, self.chosen = ("#F0803C", "#FFD166") if dark else ("#D55E00", "#8A1C5A")

    def tint(self, share: float) -> str:
        """The tint of a province with some share of the most events that any has."""
        if not share:
            return self.empty
        low, high = self.tints
        return "#" + "".join(f"{round(a + (b - a) * math.sqrt(share)):02X}" for a, b in zip(low, high, strict=True))


def unit_rows(
    drawn: Mapping[str, Unit],
    provinces: Iterable[Province],
    counts: Mapping[tuple[str, str], int],
    selected: frozenset[str],
    look: Look,
    words: Words,
    naming: Naming = CANONICAL,
) -> pd.DataFrame:
    """One row for a unit that is drawn: `name` is canonical, for a click tells it, and `shown` is for the reader."""
    hanzi = {province.name: province.hanzi[0] for province in provinces if province.hanzi}
    numbers = {name: counts.get((PROVINCE, name), 0) for name in drawn}
    most = max(numbers.values(), default=0) or 1
    shown = {name: naming.of(PROVINCE, name) for name in drawn}
    rows = [
        {
            "kind": PROVINCE,
            "name": unit.name,
            "shown": shown[unit.name],
            "other": unit.name if shown[unit.name] != unit.name else "",
            "events": numbers[unit.name],
            "told": words.number(numbers[unit.name]),
            "number": words.number(numbers[unit.name]) if numbers[unit.name] else "",
            "label": f"{shown[unit.name]} · {words.number(numbers[unit.name])}" if numbers[unit.name] else shown[unit.name],
            "hanzi": hanzi.get(unit.name, ""),
            "parts": words.enumerated(naming.all(PROVINCE, unit.parts) if len(unit.parts) > 1 else ()),
            "lon": unit.label[0],
            "lat": unit.label[1],
            "fill": look.tint(numbers[unit.name] / most),
            "said": _said(shown[unit.name], numbers[unit.name], words),
            "chosen": unit.name in selected,
        }
        for unit in drawn.values()
    ]
    return pd.DataFrame(rows)


def gate_rows(
    gates: Iterable[Gate],
    counts: Mapping[tuple[str, str], int],
    selected: frozenset[str],
    look: Look,
    words: Words,
    focus: str,
    naming: Naming = CANONICAL,
) -> pd.DataFrame:
    """One row for a gate, all with a known position; the busiest and the chosen last, so that they lie on top.

    On the whole country there is room only for those with events. On the border they are moved apart a little, within
    what their positions are known to, for many lie at one place; those that are part of another give way.
    """
    known = list(gates)
    if focus == "country":
        known = [gate for gate in known if (GATE, gate.pair) in counts or gate.pair in selected]
    known.sort(key=lambda gate: (gate.coords_basis != "source", bool(gate.part_of)))
    points = spread([(float(gate.lon), float(gate.lat)) for gate in known], _APART[focus])
    most = max([_BUSY, *(counts.get((GATE, gate.pair), 0) for gate in known)])
    rows = []
    for gate, point in zip(known, points, strict=True):
        rows.append(_gate(gate, point, counts.get((GATE, gate.pair), 0), most, selected, look, words, naming))
    rows.sort(key=lambda row: (row["chosen"], row["events"], not row["part"]))
    return pd.DataFrame(rows, columns=list(_GATE_COLUMNS))


_GATE_COLUMNS = (
    *("kind", "name", "shown", "label", "vietnamese", "pinyin", "hanzi", "class", "classes", "events", "told", "position", "lon", "lat"),
    *("size", "fill", "stroke", "wide", "said", "radius", "part", "chosen", "rank"),
)


def _gate(
    gate: Gate, point: Point, number: int, most: int, selected: Collection[str], look: Look, words: Words, naming: Naming
) -> dict[str, Any]:
    area = 50 + 250 * number / most
    shown, short = naming.of(GATE, gate.pair), naming.of_short(gate)
    return {
        "kind": GATE,
        "name": gate.pair,
        "shown": shown,
        "label": f"{short} · {words.number(number)}" if number else short,
        "vietnamese": gate.vn_name,
        "pinyin": gate.cn_name,
        "hanzi": words.listed(gate.hanzi),
        "class": words.gettext(GATE_CLASSES[class_of(gate)]),
        "classes": class_in_words(gate, words),
        "events": number,
        "told": words.number(number),
        "position": _position(gate, words),
        "lon": point[0],
        "lat": point[1],
        "size": area,
        "fill": look.gate if number else look.halo,
        "stroke": look.chosen if gate.pair in selected else look.ink,
        "wide": 3.0 if gate.pair in selected else 1.2,
        "said": _said(shown, number, words),
        "radius": math.sqrt(area) / 2 + 1,
        "part": bool(gate.part_of),
        "chosen": gate.pair in selected,
        "rank": list(SHAPES).index(class_of(gate)),
    }


def _said(name: str, number: int, words: Words) -> str:
    return words.ngettext("{name}: {n} event", "{name}: {n} events", number).format(name=name, n=words.number(number))


def _position(gate: Gate, words: Words) -> str:
    if gate.coords_basis == "source":
        return words.gettext("as a source gives it")
    return words.gettext("to about 0.1 degree, some 10 km")
