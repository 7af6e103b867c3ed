from typing import Any

import pytest

from tests.app import sample
from tests.app.sample import sample_tables
from timeline.errors import TableError
from timeline.model import Document, Mention, Passage
from timeline.tables import TABLES, Tables, check_tables, documents_frame, events_frame, mentions_frame


def check(tables: Tables) -> None:
    check_tables(tables.documents, tables.mentions, tables.evidence, tables.events)


def changed(table: str, row: int, **cells: Any) -> Tables:
    rows = getattr(sample, f"{table.rstrip('s') if table != 'evidence' else table}_rows")()
    rows[row] |= cells
    return sample_tables(**{table: rows})


def test_sample_keeps_the_contract() -> None:
    check(sample_tables())


def test_empty_tables_keep_the_contract() -> None:
    check(sample_tables(documents=[], mentions=[], evidence=[], events=[]))


@pytest.mark.parametrize("table", TABLES)
def test_frame_has_the_columns_and_types_of_its_table(table: str) -> None:
    frame = getattr(sample_tables(), table)
    assert list(frame.columns) == [column.name for column in TABLES[table]]
    assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in TABLES[table]]


def test_every_column_is_described() -> None:
    assert all(len(column.about) > 3 for columns in TABLES.values() for column in columns)


def test_lists_are_python_lists_and_missing_cells_empty() -> None:
    events = sample_tables().events.set_index("event_id")
    assert events.loc["e-gate", "provinces"] == ["Cao Bằng", "Guangxi"]
    assert events.loc["e-decree", "provinces"] == []
    assert events.loc["e-gate", "series"] == ""
    assert events["ordinal"].isna().all()


def test_rows_stand_in_order_of_time_undated_last() -> None:
    assert sample_tables().events["event_id"].tolist() == [
        "e-gate",
        "e-decree",
        "e-fair",
        "e-conference",
        "e-session",
        "e-day",
        "e-deal",
    ]


def test_dataclasses_become_rows() -> None:
    document = Document("a.txt", "abc", (Passage(0, 3, "body", "en"),), "en", title="A")
    mention = Mention("m", "a.txt", "en", 0, 3, "abc", "visit", "", "", "held", "", "none", "none", "", ("Hà Nội",), (), (), "", 0.5)
    documents, mentions = documents_frame([document], {"a.txt": 1}), mentions_frame([mention])
    assert documents.loc[0, ["characters", "mentions"]].tolist() == [3, 1]
    assert mentions.loc[0, "provinces"] == ["Hà Nội"]


def test_unknown_column_is_refused() -> None:
    with pytest.raises(TableError, match="events: no such column: provnces"):
        events_frame([{"event_id": "e", "provnces": []}])


def test_text_where_a_list_belongs_is_refused() -> None:
    with pytest.raises(TableError, match="events row 0, column provinces"):
        events_frame([{"event_id": "e", "provinces": "Cao Bằng"}])


def test_text_where_a_number_belongs_is_refused() -> None:
    with pytest.raises(TableError, match="events, column ordinal"):
        events_frame([{"event_id": "e", "ordinal": "eighth"}])


BREACHES = [
    ("mentions", {"event_id": "e-none"}, r"mentions row \d, column event_id: 'e-none' is not there"),
    ("mentions", {"doc_id": "none.txt"}, r"column doc_id: 'none.txt' is not there"),
    ("mentions", {"status": "done"}, r"column status: 'done' is none of held"),
    ("mentions", {"date_precision": "hour"}, r"column date_precision: 'hour' is none of"),
    ("mentions", {"date_basis": "guess"}, r"column date_basis: 'guess' is none of"),
    ("mentions", {"event_type": "party"}, r"column event_type: 'party' is none of border_gate"),
    ("mentions", {"end": 10_000}, r"is not inside the document's \d+ characters"),
    ("mentions", {"start": -1}, r"is not inside"),
    ("mentions", {"text": "short"}, r"column text: 5 characters where the span has"),
    ("mentions", {"mention_id": "m2"}, r"column mention_id: 'm2' is empty or stands twice"),
    ("mentions", {"confidence": 1.5}, r"column confidence: 1.5 is not between 0 and 1"),
    ("mentions", {"confidence": None}, r"column confidence"),
    ("evidence", {"mention_id": "m99"}, r"evidence row \d+, column mention_id: 'm99' is not there"),
    ("evidence", {"end": 10_000}, r"evidence row \d+, columns start, end"),
    ("events", {"documents": ["none.txt"]}, r"events row 0, column documents: 'none.txt' is not there"),
    ("events", {"mentions": ["m99"]}, r"events row 0, column mentions: 'm99' is not there"),
    ("events", {"part_of": "e-none"}, r"events row 0, column part_of: 'e-none' is not there"),
    ("events", {"date_edtf": "soon"}, r"events row 0, column date_edtf: 'soon' is no EDTF date"),
    ("events", {"date_end": "2024-12-31"}, r"where '2020/2025' means 2020-01-01–2025-12-31"),
    ("events", {"date_precision": "none"}, r"column date_precision: 'none' with the date '2020/2025'"),
    ("events", {"event_id": ""}, r"column event_id: '' is empty or stands twice"),
    ("documents", {"doc_id": "he.txt"}, r"column doc_id: 'he.txt' is empty or stands twice"),
]


@pytest.mark.parametrize(("table", "cells", "message"), BREACHES, ids=[f"{breach[0]}-{'-'.join(breach[1])}" for breach in BREACHES])
def test_breach_is_named_by_table_row_and_column(table: str, cells: dict[str, Any], message: str) -> None:
    with pytest.raises(TableError, match=message):
        check(changed(table, 0, **cells))


def test_all_breaches_are_told_at_once() -> None:
    rows = sample.mention_rows()
    rows[0]["status"], rows[1]["event_type"] = "done", "party"
    with pytest.raises(TableError) as fault:
        check(sample_tables(mentions=rows))
    assert "'done'" in str(fault.value)
    assert "'party'" in str(fault.value)


def test_many_breaches_are_cut_short() -> None:
    mentions = [row | {"status": "done", "event_type": "party", "date_basis": "guess"} for row in sample.mention_rows()]
    with pytest.raises(TableError, match=r"\.\.\. and \d+ more"):
        check(sample_tables(mentions=mentions))


def test_wrong_columns_are_named() -> None:
    tables = sample_tables()
    with pytest.raises(TableError, match="events: columns title: expected"):
        check_tables(tables.documents, tables.mentions, tables.evidence, tables.events.drop(columns="title"))


def test_wrong_type_is_named() -> None:
    tables = sample_tables()
    tables.mentions["start"] = tables.mentions["start"].astype("string")
    with pytest.raises(TableError, match="mentions, column start: string where Int64 is expected"):
        check(tables)


def test_types_of_events_may_be_those_of_the_knowledge() -> None:
    tables = sample_tables()
    with pytest.raises(TableError, match="column event_type"):
        check_tables(tables.documents, tables.mentions, tables.evidence, tables.events, event_types=["visit"])
