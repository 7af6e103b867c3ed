"""Which knowledge folder may be written to."""

from __future__ import annotations

import os
from pathlib import Path

from timeline.errors import InputError
from timeline.knowledge import knowledge_path


def own_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """The folder named, or the knowledge of a checkout. That of an installed package is replaced with the next version, so it is refused.

    Raises `InputError`.
    """
    if folder is not None:
        if not Path(folder).is_dir():
            raise InputError(os.fspath(folder), "there is no such folder", "name one that holds the knowledge files")
        return Path(folder)
    own = knowledge_path()
    if own.parent.name == "_data":
        raise InputError(str(own), "belongs to the installed package", "copy that folder and name the copy with --knowledge")
    return own
