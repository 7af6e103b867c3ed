"""Stretches of a text beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Spanned(Protocol):
    """Whatever stands at `start`–`end` of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def are_apart(spans: Iterable[Spanned]) -> bool:
    """Whether each ends before the next begins: they stand in order, and none overlaps."""
    reached = 0
    for span in spans:
        if span.start < reached:
            return False
        reached = span.end
    return True
