"""A reader's own texts among the events of the shown folder: fused for real, nothing of the folder lost or changed elsewhere.

A built folder holds tables, and a mention has more to it than its row. So the folder's documents are read anew where
their text is still at hand, and their mentions are fused with the new ones. An event of the folder takes part when all its
mentions came out as before; the others (a text that is gone, a folder made by other knowledge) stay exactly as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from timeline.corrections import Correction, is_correction
from timeline.errors import InputError
from timeline.events import IN_TABLE
from timeline.model import Document, Evidence, Mention
from timeline.pipeline import Extractor
from timeline.restore import restore
from timeline.tables import TABLES, Tables, documents_frame, sort_rows

# Reading a document anew takes some 10 ms, once a server: with these limits a few seconds.
MOST_DOCUMENTS = 300
MOST_CHARACTERS = 3_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """Documents and what they tell."""

    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()


def read_anew(tables: Tables, text_of: Callable[[Mapping[Any, Any]], str | None], engine: Extractor) -> Told:
    """The folder's documents and their mentions, as far as `text_of` has their texts; none of a folder too large for it."""
    characters = tables.documents["characters"].sum()
    if len(tables.documents) > MOST_DOCUMENTS or characters > MOST_CHARACTERS:
        return Told()
    told = _of_chronologies(tables)
    documents, mentions = list(told.documents), list(told.mentions)
    for row in tables.documents.to_dict("records"):
        if row["kind"] == "chronology":
            continue
        text = text_of(row)
        if text is None:
            continue
        # The day that the build settled on, whatever told it then; a bare month is told by the text again.
        day = row["published"] if len(row["published"]) == len("2025-08-24") else ""
        try:
            document = engine.document(text, None, day, row["doc_id"])
        except InputError:
            continue
        named = {name: row[name] for name in ("title", "publisher", "source_url", "path", "sha256")}
        documents.append(replace(document, **named))
        mentions += engine.extract(documents[-1])
    return Told(tuple(documents), tuple(mentions))


def _of_chronologies(tables: Tables) -> Told:
    """The rows of tables that somebody keeps, as they were read: they are told again by the built folder alone."""
    rows = tables.documents[tables.documents["kind"] == "chronology"]
    if rows.empty:
        return Told()
    fused, documents = restore(tables)
    names = set(rows["doc_id"])
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for one in fused.evidence:
        evidence[one.mention_id].append(one)
    mentions = (m for m in fused.mentions if m.doc_id in names)
    own = tuple(replace(m, item=(IN_TABLE, m.start), evidence=tuple(evidence[m.mention_id])) for m in mentions)
    return Told(tuple(document for document in documents if document.doc_id in names), own)


def merge(
    tables: Tables, folder: Told, own: Told, engine: Extractor, corrections: Sequence[Correction] = ()
) -> tuple[Tables, frozenset[str]]:
    """The folder's tables with a reader's own documents in them, and the ids of the events that these tell.

    Events that have nothing to do with the new texts keep their rows as they stand; the others keep their ids.
    """
    pool = _that_take_part(tables, folder.mentions, corrections)
    built = engine.table([*folder.documents, *own.documents], [*pool, *own.mentions], corrections, tables)
    new_home = _homes(built.mentions)
    fresh, replaced = _touched(_homes(tables.mentions), new_home, {m.mention_id for m in own.mentions} & new_home.keys())
    events = _stacked("events", tables.events, "event_id", replaced, built.events, fresh)
    mentions = _stacked("mentions", tables.mentions, "event_id", replaced, built.mentions, fresh)
    added = {mention for mention, home in new_home.items() if home in fresh}
    dropped = {mention for mention, home in _homes(tables.mentions).items() if home in replaced}
    evidence = _stacked("evidence", tables.evidence, "mention_id", dropped, built.evidence, added)
    documents = pd.concat([tables.documents, documents_frame(own.documents, Counter(mentions["doc_id"]))], ignore_index=True)
    merged = Tables(sort_rows("documents", documents), mentions, evidence, _with_wholes(events))
    ours = {document.doc_id for document in own.documents}
    told = merged.events["documents"].map(lambda ids: not ours.isdisjoint(ids))
    return merged, frozenset(merged.events.loc[told.astype(bool), "event_id"])


def _that_take_part(tables: Tables, mentions: Iterable[Mention], corrections: Iterable[Correction]) -> list[Mention]:
    """The mentions of events of the folder that can be fused anew: not those that others than `corrections` have put right.

    The build may have known another file of corrections; what that one set could not be set again.
    """
    known = {mention.mention_id: mention for mention in mentions}
    made = {_mark(correction.rule, correction.field, correction.value) for correction in corrections}
    rows = tables.evidence[tables.evidence["rule"].map(is_correction).astype(bool)]
    for mention_id, *row in zip(rows["mention_id"], rows["rule"], rows["field"], rows["value"], strict=True):
        if _mark(*row) not in made:
            known.pop(mention_id, None)
    taken = (ids for ids in tables.events["mentions"] if all(mention_id in known for mention_id in ids))
    return [known[mention_id] for ids in taken for mention_id in ids]


def _mark(rule: str, field: str, value: str) -> tuple[str, str, str]:
    """What tells a correction in the evidence; of a merge or split that says only which event came of it."""
    return (rule, "event_id", "") if field in ("merge", "split", "event_id") else (rule, field, value)


def _homes(mentions: pd.DataFrame) -> dict[str, str]:
    return dict(zip(mentions["mention_id"], mentions["event_id"], strict=True))


def _touched(old_home: Mapping[str, str], new_home: Mapping[str, str], own: Iterable[str]) -> tuple[set[str], set[str]]:
    """New events that the own mentions are in, or that share an event of the folder with one; and the folder's that they replace."""
    fresh = {new_home[mention] for mention in own}
    replaced: set[str] = set()
    while True:
        before = len(fresh), len(replaced)
        replaced |= {old_home[mention] for mention, home in new_home.items() if home in fresh and mention in old_home}
        fresh |= {new_home[mention] for mention, home in old_home.items() if home in replaced and mention in new_home}
        if before == (len(fresh), len(replaced)):
            return fresh, replaced


def _stacked(table: str, old: pd.DataFrame, key: str, without: set[str], new: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    """The rows of `old` but some, and some of `new`, in the table's order."""
    rows = pd.concat([old[~old[key].isin(without)], new[new[key].isin(wanted)]], ignore_index=True)
    return sort_rows(table, rows[[column.name for column in TABLES[table]]])


def _with_wholes(events: pd.DataFrame) -> pd.DataFrame:
    """`part_of` by the ids of now: an event that was joined to another is found by what it was called before."""
    now = {name: event_id for event_id, names in zip(events["event_id"], events["formerly"], strict=True) for name in names}
    now |= {event_id: event_id for event_id in events["event_id"]}
    wholes = [now.get(whole, "") if whole else "" for whole in events["part_of"]]
    return events.assign(part_of=pd.Series(wholes, index=events.index, dtype="string"))
