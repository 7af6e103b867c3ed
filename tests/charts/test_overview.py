from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.app.sample import sample_tables
from tests.charts.tables import many, table
from timeline.charts import overview_chart, prepare
from timeline.charts.layout import DAY, to_ms
from timeline.i18n import words

EVENTS = sample_tables().events
DOMAIN = (date(2020, 1, 1), date(2025, 12, 31))


def spec(events: pd.DataFrame, **options: Any) -> dict[str, Any]:
    return overview_chart(events, **options).to_dict()


def bars(chart: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = chart["datasets"][chart["data"]["name"]]
    return rows


def shades(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for layer in chart["layer"] if "data" in layer for row in chart["datasets"][layer["data"]["name"]]]


def test_known_days_count_in_full_and_in_their_own_bin() -> None:
    rows = {row["period"]: row for row in bars(spec(table("2024-05-03", "2024-05-20", "2024-06"), domain=DOMAIN))}
    assert {period: row["known"] for period, row in rows.items()} == {"May 2024": 2, "June 2024": 1}
    assert rows["May 2024"]["exact"] == "2 events"
    assert rows["May 2024"]["total"] == 2


def test_period_is_spread_over_all_its_time_and_weighs_one() -> None:
    rows = bars(spec(table("2022/2023"), domain=DOMAIN))
    assert {row["known"] for row in rows} == {0}
    assert len(rows) == 24
    assert sum(row["total"] for row in rows) == pytest.approx(1)


def test_bar_that_only_vaguer_events_reach_says_both_numbers() -> None:
    vague = bars(spec(table(*["2022/2023"] * 24), domain=DOMAIN))[0]
    assert vague["said"] == "January 2022: 0 events; Share of longer or vaguer ones: 1.0"
    assert bars(spec(table("2022/2023"), domain=DOMAIN))[0]["spread"] == "< 0.1"
    assert bars(spec(table("2024-05-03"), domain=DOMAIN))[0]["said"] == "May 2024: 1 event"


def test_shares_have_the_readers_decimal_mark() -> None:
    spread = {code: bars(spec(table(*["2022/2023"] * 24), domain=DOMAIN, words=words(code)))[0]["spread"] for code in ("vi", "zh")}
    assert spread == {"vi": "1,0", "zh": "1.0"}


def test_strip_in_chinese_has_chinese_marks() -> None:
    chart = spec(table("2024-05-03", *["2024/2025"] * 24), domain=DOMAIN, words=words("zh"))
    assert " " not in chart["description"].replace("Overview of", "")
    assert "；" in next(row["said"] for row in bars(chart) if row["known"])


def test_nothing_is_lost_or_counted_twice() -> None:
    events = many(400)
    assert sum(row["total"] for row in bars(spec(events))) == pytest.approx(400)


def test_filtered_events_are_not_counted() -> None:
    prepared = prepare(EVENTS).only(EVENTS["event_type"] == "conference")
    assert sum(row["total"] for row in bars(overview_chart(prepared, domain=DOMAIN).to_dict())) == 2


def test_window_is_shaded_with_its_last_day() -> None:
    shade = shades(spec(EVENTS, domain=DOMAIN, window=(date(2023, 1, 1), date(2023, 12, 31))))
    assert shade == [{"x": to_ms(date(2023, 1, 1)), "x2": to_ms(date(2023, 12, 31)) + DAY}]


@pytest.mark.parametrize("window", [None, DOMAIN, (date(2030, 1, 1), date(2031, 1, 1))])
def test_whole_or_no_window_is_not_shaded(window: tuple[date, date] | None) -> None:
    assert shades(spec(EVENTS, domain=DOMAIN, window=window)) == []


def test_brush_runs_along_the_time_and_leaves_the_wheel_to_the_page() -> None:
    (brush,) = spec(EVENTS)["params"]
    assert brush["name"] == "window"
    assert brush["select"]["type"] == "interval"
    assert brush["select"]["encodings"] == ["x"]
    assert brush["select"]["zoom"] is False


def test_time_is_utc() -> None:
    scales = [layer["encoding"]["x"]["scale"] for layer in spec(EVENTS)["layer"]]
    assert scales
    assert all(scale["type"] == "utc" and len(scale["domain"]) == 2 for scale in scales)


def test_strip_in_words() -> None:
    said = spec(table("2024-05-03", "2024-05-20", "2022/2023"), domain=DOMAIN)["description"]
    assert said == "Overview of 3 dated events, 1 January 2020 – 31 December 2025. Most in May 2024: 2 events."


def test_strip_without_events_still_has_its_axis_and_brush() -> None:
    chart = spec(EVENTS.iloc[:0])
    assert bars(chart) == []
    assert chart["params"][0]["name"] == "window"
    assert chart["description"].startswith("Overview of 0 dated events")
