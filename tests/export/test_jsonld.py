"""JSON-LD expanded and flattened by PyLD, which may fetch nothing."""

import json
from typing import Any

import pytest
from pyld import jsonld as processor

from tests.app.sample import sample_tables
from tests.export.awkward import document
from tests.export.research import EVIL, awkward, built, entries, nothing, tables, timed
from timeline.export.jsonld import jsonld
from timeline.export.plain import one_line
from timeline.i18n import words
from timeline.tables import Tables

BASE = "https://example.org/events"
SCHEMA = "https://schema.org/"
Node = dict[str, Any]


def _no_net(url: str, options: Any) -> Any:
    raise AssertionError(f"{url} is asked for")


def nodes_of(content: bytes) -> dict[str, Node]:
    """Nodes by id, as a processor understands them; the types and properties without schema.org before them."""
    flat = processor.flatten(json.loads(content), None, {"base": BASE, "documentLoader": _no_net})
    return {node["@id"].removeprefix(BASE): {name.removeprefix(SCHEMA): value for name, value in node.items()} for node in flat}


def read(found: Tables, language: str = "en") -> dict[str, Node]:
    return nodes_of(jsonld(found, words(language), entries()))


def event(text: str = "2025", **cells: Any) -> Node:
    return read(tables(timed("e", text, **cells)))["#event-e"]


def values(node: Node, name: str) -> list[Any]:
    return [value.get("@value", value.get("@id", "")) for value in node.get(name, [])]


def names(nodes: dict[str, Node], node: Node, name: str) -> dict[str, str]:
    """What a property refers to: names, and the types of what they name."""
    found = [nodes[value["@id"].removeprefix(BASE)] for value in node.get(name, [])]
    return {values(one, "name")[0]: one.get("@type", [""])[0].removeprefix(SCHEMA) for one in found}


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("2025-09-12", ["2025-09-12"], []),
            ("2025-09~", ["2025-09"], []),
            ("2022", ["2022"], []),
            ("2023-12-19/2023-12-23", ["2023-12-19"], ["2023-12-23"]),
            ("2020/2025", ["2020"], ["2025"]),
            ("2016/..", ["2016"], []),
            ("../2020", [], ["2020"]),
            ("2025-21", ["2025-03"], ["2025-05"]),
            ("XXXX-09-12", [], []),
            ("", [], []),
        ],
    )
    def test_dates_have_what_is_known_and_the_edtf_string_stays(self, text: str, start: list[str], end: list[str]) -> None:
        found = read(tables(timed("e", text)))
        node = found["#event-e"]
        assert (values(node, "startDate"), values(node, "endDate")) == (start, end)
        assert all(value["@type"] == f"{SCHEMA}Date" for value in node.get("startDate", []))
        own = {values(found[key], "name")[0]: values(found[key], "value")[0] for key in map(_key, node["additionalProperty"])}
        assert own.get("temporalCoverage", "") == text

    @pytest.mark.parametrize(
        ("status", "said"), [("held", "Scheduled"), ("ongoing", "Scheduled"), ("postponed", "Postponed"), ("cancelled", "Cancelled")]
    )
    def test_status(self, status: str, said: str) -> None:
        assert values(event(status=status), "eventStatus") == [f"{SCHEMA}Event{said}"]


def _key(reference: Node) -> str:
    return str(reference["@id"]).removeprefix(BASE)


class TestPlaces:
    def test_a_gate_has_its_point_and_what_it_rests_on_and_lies_in_both_provinces(self) -> None:
        found = read(tables(timed("e", "2025", border_gates=["Trà Lĩnh–Longbang"], provinces=["Cao Bằng", "Guangxi", "Hà Nội"])))
        assert names(found, found["#event-e"], "location") == {"Trà Lĩnh–Longbang": "Place", "Hà Nội": "AdministrativeArea"}
        gate = next(node for node in found.values() if "geo" in node)
        point = found[_key(gate["geo"][0])]
        assert (values(point, "latitude"), values(point, "longitude")) == ([22.87], [106.32])
        assert names(found, gate, "containedInPlace") == {"Cao Bằng": "AdministrativeArea", "Guangxi": "AdministrativeArea"}
        assert "about 0.1 degree" in values(found[_key(gate["additionalProperty"][0])], "value")[0]


class TestPeople:
    def test_persons_and_bodies_are_told_apart(self) -> None:
        found = read(
            tables(timed("e", "2025", actors=["Ngô Lê Văn", "Cao Bằng People's Committee", "Embassy of Laos in China", "Ann Other"]))
        )
        assert names(found, found["#event-e"], "attendee") == {
            "Ngô Lê Văn": "Person",
            "Cao Bằng People's Committee": "Organization",
            "Embassy of Laos in China": "Organization",
            "Ann Other": "Person",
        }

    def test_without_the_tables_nobody_is_taken_for_either(self) -> None:
        found = nodes_of(jsonld(tables(timed("e", "2025", actors=["Ngô Lê Văn"]))))
        assert names(found, found["#event-e"], "attendee") == {"Ngô Lê Văn": ""}

    def test_those_who_hold_the_series_are_organizers(self) -> None:
        host = "Ministry of Foreign Affairs of Vietnam"
        found = read(tables(timed("e", "2025", series="Diplomatic Conference", actors=[host, "Ngô Lê Văn"])))
        assert names(found, found["#event-e"], "organizer") == {host: "Organization"}
        assert names(found, found["#event-e"], "attendee") == {"Ngô Lê Văn": "Person"}
        assert names(found, found["#event-e"], "superEvent") == {"Diplomatic Conference": "EventSeries"}


class TestLinks:
    def test_a_part_names_its_whole_if_that_is_here(self) -> None:
        whole, part = timed("whole", "2025"), timed("part", "2025", part_of="whole")
        assert values(read(tables(whole, part))["#event-part"], "superEvent") == [f"{BASE}#event-whole"]
        assert "superEvent" not in read(tables(part))["#event-part"]

    def test_articles(self) -> None:
        source = document("a.txt", title="Hội nghị", published="2025-08", source_url="https://example.org/a b")
        found = read(tables(timed("e", "2025", documents=["a.txt"]), sources=(source,)))
        article = found[_key(found["#event-e"]["subjectOf"][0])]
        assert article["@type"] == [f"{SCHEMA}NewsArticle"]
        told = {name: values(article, name) for name in ("headline", "datePublished", "url", "inLanguage", "identifier")}
        assert told == {
            "headline": ["Hội nghị"],
            "datePublished": ["2025-08"],
            "url": ["https://example.org/a%20b"],
            "inLanguage": ["vi"],
            "identifier": ["a.txt"],
        }

    def test_titles_in_three_languages(self) -> None:
        rows = tables(timed("e", "2025", title="Fair", title_vi="Hội chợ", title_zh="交易会"))
        node = read(rows, "vi")["#event-e"]
        assert values(node, "name") == ["Hội chợ"]
        assert {value["@language"]: value["@value"] for value in node["alternateName"]} == {"en": "Fair", "zh": "交易会"}


class TestWhole:
    def test_no_events_give_an_empty_graph(self) -> None:
        assert read(nothing()) == {}

    def test_the_seeds_come_back_and_no_reference_leads_nowhere(self) -> None:
        for content in (built(), sample_tables()):
            found = read(content)
            events = {values(node, "identifier")[0]: node for node in found.values() if node["@type"] == [f"{SCHEMA}Event"]}
            assert {key: values(node, "name") for key, node in events.items()} == {
                key: [title] for key, title in zip(content.events["event_id"], content.events["title"], strict=True)
            }
            assert all("@type" in node for node in found.values())

    def test_whatever_a_text_holds_comes_back_and_ends_no_script(self) -> None:
        content = awkward()
        written = jsonld(content)
        assert b"<" not in written
        titles = [one_line(title) for title in content.events["title"]]
        assert [values(nodes_of(written)[f"#event-{key}"], "name")[0] for key in content.events["event_id"]] == titles

    def test_ids_of_any_text_are_addresses(self) -> None:
        assert len(read(tables(timed(EVIL, "2025"), timed("ß#?/%", "2025"))).keys() & {"#event-%C3%9F%23%3F%2F%25"}) == 1
