import numpy as np
import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import dated, event
from timeline.export.readable import COLUMNS
from timeline.export.sorting import READ, in_order, keys_of, ranks_of
from timeline.i18n import words
from timeline.tables import events_frame


def ids(name: str, backward: bool = False, *rows: dict[str, object]) -> list[str]:
    events = events_frame(rows) if rows else sample_tables().events
    ranks = ranks_of(keys_of(events[list(READ[name])], name, words()))
    return events["event_id"].iloc[in_order(np.arange(len(events)), ranks, backward)].tolist()


class TestOrder:
    @pytest.mark.parametrize("name", COLUMNS)
    def test_a_column_needs_no_more_than_it_says(self, name: str) -> None:
        assert sorted(ids(name)) == sorted(sample_tables().events["event_id"])

    def test_backward_in_time_the_undated_stay_last(self) -> None:
        order = ids("when", True, event("none"), dated("a", "2020-01-01"), dated("b", "2021-01-01"))
        assert order == ["b", "a", "none"]

    def test_an_open_beginning_counts_by_its_end(self) -> None:
        until = event("until", date_edtf="../2020", date_end="2020-12-31", date_precision="span")
        assert ids("when", False, dated("b", "2021-01-01"), until, dated("a", "2019-01-01")) == ["a", "until", "b"]

    def test_text_is_compared_without_case_and_marks(self) -> None:
        rows = [event("1", title="Đà"), event("2", title="dab"), event("3", title="da"), event("4", title="Éa")]
        assert ids("event", False, *rows) == ["3", "1", "2", "4"]

    def test_numbers_are_compared_as_numbers_and_none_is_last(self) -> None:
        rows = [event("1", ordinal=10), event("2", ordinal=9), event("3")]
        assert ids("number", False, *rows) == ["2", "1", "3"]
        assert ids("number", True, *rows) == ["1", "2", "3"]

    def test_equal_ones_stay_as_they_stood(self) -> None:
        rows = [event("1", title="A"), event("2", title="A"), event("3", title="A")]
        assert ids("event", True, *rows) == ["1", "2", "3"]

    def test_only_some_of_the_events(self) -> None:
        assert in_order(np.array([0, 2, 3]), np.array([5, 1, -1, 2])).tolist() == [3, 0, 2]
        assert in_order(np.array([], dtype=np.int64), np.array([5, 1])).tolist() == []
