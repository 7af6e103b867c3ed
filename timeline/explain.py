"""Why an event is as it is, in words: for each field the value, the words that say so, the rule that read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from timeline.errors import InputError
from timeline.identity import ids_of
from timeline.knowledge import Knowledge, load
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
    "trigger": "these words name such a happening",
    "series": "these words name the series",
    "cue": "these words tell it",
    "future": "this word beside it tells of what will be",
    "day-ahead": "this time lies after the text's own day",
    "named": "named here",
    "place-in-province": "a place that lies there",
    "gate-in-province": "the gate stands there",
    "body-of-province": "a body of that province",
    "only-gate-of-story": "the one gate that the page names, spoken of again",
    "gate-named-before": "the gate named right before, spoken of again",
    "parties-of-story": "a party to what the page has just told, which this goes on from",
    "place-of-story": "the place of the day of which the page goes on to tell",
    "home-of-report": "the province whose own report this is",
    "gate-pair": "both sides of the pair are named",
    "gate-side": "one side of the pair is named",
    "gate-of-route": "a route of this gate is named",
    "gazetteer": "a known name",
    "body-pattern": "a body, with the province beside it",
    "party-secretary": "its secretary stands for it",
    "name-by-form": "a personal name next to an office",
    "name-beside-office": "a personal name next to an office",
    "name-after-role": "a personal name next to an office",
    "name-before-role": "a personal name next to an office",
    "local-ministry": "a ministry in translation, the province's department in the page",
    "organiser-of-series": "always holds this series",
    "issuer-in-number": "the document's number tells who issued it",
    "stated": "stated in full",
    "template": "stated in full",
    "year-of-document": "the year is that of the document's own date",
    "same-span": "the part of the year that was told before, of the year named",
    "year-of-clause": "the year stands in a clause before",
    "no-year": "no year is given",
    "year-in-number": "the year in the document's number",
    "relative": "reckoned from the document's own date",
    "relative-year": "the year is reckoned from the document's own",
    "relative-month": "the month is reckoned from the document's own",
    "weekday": "the day of that name next to the document's own date",
    "weekday-of-text": "the day of that name beside the time told before",
    "month-of-document": "a day without its month, next to the document's own date",
    "year-of-text": "the year of a time that the page tells in full",
    "year-in-brackets": "a year in brackets",
    "year-so-far": "from the beginning of the year to this day",
    "today-stated": "the day that the text calls today, or its dateline",
    "same-day": "the day told before, spoken of again",
    "same-month": "the month told before, spoken of again",
    "same-year": "the year told before, spoken of again",
    "same-year-1": "the year before the one told",
    "last": "the last one before the document's own date",
    "next": "the next one after the document's own date",
    "numeric": "stated in figures",
    "bare": "a day and month in figures alone",
    "bare-year": "a year alone",
    "short-year": "a year in two figures",
    "day-list": "one of several days that share a month",
    "day-range": "the first and the last day of a span",
    "month-range": "the first and the last month of a span",
    "year-range": "the first and the last year of a span",
    "decade-range": "the first and the last decade of a span",
    "range": "from one time to the other",
    "since": "a time from which it goes on",
    "until": "a time up to which it goes on",
    "until-now": "a time from which it goes on to the document's own",
    "year-until-now": "the beginning of a year, from which it goes on to now",
    "early": "only the early part of it is named",
    "mid": "only the middle of it is named",
    "late": "only the late part of it is named",
    "about": "said to be about then",
    "mission": "a mission, with its country and its seat",
    "name-by-syllables": "a personal name read back from its syllables",
}
_PLACES = {
    "clause": "in its clause",
    "deadline": "in its clause, as the time by which it is to come",
    "sentence": "in its sentence",
    "sentence-beside": "in the sentence beside",
    "told-again": "the time that a later sentence gives it",
    "time-of-occasion": "the time of the occasion on which it was done",
    "day-of-story": "the day of which the story goes on to tell",
    "year-of-named-event": "the year of an event that the page names by its year",
    "year-of-day-told": "the year of the near day that the page tells in full",
    "period-of-report": "the period that the whole report speaks of",
    "time-of-the-whole": "the time of the event that it is a part of",
    "date-of-document": "the date of the document",
    "year-in-number": "the year in the document's number",
    "cross_document": "another document dates the same event, in mention",
    "stated": "dated in the same document, in mention",
    "completed": "dated in the same document, in mention",
    "period": "dated in the same document, in mention",
}


def explain(timeline: TimelineLike, event_id: str, knowledge: Knowledge | None = None) -> str:
    """Every field of an event with its words, its source and its rule, and why its mentions were taken for one.

    `event_id` may be one that the event bore before; `knowledge` (by default the tool's own) says what the rules of fusion
    mean. Raises `InputError` when there is no such event.
    """
    event_id = ids_of(timeline.events).get(event_id, event_id)
    rows = timeline.events[timeline.events["event_id"] == event_id]
    if rows.empty:
        raise InputError(f"event {event_id!r}", "there is none of that id", "ids stand in the column event_id of events.csv")
    event = rows.iloc[0]
    mentions = timeline.mentions[timeline.mentions["event_id"] == event_id]
    evidence = timeline.evidence[timeline.evidence["mention_id"].isin(mentions["mention_id"])]
    documents = dict(zip(mentions["mention_id"], mentions["doc_id"], strict=True))
    lines = [
        f"{event_id}  {event['title']}",
        f"confidence {event['confidence']}, {len(mentions)} mentions in {len(event['documents'])} documents",
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
    rules = (knowledge or load()).tables.fusion if words["event_id"] else {}
    joins = [f"    {row.mention_id} {_join(str(row.rule), rules)}" for row in words["event_id"]]
    lines += ["", "one event because:", *joins] if joins else []
    conflicts = list(event["conflicts"])
    lines += ["", "the sources disagree:", *(f"    {conflict}" for conflict in conflicts)] if conflicts else []
    return "\n".join(lines)


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
