"""What was made last, kept for whoever asks for the same: most readers begin with no filter, and an open event changes no chart."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")


class Kept:
    """At most so many things, by what they were made of; the one that nobody has asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for this key, or gives now. Two that ask at once may both make it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


class Once(Kept):
    """The same of what takes long to make or much memory, for all sessions: who asks while it is being made waits for it.

    Not `st.cache_resource`: any browser may tell Streamlit to empty its caches, and everybody would read the tables anew.
    """

    def __init__(self, most: int = 1) -> None:
        super().__init__(most)
        self._making = threading.RLock()
        _ALL.add(self)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._making:
            return super().get(key, make)

    def forget(self) -> None:
        """Let it be made anew."""
        with self._making:
            self._held.clear()


def passed_over(made: T) -> T:
    """From now on the collector of garbage looks at nothing of this: Streamlit has it look at everything after every run."""
    gc.unfreeze()  # what was made before may be garbage by now
    gc.collect()
    gc.freeze()
    return made


_ALL: WeakSet[Once] = WeakSet()


def forget_all() -> None:
    """For tests, of which each shows another folder."""
    for once in list(_ALL):
        once.forget()
