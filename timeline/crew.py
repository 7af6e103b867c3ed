"""Who does the work: this process, several on this machine, or (see `timeline.cluster`) those of a cluster.

A task is a function of a module and its item a small value, so that both can travel; what a task does twice it does the same,
so that the task of a worker that died can be done again.
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from timeline.errors import TimelineError

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST_DEATHS = 3  # of workers in one run of tasks: what kills so many would kill the next


class Crew(Protocol):
    """Whoever runs tasks."""

    def run(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """The results of `task` for each item, in the order of the items, each as soon as it and those before it are there.

        What a task raises is raised here.
        """
        ...


class Alone:
    """This process."""

    def run(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        return map(task, items)


@dataclass
class Processes:
    """So many processes of this machine. Each is started anew, so a script that asks for them needs `if __name__ == "__main__":`.

    They stay from one run of tasks to the next, with all that they have compiled, and go with this object.
    """

    jobs: int
    _pool: ProcessPoolExecutor | None = field(default=None, init=False, repr=False, compare=False)

    def begin(self, name: str, *arguments: str) -> None:
        """Start the processes now, and have each call a function once ("package.module:function") while the caller goes on.

        It is named, not given, so that the caller need not import what only the others want. What it raises is not told: the
        first task that wants the same meets it again.
        """
        pool = self._started()
        for _ in range(self.jobs):
            pool.submit(_call, name, *arguments)

    def run(self, task: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        waiting = dict(enumerate(items))
        done: dict[int, Result] = {}
        following, deaths = 0, 0
        while waiting:
            try:
                for k, result in self._done(task, waiting):
                    done[k] = result
                    del waiting[k]
                    while following in done:
                        yield done.pop(following)
                        following += 1
            except BrokenProcessPool as fault:
                deaths += 1
                if deaths == _MOST_DEATHS:
                    raise TimelineError(
                        f"{deaths} worker processes died, one after another: is there memory enough for {self.jobs}?"
                    ) from fault

    def _done(self, task: Callable[[Item], Result], items: dict[int, Item]) -> Iterator[tuple[int, Result]]:
        """The results, each with its number, as they come."""
        pool = self._started()
        try:
            numbers: dict[Future[Result], int] = {pool.submit(task, item): k for k, item in items.items()}
            for future in as_completed(numbers):
                yield numbers.pop(future), future.result()
        except BaseException:
            self._pool = None
            pool.shutdown(wait=False, cancel_futures=True)
            raise

    def _started(self) -> ProcessPoolExecutor:
        self._pool = self._pool or ProcessPoolExecutor(self.jobs, multiprocessing.get_context(_START))
        return self._pool


def _call(name: str, *arguments: str) -> None:
    pkgutil.resolve_name(name)(*arguments)


# A fork of a process with threads (of the web server, of Arrow) may never come to life.
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def crew_of(jobs: int) -> Crew:
    """A crew of so many on this machine; 0 is as many as there are processors for us."""
    count = jobs or processors()
    return Alone() if count == 1 else Processes(count)


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
