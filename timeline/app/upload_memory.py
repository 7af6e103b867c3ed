"""Uploaded files in the server's memory. Streamlit keeps them as long as the session; here they go once they are done with.

What no uploader asked for, a browser that is made to may send all the same, so what may lie there is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

# Of one session: somewhat more than the uploader takes, which itself says what was too much. Of all of them: what a server has.
MOST_FILES, MOST_BYTES = 100, 250_000_000
MOST_BYTES_OF_ALL = 500_000_000
_HELD = "upload_held"


def hold(key: str, file_ids: Iterable[str]) -> None:
    """Remember what the uploader of that key holds now."""
    st.session_state[_HELD] = key, tuple(file_ids)


def drop(file_ids: Iterable[str]) -> None:
    """Let the server forget these files of this session."""
    context = get_script_run_ctx()
    # The one manager of which it is known how; another may keep its files elsewhere.
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file_id in file_ids:
            context.uploaded_file_mgr.remove_file(context.session_id, file_id)


def drop_abandoned() -> None:
    """Drop the files of an uploader that the last run did not draw: its page was left before they were read."""
    key, file_ids = st.session_state.get(_HELD, ("", ()))
    if key and key not in st.session_state:
        drop(file_ids)
        del st.session_state[_HELD]


class _Bounded(MemoryUploadedFileManager):
    """Refuses what is too much, as the server refuses a file that is too large."""

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        own = list(self.file_storage.get(session_id, {}).values())
        others = [one for held in list(self.file_storage.values()) for one in list(held.values())]
        size = len(file.data)
        if len(own) >= MOST_FILES or size + _bytes(own) > MOST_BYTES or size + _bytes(others) > MOST_BYTES_OF_ALL:
            raise HTTPException(413, "Too many files")
        super().add_file(session_id, file)


def _bytes(files: Iterable[UploadedFileRec]) -> int:
    return sum(len(file.data) for file in files)


def bound() -> None:
    """From now on the server keeps no more than this."""
    context = get_script_run_ctx()
    if context is not None and type(context.uploaded_file_mgr) is MemoryUploadedFileManager:
        context.uploaded_file_mgr.__class__ = _Bounded  # it was made before any code of ours, and the server holds it
