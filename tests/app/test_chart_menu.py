from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import running


def script() -> None:
    import altair as alt
    import pandas as pd

    from timeline.app import chart_menu

    data = pd.DataFrame({"text": ["龙邦"]})
    chart_menu.menu(lambda: alt.LayerChart(layer=[alt.Chart(data).mark_text().encode(text="text:N")]))


class Box:
    """A popover that is open or not, which AppTest cannot press."""

    def __init__(self, is_open: bool) -> None:
        self.open = is_open

    def __enter__(self) -> None: ...

    def __exit__(self, *fault: object) -> None: ...


def run(monkeypatch: pytest.MonkeyPatch, is_open: bool) -> AppTest:
    monkeypatch.setattr("streamlit.popover", lambda *label, **look: Box(is_open))
    return running.run(script)


def test_chart_is_offered_in_four_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    buttons: list[Any] = list(run(monkeypatch, False).get("download_button"))
    assert [button.proto.label for button in buttons] == ["SVG, for print", "PDF, for print", "PNG, a picture", "Vega-Lite, to go on with"]


def test_letters_without_a_font_are_told_in_the_open_list_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.export.chart_files._has_glyph", lambda char: char < "\u2e80")
    assert not run(monkeypatch, False).caption
    (caption,) = run(monkeypatch, True).caption
    assert "Chinese" in caption.value


def test_nothing_is_told_where_the_fonts_have_all_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.export.chart_files._has_glyph", lambda char: True)
    assert not run(monkeypatch, True).caption
