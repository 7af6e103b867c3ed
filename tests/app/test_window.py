"""The window of the timeline: what the buttons do to it, and what a URL may say."""

from datetime import date

import pytest

from tests.app.running import chosen, run
from timeline.app import window

WHOLE = (date(2020, 1, 1), date(2025, 12, 31))
SHOWN = (date(2022, 1, 1), date(2022, 12, 31))


def test_closer_is_the_middle_half_until_a_week_is_left() -> None:
    assert window.closer(WHOLE, SHOWN) == (date(2022, 4, 2), date(2022, 10, 1))
    week = (date(2022, 1, 1), date(2022, 1, 9))
    assert window.closer(WHOLE, week) == week


def test_wider_doubles_and_ends_at_the_whole() -> None:
    assert window.wider(WHOLE, SHOWN) == (date(2021, 7, 3), date(2023, 7, 1))
    assert window.wider(WHOLE, (date(2020, 3, 1), date(2025, 10, 1))) is None


def test_earlier_and_later_move_half_a_window_and_keep_its_length() -> None:
    assert window.later(WHOLE, SHOWN) == (date(2022, 7, 2), date(2023, 7, 1))
    assert window.earlier(WHOLE, SHOWN) == (date(2021, 7, 3), date(2022, 7, 2))
    last = (date(2025, 6, 1), date(2025, 11, 30))
    assert window.later(WHOLE, last) == (date(2025, 7, 2), date(2025, 12, 31))


@pytest.mark.usefixtures("built")
class TestPage:
    def test_buttons_move_the_window_and_the_url_keeps_it(self) -> None:
        app = run()
        assert app.button(key="window-0").disabled
        app.button(key="window-1").click().run()
        assert not app.exception
        [zoom] = chosen(app)["zoom"]
        assert chosen(run(zoom=zoom))["zoom"] == [zoom]
        app.button(key="window-0").click().run()
        assert chosen(app) == {}

    @pytest.mark.parametrize(
        "zoom", ["soon", "2023", "2024/2022", "XXXX-01-01/XXXX-02-01", "0001-01-01/9999-12-31", "1990/1991", "../2023"]
    )
    def test_nonsense_in_the_url_shows_a_timeline_all_the_same(self, zoom: str) -> None:
        app = run(zoom=zoom)
        assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
