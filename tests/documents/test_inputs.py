"""Paths → files and their names."""

import io
import os
from pathlib import Path

import pytest

from timeline.documents import STDIN, Place, document_names, inputs_of, list_inputs, read_bytes
from timeline.errors import InputError


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("text", encoding="utf-8")


def below(folder: Path, files: list[Place]) -> list[str]:
    return [file.as_posix().removeprefix(f"{folder.as_posix()}/") for file in files]


def test_a_folder_stands_for_its_texts_sorted(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.txt", "deep/er/c.TXT", "notes.png", ".hidden.txt", ".git/d.txt")
    assert below(tmp_path, list_inputs([tmp_path])) == ["a.txt", "b.txt", "deep/er/c.TXT"]


def test_what_was_built_in_a_folder_is_not_read_again(tmp_path: Path) -> None:
    built = [f"built/{name}" for name in ("documents.csv", "mentions.csv", "evidence.csv", "events.csv", "texts/a.html.txt")]
    write(tmp_path, "a.txt", "mine/events.csv", *built)
    assert below(tmp_path, list_inputs([tmp_path])) == ["a.txt", "mine/events.csv"]


def test_a_link_to_a_file_is_that_file_and_one_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "deep/c.txt")
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "lost.txt").symlink_to("nowhere.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    listed = list_inputs([tmp_path, tmp_path / "round", tmp_path / "deep" / ".." / "b.txt"])
    assert below(tmp_path, listed) == ["a.txt", "deep/c.txt"]
    assert document_names(listed) == ["b.txt", "c.txt"]


def test_files_keep_their_order_and_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.txt", "c.page")
    listed = list_inputs([str(tmp_path / "c.page"), tmp_path / "b.txt", tmp_path, "-"])
    assert [file.name for file in listed] == ["c.page", "b.txt", "a.txt", "-"]
    assert listed[-1] == STDIN


def test_what_cannot_be_read_is_told_when_its_turn_comes(tmp_path: Path) -> None:
    (empty := tmp_path / "empty").mkdir()
    listed = list_inputs([empty, tmp_path / "missing.txt"])
    assert listed == [empty, tmp_path / "missing.txt"]
    with pytest.raises(InputError, match="holds no text"):
        read_bytes(listed[0])
    with pytest.raises(InputError, match="no such file"):
        read_bytes(listed[1])


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfeh\x00")))
    assert read_bytes(STDIN) == b"\xff\xfeh\x00"


def test_documents_are_named_by_file_name_or_by_what_tells_them_apart(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("x/a/page.txt", "x/b/page.txt", "x/b/other.txt", "y/b/page.txt")]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert document_names([*files, STDIN]) == ["a/page.txt", "x/b/page.txt", "other.txt", "y/b/page.txt", "stdin"]


def test_a_file_that_is_not_there_changes_no_others_name(tmp_path: Path) -> None:
    (tmp_path / "here.txt").write_text("x")
    assert document_names([tmp_path / "here.txt", tmp_path / "gone" / "here.txt"])[0] == "here.txt"


def test_a_name_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "here.txt").write_text("x")
    listed = list_inputs([tmp_path / "here.txt", tmp_path / ("x" * 300)])
    assert document_names(listed)[0] == "here.txt"
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(listed[1])


class TestRefused:
    """What is not opened, and why: each in a line, and the others are read."""

    @pytest.mark.parametrize(
        ("name", "target", "why"),
        [
            ("out.txt", "../secret.txt", "leads out of the folder"),
            ("deep/out.txt", "../../secret.txt", "leads out of the folder"),
            ("gone.txt", "nowhere.txt", "a link to what is not there"),
            ("round.txt", "round.txt", "a link to what is not there"),
            ("folder.txt", ".", ""),
        ],
    )
    def test_a_link_is_followed_to_a_text_of_the_folder_only(self, tmp_path: Path, name: str, target: str, why: str) -> None:
        write(tmp_path, "secret.txt", "texts/a.txt", "texts/deep/b.txt")
        (tmp_path / "texts" / name).symlink_to(target)
        found = inputs_of([tmp_path / "texts"])
        assert below(tmp_path / "texts", [file for file, _ in found.named]) == ["a.txt", "deep/b.txt"]
        assert [why in fault.why for fault in found.refused] == ([True] if why else [])

    def test_a_link_that_is_named_or_leads_to_another_given_folder_is_followed(self, tmp_path: Path) -> None:
        write(tmp_path, "one/a.txt", "two/b.txt")
        (tmp_path / "one" / "c.txt").symlink_to("../two/b.txt")
        assert inputs_of([tmp_path / "one", tmp_path / "two"]).refused == []
        assert [name for _, name in inputs_of([tmp_path / "one" / "c.txt"]).named] == ["b.txt"]

    @pytest.mark.skipif(os.name != "posix", reason="has no pipes among its files")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt")
        os.mkfifo(tmp_path / "b.txt")
        found = inputs_of([tmp_path])
        assert [name for _, name in found.named] == ["a.txt"]
        assert [fault.where for fault in found.refused] == [(tmp_path / "b.txt").as_posix()]

    @pytest.mark.skipif(os.name != "posix", reason="has no such names")
    @pytest.mark.parametrize("name", ["two\nlines.txt", "odd-\udcff.txt", "\x1b[2J.txt", "two\nlines/a.txt"])
    def test_a_name_that_no_table_can_hold_is_told_in_one_line(self, tmp_path: Path, name: str) -> None:
        write(tmp_path, "a.txt", name)
        for found in (inputs_of([tmp_path]), inputs_of([tmp_path / "a.txt", tmp_path / name])):
            assert [doc_id for _, doc_id in found.named] == ["a.txt"]
            (fault,) = found.refused
            assert "rename it" in fault.remedy
            assert str(fault).isprintable()

    def test_a_nul_in_a_path_costs_only_itself(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt")
        found = inputs_of([f"{tmp_path}/b\0.txt", tmp_path / "a.txt"])
        assert [name for _, name in found.named] == ["a.txt"]
        assert len(found.refused) == 1

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to root")
    def test_a_closed_folder_is_told(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", "closed/b.txt")
        (tmp_path / "closed").chmod(0)
        (fault,) = inputs_of([tmp_path]).refused
        (tmp_path / "closed").chmod(0o700)
        assert "cannot be looked into" in fault.why


def test_a_file_that_no_memory_holds_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(InputError, match="larger than 200 MB"):
        read_bytes(tmp_path / "huge.txt")
    if os.path.exists("/dev/zero"):
        with pytest.raises(InputError, match="larger than 200 MB"):
            read_bytes(Path("/dev/zero"))
