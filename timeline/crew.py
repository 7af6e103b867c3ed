"""Who does the work: this process, several on this machine, or (see `timeline.cluster`) those of a cluster.

A task is a function of a module and its item a small value, so that both can travel; what a task does twice it does the same,
so that the task of a worker that died can be done again. One of which every worker dies is told of, and the others are done.
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, TypeVar

from timeline.errors import TimelineError

Item = TypeVar("Item")
Result = TypeVar("Result")
Task: TypeAlias = Callable[[Item], Result]

_MOST_DEATHS = 3  # of workers that had one task, and nothing else to do: it will kill the next one too
_MOST_DEADLY = 10  # such tasks in one run: more are no fault of what is read, but of the machine


class Crew(Protocol):
    """Whoever runs tasks."""

    def run(self, task: Task[Item, Result], items: Sequence[Item], otherwise: Task[Item, Result] | None = None) -> Iterator[Result]:
        """The results of `task` for each item, in the order of the items, each as soon as it and those before it are there.

        What a task raises is raised here. A task whose worker dies is done again; where all die that do it, `otherwise`, here,
        says what to give for its item (it may have the crew do other tasks), or a `TimelineError` is raised.
        """
        ...


class Alone:
    """This process."""

    def run(self, task: Task[Item, Result], items: Sequence[Item], otherwise: Task[Item, Result] | None = None) -> Iterator[Result]:
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

    def run(self, task: Task[Item, Result], items: Sequence[Item], otherwise: Task[Item, Result] | None = None) -> Iterator[Result]:
        done: dict[int, Result] = {}
        following = 0
        for k, result in self._as_they_come(task, items, otherwise):
            done[k] = result
            while following in done:
                yield done.pop(following)
                following += 1

    def _as_they_come(
        self, task: Task[Item, Result], items: Sequence[Item], otherwise: Task[Item, Result] | None
    ) -> Iterator[tuple[int, Result]]:
        """The results, each with its number. After a death those tasks that may have been its cause are done one after the other."""
        waiting = dict(enumerate(items))
        deadly = 0
        while waiting:
            try:
                for k, result in self._done(task, waiting):
                    del waiting[k]
                    yield k, result
            except BrokenProcessPool:
                # They are begun in their order. As many as there are workers were being done; the results of some may have been lost.
                suspects = sorted(waiting)[: 2 * self.jobs]
                for k, lived in zip(suspects, self._one_by_one(task, [waiting[k] for k in suspects]), strict=True):
                    item = waiting.pop(k)
                    if lived:
                        yield k, lived[0]
                        continue
                    deadly += 1
                    if otherwise is None or deadly > _MOST_DEADLY:
                        why = f"{_MOST_DEATHS} worker processes died, one after another, of one task"
                        raise TimelineError(f"{why}: is there memory enough for {self.jobs}? ({item!r:.300})") from None
                    yield k, otherwise(item)

    def _one_by_one(self, task: Task[Item, Result], items: Iterable[Item]) -> Iterator[tuple[Result] | None]:
        """The result for each item, done by a worker that does nothing else meanwhile; None where such workers die of it."""
        pool: ProcessPoolExecutor | None = None
        try:
            for item in items:
                for attempt in range(1, _MOST_DEATHS + 1):
                    pool = pool or _workers(1)
                    try:
                        result = pool.submit(task, item).result()
                    except BrokenProcessPool:
                        pool.shutdown(wait=False)
                        pool = None
                        if attempt == _MOST_DEATHS:
                            yield None
                    else:
                        yield (result,)
                        break
        finally:
            if pool:
                pool.shutdown(wait=False, cancel_futures=True)

    def _done(self, task: Task[Item, Result], items: Mapping[int, Item]) -> Iterator[tuple[int, Result]]:
        """The results, each with its number, as they come, until a worker dies."""
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
        self._pool = self._pool or _workers(self.jobs)
        return self._pool


def _workers(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, multiprocessing.get_context(_START), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let this process end when the one is killed that started it: each would wait for its next task for ever."""
    threading.Thread(target=_await_parents_end, daemon=True).start()


def _await_parents_end() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


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
