"""Why an event is as it is, in sentences: what the sources disagree on, what readers put right, why reports are one event,
and how each cell is known. Everything from a text is escaped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from html import escape
from typing import Any

from timeline import edtf, knowledge
from timeline.app.event_facts import noted, sources_of
from timeline.app.names import direction, naming, status_name, type_name
from timeline.corrections import is_correction, signature_of
from timeline.explain import meaning
from timeline.i18n import N_, Words
from timeline.knowledge.entries import FusionRule
from timeline.naming import KINDS
from timeline.tables import Tables

Row = Mapping[Any, Any]
FIELDS = {
    "event_type": N_("Type"),
    "event_subtype": N_("Subtype"),
    "form": N_("Form"),
    "status": N_("Status"),
    "date_edtf": N_("Date"),
    "provinces": N_("Provinces"),
    "border_gates": N_("Border gates"),
    "actors": N_("Who"),
    "series": N_("Series"),
    "ordinal": N_("Number in the series"),
    "recurrence": N_("Recurrence"),
    "part_of": N_("Part of"),
    "title": N_("Title in English"),
    "title_vi": N_("Title in Vietnamese"),
    "title_zh": N_("Title in Chinese"),
}
_REPORTS = N_("Which reports are of this event")
_WORDS_SHOWN = 4  # of each value of a cell
_LONGEST = 140


class Reasons:
    """The evidence of one event, and what can be said from it; each answer is HTML, empty where there is nothing to say."""

    def __init__(self, event: Row, tables: Tables, entries: knowledge.Tables, words: Words) -> None:
        self.event, self.entries, self.words = event, entries, words
        mentions = tables.mentions[tables.mentions["event_id"] == event["event_id"]]
        self.mentions: dict[str, Row] = {row["mention_id"]: row for row in mentions.to_dict("records")}
        self.sources = sources_of(tables.documents, (row["doc_id"] for row in self.mentions.values()))
        self.evidence: Sequence[Row] = tables.evidence[tables.evidence["mention_id"].isin(self.mentions)].to_dict("records")

    def corrections(self) -> str:
        """What readers have put right, with who, when and why."""
        said = []
        for row in self.evidence:
            signature = signature_of(row["rule"])
            if signature is None:
                continue
            field = self.words.gettext(FIELDS.get(row["field"], _REPORTS))
            value = "" if row["field"] == "event_id" else value_in_words(row["field"], row["value"], self.entries, self.words)
            by = self.words.enumerated(filter(None, [signature.who, self._day(signature.when)]))
            told = self.words.bracketed(self.words.labelled(field, value or self.words.gettext("put right")), by)
            said.append(self.words.labelled(told, signature.why) if signature.why else told)
        return _listed(dict.fromkeys(said))

    def conflicts(self) -> str:
        """What the sources disagree on, a sentence each."""
        return _listed(self._conflict(conflict) for conflict in self.event["conflicts"])

    def joins(self) -> str:
        """Why the reports are taken for one event, the strongest reason first."""
        pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self.evidence:
            name, _, other = row["rule"].partition(":")
            if row["field"] == "event_id" and not is_correction(row["rule"]) and other in self.mentions:
                pairs[name].append((self._source(row["mention_id"]), self._source(other)))
        rules = self.entries.fusion
        order = sorted(pairs, key=lambda name: -float(rules[name].weight) if name in rules else 0.0)
        return "".join(f"<li>{self._join(name, pairs[name])}</li>" for name in order)

    def cells(self) -> str:
        """How each cell is known: for each value the words that say so, and how they were read."""
        found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.evidence:
            if row["field"] in FIELDS and not is_correction(row["rule"]):
                value = value_in_words(row["field"], row["value"], self.entries, self.words)
                found[row["field"]][value][self._how(row)] = None
        parts = []
        for field, label in FIELDS.items():
            values = found.get(field, {})
            if values:
                parts.append(f"<h4>{escape(self.words.gettext(label))}</h4>")
                parts += [self._cell(value, list(ways)) for value, ways in values.items()]
        return "".join(parts)

    def _cell(self, value: str, ways: list[str]) -> str:
        left = len(ways) - _WORDS_SHOWN
        more = self.words.ngettext("and {n} more passage", "and {n} more passages", left).format(n=left)
        items = [*ways[:_WORDS_SHOWN], *([escape(more)] if left > 0 else [])]
        return f"<p>{escape(value)}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"

    def _how(self, row: Row) -> str:
        mention = self.mentions[row["mention_id"]]
        giver = self.mentions.get(row["rule"].rpartition(":")[2])
        if giver is not None and row["field"] == "date_edtf":
            told = self.words.gettext("from the passage of {source} on the same event")
            return escape(told.format(source=self._source(giver["mention_id"])))
        language = mention["language"]
        text = _short(row["text"])
        quoted = f'“<bdi lang="{escape(language, quote=True)}" dir="{direction(language)}">{escape(text)}</bdi>” ' if text else ""
        return f"{quoted}<small>{escape(rule_in_words(row['rule'], self.words))}</small>"

    def _join(self, name: str, pairs: list[tuple[str, str]]) -> str:
        rule = self.entries.fusion.get(name)
        said = _meaning_of(rule, self.words.language) if rule else name
        count = self.words.ngettext("{n} pair of passages", "{n} pairs of passages", len(pairs)).format(n=len(pairs))
        across = sorted({" – ".join(sorted(pair)) for pair in pairs if pair[0] != pair[1]})
        return noted(escape(said[:1].upper() + said[1:]), escape(self.words.listed([count, *across[:3]])), self.words)

    def _conflict(self, conflict: str) -> str:
        """A line that no sentence fits stands as it is."""
        field, _, rest = conflict.partition(": ")
        value, found, doc_id = rest.rpartition(" in ")
        if field != "date_edtf" or not found or not edtf.is_edtf(value):
            return conflict
        told = self.words.gettext("{source} gives the date as {other}; here it stands as {date}.")
        here = self.words.date(self.event["date_edtf"], self.event["date_precision"])
        return told.format(source=self.sources.get(doc_id, doc_id), other=self.words.date(value), date=here)

    def _source(self, mention_id: str) -> str:
        doc_id = self.mentions[mention_id]["doc_id"]
        return self.sources[doc_id]

    def _day(self, day: str) -> str:
        return self.words.date(day) if day else ""


def value_in_words(field: str, value: str, entries: knowledge.Tables, words: Words) -> str:
    """A cell's value as a reader would say it."""
    if field == "date_edtf":
        return words.date(value)
    if field == "status":
        return status_name(value)
    if field in ("event_type", "event_subtype", "form"):
        head, _, tail = value.partition(".")
        return type_name(tail, entries, head) if tail else type_name(value, entries)
    return words.listed(naming(words).all(field, value.split("; "))) if field in KINDS else value


def _meaning_of(rule: FusionRule, language: str) -> str:
    return {"vi": rule.meaning_vi, "zh": rule.meaning_zh}.get(language) or rule.meaning


def rule_in_words(rule: str, words: Words) -> str:
    """What a rule of the evidence table means; each of its parts has words of its own."""
    return reduce(words.labelled, (words.gettext(part) for part in meaning(rule).split(": ")))


def _listed(sentences: Iterable[str]) -> str:
    return "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
