import random
from datetime import date, timedelta
from itertools import combinations

import pandas as pd

from tests.app.sample import event_rows, sample_tables
from timeline.charts.lanes import lane_order
from timeline.charts.layout import DAY, extent, lay_out, to_ms
from timeline.tables import events_frame


def laid_out(events: pd.DataFrame) -> pd.DataFrame:
    return lay_out(events, "provinces").marks.set_index(["event_id", "lane"])


def test_days_are_counted_in_utc() -> None:
    assert to_ms(date(1970, 1, 1)) == 0
    assert to_ms(date(2025, 8, 25)) == 1_756_080_000_000
    assert to_ms(date(1900, 3, 1)) - to_ms(date(1900, 2, 28)) == DAY
    assert to_ms(date(1, 1, 1)) < 0


def test_each_precision_has_its_own_kind_of_mark() -> None:
    marks = laid_out(sample_tables().events)
    kinds = {event: kind for (event, _), kind in marks["kind"].items()}
    assert kinds == {"e-gate": "within", "e-conference": "point", "e-session": "point", "e-fair": "lasting", "e-decree": "part"}


def test_event_of_two_provinces_stands_in_both_lanes() -> None:
    marks = laid_out(sample_tables().events)
    assert marks.loc[("e-gate", "Cao Bằng"), "x"] == marks.loc[("e-gate", "Guangxi"), "x"]
    assert ("e-decree", "") in marks.index


def test_bar_covers_its_last_day_and_a_point_is_its_day() -> None:
    marks = laid_out(sample_tables().events)
    fair, conference = marks.loc[("e-fair", "Guangxi")], marks.loc[("e-conference", "Hà Nội")]
    assert (fair["x2"] - fair["x"]) / DAY == 5
    assert conference["x"] == conference["x2"] == to_ms(date(2025, 8, 25))


def test_open_span_runs_to_the_edge() -> None:
    rows = event_rows()[:2]
    rows[0] |= {"date_edtf": "2021/..", "date_start": "2021-01-01", "date_end": "", "date_precision": "span"}
    layout = lay_out(events_frame(rows), "provinces")
    mark = layout.marks[layout.marks["event_id"] == "e-gate"].iloc[0]
    assert mark["x"] == to_ms(date(2021, 1, 1))
    assert mark["x2"] == layout.domain[1]


def test_events_outside_the_domain_are_left_out_and_others_cut() -> None:
    layout = lay_out(sample_tables().events, "provinces", domain=(date(2023, 12, 20), date(2024, 12, 31)))
    assert set(layout.marks["event_id"]) == {"e-gate", "e-fair"}
    assert layout.marks["x"].min() == layout.domain[0]
    assert layout.marks["x2"].max() == layout.domain[1]


def test_no_two_events_of_a_lane_overlap() -> None:
    chance = random.Random(3)
    rows = []
    for k in range(120):
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
        last = first + timedelta(days=chance.choice([0, 0, 3, 400]))
        precision = "day" if first == last else "span"
        rows.append(event_rows()[0] | {"event_id": str(k), "title": "x" * chance.randint(1, 90), "date_precision": precision})
        rows[-1] |= {"date_start": first.isoformat(), "date_end": last.isoformat(), "provinces": [chance.choice("ABC")]}
    layout = lay_out(events_frame(rows), "provinces")
    for _, lane in layout.marks.groupby("lane"):
        for one, other in combinations(lane.itertuples(), 2):
            assert one.row != other.row or one.high < other.low or other.high < one.low
    assert all(upper.bottom == lower.top for upper, lower in zip(layout.lanes, layout.lanes[1:], strict=False))
    assert layout.marks["y2"].max() <= layout.height


def test_nothing_dated_gives_an_empty_layout() -> None:
    events = sample_tables().events
    for none in (events.iloc[:0], events[events["date_start"] == ""]):
        layout = lay_out(none, "provinces")
        assert layout.marks.empty
        assert layout.lanes == []


def test_extent_covers_all_days_and_survives_the_ends_of_time() -> None:
    events = sample_tables().events
    first, last = extent(events)
    assert first < date(2020, 1, 1) < date(2025, 12, 31) < last
    edge = events.iloc[:1].assign(date_start="0001-01-01", date_end="9999-12-31")
    assert extent(edge) == (date(1, 1, 1), date(9999, 12, 31))


def test_lanes_keep_the_given_order_then_numbers_then_names_nameless_last() -> None:
    lanes = pd.Series(["b", "", "", "", "c", "a", "c", "z"])
    assert lane_order(lanes) == ["c", "a", "b", "z", ""]
    assert lane_order(lanes, ["z", "missing", "b"]) == ["z", "b", "c", "a", ""]
