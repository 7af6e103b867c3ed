"""What writing a file safely takes, wherever one is written.

Whatever is written stands beside its place first, in a hidden file or folder that names the process, and takes the place in one
step. One that is killed leaves the old content; what it left beside it goes when the same thing is written next.

An `OSError` is told of the file or folder that was asked for, never of the hidden one in which it is made.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from filelock import BaseFileLock

try:
    import fcntl
except ImportError:  # not on Windows, where nobody can remove a file that another has open
    fcntl = None  # type: ignore[assignment]

NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))  # why a file cannot be written that nothing is wrong with
_OF_A_PROCESS = re.compile(r"\d+-[0-9a-f]{8}")
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of Linux


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


def lock_of(path: Path, timeout: float = -1) -> BaseFileLock:
    """The lock of those who read a file or folder and then write it, to be held by `with`; it lies beside it, and stays there.

    It waits as long as `timeout` says (seconds; without: for ever), and is free once its holder died.
    """
    from filelock import FileLock  # takes longer to import than all of this, and only who writes needs it

    return FileLock(path.with_name(f".{path.name}.lock"), timeout=timeout)


def write_whole(path: Path, content: bytes, lasts: bool = True) -> None:
    """Write a file in one go: a reader finds the old content or the new, also after a fall. Raises `OSError`.

    With `lasts` the new one is on the disk when this returns. Of many files it is quicker to write all, and then to sync them.
    """
    with told_of(path), draft(path, lasts=lasts) as file:
        file.write(content)


@contextmanager
def draft(path: Path, is_wanted: Callable[[], bool] = lambda: True, lasts: bool = True) -> Iterator[BinaryIO]:
    """A hidden file beside `path`, which takes its place at the end of the `with`: if nothing was raised, and it `is_wanted`.

    It may be read and written by whom the old file may. Where `path` is a link, what it leads to is replaced; a device, as
    `/dev/stdout`, or a pipe has no old content, and is written to as it is.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        with told_of(path), path.open("wb") as device:
            yield device
        return
    target = path.resolve()
    with told_of(path):
        if lasts:  # of many files it would take too long, and whoever writes them tidies up after all
            _drop_left_behind(target)
        fresh, file = _begun(target)
    try:
        with _still_held(file):
            with file:
                yield file
                with told_of(path):
                    file.flush()
                    if lasts:
                        _reach_disk(file)
            if is_wanted():
                with told_of(path):
                    _keep_mode(target, fresh)
                    fresh.replace(target)
                    if lasts:
                        sync_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _begun(path: Path) -> tuple[Path, BinaryIO]:
    """A new file beside `path`, held as long as it is open, so that others see that it is written just now."""
    while True:
        fresh = _beside(path)
        file = fresh.open("xb")
        if not _hold(file.fileno(), waits=True) or fresh.exists():
            return fresh, file
        file.close()  # in the moment before it was held somebody took it for left behind


def _hold(handle: int, waits: bool = False) -> bool:
    """Whether an open file is ours alone from now until it is closed; False too where files cannot be held."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _still_held(file: BinaryIO) -> Iterator[None]:
    """Hold an open file that is held to the end of the `with`, though it be closed before."""
    handle = None if fcntl is None else os.dup(file.fileno())
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _drop_left_behind(path: Path) -> None:
    """Remove what those have left beside `path` who were killed while they wrote it."""
    for left in _beside_now(path):
        try:
            handle = os.open(left, os.O_RDONLY)
            try:
                if _hold(handle):
                    left.unlink()
            finally:
                os.close(handle)
        except OSError:  # another has removed it, or whoever owns it does not let us
            continue


def write_folder(target: Path, files: Iterable[tuple[str, bytes]], check: Callable[[Path], object] = lambda target: None) -> None:
    """Write a folder of these files (path in it, content), in the place of `target` if that exists: whole or not at all.

    Of two who write the same folder one waits for the other. What `check` raises, given the folder that is to be replaced, is
    raised here, and nothing is written.
    """
    with told_of(target):
        check(target)  # before a lock is put beside what may be none of ours
        target.parent.mkdir(parents=True, exist_ok=True)
        with lock_of(target):
            recover_folder(target)
            check(target)
            for left in _beside_now(target):  # nobody who lives, for all hold the lock
                shutil.rmtree(left, ignore_errors=True)
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
                _keep_mode(target, fresh)
                replace_folder(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """What the system refuses in here is told of this path."""
    try:
        yield
    except OSError as fault:
        if fault.errno is not None:  # one of the system's
            fault.filename = str(path)
            del fault.filename2
        raise


def _keep_mode(path: Path, fresh: Path) -> None:
    """Let the new one be read and written by whom the old one may, if there is one."""
    with suppress(OSError):  # no old one; or a file system without modes
        shutil.copymode(path, fresh)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")


def _beside_now(path: Path) -> list[Path]:
    """What `_beside` has named and still is there."""
    begin = f".{path.name}."
    try:
        names = [name for name in os.listdir(path.parent) if name.startswith(begin)]
        return [path.with_name(name) for name in names if _OF_A_PROCESS.fullmatch(name, len(begin))]
    except OSError:  # no such folder, or one that may be written to but not looked into
        return []


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        _reach_disk(file)


def _reach_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def previous_folder(target: Path) -> Path:
    """Where the old folder stands while a new one takes its place, where that takes two steps."""
    return target.with_name(f".{target.name}.previous")


def standing_folder(target: Path) -> Path:
    """Where a folder is to be read: for the moment between those two steps, and if nobody came to do the second, it stands aside."""
    previous = previous_folder(target.resolve())
    return previous if not target.exists() and previous.exists() else target


def replace_folder(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`; in one step where the system can, else the old one steps aside before."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        previous = previous_folder(target)
        shutil.rmtree(previous, ignore_errors=True)
        target.rename(previous)
        try:
            fresh.rename(target)
        except OSError:
            previous.rename(target)
            raise
    sync_folder(target.parent)
    for old in (fresh, previous_folder(target)):
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, in one step; whether it was done, for only Linux can, and not on every file system."""
    call = _renameat2()
    return call is not None and call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0


@cache
def _renameat2() -> Any:
    try:
        call = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError, TypeError):
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return call


def recover_folder(target: Path) -> None:
    """Bring back the old folder of a `replace_folder` that was killed between its two renames."""
    if not target.exists() and previous_folder(target).exists():
        previous_folder(target).rename(target)
