"""Which files the next build opens: all that may have changed, and no other."""

import os
from pathlib import Path

import pytest

from tests.partitioned.texts import write_texts
from timeline.documents import Crawl, File, Place, read_file
from timeline.errors import InputError
from timeline.partitioned import build_parts, reading, seen


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that builds open."""
    names: list[str] = []

    def read(path: Place, doc_id: str) -> File | Crawl | InputError:
        names.append(path.name)
        return read_file(path, doc_id)

    monkeypatch.setattr(reading, "read_file", read)
    return names


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is written is taken for written long ago."""
    monkeypatch.setattr(seen, "_REST", -(10**12))


@pytest.mark.usefixtures("at_rest")
def test_a_file_that_stands_as_it_stood_is_not_opened(tmp_path: Path, opened: list[str]) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    write_texts(texts, 0, 3)
    build_parts(texts, out)
    write_texts(texts, 3, 4)
    opened.clear()
    assert build_parts(texts, out).read == 1
    assert opened == ["003.txt"]
    opened.clear()
    assert build_parts(texts, out, check=True).read == 0  # the same, by their content
    assert len(opened) == 4
    opened.clear()
    for part in (out / "seen").iterdir():
        part.write_bytes(b"ARROW1 no more")
    assert build_parts(texts, out).read == 0
    assert len(opened) == 4


@pytest.mark.usefixtures("at_rest")
def test_what_was_written_again_is_read_whatever_its_size_and_time_say(tmp_path: Path) -> None:
    (file,) = write_texts(tmp_path / "texts", 1, 2)
    before = file.stat()
    build_parts(tmp_path / "texts", tmp_path / "out")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("report 1", "report 2"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert build_parts(tmp_path / "texts", tmp_path / "out").read == 1


def test_what_was_written_just_before_it_was_read_is_looked_into_again(tmp_path: Path, opened: list[str]) -> None:
    write_texts(tmp_path / "texts", 0, 2)
    build_parts(tmp_path / "texts", tmp_path / "out")
    opened.clear()
    assert build_parts(tmp_path / "texts", tmp_path / "out").read == 0
    assert sorted(opened) == ["000.txt", "001.txt"]
