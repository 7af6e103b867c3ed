"""A document's text in blocks to show: paragraphs, with the reports that stand in each, and what of a long text is left out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from timeline.app import names, passages
from timeline.app.passages import Found
from timeline.i18n import Words

SHORT = 6_000  # characters: up to here a text is shown whole
BESIDE = 1  # paragraphs on either side of one that tells something, where only these are shown
PART = 20_000  # characters of a long text on one page
_PARAGRAPH = re.compile(r"(?<![^\n])[^\n]*\S[^\n]*")
_LETTERS = 300  # that tell which way a paragraph runs


@dataclass(slots=True)
class Block:
    """A paragraph `text`, which begins at `start` of its document, and the events that it tells, in order."""

    start: int
    text: str
    events: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    is_after_gap: bool = False  # paragraphs before it are not shown

    def html(self, language: str, words: Words) -> str:
        """The paragraph, escaped, with its evidence marked, running the way its letters do."""
        marked = passages.mark(self.text, self.start, self.found, words)
        return f'<p lang="{escape(language, quote=True)}" dir="{direction(self.text, language)}">{marked}</p>'


def blocks_of(text: str, mentions: Sequence[Mapping[Any, Any]], found: Mapping[str, Sequence[Found]]) -> list[Block]:
    """The paragraphs of a text; a report stands with the one in which it begins, its evidence wherever its words are."""
    blocks = [Block(match.start(), match.group()) for match in _PARAGRAPH.finditer(text)]
    starts = [block.start for block in blocks]
    for mention in mentions:
        at = bisect_right(starts, int(mention["start"])) - 1
        if blocks and mention["event_id"] not in blocks[max(at, 0)].events:
            blocks[max(at, 0)].events.append(mention["event_id"])
        for one in found.get(mention["mention_id"], ()):
            for block in blocks[max(bisect_right(starts, one.start) - 1, 0) : bisect_right(starts, one.end)]:
                block.found += _within(one, block)
    return blocks


def _within(one: Found, block: Block) -> list[Found]:
    """The part of a piece of evidence that stands in a paragraph: a passage may run over a line's end."""
    start, end = max(one.start, block.start), min(one.end, block.start + len(block.text))
    if start >= end:
        return []
    return [Found(start, end, one.field, one.value, one.text[start - one.start : end - one.start], one.is_borrowed)]


def around_reports(blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs that tell or prove something, and their neighbours; `is_after_gap` where others are left out."""
    telling = [k for k, block in enumerate(blocks) if block.events or block.found]
    near = sorted({j for k in telling for j in range(k - BESIDE, k + BESIDE + 1) if 0 <= j < len(blocks)})
    kept: list[Block] = []
    for last, at in zip([-1, *near], near, strict=False):
        block = blocks[at]
        kept.append(Block(block.start, block.text, block.events, block.found, is_after_gap=at != last + 1))
    return kept


def parts_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks in parts of about `PART` characters, at least one."""
    parts: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        if size and size + len(block.text) > PART:
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += len(block.text)
    return parts


def groups_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """Runs of paragraphs, each up to one that tells an event."""
    groups: list[list[Block]] = [[]]
    for block in blocks:
        groups[-1].append(block)
        if block.events:
            groups.append([])
    return [group for group in groups if group]


def direction(text: str, language: str = "") -> str:
    """`rtl` or `ltr`, by most of its letters: a page may hold captions in another script.

    In a language that runs from right to left a third will do, for names and terms in Latin letters are longer.
    """
    kinds = [unicodedata.bidirectional(char) for char in text[:_LETTERS]]
    right, left = sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")
    weight = 2 if names.direction(language) == "rtl" else 1
    return "rtl" if right * weight > left else "ltr"
