"""Paths → the files to read, each with the name that its document bears."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from timeline.documents import remote
from timeline.documents.container import MAX_TOTAL_BYTES, SPLIT, TOO_LARGE
from timeline.documents.folder import BUILT, BUILT_IN_PARTS, LISTED, RealPaths, texts_below, unwritable
from timeline.documents.remote import Remote
from timeline.errors import InputError
from timeline.messages import N_

# The argument that stands for standard input.
_STDIN = "-"
STDIN = Path(_STDIN)
STDIN_NAME = "stdin"
# A file on this machine, or one by its address.
Place = Path | Remote
# Files that are read record by record, as a crawl brings them.
CRAWLS = (".warc", ".warc.gz", ".wet", ".wet.gz", ".parquet")
MAX_FILE_BYTES = MAX_TOTAL_BYTES  # of what is read whole
_HERE = ("file://", "local://")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What paths stand for: the files to read, each with the name of its document, and why others are not even opened."""

    named: list[tuple[Place, str]]
    refused: list[InputError]


def inputs_of(paths: Iterable[str | PathLike[str]]) -> Inputs:
    """The files of `list_inputs` by name, and what was found beside them."""
    files, refused = _listed(paths)
    return Inputs(list(zip(files, document_names(files), strict=True)), refused)


def list_inputs(paths: Iterable[str | PathLike[str]]) -> list[Place]:
    """The files that `paths` stand for: a file itself, `-` for standard input, a folder's texts (`LISTED`) sorted by name.

    A path may be an address too (see `documents.remote`). A file that is named twice is read once. What is missing, and a folder
    without texts, stays in the list as it is: reading it gives the `InputError`, so that the other texts are still built.
    """
    return _listed(paths)[0]


def _listed(paths: Iterable[str | PathLike[str]]) -> tuple[list[Place], list[InputError]]:
    found: dict[Place | str, Place] = {}
    refused: dict[str, InputError] = {}
    real = RealPaths()
    places = [place for path in paths for place in _places_of(path)]
    folders = {place for place in places if isinstance(place, Path) and os.path.isdir(place)}
    roots = [os.path.normcase(os.path.join(real.folder(folder), "")) for folder in folders]
    for place in places:
        if fault := unwritable(str(place)):
            refused.setdefault(fault.where, fault)
        elif isinstance(place, Path) and place in folders:
            texts, faults = texts_below(place, roots, real)
            refused.update((fault.where, fault) for fault in faults)
            for itself, file in texts:
                found.setdefault(itself, file)
            if not texts and not faults:
                found.setdefault(real.of(place), place)
        else:
            found.setdefault(place if isinstance(place, Remote) or place == STDIN else real.of(place), place)
    return list(found.values()), list(refused.values())


def _places_of(path: str | PathLike[str]) -> list[Place]:
    """What one path names: a file or a folder, or the files that an address stands for."""
    place = place_of(path)
    if isinstance(place, Remote):
        return list(remote.find(place.url, LISTED, (BUILT, frozenset((BUILT_IN_PARTS,)))))
    if os.fspath(path).startswith(_HERE) and not os.path.lexists(place):  # elsewhere it is the shell that knows patterns
        return [Path(name) for name in sorted(glob.glob(str(place)))] or [place]
    return [place]


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


def document_names(files: Iterable[Place]) -> list[str]:
    """One `doc_id` a file: its name; where two files share it, with as many folders before it as tell them apart.

    A file that is not there changes no other's name.
    """
    listed = list(files)
    real = RealPaths()
    seen = [_seen(file, real) for file in listed]
    names = [name for name, _ in seen]
    shared = _shared(seen)
    apart = [k for k, name in enumerate(names) if name in shared]  # only these need more than their own name
    parts = {k: _parts(listed[k], real) for k in apart}
    depths = dict.fromkeys(apart, 1)
    while True:
        for k in apart:
            names[k] = "/".join(parts[k][-depths[k] :])
        shared = _shared((names[k], seen[k][1]) for k in apart)
        deeper = [k for k in apart if names[k] in shared and depths[k] < len(parts[k])]
        if not deeper:
            return names
        for k in deeper:
            depths[k] += 1


def _shared(seen: Iterable[tuple[str, bool]]) -> set[str]:
    """The names that several files bear which are there."""
    uses = Counter(name for name, is_there in seen if is_there)
    return {name for name, count in uses.items() if count > 1}


def _seen(file: Place, real: RealPaths) -> tuple[str, bool]:
    """What a file is called where it really is, and whether it is there."""
    if isinstance(file, Remote):
        return file.name, file.is_there
    named = os.fspath(file)
    if named == _STDIN:
        return STDIN_NAME, True
    try:
        is_link = stat.S_ISLNK(os.lstat(named).st_mode)
    except (OSError, ValueError):
        return _parts(file, real)[-1], False
    name = os.path.basename(named)
    if is_link or name in ("", ".."):
        return _parts(file, real)[-1], os.path.exists(named)
    return name, True


def _parts(file: Place, real: RealPaths) -> tuple[str, ...]:
    if isinstance(file, Remote):
        return file.parts
    return (STDIN_NAME,) if file == STDIN else Path(real.path(file, os.path.islink(file))).parts


def read_bytes(path: Place) -> bytes:
    """The bytes of one input, or an `InputError` that says why there are none."""
    if path == STDIN:
        return read_within(sys.stdin.buffer, STDIN_NAME)
    try:
        if isinstance(path, Remote):
            return remote.read_whole(path, MAX_FILE_BYTES)
        if os.path.isdir(path):  # not the path's own way, which raises for a name that is too long
            raise IsADirectoryError
        with path.open("rb") as file:
            return read_within(file, path.as_posix(), os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise _fault_of(path, error) from None


def read_within(file: BinaryIO, where: str, size: int = 0) -> bytes:
    """All that a file of some size holds, or an `InputError` where that is more than is read whole.

    A pipe, a device or a stream tells no size, and may have no end.
    """
    data = file.read() if 0 < size <= MAX_FILE_BYTES else b"" if size else file.read(MAX_FILE_BYTES + 1)
    if max(size, len(data)) > MAX_FILE_BYTES:
        raise InputError(where, TOO_LARGE, SPLIT, size=MAX_FILE_BYTES // 1_000_000)
    return data


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
