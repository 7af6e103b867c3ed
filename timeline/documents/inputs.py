"""Paths → the files to read, each with the name that its document bears."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections import Counter
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from timeline.documents import remote
from timeline.documents.formats import SUFFIXES
from timeline.documents.remote import Remote
from timeline.errors import InputError
from timeline.messages import N_

# The argument that stands for standard input.
STDIN = Path("-")
STDIN_NAME = "stdin"
# A file on this machine, or one by its address.
Place = Path | Remote
# Files that are read record by record, as a crawl brings them; and all that a folder is searched for.
CRAWLS = (".warc", ".warc.gz", ".wet", ".wet.gz", ".parquet")
LISTED = (*SUFFIXES, ".parquet")
# The files of a built folder: what was told once is not to be taken for one more source of itself.
_BUILT = frozenset(("documents.csv", "mentions.csv", "evidence.csv", "events.csv"))
_BUILT_IN_PARTS = "parts.json"
_HERE = ("file://", "local://")


def list_inputs(paths: Iterable[str | PathLike[str]]) -> list[Place]:
    """The files that `paths` stand for: a file itself, `-` for standard input, a folder's texts (`LISTED`) sorted by name.

    A path may be an address too (see `documents.remote`). A file that is named twice is read once. What is missing, and a folder
    without texts, stays in the list as it is: reading it gives the `InputError`, so that the other texts are still built.
    """
    found: dict[Place, Place] = {}
    real = _RealPaths()
    for path in paths:
        for file in _files_of(path):
            found.setdefault(file if file == STDIN or isinstance(file, Remote) else real.path(file), file)
    return list(found.values())


def place_of(path: str | PathLike[str]) -> Place:
    """The file of a path, or of an address."""
    text = os.fspath(path)
    if not remote.is_address(text):
        return Path(path)
    here = next((start for start in _HERE if text.startswith(start)), "")
    return Path(text.removeprefix(here)) if here else Remote(text)


def is_crawl(file: Place) -> bool:
    """Whether a file is read record by record, by its name."""
    return file.name.lower().endswith(CRAWLS)


def _files_of(path: str | PathLike[str]) -> list[Place]:
    place = place_of(path)
    if isinstance(place, Remote):
        return list(remote.find(place.url, LISTED, (_BUILT, frozenset((_BUILT_IN_PARTS,)))))
    named = [place]
    if os.fspath(path).startswith(_HERE) and not os.path.lexists(place):  # elsewhere it is the shell that knows patterns
        named = [Path(name) for name in sorted(glob.glob(str(place)))] or named
    return [file for one in named for file in (_folder_texts(one) or [one] if os.path.isdir(one) else [one])]


def _folder_texts(folder: Path) -> list[Path]:
    """Every text file in `folder` and below; what is hidden (a name that starts with a dot), or was built, is left out."""
    texts: list[Path] = []
    for parent, folders, files in os.walk(folder):
        if set(files) >= _BUILT or _BUILT_IN_PARTS in files:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        found = (Path(parent, name) for name in files if not name.startswith(".") and name.lower().endswith(LISTED))
        texts += filter(Path.is_file, found)
    return sorted(texts, key=lambda file: file.relative_to(folder).parts)


def document_names(files: Iterable[Place]) -> list[str]:
    """One `doc_id` a file: its name; where two files share it, with as many folders before it as tell them apart.

    A file that is not there changes no other's name.
    """
    listed = list(files)
    real = _RealPaths()
    parts = [_parts(file, real) for file in listed]
    is_there = [_is_there(file) for file in listed]
    depths = [1] * len(parts)
    while True:
        names = ["/".join(own[-depth:]) for own, depth in zip(parts, depths, strict=True)]
        uses = Counter(name for name, there in zip(names, is_there, strict=True) if there)
        grown = [depth + (uses[name] > 1 and depth < len(own)) for name, own, depth in zip(names, parts, depths, strict=True)]
        if grown == depths:
            return names
        depths = grown


class _RealPaths:
    """Where files really are, each folder looked at once: to follow every path from the root takes longer than reading the files."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}

    def path(self, file: Path) -> Path:
        """`file.resolve()`."""
        folder, name = os.path.split(file)
        if name in ("", "..") or os.path.islink(file):
            return file.resolve()
        real = self._folders.get(folder)
        if real is None:
            real = self._folders[folder] = Path(folder).resolve()
        return real / name


def _parts(file: Place, real: _RealPaths) -> tuple[str, ...]:
    if isinstance(file, Remote):
        return file.parts
    return (STDIN_NAME,) if file == STDIN else real.path(file).parts


def _is_there(file: Place) -> bool:
    return file.is_there if isinstance(file, Remote) else file == STDIN or os.path.exists(file)


def read_bytes(path: Place) -> bytes:
    """The bytes of one input, or an `InputError` that says why there are none."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        if isinstance(path, Remote):
            return remote.read_whole(path)
        if os.path.isdir(path):  # not the path's own way, which raises for a name that is too long
            raise IsADirectoryError
        return path.read_bytes()
    except OSError as error:
        raise _fault_of(path, error) from None


class Stream(io.RawIOBase):
    """An open file that remembers if it could not be read further: what reads it may take that for damage."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except Exception as fault:  # whatever a store's package raises
            self.fault = fault
            raise

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


def open_input(file: Place) -> Stream:
    """One input to be read piece by piece; raises as `read_bytes` does."""
    try:
        return Stream(remote.open_stream(file) if isinstance(file, Remote) else file.open("rb"))
    except OSError as error:
        raise _fault_of(file, error) from None


def _fault_of(path: Place, error: OSError) -> InputError:
    if isinstance(error, IsADirectoryError):
        remedy = N_("name a folder that does, or the files themselves")
        return InputError(str(path), N_("the folder holds no text ({kinds})"), remedy, kinds=tuple(f"*{suffix}" for suffix in LISTED))
    if isinstance(error, FileNotFoundError):
        return InputError(str(path), N_("there is no such file or folder"), N_("check the path"))
    reason = error.strerror or str(error)
    return InputError(str(path), N_("the file cannot be read: {reason}"), N_("check its permissions"), reason=reason)
