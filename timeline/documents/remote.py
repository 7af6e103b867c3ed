"""Addresses of files that stand elsewhere, as fsspec writes them (`s3://bucket/pages`, `zip://*.html::s3://bucket/pages.zip`).

fsspec, and the package that it needs for one kind of address, are loaded when such an address is given. Addresses of the web are
none of these: `documents.fetch` alone asks for them, with its own bounds, and only for who has leave to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from timeline.documents.container import SPLIT, TOO_LARGE
from timeline.errors import InputError
from timeline.messages import N_

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:[:/]", re.IGNORECASE)
_CHAIN, _PROTOCOL = "::", "://"
# Those of the web, and those that lead on to addresses which stand in a file or behind their own name.
_WEB = frozenset(("http", "https", "reference", "generic"))
_CACHES = frozenset(("blockcache", "cached", "filecache", "simplecache"))  # which have no path of their own
_PASSWORD = re.compile(r"://[^/@:]*:[^/@]+@")
_BEFORE_AT = frozenset(("git", "github", "gist"))  # where what stands before the @ is a repository
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Remote:
    """A file by its address; `is_there` where it was seen."""

    url: str
    is_there: bool = True

    def __str__(self) -> str:
        return self.url

    def as_posix(self) -> str:
        """As a `Path` says itself."""
        return self.url

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of its path, behind those of what it stands in."""
        links = [link for link in self.url.split(_CHAIN) if _protocol(link) not in _CACHES]
        return tuple(part for link in reversed(links) for part in re.split(r"[/\\:]+", link) if part)

    @property
    def name(self) -> str:
        """What the file itself is called."""
        return self.parts[-1]


def is_address(path: str) -> bool:
    """Whether a path is an address, and not that of a file on this machine."""
    return _PROTOCOL in path and _ADDRESS.match(path) is not None


def is_shared(file: Remote) -> bool:
    """Whether other processes find the file by its address: not what this one holds in its memory."""
    return "memory" not in map(_protocol, file.url.split(_CHAIN))


def find(url: str, suffixes: tuple[str, ...], built: Sequence[frozenset[str]]) -> list[Remote]:
    """The files that an address stands for: itself, those that a pattern (`*`) fits, the texts of a folder sorted by name.

    Texts are files that end in one of `suffixes`; what is hidden is left out, and so is a folder with all the names of one of `built`.
    What is not there, or cannot be asked for, comes out as it was given: reading it tells why.
    """
    try:
        with _told_of(url):
            return _found(url, suffixes, built) or [Remote(url, is_there=False)]
    except InputError:
        return [Remote(url, is_there=False)]


def read_whole(file: Remote, most: int) -> bytes:
    """Its bytes; raises an `InputError` that says why there are none, or that they are more than `most`."""
    with _told_of(file.url):
        system, path = _system(file.url)
        if not file.is_there and system.isdir(path):
            raise IsADirectoryError
        if (system.size(path) or 0) > most:
            raise InputError(file.url, TOO_LARGE, SPLIT, size=most // 1_000_000)
        return cast(bytes, system.cat_file(path))


def open_stream(file: Remote) -> BinaryIO:
    """The file, to be read piece by piece; raises as `read_whole` does."""
    with _told_of(file.url):
        system, path = _system(file.url)
        return cast(BinaryIO, system.open(path, "rb"))


def stamp(file: Remote) -> str:
    """What is another when the file is: its size, and what its store says of its content or time. Raises as `read_whole` does."""
    with _told_of(file.url):
        system, path = _system(file.url)
        return str(system.ukey(path))


def _protocol(link: str) -> str:
    return link.partition(_PROTOCOL)[0].lower()


def _own_link(url: str) -> tuple[list[str], str, list[str]]:
    """The link of a chain that has the file's path, with those before and behind it."""
    links = url.split(_CHAIN)
    at = next((k for k, link in enumerate(links) if _protocol(link) not in _CACHES), 0)
    own = links[at] if _PROTOCOL in links[at] else f"{links[at]}{_PROTOCOL}"
    return links[:at], own, links[at + 1 :]


def _found(url: str, suffixes: tuple[str, ...], built: Sequence[frozenset[str]]) -> list[Remote]:
    system, path = _system(url)
    before, own, behind = _own_link(url)
    pattern = _PATTERN.search(own)
    if pattern and not system.exists(path):
        found = [(name, info["type"]) for name, info in system.glob(path, detail=True).items()]
        own = own[: own.rindex("/", 0, pattern.start()) + 1]  # the folder that the pattern stands in
    else:
        found = [(path, system.info(path)["type"])]
    files: list[str] = []
    for name, kind in sorted(found):
        files += _texts(system, name, suffixes, built) if kind == "directory" else [name]
    root = system._strip_protocol(own)
    links = (_joined(own, _below(root, name)) for name in files)
    return [Remote(_CHAIN.join((*before, link, *behind))) for link in links]


def _joined(folder: str, below: str) -> str:
    """The address of what stands below a folder's, or the same where that is a file's."""
    return f"{folder}{below}" if folder.endswith("/") or not below else f"{folder}/{below}"


def _below(root: str, name: str) -> str:
    return name.removeprefix(root).lstrip("/")


def _texts(system: Any, folder: str, suffixes: tuple[str, ...], built: Sequence[frozenset[str]]) -> list[str]:
    """The texts in a folder and below it."""
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    files = {tuple(_below(folder, file).split("/")): file for file in system.find(folder)}
    for parts in files:
        names[parts[:-1]].add(parts[-1])
    left_out = {parent for parent, inside in names.items() if any(inside >= own for own in built)}
    return [
        files[parts]
        for parts in sorted(files)
        if parts[-1].lower().endswith(suffixes)
        and not any(part.startswith(".") for part in parts)
        and not any(parts[:depth] in left_out for depth in range(len(parts)))
    ]


def _system(url: str) -> tuple[Any, str]:
    """The file system of an address, and its path in there."""
    if _WEB & set(map(_protocol, url.split(_CHAIN))):
        remedy = N_("fetch it first: `timeline fetch URL --out pages.warc.gz`, then build from that file")
        raise InputError(url, N_("addresses of the web are not read by a build"), remedy)
    if any(_PASSWORD.search(link) and _protocol(link) not in _BEFORE_AT for link in url.split(_CHAIN)):
        remedy = N_("put it where the package that reads such addresses looks for it (the environment, fsspec's configuration)")
        raise InputError(_PASSWORD.sub("://…@", url), N_("it holds a password, which the table of documents would show"), remedy)
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        why = N_("addresses of this kind are read by the package fsspec, which is not installed")
        raise InputError(url, why, N_("install it: pip install {package}"), package='"timeline-border[remote]"') from None
    system, path = url_to_fs(url)
    return system, str(path)


@contextmanager
def _told_of(url: str) -> Iterator[None]:
    """What a store, or the package that asks it, raises, as an `InputError`: which it may be, only they know."""
    try:
        yield
    except InputError:
        raise
    except ImportError as fault:
        why = N_("what reads addresses of this kind is not installed: {what}")
        raise InputError(url, why, N_("install it with pip"), what=str(fault)) from fault
    except FileNotFoundError:
        raise InputError(url, N_("there is no such file or folder"), N_("check the path")) from None
    except IsADirectoryError:
        raise  # `inputs` says what a folder should hold
    except Exception as fault:
        reason = " ".join(str(fault).split()) or type(fault).__name__
        remedy = N_("check the address, and that you may read there")
        raise InputError(url, N_("it cannot be read: {reason}"), remedy, reason=reason) from fault
