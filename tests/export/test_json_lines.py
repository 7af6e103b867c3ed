import io
import json

import pandas as pd
import pyarrow.json
import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import SCRIPTS, event, of_every_script
from tests.export.written import BUILT, CONTROLS, EVENTS
from timeline.errors import TableError
from timeline.export import json_lines as module
from timeline.export.json_lines import json_line_by_line, json_lines
from timeline.tables import EVENTS as COLUMNS
from timeline.tables import TABLES, build_frame, events_frame


@pytest.mark.parametrize("events", EVENTS.values(), ids=list(EVENTS))
class TestReadBack:
    def test_arrow_gives_the_same_events(self, events: pd.DataFrame) -> None:
        content = json_lines(events)
        rows = pyarrow.json.read_json(io.BytesIO(content)).to_pylist() if content else []
        pd.testing.assert_frame_equal(events_frame(rows), events)

    def test_so_does_a_reader_that_ends_lines_wherever_unicode_does(self, events: pd.DataFrame) -> None:
        rows = [json.loads(line) for line in json_lines(events).decode("utf-8").splitlines()]
        pd.testing.assert_frame_equal(events_frame(rows), events)


@pytest.mark.parametrize("table", list(TABLES))
def test_every_table_goes_in(table: str) -> None:
    rows = [json.loads(line) for line in json_lines(getattr(BUILT, table), table).splitlines()]
    columns = {spec.name: [row[spec.name] for row in rows] for spec in TABLES[table]}
    pd.testing.assert_frame_equal(build_frame(table, columns), getattr(BUILT, table))


def test_an_event_has_every_column_with_its_own_type() -> None:
    row = json.loads(json_lines(events_frame([event("e", quote=CONTROLS, actors=["A; B"], ordinal=2, confidence=None)])))
    assert list(row) == [spec.name for spec in COLUMNS]
    assert (row["quote"], row["actors"], row["ordinal"], row["confidence"], row["provinces"]) == (CONTROLS, ["A; B"], 2, None, [])


def test_letters_stand_as_themselves() -> None:
    assert all(text in json_lines(of_every_script()).decode("utf-8") for text in SCRIPTS)


def test_lines_come_one_by_one_whatever_their_number_and_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    events = sample_tables().events
    lines = list(json_line_by_line(events.iloc[::-1]))
    assert [json.loads(line)["event_id"] for line in lines] == events["event_id"].tolist()
    assert b"".join(lines) == json_lines(events)


def test_half_a_character_is_one_clear_error() -> None:
    with pytest.raises(TableError, match="half of a character"):
        json_lines(events_frame([event("e", actors=["\ud800"])]))
