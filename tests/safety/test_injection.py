"""Payloads through every export, each file read by another's parser: none is more than text there. `tests/app/browser` opens the page."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import geojson
import icalendar
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import rispy
import vobject
from bibtexparser.entrypoint import parse_string
from lxml import html
from pyld import jsonld

from tests.safety.payloads import ADDRESSES, TEXTS, tables
from timeline import knowledge, store
from timeline.charts import draw, overview_chart
from timeline.charts.map import map_chart
from timeline.export import FORMATS
from timeline.export.chart_files import svg, vega_lite
from timeline.export.plain import one_line
from timeline.i18n import words
from timeline.tables import EVENTS

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
OF_PEOPLE = ("csv", "acled", "plover")
TESTED = {
    *OF_PEOPLE,
    *("csv-machine", "json", "jsonl", "parquet", "data-package", "excel"),
    *("icalendar", "geojson", "html", "timelinejs", "jsonld", "csl", "bibtex", "ris"),
}
# A list of its own: the library's is under test.
SIGNS = set("=+-@%|") | set("＝＋－＠％｜") | set("﹦﹢﹣﹫﹪")
LINES = {one_line(text) for text in TEXTS}
UNSEEN = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")
Data = dict[str, Any]


@cache
def written(name: str, language: str = "en") -> bytes:
    return FORMATS[name].write(tables(), words(language), knowledge.load_entries())


def is_armed(cell: str) -> bool:
    return UNSEEN.sub("", cell)[:1] in SIGNS and not re.fullmatch(r"-?\d+(\.\d+)?", cell)


def is_of_the_web(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https") and not re.search(r"""[\s"<>{}\\`]""", address)


def test_every_format_is_held_here() -> None:
    assert set(FORMATS) == TESTED


class TestSpreadsheets:
    @pytest.mark.parametrize("name", OF_PEOPLE)
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
    def test_no_cell_begins_a_formula_however_it_is_taken_apart(self, name: str, separator: str, quoting: Any) -> None:
        text = written(name).decode("utf-8-sig")
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting):
            for cell in line:
                assert not [part for part in (cell, cell.strip('"')) if is_armed(part)], cell

    @pytest.mark.parametrize("name", OF_PEOPLE)
    def test_nor_does_a_line_or_an_item_of_a_cell(self, name: str) -> None:
        for row in csv.reader(io.StringIO(written(name).decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not [part for part in re.split(r"[\r\n]|; ", cell) if is_armed(part)], cell

    def test_a_row_an_event(self) -> None:
        for name in OF_PEOPLE:
            lines = list(csv.reader(io.StringIO(written(name).decode("utf-8-sig"), newline="")))
            assert {len(line) for line in lines} == {len(lines[0])}
            assert len(lines) == len(TEXTS) + 1

    def test_a_workbook_holds_text_numbers_and_days_and_nothing_else(self) -> None:
        content = written("excel")
        with ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            sheets = [archive.read(name).decode() for name in names if "sheet" in name]
        assert not [name for name in names if re.search(r"external|vba|macro|activeX|embed|customXml|connections", name)]
        assert not [sheet for sheet in sheets if re.search(r"<f[ >]|<hyperlink|<oleObject|<dataValidation", sheet)]
        (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s", "n", "d"}
        assert not [
            cell.value for cell in cells if cell.hyperlink or (cell.data_type == "s" and is_armed(cell.value) and not cell.quotePrefix)
        ]

    @pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
    @pytest.mark.parametrize("name", [*OF_PEOPLE, "excel"])
    def test_libreoffice_reckons_nothing(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / f"events{FORMATS[name].suffix}"
        path.write_bytes(written(name))
        home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        # Told to take for a formula whatever may be one, which it does not by itself.
        reading = [] if name == "excel" else ["--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true"]
        command = [str(OFFICE), home, "--headless", *reading, "--convert-to", "fods", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shown = (tmp_path / "events.fods").read_text(encoding="utf-8")
        assert "table:table-cell" in shown
        assert "table:formula" not in shown
        assert "xlink:href" not in re.sub(r"<office:styles>.*?</office:styles>", "", shown, flags=re.DOTALL)


class TestExact:
    def test_what_is_for_programs_is_as_the_table_has_it(self, tmp_path: Path) -> None:
        given = tables()
        names = [spec.name for spec in EVENTS]
        lines = written("csv-machine").decode().splitlines(keepends=True)
        pd.testing.assert_frame_equal(store.from_csv("events", _joined(lines), "events"), given.events)
        rows = [_plain(row) for row in given.events.to_dict("records")]
        assert [_plain(row) for row in json.loads(written("json"))] == rows
        assert [_plain(json.loads(line)) for line in written("jsonl").decode().split("\n") if line] == rows
        (tmp_path / "events.parquet").write_bytes(written("parquet"))
        assert [_plain(row) for row in pq.read_table(tmp_path / "events.parquet", columns=names).to_pylist()] == rows
        features = geojson.loads(written("geojson"))["features"]
        assert [_plain({name: one["properties"][name] for name in names}) for one in features] == rows

    def test_a_package_holds_its_files_and_nothing_beside_them(self, tmp_path: Path) -> None:
        with ZipFile(io.BytesIO(written("data-package"))) as archive:
            names = archive.namelist()
            archive.extractall(tmp_path)
        assert set(names) == {"datapackage.json", "README.md", "codebook.csv", *(f"data/{name}" for name in store.FILES.values())}
        pd.testing.assert_frame_equal(store.load_tables(tmp_path / "data").events, tables().events)
        descriptor = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
        assert [one["path"] for one in descriptor["sources"] if "path" in one and not is_of_the_web(one["path"])] == []
        assert not [text for text in TEXTS if text in (tmp_path / "README.md").read_text(encoding="utf-8")]


def _joined(lines: list[str]) -> list[str]:
    """Lines as a file has them: a passage may hold other ends of lines."""
    return io.StringIO("".join(lines), newline="").readlines()


def _plain(row: Data) -> Data:
    return {str(name): list(cell) if isinstance(cell, (list, tuple)) else cell for name, cell in row.items()}


class TestCalendar:
    ALLOWED = frozenset(
        (
            *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "STATUS", "TRANSP", "URL"),
            *("X-TIMELINE-EDTF", "X-TIMELINE-PRECISION", "X-TIMELINE-STATUS"),
        )
    )

    def test_no_text_adds_an_entry_a_property_or_a_parameter(self) -> None:
        content = written("icalendar")
        calendar: Any = icalendar.Calendar.from_ical(content)
        assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}
        entries = calendar.walk("VEVENT")
        assert len(entries) == len(TEXTS)
        assert {name for entry in entries for name in entry} <= self.ALLOWED
        assert [name for entry in entries for name, value in entry.property_items() if "ALTREP" in getattr(value, "params", {})] == []
        assert [str(entry["URL"]) for entry in entries if "URL" in entry and not is_of_the_web(str(entry["URL"]))] == []
        assert {str(entry["SUMMARY"]) for entry in entries} == LINES

    def test_another_reader_finds_the_same(self) -> None:
        entries = vobject.readOne(written("icalendar").decode("utf-8")).contents["vevent"]
        assert len(entries) == len(TEXTS)
        assert {entry.summary.value for entry in entries} == LINES

    def test_lines_are_folded_within_no_letter(self) -> None:
        for line in written("icalendar").split(b"\r\n"):
            assert len(line) <= 75
            assert b"\r" not in line
            assert b"\n" not in line
            line.decode("utf-8")


def elements(page: Any) -> set[str]:
    return {str(node.tag) for node in page.iter() if isinstance(node.tag, str)}


def attributes(page: Any) -> set[str]:
    return {name for node in page.iter() if isinstance(node.tag, str) for name in node.keys()}  # noqa: SIM118


class TestPages:
    @pytest.mark.parametrize("language", ["en", "vi", "zh"])
    def test_no_text_adds_an_element_or_an_attribute_to_the_page(self, language: str) -> None:
        page = html.document_fromstring(written("html", language).decode("utf-8"))
        frame = "html head meta title style body header h1 p main figure div noscript figcaption section h2 table thead tr th tbody td"
        assert elements(page) <= {*frame.split(), *["details", "summary", "blockquote", "ol", "li", "a", "span", "footer", "script"]}
        told = "lang charset http-equiv content name id class data-fault tabindex role aria-labelledby scope dir href rel type"
        assert attributes(page) <= set(told.split())
        assert len(page.findall(".//script")) == 2
        links = [link.get("href") for link in page.findall(".//a")]
        assert [link for link in links if not link.startswith("#") and not is_of_the_web(link)] == []
        assert {row.find("th").text for row in page.findall(".//tbody/tr")} == {_as_shown(text) for text in TEXTS}

    def test_nor_to_the_slides_of_timelinejs(self) -> None:
        found = json.loads(written("timelinejs"))
        for slide in found["events"]:
            assert not re.search("[<>&]", slide["group"])
            for part in (slide["text"]["headline"], slide["text"]["text"], slide["display_date"]):
                body = html.fragment_fromstring(part, create_parent="div")
                assert elements(body) <= {"div", "p", "br", "blockquote", "a"}
                assert attributes(body) <= {"dir", "href"}
                assert [link.get("href") for link in body.findall(".//a") if not is_of_the_web(link.get("href"))] == []

    def test_json_ld_may_stand_in_a_page_and_links_to_the_web(self) -> None:
        content = written("jsonld").decode("utf-8")
        page = html.document_fromstring(f'<script type="application/ld+json">{content}</script><p id="end">')
        assert json.loads(page.find(".//script").text) == json.loads(content)
        assert page.get_element_by_id("end") is not None
        base = "https://here.example/file"
        for node in jsonld.expand(json.loads(content), {"base": base, "documentLoader": _no_net}):
            for address in _ids(node):
                assert is_of_the_web(address), address
        assert {one["name"] for one in json.loads(content)["@graph"] if one["@type"] == "Event"} == LINES


def _as_shown(text: str) -> str:
    """As a page shows it: ends of lines are one kind, control characters are gone."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", re.sub("\r\n?|\x85|\u2028|\u2029", "\n", text)).strip()


def _no_net(url: str, options: Any) -> Any:
    raise AssertionError(f"asked for {url}")


def _ids(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _ids(one)
    elif isinstance(node, dict):
        yield from ([node["@id"]] if "@id" in node else [])
        for one in node.values():
            yield from _ids(one)


class TestReferences:
    def test_no_title_ends_an_entry_or_a_field_of_bibtex(self) -> None:
        library = parse_string(written("bibtex").decode("utf-8"))
        assert library.failed_blocks == []
        assert library.comments == library.preambles == library.strings == []
        assert len(library.entries) == len(TEXTS)
        names = {"title", "organization", "date", "year", "url", "language"}
        assert all(set(entry.fields_dict) <= names for entry in library.entries)
        assert [entry["url"] for entry in library.entries if "url" in entry and not is_of_the_web(entry["url"])] == []
        assert all(
            "\\" not in re.sub(r"\\(textbackslash|textascii\w+|ensuremath|[lr]brace|[{}$&%#_])", "", e["title"]) for e in library.entries
        )

    def test_nor_one_of_ris(self) -> None:
        records = rispy.loads(written("ris").decode("utf-8"))
        assert len(records) == len(TEXTS)
        names = {"type_of_reference", "id", "title", "publisher", "year", "date", "language", "urls"}
        assert all(set(record) <= names for record in records)
        assert [url for record in records for url in record.get("urls", []) if not is_of_the_web(url)] == []

    def test_nor_one_of_csl_json(self) -> None:
        items = json.loads(written("csl"))
        assert len({item["id"] for item in items}) == len(items) == len(TEXTS)
        assert {name for item in items for name in item} <= {"id", "type", "title", "container-title", "issued", "URL", "language"}
        assert [item["URL"] for item in items if "URL" in item and not is_of_the_web(item["URL"])] == []


STRING = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""")


def timeline_of(lane: str) -> Callable[[], Any]:
    return lambda: draw(tables().events, lane).chart


CHARTS: dict[str, Callable[[], Any]] = {
    **{lane: timeline_of(lane) for lane in ("provinces", "actors", "border_gates", "series", "event_type")},
    "overview": lambda: overview_chart(tables().events),
    "map": lambda: map_chart(tables().events, knowledge.load_entries().gates.values()),
}


@pytest.mark.parametrize("name", list(CHARTS))
class TestCharts:
    def test_no_text_becomes_an_expression(self, name: str) -> None:
        spec = json.loads(vega_lite(CHARTS[name]()))
        for key, code in _code(spec):
            outside = STRING.sub("", code)  # what is in quotes is as good as data
            assert not [word for word in ("ran", "evil", "datum.constructor") if word in outside], (key, outside)
            assert code.isascii()

    def test_nor_an_element_of_the_drawing(self, name: str) -> None:
        root = ElementTree.fromstring(svg(CHARTS[name](), 900).decode("utf-8"))
        nodes = {node.tag.rpartition("}")[2] for node in root.iter()}
        assert nodes <= {"svg", "g", "path", "rect", "text", "tspan", "line", "defs", "clipPath", "linearGradient", "stop", "title"}
        names = {name.rpartition("}")[2] for node in root.iter() for name in node.attrib}
        assert not [name for name in names if name.startswith("on") or name in ("href", "src", "data-evil")]


def _code(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """What Vega would run of a specification: expressions, and tests of conditions and filters; also where it would go."""
    if isinstance(node, list):
        for one in node:
            yield from _code(one, key)
    elif isinstance(node, dict):
        for name, one in node.items():
            # Rows are data, whatever stands in them.
            if name not in ("datasets", "values"):
                yield from _code(one, name)
    elif isinstance(node, str) and key in ("expr", "filter", "test", "calculate", "labelExpr", "signal", "update", "url", "href", "field"):
        yield key, node


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_link_leads_elsewhere_than_to_the_web(address: str) -> None:
    from timeline.export import web_address

    found = web_address(address)
    assert not found or is_of_the_web(found)
