"""The rows of the knowledge tables, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from timeline import edtf


@dataclass(frozen=True, slots=True)
class Province:
    """A first-level unit: of Vietnam (before and since 1 July 2025) or of China."""

    FILE: ClassVar[str] = "provinces.csv"
    name: str
    country: str
    kind: str
    iso_3166_2: str = ""
    since: str = ""
    until: str = ""
    merged_into: str = ""
    hanzi: tuple[str, ...] = ()
    vietnamese: str = ""  # of a Chinese one
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    borders_china: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or a place below the first level."""

    FILE: ClassVar[str] = "places.csv"
    name: str
    kind: str
    province: str = ""
    country: str = ""
    until: str = ""
    hanzi: tuple[str, ...] = ()
    vietnamese: str = ""  # of one outside Vietnam
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A pair of border gates, a crossing or a customs-clearance route; `pair` is its canonical name."""

    FILE: ClassVar[str] = "border_gates.csv"
    pair: str
    vn_name: str = ""
    cn_name: str = ""
    hanzi: tuple[str, ...] = ()
    sino_vietnamese: tuple[str, ...] = ()
    vn_province: str = ""
    cn_province: str = ""
    cn_prefecture: str = ""
    class_: tuple[str, ...] = ()
    since: str = ""
    part_of: str = ""
    mode: str = ""
    lat: str = ""
    lon: str = ""
    coords_basis: str = ""
    vn_aliases: tuple[str, ...] = ()
    cn_aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    notes: str = ""
    sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.pair

    @property
    def classes(self) -> tuple[tuple[str, str], ...]:
        """Each class that the gate has had, oldest first, and since when: an EDTF string, "" where nobody wrote it down."""
        steps = (step.partition("@") for step in self.class_)
        return tuple((name.strip(), since.strip()) for name, _, since in steps)

    def class_on(self, day: date) -> tuple[str, str]:
        """The class that the gate had on a day, and since when: both as in `classes`, "" where that is not known.

        Of a class that began in a year or a month the first possible day counts, as on the chart; what was there before
        the first class of which a day is known, nobody says.
        """
        steps = [(name, since or (self.since if k == 0 else "")) for k, (name, since) in enumerate(self.classes)]
        begun = [(name, since) for name, since in steps if (edtf.start(since) or date.min) <= day]
        return begun[-1] if begun else ("", "")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a body; a `{province}` in the name makes it a pattern over all provinces."""

    FILE: ClassVar[str] = "actors.csv"
    name: str
    kind: str
    level: str = ""
    country: str = ""
    office: str = ""
    since: str = ""
    until: str = ""
    hanzi: tuple[str, ...] = ()
    vietnamese: tuple[str, ...] = ()  # of a body or a Chinese person; of a pattern: for a province, a city, a region, another place
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A named series of events: a numbered conference, an annual meeting."""

    FILE: ClassVar[str] = "series.csv"
    name: str
    event_type: str
    title_vi: str = ""
    title_zh: str = ""
    event_subtype: str = ""
    recurrence: str = ""
    actors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """How an office of `actors.csv` is said; a slot such as `{country}` stands for what is in its place."""

    FILE: ClassVar[str] = "offices.csv"
    name: str
    vietnamese: str
    hanzi: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A type and subtype of event; the smaller `rank` wins where two types fit."""

    FILE: ClassVar[str] = "event_types.csv"
    event_type: str
    event_subtype: str = ""
    rank: str = ""
    title: str = ""
    title_vi: str = ""
    title_zh: str = ""
    covers: str = ""

    @property
    def name(self) -> str:
        return f"{self.event_type}.{self.event_subtype}" if self.event_subtype else self.event_type


@dataclass(frozen=True, slots=True)
class LegalCode:
    """A code inside a Vietnamese document number: what kind of document (NĐ), or who issues it (CP)."""

    FILE: ClassVar[str] = "legal_documents.csv"
    code: str
    part: str
    event_subtype: str = ""
    actor: str = ""

    @property
    def name(self) -> str:
        return f"{self.part}:{self.code}"


@dataclass(frozen=True, slots=True)
class FusionRule:
    """How much it weighs that two mentions agree in this way."""

    FILE: ClassVar[str] = "fusion.csv"
    rule: str
    weight: str
    meaning: str = ""
    meaning_vi: str = ""
    meaning_zh: str = ""

    @property
    def name(self) -> str:
        return self.rule


Row = Province | Place | Gate | Actor | Series | Office | EventType | LegalCode | FusionRule


@dataclass(frozen=True, slots=True)
class Tables:
    """All rows by file, in the order of the files."""

    provinces: dict[str, Province] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    gates: dict[str, Gate] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    event_types: dict[str, EventType] = field(default_factory=dict)
    legal_codes: dict[str, LegalCode] = field(default_factory=dict)
    fusion: dict[str, FusionRule] = field(default_factory=dict)
