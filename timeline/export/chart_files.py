"""A chart as a file: SVG, PNG and PDF, drawn without a browser, and its Vega-Lite specification.

What the page says below a chart, `usermeta.note`, stands below it in the file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol
from xml.etree import ElementTree

from timeline.errors import InputError
from timeline.export.plain import encoded
from timeline.i18n import ENGLISH, N_, Words
from timeline.text.scripts import script_of

# The first family found is used, so that letters with Vietnamese marks do not fall out of their words.
_FONT = "Noto Sans, DejaVu Sans, Arial, sans-serif"
_EAST_ASIAN = frozenset(("Han", "Kana", "Hangul"))
_EAST_ASIAN_FONT = "Noto Sans CJK SC"
_SVG = "http://www.w3.org/2000/svg"
_WHERE = "chart"
_TRIES, _PAUSE = 20, 0.05
_NOBODYS = "\U0010ffff"  # a character that no font has
# What a script's letters are called, and a font that has them.
_FONTS = {
    "Latin": (N_("Vietnamese"), "Noto Sans"),
    "Cyrillic": (N_("Cyrillic"), "Noto Sans"),
    "Greek": (N_("Greek"), "Noto Sans"),
    "Hebrew": (N_("Hebrew"), "Noto Sans Hebrew"),
    "Arabic": (N_("Arabic"), "Noto Sans Arabic"),
    "Devanagari": (N_("Devanagari"), "Noto Sans Devanagari"),
    "Bengali": (N_("Bengali"), "Noto Sans Bengali"),
    "Thai": (N_("Thai"), "Noto Sans Thai"),
    "Lao": (N_("Lao"), "Noto Sans Lao"),
    "Khmer": (N_("Khmer"), "Noto Sans Khmer"),
    "Hangul": (N_("Korean"), "Noto Sans CJK"),
    "Kana": (N_("Japanese"), "Noto Sans CJK"),
    "Han": (N_("Chinese"), "Noto Sans CJK"),
}


class ChartLike(Protocol):
    """An Altair chart."""

    def to_dict(self) -> dict[str, Any]: ...


def vega_lite(chart: ChartLike, width: int | None = None) -> bytes:
    """The specification as JSON, data included; `width` (pixels) in place of "as wide as what holds it"."""
    return encoded(json.dumps(_specification(chart, width), ensure_ascii=False, allow_nan=False, indent=1) + "\n", "the chart")


def svg(chart: ChartLike, width: int, background: str = "white") -> bytes:
    """The chart `width` pixels wide, its words as text. Nothing in it runs, and nothing is fetched to draw it."""
    import vl_convert  # wanted by few who import the library

    spec = {"background": background, **_specification(chart, width)}
    spec["config"] = {"font": _FONT, **spec.get("config", {})}
    try:
        return encoded(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), "the chart")
    except ValueError as fault:
        raise InputError(_WHERE, N_("cannot be drawn: {cause}"), cause=_cause(fault)) from fault


def png(chart: ChartLike, width: int, scale: float = 2, background: str = "white") -> bytes:
    """The same as a picture, `scale` times as many pixels; letters that no font here has come out as boxes.

    `missing_fonts` of the SVG says which.
    """
    import vl_convert

    return vl_convert.svg_to_png(_with_east_asian_font(svg(chart, width, background)), scale=scale)


def pdf(chart: ChartLike, width: int, background: str = "white") -> bytes:
    """The same as a page of its own size, `width` points wide, with its fonts in it; letters without a font are lost as in `png`."""
    import vl_convert

    return vl_convert.svg_to_pdf(_with_east_asian_font(svg(chart, width, background)))


def _with_east_asian_font(drawing: bytes) -> str:
    """Chinese words in a sans-serif font: the renderer, left to itself, takes the first that has the letters."""
    root = ElementTree.fromstring(drawing.decode("utf-8"))
    for node in root.iter(f"{{{_SVG}}}text"):
        if any(script_of(char) in _EAST_ASIAN for char in "".join(node.itertext())):
            node.set("font-family", f"{_EAST_ASIAN_FONT}, {_FONT}")
    return ElementTree.tostring(root, encoding="unicode")


def missing_fonts(drawing: bytes, words: Words = ENGLISH) -> str:
    """A sentence on the letters of an SVG that this computer cannot draw in a picture or a PDF, or nothing."""
    text = "".join(ElementTree.fromstring(drawing.decode("utf-8")).itertext())
    # A script's last letter is its rarest: a font with plain Latin may lack the letters with two marks.
    last = {script_of(char): char for char in sorted(set(text)) if not char.isspace()}
    lacking = [script for script, char in last.items() if script in _FONTS and not _has_glyph(char)]
    if not lacking:
        return ""
    return words.gettext(
        "No font on this server has the letters for {languages}, so PNG and PDF show boxes in their place. "
        "The SVG keeps them as text; with the fonts {fonts} the others would be right too."
    ).format(
        languages=words.enumerated(words.gettext(_FONTS[script][0]) for script in lacking),
        fonts=words.enumerated(dict.fromkeys(_FONTS[script][1] for script in lacking)),
    )


@lru_cache(maxsize=512)
def _has_glyph(char: str) -> bool:
    return _picture_of(char) != _picture_of(_NOBODYS)


def _picture_of(char: str) -> bytes:
    import vl_convert

    text = f'<text x="4" y="30" font-size="24" font-family="{_FONT}">&#{ord(char)};</text>'
    return vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>')


def _specification(chart: ChartLike, width: int | None) -> dict[str, Any]:
    import altair

    # While another session draws a chart, Streamlit has Altair put data aside for all threads: try again after that.
    for _ in range(_TRIES):
        try:
            spec = chart.to_dict()
        except altair.MaxRowsError as fault:
            raise InputError(_WHERE, N_("has too many marks to be written to a file"), N_("filter the events")) from fault
        if _named(spec) <= set(spec.get("datasets", {})):
            spec = _with_note(spec)
            return spec if width is None else _with_width(spec, width)
        time.sleep(_PAUSE)
    raise InputError(_WHERE, N_("its data were held by another drawing"), N_("try again"))


def _views(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A specification and those nested in it."""
    yield spec
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for inner in spec.get(key, []):
            yield from _views(inner)
    if isinstance(spec.get("spec"), dict):
        yield from _views(spec["spec"])


def _named(spec: dict[str, Any]) -> set[str]:
    data = [view["data"] for view in _views(spec) if isinstance(view.get("data"), dict)]
    return {one["name"] for one in data if "name" in one and "values" not in one and "url" not in one}


def _with_note(spec: dict[str, Any]) -> dict[str, Any]:
    note = (spec.get("usermeta") or {}).get("note")
    if not note or "title" in spec:
        return spec
    ink = spec.get("config", {}).get("axis", {}).get("labelColor", "black")
    look = {"orient": "bottom", "anchor": "start", "frame": "group", "offset": 10, "fontSize": 12, "fontWeight": "normal", "color": ink}
    return {**spec, "title": {"text": note, **look}}


def _with_width(spec: dict[str, Any], width: int) -> dict[str, Any]:
    for view in _views(spec):
        if view.get("width") == "container":
            view["width"] = width
    return spec


def _cause(fault: Exception) -> str:
    """What the renderer says is wrong: the line below its own headline, without the trace."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return next(iter(lines[1:2] or lines[:1]), type(fault).__name__).removeprefix("Error: ")
