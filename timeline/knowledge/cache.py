"""What was worked out from the knowledge once, kept on disk for the next process that wants it.

A cache is never needed: one that is missing, damaged, of another version, somebody else's or cannot be written is as none.

It must not be a way in either. A pickle runs whatever code it holds, and neither a digest in its name nor a folder's mode proves
who wrote it; so the files are compressed JSON, from which nothing can come but lists, numbers and strings, and whoever takes them
checks those as if a stranger had sent them. The digest in a file's head is there against damage. Files that belong to another user
are passed over all the same: they could not run anything, but they could make the tool read texts wrongly.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.files import write_whole

CACHE_VARIABLE = "TIMELINE_CACHE"
_FOLDER = "timeline"
_MAGIC, _SUFFIX = "timeline-cache-1", ".json.z"
_QUICKLY = 1  # zlib's own word for it: a fifth of the size, for a tenth of the time that better costs


def cache_folder(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path | None:
    """Where the platform keeps what can be made again; `TIMELINE_CACHE` names another folder, or none if it is empty.

    None too where the user has no home.
    """
    variables = os.environ if environ is None else environ
    if CACHE_VARIABLE in variables:
        named = variables[CACHE_VARIABLE].strip()
        return Path(named) if named else None
    home = os.path.expanduser("~")
    if platform == "win32":
        base = variables.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = variables.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return Path(base, _FOLDER) if os.path.isabs(base) else None


@dataclass(frozen=True)
class Cache:
    """Values by name, each good for one key: what it was made of. `folder` None: nothing is kept."""

    folder: Path | None = None

    def read(self, name: str, key: str) -> Any:
        """What was kept under `name`, if it was made of `key` and is whole; else None."""
        if self.folder is None:
            return None
        try:
            with (self.folder / f"{name}{_SUFFIX}").open("rb") as file:
                if not _is_ours(os.fstat(file.fileno())):
                    return None
                head, _, body = file.read().partition(b"\n")
            return json.loads(zlib.decompress(body).decode()) if head == _head(key, body) else None
        except (OSError, ValueError, RecursionError, zlib.error):
            return None

    def write(self, name: str, key: str, value: Any) -> None:
        """Keep a value for the next process, if it is one that JSON can hold and the folder can be written to."""
        if self.folder is None:
            return
        try:
            plain = json.dumps(value, ensure_ascii=False, check_circular=False, separators=(",", ":")).encode()
            body = zlib.compress(plain, _QUICKLY)
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.folder / f"{name}{_SUFFIX}", _head(key, body) + b"\n" + body)
        except (OSError, TypeError, ValueError):
            return


def _head(key: str, body: bytes) -> bytes:
    return f"{_MAGIC} {key} {hashlib.sha256(body).hexdigest()}".encode()


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file is the user's own or the system's; where files have no such owners, as on Windows, all are."""
    return os.name != "posix" or status.st_uid in (0, os.geteuid())
