"""What changed from one build to another: events added, dropped, merged, split, each field of the others that is new, and the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from timeline.tables import EVENTS, TABLES, TimelineLike, sort_rows

# What an event is known by, not what it says.
_NOT_COMPARED = frozenset(("event_id", "formerly"))
_FIELDS = tuple(spec for spec in EVENTS if spec.name not in _NOT_COMPARED)
# Where a text was read, and how many mentions it has; the event of a mention, for events are told by their mentions.
_LEFT_OUT = {"documents": ("path", "mentions"), "mentions": ("event_id",), "evidence": ()}


@dataclass(frozen=True, slots=True)
class Named:
    """An event as one is told of it."""

    event_id: str
    title: str
    date_edtf: str


@dataclass(frozen=True, slots=True)
class Field:
    """A cell that is another: as it was and as it is; of a list also which items came and went."""

    name: str
    old: Any
    new: Any
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """An event of both builds and what it says differently."""

    event: Named
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Events that have become one (`old` are several), or one that has become several (`new` are)."""

    old: tuple[Named, ...]
    new: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Turnover:
    """How many rows of the documents that two builds share only one of them has; one that is changed is both new and gone."""

    new: int
    gone: int


@dataclass(frozen=True, slots=True)
class Diff:
    """All that differs between two builds; everything in the order of the events tables."""

    documents_added: tuple[str, ...]
    documents_dropped: tuple[str, ...]
    documents_changed: tuple[str, ...]  # by their bytes, or by what is told of them: title, day, address …
    added: tuple[Named, ...]
    dropped: tuple[Named, ...]
    merged: tuple[Joined, ...]
    split: tuple[Joined, ...]
    changed: tuple[Changed, ...]
    same: int  # events that are in both builds, cell for cell
    mentions: Turnover
    evidence: Turnover

    def __bool__(self) -> bool:
        """Whether anything differs."""
        parts = (self.documents_added, self.documents_dropped, self.documents_changed)
        rows = (self.mentions.new, self.mentions.gone, self.evidence.new, self.evidence.gone)
        return any((*parts, self.added, self.dropped, self.merged, self.split, self.changed, *rows))

    def as_dict(self) -> dict[str, Any]:
        """The same in plain values, for JSON."""
        return asdict(self)


def diff(old: TimelineLike, new: TimelineLike) -> Diff:
    """What changed from `old` to `new`.

    An event is the same one where both builds have a mention of it in common, or its id (also a former one); mentions keep
    their ids for as long as their text stands in its document where it stood.
    """
    before, after = _rows(old.events), _rows(new.events)
    parents, children = _kin(before, after)
    main = _counterparts(before, after, parents)
    changed = [_changed(before[main[event_id]], row) for event_id, row in after.items() if event_id in main]
    differing = tuple(one for one in changed if one.fields)
    shared = set(old.documents["doc_id"]) & set(new.documents["doc_id"])
    (old_mentions, old_evidence), (new_mentions, new_evidence) = _of_documents(old, shared), _of_documents(new, shared)
    return Diff(
        *_documents(old.documents, new.documents),
        added=tuple(_named(row) for event_id, row in after.items() if not parents[event_id]),
        dropped=tuple(_named(row) for event_id, row in before.items() if not children[event_id]),
        merged=tuple(_joined(before, parents[event_id], after, [event_id]) for event_id in after if len(parents[event_id]) > 1),
        split=tuple(_joined(before, [event_id], after, children[event_id]) for event_id in before if len(children[event_id]) > 1),
        changed=differing,
        same=len(changed) - len(differing),
        mentions=_turnover("mentions", old_mentions, new_mentions),
        evidence=_turnover("evidence", old_evidence, new_evidence),
    )


Rows = Mapping[str, Mapping[str, Any]]
Kin = Mapping[str, Sequence[str]]


def _rows(events: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """event_id → its cells as plain values."""
    columns = {spec.name: [None if not spec.is_list and pd.isna(cell) else cell for cell in events[spec.name]] for spec in EVENTS}
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return {row["event_id"]: row for row in rows}


def _kin(before: Rows, after: Rows) -> tuple[Kin, Kin]:
    """Of each new event the old ones that it is made of, and of each old event the new ones that it went into."""
    home = {mention: event_id for event_id, row in before.items() for mention in row["mentions"]}
    heirs: dict[str, set[str]] = defaultdict(set)  # old event → the new ones that have mentions of it
    for event_id, row in after.items():
        for mention in row["mentions"]:
            if mention in home:
                heirs[home[mention]].add(event_id)
    parents: dict[str, list[str]] = {}
    children: dict[str, list[str]] = {event_id: [] for event_id in before}
    for event_id, row in after.items():
        by_mention = [home[mention] for mention in row["mentions"] if mention in home]
        # Where no mention of an old event is left elsewhere, it lives on in the one that bears its id, though all its words be others.
        by_id = [name for name in (event_id, *row["formerly"]) if name in before and heirs[name] <= {event_id}]
        parents[event_id] = list(dict.fromkeys([*by_mention, *by_id]))
        for parent in parents[event_id]:
            children[parent].append(event_id)
    return parents, children


def _counterparts(before: Rows, after: Rows, parents: Kin) -> dict[str, str]:
    """New event → the old one that it goes on from: the one of its id, else the one with most of its mentions; each old one once."""
    found: dict[str, str] = {event_id: event_id for event_id in after if event_id in parents[event_id]}
    taken = set(found.values())
    for event_id, row in after.items():
        own = set(row["mentions"])
        free = [name for name in parents[event_id] if name not in taken] if event_id not in found else []
        if free:
            found[event_id] = max(free, key=lambda name: len(own & set(before[name]["mentions"])))
            taken.add(found[event_id])
    return found


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changed:
    fields = []
    for spec in _FIELDS:
        was, now = old[spec.name], new[spec.name]
        if was == now:
            continue
        if spec.is_list:
            fields.append(Field(spec.name, list(was), list(now), _without(now, was), _without(was, now)))
        else:
            fields.append(Field(spec.name, was, now))
    return Changed(_named(new), tuple(fields))


def _without(these: Iterable[str], those: Iterable[str]) -> tuple[str, ...]:
    known = set(those)
    return tuple(item for item in these if item not in known)


def _named(row: Mapping[str, Any]) -> Named:
    return Named(row["event_id"], row["title"], row["date_edtf"])


def _joined(before: Rows, old: Iterable[str], after: Rows, new: Iterable[str]) -> Joined:
    return Joined(tuple(_named(before[name]) for name in old), tuple(_named(after[name]) for name in new))


def _documents(old: pd.DataFrame, new: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The doc_ids added, dropped, and of another content or other fields."""
    before, after = ({row[0]: row for row in _cells("documents", sort_rows("documents", frame))} for frame in (old, new))
    changed = tuple(name for name in after if name in before and after[name] != before[name])
    return _without(after, before), _without(before, after), changed


def _of_documents(tables: TimelineLike, doc_ids: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The mentions in these documents and their evidence."""
    mentions = tables.mentions[tables.mentions["doc_id"].isin(doc_ids)]
    return mentions, tables.evidence[tables.evidence["mention_id"].isin(mentions["mention_id"])]


def _turnover(table: str, old: pd.DataFrame, new: pd.DataFrame) -> Turnover:
    before, after = Counter(_cells(table, old)), Counter(_cells(table, new))
    if table == "evidence":  # what binds a mention to its event names it by its id
        before, after = (Counter(row[:2] + row[3:] if row[1] == "event_id" else row for row in rows.elements()) for rows in (before, after))
    return Turnover((after - before).total(), (before - after).total())


def _cells(table: str, frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows as plain values that can be counted, without what is not compared; the first column comes first."""
    specs = [spec for spec in TABLES[table] if spec.name not in _LEFT_OUT[table]]
    columns = [[tuple(cell) for cell in frame[spec.name]] if spec.is_list else _plain(frame[spec.name]) for spec in specs]
    return list(zip(*columns, strict=True))


def _plain(cells: pd.Series[Any]) -> list[Any]:
    return cells.astype("object").where(cells.notna(), None).tolist()


def told(found: Diff) -> str:
    """The same in words, a line each, for whoever reads it on a terminal."""
    lines = [f"+ document {name}" for name in found.documents_added]
    lines += [f"- document {name}" for name in found.documents_dropped]
    lines += [f"~ document {name}" for name in found.documents_changed]
    lines += [f"+ {_line(one)}" for one in found.added]
    lines += [f"- {_line(one)}" for one in found.dropped]
    lines += [f"> {_line(one.new[0])}\n    merged from {_lines(one.old)}" for one in found.merged]
    lines += [f"< {_line(one.old[0])}\n    split into {_lines(one.new)}" for one in found.split]
    for one in found.changed:
        lines += [f"~ {_line(one.event)}", *(f"    {_field(field)}" for field in one.fields)]
    for name, rows in (("mentions", found.mentions), ("evidence", found.evidence)):
        lines += [f"{name}: {rows.new} rows new, {rows.gone} gone"] if rows.new or rows.gone else []
    counts = f"{len(found.added)} added, {len(found.dropped)} dropped, {len(found.merged)} merged, {len(found.split)} split"
    lines.append(f"events: {counts}, {len(found.changed)} changed, {found.same} the same")
    return "\n".join(lines)


def _line(event: Named) -> str:
    return f"{event.event_id}  {event.title}" + (f"  ({event.date_edtf})" if event.date_edtf else "")


def _lines(events: Iterable[Named]) -> str:
    return "; ".join(_line(event) for event in events)


def _field(field: Field) -> str:
    if not field.gained and not field.lost:
        return f"{field.name}: {_cell(field.old)} -> {_cell(field.new)}"
    return f"{field.name}: " + ", ".join([*(f"+ {item}" for item in field.gained), *(f"- {item}" for item in field.lost)])


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else "(empty)" if value in (None, "") else str(value)
