"""Paths → the files to read, each with the name that its document bears."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from timeline.documents import remote
from timeline.documents.formats import SUFFIXES
from timeline.documents.remote import Remote
from timeline.errors import InputError
from timeline.messages import N_

# The argument that stands for standard input.
_STDIN = "-"
STDIN = Path(_STDIN)
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
    found: dict[Place | str, Place] = {}
    real = _RealPaths()
    for path in paths:
        for itself, file in _files_of(path, real):
            found.setdefault(itself, file)
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


def _files_of(path: str | PathLike[str], real: _RealPaths) -> Iterator[tuple[Place | str, Place]]:
    """The files of one path, each behind that by which it is known to be the same as another."""
    place = place_of(path)
    if isinstance(place, Remote):
        yield from ((file, file) for file in remote.find(place.url, LISTED, (_BUILT, frozenset((_BUILT_IN_PARTS,)))))
        return
    named = [place]
    if os.fspath(path).startswith(_HERE) and not os.path.lexists(place):  # elsewhere it is the shell that knows patterns
        named = [Path(name) for name in sorted(glob.glob(str(place)))] or named
    for file in named:
        texts = _folder_texts(file, real) if os.path.isdir(file) else []
        yield from texts
        if not texts:
            yield (file if file == STDIN else real.of(file)), file


def _folder_texts(folder: Path, real: _RealPaths) -> list[tuple[str, Path]]:
    """Every text file in `folder` and below, sorted; what is hidden (a name that starts with a dot), or was built, is left out.

    What the system says of a file when it lists its folder is enough: to ask for each by itself takes longer than reading them.
    """
    texts: list[tuple[tuple[str, ...], str, Path]] = []
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    while waiting:
        parent, above = waiting.pop()
        inside = _entries(parent)
        names = {entry.name for entry in inside if not _is_folder(entry)}
        if names >= _BUILT or _BUILT_IN_PARTS in names:
            continue
        own = real.folder(parent)
        for entry in inside:
            name = entry.name
            if name.startswith("."):
                continue
            if name not in names:
                if not entry.is_symlink():  # which may lead back to where we are
                    waiting.append((parent / name, (*above, name)))
            elif name.lower().endswith(LISTED) and entry.is_file():
                path = parent / name
                texts.append(((*above, name), real.of(path) if entry.is_symlink() else _known_as(own, name), path))
    texts.sort(key=itemgetter(0))
    return [(itself, path) for _, itself, path in texts]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing where it can't be looked into."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def document_names(files: Iterable[Place]) -> list[str]:
    """One `doc_id` a file: its name; where two files share it, with as many folders before it as tell them apart.

    A file that is not there changes no other's name.
    """
    listed = list(files)
    real = _RealPaths()
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


class _RealPaths:
    """Where files really are, each folder looked at once: to follow every path from the root takes longer than reading the files."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def of(self, file: Path) -> str:
        """`file.resolve()`, as two paths to one file are compared."""
        return os.path.normcase(self.path(file, os.path.islink(file)))

    def path(self, file: Path, is_link: bool) -> str:
        """`file.resolve()`."""
        folder, name = os.path.split(file)
        return str(file.resolve()) if is_link or name in ("", "..") else os.path.join(self.folder(folder), name)

    def folder(self, folder: str | Path) -> str:
        """The same of a folder."""
        named = os.fspath(folder)
        real = self._folders.get(named)
        if real is None:
            real = self._folders[named] = str(Path(named).resolve())
        return real


def _known_as(folder: str, name: str) -> str:
    return os.path.normcase(os.path.join(folder, name))


def _seen(file: Place, real: _RealPaths) -> tuple[str, bool]:
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


def _parts(file: Place, real: _RealPaths) -> tuple[str, ...]:
    if isinstance(file, Remote):
        return file.parts
    return (STDIN_NAME,) if file == STDIN else Path(real.path(file, os.path.islink(file))).parts


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
