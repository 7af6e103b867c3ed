"""Many processes write at once: each row is there, once, and whole."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from timeline.corrections import COLUMNS, Correction, all_corrections, append_correction, read_corrections

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

ROOT = Path(__file__).parents[2]
WRITERS, EACH = 40, 3

# All come to life before the first may write; every fifth is killed, after its rows or while it waits to write one more.
WRITE = """
import os, signal, sys, time
from timeline.corrections import Correction, append_correction
path, writers, each, deaths = sys.argv[1], *map(int, sys.argv[2:])

def write(name, k, timeout=300):
    append_correction(path, Correction("", f"{name}-{k}", "title", f"A, \\"{k}\\"", "Lan", "2026-01-05", "seen"), timeout=timeout)

def work(name):
    os.read(begin, 1)
    for k in range(each):
        write(name, k)
    if deaths and name % 5 == 0:
        done.write(f"{name}\\n"); done.flush()
        for k in range(each, 10**6):
            write(f"killed-{name}", k)

begin, opened = os.pipe()
heard, said = os.pipe()
done = os.fdopen(said, "w")
children = []
for name in range(writers):
    children.append(os.fork())
    if not children[-1]:
        os.close(opened)
        try:
            work(name)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
os.close(opened)
if deaths:
    done.close()
    with os.fdopen(heard) as lines:
        for line in lines:
            os.kill(children[int(line)], signal.SIGKILL)
ends = [os.waitpid(child, 0)[1] for child in children]
print(sum(end == 0 for end in ends), sum(end == signal.SIGKILL for end in ends))
"""


def written(path: Path, deaths: bool) -> str:
    command = [sys.executable, "-c", WRITE, str(path), str(WRITERS), str(EACH), str(int(deaths))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.stderr == ""
    return done.stdout.strip()


def test_of_forty_writers_none_loses_a_row_and_none_writes_twice(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("# kept by Lan\n" + ",".join(COLUMNS) + "\nmine,status,held,,,\n", encoding="utf-8")
    assert written(path, deaths=False) == f"{WRITERS} 0"
    found, faults = read_corrections(path)
    assert faults == []
    targets = Counter(one.target for one in found)
    assert targets == Counter({"mine": 1} | {f"{name}-{k}": 1 for name in range(WRITERS) for k in range(EACH)})
    assert path.read_text(encoding="utf-8").startswith("# kept by Lan\n")
    assert {one.value for one in found} == {"held"} | {f'A, "{k}"' for k in range(EACH)}


def test_writers_that_are_killed_cost_the_others_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    assert written(path, deaths=True) == f"{WRITERS - WRITERS // 5} {WRITERS // 5}"
    targets = Counter(one.target for one in all_corrections(path) if not one.target.startswith("killed"))
    assert targets == Counter(f"{name}-{k}" for name in range(WRITERS) for k in range(EACH))
    assert set(Counter(one.target for one in all_corrections(path)).values()) == {1}
    append_correction(path, Correction("", "last", "status", "held"))  # who died holds no lock, and what they left goes
    assert {name.name for name in tmp_path.iterdir()} == {"corrections.csv", ".corrections.csv.lock"}


# Four save their own tables into one folder again and again, and one reads it meanwhile: always the tables of one of them, whole.
SAVE = """
import os, sys
from pathlib import Path
from tests.test_store import keeping
from timeline import files, store
from timeline.pipeline import load_timeline

folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
if sys.argv[3] == "in two steps":
    files._exchange = lambda one, other: False
names = [f"{letter}.html" for letter in "abcd"]
store.save(keeping(names[0], timeline=names[0]), folder)
children = []
for name in names:
    children.append(os.fork())
    if not children[-1]:
        try:
            for _ in range(rounds):
                store.save(keeping(name, timeline=name), folder)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
seen, ends = set(), []
while len(ends) < len(children):
    found = load_timeline(folder)
    (name,) = found.documents["doc_id"]
    assert (found.texts, found.versions) == ({name: f"the text of {name}"}, {"timeline": name})
    seen.add(name)
    child, end = os.waitpid(-1, os.WNOHANG)
    ends += [end] if child else []
assert ends == [0] * len(children), ends
print(len(seen))
"""


@pytest.mark.parametrize("how", ["at once", "in two steps"])
def test_who_reads_a_folder_that_many_write_gets_what_one_wrote(how: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SAVE, str(tmp_path / "built"), "8", how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.stderr == ""
    assert int(done.stdout) > 1
    assert {path.name for path in tmp_path.iterdir()} == {"built", ".built.lock"}
