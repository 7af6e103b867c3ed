"""What is killed, or finds the disk full, leaves the old or the new: the short form of `tests.safety.kills`, and what it cannot try."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.partitioned.texts import write_texts
from timeline import load

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked, and found by /proc")

ROOT = Path(__file__).parents[2]
SECONDS = 900  # until what hangs is ended
# A text that kills whoever opens it, as a fault in a library in C would: but not the process that was started by hand.
DEADLY = """
import multiprocessing, os, signal, sys
def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith("deadly.txt") and multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
"""


def timeline(*arguments: object, hook: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, which is begun with a hook."""
    command = [sys.executable, "-m", "timeline", *map(str, arguments)]
    paths = os.pathsep.join(map(str, filter(None, (hook, ROOT))))
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False, timeout=SECONDS
    )


def test_what_is_killed_or_finds_the_disk_full_leaves_the_old_or_the_new() -> None:
    command = [sys.executable, "-m", "tests.safety.kills", "--times", "8", "--full-disks", "2", "--seed", "9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert sum(told["told"].values()) == 10
    assert {"killed", "full disk", "files too large"} & {what.split(": ")[1].split(",")[0] for what in told["told"]} > {"killed"}


@pytest.mark.parametrize("parts", [True, False])
def test_a_text_that_kills_its_reader_is_one_line_of_the_report(parts: bool, tmp_path: Path) -> None:
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(DEADLY)
    write_texts(tmp_path / "texts", 0, 6)
    (tmp_path / "texts" / "deadly.txt").write_text("On 5 May 2024 a delegation of Cao Bang visited Nanning.")
    how = ["--parts"] if parts else []
    built = timeline("build", tmp_path / "texts", "--out", tmp_path / "out", "--jobs", 2, *how, hook=tmp_path / "hook")
    assert built.returncode == 1, built.stderr
    told = [line for line in built.stderr.splitlines() if ".txt" in line]  # Python may add what it makes of the end of a process
    assert len(told) == 1, built.stderr
    (line,) = told
    assert "deadly.txt: the processes that read it die of it" in line
    assert load(tmp_path / "out").documents["doc_id"].tolist() == [f"{k:03d}.txt" for k in range(6)]


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    code = "import sys, time; from timeline.crew import Processes\nif __name__ == '__main__':\n"
    code += " crew = Processes(2); list(crew.run(abs, range(9))); print('ready', flush=True); list(crew.run(time.sleep, [900, 900]))\n"
    (tmp_path / "main.py").write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "main.py")], env=environment, stdout=subprocess.PIPE, start_new_session=True
    ) as main:
        assert main.stdout is not None
        assert main.stdout.readline() == b"ready\n"
        assert len(of_session(main.pid)) > 2
        main.send_signal(signal.SIGKILL)
    end = time.monotonic() + SECONDS
    while left := of_session(main.pid):
        assert time.monotonic() < end, f"still there: {left}"
        time.sleep(0.05)


def of_session(session: int) -> list[int]:
    """The processes of a session that live."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, own = entry.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state not in "ZX":
            found.append(int(entry.parent.name))
    return found


def test_a_full_standard_output_is_told() -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "timeline", "export", "csv", "data/built", "--type", "conference"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=SECONDS)
    assert (done.returncode, done.stderr.splitlines()) == (2, ["timeline: [Errno 28] No space left on device"])
    told = timeline("export", "csv", "data/built", "--out", "/dev/full")
    assert told.returncode == 2
    assert "make room and try again" in told.stderr
    assert Path("/dev/full").is_char_device()
