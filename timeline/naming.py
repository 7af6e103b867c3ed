"""What a province, a gate, a person or body, an office or a series is called in the reader's language.

Tables and URLs hold canonical names; only what a reader sees goes through here. A name that the knowledge does not tell
in a language stands as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

from timeline.knowledge import Actor, Gate, Knowledge, Place, Province, Tables

Kind = Literal["province", "place", "gate", "actor", "office", "series"]
# What filters, columns and cells call these kinds.
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("province", "province_now", "provinces", "provinces_now"), "province"),
    **dict.fromkeys(("gate", "border_gates"), "gate"),
    **dict.fromkeys(("actor", "actors"), "actor"),
    **dict.fromkeys(("office", "role"), "office"),
    "place": "place",
    "series": "series",
}
DASHES = {"vi": " – ", "zh": "—"}  # between the two sides of a gate
_UNIT = "{province}"
_SHORT_ZH = 6  # letters of a gate on a map
_CITY = "thành phố "
_FORMS = ("province", "city", "region", "")  # the kinds of unit that a body's Vietnamese names are for, in order; "" is any other place
# What stands behind a province's name in Chinese, by the kind of unit.
_UNITS_ZH = {"province": r"省", "city": r"市", "region": r"(?:壮族自治区|自治区|区)"}
_ANY_UNIT_ZH = re.compile(rf"{re.escape(_UNIT)}(?:省|市|壮族自治区|自治区|区)")
_GATE_WORD_ZH = re.compile("(国际)?口岸$")
_MISSION = re.compile(r"(Embassy|Consulate General) of (.+) in (.+)", re.DOTALL)
_MISSIONS = {
    "vi": {"Embassy": "Đại sứ quán {owner} tại {host}", "Consulate General": "Tổng Lãnh sự quán {owner} tại {host}"},
    "zh": {"Embassy": "{owner}驻{host}大使馆", "Consulate General": "{owner}驻{host}总领事馆"},
}
_SLOT = re.compile(r"\{(\w+)\}")


class Naming:
    """The names in one language, "en", "vi" or "zh"; any other is as English, which is canonical. Each is made once."""

    def __init__(self, tables: Tables, language: str = "en") -> None:
        self.language = language
        self._tables = tables
        self._told: dict[tuple[str, str], str] = {}

    def of(self, kind: str, name: str) -> str:
        """What to show for a canonical name; `kind` is a key of `KINDS`, and a name of any other kind stands as it is."""
        known = KINDS.get(kind)
        if self.language not in DASHES or known is None or not name:
            return name
        told = self._told.get((known, name))
        if told is None:
            told = self._told[known, name] = self._listed[known].get(name) or self._made(known, name)
        return told

    def all(self, kind: str, names: Iterable[str]) -> list[str]:
        """Several of one kind."""
        return [self.of(kind, name) for name in names]

    def option(self, kind: str, name: str) -> str:
        """The name for a list that is searched by typing: in Chinese with the canonical one behind it, `广西 Guangxi`.

        That of a body or series only in the reader's own language, for it is long, and no name that others would type.
        """
        shown = self.of(kind, name)
        if self.language != "zh" or shown == name or name in shown or not self._is_proper(KINDS.get(kind), name):
            return shown
        return f"{shown} {name}"

    def of_short(self, gate: Gate) -> str:
        """A gate in a word, as a map writes it: by its Vietnamese side, in Chinese by the Chinese one if that is short."""
        if self.language != "zh":
            return gate.vn_name
        vietnamese, chinese = sides_in_hanzi(gate)
        return chinese if 0 < len(chinese) <= _SHORT_ZH else vietnamese or gate.vn_name

    def beside(self, kind: str, name: str) -> str:
        """The canonical name, where it says more beside the shown one: of a place, a gate or a person, but not of a body."""
        shown = self.of(kind, name)
        return name if shown != name and name not in shown and self._is_proper(KINDS.get(kind), name) else ""

    def _is_proper(self, kind: Kind | None, name: str) -> bool:
        if kind == "actor":
            row = self._tables.actors.get(name)
            return row is not None and row.kind == "person"
        return kind in ("province", "place", "gate")

    @cached_property
    def _listed(self) -> dict[Kind, dict[str, str]]:
        """What each row of the tables is called; of two that would be called the same, the canonical name stands behind it."""
        tables = self._tables
        found: dict[Kind, dict[str, str]] = {
            "province": {name: self._of_unit(row) for name, row in tables.provinces.items()},
            "place": {name: self._of_unit(row) for name, row in tables.places.items()},
            "gate": {name: self._of_gate(row) for name, row in tables.gates.items()},
            "actor": {name: self._of_actor(row) for name, row in tables.actors.items() if _UNIT not in name},
            "series": {name: (row.title_vi if self.language == "vi" else row.title_zh) or name for name, row in tables.series.items()},
            "office": {},
        }
        return {kind: self._told_apart(shown) for kind, shown in found.items()}

    def _told_apart(self, shown: dict[str, str]) -> dict[str, str]:
        counts = Counter(shown.values())
        behind = "{} ({})" if self.language == "vi" else "{} {}"
        return {name: behind.format(text, name) if counts[text] > 1 and text != name else text for name, text in shown.items()}

    def _of_unit(self, row: Province | Place) -> str:
        return (row.vietnamese if self.language == "vi" else next(iter(row.hanzi), "")) or row.name

    def _of_gate(self, row: Gate) -> str:
        """Both sides, `Trà Lĩnh – Long Bang`, `茶岭—龙邦`; one that is written down alone stands alone."""
        if self.language == "vi":
            sides = row.vn_name, next(iter(row.sino_vietnamese), "")
            return DASHES["vi"].join(filter(None, sides)) or row.pair
        chinese = sides_in_hanzi(row)[1]
        if not chinese:
            return row.pair
        if DASHES["zh"] in chinese:  # a road that is called by both of its ends
            return chinese
        return DASHES["zh"].join((sides_in_hanzi(row)[0] or row.vn_name, chinese))

    def _of_actor(self, row: Actor) -> str:
        return next(iter(row.vietnamese if self.language == "vi" else row.hanzi), "") or row.name

    def _made(self, kind: Kind, name: str) -> str:
        """A name that no row has, but a pattern."""
        if kind == "actor":
            return self._of_body(name) or self._of_mission(name) or name
        return self._of_office(name) or name if kind == "office" else name

    def _of_body(self, name: str) -> str:
        """`Cao Bằng People's Committee`: `Ủy ban nhân dân tỉnh Cao Bằng`, `高平省人民委员会`."""
        row, owner = self._body(name)
        if row is None:
            return ""
        unit = self._tables.provinces.get(owner)
        own = self._of_owner(owner)
        if self.language == "zh":
            return _chinese_body(row.hanzi, unit.kind if unit else "", own)
        return _vietnamese_body(row.vietnamese, unit.kind if unit else "", own)

    def _body(self, name: str) -> tuple[Actor | None, str]:
        """The longest pattern that a name ends in, and whose body it is."""
        words = name.split(" ")
        for k in range(1, len(words)):
            row = self._tables.actors.get(f"{_UNIT} {' '.join(words[k:])}")
            if row is not None:
                return row, " ".join(words[:k])
        return None, ""

    def _of_owner(self, name: str) -> str:
        """A province, a place, or one side of a gate."""
        if name in self._tables.provinces or name in self._tables.places:
            return self.of("province" if name in self._tables.provinces else "place", name)
        return self._sides.get(name, name)

    @cached_property
    def _sides(self) -> dict[str, str]:
        """What each side of the gates is called."""
        found: dict[str, str] = {}
        for gate in self._tables.gates.values():
            sides = (gate.vn_name, next(iter(gate.sino_vietnamese), "")) if self.language == "vi" else sides_in_hanzi(gate)
            for name, shown in zip((gate.vn_name, gate.cn_name), sides, strict=True):
                found.setdefault(name, shown or name)
        return found

    def _of_mission(self, name: str) -> str:
        """`Embassy of Laos in China`: `Đại sứ quán Lào tại Trung Quốc`, `老挝驻中国大使馆`."""
        match = _MISSION.fullmatch(name)
        owner, host = (self._place(text) for text in match.groups()[1:]) if match else ("", "")
        if match is None or not owner or not host:
            return ""
        return _MISSIONS[self.language][match[1]].format(owner=owner, host=host)

    def _place(self, text: str) -> str:
        """A country, a place or a province by its name, with or without its article; empty for any other text."""
        name = text.removeprefix("the ")
        return self._of_owner(name) if name in self._tables.places or name in self._tables.provinces else ""

    def _of_office(self, name: str) -> str:
        """By the first pattern that it fits and whose parts are known; empty without one."""
        for pattern, vietnamese, chinese in self._offices:
            match = pattern.fullmatch(name)
            if match is None:
                continue
            parts = {slot: self._part(slot, text) for slot, text in match.groupdict().items()}
            if all(parts.values()):
                return (vietnamese if self.language == "vi" else chinese).format(**parts)
        return ""

    @cached_property
    def _offices(self) -> list[tuple[re.Pattern[str], str, str]]:
        """Those without a slot first."""
        rows = sorted(self._tables.offices.values(), key=lambda row: "{" in row.name)
        found = []
        for row in rows:
            pieces = _SLOT.split(row.name)
            text = "".join(f"(?P<{piece}>.+?)" if k % 2 else re.escape(piece) for k, piece in enumerate(pieces))
            found.append((re.compile(text, re.IGNORECASE | re.DOTALL), row.vietnamese, row.hanzi))
        return found

    def _part(self, slot: str, text: str) -> str:
        """What stands in a slot of an office; empty where it is no such thing."""
        if slot in ("country", "host", "place", "province"):
            return self._place(text)
        if slot == "office":
            return self._of_office(text)
        name = text.removeprefix("the ")
        if slot == "department" and " Department of " not in f" {name}":
            return ""
        names = {"ministry": (f"Ministry of {name}", f"Ministry of National {name}"), "committee": (f"{name} Party Committee",)}
        told = ((one, self.of("actor", one)) for one in names.get(slot, (name,)))
        return next((shown for one, shown in told if shown != one), "")


def naming_of(knowledge: Knowledge, language: str) -> Naming:
    """The names of a whole knowledge, made once."""
    made = _MADE.setdefault(knowledge, {})
    if language not in made:
        made[language] = Naming(knowledge.tables, language)
    return made[language]


_MADE: WeakKeyDictionary[Knowledge, dict[str, Naming]] = WeakKeyDictionary()
CANONICAL = Naming(Tables())


def _vietnamese_body(forms: tuple[str, ...], kind: str, own: str) -> str:
    """By the form for the kind of unit; else by the first, without the word for a province where it is none."""
    if not forms:
        return ""
    at = _FORMS.index(kind)
    form = forms[at] if at < len(forms) else forms[0]
    if not kind:
        form = form.replace(f"tỉnh {_UNIT}", _UNIT)
    if own.lower().startswith(_CITY):  # Thành phố Hồ Chí Minh
        form = form.replace(f"{_CITY}{_UNIT}", _UNIT)
    return form.replace(_UNIT, own)


def _chinese_body(forms: tuple[str, ...], kind: str, own: str) -> str:
    """By the form that says the kind of unit; else by the first made to say that of a city, or by one that says none."""
    if not forms:
        return ""
    wanted = re.compile(rf"{re.escape(_UNIT)}{_UNITS_ZH[kind]}") if kind in _UNITS_ZH else None
    form = next((form for form in forms if wanted and wanted.search(form)), "")
    if not form and kind == "city":
        form = _ANY_UNIT_ZH.sub(f"{_UNIT}市", forms[0])
    form = form or next((form for form in forms if not _ANY_UNIT_ZH.search(form)), "") or _ANY_UNIT_ZH.sub(_UNIT, forms[0])
    return form.replace(f"{_UNIT}市", _UNIT).replace(_UNIT, own) if own.endswith("市") else form.replace(_UNIT, own)


def sides_in_hanzi(gate: Gate) -> tuple[str, str]:
    """What Chinese calls the Vietnamese and the Chinese side of a gate, without the word for a gate; empty where nobody wrote it down."""
    vietnamese = next((name for name in gate.vn_aliases if _is_hanzi(name)), "")
    return _GATE_WORD_ZH.sub("", vietnamese), next(iter(gate.hanzi), "")


def _is_hanzi(name: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in name)
