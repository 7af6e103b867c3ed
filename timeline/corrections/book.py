"""Corrections applied to fused events: each kept with its reason, none lost silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from timeline import edtf
from timeline.corrections.file import FIELDS, LISTS, Correction
from timeline.errors import InputError
from timeline.fusion import Fused, event_id_of, event_of, with_derived
from timeline.i18n import RECURRENCES
from timeline.knowledge import Knowledge
from timeline.messages import N_
from timeline.model import Document, Event, Evidence, Mention


def corrected(
    fused: Fused, corrections: Iterable[Correction], documents: Sequence[Document], knowledge: Knowledge, ids: Mapping[str, str]
) -> tuple[Fused, list[InputError]]:
    """The events as people have put them right, and the corrections whose target is gone.

    `ids` tells by which id an event that was known by another is known now. A correction of a mention holds for the event
    too, as far as its other mentions let it; one of an event holds whatever its mentions say.
    """
    book = _Book(fused, documents, knowledge, ids)
    for correction in corrections:
        book.apply(correction)
    return book.fused(), book.faults


class _Book:
    """The events while corrections are made."""

    def __init__(self, fused: Fused, documents: Sequence[Document], knowledge: Knowledge, ids: Mapping[str, str]) -> None:
        self.knowledge, self.ids = knowledge, dict(ids)
        self.sources = {document.doc_id: document for document in documents}
        self.mentions = {mention.mention_id: mention for mention in fused.mentions}
        self.events = {event.event_id: event for event in fused.events}
        self.evidence = list(fused.evidence)
        self.own: dict[str, dict[str, Any]] = {}  # what corrections of the event itself say, by event
        self.faults: list[InputError] = []

    def fused(self) -> Fused:
        kept = [row for row in self.evidence if row.mention_id in self.mentions]
        mentions = sorted(self.mentions.values(), key=lambda m: (m.doc_id, m.start, m.end, m.mention_id))
        events = [replace(e, part_of=whole if (whole := self._now(e.part_of)) in self.events else "") for e in self.events.values()]
        return Fused(events, mentions, kept)

    def _now(self, event_id: str) -> str:
        """The id that an event bears now, after all that was merged."""
        while event_id not in self.events and self.ids.get(event_id, event_id) != event_id:
            event_id = self.ids[event_id]
        return event_id

    def apply(self, correction: Correction) -> None:
        """Make one correction, or keep what is wrong with it."""
        if fault := self._fault_in(correction):
            self.faults.append(fault)
            return
        if correction.target in self.mentions:
            self._of_mention(correction, self.mentions[correction.target])
            return
        event = self.events.get(self._now(correction.target))
        if event is None:
            self._gone(correction, correction.target)
        elif correction.field == "drop":
            for mention_id in event.mentions:
                del self.mentions[mention_id]
            del self.events[event.event_id]
        elif correction.field == "merge":
            self._merge(correction, event)
        elif correction.field == "split":
            self._split(correction, event)
        else:
            self.own.setdefault(event.event_id, {}).update(self._values(correction))
            self._rebuild(event, list(event.mentions))
            self._prove(correction, event.mentions[0])

    def _fault_in(self, correction: Correction) -> InputError | None:
        """A value that the knowledge does not know, so that no table comes to hold it."""
        tables = self.knowledge.tables
        types = {row.event_type for row in tables.event_types.values()}
        subtypes = {row.event_subtype for row in tables.event_types.values()}
        known = {
            "event_type": types,
            "event_subtype": subtypes,
            "form": {"", *types, *subtypes},
            "recurrence": {"", *RECURRENCES},
            "series": {"", *tables.series},
            "provinces": {*tables.provinces},
            "border_gates": {*tables.gates},
        }
        values = [part.strip() for part in correction.value.split(";")] if correction.field in LISTS else [correction.value]
        listed = known.get(correction.field)
        wrong = [value for value in filter(None, values) if listed is not None and value not in listed]
        if correction.field == "event_type" and not correction.value:
            wrong = [""]
        if correction.field == "part_of" and correction.value and self._now(correction.value) not in self.events:
            wrong = [correction.value]
        if not wrong and correction.field == "part_of" and self._is_within(correction.value, self._now(correction.target)):
            why = N_("part_of: {value!r} is the event itself, or a part of it")
            return InputError(correction.where, why, N_("name the event that it is a part of"), value=correction.value)
        if not wrong:
            return None
        why, remedy = N_("{field}: {value!r} is not known"), N_("write it as the tables in data/knowledge do")
        return InputError(correction.where, why, remedy, field=correction.field, value=wrong[0])

    def _is_within(self, part: str, whole: str) -> bool:
        """Whether an event is another, or a part of it, or a part of its parts."""
        name, passed = self._now(part), set[str]()
        while name in self.events and name not in passed:
            if name == whole:
                return True
            passed.add(name)
            name = self._now(self.events[name].part_of)
        return False

    def _of_mention(self, correction: Correction, mention: Mention) -> None:
        event = self.events[mention.event_id]
        if correction.field == "drop":
            del self.mentions[mention.mention_id]
            left = [name for name in event.mentions if name != mention.mention_id]
            if left:
                self._rebuild(event, left)
            else:
                del self.events[event.event_id]
        elif correction.field in FIELDS:
            self.mentions[mention.mention_id] = replace(mention, **self._values(correction))
            self._rebuild(event, list(event.mentions))
            self._prove(correction, mention.mention_id)
        else:
            why, remedy = N_("{field!r} is no field of a mention"), N_("one of {names}")
            self.faults.append(InputError(correction.where, why, remedy, field=correction.field, names=("drop", *FIELDS)))

    def _merge(self, correction: Correction, event: Event) -> None:
        other = self.events.get(self._now(correction.value))
        if other is None or other.event_id == event.event_id:
            self._gone(correction, correction.value)
            return
        del self.events[other.event_id]
        self.ids[other.event_id] = event.event_id
        self.own[event.event_id] = self.own.pop(other.event_id, {}) | self.own.get(event.event_id, {})
        former = tuple(dict.fromkeys((*event.formerly, other.event_id, *other.formerly)))
        if self._is_within(self.own[event.event_id].get("part_of", event.part_of), event.event_id):
            # It was a part of what has become one with it.
            self.own[event.event_id].pop("part_of", None)
            event = replace(event, part_of="" if self._is_within(other.part_of, event.event_id) else other.part_of)
        self._rebuild(replace(event, formerly=former), [*event.mentions, *other.mentions])
        self._prove(correction, other.mentions[0], "event_id", event.event_id)

    def _split(self, correction: Correction, event: Event) -> None:
        apart = list(dict.fromkeys(filter(None, (name.strip() for name in correction.value.split(";")))))
        missing = [name for name in apart if name not in event.mentions]
        left = [name for name in event.mentions if name not in apart]
        if missing or not left:
            self._gone(correction, "; ".join(missing))
            return
        first = event_id_of(min(apart, key=lambda m: (self.mentions[m].doc_id, self.mentions[m].start)))
        name = first if first not in self.events else event_id_of("; ".join(sorted(apart)))
        self._rebuild(event, left)
        self._rebuild(replace(event, event_id=name, formerly=()), apart)
        self._prove(correction, apart[0], "event_id", name)

    def _rebuild(self, event: Event, members: list[str]) -> None:
        ordered = sorted((self.mentions[name] for name in members), key=lambda m: (m.doc_id, m.start, m.mention_id))
        built = event_of(ordered, self.sources, self.knowledge)
        own = self.own.get(event.event_id, {})
        kept = {"event_id": event.event_id, "part_of": event.part_of, "formerly": event.formerly}
        event = with_derived(replace(built, **(kept | own)), self.knowledge, next((m.number for m in ordered if m.number), ""))
        titles = {name: own[name] for name in ("title", "title_vi", "title_zh") if name in own}
        self.events[event.event_id] = replace(event, **titles)
        for mention in ordered:
            self.mentions[mention.mention_id] = replace(mention, event_id=event.event_id)

    def _values(self, correction: Correction) -> dict[str, Any]:
        """The cells that a correction sets, with those that follow from them."""
        field, value = correction.field, correction.value
        if field == "date_edtf":
            when = edtf.parse(value)
            bounds = {"date_start": when.start, "date_end": when.end} if correction.target not in self.mentions else {}
            days = {name: day.isoformat() if day else "" for name, day in bounds.items()}
            return {"date_edtf": value, "date_precision": when.precision, "date_basis": "corrected" if value else "none", **days}
        if field in LISTS:
            return {field: tuple(part.strip() for part in value.split(";") if part.strip())}
        return {field: (int(value) if value else None) if field == "ordinal" else value}

    def _prove(self, correction: Correction, mention_id: str, field: str = "", value: str = "") -> None:
        mention = self.mentions[mention_id]
        row = Evidence(mention_id, field or correction.field, value or correction.value, mention.start, mention.start, "", correction.rule)
        self.evidence.append(row)

    def _gone(self, correction: Correction, name: str) -> None:
        """Keep that an id is gone; without a name, that nothing was left of an event that was to be split."""
        rest = N_("'the rest of the event' is gone: nothing in this build bears that id")
        why = N_("{name!r} is gone: nothing in this build bears that id") if name else rest
        self.faults.append(InputError(correction.where, why, N_("look it up in events.csv or mentions.csv"), name=name))
