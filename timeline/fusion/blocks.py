"""Which mentions may belong together: only those of one block are compared, so that the cost stays near-linear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from timeline import edtf
from timeline.fusion.rules import STAY
from timeline.model import Mention

LARGEST_BLOCK = 400  # mentions; those of a block beyond it (a day of a crawl) are only paired within finer blocks
_ONCE = frozenset(("upgrade", "opening", "pilot", "route"))  # changes of a gate that happen but once

Key = tuple[str, ...]


def blocks_of(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The mentions (in their order) that share a key, for each key that several share, and not too many."""
    blocks: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for key in block_keys(mention):
            blocks[key].append(mention)
    yield from filter(is_compared, blocks.values())


def is_compared(block: Sequence[object]) -> bool:
    """Whether the mentions of a block are compared with one another."""
    return 1 < len(block) <= LARGEST_BLOCK


def block_keys(mention: Mention) -> Iterator[Key]:
    """The blocks that a mention is in: its document, number, series, gates, and each of its days with each name of that day."""
    yield ("document", mention.doc_id)
    if mention.number:
        yield ("number", mention.number)
    if mention.series:
        yield ("series", mention.series, str(mention.ordinal or ""))
        yield ("series", mention.series)
    for gate in mention.border_gates:
        yield ("gate", gate, mention.event_type)
    if mention.date_precision in ("day", "span"):
        beside = 1 if mention.event_type in STAY else 0  # so that its first and its last day meet in a block
        for day in edtf.days_of_year(mention.date_edtf, beside) or ():
            for name in (*mention.provinces, *mention.actors):
                yield ("day", day, name)


def kind_keys(mention: Mention) -> Iterator[Key]:
    """What happens but once, whatever its time: a gate and its change."""
    if mention.event_type == "border_gate" and mention.event_subtype in _ONCE:
        for gate in mention.border_gates:
            yield (mention.event_subtype, gate)
