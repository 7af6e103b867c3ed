"""Texts by an address: what an address stands for, what its documents are called, and what is said where there is nothing."""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from fsspec.registry import known_implementations

from timeline.documents import Remote, document_names, list_inputs, read_bytes
from timeline.documents.inputs import Place
from timeline.errors import InputError


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


def write(system: fsspec.AbstractFileSystem, *names: str) -> None:
    for name in names:
        system.pipe(name, name.encode())


def urls(*paths: str) -> list[str]:
    return [str(file) for file in list_inputs(paths)]


def fault_of(file: Place | str) -> str:
    (place,) = list_inputs([file]) if isinstance(file, str) else [file]
    with pytest.raises(InputError) as caught:
        read_bytes(place)
    return str(caught.value)


def test_a_folder_stands_for_its_texts_as_one_here_does(memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    names = ("b.txt", "a.txt", "deep/er/c.TXT", "a.png", ".hidden.txt", ".git/d.txt", "out/parts.json", "out/read/e.parquet", "z/f.parquet")
    write(memory, *(f"/pages/{name}" for name in names))
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    here = [Path(str(file)).relative_to(tmp_path).as_posix() for file in list_inputs([tmp_path])]
    assert urls("memory://pages") == [f"memory://pages/{name}" for name in here]
    assert here == ["a.txt", "b.txt", "deep/er/c.TXT", "z/f.parquet"]


def test_a_pattern_stands_for_what_fits(memory: fsspec.AbstractFileSystem) -> None:
    write(memory, "/pages/1.html", "/pages/2.html", "/pages/2.txt", "/pages/more/3.html", "/pages/[x].txt")
    assert urls("memory://pages/*.html") == ["memory://pages/1.html", "memory://pages/2.html"]
    assert urls("memory://pages/**/*.html") == [f"memory://pages/{name}" for name in ("1.html", "2.html", "more/3.html")]
    assert urls("memory://pages/mor*") == ["memory://pages/more/3.html"]  # a folder
    assert urls("memory://pages/[x].txt") == ["memory://pages/[x].txt"]
    assert read_bytes(Remote("memory://pages/1.html")) == b"/pages/1.html"


def test_what_stands_in_an_archive_has_an_address(memory: fsspec.AbstractFileSystem) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("p/a.txt", "in there")
        archive.writestr("b.png", "")
    memory.pipe("/pages.zip", sink.getvalue())
    assert urls("zip://::memory://pages.zip") == urls("zip://p/*::memory://pages.zip") == ["zip://p/a.txt::memory://pages.zip"]
    (file,) = list_inputs(["zip://p/a.txt::memory://pages.zip"])
    assert read_bytes(file) == b"in there"
    assert document_names([file]) == ["a.txt"]
    assert urls("simplecache::memory://pages.z*") == ["simplecache::memory://pages.zip"]


def test_a_file_by_its_address_here_is_a_file_here(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    assert list_inputs([f"file://{tmp_path}", tmp_path / "a.txt"]) == [tmp_path / "a.txt", tmp_path / "b.txt"]
    assert list_inputs([f"file://{tmp_path}/b*"]) == [tmp_path / "b.txt"]


def test_documents_are_named_by_what_tells_them_apart(memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    write(memory, "/x/a.txt", "/y/a.txt", "/y/b.txt")
    (tmp_path / "b.txt").touch()
    assert document_names(list_inputs(["memory://x", "memory://y"])) == ["x/a.txt", "y/a.txt", "b.txt"]
    assert document_names(list_inputs(["memory://gone/b.txt", tmp_path / "b.txt"]))[1] == "b.txt"


@pytest.mark.parametrize(
    "url",
    [
        *("https://news.example/a.warc.gz", "HTTP://169.254.169.254/latest", "zip://*.html::https://news.example/a.zip"),
        *("filecache::http://localhost/a.txt", "zip::https://news.example/a.zip", "generic://https://news.example/a"),
        "reference://a.txt::https://news.example/index.json",
    ],
)
def test_addresses_of_the_web_are_fetched_by_nothing_here(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", ask)
    monkeypatch.setattr("socket.getaddrinfo", ask)
    assert "are not read by a build (fetch it first: `timeline fetch URL" in fault_of(url)


def test_a_password_is_not_carried_into_the_tables() -> None:
    fault = fault_of("sftp://me:secret@host/pages/a.txt")
    assert fault.startswith("sftp://…@host/pages/a.txt: it holds a password")
    assert "secret" not in fault


def test_what_is_missing_says_what_to_do(memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.mkdirs("/empty")
    assert "memory://gone/a.txt: there is no such file or folder" in fault_of("memory://gone/a.txt")
    assert "memory://gone/*: there is no such file or folder" in fault_of("memory://gone/*")
    assert "the folder holds no text" in fault_of("memory://empty")
    assert "Protocol not known: nowhere" in fault_of("nowhere://a.txt")
    monkeypatch.setitem(known_implementations, "s9", {"class": "s9fs.Nine", "err": "Install s9fs to access S9"})
    assert "s9://bucket/a.txt: what reads addresses of this kind is not installed: Install s9fs to access S9" in fault_of(
        "s9://bucket/a.txt"
    )
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert 'pip install "timeline-border[remote]"' in fault_of("memory://pages")
