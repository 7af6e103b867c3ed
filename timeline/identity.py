"""Ids that last: an event of an earlier build keeps its id, however documents come and go."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import pandas as pd

from timeline.fusion import Fused, event_id_of
from timeline.model import Event
from timeline.tables import TimelineLike


def with_earlier_ids(fused: Fused, earlier: TimelineLike) -> Fused:
    """The events with the ids that they had in an earlier build of (some of) the same documents.

    An event that was split leaves its id with most of its mentions. One that turns out to be two of the earlier ones keeps
    the id of the one with most mentions, and has the other in `formerly`.
    """
    old = dict(zip(earlier.mentions["mention_id"], earlier.mentions["event_id"], strict=True))
    formerly = dict(zip(earlier.events["event_id"], earlier.events["formerly"], strict=True))
    claims: dict[str, Counter[str]] = defaultdict(Counter)  # old id → how many of its mentions each event has
    for event in fused.events:
        for mention in event.mentions:
            if mention in old:
                claims[old[mention]][event.event_id] += 1
    heirs: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for old_id, counts in claims.items():
        heir, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
        heirs[heir].append((-most, old_id))
    taken = {min(ids, key=lambda heir: (heir[1] != heir_id, *heir))[1] for heir_id, ids in heirs.items()}
    names: dict[str, str] = {}
    events: list[Event] = []
    for event in fused.events:
        claimed = sorted(heirs.get(event.event_id, ()), key=lambda heir: (heir[1] != event.event_id, *heir))
        inherited = [old_id for _, old_id in claimed]
        names[event.event_id] = inherited[0] if inherited else _fresh(event, taken)
        borne = [*event.formerly, *inherited[1:], *(name for old_id in inherited for name in formerly.get(old_id, ()))]
        known = dict.fromkeys(name for name in borne if name != names[event.event_id])
        events.append(replace(event, event_id=names[event.event_id], formerly=tuple(known)))
    return Fused(
        [replace(event, part_of=names.get(event.part_of, event.part_of)) for event in events],
        [replace(mention, event_id=names[mention.event_id]) for mention in fused.mentions],
        [replace(row, value=names.get(row.value, row.value)) if row.field == "event_id" else row for row in fused.evidence],
    )


def _fresh(event: Event, taken: set[str]) -> str:
    """The id of an event that has none of old; that of a later mention where an heir bears its own."""
    return next(name for name in (event.event_id, *map(event_id_of, event.mentions), f"{event.event_id}n") if name not in taken)


def ids_of(events: pd.DataFrame, earlier: TimelineLike | None = None) -> dict[str, str]:
    """Every id by which an event is or may ever have been known → its id now.

    Besides its own and those in `formerly`, the one that any of its mentions would give it as the first, and the one under
    which an `earlier` build had its mentions.
    """
    before: dict[str, str] = {}
    if earlier is not None:
        now = {mention: event_id for event_id, mentions in zip(events["event_id"], events["mentions"], strict=True) for mention in mentions}
        for old_id, mentions in zip(earlier.events["event_id"], earlier.events["mentions"], strict=True):
            left = next((now[mention] for mention in mentions if mention in now), "")
            before |= {old_id: left} if left else {}
    rows = zip(events["event_id"], events["mentions"], events["formerly"], strict=True)
    known = {name: event_id for event_id, mentions, former in rows for name in (*map(event_id_of, mentions), *former)}
    return before | known | {event_id: event_id for event_id in events["event_id"]}
