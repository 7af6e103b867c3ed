"""Uploaded files in the server's memory. Streamlit keeps them as long as the session; here they go once they are done with."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

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
