"""The five texts against what a careful reader gets from them (tests/gold)."""

import csv
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from timeline.pipeline import Extractor, Timeline
from timeline.store import FILES, to_csv
from timeline.tables import TABLES, check_tables

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parent.parent / "seeds"
EVENTS: list[dict[str, Any]] = [json.loads(line) for line in (GOLD / "seeds_events.jsonl").read_text(encoding="utf-8").splitlines()]
MUST = [(event, mention) for event in EVENTS if event["level"] == "must" for mention in event["mentions"]]
with (GOLD / "seeds_dates.csv").open(encoding="utf-8", newline="") as file:
    DATES = list(csv.DictReader(file))


def text_of(doc: str) -> str:
    return (SEEDS / doc).read_bytes().decode("utf-8")


def spans_of(doc: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(words), text_of(doc))]


def told(seeds: Timeline, event: dict[str, Any], mention: dict[str, str]) -> dict[str, Any] | None:
    """The fused event of the right type whose mention stands where the gold has it."""
    spans = spans_of(mention["doc"], mention["quote"])
    rows = seeds.mentions[seeds.mentions["doc_id"] == mention["doc"]]
    events = seeds.events.set_index("event_id")
    for row in rows.itertuples():
        fused = {"event_id": row.event_id, **events.loc[row.event_id].to_dict()}
        overlaps = any(row.start < end and start < row.end for start, end in spans)
        if overlaps and fused["event_type"] in (event["event_type"], *event["also_types"]) and fused["date_edtf"] == event["date_edtf"]:
            return fused
    return None


@pytest.mark.parametrize(("event", "mention"), MUST, ids=[f"{event['key']}-{mention['doc'][:3]}" for event, mention in MUST])
def test_required_events_are_found_with_their_fields(seeds: Timeline, event: dict[str, Any], mention: dict[str, str]) -> None:
    fused = told(seeds, event, mention)
    assert fused is not None
    assert set(fused["provinces"]) == set(event["provinces"])
    assert set(event["border_gates"]) <= set(fused["border_gates"])
    assert len(set(event["actors"]) & set(fused["actors"])) >= 0.9 * len(event["actors"])


def test_one_happening_is_one_event(seeds: Timeline) -> None:
    found = [(event["key"], fused["event_id"]) for event, mention in MUST if (fused := told(seeds, event, mention))]
    for (key, event_id), (other_key, other_id) in itertools.combinations(found, 2):
        assert (key == other_key) == (event_id == other_id), (key, other_key)


def test_the_undated_report_is_dated_by_the_others(seeds: Timeline) -> None:
    conference = seeds.events[seeds.events["ordinal"].eq(21).fillna(False)].iloc[0]
    assert conference["languages"] == ["fr", "pl", "ru"]
    russian = seeds.mentions[(seeds.mentions["event_id"] == conference["event_id"]) & (seeds.mentions["language"] == "ru")]
    assert set(russian["date_basis"]) == {"cross_document"}


def test_nothing_is_told_that_no_reader_would_tell(seeds: Timeline) -> None:
    """At most one mention in twenty stands where the gold, optional events included, has none."""
    gold = {(m["doc"], span) for event in EVENTS for m in event["mentions"] for span in spans_of(m["doc"], m["quote"])}
    known = {
        row.event_id
        for row in seeds.mentions.itertuples()
        if any(doc == row.doc_id and row.start < e and s < row.end for doc, (s, e) in gold)
    }
    false = [row.text for row in seeds.mentions.itertuples() if row.event_id not in known]
    assert len(false) <= 0.05 * len(seeds.mentions), false


def times_of(engine: Extractor, doc: str) -> list[tuple[int, int, str]]:
    return [(time.start, time.end, time.date_edtf) for time in engine.find_dates(text_of(doc), published=_published(engine, doc))]


def _published(engine: Extractor, doc: str) -> str:
    return engine.document(text_of(doc)).published


@pytest.mark.parametrize(
    "row", [row for row in DATES if row["kind"] in ("date", "dateline")], ids=lambda row: f"{row['doc'][:3]}-{row['text']}"
)
def test_every_date_has_its_value(engine: Extractor, row: dict[str, str]) -> None:
    times = times_of(engine, row["doc"])
    spans = spans_of(row["doc"], row["text"])
    assert len(spans) >= int(row["occurrences"])
    dated = [any(start < e and s < end and value == row["edtf"] for start, end, value in times) for s, e in spans]
    assert sum(dated) >= int(row["occurrences"])


@pytest.mark.parametrize("doc", sorted({row["doc"] for row in DATES}))
def test_nothing_else_is_a_date(engine: Extractor, doc: str) -> None:
    good = [span for row in DATES if row["doc"] == doc and row["kind"] != "trap" for span in spans_of(doc, row["text"])]
    false = [text_of(doc)[s:e] for s, e, _ in times_of(engine, doc) if not any(s < end and start < e for start, end in good)]
    assert false == []


def test_tables_keep_their_contract(seeds: Timeline) -> None:
    check_tables(seeds.documents, seeds.mentions, seeds.evidence, seeds.events)


def test_the_words_of_every_cell_stand_in_the_text(seeds: Timeline) -> None:
    texts = {doc: text_of(doc) for doc in seeds.documents["doc_id"]}
    docs = dict(zip(seeds.mentions["mention_id"], seeds.mentions["doc_id"], strict=True))
    for row in seeds.evidence.itertuples():
        assert texts[docs[row.mention_id]][row.start : row.end] == row.text


def test_building_again_gives_the_same_bytes(engine: Extractor, seeds: Timeline) -> None:
    again = engine.build(sorted(SEEDS.glob("*.txt"), reverse=True))
    for table in TABLES:
        ours, theirs = (
            to_csv(
                table,
                getattr(t, table).drop(columns="path", errors="ignore").assign(path="") if table == "documents" else getattr(t, table),
            )
            for t in (again, seeds)
        )
        assert ours == theirs, table


def test_the_committed_build_is_what_a_build_gives(seeds: Timeline) -> None:
    built = SEEDS.parent / "data" / "built"
    for table, name in FILES.items():
        frame = getattr(seeds, table)
        if table == "documents":  # a path is where the text was read; the committed build was made in the checkout
            frame = frame.assign(path=[f"seeds/{doc}" for doc in frame["doc_id"]])
        assert (built / name).read_text(encoding="utf-8") == to_csv(table, frame), name
