"""The process in which files are taken apart: what a hostile one can't do, whatever its format."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.file_samples import STORY, docx, page, pdf
from timeline.documents import extract_text, in_child
from timeline.errors import InputError

FILES = {"a.pdf": pdf(STORY), "a.html": page().encode(), "a.docx": docx(*STORY)}
Stub = Callable[[str], None]


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stub:
    """Puts code in the place of what the child does."""

    def put(code: str) -> None:
        script = tmp_path / "child.py"
        script.write_text(code, encoding="utf-8")
        monkeypatch.setattr(in_child, "_CHILD", script)

    return put


def text_of(name: str) -> str:
    return extract_text(FILES[name], name, name).text


def test_one_that_takes_too_long_is_ended_and_the_next_has_its_turn(name: str, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    stub("import time; time.sleep(60)")
    monkeypatch.setattr(in_child, "MAX_SECONDS", 1)
    with pytest.raises(InputError, match="more than 1 seconds"):
        text_of(name)
    monkeypatch.undo()
    assert STORY[0] in text_of(name)


def test_one_that_is_killed_takes_nobody_along(name: str, stub: Stub) -> None:
    stub("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(InputError, match="broke the program"):
        text_of(name)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its memory")
def test_one_that_wants_more_memory_than_it_may_have_gets_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_child, "MAX_MEMORY", 20_000_000)
    with pytest.raises(InputError) as fault:
        text_of(name)
    assert "memory" in str(fault.value) or "broke" in str(fault.value)


def test_one_that_answers_more_than_anybody_reads_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_child, "MAX_CHARACTERS", 50)
    with pytest.raises(InputError, match="more than 50 characters"):
        text_of(name)


def test_there_is_one_at_a_time_and_who_waits_too_long_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_child, "MAX_WAIT", 0.01)
    with in_child._ONE, pytest.raises(InputError, match="other files are being read"):
        text_of(name)
    assert STORY[0] in text_of(name)


def test_all_of_them_take_no_more_than_a_small_host_has() -> None:
    assert in_child.MAX_MEMORY <= 512 << 20
