"""The field for a reader's own files; they leave the server's memory as soon as they are read or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from timeline.app import upload_memory
from timeline.app.language import _, current
from timeline.app.session_texts import MAX_CHARACTERS, MAX_DOCUMENTS, MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, Given, plain_name
from timeline.documents import SUFFIXES

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_TURN, _REFUSED = "upload_turn", "upload_refused"
_MB = 1_000_000


def field() -> list[Given]:
    """Draw the field; the files once the reader says so. What is too much is refused as soon as it is here, and dropped."""
    key = f"upload-files-{st.session_state.get(_TURN, 0)}"
    # No form: that would keep from us what lies in the server's memory already.
    with st.container(border=True):
        files = st.file_uploader(
            _("Texts, web pages, PDF, Word, EPUB, mails, tables of texts, web archives, or ZIP archives of these"),
            type=[suffix.removeprefix(".") for suffix in SUFFIXES],
            accept_multiple_files=True,
            max_upload_size=MAX_FILE_BYTES // _MB,
            key=key,
        )
        upload_memory.hold(key, (file.file_id for file in files))
        _limits()
        refused = _too_much(files)
        if refused:
            st.session_state[_REFUSED] = refused
            _empty(files)
            st.rerun()
        sent = st.button(_("Read the files"), type="primary", icon=":material/play_arrow:", key="upload-send")
        if st.session_state.get(_REFUSED):
            st.warning(st.session_state.pop(_REFUSED))
        elif sent and not files:
            st.warning(_("There is no file in the field yet."))
    if not sent or not files:
        return []
    given = [Given(plain_name(file.name), file.getvalue()) for file in files]
    _empty(files)
    return given


def _limits() -> None:
    limits = _("At most {files} files at once, {size} MB each and {total} MB together, {characters} characters a text, {texts} texts.")
    number = current().number
    st.caption(
        limits.format(
            files=MAX_FILES,
            size=MAX_FILE_BYTES // _MB,
            total=MAX_TOTAL_BYTES // _MB,
            characters=number(MAX_CHARACTERS),
            texts=MAX_DOCUMENTS,
        )
    )


def _too_much(files: Sequence[UploadedFile]) -> str:
    """Why these files are not taken; empty if they are."""
    if len(files) > MAX_FILES:
        return _("These are {n} files; at most {most} are read at once.").format(n=len(files), most=MAX_FILES)
    if sum(file.size for file in files) > MAX_TOTAL_BYTES:
        return _("These files have more than {total} MB together; give them in parts.").format(total=MAX_TOTAL_BYTES // _MB)
    return ""


def _empty(files: Iterable[UploadedFile]) -> None:
    """Drop the files, and let the next run draw a new field; with the old one go the bytes that the session holds for it."""
    upload_memory.drop(file.file_id for file in files)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
