"""Builds in parts: the tables of an ordinary build, whatever came since the last one and whoever did the work."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

import timeline
from tests.partitioned.texts import write_texts
from timeline import crew, store
from timeline.crew import Processes
from timeline.errors import InputError, Remark, TableError, TimelineError
from timeline.partitioned import Built, blocks, build_parts, building
from timeline.parts import read_columns, read_manifest
from timeline.pipeline import Timeline
from timeline.tables import TABLES, TimelineLike

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(autouse=True)
def _small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_FILES", 6)
    monkeypatch.setattr(building, "_LITTLE", 0.3)


def as_csv(built: TimelineLike) -> dict[str, str]:
    return {name: store.to_csv(name, getattr(built, name)) for name in TABLES}


def both(texts: Path, out: Path, before: Timeline | None) -> tuple[Built, Timeline]:
    """A build in parts and an ordinary one of the same texts, which must give the same tables."""
    parts, whole = build_parts(texts, out), timeline.build(texts, earlier=before)
    assert as_csv(timeline.load(out)) == as_csv(whole)
    return parts, whole


def test_each_build_in_parts_is_an_ordinary_one_and_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_TOGETHER", 7)  # so that blocks lie across batches
    texts, out = tmp_path / "texts", tmp_path / "out"
    write_texts(texts, 0, 24)
    shutil.copy(SEEDS / "002_dce50e9169229a39.txt", texts / "seed.txt")
    (texts / "page.html").write_text("<html><body><p>On 5 May 2024 a delegation of Cao Bang visited Nanning.</p></body></html>")
    built, whole = both(texts, out, None)
    assert built.read == built.files == 26
    assert timeline.load(out).texts == whole.texts != {}
    write_texts(texts, 24, 26)
    built, whole = both(texts, out, whole)  # a few more
    assert (built.read, built.files) == (2, 28)
    (texts / "copy.txt").write_bytes((texts / "004.txt").read_bytes())
    built, whole = both(texts, out, whole)  # a copy of one
    assert built.read == 1
    (texts / "000.txt").unlink()
    write_texts(texts, 26, 40)
    (texts / "007.txt").write_text("Leaders of Cao Bang and Guangxi held talks in Nanning on 5 March 2024.")
    built, whole = both(texts, out, whole)  # one gone, one another, many new
    assert built.read == 15
    write_texts(texts, 40, 130)
    built, whole = both(texts, out, whole)  # so many more that they want more partitions
    assert built.read == 90
    assert both(texts, out, whole)[0].read == 0


def test_little_that_comes_is_fused_with_what_it_touches_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_texts(tmp_path / "texts", 0, 24)
    build_parts(tmp_path / "texts", tmp_path / "out")
    write_texts(tmp_path / "texts", 24, 25)
    monkeypatch.setattr(building, "fuse_partition", None)  # what fuses the whole
    assert build_parts(tmp_path / "texts", tmp_path / "out").read == 1


def test_parts_that_no_build_names_any_more_are_removed(tmp_path: Path) -> None:
    for last in (8, 9):
        write_texts(tmp_path / "texts", 0, last)
        build_parts(tmp_path / "texts", tmp_path / "out")
    manifest = read_manifest(tmp_path / "out")
    assert manifest is not None
    named = {f"{kind}/{name}" for kind, names in manifest.parts.items() for name in names}
    named |= {f"seen/{name}" for name in manifest.parts["read"]}
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*-*.*")} == named


def test_a_build_that_stops_half_way_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_texts(tmp_path / "texts", 0, 8)
    build_parts(tmp_path / "texts", tmp_path / "out")
    before = as_csv(timeline.load(tmp_path / "out"))
    write_texts(tmp_path / "texts", 8, 30)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(building, "fuse_partition", stop)
        with pytest.raises(KeyboardInterrupt):
            build_parts(tmp_path / "texts", tmp_path / "out")
    assert as_csv(timeline.load(tmp_path / "out")) == before
    both(tmp_path / "texts", tmp_path / "out", timeline.load(tmp_path / "out"))


def test_a_first_build_that_is_interrupted_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    write_texts(texts, 0, 24)
    stop_reading(monkeypatch, 2, texts, out)
    with pytest.raises(InputError, match="not a built folder"):
        timeline.load(out)
    (texts / "000.txt").write_text("On 5 May 2024 a delegation of Cao Bang visited Nanning.")  # it was read, and is another now
    damaged = next(path for path in (out / "read").iterdir() if path.name.startswith("00001"))
    damaged.write_bytes(damaged.read_bytes()[:-9] + bytes(9))  # as after a fall of the machine
    read = in_bucket(out, 0)
    built, _ = both(texts, out, None)
    assert built.read == 24 - len(read - {"000.txt"})
    assert {path.name for path in out.iterdir()}.isdisjoint({"begun.json", ".work"})
    build_parts(texts, tmp_path / "at once")
    assert contents(out) == contents(tmp_path / "at once")


def test_an_interrupted_build_that_adds_to_one_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    write_texts(texts, 0, 24)
    for folder in (out, tmp_path / "at once"):
        build_parts(texts, folder)
    before = timeline.load(out)
    write_texts(texts, 24, 27)
    stop_reading(monkeypatch, 4, texts, out)
    assert as_csv(timeline.load(out)) == as_csv(before)
    assert both(texts, out, before)[0].read == 0
    build_parts(texts, tmp_path / "at once")
    assert contents(out) == contents(tmp_path / "at once")


def test_what_was_read_for_other_settings_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    write_texts(texts, 0, 24)
    stop_reading(monkeypatch, 2, texts, out)
    assert build_parts(texts, out, published="2025-01-01").read == 24
    assert as_csv(timeline.load(out)) == as_csv(timeline.build(texts, published="2025-01-01"))


def stop_reading(monkeypatch: pytest.MonkeyPatch, buckets: int, texts: Path, out: Path) -> None:
    """A build that is interrupted once so many buckets are read: of all, what is fused is lost."""
    read_bucket, done = building.read_bucket, 0

    def until(*given: Any) -> Any:
        nonlocal done
        if done == buckets:
            raise KeyboardInterrupt
        done += 1
        return read_bucket(*given)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(building, "read_bucket", until)
        patched.setattr(building, "write_manifest", stop)
        with pytest.raises(KeyboardInterrupt):
            build_parts(texts, out)


def in_bucket(out: Path, number: int) -> set[str]:
    """The files of which a part of `read` tells."""
    (part,) = (path for path in (out / "read").iterdir() if path.name.startswith(f"{number:05d}"))
    return set(read_columns(part, "file").column("file").to_pylist())


def test_what_cannot_be_read_is_told_and_tried_again(tmp_path: Path) -> None:
    (texts,) = write_texts(tmp_path, 1, 2)
    missing = tmp_path / "missing.txt"
    built = build_parts([texts, missing], tmp_path / "out")
    assert [fault.where for fault in built.failures] == [missing.as_posix()]
    write_texts(tmp_path, 2, 3)[0].rename(missing)
    built = build_parts([texts, missing], tmp_path / "out")
    assert (built.read, built.documents, built.failures) == (1, 2, [])


def test_what_was_given_is_counted_also_where_nothing_is_read_anew(tmp_path: Path) -> None:
    (text,) = write_texts(tmp_path / "texts", 1, 2)
    (tmp_path / "texts" / "broken.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "texts" / "gone.txt").symlink_to("nowhere.txt")
    table = f'text,date\n"{text.read_text()}",some day\n"News of other things.",2024-05-06\n'
    (tmp_path / "texts" / "table.csv").write_text(table)
    whole = timeline.build(tmp_path / "texts", sieve=True)
    assert (whole.given, len(whole.documents), whole.refused, whole.failed, len(whole.failures)) == (5, 2, 1, 2, 3)
    for _ in range(2):
        built = build_parts(tmp_path / "texts", tmp_path / "out", sieve=True)
        assert (built.given, built.documents, built.refused, built.failed) == (5, 2, 1, 2)
        assert [type(fault) for fault in built.failures].count(Remark) == 1


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match=r"not a built folder: it holds thesis\.txt"):
        build_parts(SEEDS, tmp_path)


def test_a_damaged_build_is_told_of(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts", 0, 2)
    build_parts(tmp_path / "texts", tmp_path / "out")
    next((tmp_path / "out" / "events").iterdir()).write_bytes(b"PAR1 no more")
    with pytest.raises(TableError, match="events"):
        timeline.load(tmp_path / "out")


@pytest.mark.usefixtures("plain_main")
def test_processes_give_the_bytes_that_one_gives(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts", 0, 20)
    build_parts(tmp_path / "texts", tmp_path / "one")
    build_parts(tmp_path / "texts", tmp_path / "two", crew=Processes(2))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    whole = timeline.build(tmp_path / "texts", jobs=2)
    assert as_csv(whole) == as_csv(timeline.load(tmp_path / "one"))


def contents(folder: Path) -> dict[str, bytes]:
    """All files but those that say how the texts stood when they were read."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "seen")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def die_once(folder: Path, number: int) -> int:
    """A task whose worker is killed the first time."""
    mark = folder / f"{number}"
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_of_some(numbers: list[int]) -> list[int]:
    """A task of which every worker dies that is given a multiple of seven."""
    for number in numbers:
        if number % 7 == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return numbers


@pytest.mark.usefixtures("plain_main")
def test_what_a_dead_worker_was_doing_is_done_again(tmp_path: Path) -> None:
    from functools import partial

    assert list(Processes(2).run(partial(die_once, tmp_path), range(6))) == [0, 1, 4, 9, 16, 25]
    with pytest.raises(TimelineError, match=r"worker processes died.*\(1\)"):
        list(Processes(2).run(die, [1]))


@pytest.mark.usefixtures("plain_main")
def test_a_task_that_kills_every_worker_costs_itself_and_no_other() -> None:
    crew = Processes(2)

    def apart(numbers: list[int]) -> list[int]:
        (*found,) = crew.run(die_of_some, [[number] for number in numbers], lambda one: [-one[0]])
        return [number for one in found for number in one]

    asked = [[1, 2], [3, 4], [5, 7, 8], [9], [10, 14], [11]]
    assert list(crew.run(die_of_some, asked, apart)) == [[1, 2], [3, 4], [5, -7, 8], [9], [10, -14], [11]]


@pytest.mark.usefixtures("plain_main")
@pytest.mark.parametrize("name", ["os:getpid", "no.such.module:function", "os:abort"])
def test_whatever_processes_begin_with_they_do_their_tasks(name: str) -> None:
    crew = Processes(2)
    crew.begin(name)
    assert list(crew.run(abs, [-1, 2, -3])) == [1, 2, 3]


def test_a_crew_of_none_is_as_many_as_there_are_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "processors", lambda: 3)
    assert crew.crew_of(0) == Processes(3)
    monkeypatch.setattr(crew, "processors", lambda: 1)
    assert isinstance(crew.crew_of(0), crew.Alone)


def test_a_file_that_was_moved_is_read_where_it_is_now(tmp_path: Path) -> None:
    write_texts(tmp_path / "texts", 0, 4)
    both(tmp_path / "texts", tmp_path / "out", None)
    (tmp_path / "texts").rename(tmp_path / "moved")
    both(tmp_path / "moved", tmp_path / "out", None)
