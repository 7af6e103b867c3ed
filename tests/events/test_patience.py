"""A text whose events take too long to find costs itself."""

from pathlib import Path

import pytest

from timeline.events import patience
from timeline.pipeline import Extractor


def test_a_text_that_takes_too_long_is_told_and_the_others_are_read(
    engine: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("On 5 May 2024 the Tra Linh - Longbang border gate was opened to travellers.")
    (tmp_path / "b.txt").write_text("On 6 May 2024 the ministers met.\n\n" * 50)
    ticks = iter(range(10_000))
    monkeypatch.setattr(patience, "thread_time", lambda: next(ticks))
    monkeypatch.setattr(patience, "MAX_SECONDS", 20)
    built = engine.build(tmp_path)
    assert list(built.documents["doc_id"]) == ["a.txt"]
    (failure,) = built.failures
    assert "more than 20 seconds" in failure.why
    assert failure.where.endswith("b.txt")
