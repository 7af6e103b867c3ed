"""A folder → the texts in it and below, and what in there is not read: a link that leads out of it, a pipe, a folder that is closed."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path

from timeline.documents.container import SUFFIXES
from timeline.errors import InputError
from timeline.messages import N_

# Files that are read record by record, as a crawl brings them; and all that a folder is searched for.
LISTED = (*SUFFIXES, ".parquet")
# The files of a built folder: what was told once is not to be taken for one more source of itself.
BUILT = frozenset(("documents.csv", "mentions.csv", "evidence.csv", "events.csv"))
BUILT_IN_PARTS = "parts.json"
# No table, and no line of a report, has room for a path with these: ends of lines, controls, bytes that are no letters.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Found = tuple[list[tuple[str, Path]], list[InputError]]


class RealPaths:
    """Where files really are, each folder looked at once: to follow every path from the root takes longer than reading the files."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def of(self, file: Path) -> str:
        """`file.resolve()`, as two paths to one file are compared."""
        return os.path.normcase(self.path(file, os.path.islink(file)))

    def path(self, file: Path, is_link: bool) -> str:
        """`file.resolve()`; of links in a circle, the path as it is."""
        folder, name = os.path.split(file)
        return os.path.realpath(file) if is_link or name in ("", "..") else os.path.join(self.folder(folder), name)

    def folder(self, folder: str | Path) -> str:
        """The same of a folder."""
        named = os.fspath(folder)
        real = self._folders.get(named)
        if real is None:
            real = self._folders[named] = os.path.realpath(named)
        return real


def unwritable(path: str) -> InputError | None:
    """Why a file of this path is not read, if its name is none that can be written down."""
    if not _UNWRITABLE.search(path):
        return None
    why = N_("its path holds ends of lines, controls or bytes that are no letters")
    return InputError(path, why, N_("rename it, or the folder that it is in"))


def texts_below(folder: Path, roots: Sequence[str], real: RealPaths) -> Found:
    """Every text in `folder` and below, sorted, each behind that by which it is known to be the same as another; and what is not read.

    What is hidden (a name that starts with a dot), or was built, is left out. A link to a file is that file where it lies below one
    of `roots`, the real paths of all folders that are read; one to a folder is not followed, which may lead back to where we are.

    What the system says of a file when it lists its folder is enough: to ask for each by itself takes longer than reading them.
    """
    texts: list[tuple[tuple[str, ...], str, Path]] = []
    refused: list[InputError] = []
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    while waiting:
        parent, above = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                inside = list(entries)
        except OSError as closed:
            why, reason = N_("the folder cannot be looked into: {reason}"), closed.strerror or str(closed)
            refused.append(InputError(parent.as_posix(), why, N_("check its permissions"), reason=reason))
            continue
        names = {entry.name for entry in inside if not _is_folder(entry)}
        if names >= BUILT or BUILT_IN_PARTS in names:
            continue
        own = real.folder(parent)
        for entry in inside:
            name = entry.name
            if name.startswith("."):
                continue
            path = parent / name
            if name not in names:
                if not entry.is_symlink():
                    waiting.append((path, (*above, name)))
            elif name.lower().endswith(LISTED):
                itself = real.of(path) if entry.is_symlink() else os.path.normcase(os.path.join(own, name))
                if fault := unwritable(path.as_posix()) or _fault_of(entry, path.as_posix(), itself, roots):
                    refused.append(fault)
                else:
                    texts.append(((*above, name), itself, path))
    texts.sort(key=itemgetter(0))
    return [(itself, path) for _, itself, path in texts], sorted(refused, key=lambda fault: fault.where)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _fault_of(entry: os.DirEntry[str], where: str, itself: str, roots: Sequence[str]) -> InputError | None:
    """Why what is called as a text is not opened: a text is a file, and lies in the folder that was given."""
    if entry.is_symlink():
        if not os.path.exists(itself):  # where it really is: a link is left only of a circle
            return InputError(where, N_("it is a link to what is not there"), N_("remove it, or put the file in its place"))
        if not any(itself.startswith(root) for root in roots):
            why = N_("it is a link that leads out of the folder")
            return InputError(where, why, N_("name the file itself, or put a copy in the link's place"))
    if not entry.is_file():
        return InputError(where, N_("it is no file but a pipe, a socket or a device"), N_("remove it"))
    return None
