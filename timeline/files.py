"""What writing a file safely takes, wherever one is written."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk, so that a renamed file is found after a fall."""
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one go: a reader finds the old content or the new, also after a fall. Raises `OSError`."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        _write_synced(fresh, content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of these files (by their paths in it), in the place of `target` if that exists: whole or not at all."""
    recover_folder(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            _write_synced(fresh / name, content)
        for inner in {fresh / folder for name in files for folder in Path(name).parents}:
            sync_folder(inner)
        replace_folder(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
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
