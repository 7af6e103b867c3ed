"""CSL-JSON, read by a citation processor."""

import json
from pathlib import Path
from typing import Any

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON

from tests.export.awkward import SCRIPTS, document, documents
from tests.export.research import EVIL, built
from timeline.export.csl_json import csl_json
from timeline.export.plain import one_line

STYLE = Path(citeproc.__file__).parent / "data" / "styles" / "harvard-cite-them-right.csl"


def read(*rows: dict[str, Any]) -> Any:
    return json.loads(csl_json(documents(*rows)))


def cited(items: Any) -> list[str]:
    """The items as a bibliography in a style."""
    source = CiteProcJSON(items)
    work = citeproc.CitationStylesBibliography(citeproc.CitationStylesStyle(str(STYLE), validate=False), source, citeproc.formatter.plain)
    for item in items:
        work.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [str(entry) for entry in work.bibliography()]


def test_a_processor_makes_a_reference_of_it() -> None:
    items = read(document("a", title="Hội nghị", publisher="Báo Quốc Tế", source_url="https://example.org/a?b=1&c=%20"))
    assert cited(items) == ["Hội nghị (2025) Hội nghị, Báo Quốc Tế. Available at: https://example.org/a?b=1&c=%20."]


@pytest.mark.parametrize(
    ("published", "parts"), [("2025-08-26", [2025, 8, 26]), ("2025-08", [2025, 8]), ("2025", [2025]), ("", None), ("soon", None)]
)
def test_a_date_has_the_parts_that_are_known(published: str, parts: list[int] | None) -> None:
    (item,) = read(document("a", published=published))
    assert item.get("issued") == (None if parts is None else {"date-parts": [parts]})
    if parts:
        issued = CiteProcJSON([item])["a"].issued
        assert [issued[name] for name in ("year", "month", "day")[: len(parts)]] == parts


def test_text_comes_back_and_addresses_are_on_the_web() -> None:
    titles = (*SCRIPTS, EVIL, "=1+1", "{\\b}")
    items = read(*(document(f"{k:02}", title=title, source_url="javascript:alert(1)") for k, title in enumerate(titles)))
    assert [item["title"] for item in items] == [one_line(title) for title in titles]
    assert not any("URL" in item for item in items)


def test_the_sources_of_the_seeds_are_all_cited() -> None:
    sources = built().documents
    items = json.loads(csl_json(sources))
    assert [item["id"] for item in items] == sources["doc_id"].tolist()
    assert len(cited(items)) == len(sources)


def test_no_documents() -> None:
    assert read() == []
