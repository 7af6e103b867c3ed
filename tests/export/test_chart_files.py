import io
import json
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader

from timeline.errors import InputError
from timeline.export import chart_files
from timeline.export.chart_files import missing_fonts, pdf, png, svg, vega_lite
from timeline.i18n import words

WIDTH = 700


def chart(*texts: str, **properties: Any) -> alt.TopLevelMixin:
    """As the timeline is made: as wide as what holds it, with places that follow the width."""
    data = pd.DataFrame({"text": texts or ("Hữu Nghị",), "row": range(len(texts or ("",)))})
    base = alt.Chart(data).encode(y=alt.Y("row:O", axis=None))
    middle: Any = alt.value(alt.expr("width / 2"))
    layers = (base.mark_text().encode(text="text:N", x=middle), base.mark_tick().encode(x=alt.value(0)))
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(*layers).properties(width="container", height=40, autosize=fit, **properties)


class Fixed:
    """A chart whose specification is given."""

    def __init__(self, *specs: dict[str, Any]) -> None:
        self.specs = list(specs)

    def to_dict(self) -> dict[str, Any]:
        return self.specs.pop(0) if len(self.specs) > 1 else self.specs[0]


def root_of(drawing: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.decode("utf-8"))


class TestSvg:
    def test_it_is_as_wide_as_asked_and_what_follows_the_width_does(self) -> None:
        root = root_of(svg(chart(), WIDTH))
        assert float(root.attrib["width"]) == WIDTH
        (text,) = (node for node in root.iter() if node.tag.endswith("text"))
        x = float(text.attrib["transform"].removeprefix("translate(").split(",")[0])
        assert WIDTH * 0.45 < x < WIDTH * 0.55

    def test_words_stay_text_in_every_script(self) -> None:
        texts = ("Hữu Nghị", "龙邦", "גבול", "ชายแดน")
        assert set(texts) <= set(root_of(svg(chart(*texts), WIDTH)).itertext())

    def test_scripts_in_the_data_are_only_text(self) -> None:
        evil = '<script>alert(1)</script><image href="javascript:x" onload="y">'
        root = root_of(svg(chart(evil), WIDTH))
        names = {node.tag.rpartition("}")[2] for node in root.iter()}
        assert not names & {"script", "foreignObject", "image", "a"}
        assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
        assert evil in "".join(root.itertext())

    def test_nothing_is_fetched(self) -> None:
        away = Fixed({"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "point", "encoding": {}, "width": 100})
        with pytest.raises(InputError, match="not allowed"):
            svg(away, WIDTH)

    def test_an_empty_chart_is_drawn(self) -> None:
        empty = alt.Chart(pd.DataFrame({"x": pd.Series([], dtype="float64")})).mark_point().encode(x="x:Q")
        assert float(root_of(svg(empty, WIDTH)).attrib["width"]) > 0

    def test_a_chart_that_cannot_be_drawn_is_one_clear_error(self) -> None:
        with pytest.raises(InputError, match="chart: cannot be drawn"):
            svg(Fixed({"mark": {"type": "none such"}, "encoding": {"x": 3}}), WIDTH)

    def test_a_charts_own_background_stays(self) -> None:
        assert b"#123456" in svg(chart(background="#123456"), WIDTH)
        assert b'fill="white"' in svg(chart(), WIDTH)


class TestPng:
    def test_it_has_the_pixels_asked_for(self) -> None:
        with Image.open(io.BytesIO(png(chart(), WIDTH, scale=2))) as picture:
            assert picture.width == 2 * WIDTH

    def test_letters_with_vietnamese_marks_are_drawn_each_as_itself(self) -> None:
        pictures = {png(chart(text), 200, scale=1) for text in ("ấ", "ậ", "ẩ", "a")}
        assert len(pictures) == 4

    def test_only_words_with_chinese_letters_take_the_chinese_font(self) -> None:
        root = ElementTree.fromstring(chart_files._with_east_asian_font(svg(chart("Hữu Nghị", "龙邦 <b>"), WIDTH)))
        fonts = {"".join(node.itertext()): node.attrib["font-family"] for node in root.iter() if node.tag.endswith("text")}
        assert fonts["龙邦 <b>"].startswith("Noto Sans CJK SC")
        assert "CJK" not in fonts["Hữu Nghị"]

    def test_letters_without_a_font_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chart_files, "_has_glyph", lambda char: char < "\u2e80")
        drawing = svg(chart("Hữu Nghị", "龙邦", "国"), WIDTH)
        assert "Chinese" in missing_fonts(drawing, words())
        assert "Noto Sans CJK" in missing_fonts(drawing)
        assert missing_fonts(svg(chart("Hữu Nghị"), WIDTH)) == ""

    def test_a_letter_without_a_font_is_told_from_one_with(self) -> None:
        assert chart_files._has_glyph("a")
        assert not chart_files._has_glyph("\U000fffff")


class TestPdf:
    def test_it_is_one_page_as_wide_as_asked_whose_words_are_text(self) -> None:
        (page,) = PdfReader(io.BytesIO(pdf(chart("Huu Nghi"), WIDTH))).pages
        assert page.mediabox.width == WIDTH
        assert "Huu Nghi" in page.extract_text()


class TestNote:
    """What the page says below a chart."""

    def test_it_stands_in_every_file_below_the_chart(self) -> None:
        said = "20 more lanes had no room."
        noted = chart(usermeta={"note": said})
        root = root_of(svg(noted, WIDTH))
        assert said in set(root.itertext())
        assert float(root.attrib["height"]) > float(root_of(svg(chart(), WIDTH)).attrib["height"])
        assert json.loads(vega_lite(noted))["title"]["text"] == said
        assert json.loads(vega_lite(noted))["title"]["orient"] == "bottom"

    def test_without_one_nothing_is_added(self) -> None:
        assert "title" not in json.loads(vega_lite(chart(usermeta={"note": ""})))


class TestVegaLite:
    def test_it_holds_its_data_and_draws_again(self) -> None:
        spec = json.loads(vega_lite(chart("Hữu Nghị", "龙邦"), WIDTH))
        assert spec["width"] == WIDTH
        assert "龙邦" in "".join(root_of(svg(Fixed(spec), WIDTH)).itertext())

    def test_without_a_width_it_fits_what_holds_it(self) -> None:
        assert json.loads(vega_lite(chart()))["width"] == "container"

    def test_charts_within_charts_get_the_width_too(self) -> None:
        inner = alt.Chart(pd.DataFrame({"x": [1]})).mark_tick().encode(x="x:Q").properties(width="container")
        spec = json.loads(vega_lite(alt.vconcat(inner, inner), WIDTH))
        assert [view["width"] for view in spec["vconcat"]] == [WIDTH, WIDTH]

    def test_a_specification_made_while_another_chart_is_drawn_is_made_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chart_files, "_PAUSE", 0)
        whole = {"data": {"name": "d"}, "datasets": {"d": [{"x": 1}]}, "mark": "point"}
        bare = {"data": {"name": "d"}, "mark": "point"}
        assert json.loads(vega_lite(Fixed(bare, whole)))["datasets"] == {"d": [{"x": 1}]}
        with pytest.raises(InputError, match="try again"):
            vega_lite(Fixed(bare))

    def test_too_many_marks_are_one_clear_error(self) -> None:
        many = alt.Chart(pd.DataFrame({"x": range(5001)})).mark_point().encode(x="x:Q")
        with pytest.raises(InputError, match="too many marks"):
            vega_lite(many)
