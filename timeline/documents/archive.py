"""A ZIP → the texts in it, with limits on what it may unpack to. Nothing is written to disk, so no path can escape."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from timeline.documents.container import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_NAME_BYTES,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    RATIO_FROM,
    SPLIT,
    SUFFIXES,
    TOO_LARGE,
    Budget,
    Member,
)
from timeline.errors import InputError
from timeline.messages import N_

# Of an archive's directory. Its reader makes an object of each of its entries, of 46 bytes and a name, before they are counted.
MAX_DIRECTORY_BYTES = MAX_MEMBERS * 1_000

# The methods that zipfile unpacks no further than asked; of the others a few kilobytes may fill the memory.
METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_ENCRYPTED = 0x1
MAX_PATH_BYTES = 1_000  # of a member: three in one another still make a path that every system takes

# The record that ends an archive (a comment of up to 64 KB may follow), and that of large archives before it.
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _END_64_BYTES, _LOCATOR_BYTES, _LONGEST_COMMENT = 22, 56, 20, 65_535

# What reading a member raises: of the bytes, of their length, of a method or a password that it would take.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)

_TOO_MANY = N_("the archive holds more than {most} files")
_PACK_AGAIN = N_("pack it again")


def names_in(data: bytes) -> frozenset[str]:
    """The names of an archive's members; none of one that is damaged, or holds too many."""
    try:
        with opened(data, "") as file:
            return frozenset(file.namelist())
    except InputError:
        return frozenset()


def first_bytes(data: bytes, name: str, most: int = 200) -> bytes:
    """How a member of an archive begins; empty where there is none that can be read."""
    try:
        with opened(data, "") as file:
            info = file.getinfo(name)
            return file.open(info).read(most) if info.compress_type in METHODS else b""
    except (InputError, KeyError, *_DAMAGE):
        return b""


def opened(data: bytes, where: str) -> zipfile.ZipFile:
    """The archive, or an `InputError` where its directory can't be read, or is too large to be."""
    files, size = _directory(data)
    if files > MAX_MEMBERS or size > MAX_DIRECTORY_BYTES:
        raise InputError(where, _TOO_MANY, SPLIT, most=MAX_MEMBERS)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGE, UnicodeError, struct.error):  # among them a version that is not known
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
        raise InputError(where, _TOO_MANY, SPLIT, most=MAX_MEMBERS)
    if total > limits.size:
        raise InputError(where, N_("the archive unpacks to more than {size} MB"), SPLIT, size=MAX_TOTAL_BYTES // 1_000_000)
    if total > RATIO_FROM and total > packed * MAX_RATIO:
        why = N_("the archive unpacks to {times} times its size, as no text does")
        raise InputError(where, why, N_("pack the texts again"), times=total // max(packed, 1))
    limits.members -= len(infos)
    limits.size -= total


def check_parts(data: bytes, where: str, suffixes: tuple[str, ...], most: int) -> None:
    """Refuse a document that is an archive within (DOCX, EPUB) before any of it is unpacked: what would fill the memory.

    Its parts that end in one of `suffixes` may unpack to `most` bytes together.
    """
    with opened(data, where) as file:
        check_size(file, len(data), where)
        size = sum(info.file_size for info in file.infolist() if info.filename.lower().endswith(suffixes))
        odd = any(info.compress_type not in METHODS for info in file.infolist())
    if odd:
        raise InputError(where, N_("it is packed in a way that can't be read here"), N_("open it and save it again"))
    if size > most:
        remedy = N_("split it, or save it as a text file")
        raise InputError(where, N_("its text unpacks to more than {size} MB"), remedy, size=most // 1_000_000)


def members(data: bytes, _name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The files of an archive that end in one of `SUFFIXES`, by name.

    A member that can't be read comes out as its `InputError`; the archive as a whole raises one.
    """
    with opened(data, where) as file:
        check_size(file, len(data), where, budget)
        wanted = sorted((info for info in file.infolist() if _is_wanted(info)), key=lambda info: info.filename)
        if not wanted:
            raise InputError(where, N_("the archive holds no text ({kinds})"), N_("pack files of these kinds"), kinds=SUFFIXES)
        seen: set[str] = set()
        for info in wanted:
            place = f"{where}/{info.filename}"
            fault = _fault_of(info, seen, place)
            if fault:
                yield fault
                continue
            seen.add(info.filename)
            content = _read(file, info, place)
            yield content if isinstance(content, InputError) else Member(info.filename, content)


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    """What a folder would be searched for; what is hidden, and what macOS adds, is left out."""
    parts = PurePosixPath(info.filename).parts
    hidden = any(part.startswith(".") and part.strip(".") for part in parts) or "__MACOSX" in parts
    return not info.is_dir() and not hidden and info.filename.lower().endswith(SUFFIXES)


def _fault_of(info: zipfile.ZipInfo, seen: set[str], where: str) -> InputError | None:
    """Why a member is not read: its path names its document, and later the file in which its text is kept."""
    name = info.filename
    parts = name.split("/")
    if name in seen:
        return InputError(where, N_("the archive holds the name twice"), N_("rename one of the two"))
    if not all(parts) or {".", ".."} & set(parts) or "\\" in name or ":" in parts[0] or not name.isprintable():
        return InputError(where, N_("its path leads out of the archive, or is none"), N_("pack it with a plain path"))
    lengths = [len(part.encode("utf-8", "replace")) for part in parts]
    if max(lengths) > MAX_NAME_BYTES or sum(lengths) + len(parts) > MAX_PATH_BYTES:
        return InputError(where, N_("its name is too long"), N_("shorten it"))
    if info.flag_bits & _ENCRYPTED:
        return InputError(where, N_("it is protected by a password"), N_("pack it without a password"))
    if info.compress_type not in METHODS:
        return InputError(where, N_("it is packed in a way that can't be read here"), N_("pack it as an ordinary ZIP"))
    if info.file_size > MAX_MEMBER_BYTES:
        return InputError(where, TOO_LARGE, SPLIT, size=MAX_MEMBER_BYTES // 1_000_000)
    return None


def _read(file: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> bytes | InputError:
    try:
        return file.read(info)
    except _DAMAGE:
        return InputError(where, N_("it is damaged in the archive"), _PACK_AGAIN)
