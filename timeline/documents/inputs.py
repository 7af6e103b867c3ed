"""Paths → the files to read, each with the name that its document bears."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from timeline.documents.formats import SUFFIXES
from timeline.errors import InputError
from timeline.messages import N_

# The argument that stands for standard input.
STDIN = Path("-")
STDIN_NAME = "stdin"
# The files of a built folder: what was told once is not to be taken for one more source of itself.
_BUILT = frozenset(("documents.csv", "mentions.csv", "evidence.csv", "events.csv"))
_BUILT_IN_PARTS = "parts.json"


def list_inputs(paths: Iterable[str | PathLike[str]]) -> list[Path]:
    """The files that `paths` stand for: a file itself, `-` for standard input, a folder's texts (`SUFFIXES`) sorted by name.

    A file that is named twice is read once. What is missing, and a folder without texts, stays in the list as
    it is: reading it gives the `InputError`, so that the other texts are still built.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        for file in _folder_texts(path) or [path] if os.path.isdir(path) else [path]:
            found.setdefault(file if file == STDIN else file.resolve(), file)
    return list(found.values())


def _folder_texts(folder: Path) -> list[Path]:
    """Every text file in `folder` and below; what is hidden (a name that starts with a dot), or was built, is left out."""
    texts: list[Path] = []
    for parent, folders, files in os.walk(folder):
        if set(files) >= _BUILT or _BUILT_IN_PARTS in files:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        found = (Path(parent, name) for name in files if not name.startswith(".") and name.lower().endswith(SUFFIXES))
        texts += filter(Path.is_file, found)
    return sorted(texts, key=lambda file: file.relative_to(folder).parts)


def document_names(files: Iterable[Path]) -> list[str]:
    """One `doc_id` a file: its name; where two files share it, with as many folders before it as tell them apart.

    A file that is not there changes no other's name.
    """
    listed = list(files)
    parts = [(STDIN_NAME,) if file == STDIN else file.resolve().parts for file in listed]
    is_there = [file == STDIN or os.path.exists(file) for file in listed]
    depths = [1] * len(parts)
    while True:
        names = ["/".join(own[-depth:]) for own, depth in zip(parts, depths, strict=True)]
        uses = Counter(name for name, there in zip(names, is_there, strict=True) if there)
        grown = [depth + (uses[name] > 1 and depth < len(own)) for name, own, depth in zip(names, parts, depths, strict=True)]
        if grown == depths:
            return names
        depths = grown


def read_bytes(path: Path) -> bytes:
    """The bytes of one input, or an `InputError` that says why there are none."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    if os.path.isdir(path):  # not the path's own way, which raises for a name that is too long
        remedy = N_("name a folder that does, or the files themselves")
        raise InputError(str(path), N_("the folder holds no text ({kinds})"), remedy, kinds=tuple(f"*{suffix}" for suffix in SUFFIXES))
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(str(path), N_("there is no such file or folder"), N_("check the path")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(str(path), N_("the file cannot be read: {reason}"), N_("check its permissions"), reason=reason) from None
