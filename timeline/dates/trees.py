"""Templates as one pattern, a tree of their pieces: what several share is read once, whatever may follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from timeline.dates.patterns import Branch, characters, factored

_GROUP = re.compile(r"\(\?P<(\w+)>")
_OPENS_PATTERN = ("(", "[")  # what slots, blanks and borders begin with, and no word (there these are escaped)
Slots = Mapping[str, str]  # the name of the group of each


class Body(NamedTuple):
    """A template from its first slot on: the patterns of its pieces, slots among them, and its value where slots do not say."""

    text: str
    pieces: tuple[str, ...]
    code: str

    @property
    def first_slot(self) -> str:
        """The name of the slot that the template begins with."""
        return self.text[1 : self.text.index("}")]


class Tree(NamedTuple):
    """The pattern of several templates; `found` tells by the last group that matched what was found: its value and its slots."""

    source: str
    found: Mapping[str | None, tuple[str, Slots]]


def in_order(bodies: Iterable[Body]) -> list[Body]:
    """Templates in the order in which their tree tries them: what says more before what says less, those alike side by side."""
    return [body for grade in _grades(bodies) for body in _alike(grade, 0)]


def tree_of(bodies: Iterable[Body]) -> Tree:
    """The first of the templates that fits, in the order of their tree; an empty group at the end of each tells which it was."""
    builder = _Builder()
    return Tree("|".join(builder.tree(grade, 0, ()) for grade in _grades(bodies)), builder.found)


def _grades(bodies: Iterable[Body]) -> Iterable[Sequence[Body]]:
    """Templates by the number of their slots, in their order; idioms that are no date apart."""
    grades: dict[tuple[bool, int], list[Body]] = {}
    for body in bodies:
        grades.setdefault((body.code == "never", body.text.count("{")), []).append(body)
    return grades.values()


def _following(bodies: Iterable[Body], depth: int) -> Mapping[str, list[Body]]:
    """Templates by their piece at `depth`; "" for those that end before it."""
    following: dict[str, list[Body]] = {}
    for body in bodies:
        following.setdefault(body.pieces[depth] if depth < len(body.pieces) else "", []).append(body)
    return following


def _alike(bodies: Sequence[Body], depth: int) -> Iterable[Body]:
    if len(bodies) == 1:
        return bodies
    return [body for piece, group in _following(bodies, depth).items() for body in (_alike(group, depth + 1) if piece else group)]


class _Builder:
    """Writes the pattern of a tree, each group under a name of its own."""

    def __init__(self) -> None:
        self.found: dict[str | None, tuple[str, Slots]] = {}
        self._groups = 0

    def tree(self, bodies: Iterable[Body], depth: int, slots: tuple[tuple[str, str], ...]) -> str:
        """The pattern of all that follows in templates which agree in their first `depth` pieces and so have their `slots`."""
        branches: list[Branch] = []
        for piece, group in _following(bodies, depth).items():
            self._groups += 1
            if not piece:
                name = f"k_{self._groups}"
                self.found[name] = group[0].code, dict(slots)
                branches.append(((), f"(?P<{name}>)"))
            elif piece[0] in _OPENS_PATTERN:
                own = tuple((slot, f"{slot}_{self._groups}") for slot in _GROUP.findall(piece))
                numbered = _GROUP.sub(rf"(?P<\1_{self._groups}>", piece)
                branches.append(((), numbered + self.tree(group, depth + 1, (*slots, *own))))
            else:
                branches.append((characters(piece), self.tree(group, depth + 1, slots)))
        return factored(branches)
