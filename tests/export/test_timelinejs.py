"""TimelineJS's JSON, held against what its documentation asks for, and its HTML read back by a parser."""

import json
from typing import Any

import jsonschema
import pytest
from lxml import html

from tests.app.sample import sample_tables
from tests.export.awkward import document
from tests.export.research import EVIL, awkward, built, entries, nothing, tables, timed
from timeline.export.plain import printable
from timeline.export.timelinejs import timelinejs
from timeline.i18n import words
from timeline.tables import Tables

_DATE = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "required": ["year"],
    "dependentRequired": {"day": ["month"]},
    "additionalProperties": False,
}
_TEXT = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}, "additionalProperties": False}
_SLIDE = {
    "type": "object",
    "properties": {
        "start_date": _DATE,
        "end_date": _DATE,
        "text": _TEXT,
        "group": {"type": "string", "minLength": 1, "not": {"pattern": "[<>&]"}},
        "display_date": {"type": "string", "minLength": 1},
        "unique_id": {"type": "string", "minLength": 1},
        "autolink": {"type": "boolean"},
    },
    "required": ["text", "unique_id"],
    "additionalProperties": False,
}
# https://timeline.knightlab.com/docs/json-format.html, of which no more is used here.
SCHEMA = {
    "type": "object",
    "properties": {"title": _SLIDE, "events": {"type": "array", "items": _SLIDE | {"required": ["start_date", "text", "unique_id"]}}},
    "required": ["events"],
    "additionalProperties": False,
}


def read(found: Tables, language: str = "en") -> Any:
    content = json.loads(timelinejs(found, words(language), entries()))
    jsonschema.validate(content, SCHEMA)
    return content


def slide(text: str, precision: str = "", **cells: Any) -> Any:
    (found,) = read(tables(timed("e", text, precision, **cells)))["events"]
    return found


def shown(markup: str) -> str:
    """What a reader sees of it."""
    return str(html.fromstring(f"<div>{markup}</div>").text_content())


class TestDates:
    @pytest.mark.parametrize(
        ("text", "start", "end", "said"),
        [
            ("2025-09-12", (2025, 9, 12), None, "12 September 2025"),
            ("2025-09", (2025, 9), None, "September 2025"),
            ("2022", (2022,), None, "2022"),
            ("2023-12-19/2023-12-23", (2023, 12, 19), (2023, 12, 23), "19–23 December 2023"),
            ("2020/2025", (2020,), (2025,), "some time in 2020–2025"),
            ("2025-12~", (2025, 12), None, "about December 2025"),
            ("2016/..", (2016,), None, "since 2016"),
            ("../2020-05", (2020, 5), None, "until May 2020"),
            ("2025-21", (2025, 3), (2025, 5), "spring 2025"),
            ("202X", (2020,), (2029,), "the 2020s"),
        ],
    )
    def test_a_date_has_what_is_known_and_no_more(self, text: str, start: Any, end: Any, said: str) -> None:
        found = slide(text)
        assert tuple(found["start_date"].values()) == start
        assert tuple(found.get("end_date", {}).values()) == (end or ())
        assert found["display_date"] == said

    def test_those_without_a_year_are_left_out_and_counted(self) -> None:
        found = read(tables(timed("a", "2025"), timed("b", ""), timed("c", "XXXX-09-12")))
        assert [one["unique_id"] for one in found["events"]] == ["a"]
        assert shown(found["title"]["text"]["text"]) == "1 event with a known year. 2 events without a year are left out."
        assert "left out" not in shown(read(tables(timed("a", "2025")))["title"]["text"]["text"])


class TestSlides:
    def test_the_readers_language_is_spoken_throughout(self) -> None:
        rows = [timed("e", "2023-12-19", title="Fair", title_vi="Hội chợ", title_zh="交易会", event_subtype="fair", provinces=["Guangxi"])]
        (found,) = read(tables(*rows), "vi")["events"]
        assert (found["text"]["headline"], found["group"], found["display_date"]) == ("Hội chợ", "Giao lưu", "19/12/2023")
        assert "Quảng Tây" in found["text"]["text"]
        (found,) = read(tables(*rows), "zh")["events"]
        assert (found["text"]["headline"], found["group"], found["display_date"]) == ("交易会", "交流", "2023年12月19日")

    def test_sources_are_named_and_linked_if_they_are_on_the_web(self) -> None:
        sources = (document("a", title="News A"), document("b", title="News B", source_url="javascript:alert(1)"))
        (found,) = read(tables(timed("e", "2025", documents=["a", "b", "lost.txt"]), sources=sources))["events"]
        links = html.fromstring(f"<div>{found['text']['text']}</div>").findall(".//a")
        assert [(link.text, link.get("href")) for link in links] == [("News A", "https://example.org/a")]
        assert "Sources: News A (A paper, 26 August 2025); News B (A paper, 26 August 2025); lost.txt" in shown(found["text"]["text"])

    def test_whatever_a_text_holds_is_text(self) -> None:
        content = awkward()
        found = read(content)["events"]
        assert [shown(one["text"]["headline"]) for one in found] == [printable(title) for title in content.events["title"]]
        for one, quote in zip(found, content.events["quote"], strict=True):
            body = html.fromstring(f"<div>{one['text']['text']}</div>")
            assert {node.tag for node in body.iter()} <= {"div", "p", "br", "blockquote", "a"}
            assert {name for node in body.iter() for name in node.keys()} <= {"dir", "href"}  # noqa: SIM118
            assert body.findtext("blockquote") == printable(quote)

    def test_a_group_holds_nothing_that_would_be_markup(self) -> None:
        assert slide("2025", event_type=EVIL)["group"].startswith("/p/script")


class TestWhole:
    def test_no_events_give_a_title_alone(self) -> None:
        found = read(nothing())
        assert found["events"] == []
        assert shown(found["title"]["text"]["text"]) == "0 events with a known year."

    @pytest.mark.parametrize("language", ["en", "vi", "zh"])
    def test_every_dated_event_of_the_seeds_has_its_slide(self, language: str) -> None:
        for content in (built(), sample_tables()):
            events = content.events
            dated = events[(events["date_start"] != "") | (events["date_end"] != "")]
            assert [one["unique_id"] for one in read(content, language)["events"]] == dated["event_id"].tolist()

    def test_the_order_of_rows_does_not_matter(self) -> None:
        content = built()
        turned = Tables(content.documents.iloc[::-1], content.mentions, content.evidence, content.events.iloc[::-1])
        assert timelinejs(turned) == timelinejs(content)
