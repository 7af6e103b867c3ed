"""How much may lie in the server's memory of what was uploaded and is not read."""

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from timeline.app import session_texts, upload_memory


class Context:
    """A run of the app's script, as far as it is asked for."""

    def __init__(self) -> None:
        self.uploaded_file_mgr = MemoryUploadedFileManager("/upload")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    for name, most in (("MOST_FILES", 3), ("MOST_BYTES", 100), ("MOST_BYTES_OF_ALL", 150)):
        monkeypatch.setattr(upload_memory, name, most)
    context = Context()
    monkeypatch.setattr(upload_memory, "get_script_run_ctx", lambda: context)
    upload_memory.bound()
    upload_memory.bound()
    return context.uploaded_file_mgr


def put(server: MemoryUploadedFileManager, session: str, name: str, size: int) -> int:
    """The status that a browser is given."""
    try:
        server.add_file(session, UploadedFileRec(name, name, "text/plain", b"x" * size))
    except HTTPException as fault:
        return fault.status_code
    return 204


def test_a_session_keeps_so_many_files_and_bytes(server: MemoryUploadedFileManager) -> None:
    assert [put(server, "a", name, 0) for name in "wxyz"] == [204, 204, 204, 413]
    assert [put(server, "b", name, 60) for name in "xy"] == [204, 413]


def test_all_together_keep_so_many_bytes(server: MemoryUploadedFileManager) -> None:
    assert [put(server, session, "x", 60) for session in "abc"] == [204, 204, 413]
    server.remove_session_files("a")
    assert put(server, "c", "x", 60) == 204


def test_what_the_uploader_takes_is_let_through() -> None:
    assert upload_memory.MOST_FILES >= session_texts.MAX_FILES
    assert session_texts.MAX_TOTAL_BYTES < upload_memory.MOST_BYTES < upload_memory.MOST_BYTES_OF_ALL
