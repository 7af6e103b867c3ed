"""A build on a Dask cluster: the bytes that one process gives, also when a worker is killed while it runs."""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.partitioned.test_building import contents
from tests.partitioned.texts import write_texts
from timeline.cluster import DaskCrew, cluster
from timeline.crew import Item, Result, Task
from timeline.errors import InputError
from timeline.partitioned import build_parts, building

# Dask's own: sockets and loops that it leaves to the end of the process.
pytestmark = pytest.mark.filterwarnings("default::ResourceWarning", "default::DeprecationWarning")


@dataclass
class Deadly:
    """A crew of which one worker is killed as soon as the first result of each of some steps is there."""

    crew: DaskCrew
    steps: int
    killed: list[int] = field(default_factory=list)

    def run(self, task: Task[Item, Result], items: Sequence[Item], otherwise: Task[Item, Result] | None = None) -> Iterator[Result]:
        results = self.crew.run(task, items, otherwise)
        for k, result in enumerate(results):
            if k == 0 and len(self.killed) < self.steps:
                victim = min(self.crew.client.run(os.getpid).values())  # type: ignore[no-untyped-call]
                os.kill(victim, signal.SIGKILL)
                self.killed.append(victim)
            yield result


@pytest.mark.usefixtures("plain_main")
def test_a_killed_worker_costs_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_FILES", 4)
    write_texts(tmp_path / "texts", 0, 24)
    build_parts(tmp_path / "texts", tmp_path / "one")
    with cluster(workers=2) as crew:
        deadly = Deadly(crew, steps=1)
        build_parts(tmp_path / "texts", tmp_path / "many", crew=deadly)
    assert len(deadly.killed) == 1
    assert contents(tmp_path / "many") == contents(tmp_path / "one")


def test_an_address_without_a_cluster_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no cluster answers there"), cluster(str(tmp_path / "scheduler.json")):
        pass
