import pytest

from tests.app.sample import sample_tables
from tests.export.awkward import dated, event
from timeline.export.sorting import sorted_by
from timeline.i18n import words
from timeline.tables import events_frame


def ids(name: str, backward: bool = False, *rows: dict[str, object]) -> list[str]:
    events = events_frame(rows) if rows else sample_tables().events
    return sorted_by(events, name, words(), backward=backward)["event_id"].tolist()


class TestSortedBy:
    def test_without_a_column_the_order_of_the_table_stays(self) -> None:
        assert ids("") == sample_tables().events["event_id"].tolist()

    @pytest.mark.parametrize("name", ["", "when"])
    def test_backward_in_time_the_undated_stay_last(self, name: str) -> None:
        order = ids(name, True, event("none"), dated("a", "2020-01-01"), dated("b", "2021-01-01"))
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

    def test_no_events(self) -> None:
        assert sorted_by(events_frame([]), "event", words(), backward=True).empty
