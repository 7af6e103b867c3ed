import io
import json

import pandas as pd
import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import FORMULA, SCRIPTS, armed, event, of_every_script
from timeline import store
from timeline.errors import TableError
from timeline.export.machine import json_, machine_csv
from timeline.tables import EVENTS, events_frame


def read_csv(content: bytes) -> pd.DataFrame:
    return store.from_csv("events", io.StringIO(content.decode("utf-8"), newline=""), "test")


@pytest.mark.parametrize(
    "events", [sample_tables().events, of_every_script(), armed(), events_frame([])], ids=["sample", "scripts", "armed", "none"]
)
class TestBoth:
    def test_csv_gives_the_same_table_back(self, events: pd.DataFrame) -> None:
        pd.testing.assert_frame_equal(read_csv(machine_csv(events)), events)

    def test_json_gives_the_same_table_back(self, events: pd.DataFrame) -> None:
        pd.testing.assert_frame_equal(events_frame(json.loads(json_(events))), events)


class TestJson:
    def test_an_event_has_every_column_with_its_own_type(self) -> None:
        (row,) = json.loads(json_(events_frame([event("e", actors=["A; B", "C"], ordinal=2, confidence=None)])))
        assert list(row) == [spec.name for spec in EVENTS]
        assert (row["actors"], row["ordinal"], row["confidence"], row["provinces"]) == (["A; B", "C"], 2, None, [])

    def test_letters_stand_as_themselves(self) -> None:
        assert all(text in json_(of_every_script()).decode("utf-8") for text in SCRIPTS)

    def test_order_is_the_tables_whatever_is_given(self) -> None:
        events = sample_tables().events
        assert json_(events.iloc[::-1]) == json_(events)

    def test_control_characters_and_formulas_come_back_exactly(self) -> None:
        (row,) = json.loads(json_(events_frame([event("e", title=FORMULA, quote="a\x00\x1b\r\n\u2028")])))
        assert (row["title"], row["quote"]) == (FORMULA, "a\x00\x1b\r\n\u2028")


def test_half_a_character_is_one_clear_error() -> None:
    events = events_frame([event("e", actors=["\ud800"])])
    for write in (json_, machine_csv):
        with pytest.raises(TableError, match="half of a character"):
            write(events)
