"""A text in blocks, for a scan that may end before it."""

from __future__ import annotations

from collections.abc import Iterator

_FIRST, _GROWTH = 1 << 10, 4  # bytes of the first block; how many times as long each is as the one before


def blocks(size: int) -> Iterator[tuple[int, int]]:
    """Where each block of so many bytes begins and ends: small ones first, for where evidence is, there is some near the beginning."""
    start, length = 0, _FIRST
    while start < size:
        yield start, start + length
        start, length = start + length, length * _GROWTH
