"""Why an event is as it is, in words: for each field the value, the words that say so, the rule that read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sized
from typing import Any

import pandas as pd

from timeline.errors import InputError
from timeline.i18n import N_
from timeline.identity import ids_of
from timeline.knowledge import Knowledge, load_entries
from timeline.knowledge.entries import FusionRule
from timeline.tables import TimelineLike

_FIELDS = (
    "event_type",
    "event_subtype",
    "form",
    "status",
    "date_edtf",
    "provinces",
    "border_gates",
    "actors",
    "series",
    "ordinal",
    "recurrence",
    "part_of",
)
# What the rules mean to somebody who never saw the code; a rule that is not listed stands by its own name.
_RULES = {
    "trigger": N_("these words name such a happening"),
    "series": N_("these words name the series"),
    "cue": N_("these words tell it"),
    "future": N_("this word beside it tells of what will be"),
    "day-ahead": N_("this time lies after the text's own day"),
    "named": N_("named here"),
    "place-in-province": N_("a place that lies there"),
    "gate-in-province": N_("the gate stands there"),
    "body-of-province": N_("a body of that province"),
    "only-gate-of-story": N_("the one gate that the page names, spoken of again"),
    "gate-named-before": N_("the gate named right before, spoken of again"),
    "parties-of-story": N_("a party to what the page has just told, which this goes on from"),
    "place-of-story": N_("the place of the day of which the page goes on to tell"),
    "home-of-report": N_("the province whose own report this is"),
    "gate-pair": N_("both sides of the pair are named"),
    "gate-side": N_("one side of the pair is named"),
    "gate-of-route": N_("a route of this gate is named"),
    "gazetteer": N_("a known name"),
    "body-pattern": N_("a body, with the province beside it"),
    "party-secretary": N_("its secretary stands for it"),
    "name-by-form": N_("a personal name next to an office"),
    "name-beside-office": N_("a personal name next to an office"),
    "name-after-role": N_("a personal name next to an office"),
    "name-before-role": N_("a personal name next to an office"),
    "local-ministry": N_("a ministry in translation, the province's department in the page"),
    "organiser-of-series": N_("always holds this series"),
    "issuer-in-number": N_("the document's number tells who issued it"),
    "stated": N_("stated in full"),
    "template": N_("stated in full"),
    "year-of-document": N_("the year is that of the document's own date"),
    "same-span": N_("the part of the year that was told before, of the year named"),
    "year-of-clause": N_("the year stands in a clause before"),
    "no-year": N_("no year is given"),
    "year-in-number": N_("the year in the document's number"),
    "relative": N_("reckoned from the document's own date"),
    "relative-year": N_("the year is reckoned from the document's own"),
    "relative-month": N_("the month is reckoned from the document's own"),
    "weekday": N_("the day of that name next to the document's own date"),
    "weekday-of-text": N_("the day of that name beside the time told before"),
    "month-of-document": N_("a day without its month, next to the document's own date"),
    "year-of-text": N_("the year of a time that the page tells in full"),
    "year-in-brackets": N_("a year in brackets"),
    "year-so-far": N_("from the beginning of the year to this day"),
    "today-stated": N_("the day that the text calls today, or its dateline"),
    "same-day": N_("the day told before, spoken of again"),
    "same-month": N_("the month told before, spoken of again"),
    "same-year": N_("the year told before, spoken of again"),
    "same-year-1": N_("the year before the one told"),
    "last": N_("the last one before the document's own date"),
    "next": N_("the next one after the document's own date"),
    "numeric": N_("stated in figures"),
    "bare": N_("a day and month in figures alone"),
    "bare-year": N_("a year alone"),
    "short-year": N_("a year in two figures"),
    "day-list": N_("one of several days that share a month"),
    "day-range": N_("the first and the last day of a span"),
    "month-range": N_("the first and the last month of a span"),
    "year-range": N_("the first and the last year of a span"),
    "decade-range": N_("the first and the last decade of a span"),
    "range": N_("from one time to the other"),
    "since": N_("a time from which it goes on"),
    "until": N_("a time up to which it goes on"),
    "until-now": N_("a time from which it goes on to the document's own"),
    "year-until-now": N_("the beginning of a year, from which it goes on to now"),
    "early": N_("only the early part of it is named"),
    "mid": N_("only the middle of it is named"),
    "late": N_("only the late part of it is named"),
    "about": N_("said to be about then"),
    "mission": N_("a mission, with its country and its seat"),
    "name-by-syllables": N_("a personal name read back from its syllables"),
}
_PLACES = {
    "clause": N_("in its clause"),
    "deadline": N_("in its clause, as the time by which it is to come"),
    "sentence": N_("in its sentence"),
    "sentence-beside": N_("in the sentence beside"),
    "told-again": N_("the time that a later sentence gives it"),
    "time-of-occasion": N_("the time of the occasion on which it was done"),
    "day-of-story": N_("the day of which the story goes on to tell"),
    "year-of-named-event": N_("the year of an event that the page names by its year"),
    "year-of-day-told": N_("the year of the near day that the page tells in full"),
    "period-of-report": N_("the period that the whole report speaks of"),
    "time-of-the-whole": N_("the time of the event that it is a part of"),
    "date-of-document": N_("the date of the document"),
    "year-in-number": N_("the year in the document's number"),
    "cross_document": N_("another document dates the same event, in mention"),
    "stated": N_("dated in the same document, in mention"),
    "completed": N_("dated in the same document, in mention"),
    "period": N_("dated in the same document, in mention"),
}


def explain(timeline: TimelineLike, event_id: str, knowledge: Knowledge | None = None) -> str:
    """Every field of an event with its words, its source and its rule, and why its mentions were taken for one.

    `event_id` may be one that the event bore before; `knowledge` (by default the tool's own) says what the rules of fusion
    mean. Raises `InputError` when there is no such event.
    """
    tables = rows_of(timeline, event_id)
    event, mentions, evidence = tables["events"].iloc[0], tables["mentions"], tables["evidence"]
    documents = dict(zip(mentions["mention_id"], mentions["doc_id"], strict=True))
    lines = [
        f"{event['event_id']}  {event['title']}",
        f"confidence {event['confidence']}, {_count(mentions, 'mention')} in {_count(event['documents'], 'document')}",
        "",
    ]
    words: dict[str, list[Any]] = defaultdict(list)
    for row in evidence.itertuples(index=False):
        words[str(row.field)].append(row)
    for field in _FIELDS:
        value = event[field]
        text = "; ".join(value) if isinstance(value, list) else ("" if pd.isna(value) else str(value))
        if text:
            lines.append(f"{field}: {text}" + (f"  ({event['date_precision']}, {event['date_basis']})" if field == "date_edtf" else ""))
            lines += [f"    {line}" for line in _reasons(words[field], documents)]
    lines += ["", "told by:"]
    lines += [
        f"    {row.mention_id}  {row.doc_id}:{row.start}-{row.end} ({row.language})  {_short(str(row.text))}"
        for row in mentions.itertuples()
    ]
    rules = (knowledge.tables if knowledge else load_entries()).fusion if words["event_id"] else {}
    joins = [f"    {row.mention_id} {_join(str(row.rule), rules)}" for row in words["event_id"]]
    lines += ["", "one event because:", *joins] if joins else []
    conflicts = list(event["conflicts"])
    lines += ["", "the sources disagree:", *(f"    {conflict}" for conflict in conflicts)] if conflicts else []
    return "\n".join(lines)


def rows_of(timeline: TimelineLike, event_id: str) -> dict[str, pd.DataFrame]:
    """The rows of each table that tell of one event; `event_id` may be one that it bore before.

    Raises `InputError` when there is no such event.
    """
    event_id = ids_of(timeline.events).get(event_id, event_id)
    events = timeline.events[timeline.events["event_id"] == event_id]
    if events.empty:
        raise InputError(f"event {event_id!r}", "there is none of that id", "ids stand in the column event_id of events.csv")
    mentions = timeline.mentions[timeline.mentions["event_id"] == event_id]
    evidence = timeline.evidence[timeline.evidence["mention_id"].isin(mentions["mention_id"])]
    documents = timeline.documents[timeline.documents["doc_id"].isin(mentions["doc_id"])]
    return {"events": events, "mentions": mentions, "evidence": evidence, "documents": documents}


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _reasons(rows: list[Any], documents: dict[str, str]) -> Iterator[str]:
    for row in rows:
        if row.rule.startswith("correction"):
            yield f"{row.value}: {row.rule}"
            continue
        yield f"{row.value}: “{_short(row.text)}” ({documents[row.mention_id]}:{row.start}) – {meaning(str(row.rule))}"


def meaning(rule: str) -> str:
    """What a rule of the evidence table or of `find_dates` means, in words; a rule that has no words stands by its own name."""
    place, _, how = rule.partition(":")
    if not how:
        return _RULES.get(rule, rule)
    head = how.split(":")[0]
    return f"{_PLACES.get(place, place)}: {_RULES.get(head, how)}" if place not in ("cross_document",) else f"{_PLACES[place]} {how}"


def _join(rule: str, rules: Mapping[str, FusionRule]) -> str:
    if rule.startswith("correction"):
        return f"by a {rule}"
    name, _, other = rule.partition(":")
    return f"with {other}: {rules[name].meaning} ({name}, weight {rules[name].weight})" if name in rules else f"with {other}: {name}"


def _short(text: str) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= 110 else text[:107] + "…"
