"""A ZIP → the texts in it, with limits on what it may unpack to. Nothing is written to disk, so no path can escape."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from timeline.errors import InputError
from timeline.messages import N_

# A month of a news desk is some thousand pages.
MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
# Running text packs to a quarter, repetitive XML to a thirtieth; what packs better was made to.
MAX_RATIO = 100
RATIO_FROM = 1_000_000  # bytes unpacked; below, a bomb does no harm and a form of blanks packs well
MAX_DEPTH = 2  # a ZIP in a ZIP, as mail programs make them; not deeper
# Of an archive's directory. Its reader makes an object of each of its entries, of 46 bytes and a name, before they are counted.
MAX_DIRECTORY_BYTES = MAX_MEMBERS * 1_000
MAX_NAME_BYTES = 200  # a part of a path: with a suffix behind, what every file system takes

# The methods that zipfile unpacks no further than asked; of the others a few kilobytes may fill the memory.
METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_ENCRYPTED = 0x1

# The record that ends an archive (a comment of up to 64 KB may follow), and that of large archives before it.
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _END_64_BYTES, _LOCATOR_BYTES, _LONGEST_COMMENT = 22, 56, 20, 65_535

_TOO_MANY = N_("the archive holds more than {most} files")
_SPLIT = N_("split it")
_PACK_AGAIN = N_("pack it again")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path in there (`2023/page.html`, `inner.zip/page.txt`) and its bytes."""

    name: str
    data: bytes


@dataclass(slots=True)
class Budget:
    """What is left for an archive and all archives in it."""

    members: int = MAX_MEMBERS
    size: int = MAX_TOTAL_BYTES


def names_in(data: bytes) -> frozenset[str]:
    """The names of an archive's members; none of one that is damaged, or holds too many."""
    try:
        with opened(data, "") as file:
            return frozenset(file.namelist())
    except InputError:
        return frozenset()


def opened(data: bytes, where: str) -> zipfile.ZipFile:
    """The archive, or an `InputError` where its directory can't be read, or is too large to be."""
    files, size = _directory(data)
    if files > MAX_MEMBERS or size > MAX_DIRECTORY_BYTES:
        raise InputError(where, _TOO_MANY, _SPLIT, most=MAX_MEMBERS)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, UnicodeError, struct.error):
        raise InputError(where, N_("the archive is damaged"), _PACK_AGAIN) from None


def _directory(data: bytes) -> tuple[int, int]:
    """How many files the end of an archive states, and the bytes of their directory; `zipfile` reads all of the latter."""
    # Without a comment the end is at a fixed place; else it is searched, and may be found in the fields of the former.
    places = (len(data) - _END_BYTES, data.rfind(_END, max(0, len(data) - _END_BYTES - _LONGEST_COMMENT)))
    found = [(0, 0)]
    for at in places:
        if 0 <= at <= len(data) - _END_BYTES and data.startswith(_END, at):
            files, size = struct.unpack_from("<HL", data, at + 10)
            found += [(0 if files == 0xFFFF else files, 0 if size == 0xFFFFFFFF else size), *_directory_64(data, at - _LOCATOR_BYTES)]
    return max(files for files, _ in found), max(size for _, size in found)


def _directory_64(data: bytes, locator: int) -> Iterator[tuple[int, int]]:
    """The same as a large archive states it, at each of the two places where versions of `zipfile` look for it."""
    if locator < 0 or not data.startswith(_LOCATOR_64, locator):
        return
    for at in (locator - _END_64_BYTES, *struct.unpack_from("<Q", data, locator + 8)):
        if 0 <= at <= len(data) - _END_64_BYTES and data.startswith(_END_64, at):
            yield struct.unpack_from("<QQ", data, at + 32)


def check_size(file: zipfile.ZipFile, packed: int, where: str, budget: Budget | None = None) -> None:
    """Refuse an archive that holds too much, or unpacks to more than any text does; `packed` is its size in bytes.

    The sizes are those that its directory states; `zipfile` reads no byte beyond them.
    """
    limits = budget or Budget()
    infos = file.infolist()
    total = sum(info.file_size for info in infos)
    if len(infos) > limits.members:
        raise InputError(where, _TOO_MANY, _SPLIT, most=MAX_MEMBERS)
    if total > limits.size:
        raise InputError(where, N_("the archive unpacks to more than {size} MB"), _SPLIT, size=MAX_TOTAL_BYTES // 1_000_000)
    if total > RATIO_FROM and total > packed * MAX_RATIO:
        why = N_("the archive unpacks to {times} times its size, as no text does")
        raise InputError(where, why, N_("pack the texts again"), times=total // max(packed, 1))
    limits.members -= len(infos)
    limits.size -= total


def members(
    data: bytes, where: str, suffixes: tuple[str, ...], budget: Budget | None = None, depth: int = 1
) -> Iterator[Member | InputError]:
    """The files of an archive that end in one of `suffixes`, by name, and those of the archives in it.

    A member that can't be read comes out as its `InputError`; the archive as a whole raises one.
    """
    limits = budget or Budget()
    with opened(data, where) as file:
        check_size(file, len(data), where, limits)
        wanted = sorted((info for info in file.infolist() if _is_wanted(info, suffixes)), key=lambda info: info.filename)
        if not wanted:
            raise InputError(where, N_("the archive holds no text ({kinds})"), N_("pack files of these kinds"), kinds=suffixes)
        seen: set[str] = set()
        for info in wanted:
            place = f"{where}/{info.filename}"
            fault = _fault_of(info, seen, place)
            if fault:
                yield fault
                continue
            seen.add(info.filename)
            content = _read(file, info, place)
            if isinstance(content, InputError):
                yield content
            elif info.filename.lower().endswith(".zip"):
                yield from _nested(content, info.filename, place, suffixes, limits, depth)
            else:
                yield Member(info.filename, content)


def _nested(data: bytes, name: str, where: str, suffixes: tuple[str, ...], budget: Budget, depth: int) -> Iterator[Member | InputError]:
    if depth >= MAX_DEPTH:
        yield InputError(where, N_("archives stand in archives in an archive"), N_("unpack the inner ones"))
        return
    try:
        for one in members(data, where, suffixes, budget, depth + 1):
            yield one if isinstance(one, InputError) else Member(f"{name}/{one.name}", one.data)
    except InputError as fault:
        yield fault


def _is_wanted(info: zipfile.ZipInfo, suffixes: tuple[str, ...]) -> bool:
    """What a folder would be searched for; what is hidden, and what macOS adds, is left out."""
    parts = PurePosixPath(info.filename).parts
    hidden = any(part.startswith(".") and part.strip(".") for part in parts) or "__MACOSX" in parts
    return not info.is_dir() and not hidden and info.filename.lower().endswith(suffixes)


def _fault_of(info: zipfile.ZipInfo, seen: set[str], where: str) -> InputError | None:
    """Why a member is not read: its path names its document, and later the file in which its text is kept."""
    name = info.filename
    parts = name.split("/")
    if name in seen:
        return InputError(where, N_("the archive holds the name twice"), N_("rename one of the two"))
    if not all(parts) or {".", ".."} & set(parts) or "\\" in name or ":" in parts[0] or not name.isprintable():
        return InputError(where, N_("its path leads out of the archive, or is none"), N_("pack it with a plain path"))
    if max(len(part.encode("utf-8", "replace")) for part in parts) > MAX_NAME_BYTES:
        return InputError(where, N_("its name is too long"), N_("shorten it"))
    if info.flag_bits & _ENCRYPTED:
        return InputError(where, N_("it is protected by a password"), N_("pack it without a password"))
    if info.compress_type not in METHODS:
        return InputError(where, N_("it is packed in a way that can't be read here"), N_("pack it as an ordinary ZIP"))
    if info.file_size > MAX_MEMBER_BYTES:
        return InputError(where, N_("it is larger than {size} MB"), _SPLIT, size=MAX_MEMBER_BYTES // 1_000_000)
    return None


def _read(file: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> bytes | InputError:
    try:
        return file.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
        return InputError(where, N_("it is damaged in the archive"), _PACK_AGAIN)
