"""A built folder's tables → the values they were made of, so that corrections take effect without a new build.

Only the events that a correction concerns are taken apart; every other row stays as it is. What the tables do not keep of
a mention (which one it points back to, the number of a legal document) is read back from the evidence and the title; where
that is not enough, a cell that no correction touches keeps the value it had. The next build says the last word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from timeline import knowledge as known
from timeline.corrections import Correction, all_corrections, corrected, fault_of, in_force, is_correction, read_corrections
from timeline.errors import InputError
from timeline.fusion import Fused, event_of, with_derived
from timeline.identity import ids_of
from timeline.knowledge import Knowledge
from timeline.model import Document, Event, Evidence, Mention
from timeline.tables import TABLES, Tables, build_frame, events_frame, evidence_frame, mentions_frame, sort_rows
from timeline.titles import title_of

State = Literal["made", "replaced", "gone", "refused"]
_NUMBER = re.compile(r"\d+(?:[/-]\w+)*")
_TITLES = ("title", "title_vi", "title_zh")
_DATES = ("date_edtf", "date_start", "date_end", "date_precision", "date_basis")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the change log: a correction, what became of it, and the event it is of now ("" where there is none)."""

    correction: Correction
    state: State
    event_id: str


def corrected_tables(
    tables: Tables, path: str | PathLike[str], entries: known.Tables | None = None
) -> tuple[Tables, list[Correction], list[InputError]]:
    """The tables as the corrections of a file put them right, those that were applied, and what is wrong with others.

    A file that is not there, or is empty, corrects nothing. `entries` are the rows of the knowledge tables, by default those
    that come with the library; no language is read for this.
    """
    file = Path(path)
    if not file.is_file() or not file.stat().st_size:
        return tables, [], []
    try:
        corrections, faults = read_corrections(file)
    except InputError as fault:
        return tables, [], [fault]
    rows = entries or known.load_entries()
    tables, wrong = with_corrections(tables, corrections, Knowledge(rows, {}, "", known.knowledge_path()))
    return tables, corrections, [*faults, *wrong]


def with_corrections(tables: Tables, corrections: Sequence[Correction], knowledge: Knowledge) -> tuple[Tables, list[InputError]]:
    """The tables with `corrections` made, oldest first, and those that could not be made.

    A build may have made some of them already: what it dropped, merged or split is not done twice.
    """
    mention_events = _events_of_mentions(tables)
    ids = _ids(tables.events, mention_events, corrections)
    open_ones = [c for c in corrections if not _is_done(c, ids, mention_events)]
    if not open_ones:
        return tables, []
    concerned = _concerned(open_ones, tables.events, ids, mention_events)
    part = _rows_of(tables, concerned)
    before, documents = restore(part)
    after, faults = corrected(before, open_ones, documents, knowledge, ids)
    rules = {correction.rule for correction in open_ones}
    old = {event.event_id: event for event in before.events}
    mentions = {mention.mention_id: mention for mention in before.mentions}
    sources = {document.doc_id: document for document in documents}
    touched: dict[str, set[str]] = {event.event_id: set() for event in after.events}
    now = {mention.mention_id: mention.event_id for mention in after.mentions}
    for row in after.evidence:
        if row.rule in rules:
            touched[now[row.mention_id]].add(row.field)
    events = []
    for event in after.events:
        was = old.get(event.event_id)
        if was is None or event == was:
            events.append(event)
            continue
        base = event_of([mentions[name] for name in was.mentions], sources, knowledge)
        events.append(_kept(was, base, event, touched[event.event_id], knowledge))
    return _put_back(tables, part, Fused(events, after.mentions, list(dict.fromkeys(after.evidence)))), faults


def change_log(path: str | PathLike[str], tables: Tables) -> list[Entry]:
    """Every row of a file of corrections, the newest first, and what became of it in `tables`, where it was applied.

    Raises `InputError` when the file as a whole cannot be read.
    """
    rows = all_corrections(path)
    mention_events = _events_of_mentions(tables)
    ids = _ids(tables.events, mention_events, rows)
    holding, _ = in_force(row for row in rows if fault_of(row) is None)
    held = {row.where for row in holding}
    values = {(row.target, row.field): row.value for row in holding}
    made = [rule for rule in tables.evidence["rule"].unique() if is_correction(rule)]
    evidence = tables.evidence[tables.evidence["rule"].isin(made)]
    proved = set(zip(evidence["rule"], evidence["field"], strict=True))

    def state_of(row: Correction) -> State:
        if fault_of(row) is not None:
            return "refused"
        event_id = ids.get(row.target) or mention_events.get(row.target)
        if row.where not in held and values.get((row.target, row.field), row.value) != row.value:
            return "replaced"
        if row.field == "drop":
            return "refused" if event_id else "made"
        if _is_done(row, ids, mention_events) or (row.field not in ("merge", "split") and (row.rule, row.field) in proved):
            return "made"
        return "refused" if event_id else "gone"

    found = [Entry(row, state_of(row), ids.get(row.target) or mention_events.get(row.target, "")) for row in rows]
    return sorted(found, key=lambda entry: entry.correction.when, reverse=True)


def restore(tables: Tables) -> tuple[Fused, list[Document]]:
    """The values that the tables were laid out from; documents come without their text."""
    events = [Event(**row) for row in _plain("events", tables.events)]
    evidence = [Evidence(**row) for row in _plain("evidence", tables.evidence)]
    of_mention = {mention: event for event in events for mention in event.mentions}
    pointing = {row.mention_id: row.rule.partition(":")[2] for row in evidence if row.rule.startswith("points-back:")}
    mentions = []
    for row in _plain("mentions", tables.mentions):
        event, back = of_mention[row["mention_id"]], pointing.get(row["mention_id"], "")
        told: dict[str, Any] = (
            {} if back else {"recurrence": event.recurrence, "series": event.series, "ordinal": event.ordinal, "number": _number(event)}
        )
        mentions.append(Mention(**row, refers_to=back, **told))
    names = {field.name for field in fields(Document)}
    documents = [
        Document(**{name: value for name, value in row.items() if name in names}, text="", passages=())
        for row in _plain("documents", tables.documents)
    ]
    return Fused(events, mentions, evidence), documents


def _plain(table: str, frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """The rows as plain values: lists as tuples, a missing number as None."""
    columns: dict[str, list[Any]] = {}
    for spec in TABLES[table]:
        cells = frame[spec.name].tolist()
        columns[spec.name] = [tuple(cell) for cell in cells] if spec.is_list else [None if cell is pd.NA else cell for cell in cells]
    return (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))


def _number(event: Event) -> str:
    """The number of a legal document, as a mention bears it (`58 2022 nd cp`), from the title (`Decree 58/2022/ND-CP`)."""
    last = event.title.rpartition(" ")[2]
    return re.sub(r"[/-]", " ", last).lower() if "/" in last and _NUMBER.fullmatch(last) and not event.series else ""


def _events_of_mentions(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.mentions["mention_id"].tolist(), tables.mentions["event_id"].tolist(), strict=True))


def _ids(events: pd.DataFrame, mentions: Collection[str], corrections: Iterable[Correction]) -> dict[str, str]:
    """By which id an event is known now. The ids that it might have had are reckoned only for who asks for one."""
    own = events["event_id"].tolist()
    known = {name: event_id for event_id, former in zip(own, events["formerly"].tolist(), strict=True) for name in (*former, event_id)}
    asked = {c.target for c in corrections} | {c.value for c in corrections if c.field in ("merge", "part_of") and c.value}
    return known if all(name in known or name in mentions for name in asked) else dict(ids_of(events))


def _is_done(correction: Correction, ids: Mapping[str, str], mention_events: Mapping[str, str]) -> bool:
    """Whether the tables have it already: what was dropped is gone, what was merged is one, what was split is apart."""
    event_id = ids.get(correction.target)
    if correction.field == "drop":
        return event_id is None and correction.target not in mention_events
    if correction.field == "merge":
        return event_id is not None and ids.get(correction.value) == event_id
    if correction.field == "split":
        apart = {mention_events.get(name.strip(), "") for name in correction.value.split(";") if name.strip()}
        return event_id is not None and len(apart) == 1 and not apart & {event_id, ""}
    return False


def _concerned(
    corrections: Iterable[Correction], events: pd.DataFrame, ids: Mapping[str, str], mention_events: Mapping[str, str]
) -> set[str]:
    """The events that corrections name, with their parts, and the wholes of all these."""
    wholes = dict(zip(events["event_id"].tolist(), events["part_of"].tolist(), strict=True))
    found: set[str] = set()
    for correction in corrections:
        named = [correction.target]
        if correction.field in ("merge", "part_of"):
            named.append(correction.value)
        found.update(name for one in named if (name := ids.get(one) or mention_events.get(one)))
    found |= {event_id for event_id, whole in wholes.items() if whole in found}
    waiting = list(found)
    while waiting:
        whole = wholes[waiting.pop()]
        if whole and whole not in found:
            found.add(whole)
            waiting.append(whole)
    return found


def _rows_of(tables: Tables, event_ids: Collection[str]) -> Tables:
    events = tables.events[tables.events["event_id"].isin(event_ids)]
    mentions = tables.mentions[tables.mentions["event_id"].isin(event_ids)]
    return Tables(tables.documents, mentions, tables.evidence[tables.evidence["mention_id"].isin(mentions["mention_id"])], events)


def _kept(was: Event, base: Event, new: Event, touched: set[str], knowledge: Knowledge) -> Event:
    """The corrected event, where it differs from the old one only by the corrections.

    `base` is the old one built anew: a cell that comes out of it as of `new` is no work of the corrections.
    """
    names = [field.name for field in fields(Event)]
    changed = {name for name in names if name in touched or getattr(new, name) != getattr(base, name)} - set(_TITLES)
    changed |= set(_DATES) if "date_edtf" in changed else set()
    changed |= {"event_id", "mentions", "part_of", "formerly"}
    event = replace(was, **{name: getattr(new, name) for name in changed})
    derived = {*_TITLES, "provinces_now", "countries"}
    if any(getattr(event, name) != getattr(was, name) for name in names if name not in derived):
        fresh = with_derived(event, knowledge, _number(was))
        is_own = was.title != title_of(was, knowledge, _number(was))  # as somebody put it right before
        event = replace(fresh, **{name: getattr(was, name) for name in _TITLES}) if is_own else fresh
    return replace(event, **{name: getattr(new, name) for name in _TITLES if name in touched})


def _put_back(tables: Tables, part: Tables, after: Fused) -> Tables:
    """The tables with the rows of `part` exchanged for those of `after`."""
    mentions = _exchanged("mentions", tables.mentions, part.mentions, mentions_frame(after.mentions))
    evidence = _exchanged("evidence", tables.evidence, part.evidence, evidence_frame(after.evidence))
    events = _exchanged("events", tables.events, part.events, events_frame(after.events))
    documents = tables.documents
    if len(mentions) != len(tables.mentions):
        counts = Counter(mentions["doc_id"])
        columns = {name: documents[name].tolist() for name in documents.columns}
        documents = build_frame("documents", columns | {"mentions": [counts[name] for name in documents["doc_id"]]})
    return Tables(documents, mentions, evidence, events)


def _exchanged(table: str, whole: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """`whole` with the rows of `old` exchanged for `new`, all in the table's order."""
    kept = whole.drop(old.index)
    return sort_rows(table, pd.concat([kept, new], ignore_index=True) if len(kept) else new)
