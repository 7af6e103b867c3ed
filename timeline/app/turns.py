"""Long work for one reader at a time: of two files written at once each takes as long as both, and the memory of both."""

from __future__ import annotations

import threading
from collections.abc import Callable

_ONE = threading.Lock()


def in_turn(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same, once whoever was before is done."""

    def written() -> bytes:
        with _ONE:
            return write()

    return written
