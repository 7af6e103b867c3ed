from datetime import date

import numpy as np
import pytest

from tests.app.sample import event_rows, sample_tables
from timeline.charts.lanes import lane_name, lane_order
from timeline.charts.layout import DAY, to_ms
from timeline.charts.prepared import day_of, extent, number_of, prepare
from timeline.i18n import Words
from timeline.tables import events_frame

EVENTS = sample_tables().events


def test_days_are_counted_in_utc() -> None:
    assert to_ms(date(1970, 1, 1)) == 0
    assert to_ms(date(2025, 8, 25)) == 1_756_080_000_000
    assert to_ms(date(1900, 3, 1)) - to_ms(date(1900, 2, 28)) == DAY
    assert to_ms(date(1, 1, 1)) < 0
    assert day_of(number_of(date(1834, 7, 4))) == date(1834, 7, 4)
    assert day_of(10**9) == date.max


def test_undated_events_are_never_shown_and_a_mask_takes_more_away() -> None:
    prepared = prepare(EVENTS)
    assert set(EVENTS["event_id"][prepared.shown]) == {"e-gate", "e-conference", "e-session", "e-fair", "e-decree"}
    only = prepared.only(EVENTS["event_type"] == "conference")
    assert set(EVENTS["event_id"][only.shown]) == {"e-conference", "e-session"}
    assert prepared.shown.sum() == 5


def test_mask_of_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="a mask of 2 for 7 events"):
        prepare(EVENTS).only([True, False])


def test_event_of_two_provinces_makes_two_pairs_and_one_of_none_the_nameless() -> None:
    prepared = prepare(EVENTS)
    events = EVENTS["event_id"].iloc[prepared.pair_events]
    pairs = {(event, prepared.names[lane]) for event, lane in zip(events, prepared.pair_lanes, strict=True)}
    assert {("e-fair", "Lạng Sơn"), ("e-fair", "Guangxi"), ("e-decree", "")} <= pairs
    assert len(pairs) == sum(max(len(cell), 1) for cell in EVENTS["provinces"])
    assert (np.diff(prepared.pair_lanes) >= 0).all()


def test_lanes_by_a_column_of_single_values() -> None:
    prepared = prepare(EVENTS, "event_type")
    assert set(prepared.names) == set(EVENTS["event_type"])
    assert len(prepared.pair_events) == len(EVENTS)


def test_extent_covers_all_days_and_survives_the_ends_of_time() -> None:
    first, last = extent(EVENTS)
    assert first < date(2020, 1, 1) < date(2025, 12, 31) < last
    assert extent(prepare(EVENTS)) == (first, last)
    edge = EVENTS.iloc[:1].assign(date_start="0001-01-01", date_end="9999-12-31")
    assert extent(edge) == (date(1, 1, 1), date(9999, 12, 31))
    assert extent(EVENTS.iloc[:0]) == (date(2020, 1, 1), date(2026, 1, 1))


def test_open_side_of_a_span_is_no_day_of_the_extent() -> None:
    row = event_rows()[1] | {"date_edtf": "2021/..", "date_start": "2021-01-01", "date_end": "", "date_precision": "span"}
    events = events_frame([row])
    assert extent(events)[1].year == 2021
    assert extent(prepare(events)) == extent(events)
    assert prepare(events).within(number_of(date(2500, 1, 1)), number_of(date(2500, 1, 2))).all()


def test_lanes_keep_the_given_order_then_numbers_then_names_nameless_last() -> None:
    lanes = {"b": 1, "": 3, "c": 2, "a": 1, "z": 1}
    assert lane_order(lanes) == ["c", "a", "b", "z", ""]
    assert lane_order(lanes, ["z", "missing", "b"]) == ["z", "b", "c", "a", ""]


def test_codes_of_lanes_are_put_in_words() -> None:
    words = Words()
    assert lane_name("border_gate", "event_type", words) == "Border gate"
    assert lane_name("cs", "languages", words) == "Czech"
    assert lane_name("held", "status", words) == "Held"
    assert lane_name("Cao Bằng", "provinces", words) == "Cao Bằng"
    assert lane_name("", "actors", words) == "(no actor)"
    assert lane_name("", "actors", words, "nobody") == "nobody"
