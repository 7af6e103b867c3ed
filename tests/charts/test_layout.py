from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from tests.app.sample import sample_tables
from tests.charts.tables import event, many, table
from timeline.charts.layout import DAY, MOST_MARKS, MOST_UNITS, Layout, lay_out, to_ms
from timeline.charts.prepared import extent, prepare
from timeline.tables import events_frame

EVENTS = sample_tables().events


def laid_out(events: pd.DataFrame, **options: object) -> Layout:
    return lay_out(prepare(events), **options)  # type: ignore[arg-type]


def marks_of(events: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    """Marks by event and lane."""
    marks = laid_out(events).marks.to_dict("records")
    return {(events["event_id"].iloc[mark["event"]], mark["lane"]): {str(name): cell for name, cell in mark.items()} for mark in marks}


def every(first: date, days: int, count: int) -> list[str]:
    return [(first + timedelta(days=k * days)).isoformat() for k in range(count)]


def test_each_precision_has_its_own_kind_of_mark() -> None:
    kinds = {event: mark["kind"] for (event, _), mark in marks_of(EVENTS).items()}
    assert kinds == {"e-gate": "within", "e-conference": "point", "e-session": "point", "e-fair": "lasting", "e-decree": "part"}


def test_approximate_times_are_told_apart() -> None:
    events = table("2024-05-01", "2024-05-01~", "2024?", "2022%/2023")
    approximate = {event for (event, _), mark in marks_of(events).items() if mark["approximate"]}
    assert approximate == set(events["event_id"][events["date_edtf"] != "2024-05-01"])


def test_event_of_two_provinces_stands_in_both_lanes() -> None:
    marks = marks_of(EVENTS)
    assert marks["e-gate", "Cao Bằng"]["x"] == marks["e-gate", "Guangxi"]["x"]
    assert ("e-decree", "") in marks


def test_bar_covers_its_last_day_and_a_point_is_its_day() -> None:
    marks = marks_of(EVENTS)
    fair, conference = marks["e-fair", "Guangxi"], marks["e-conference", "Hà Nội"]
    assert (fair["x2"] - fair["x"]) / DAY == 5
    assert conference["x"] == conference["x2"] == to_ms(date(2025, 8, 25))


def test_open_span_runs_to_the_edge() -> None:
    layout = laid_out(table("2021-01-01/..", "../2019-12-31", "2020-05-05"))
    assert set(layout.marks["x2"]) >= {layout.domain[1], to_ms(date(2020, 1, 1))}
    assert set(layout.marks["x"]) >= {layout.domain[0], to_ms(date(2021, 1, 1))}


def test_events_outside_the_window_are_left_out_and_others_cut() -> None:
    layout = laid_out(EVENTS, domain=(date(2023, 12, 20), date(2024, 12, 31)))
    assert set(EVENTS["event_id"].iloc[layout.marks["event"]]) == {"e-gate", "e-fair"}
    assert layout.events == 2
    assert layout.marks["x"].min() == layout.domain[0]
    assert layout.marks["x2"].max() == layout.domain[1]


def test_last_day_of_the_window_belongs_to_it() -> None:
    day = date(2025, 8, 25)
    assert laid_out(EVENTS, domain=(day, day)).events == 3  # the two of that day, and the period that it lies in
    assert laid_out(EVENTS, domain=(day + timedelta(days=1), day + timedelta(days=2))).events == 1


@pytest.mark.parametrize("count", [40, 120])
def test_no_two_events_of_a_lane_overlap(count: int) -> None:
    layout = laid_out(many(count))
    assert len(layout.marks)
    for _, marks in layout.marks.groupby(["lane", "row"]):
        for (low, high), (other_low, other_high) in combinations(zip(marks["low"], marks["high"], strict=True), 2):
            assert high < other_low or other_high < low
    assert all(upper.bottom == lower.top for upper, lower in zip(layout.lanes, layout.lanes[1:], strict=False))
    for lane in layout.lanes:
        inside = layout.marks[layout.marks["lane"] == lane.name]
        assert inside["y"].min() >= lane.top
        assert inside["y"].max() + 4 <= lane.bottom


def test_nothing_dated_gives_an_empty_layout() -> None:
    for none in (EVENTS.iloc[:0], EVENTS[EVENTS["date_start"] == ""]):
        layout = laid_out(none)
        assert layout.marks.empty
        assert layout.lanes == []
        assert layout.height == 0


def test_chinese_titles_take_more_room() -> None:
    latin, chinese = (laid_out(table("2024-05-01", title=title)).marks.iloc[0] for title in ("x" * 12, "口" * 12))
    assert chinese["room"] > latin["room"] * 1.4


class TestDenseLanes:
    """Counts where single events could not be read."""

    def test_counts_add_up_to_the_events(self) -> None:
        layout = laid_out(table(*every(date(2020, 1, 1), 3, 600)))
        assert layout.marks.empty
        assert sum(block.count for block in layout.bins) == 600
        assert layout.lanes[0].binned
        assert layout.lanes[0].events == 600

    def test_bins_do_not_overlap_and_lie_in_the_window(self) -> None:
        window = (date(2021, 1, 10), date(2023, 2, 20))
        layout = laid_out(table(*every(date(2020, 1, 1), 1, 1800)), domain=window)
        assert layout.bins[0].days[0] == window[0]
        assert layout.bins[-1].days[1] <= window[1]
        assert all(one.days[1] < other.days[0] for one, other in zip(layout.bins, layout.bins[1:], strict=False))
        assert sum(block.count for block in layout.bins) == layout.events

    def test_they_open_into_events_when_the_window_is_narrow(self) -> None:
        events = table(*every(date(2020, 1, 3), 3, 600))
        assert laid_out(events).bins
        layout = laid_out(events, domain=(date(2021, 1, 1), date(2021, 1, 30)))
        assert layout.bins == []
        assert len(layout.marks) == layout.events == 10

    def test_click_on_each_bin_ends_at_single_events(self) -> None:
        events = table(*every(date(2000, 1, 1), 1, 3000))
        layout = laid_out(events)
        for _ in range(5):
            if not layout.bins:
                break
            layout = laid_out(events, domain=layout.bins[0].days)
        assert layout.bins == []
        assert len(layout.marks) == layout.events > 0

    def test_few_long_events_stay_bars_below_the_counts(self) -> None:
        layout = laid_out(table("2020/2024", *every(date(2020, 1, 1), 3, 600)))
        assert layout.marks["kind"].tolist() == ["within"]
        assert sum(block.count for block in layout.bins) == 600
        assert layout.marks["y"].iloc[0] > max(block.y for block in layout.bins)

    def test_many_periods_are_counted_apart_in_every_bin_that_they_may_lie_in(self) -> None:
        layout = laid_out(table(*["2020/2021"] * 50, *every(date(2020, 1, 1), 3, 600)))
        across = [block for block in layout.bins if block.across]
        assert {block.count for block in across} == {50}
        assert (across[0].days[0], across[-1].days[1]) == (date(2020, 1, 1), date(2021, 12, 31))
        assert sum(block.count for block in layout.bins if not block.across) == 600

    def test_few_days_among_many_periods_stay_single(self) -> None:
        layout = laid_out(table(*["2020/2025"] * 50, "2021-05-05", "2022-06-06"))
        assert layout.marks["kind"].tolist() == ["point", "point"]
        assert all(block.across for block in layout.bins)

    def test_quiet_lane_beside_a_dense_one_keeps_its_events_and_titles(self) -> None:
        rows = [event(k, day, provinces=["Guangxi"]) for k, day in enumerate(every(date(2020, 1, 1), 2, 700))]
        layout = laid_out(events_frame([*rows, event(999, "2022-02-02", provinces=["Cao Bằng"])]))
        assert {lane.name: lane.binned for lane in layout.lanes} == {"Guangxi": True, "Cao Bằng": False}
        assert layout.marks["side"].tolist() == ["right"]

    def test_marks_of_all_lanes_together_stay_few(self) -> None:
        layout = laid_out(many(3000, provinces="ABCDEFGHIJKLMNOPQRSTUVWXYZ"), domain=(date(2021, 1, 1), date(2021, 12, 31)))
        assert layout.events > MOST_MARKS
        assert len(layout.marks) <= MOST_MARKS


class TestHeight:
    """However many lanes there are."""

    def test_lanes_without_room_are_counted(self) -> None:
        rows = [event(k, "2024-05-01", provinces=[f"Province {k:03}"]) for k in range(100)]
        layout = laid_out(events_frame(rows), domain=(date(2024, 1, 1), date(2024, 12, 31)))
        assert layout.height <= MOST_UNITS
        assert len(layout.lanes) == 40
        assert layout.left_out == layout.left_out_events == 60
        assert layout.events == 100

    def test_nameless_lane_is_never_left_out_and_others_go_by_their_events(self) -> None:
        rows = [event(k, "2024-05-01", provinces=[f"Province {k:03}"]) for k in range(100)]
        rows += [event(200 + k, f"2024-05-{k + 1:02}", provinces=[]) for k in range(28)]
        rows += [event(300 + k, f"2024-06-{k + 1:02}", provinces=["Province 099"]) for k in range(3)]
        order = [f"Province {k:03}" for k in range(100)]
        layout = laid_out(events_frame(rows), order=order, domain=(date(2024, 1, 1), date(2024, 12, 31)))
        names = [lane.name for lane in layout.lanes]
        assert names[-2:] == ["Province 099", ""]
        assert names == [*sorted(names[:-1]), ""]
        assert layout.lanes[-1].events == 28
        assert layout.height <= MOST_UNITS
        assert layout.left_out == 101 - len(names)

    def test_event_that_stands_in_one_drawn_lane_is_not_left_out(self) -> None:
        rows = [event(k, "2024-05-01", provinces=[f"Province {k:03}", "All"]) for k in range(100)]
        layout = laid_out(events_frame(rows), domain=(date(2024, 1, 1), date(2024, 12, 31)))
        assert layout.left_out > 0
        assert layout.left_out_events == 0
        alone = events_frame([*rows, *(event(k, "2024-05-01", provinces=[f"Lone {k}"]) for k in range(200, 203))])
        order = ["All", *(f"Province {k:03}" for k in range(100))]
        assert laid_out(alone, order=order, domain=(date(2024, 1, 1), date(2024, 12, 31))).left_out_events == 3

    def test_crowded_lanes_give_room_to_others(self) -> None:
        names = [f"Province {k:03}" for k in range(30)]
        rows = [
            event(100 * k + n, f"2024-05-{n + 1:02}", provinces=[name], title="x" * 80) for k, name in enumerate(names) for n in range(4)
        ]
        layout = laid_out(events_frame(rows), domain=(date(2024, 1, 1), date(2024, 12, 31)))
        assert layout.height <= MOST_UNITS
        assert len(layout.lanes) == 30
        assert len(layout.marks) + sum(block.count for block in layout.bins) == 120

    def test_lanes_of_few_events_are_left_out_rather_than_counted(self) -> None:
        rows = [event(k, f"2024-05-{k % 2 + 1:02}", provinces=[f"Province {k // 2:03}"]) for k in range(120)]
        layout = laid_out(events_frame(rows), domain=(date(2024, 1, 1), date(2024, 12, 31)))
        assert layout.left_out > 0
        assert layout.bins == []

    def test_lanes_with_bands_get_room_for_their_names(self) -> None:
        events = table("2024-05-01")
        bare, headed = (laid_out(events, with_head=head) for head in ((), {"Cao Bằng"}))
        assert headed.height > bare.height
        assert headed.marks["y"].iloc[0] - bare.marks["y"].iloc[0] == headed.height - bare.height


def test_extent_is_the_window_where_none_is_given() -> None:
    first, last = extent(EVENTS)
    assert laid_out(EVENTS).domain == (to_ms(first), to_ms(last) + DAY)
