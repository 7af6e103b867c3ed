from datetime import date

import pandas as pd

from tests.charts.tables import event, table
from timeline.charts.layout import lay_out, to_ms
from timeline.charts.links import links
from timeline.charts.prepared import Days, prepare
from timeline.tables import events_frame


def lines(events: pd.DataFrame, domain: Days | None = None) -> list[tuple[float, float]]:
    """Where each line begins and ends, in time."""
    prepared = prepare(events)
    points = links(prepared, lay_out(prepared, domain=domain))
    return [tuple(line["x"]) for _, line in points.groupby("chain")]


def at(year: int, month: int = 1, day: int = 1) -> float:
    return float(to_ms(date(year, month, day)))


def test_each_event_of_a_series_is_linked_to_the_next() -> None:
    assert lines(table("2022-03-01", "2021-03-01", "2023-03-01", series="Meeting")) == [
        (at(2021, 3), at(2022, 3)),
        (at(2022, 3), at(2023, 3)),
    ]


def test_events_of_no_series_or_another_are_not_linked() -> None:
    assert lines(table("2021-03-01", "2022-03-01")) == []
    rows = [event(1, "2021-03-01", series="Meeting"), event(2, "2022-03-01", series="Fair")]
    assert lines(events_frame(rows)) == []


def test_no_line_leads_from_lane_to_lane() -> None:
    rows = [event(k, f"202{k}-03-01", series="Meeting", provinces=[name]) for k, name in enumerate(("A", "B"))]
    assert lines(events_frame(rows)) == []


def test_line_leaves_a_span_at_its_end_but_never_runs_back() -> None:
    assert lines(table("2021-03-01/2021-03-05", "2022-03-01", series="Meeting")) == [(at(2021, 3, 6), at(2022, 3))]
    assert lines(table("2020/2024", "2022-03-01", series="Meeting")) == [(at(2020), at(2022, 3))]


def test_line_goes_on_to_events_outside_the_window_and_only_there() -> None:
    events = table("2021-03-01", "2022-03-01", "2023-03-01", series="Meeting")
    whole_2022 = (date(2022, 1, 1), date(2022, 12, 31))
    assert lines(events, whole_2022) == [(at(2022), at(2022, 3)), (at(2022, 3), at(2023))]
    assert lines(events, (date(2022, 1, 1), date(2024, 12, 31))) == [(at(2022), at(2022, 3)), (at(2022, 3), at(2023, 3))]


def test_event_that_a_filter_hides_is_not_linked_to() -> None:
    events = table("2021-03-01", "2022-03-01", series="Meeting")
    prepared = prepare(events).only([False, True])
    assert links(prepared, lay_out(prepared, domain=(date(2022, 1, 1), date(2022, 12, 31)))).empty
