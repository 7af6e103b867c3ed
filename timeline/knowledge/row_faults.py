"""What is wrong with the rows of the provinces, places and gates: unknown names, times, coordinates, cells that are empty."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from timeline import edtf
from timeline.knowledge.entries import Gate, Place, Province, Tables

GATE_CLASSES = ("international", "bilateral", "auxiliary", "route", "crossing", "area", "rail")
# The cells that a gate cannot do without, in the order of the columns, and what goes in.
_NEEDED = {
    "vn_name": "the Vietnamese side's name",
    "cn_name": "the Chinese side's name in pinyin, without tones",
    "vn_province": "the Vietnamese province, as provinces.csv names it",
    "cn_province": "the Chinese one, as provinces.csv names it",
    "sources": "a public address (https://…) that tells of it",
}
_SIDES = {"vn_province": ("VN", "Vietnamese"), "cn_province": ("CN", "Chinese")}


def place_faults(tables: Tables) -> Iterator[str]:
    """A sentence a fault, each with its file and row."""
    for province in tables.provinces.values():
        if province.merged_into and province.merged_into not in tables.provinces:
            yield f"{Province.FILE}: {province.name!r} merged into unknown {_unknown(province.merged_into, tables.provinces)}"
        yield from (f"{Province.FILE}: {province.name!r}: {fault}" for fault in _time_faults((province.since, province.until)))
    for place in tables.places.values():
        if place.province and place.province not in tables.provinces:
            yield f"{Place.FILE}: {place.name!r} lies in unknown province {_unknown(place.province, tables.provinces)}"


def gate_faults(tables: Tables) -> Iterator[str]:
    """A sentence a fault, each with its file and row."""
    for gate in tables.gates.values():
        yield from (f"{gate.FILE}: {gate.pair!r} {fault}" for fault in wrong_cells(gate, tables))
        yield from (f"{gate.FILE}: {gate.pair!r} lacks {name}: {_NEEDED[name]}" for name in empty_cells(gate))


def empty_cells(gate: Gate) -> tuple[str, ...]:
    """The columns that a gate's row leaves empty and may not; a part of another gate needs no Chinese name of its own."""
    return tuple(name for name in _NEEDED if not getattr(gate, name) and not (name == "cn_name" and gate.part_of))


def wrong_cells(gate: Gate, tables: Tables) -> Iterator[str]:
    """What is wrong with the cells that a gate's row fills, each as the rest of a sentence that begins with its name."""
    for column, (country, side) in _SIDES.items():
        name = getattr(gate, column)
        if name and name not in tables.provinces:
            known = [province.name for province in tables.provinces.values() if province.country == country]
            yield f"lies in unknown province {_unknown(name, known)}"
        elif name and tables.provinces[name].country != country:
            yield f"has {name!r} as its {column}, which is no {side} province"
    if gate.cn_prefecture and gate.cn_prefecture not in tables.places:
        yield f"lies in unknown prefecture {_unknown(gate.cn_prefecture, tables.places)}"
    if gate.part_of and (gate.part_of not in tables.gates or gate.part_of == gate.pair):
        yield f"is part of unknown {_unknown(gate.part_of, [pair for pair in tables.gates if pair != gate.pair])}"
    for name, _ in gate.classes:
        if name not in GATE_CLASSES:
            yield f"has unknown class {name!r} (known: {', '.join(GATE_CLASSES)})"
    yield from _coordinate_faults(gate)
    yield from (f"has a time that is none: {fault}" for fault in _time_faults((gate.since, *(since for _, since in gate.classes))))
    yield from (f"has source {s!r}, no public address (https://…)" for s in gate.sources if not s.startswith(("https://", "http://")))


def _unknown(name: str, known: Collection[str]) -> str:
    """The name, and the known one that it may stand for."""
    like = get_close_matches(name, known, n=1)
    return f"{name!r}; is it {like[0]!r}?" if like else repr(name)


def _time_faults(times: Iterable[str]) -> Iterator[str]:
    for time in times:
        try:
            edtf.parse(time)
        except edtf.EdtfError as error:
            yield str(error)


def _coordinate_faults(gate: Gate) -> Iterator[str]:
    """The border lies between 20 and 25 degrees north, 101 and 109 east."""
    if not gate.lat and not gate.lon:
        return
    try:
        inside = 20 <= float(gate.lat) <= 25 and 101 <= float(gate.lon) <= 109
    except ValueError:
        inside = False
    if not inside:
        yield f"has coordinates ({gate.lat}, {gate.lon}) that do not lie on this border"
