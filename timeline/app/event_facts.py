"""What is known of one event, as HTML: its cells in words, one line each. Everything from a text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from timeline import edtf, knowledge
from timeline.app import gates
from timeline.app.names import naming, status_name, type_name
from timeline.i18n import BASES, PRECISIONS, RECURRENCES, Words
from timeline.knowledge import Actor
from timeline.tables import Tables

Row = Mapping[Any, Any]


def facts(event: Row, tables: Tables, entries: knowledge.Tables, words: Words) -> str:
    """A definition list of all that the event's row says; a cell without content has no line."""
    told = {
        words.gettext("When"): _when(event, words),
        words.gettext("What"): escape(_kind(event, entries)),
        words.gettext("Status"): escape(status_name(event["status"])) + _course(event, tables, words),
        words.gettext("Provinces"): _provinces(event, words),
        words.gettext("Border gates"): _gates(event, entries, words),
        words.gettext("Who"): "<br>".join(_actor(name, event, entries, words) for name in event["actors"]),
        words.gettext("Series"): escape(_series(event, words)),
        words.gettext("Recurs"): escape(words.gettext(RECURRENCES.get(event["recurrence"], str(event["recurrence"])))),
        words.gettext("Confidence"): _confidence(event),
    }
    return "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in told.items() if value)


def _when(event: Row, words: Words) -> str:
    when = words.date(event["date_edtf"], event["date_precision"])
    if not event["date_edtf"]:
        known = words.gettext(BASES["none"])
    else:
        parts = (PRECISIONS.get(event["date_precision"], ""), BASES.get(event["date_basis"], ""))
        known = words.listed(words.gettext(part) for part in parts if part)
    return noted(escape(when[:1].upper() + when[1:]), escape(known), words)


def addresses(tables: Tables, mention_ids: Iterable[str]) -> list[str]:
    """The addresses that rows of a chronology name as their sources."""
    rows = tables.evidence[tables.evidence["mention_id"].isin(list(mention_ids)) & (tables.evidence["field"] == "source_url")]
    return list(dict.fromkeys(rows["value"]))


def noted(html: str, note: str, words: Words) -> str:
    """HTML with a small note in brackets behind it, if there is one."""
    brackets = words.bracketed("", note)
    return f"{html}{' ' if brackets.startswith(' ') else ''}<small>{brackets.strip()}</small>" if note else html


def _kind(event: Row, entries: knowledge.Tables) -> str:
    kind = event["event_type"]
    names = [type_name(kind, entries)]
    names += [type_name(code, entries, kind) for code in (event["event_subtype"], event["form"]) if code]
    return " · ".join(dict.fromkeys(names))


def _course(event: Row, tables: Tables, words: Words) -> str:
    """How the status went on, report by report, where they do not all say the same."""
    mentions = tables.mentions[tables.mentions["event_id"] == event["event_id"]]
    if mentions["status"].nunique() < 2:
        return ""
    documents = tables.documents[tables.documents["doc_id"].isin(mentions["doc_id"])].set_index("doc_id")
    told = mentions[["doc_id", "status"]].drop_duplicates()
    steps = []
    for doc_id, status in zip(told["doc_id"], told["status"], strict=True):
        document = documents.loc[doc_id]
        day = words.date(document["published"]) if document["published"] else words.gettext("no day known")
        said = words.gettext("{status} ({source}, {date})").format(
            status=status_name(status), source=document["publisher"] or doc_id, date=day
        )
        steps.append((document["published"] or "~", said))
    return f"<ol>{''.join(f'<li><small>{escape(said)}</small></li>' for _, said in sorted(steps, key=lambda step: step[0]))}</ol>"


def _provinces(event: Row, words: Words) -> str:
    then, now = event["provinces"], event["provinces_now"]
    told = "<br>".join(_named("province", name, words) for name in then)
    if set(then) == set(now):
        return told
    since = words.gettext("since July 2025: {provinces}").format(provinces=words.enumerated(naming(words).all("province", now)))
    return f"{told}<br><small>{escape(since)}</small>"


def _gates(event: Row, entries: knowledge.Tables, words: Words) -> str:
    first, last = _days(event)
    return "".join(gates.as_html(pair, entries.gates.get(pair), first, last, words, naming(words)) for pair in event["border_gates"])


def _days(event: Row) -> tuple[date | None, date | None]:
    first, last = (date.fromisoformat(event[name]) if event[name] else None for name in ("date_start", "date_end"))
    return first, last


def _actor(name: str, event: Row, entries: knowledge.Tables, words: Words) -> str:
    row = entries.actors.get(name)
    held = row.office.split("; ") if row and row.office and row.kind == "person" and holds_office(row, *_days(event)) else []
    return noted(_named("actor", name, words), escape(words.listed(naming(words).all("office", held))), words)


def holds_office(row: Actor, first: date | None, last: date | None) -> bool:
    """Whether an office can have been held on the days of an event."""
    since, until = edtf.parse(row.since).start, edtf.parse(row.until).start
    return not ((since and last and since > last) or (until and first and until <= first))


def _named(kind: str, name: str, words: Words) -> str:
    """A name in the reader's language, that of a place or person with the canonical one behind it."""
    shown, other = escape(naming(words).of(kind, name)), escape(naming(words).beside(kind, name))
    if words.language == "zh" and other:
        shown = f'<span lang="zh-Hans">{shown}</span>'
    return f"{shown} <small>{other}</small>" if other else shown


def _series(event: Row, words: Words) -> str:
    if not event["series"]:
        return ""
    series = naming(words).of("series", event["series"])
    if pd.isna(event["ordinal"]):
        return series
    return words.gettext("{series} (no. {number})").format(series=series, number=int(event["ordinal"]))


def _confidence(event: Row) -> str:
    return "" if pd.isna(event["confidence"]) else f"{float(event['confidence']):.0%}"


def neighbours(events: pd.DataFrame, event: Row) -> tuple[str | None, str | None]:
    """The events before and after one in its series, among all events: by their numbers if all have one, else by time."""
    if not event["series"]:
        return None, None
    rows = events[events["series"] == event["series"]]
    if rows["ordinal"].notna().all():
        order = rows.sort_values(["ordinal", "date_start", "event_id"], kind="stable")
    else:
        order = rows.assign(date_start=rows["date_start"].where(rows["date_start"] != "", "~")).sort_values(
            ["date_start", "ordinal", "event_id"], kind="stable", na_position="last"
        )
    return beside(order["event_id"].tolist(), event["event_id"])


def beside(ids: list[str], event_id: str) -> tuple[str | None, str | None]:
    """What stands before and after an id in a list; nothing for one that is not in it."""
    if event_id not in ids:
        return None, None
    at = ids.index(event_id)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def sources_of(documents: pd.DataFrame, doc_ids: Iterable[str]) -> dict[str, str]:
    """What each document is called in a sentence: its publisher, else its own name."""
    wanted = set(doc_ids)
    rows = documents[documents["doc_id"].isin(wanted)]
    cells = zip(rows["doc_id"], rows["publisher"], strict=True)
    names = {doc_id: publisher or doc_id for doc_id, publisher in cells}
    return {doc_id: names.get(doc_id, doc_id) for doc_id in wanted}
