"""What writing a file safely takes, wherever one is written.

An `OSError` is told of the file or folder that was asked for, never of the hidden one in which it is made.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk, so that a renamed file is found after a fall."""
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Let a file's content reach the disk."""
    with path.open("r+b") as file:
        _reach_disk(file)


def write_whole(path: Path, content: bytes, lasts: bool = True) -> None:
    """Write a file in one go: a reader finds the old content or the new, also after a fall. Raises `OSError`.

    With `lasts` the new one is on the disk when this returns. Of many files it is quicker to write all, and then to sync them.
    """
    with _told_of(path), draft(path, lasts=lasts) as file:
        file.write(content)


@contextmanager
def draft(path: Path, is_wanted: Callable[[], bool] = lambda: True, lasts: bool = True) -> Iterator[BinaryIO]:
    """A hidden file beside `path`, which takes its place at the end of the `with`: if nothing was raised, and it `is_wanted`."""
    fresh = _beside(path)
    with _told_of(path):
        file = fresh.open("xb")
    try:
        with file:
            yield file
            with _told_of(path):
                file.flush()
                if lasts:
                    _reach_disk(file)
        if is_wanted():
            with _told_of(path):
                fresh.replace(path)
                if lasts:
                    sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def write_folder(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a folder of these files (path in it, content), in the place of `target` if that exists: whole or not at all."""
    with _told_of(target):
        recover_folder(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = _beside(target)
        try:
            fresh.mkdir()
            folders = {fresh}
            for name, content in files:
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                _write_synced(fresh / name, content)
                folders |= {fresh / inner for inner in Path(name).parents}
            for folder in folders:
                sync_folder(folder)
            replace_folder(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno is not None:  # one of the system's
            fault.filename = str(path)
            del fault.filename2
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        _reach_disk(file)


def _reach_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def previous_folder(target: Path) -> Path:
    """Where the old folder stands while a new one takes its place."""
    return target.with_name(f".{target.name}.previous")


def replace_folder(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`. A full folder cannot be renamed over, so the old one steps aside."""
    previous = previous_folder(target)
    shutil.rmtree(previous, ignore_errors=True)
    if target.exists():
        target.rename(previous)
    try:
        fresh.rename(target)
    except OSError:
        if previous.exists():
            previous.rename(target)
        raise
    shutil.rmtree(previous, ignore_errors=True)
    sync_folder(target.parent)


def recover_folder(target: Path) -> None:
    """Bring back the old folder of a `replace_folder` that was killed between its two renames."""
    if not target.exists() and previous_folder(target).exists():
        previous_folder(target).rename(target)
