"""Texts of any length in pieces: without what nobody wrote, none longer than memory notices, each of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby

from timeline.model import Passage

_LONGEST_PIECE = 100_000  # characters: longer than any page; a dump of millions is read in such pieces
_LONGEST_RUN = 20_000  # characters without the end of a sentence or a line: no page has them, dumps and attacks do
_RUN_END = re.compile(r"[\n。！？؟۔।។]|[.!?](?=\s)")


def without_runs(text: str, passage: Passage) -> Iterator[Passage]:
    """A passage in stretches, without the rest of any run of more than `_LONGEST_RUN` characters that nothing ends."""
    if passage.end - passage.start <= _LONGEST_RUN:
        yield passage
        return
    start = run = passage.start
    for end in chain((match.end() for match in _RUN_END.finditer(text, start, passage.end)), (passage.end,)):
        if end - run > _LONGEST_RUN:
            yield replace(passage, start=start, end=run + _LONGEST_RUN)
            start = end
        run = end
    if start < passage.end:
        yield replace(passage, start=start)


def cut_long(text: str, passage: Passage) -> Iterator[Passage]:
    """A passage of any length in pieces that memory does not notice, cut at the end of a line where there is one."""
    if passage.end - passage.start <= _LONGEST_PIECE:
        yield passage
        return
    start = passage.start
    while passage.end - start > _LONGEST_PIECE:
        limit = start + _LONGEST_PIECE
        cut = max(text.rfind("\n", start, limit), text.rfind(". ", start, limit)) + 1 or text.rfind(" ", start, limit) + 1 or limit
        yield replace(passage, start=start, end=cut)
        start = cut
    yield replace(passage, start=start)


def join_neighbours(lines: Iterable[tuple[str, str]], main: str) -> list[Passage]:
    """Neighbouring lines of one language as one passage, so that a date may run over a line's end.

    Each line comes with its language; one that has none is of `main`.
    """
    joined: list[Passage] = []
    end = 0
    for language, group in groupby(lines, lambda line: line[1] or main):
        start = end
        end += sum(len(line) for line, _ in group)
        joined.append(Passage(start, end, "body", language))
    return joined
