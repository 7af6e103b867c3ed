"""A build on a Dask cluster: the steps of `timeline.partitioned`, run by its workers.

Wanted beside the library is `distributed` (`pip install "timeline-border[cluster]"`), in one release here and on every worker,
with this library in one version. The folder of the build and the texts must be where every worker finds them by the same path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.crew import Item, Result, Task, processors
from timeline.errors import InputError, TimelineError

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"  # the address that stands for a cluster of this machine, for as long as the build takes
_RETRIES = 3  # of a task whose worker died


@dataclass(frozen=True)
class DaskCrew:
    """The workers of a cluster, as a crew (see `timeline.crew`). What a worker was doing when it died another does again."""

    client: Client

    def run(self, task: Task[Item, Result], items: Sequence[Item], otherwise: Task[Item, Result] | None = None) -> Iterator[Result]:
        """The results in the order of the items. Every task writes its parts whole, so that one done twice is as one done once."""
        from distributed import KilledWorker

        futures = self.client.map(task, items, pure=False, retries=_RETRIES)
        try:
            for future, item in zip(futures, items, strict=True):
                try:
                    result = future.result()
                except KilledWorker as fault:  # several, one after another
                    if otherwise is None:
                        raise TimelineError(f"the workers of the cluster die of one task ({item!r:.300}): {fault}") from fault
                    result = otherwise(item)
                yield result
        finally:
            self.client.cancel(futures)  # type: ignore[no-untyped-call]


@contextmanager
def cluster(address: str = LOCAL, workers: int = 0) -> Iterator[DaskCrew]:
    """The crew of the cluster at `address` (`tcp://host:8786`, or a scheduler's file), or of a local one with so many workers.

    Raises `InputError` where there is no such cluster, or `distributed` is not installed.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as fault:
        raise InputError("--cluster", "it needs the package distributed", 'pip install "timeline-border[cluster]"') from fault
    if address == LOCAL:
        with (
            LocalCluster(n_workers=workers or processors(), threads_per_worker=1, dashboard_address=None) as local,  # type: ignore[no-untyped-call]
            Client(local) as client,  # type: ignore[no-untyped-call]
        ):
            yield DaskCrew(client)
        return
    try:
        where = json.loads(Path(address).read_text(encoding="utf-8"))["address"] if address.endswith(".json") else address
        client = Client(where)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, KeyError) as fault:
        raise InputError(address, f"no cluster answers there: {fault}", "start one with dask scheduler and dask worker") from fault
    with client:
        yield DaskCrew(client)
