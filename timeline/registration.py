"""`df.timeline` for every frame, in whatever order pandas and this package are imported, without importing pandas here.

Who asks for `timeline --help` wants no pandas, which takes five times as long to import as all the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    import pandas as pd

    from timeline.accessor import TimelineAccessor


class WhenImported:
    """Finds a module by the finders behind it, and calls `then` whenever it has been imported."""

    def __init__(self, name: str, then: Callable[[], None]) -> None:
        self._name, self._then = name, then

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """What they find, to be followed by `then`; None for every other module."""
        if fullname != self._name:
            return None
        behind = sys.meta_path[sys.meta_path.index(self) + 1 :]  # those before it have found nothing, or it would not be asked
        specs = (finder.find_spec(fullname, path, target) for finder in behind if hasattr(finder, "find_spec"))
        spec = next(filter(None, specs), None)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def run_and_then(module: ModuleType) -> None:
                run(module)
                if module.__name__ == self._name:  # a loader may serve many modules
                    self._then()

            spec.loader.exec_module = run_and_then  # type: ignore[method-assign]  # it stays the loader that others know
        return spec


def register() -> None:
    """Give every frame its `.timeline`: now, where pandas is there already, else as soon as somebody imports it."""
    if "pandas" in sys.modules:
        _give_accessor()
    else:
        sys.meta_path.insert(0, WhenImported("pandas", _give_accessor))


def _give_accessor() -> None:
    import pandas as pd

    if getattr(pd.DataFrame, "timeline", None) is not _accessor:  # who reloads this package has it already
        pd.api.extensions.register_dataframe_accessor("timeline")(_accessor)  # type: ignore[type-var]  # what makes one will do


def _accessor(frame: pd.DataFrame) -> TimelineAccessor:
    """What can be asked of an events table; see `timeline.accessor.TimelineAccessor`."""
    from timeline.accessor import TimelineAccessor

    return TimelineAccessor(frame)
