"""Files → documents."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from timeline.documents import PageWords, lay_out, make_document, read_documents
from timeline.errors import InputError
from timeline.model import Document
from timeline.pipeline import Extractor

STORY = "The two provinces agreed on Friday to open the gate to travellers of third countries."


def language_of(text: str, expected: str = "") -> str:
    return "vi" if "ộ" in text else "en" if " the " in text else ""


def test_a_bad_file_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01")
    read = list(read_documents([tmp_path, tmp_path / "missing"], PageWords(), language_of))
    assert [type(item) for item in read] == [InputError, Document, InputError, InputError]
    assert [Path(item.where).name for item in read if isinstance(item, InputError)] == ["a.txt", "c.txt", "missing"]


def test_a_document_knows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "b.txt"
    file.write_bytes(b"\xef\xbb\xbf" + STORY.encode())
    (document,) = read_documents([file], PageWords(), language_of)
    assert isinstance(document, Document)
    assert document.doc_id == "b.txt"
    assert document.text == STORY
    assert document.path == file.as_posix()
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_each_passage_has_its_language_and_the_document_that_of_its_story() -> None:
    document = make_document("a", f"{STORY}\n\nMột cuộc họp ở tỉnh nội địa.\n\nHanoi.\n\n{STORY}", PageWords(), language_of)
    assert document.language == "en"
    assert [passage.language for passage in document.passages] == ["en", "vi", "en", "en"]


def test_a_language_that_is_told_is_that_of_the_story_and_not_of_what_is_in_another() -> None:
    document = make_document("a", f"{STORY}\n\nMột cuộc họp ở tỉnh nội địa.\n\nHanoi.", PageWords(), language_of, language="fr")
    assert document.language == "fr"
    assert [passage.language for passage in document.passages] == ["fr", "vi", "fr"]


def test_an_address_that_is_none_costs_nothing(engine: Extractor) -> None:
    document = make_document("a.txt", "The gate was opened.\n\nSource: http://[evil/a\n", engine.page_words, engine.language_of)
    assert document.source_url == "http://[evil/a"
    assert document.publisher == ""


def test_a_fault_of_ours_costs_the_file_that_met_it(engine: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"This is {name}, a text about the border gate.")
    lay = lay_out

    def fails_on_a(text: str, *more: Any) -> Any:
        return 1 / 0 if "a.txt" in text else lay(text, *more)

    monkeypatch.setattr("timeline.documents.reader.lay_out", fails_on_a)
    fault, document = read_documents([tmp_path], engine.page_words, engine.language_of)
    assert isinstance(fault, InputError)
    assert "ZeroDivisionError" in fault.why
    assert isinstance(document, Document)
