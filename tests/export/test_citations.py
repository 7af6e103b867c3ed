"""BibTeX and RIS, read back by the libraries that read them."""

from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from tests.app.sample import sample_tables
from tests.export.awkward import SCRIPTS, document, documents
from timeline.export import cited_by, narrowed_documents
from timeline.export.bibtex_file import bibtex
from timeline.export.ris_file import ris


def read_bibtex(content: bytes) -> dict[str, dict[str, str]]:
    """Entries by key, commands of LaTeX read as the letters they stand for; the address as it stands."""
    text = content.decode("utf-8")
    raw, read = parse_string(text), parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert raw.failed_blocks == []
    assert read.failed_blocks == []
    addresses = {entry.key: {"url": entry["url"]} for entry in raw.entries if "url" in entry}
    return {
        entry.key: {name: field.value for name, field in entry.fields_dict.items()} | addresses.get(entry.key, {}) for entry in read.entries
    }


def read_ris(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rispy.loads(content.decode("utf-8"))
    return found


class TestBoth:
    def test_a_source_has_what_a_reference_needs(self) -> None:
        rows = documents(document("vi.txt", title="Hội nghị", publisher="Báo Quốc Tế", source_url="https://example.org/a_b?c=1&d=%20"))
        assert read_bibtex(bibtex(rows)) == {
            "vi.txt": {
                "title": "Hội nghị",
                "organization": "Báo Quốc Tế",
                "date": "2025-08-26",
                "year": "2025",
                "url": "https://example.org/a_b?c=1&d=%20",
                "language": "vi",
            }
        }
        assert read_ris(ris(rows)) == [
            {
                "type_of_reference": "ELEC",
                "id": "vi.txt",
                "title": "Hội nghị",
                "publisher": "Báo Quốc Tế",
                "year": "2025",
                "date": "2025/08/26/",
                "language": "vi",
                "urls": ["https://example.org/a_b?c=1&d=%20"],
            }
        ]

    def test_no_documents_give_an_empty_file(self) -> None:
        assert bibtex(documents()) == b""
        assert ris(documents()) == b""

    @pytest.mark.parametrize(
        ("published", "date", "slashed"),
        [("2025", "2025", "2025///"), ("2025-08", "2025-08", "2025/08//"), ("", None, None), ("soon", None, None), ("2025-13", None, None)],
    )
    def test_a_date_is_as_partial_as_it_is_known(self, published: str, date: str | None, slashed: str | None) -> None:
        rows = documents(document("a", published=published))
        assert read_bibtex(bibtex(rows))["a"].get("date") == date
        assert read_ris(ris(rows))[0].get("date") == slashed

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "file:///etc/passwd", "//example.org", "https://", "http://[", "data:text/html,x", "nonsense", ""],
    )
    def test_only_an_address_on_the_web_is_given(self, address: str) -> None:
        rows = documents(document("a", source_url=address))
        assert "url" not in read_bibtex(bibtex(rows))["a"]
        assert "urls" not in read_ris(ris(rows))[0]

    def test_an_address_holds_no_character_that_would_end_its_field(self) -> None:
        rows = documents(document("a", source_url="https://example.org/tin tức/{x}\n"))
        address = "https://example.org/tin%20t%E1%BB%A9c/%7Bx%7D"
        assert read_bibtex(bibtex(rows))["a"]["url"] == address
        assert read_ris(ris(rows))[0]["urls"] == [address]

    @pytest.mark.parametrize(
        "title",
        [
            *SCRIPTS,
            r"50 % of $5 & #1_a {b} ~ \textbf{c}",
            "unbalanced { brace",
            "x}}, note = {{y",
            'x}}, note = "y"}} @online{evil, title = {{z',
            "} @misc{evil, title = {x}}",
            'He said "no"',
            "% comment",
            "=1+1",
            "<script>alert(1)</script>",
            "ER -",
            "TY - JOUR",
        ],
    )
    def test_a_title_comes_back_as_it_is(self, title: str) -> None:
        rows = documents(document("a", title=title), document("b"))
        entries = read_bibtex(bibtex(rows))
        assert list(entries) == ["a", "b"]
        assert entries["a"]["title"] == title
        assert [(record["id"], record["title"]) for record in read_ris(ris(rows))] == [("a", title), ("b", "News")]

    @pytest.mark.parametrize("title", ["}", "{", "}{", "a}}, note = {{b", "{a}}", "\\}", "{\\}"])
    def test_braces_are_opened_and_closed_as_bibtex_counts_them(self, title: str) -> None:
        (field,) = [line for line in bibtex(documents(document("a", title=title))).decode().splitlines() if "title" in line]
        value = field.partition("= ")[2].rstrip(",")
        depths = list(accumulate({"{": 1, "}": -1}.get(char, 0) for char in value))  # a backslash shields none
        assert depths[-1] == 0
        assert min(depths[:-1]) > 0

    def test_a_circumflex_alone_is_no_accent_on_what_follows(self) -> None:
        assert rb"a\textasciicircum{}b" in bibtex(documents(document("a", title="a^b")))

    def test_newlines_and_control_characters_cannot_begin_another_field(self) -> None:
        rows = documents(document("a", title="One\r\nER  - \r\nTY  - JOUR\x00\u2028two", publisher="A\nUR  - x"))
        assert read_bibtex(bibtex(rows))["a"]["title"] == "One ER - TY - JOUR two"
        (record,) = read_ris(ris(rows))
        assert (record["title"], record["publisher"]) == ("One ER - TY - JOUR two", "A UR - x")

    def test_a_document_without_a_title_goes_by_its_files_name(self) -> None:
        assert read_bibtex(bibtex(documents(document("a.txt", title="\x00 "))))["a.txt"]["title"] == "a.txt"


class TestKeys:
    def test_a_key_is_one_that_managers_take_and_stays_when_others_join(self) -> None:
        alone = read_bibtex(bibtex(documents(document("Nghị định, {58}.txt"))))
        joined = read_bibtex(bibtex(documents(document("Nghị định, {58}.txt"), document("Ngh- -nh- -58-.txt"))))
        (key,) = alone
        assert key in joined
        assert len(joined) == 2
        assert key.isascii()
        assert not set(key) & set(' ,{}"')


class TestNarrowed:
    def test_the_documents_alone_need_no_other_table(self) -> None:
        tables = sample_tables()
        events = tables.events[tables.events["event_id"] == "e-conference"]
        bare = replace(tables, mentions=tables.mentions[[]], evidence=tables.evidence[[]])
        assert narrowed_documents(bare, events)["doc_id"].tolist() == ["cs.txt", "he.txt"]
        assert cited_by(events) == {"cs.txt", "he.txt"}

    def test_no_events_have_no_sources(self) -> None:
        tables = sample_tables()
        assert narrowed_documents(tables, tables.events.iloc[:0]).empty
