"""Events on the Vietnam–China border and in Vietnamese local diplomacy, read out of news texts as a pandas table."""

from timeline import accessor as _accessor  # noqa: F401  (registers df.timeline)
from timeline.errors import DataError, InputError, TableError, TimelineError
from timeline.pipeline import Timeline, build, extract, find_dates, find_names
from timeline.pipeline import load_timeline as load
from timeline.version import __version__

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
