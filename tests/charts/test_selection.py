from datetime import date
from typing import Any

import pytest

from timeline.charts import bins_of, window_of
from timeline.charts.layout import DAY, to_ms

HOUR = DAY // 24


def brushed(low: float, high: float) -> dict[str, Any]:
    return {"selection": {"window": {"x": [low, high]}}}


def test_brush_gives_whole_utc_days_both_included() -> None:
    low, high = to_ms(date(2023, 5, 1)), to_ms(date(2023, 6, 1))
    assert window_of(brushed(low, high)) == (date(2023, 5, 1), date(2023, 5, 31))
    assert window_of(brushed(low + 9 * HOUR + 0.25, high - 9 * HOUR)) == (date(2023, 5, 1), date(2023, 5, 31))
    assert window_of(brushed(low + 13 * HOUR, high + 13 * HOUR)) == (date(2023, 5, 2), date(2023, 6, 1))


def test_brush_drawn_from_right_to_left_is_the_same() -> None:
    low, high = to_ms(date(1965, 5, 1)), to_ms(date(1965, 6, 1))
    assert window_of(brushed(high, low)) == window_of(brushed(low, high)) == (date(1965, 5, 1), date(1965, 5, 31))


def test_narrowest_brush_is_one_day() -> None:
    noon = to_ms(date(2023, 5, 1)) + 11 * HOUR
    assert window_of(brushed(noon, noon + HOUR / 2)) == (date(2023, 5, 1), date(2023, 5, 1))


def test_the_selection_may_come_without_its_frame() -> None:
    assert window_of({"window": {"x": [0, DAY]}}) == (date(1970, 1, 1), date(1970, 1, 1))


@pytest.mark.parametrize("none", [None, {}, {"selection": {}}, {"selection": {"window": {}}}, {"selection": {"window": {"x": ["a", "b"]}}}])
def test_no_brush_is_no_window(none: dict[str, Any] | None) -> None:
    assert window_of(none) is None


def test_clicked_bins_are_read_and_clicks_beside_them_are_not() -> None:
    rows: list[dict[str, str]] = [{}, {"start": "2018-01-01", "end": "2018-12-31"}, {"start": "nonsense", "end": "2018-12-31"}]
    assert bins_of({"selection": {"bin": rows}}) == {(date(2018, 1, 1), date(2018, 12, 31))}
    assert bins_of({"selection": {"bin": {}}}) == set()
    assert bins_of(None) == set()
