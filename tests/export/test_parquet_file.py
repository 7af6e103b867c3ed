import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import dated, event
from tests.export.written import BUILT, EVENTS
from timeline.errors import TableError
from timeline.export.parquet_file import parquet
from timeline.tables import TABLES, build_frame, events_frame


def by_duckdb(content: bytes, folder: Path) -> list[dict[str, Any]]:
    file = folder / "a.parquet"
    file.write_bytes(content)
    with duckdb.connect() as base:
        found = base.execute("SELECT * FROM read_parquet(?)", [str(file)])
        return [dict(zip([name for name, *_ in found.description], row, strict=True)) for row in found.fetchall()]


class TestReadBack:
    @pytest.mark.parametrize("events", EVENTS.values(), ids=list(EVENTS))
    def test_duckdb_gives_the_same_events_and_their_days(self, events: pd.DataFrame, tmp_path: Path) -> None:
        rows = by_duckdb(parquet(events), tmp_path)
        days = [tuple(day.isoformat() if day else "" for day in (row.pop("first_day"), row.pop("last_day"))) for row in rows]
        assert days == list(zip(events["date_start"], events["date_end"], strict=True))
        pd.testing.assert_frame_equal(events_frame(rows), events)

    @pytest.mark.parametrize("table", list(TABLES))
    def test_every_table_goes_in(self, table: str, tmp_path: Path) -> None:
        rows = by_duckdb(parquet(getattr(BUILT, table), table), tmp_path)
        columns = {spec.name: [row[spec.name] for row in rows] for spec in TABLES[table]}
        pd.testing.assert_frame_equal(build_frame(table, columns), getattr(BUILT, table))

    def test_pandas_gives_the_librarys_own_types(self) -> None:
        read = pd.read_parquet(io.BytesIO(parquet(events_frame([event("e", actors=["A; B", "C"])]))))
        assert [str(read[name].dtype) for name in ("title", "ordinal", "confidence")] == ["string", "Int64", "Float64"]
        assert (bool(read["ordinal"].isna().all()), list(read["actors"][0]), list(read["provinces"][0])) == (True, ["A; B", "C"], [])


class TestSchema:
    def test_types_are_those_of_the_table_and_text_is_never_null(self) -> None:
        schema = pq.read_schema(io.BytesIO(parquet(events_frame([]))))
        assert schema.names == [*(spec.name for spec in TABLES["events"]), "first_day", "last_day"]
        told = [str(schema.field(name).type) for name in ("title", "ordinal", "confidence", "date_start", "first_day")]
        assert told == ["string", "int64", "double", "string", "date32[day]"]
        assert str(schema.field("actors").type).startswith("list<")
        assert [name for name in schema.names if schema.field(name).nullable] == ["ordinal", "confidence", "first_day", "last_day"]

    def test_it_tells_what_each_column_means_and_what_made_it(self) -> None:
        schema = pq.read_schema(io.BytesIO(parquet(BUILT.mentions, "mentions")))
        about = {spec.name: spec.about for spec in TABLES["mentions"]}
        assert json.loads(schema.metadata[b"timeline.columns"]) == about
        assert {name: schema.field(name).metadata[b"about"].decode() for name in schema.names} == about
        assert (schema.metadata[b"timeline.table"], schema.metadata[b"timeline.version"][:2]) == (b"mentions", b"0.")

    def test_days_beyond_what_nanoseconds_hold(self, tmp_path: Path) -> None:
        events = events_frame([dated("a", "0001-01-01"), dated("b", "9998-12-31")])
        assert [row["last_day"] for row in by_duckdb(parquet(events), tmp_path)] == [date(1, 1, 1), date(9998, 12, 31)]


class TestBytes:
    def test_the_same_events_give_the_same_bytes_in_whatever_order(self) -> None:
        events = sample_tables().events
        assert parquet(events.iloc[::-1]) == parquet(events)

    @pytest.mark.parametrize("cells", [{"actors": ["\ud800"]}, {"date_start": "2025-02-30"}])
    def test_what_it_cannot_hold_is_one_clear_error(self, cells: dict[str, Any]) -> None:
        with pytest.raises(TableError, match="events as Parquet: "):
            parquet(events_frame([event("e", **cells)]))
