"""A reader's own texts: read, fused with the folder's events, shown to that reader alone, dropped again."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from tests.app import running
from tests.app.own_texts import KNOWN, NEW
from tests.file_samples import STORY, docx, packed, page, pdf
from timeline.app import session_texts, uploads
from timeline.app.session_texts import Given, Own, plain_name, read
from timeline.documents import fetch
from timeline.documents.fetch import Fetched
from timeline.errors import InputError
from timeline.pipeline import Extractor


class TestReading:
    def test_every_format_and_one_bad_file_among_them(self, engine: Extractor) -> None:
        data = packed({"a.txt": STORY[0], "b.html": page(), "c.docx": docx(*STORY[::-1]), "d.pdf": pdf(STORY, password="x")})
        found = list(read(Given("news.zip", data), engine, []))
        assert [one.document.doc_id for one in found if isinstance(one, Own)] == [
            "yours/news.zip/a.txt",
            "yours/news.zip/b.html",
            "yours/news.zip/c.docx",
        ]
        assert [str(one) for one in found if isinstance(one, InputError)] == [
            "news.zip/d.pdf: it is protected by a password (save a copy without the password)"
        ]

    def test_a_text_beyond_measure_is_refused(self, engine: Extractor) -> None:
        (found,) = read(Given("a.txt", b"word " * 50_000), engine, [])
        assert "250,000 characters" in str(found)

    def test_a_file_beyond_measure_is_not_even_opened(self, engine: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(session_texts, "MAX_FILE_BYTES", 10)
        assert [str(one) for one in read(Given("a.txt", STORY[0].encode()), engine, [])] == ["a.txt: it is larger than 0 MB (split it)"]

    @pytest.mark.parametrize("name", ["a.txt", "a.zip"])
    def test_a_text_beyond_measure_is_not_laid_out(self, engine: Extractor, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        def laid_out(*_: object) -> None:
            raise AssertionError("it was laid out")

        monkeypatch.setattr("timeline.documents.reader.lay_out", laid_out)
        long, longer = STORY[0] * 3_000, STORY[0] * 10_000
        for text in (long, longer):
            (found,) = read(Given(name, packed({"b.txt": text}) if name == "a.zip" else text.encode()), engine, [])
            assert "200,000" in str(found)
        monkeypatch.setattr("timeline.documents.reader.read_as", laid_out)  # of the longer not even the bytes are read
        (found,) = read(Given(name, packed({"b.txt": longer}) if name == "a.zip" else longer.encode()), engine, [])
        assert "200,000" in str(found)

    def test_no_more_texts_than_a_session_holds(self, engine: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(session_texts, "MAX_DOCUMENTS", 1)
        found = list(read(Given("a.zip", packed({"a.txt": STORY[0], "b.txt": STORY[1]})), engine, []))
        assert [type(one) for one in found] == [Own, InputError]

    def test_the_same_text_again_is_told_and_another_of_its_name_gets_a_number(self, engine: Extractor) -> None:
        first = [one for one in read(Given("a.txt", STORY[0].encode()), engine, []) if isinstance(one, Own)]
        (again,) = read(Given("b.txt", STORY[0].encode()), engine, first)
        assert "among your texts already" in str(again)
        (other,) = read(Given("a.txt", NEW.encode()), engine, first)
        assert isinstance(other, Own)
        assert other.document.doc_id == "yours/a.txt (2)"
        assert other.mentions[0].doc_id == "yours/a.txt (2)"

    def test_a_pasted_text_is_read_by_the_language_and_day_that_were_told(self, engine: Extractor) -> None:
        given = Given("pasted-1.txt", b"On 12 March the gate of Tra Linh was opened.", "en", "2023-03-13", is_pasted=True)
        (own,) = read(given, engine, [])
        assert isinstance(own, Own)
        assert (own.document.language, own.mentions[0].date_edtf) == ("en", "2023-03-12")

    def test_names_of_files_are_made_plain(self) -> None:
        assert plain_name("../../etc/pass\nwd") == "passwd"
        assert plain_name("C:\\news\\a.txt") == "a.txt"
        assert plain_name("..") == "text"

    @pytest.mark.parametrize("name", ["a" * 300 + ".html", "a.b." + "ữ" * 300 + ".docx"])
    def test_a_long_name_keeps_its_suffix(self, name: str) -> None:
        plain = plain_name(name)
        assert len(plain) == 120
        assert plain.rpartition(".")[2] == name.rpartition(".")[2]
        assert len(plain_name("a" * 300)) == len(plain_name("a." + "b" * 300)) == 120


def script() -> None:
    from timeline.app import add_page, data, session_texts, state
    from timeline.app.view import View
    from timeline.facets import Conditions

    shelf = session_texts.with_texts(data.load(data.folder()))
    state.sync("add_page", shelf.archive.events)
    add_page.render(View.of(shelf, Conditions(), data.entries()))
    state.write_url()


run = partial(running.run, script)


def send(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def paste(app: AppTest, text: str) -> None:
    app.text_area[0].set_value(text)
    send(app, "Read the text")


def status(app: AppTest) -> str:
    found = [element.proto.body for element in app.get("html") if "tl-count" in element.proto.body]
    return found[0].split('status">')[1].split("<")[0] if found else ""


@pytest.mark.usefixtures("folder")
class TestPage:
    def test_among_too_many_events_none_can_be_put(self, monkeypatch: pytest.MonkeyPatch) -> None:
        app = run()
        paste(app, NEW)
        assert status(app)
        monkeypatch.setattr(session_texts, "MOST_EVENTS", 0)
        app.run()
        assert app.info[0].value.startswith("There are too many events here")
        assert not app.text_area
        assert status(app) == ""

    def test_a_pasted_text_gives_its_events_at_once(self) -> None:
        app = run()
        assert status(app) == ""
        paste(app, NEW + "\n\n" + KNOWN)
        assert app.success[0].value == "1 text was read."
        assert status(app) == "2 events are told in your texts: 1 only there, 1 known already."
        assert app.text_area[0].value == ""

    def test_another_session_sees_nothing_of_it_and_nothing_is_written(self, folder: Path) -> None:
        before = sorted(folder.parent.rglob("*"))
        paste(run(), NEW)
        assert status(run()) == ""
        assert sorted(folder.parent.rglob("*")) == before

    def test_texts_are_forgotten_at_a_click(self) -> None:
        app = run()
        paste(app, NEW)
        send(app, "Forget my texts")
        assert status(app) == ""
        assert not [key for key in ("own_texts", "own_merged", "own_shelf") if key in app.session_state]

    def test_files_are_read_and_what_is_refused_is_told(self) -> None:
        app = run()
        app.file_uploader[0].set_value([("a.html", page().encode(), "text/html"), ("b.pdf", pdf(STORY, password="x"), "application/pdf")])
        send(app, "Read the files")
        assert app.success[0].value == "1 text was read."
        assert "**b\\.pdf**: it is protected by a password. Save a copy without the password." in app.error[0].value

    def test_too_many_files_are_refused_before_they_are_read(self) -> None:
        app = run()
        app.file_uploader[0].set_value([(f"{number}.txt", b"x", "text/plain") for number in range(session_texts.MAX_FILES + 1)])
        send(app, "Read the files")
        assert "51 files" in app.warning[0].value

    def test_an_empty_field_is_told(self) -> None:
        app = run()
        send(app, "Read the text")
        assert "no text in the field" in app.warning[0].value

    def test_a_text_without_an_event_says_what_a_text_must_tell(self) -> None:
        app = run()
        paste(app, "The weather in the mountains was fine and the people of the village were glad about it.")
        assert "No event was found" in app.info[0].value

    def test_scripts_in_a_text_stay_words(self) -> None:
        app = run()
        paste(app, f"<script>alert(1)</script> [x](javascript:alert(1))\n\n{NEW}")
        assert "<script>" not in "".join(element.proto.body for element in app.get("html"))
        assert app.table[0].value["Title"].tolist() != []

    def test_an_event_opens_from_the_list(self) -> None:
        app = run()
        paste(app, NEW)
        button = next(button for button in app.button if (button.key or "").startswith("own-e"))
        button.click().run()
        assert app.session_state["f_event"] == (button.key or "").removeprefix("own-")


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of uploaded files that the server has been told to forget, in that order."""
    names: list[str] = []
    ids: dict[str, str] = {}
    add, remove = MemoryUploadedFileManager.add_file, MemoryUploadedFileManager.remove_file

    def added(self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        ids[file.file_id] = file.name
        add(self, session_id, file)

    def removed(self: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
        names.append(ids[file_id])
        remove(self, session_id, file_id)

    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", added)
    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", removed)
    return names


def held(app: AppTest) -> list[object]:
    """What the fields for files hold in this session."""
    keys = [key for key in (f"upload-files-{turn}" for turn in range(5)) if key in app.session_state]
    assert keys
    return [file for key in keys for file in app.session_state[key]]


def other_page() -> None:
    from timeline.app import data, session_texts

    session_texts.with_texts(data.load(data.folder()))


@pytest.mark.usefixtures("folder")
class TestUploadsLeaveTheMemory:
    FILES = (("a.txt", NEW.encode(), "text/plain"), ("b.txt", KNOWN.encode(), "text/plain"))

    def test_once_they_are_read(self, dropped: list[str]) -> None:
        app = run()
        app.file_uploader[0].set_value(list(self.FILES)).run()
        assert (dropped, len(held(app))) == ([], 2)
        send(app, "Read the files")
        assert app.success[0].value == "2 texts were read."
        assert (dropped, held(app)) == (["a.txt", "b.txt"], [])

    def test_at_once_when_they_are_too_many(self, dropped: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "MAX_FILES", 1)
        app = run()
        app.file_uploader[0].set_value(list(self.FILES)).run()
        assert "2 files" in app.warning[0].value
        assert (dropped, held(app)) == (["a.txt", "b.txt"], [])
        assert not app.run().warning

    def test_at_once_when_they_are_too_large_together(self, dropped: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "MAX_TOTAL_BYTES", 100)
        app = run()
        app.file_uploader[0].set_value(list(self.FILES)).run()
        assert "MB together" in app.warning[0].value
        assert (dropped, held(app)) == (["a.txt", "b.txt"], [])

    def test_when_the_page_is_left_before_they_are_read(self, dropped: list[str], folder: Path) -> None:
        def pages() -> None:
            import streamlit as st

            from tests.app.test_add_page import other_page, script

            (other_page if st.session_state.get("elsewhere") else script)()

        app = AppTest.from_function(pages, default_timeout=60).run()
        app.file_uploader[0].set_value(list(self.FILES)).run()
        app.session_state["elsewhere"] = True
        app.run().run()
        assert not app.exception
        assert dropped == ["a.txt", "b.txt"]

    def test_what_was_read_before_the_page_was_left_is_kept(self, dropped: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        read_one = session_texts.read

        def read(given: Given, *others: Any) -> Iterator[Own | InputError]:
            if given.name == "b.txt":
                st.stop()
            yield from read_one(given, *others)

        monkeypatch.setattr(session_texts, "read", read)
        app = run()
        app.file_uploader[0].set_value(list(self.FILES))
        send(app, "Read the files")
        app.run()
        assert [one.document.doc_id for one in app.session_state["own_texts"]] == ["yours/a.txt"]
        assert app.success[0].value == "1 text was read."
        assert "1 was left unread" in app.warning[0].value
        assert (dropped, held(app)) == (["a.txt", "b.txt"], [])


class TestLinks:
    def test_there_is_no_field_for_them_unless_the_host_allows_it(self, folder: Path) -> None:
        assert [tab.label for tab in run().tabs] == ["Paste a text", "Upload files"]

    def test_where_it_does_they_are_fetched_and_refusals_told(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fetched(url: str) -> Fetched:
            if "127.0.0.1" in url:
                return fetch.fetch(url)
            return Fetched(page(NEW, STORY[1]).encode(), "https://news.example/2023/talks.html")

        monkeypatch.setenv("TIMELINE_ALLOW_FETCH", "1")
        monkeypatch.setattr("timeline.app.add_page.fetch", fetched)
        app = run()
        app.text_area[1].set_value("https://news.example/a\nhttp://127.0.0.1/admin")
        send(app, "Fetch and read")
        assert app.success[0].value == "1 text was read."
        assert "private network" in app.error[0].value
        (own,) = app.session_state["own_texts"]
        assert own.document.source_url == "https://news.example/2023/talks.html"
