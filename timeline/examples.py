"""A language file's examples, run: what each sentence must give against what it gives. The language's own tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from timeline.fusion import fuse
from timeline.knowledge import Example
from timeline.model import Event, NameSpan, TimeSpan
from timeline.pipeline import Extractor

_FIELDS = {
    "type": "event_type",
    "subtype": "event_subtype",
    "date": "date_edtf",
    "status": "status",
    "provinces": "provinces",
    "gates": "border_gates",
    "actors": "actors",
    "series": "series",
    "ordinal": "ordinal",
    "form": "form",
    "recurrence": "recurrence",
}


def check_example(engine: Extractor, language: str, example: Example) -> Iterator[str]:
    """A line for each thing that an example should give and does not; nothing when all holds."""
    if example.dates or example.traps:
        yield from _check_dates(engine.find_dates(example.text, language, example.published or None), example)
    if example.names:
        yield from _check_names(engine.find_names(example.text, language), example)
    if example.events is not None:
        document = engine.document(example.text, language, example.published or None)
        events = fuse(engine.extract(document), [document], engine.knowledge).events
        yield from _check_events(events, example.events)


def check_language(engine: Extractor, language: str) -> Iterator[str]:
    """All faults of a language's examples, each with the sentence."""
    for number, example in enumerate(engine.knowledge.languages[language].examples):
        for fault in check_example(engine, language, example):
            yield f"languages/{language}.toml:examples[{number}]: {fault} | {example.text}"


def _covers(text: str, words: str, start: int, end: int) -> bool:
    position = text.find(words)
    while position >= 0:
        if start < position + len(words) and position < end:
            return True
        position = text.find(words, position + 1)
    return False


def _check_dates(found: list[TimeSpan], example: Example) -> Iterator[str]:
    seen = [(time.text, time.date_edtf) for time in found]
    for words, value in example.dates:
        if not any(time.date_edtf == value and _covers(example.text, words, time.start, time.end) for time in found):
            yield f"date {words!r} should be {value!r}, found {seen}"
    for trap in example.traps:
        if any(_covers(example.text, trap, time.start, time.end) for time in found):
            yield f"{trap!r} is no date, found {seen}"
    if example.dates:
        for time in found:
            if not any(_covers(example.text, words, time.start, time.end) for words, _ in example.dates):
                yield f"false date {time.text!r} {time.date_edtf!r}"


def _check_names(found: list[NameSpan], example: Example) -> Iterator[str]:
    for words, name in example.names:
        if not any(span.name == name and _covers(example.text, words, span.start, span.end) for span in found):
            yield f"name {words!r} should be {name!r}, found {[(span.text, span.name) for span in found]}"


def _check_events(found: list[Event], wanted_events: tuple[dict[str, Any], ...]) -> Iterator[str]:
    free = list(found)
    for wanted in wanted_events:
        best = max(free, key=lambda event: _agreement(event, wanted), default=None)
        if best is None:
            yield f"event {dict(wanted)} not found"
            continue
        free.remove(best)
        for key, value in wanted.items():
            got = getattr(best, _FIELDS[key])
            if not _same(key, got, value):
                yield f"event {wanted.get('type')}: {key} should be {value!r}, is {got!r}"
    for event in free:
        yield f"false event {event.event_type}.{event.event_subtype} {event.date_edtf!r} {event.quote!r}"


def _same(key: str, got: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return set(got) >= set(wanted) if key == "actors" else set(got) == set(wanted)
    return bool(got == wanted)


def _agreement(event: Event, wanted: Mapping[str, Any]) -> int:
    return sum(3 * (key == "type") + 1 for key, value in wanted.items() if _same(key, getattr(event, _FIELDS[key]), value))
