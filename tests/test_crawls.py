"""Builds from crawls: the same tables from wherever they are read and by however many processes, and the sieve before them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

import timeline
from tests.file_samples import json_lines, parquet, warc
from tests.test_cli import run
from timeline import store
from timeline.crew import Processes
from timeline.documents import Crawl, CutShortError, Member, inputs, texts_in
from timeline.knowledge import Knowledge, load
from timeline.partitioned import build_parts
from timeline.pipeline import Timeline
from timeline.sieve.criteria import FILE
from timeline.tables import TABLES

TALKS = "Leaders of Cao Bang and Guangxi held talks in Nanning on {} March 2024."
OTHER = "The football team of Madrid won its match on {} March 2024, as its fans said."
STORIES = [((TALKS, OTHER, OTHER)[k % 3]).format(1 + k % 28) for k in range(24)]
WANTED = 8  # of these
TITLED = "The chairman held talks with that of Guangxi on 5 March 2024, and both were pleased with what had been done."


def crawls() -> dict[str, bytes]:
    pages = [(f"https://news.example/{k}", "text/plain", text.encode()) for k, text in enumerate(STORIES)]
    rows = [{"url": url, "content": text.decode(), "date": "2024-04-01"} for url, _, text in pages]
    legacy = [(url, f"{media}; charset=utf-16-le", text.decode().encode("utf-16-le")) for url, media, text in pages[:9]]
    return {
        "a.warc.gz": warc(*pages),
        "b.wet": warc(*pages, kind="conversion", is_packed=False),
        "c.parquet": parquet(rows, rows_of_group=7),
        "d.warc": warc(*legacy, is_packed=False),
    }


ALL, PASSING = 3 * len(STORIES) + 9, 3 * WANTED + 3


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "crawl").mkdir()
    for name, data in crawls().items():
        (tmp_path / "crawl" / name).write_bytes(data)
    return tmp_path / "crawl"


def tables_of(built: Any, where: str) -> dict[str, str]:
    """The four tables as CSV, but for the place that documents were read from."""
    found = {name: getattr(built, name) for name in TABLES}
    documents = found["documents"]
    found["documents"] = documents.assign(path=documents["path"].str.removeprefix(where))
    return {name: store.to_csv(name, frame) for name, frame in found.items()}


@pytest.mark.usefixtures("plain_main")
def test_wherever_they_are_read_and_by_whom_the_tables_are_the_same(
    folder: Path, tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    memory.pipe({f"/crawl/{path.name}": path.read_bytes() for path in folder.iterdir()})
    here = timeline.build(folder)
    wanted = tables_of(here, folder.as_posix())
    assert (len(here.documents), here.refused, here.failures) == (PASSING, ALL - PASSING, [])
    assert tables_of(timeline.build("memory://crawl"), "memory://crawl") == wanted
    assert tables_of(timeline.build(folder, jobs=2), folder.as_posix()) == wanted
    assert tables_of(timeline.build("memory://crawl", jobs=2), "memory://crawl") == wanted  # which no other process could read
    built = build_parts(folder, tmp_path / "out", crew=Processes(2))
    assert tables_of(timeline.load(tmp_path / "out"), folder.as_posix()) == wanted
    assert (built.documents, built.refused, built.failures) == (PASSING, ALL - PASSING, [])


class TestSieve:
    def test_it_is_asked_of_crawls_of_all_or_of_nothing(self, folder: Path) -> None:
        (folder / "e.txt").write_text(OTHER.format(5))
        (folder / "f.jsonl").write_bytes(json_lines({"title": "Cao Bang", "text": TITLED}, {"text": OTHER.format(6)}))
        counts = {wish: self.counts(timeline.build(folder, sieve=wish)) for wish in (None, True, False)}
        assert counts == {None: (PASSING + 3, ALL - PASSING), True: (PASSING + 1, ALL - PASSING + 2), False: (ALL + 3, 0)}

    @staticmethod
    def counts(built: Timeline) -> tuple[int, int]:
        assert built.failures == []
        return len(built.documents), built.refused

    def test_what_is_read_refused_and_failed_is_all_that_was_given(self, folder: Path) -> None:
        broken = bytearray((folder / "a.warc.gz").read_bytes())
        broken[40:60] = bytes(20)
        (folder / "a.warc.gz").write_bytes(broken)
        built = timeline.build(folder)
        assert [failure.where for failure in built.failures] == [f"{folder.as_posix()}/a.warc.gz/1"]
        assert len(built.documents) + built.refused + len(built.failures) == ALL

    def test_the_commands_say_what_it_refused(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = str(tmp_path / "out")
        status, said, _ = run(capsys, "build", str(folder), "--out", out)
        assert (status, said.endswith(f"; of {ALL} texts, {PASSING} read, {ALL - PASSING} refused by the sieve\n")) == (0, True)
        for parts in ("--whole", "--parts"):
            _, said, _ = run(capsys, "build", str(folder / "c.parquet"), "--out", out + parts, parts, "--json")
            assert (json.loads(said)["documents"], json.loads(said)["refused"]) == (WANTED, len(STORIES) - WANTED)
        _, said, _ = run(capsys, "build", str(folder), "--out", out, "--no-sieve", "--json")
        assert (json.loads(said)["documents"], json.loads(said)["refused"]) == (ALL, 0)
        _, said, _ = run(capsys, "sieve", str(folder / "a.warc.gz"))
        assert [line.split("\t")[0] for line in said.splitlines()] == [f"{folder.as_posix()}/a.warc.gz/{k}" for k in range(1, 25, 3)]

    def test_where_it_refused_all_that_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.parquet").write_bytes(parquet([{"text": OTHER.format(5)}]))
        status, _, said = run(capsys, "build", str(tmp_path), "--out", str(tmp_path / "out"))
        assert (status, "the sieve refused 1 (--no-sieve reads them too)" in said) == (2, True)

    def test_a_build_in_parts_reads_a_crawl_again_where_its_rules_change(self, folder: Path, tmp_path: Path) -> None:
        shipped = load().path
        copy = tmp_path / "knowledge"
        copy.mkdir()
        for path in shipped.iterdir():
            (copy / path.name).symlink_to(path)
        known, out = load(copy), tmp_path / "out"
        assert self.built(folder, out, known) == (4, ALL - PASSING)
        assert self.built(folder, out, known) == (0, ALL - PASSING)
        (copy / FILE).unlink()
        (copy / FILE).write_text((shipped / FILE).read_text(encoding="utf-8") + "# other rules\n", encoding="utf-8")
        assert self.built(folder, out, known) == (4, ALL - PASSING)
        assert self.built(folder, out, known, sieve=False) == (4, 0)

    @staticmethod
    def built(texts: Path, out: Path, known: Knowledge, sieve: bool | None = None) -> tuple[int, int]:
        built = build_parts(texts, out, knowledge=known, sieve=sieve)
        return built.read, built.refused


def test_a_build_in_parts_reads_only_the_crawls_that_are_others(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    files = crawls()
    memory.pipe({f"/crawl/{name}": data for name, data in files.items()})
    assert build_parts("memory://crawl", tmp_path / "out").read == 4
    memory.pipe("/crawl/b.wet", files["b.wet"] + files["d.warc"])
    built = build_parts("memory://crawl", tmp_path / "out")
    assert (built.read, built.documents) == (1, PASSING + 3)


@pytest.mark.parametrize("name", ["a.warc.gz", "b.wet", "c.parquet"])
def test_records_are_read_as_they_are_asked_for(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = [(f"https://news.example/{k}", "text/plain", noisy(k)) for k in range(400)]
    data = {
        "a.warc.gz": lambda: warc(*noise),
        "b.wet": lambda: warc(*noise, kind="conversion", is_packed=False),
        "c.parquet": lambda: parquet([{"text": text.hex()} for _, _, text in noise], rows_of_group=50),
    }[name]()
    (tmp_path / name).write_bytes(data)
    taken: list[int] = []

    def read(self: inputs.Stream, size: int = -1) -> bytes:
        got = self._file.read(size)
        taken.append(len(got))
        return got

    monkeypatch.setattr(inputs.Stream, "read", read)
    texts = texts_in(Crawl(name, name, tmp_path / name))
    assert isinstance(next(texts), Member)
    assert sum(taken) < len(data) / 3
    assert sum(1 for _ in texts) == 399


def noisy(k: int) -> bytes:
    """Some kilobytes that hardly pack."""
    import random

    return random.Random(k).randbytes(10_000)


@pytest.mark.parametrize("name", ["a.warc.gz", "b.wet", "c.parquet"])
def test_a_store_that_fails_is_no_damage_and_is_asked_again(
    name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (folder / name).stat().st_size

    class Failing:
        def __init__(self, file: Any) -> None:
            self.file = file

        def read(self, wanted: int = -1) -> bytes:
            if size * 0.3 < self.file.tell() < size * 0.9:
                raise ConnectionError("the line was cut")
            return bytes(self.file.read(wanted if name == "c.parquet" else min(wanted, 200)))

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

    real = inputs.open_input

    def failing(place: Any) -> inputs.Stream:
        stream = real(place)
        stream._file = Failing(stream._file)
        return stream

    with monkeypatch.context() as patched:
        patched.setattr("timeline.documents.crawl.open_input", failing)
        patched.setattr(Crawl, "digest", lambda _: "as it is")
        *_, fault = texts_in(Crawl(name, name, folder / name))
        assert isinstance(fault, CutShortError)
        assert "the line was cut" in fault.why
        assert len(build_parts(folder / name, tmp_path / "out").failures) == 1
    with monkeypatch.context() as patched:
        patched.setattr(Crawl, "digest", lambda _: "as it is")
        built = build_parts(folder / name, tmp_path / "out")
    assert (built.read, built.failures, built.documents) == (1, [], WANTED)


def test_what_is_only_called_a_crawl_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text(TALKS.format(5))
    built = timeline.build([tmp_path / "a.parquet", tmp_path / "gone.warc"])
    assert list(built.documents["doc_id"]) == ["a.parquet"]
    assert [failure.why for failure in built.failures] == ["there is no such file or folder"]
