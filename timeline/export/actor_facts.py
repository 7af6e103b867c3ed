"""What `actors.csv` tells of those who took part: a person or a body, and of which country."""

from __future__ import annotations

import re
from typing import Literal

from timeline import knowledge

ActorKind = Literal["person", "body", ""]
_UNIT = "{province}"
# As missions are named by `timeline.names.missions`.
_MISSION = re.compile(r"(?:Embassy|Consulate General) of (?:the )?(.+) in .+", re.DOTALL)


class ActorFacts:
    """Facts by canonical name, each looked up once. Without tables nothing is known."""

    def __init__(self, entries: knowledge.Tables | None) -> None:
        self._tables = entries or knowledge.Tables()
        self._listed = entries is not None
        self._known: dict[str, tuple[ActorKind, str]] = {}

    def kind_of(self, name: str) -> ActorKind:
        """A name that no row and no pattern has is a person's: texts tell a body by the tables only, but people by form too."""
        return self._facts(name)[0]

    def country_of(self, name: str) -> str:
        """ISO 3166-1 alpha-2; "" where the tables don't tell, as of whoever is found by form."""
        return self._facts(name)[1]

    def _facts(self, name: str) -> tuple[ActorKind, str]:
        if name not in self._known:
            self._known[name] = self._look_up(name) if self._listed else ("", "")
        return self._known[name]

    def _look_up(self, name: str) -> tuple[ActorKind, str]:
        row = self._tables.actors.get(name)
        if row is not None:
            return "person" if row.kind == "person" else "body", row.country
        mission = _MISSION.fullmatch(name)
        if mission:
            return "body", self._country_of_place(mission[1])
        words = name.split(" ")
        for k in range(1, len(words)):
            pattern = self._tables.actors.get(f"{_UNIT} {' '.join(words[k:])}")
            if pattern is not None:
                return "body", self._country_of_place(" ".join(words[:k])) or pattern.country
        return "person", ""

    def _country_of_place(self, name: str) -> str:
        row = self._tables.provinces.get(name) or self._tables.places.get(name)
        return row.country if row is not None else ""
