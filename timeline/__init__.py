"""Events on the Vietnam–China border and in Vietnamese local diplomacy, read out of news texts as a pandas table."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from timeline.registration import register
from timeline.version import __version__

if TYPE_CHECKING:
    from timeline.errors import DataError, InputError, TableError, TimelineError
    from timeline.one_text import extract, find_dates, find_names
    from timeline.pipeline import Timeline, build
    from timeline.pipeline import load_timeline as load

__all__ = [
    "DataError",
    "InputError",
    "TableError",
    "Timeline",
    "TimelineError",
    "__version__",
    "build",
    "extract",
    "find_dates",
    "find_names",
    "load",
]

_OF_ONE_TEXT = frozenset(("extract", "find_dates", "find_names"))

register()  # df.timeline

if not TYPE_CHECKING:  # or the type checkers would take every name for one of ours

    def __getattr__(name: str) -> object:
        """A public name or a part of the package, imported when somebody first asks for it."""
        if name in __all__:
            home = "errors" if name.endswith("Error") else "one_text" if name in _OF_ONE_TEXT else "pipeline"
            found = getattr(import_module(f"timeline.{home}"), {"load": "load_timeline"}.get(name, name))
            globals()[name] = found
            return found
        if not name.startswith("_") and find_spec(f"timeline.{name}"):
            return import_module(f"timeline.{name}")
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
