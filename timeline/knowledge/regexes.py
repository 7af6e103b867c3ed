"""Large patterns compiled once and kept for the next process.

`re` takes some five microseconds a character to compile a pattern. What three thousand texts in all languages want of date
patterns takes twelve seconds of each process, fifty times what reading their code back does. The code of a pattern is no part of
Python's public interface. So it is kept under the version of Python and of its engine, the engine checks it when it takes it (`_validate`
in CPython's `_sre`, which was written for code from strangers), and wherever anything is other than it was, `re.compile` does
the work as ever.
"""

from __future__ import annotations

import array
import base64
import hashlib
import platform
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from timeline.knowledge.cache import Cache, cache_folder

_LARGE = 1000  # characters: those above take 95 % of the time, and are a tenth of all patterns
_FOLDER = "patterns"
_CODE = "I"  # how the engine's code is laid out, see `_sre.CODESIZE`
_DIGITS = 24
_MOST_FILES = 4000  # three thousand texts in all languages want a thousand, of two kilobytes each


@cache
def kept_pattern(source: str) -> re.Pattern[str]:
    """`re.compile(source)`, from the user's cache where that holds it; a large one that it does not hold is put there."""
    if len(source) < _LARGE:
        return re.compile(source)
    folder, engine = cache_folder(), _engine()
    if folder is None or not engine:
        return re.compile(source)
    kept = Cache(folder / _FOLDER)
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    name, key = digest[:_DIGITS], f"{engine}-{digest}"
    pattern = _restored(source, kept.read(name, key))
    if pattern is None:
        made = _made(source)
        pattern = _restored(source, made)
        if pattern is None:
            return re.compile(source)
        _make_room(folder / _FOLDER)
        kept.write(name, key, made)
    return pattern


@cache
def _make_room(folder: Path) -> None:
    """Before a process first writes: no more files than some versions of the knowledge leave behind."""
    try:
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in files[: max(0, len(files) - _MOST_FILES)]:
            path.unlink()
    except OSError:
        return


@cache
def _engine() -> str:
    """What the code of a pattern depends on besides the pattern; "" where it cannot be kept."""
    try:
        import _sre  # type: ignore[import-not-found]

        if platform.python_implementation() != "CPython" or array.array(_CODE).itemsize != _sre.CODESIZE:
            return ""
        return f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}-{_sre.MAGIC}-{sys.byteorder}"
    except (ImportError, AttributeError):
        return ""


def _made(source: str) -> Any:
    """What `re.compile` hands to the engine, as JSON can hold it; None where this Python does it otherwise. Raises `re.error`."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(source)
        code = array.array(_CODE, _compiler._code(parsed, 0))
        state = parsed.state
        return [state.flags, state.groups - 1, state.groupdict, base64.b64encode(code.tobytes()).decode("ascii")]
    except (ImportError, AttributeError, TypeError, OverflowError):
        return None


def _restored(source: str, kept: Any) -> re.Pattern[str] | None:
    """The pattern of what `_made` gave; None for anything else."""
    try:
        import _sre

        flags, groups, names, told = kept
        if not 0 <= groups <= len(source):
            return None
        code = array.array(_CODE)
        code.frombytes(base64.b64decode(told, validate=True))
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            by_number[number] = name
        pattern: re.Pattern[str] = _sre.compile(source, flags, code.tolist(), groups, names, tuple(by_number))
    except (ImportError, AttributeError, TypeError, ValueError, IndexError, RuntimeError, OverflowError):
        return None
    return pattern
