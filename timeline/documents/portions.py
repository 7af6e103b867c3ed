"""Files for other processes to read: which of them can be, and so many at a time."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.documents.inputs import STDIN, Place, is_crawl
from timeline.documents.remote import Remote, is_shared

_MOST = 16  # files of a portion


def can_travel(file: Place) -> bool:
    """Whether another process can read the file by its path."""
    return is_shared(file) if isinstance(file, Remote) else file != STDIN


def portions_of(files: Sequence[tuple[Place, str]]) -> list[list[tuple[str, str]]]:
    """The files in portions for other processes, in their order, each with the name of its document; a crawl is one by itself."""
    portions: list[list[tuple[str, str]]] = []
    is_open = False
    for file, doc_id in files:
        if is_crawl(file) or not is_open or len(portions[-1]) == _MOST:
            portions.append([])
        portions[-1].append((str(file), doc_id))
        is_open = not is_crawl(file)
    return portions
