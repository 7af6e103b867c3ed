"""What changed from one build to another is told exactly: no more, no less."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.app.sample import sample_tables
from timeline.diff import diff, told
from timeline.pipeline import Extractor
from timeline.tables import Tables

UPGRADE = "Cao Bang\n\nOn 28 December 2023 the Tra Linh - Longbang border gates in Cao Bang were upgraded to international class."
LATER = (
    "Lang Son\n\nThe Tra Linh - Longbang border gates were upgraded to international class on 28 December 2023. "
    "On 5 March 2024 Lang Son and Guangxi held talks in Lang Son city."
)


def with_events(tables: Tables, **changes: dict[str, object]) -> Tables:
    """The tables with some cells of some events changed (`e_fair={"status": …}`)."""
    events = tables.events.copy()
    for name, cells in changes.items():
        row = events.index[events["event_id"] == name.replace("_", "-")][0]
        for column, value in cells.items():
            events.at[row, column] = value
    return replace(tables, events=events)


def test_the_same_build_differs_in_nothing() -> None:
    found = diff(sample_tables(), sample_tables())
    assert not found
    assert found.same == len(sample_tables().events)


def test_adding_a_text_tells_exactly_what_it_changed(engine: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UPGRADE, encoding="utf-8")
    (tmp_path / "c.txt").write_text("Hanoi\n\nOn 2 May 2022 a trade fair opened in Ha Giang.", encoding="utf-8")
    before = engine.build(tmp_path)
    (tmp_path / "b.txt").write_text(LATER, encoding="utf-8")
    after = engine.build(tmp_path, earlier=before)
    found = diff(before, after)
    assert (found.documents_added, found.documents_dropped, found.documents_changed) == (("b.txt",), (), ())
    assert [event.date_edtf for event in found.added] == ["2024-03-05"]
    (changed,) = found.changed
    assert changed.event.date_edtf == "2023-12-28"
    gained = {field.name: field.gained for field in changed.fields if field.gained}
    assert gained["documents"] == ("b.txt",)
    assert len(gained["mentions"]) == 1
    assert not any(field.lost for field in changed.fields)
    assert (found.dropped, found.merged, found.split, found.same) == ((), (), (), 1)
    assert (found.mentions.new, found.mentions.gone) == (0, 0)  # those of the new text go without saying


def test_what_became_one_or_several_is_no_change_of_one() -> None:
    tables = sample_tables()
    mentions = {row.event_id: list(row.mentions) for row in tables.events.itertuples()}
    both = sorted(mentions["e-fair"] + mentions["e-gate"])
    merged = with_events(tables, e_fair={"mentions": both, "formerly": ["e-gate"]})
    merged = replace(merged, events=merged.events[merged.events["event_id"] != "e-gate"])
    found = diff(tables, merged)
    ((old, new),) = [([e.event_id for e in one.old], [e.event_id for e in one.new]) for one in found.merged]
    assert (sorted(old), new) == (["e-fair", "e-gate"], ["e-fair"])
    assert (found.added, found.dropped) == ((), ())
    back = diff(merged, tables)
    assert [sorted(e.event_id for e in one.new) for one in back.split] == [["e-fair", "e-gate"]]
    assert (back.added, back.dropped) == ((), ())


def test_an_event_that_was_reworded_and_merged_is_not_dropped() -> None:
    tables = sample_tables()
    mentions = {row.event_id: list(row.mentions) for row in tables.events.itertuples()}
    merged = with_events(tables, e_fair={"mentions": [*mentions["e-fair"], "m-reworded"], "formerly": ["e-gate"]})
    found = diff(tables, replace(merged, events=merged.events[merged.events["event_id"] != "e-gate"]))
    assert [{event.event_id for event in one.old} for one in found.merged] == [{"e-fair", "e-gate"}]
    assert (found.added, found.dropped) == ((), ())
    went = with_events(tables, e_fair={"mentions": mentions["e-gate"]}, e_gate={"mentions": mentions["e-fair"]})
    assert (diff(tables, went).merged, diff(tables, went).split) == ((), ())  # an id is worth less than the words


def test_what_documents_mentions_and_evidence_say_counts_too() -> None:
    tables = sample_tables()
    documents, mentions, evidence = tables.documents.copy(), tables.mentions.copy(), tables.evidence.copy()
    documents["path"] = documents["path"] + "elsewhere"
    assert not diff(tables, replace(tables, documents=documents))
    documents.loc[documents["doc_id"] == "vi.txt", "published"] = "2020-01-01"
    found = diff(tables, replace(tables, documents=documents))
    assert found
    assert found.documents_changed == ("vi.txt",)
    mentions.loc[0, "status"] = "cancelled"
    found = diff(tables, replace(tables, mentions=mentions))
    assert found
    assert "mentions: 1 rows new, 1 gone" in told(found)
    evidence.loc[0, "rule"] = "another"
    found = diff(tables, replace(tables, evidence=evidence.iloc[:-1]))
    assert found
    assert "evidence: 1 rows new, 2 gone" in told(found)


def test_an_event_under_another_id_is_the_same_event() -> None:
    tables = sample_tables()
    renamed = with_events(tables, e_fair={"event_id": "e-other"})
    assert not diff(tables, renamed)


def test_a_missing_number_is_equal_to_itself() -> None:
    tables = sample_tables()
    assert tables.events["ordinal"].isna().any()
    numbered = with_events(tables, e_fair={"ordinal": 3})
    ((field,),) = [one.fields for one in diff(tables, numbered).changed]
    assert (field.name, field.old, field.new) == ("ordinal", None, 3)


def test_it_is_told_in_lines() -> None:
    tables = sample_tables()
    other = with_events(tables, e_fair={"status": "cancelled", "provinces": ["Guangxi", "Yunnan"]})
    other = replace(other, documents=other.documents[other.documents["doc_id"] != "he.txt"], events=other.events)
    said = told(diff(tables, other))
    assert "- document he.txt" in said
    assert "status: held -> cancelled" in said
    assert "provinces: + Yunnan, - Lạng Sơn" in said
    assert said.endswith(f"0 added, 0 dropped, 0 merged, 0 split, 1 changed, {len(tables.events) - 1} the same")


def test_as_plain_values_it_is_json() -> None:
    tables = sample_tables()
    fewer = replace(tables, events=tables.events[tables.events["event_id"] != "e-fair"])
    plain = json.loads(json.dumps(diff(tables, fewer).as_dict()))
    assert [event["event_id"] for event in plain["dropped"]] == ["e-fair"]
