"""A build as a whole: what it does with a text that it cannot read."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from timeline import one_text, pipeline
from timeline.errors import InputError
from timeline.model import Document, Mention
from timeline.pipeline import Extractor


def test_a_fault_of_ours_costs_one_text_and_is_told(engine: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("good", "odd"):
        (tmp_path / f"{name}.txt").write_text(f"On 12 September 2025 the {name} border gate of Tra Linh was opened in Cao Bang.")
    extract = pipeline.extract_mentions

    def stumble(document: Document, *rest: object) -> list[Mention]:
        if "odd" in document.text:
            raise KeyError("nobody thought of this")
        return extract(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "extract_mentions", stumble)
    built = engine.build(tmp_path)
    assert list(built.documents["doc_id"]) == ["good.txt"]
    (failure,) = built.failures
    assert failure.where.endswith("odd.txt")
    assert "KeyError" in str(failure)
    assert "test_pipeline.py" in str(failure)


@pytest.mark.parametrize("read", [one_text.extract, one_text.find_dates, one_text.find_names])
def test_what_is_no_text_is_refused_in_words(read: Callable[[str], pd.DataFrame]) -> None:
    with pytest.raises(InputError, match=r"must be one text, not list .*timeline\.build"):
        read(["one text", "another"])  # type: ignore[arg-type]


def test_a_fault_of_ours_where_a_format_is_told_costs_the_file_that_met_it(
    engine: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("On 5 May 2024 the Tra Linh - Longbang border gate was opened.")

    def fails_on_a(data: bytes, name: str) -> str:
        return str(1 / 0) if name == "a.txt" else "text"

    for module in ("timeline.documents.unpacking", "timeline.chronology"):
        monkeypatch.setattr(f"{module}.format_of", fails_on_a)
    built = engine.build(tmp_path)
    assert (built.given, len(built.documents), built.failed) == (2, 1, 1)
    assert "ZeroDivisionError" in built.failures[0].why
