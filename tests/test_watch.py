"""The folder is looked at again and again; what changed is built once it has come to rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from timeline.errors import InputError, TableError
from timeline.pipeline import Extractor, Timeline
from timeline.watch import Rebuilt, watch

FIRST = "Hanoi\n\nOn 2 May 2022 a trade fair opened in Ha Giang."
SECOND = (
    "Lang Son\n\nOn 5 March 2024 the leaders of Lang Son and Guangxi held talks in the city of Lang Son "
    "about the work of their border gates."
)


class Turns:
    """What happens to the folder while the watcher sleeps, a step a turn; after the last it is left alone."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.steps = list(steps)
        self.slept = 0

    def sleep(self, seconds: float) -> None:
        self.slept += 1
        assert self.slept < 50, "it waits for ever"
        if self.steps:
            self.steps.pop(0)()


def watching(engine: Extractor, folder: Path, turns: Turns) -> Iterator[Rebuilt]:
    return watch([folder], lambda earlier: engine.build(folder, earlier=earlier), seconds=1, sleep=turns.sleep)


def test_a_new_text_is_built_and_told(engine: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    turns = Turns(lambda: None, lambda: (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8"))
    told = watching(engine, tmp_path, turns)
    first = next(told)
    assert first.timeline is not None
    assert (len(first.timeline.events), first.changes) == (1, None)
    second = next(told)
    assert second.changes is not None
    assert second.changes.documents_added == ("b.txt",)
    assert [event.date_edtf for event in second.changes.added] == ["2024-03-05"]


def test_a_file_that_still_grows_is_waited_for(engine: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    growing = tmp_path / "b.txt"
    turns = Turns(lambda: growing.write_text(SECOND[:30]), lambda: growing.write_text(SECOND[:50]), lambda: growing.write_text(SECOND))
    told = watching(engine, tmp_path, turns)
    next(told)
    grown = next(told)
    assert grown.changes is not None
    assert len(grown.changes.added) == 1
    assert turns.slept == 4  # three in which it grew, and one in which it did not


def test_a_build_that_fails_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")

    def fail(earlier: Timeline | None) -> Timeline:
        raise TableError("no room")

    turns = Turns(lambda: (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8"))
    told = watch([tmp_path], fail, seconds=1, sleep=turns.sleep)
    assert str(next(told).failed) == "no room"
    assert str(next(told).failed) == "no room"


def test_a_folder_that_is_emptied_does_not_make_it_forget(engine: Extractor, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(FIRST, encoding="utf-8")
    earlier: list[Timeline | None] = []

    def build(before: Timeline | None) -> Timeline:
        earlier.append(before)
        return engine.build(tmp_path, earlier=before)

    turns = Turns(page.unlink, lambda: None, lambda: page.write_text(FIRST + "\n" + SECOND, encoding="utf-8"))
    told = watch([tmp_path], build, seconds=1, sleep=turns.sleep)
    first, emptied, filled = next(told), next(told), next(told)
    assert (emptied.timeline is not None, emptied.changes) == (True, None)
    assert earlier[2] is first.timeline
    assert filled.changes is not None
    assert (filled.changes.documents_added, filled.changes.dropped) == ((), ())


def test_standard_input_cannot_be_watched(engine: Extractor, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only once"):
        next(watch([tmp_path, "-"], lambda earlier: engine.build(tmp_path)))


def test_what_stands_elsewhere_is_not_watched(engine: Extractor) -> None:
    with pytest.raises(InputError, match="memory://pages: what stands elsewhere"):
        next(watch(["memory://pages"], lambda earlier: engine.build("memory://pages", earlier=earlier)))
