import errno
import os
import random
import stat
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from tests.app import sample
from tests.app.sample import sample_tables
from timeline import files, store
from timeline.errors import InputError, TableError
from timeline.pipeline import load_timeline
from timeline.tables import TABLES, Tables


def assert_same(left: Tables, right: Tables) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(left, name), getattr(right, name))


def seen_in(folder: Path) -> list[str]:
    """What is there, but for locks, which stay."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def with_texts(*texts: str) -> Tables:
    rows = sample.event_rows()
    for row, text in zip(rows, texts, strict=False):
        row["title"] = text
    return sample_tables(events=rows)


def with_conflicts(items: list[str]) -> Tables:
    rows = sample.event_rows()
    rows[0]["conflicts"] = items
    return sample_tables(events=rows)


def test_round_trip_keeps_everything(tmp_path: Path) -> None:
    tables = sample_tables()
    store.save(tables, tmp_path / "built")
    assert_same(store.load_tables(tmp_path / "built"), tables)


def test_round_trip_keeps_empty_tables(tmp_path: Path) -> None:
    tables = sample_tables(documents=[], mentions=[], evidence=[], events=[])
    store.save(tables, tmp_path / "built")
    assert_same(store.load_tables(tmp_path / "built"), tables)


def test_round_trip_keeps_odd_text(tmp_path: Path) -> None:
    tables = with_texts("a\rb", "a\r\nb", 'say "x", y', " blanks ", "NA", "\\n\\;", "a\nb", "=1+1", "\ufeff", "\u2028")
    store.save(tables, tmp_path / "built")
    assert_same(store.load_tables(tmp_path / "built"), tables)


def test_round_trip_keeps_long_text(tmp_path: Path) -> None:
    tables = with_texts("x" * 200_000)
    store.save(tables, tmp_path / "built")
    assert_same(store.load_tables(tmp_path / "built"), tables)


def test_files_are_utf8_with_newlines_and_joined_lists(tmp_path: Path) -> None:
    store.save(sample_tables(), tmp_path / "built")
    raw = (tmp_path / "built" / "events.csv").read_bytes()
    assert raw.startswith(b"event_id,title,event_type")
    assert b"\r" not in raw
    assert "Cao Bằng; Guangxi".encode() in raw
    assert sorted(path.name for path in (tmp_path / "built").iterdir()) == ["documents.csv", "events.csv", "evidence.csv", "mentions.csv"]


def test_saving_twice_gives_the_same_bytes_whatever_the_order_of_rows(tmp_path: Path) -> None:
    tables = sample_tables()
    store.save(tables, tmp_path / "one")
    mixed = Tables(*(getattr(tables, name).sample(frac=1, random_state=1) for name in TABLES))
    store.save(mixed, tmp_path / "two")
    for name in store.FILES.values():
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    "items",
    [[], ["a"], ["a", "b"], ["a; b", "c"], ["a;", " b"], ["\\", "\\; "], ["; ", ";"], ["a\\", "b"], ["\\\\; x", "\\;"], [" ", "a,b"]],
)
def test_list_comes_back_from_its_cell(items: list[str]) -> None:
    assert store.split_list(store.join_list(items)) == items


def test_any_list_comes_back_from_its_cell() -> None:
    chance = random.Random(7)
    for _ in range(5000):
        items = ["".join(chance.choices("a; \\", k=chance.randint(1, 6))) for _ in range(chance.randint(0, 4))]
        assert store.split_list(store.join_list(items)) == items


def test_empty_list_item_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="column conflicts"):
        store.save(with_conflicts(["", "x"]), tmp_path / "built")
    assert seen_in(tmp_path) == []


def test_save_replaces_a_built_folder(tmp_path: Path) -> None:
    store.save(sample_tables(), tmp_path / "built")
    store.save(with_texts("Another"), tmp_path / "built")
    assert "Another" in store.load_tables(tmp_path / "built").events["title"].tolist()
    assert seen_in(tmp_path) == ["built"]


def test_save_makes_missing_parents_and_takes_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    store.save(sample_tables(), tmp_path / "empty")
    store.save(sample_tables(), tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "events.csv").is_file()


def test_save_refuses_a_folder_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"is not a built folder: it holds notes\.txt"):
        store.save(sample_tables(), tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_save_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "built").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        store.save(sample_tables(), tmp_path / "built")


def test_broken_tables_leave_the_old_folder(tmp_path: Path) -> None:
    store.save(sample_tables(), tmp_path / "built")
    before = (tmp_path / "built" / "events.csv").read_bytes()
    broken = sample_tables()
    broken.mentions.loc[0, "event_id"] = "e-none"
    with pytest.raises(TableError):
        store.save(broken, tmp_path / "built")
    assert (tmp_path / "built" / "events.csv").read_bytes() == before


def test_fault_while_writing_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(sample_tables(), tmp_path / "built")
    before = (tmp_path / "built" / "events.csv").read_bytes()

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space left", str(path))

    monkeypatch.setattr(files, "_write_synced", full)
    with pytest.raises(OSError, match=r"no space left: '[^']*/built'$"):  # of the folder, not of the hidden one
        store.save(with_texts("Another"), tmp_path / "built")
    assert (tmp_path / "built" / "events.csv").read_bytes() == before
    assert seen_in(tmp_path) == ["built"]


def test_fault_while_swapping_brings_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(sample_tables(), tmp_path / "built")
    rename = Path.rename

    def fail_for_fresh(self: Path, target: Path) -> Path:
        if Path(target).name == "built" and self.name != ".built.previous":
            raise OSError("busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_fresh)
    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    with pytest.raises(OSError, match="busy"):
        store.save(with_texts("Another"), tmp_path / "built")
    assert "Another" not in store.load_tables(tmp_path / "built").events["title"].tolist()


def test_folder_of_a_save_killed_between_renames_is_still_there(tmp_path: Path) -> None:
    store.save(sample_tables(), tmp_path / "built")
    (tmp_path / "built").rename(tmp_path / ".built.previous")
    assert_same(store.load_tables(tmp_path / "built"), sample_tables())
    store.save(with_texts("Another"), tmp_path / "built")
    assert seen_in(tmp_path) == ["built"]


def test_all_of_a_folder_that_stands_aside_is_read(tmp_path: Path) -> None:
    store.save(keeping("a.html", timeline="1.2"), tmp_path / "built")
    (tmp_path / "built").rename(tmp_path / ".built.previous")
    assert store.load_versions(tmp_path / "built") == {"timeline": "1.2"}
    assert store.load_texts(tmp_path / "built", ["a.html"]) == {"a.html": "the text of a.html"}


@pytest.mark.parametrize("at_once", [True, False])
def test_who_reads_while_a_folder_is_replaced_gets_one_build(at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not at_once:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    store.save(keeping("a.html", timeline="1"), tmp_path / "built")
    read, reads = store._read_table, 0

    def meanwhile(table: str, path: Path) -> pd.DataFrame:
        nonlocal reads
        reads += 1
        if reads == 2:
            store.save(keeping("b.html", timeline="2"), tmp_path / "built")
        return read(table, path)

    monkeypatch.setattr(store, "_read_table", meanwhile)
    found = load_timeline(tmp_path / "built")
    assert (found.documents["doc_id"].tolist(), found.texts.keys(), found.versions) == (["b.html"], {"b.html"}, {"timeline": "2"})
    assert reads > 4


@pytest.mark.parametrize("at_once", [True, False])
def test_folder_is_replaced_in_one_step_or_in_two(at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not at_once:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    for title in ("One", "Another"):
        store.save(with_texts(title), tmp_path / "built")
    assert "Another" in store.load_tables(tmp_path / "built").events["title"].tolist()
    assert seen_in(tmp_path) == ["built"]


def test_what_the_killed_left_goes_and_what_the_living_write_stays(tmp_path: Path) -> None:
    (tmp_path / ".built.123-0a1b2c3d").mkdir()
    (tmp_path / ".built.123-0a1b2c3d" / "events.csv").write_text("half of ")
    store.save(sample_tables(), tmp_path / "built")
    (tmp_path / ".a.csv.123-0a1b2c3d").write_text("half of ")
    (tmp_path / ".b.csv.123-0a1b2c3d").write_text("of another file")
    with files.draft(tmp_path / "a.csv") as file:
        file.write(b"slowly")
        files.write_whole(tmp_path / "a.csv", b"quickly")
        assert seen_in(tmp_path).count("a.csv") == 1
    assert (tmp_path / "a.csv").read_bytes() == b"slowly"
    assert seen_in(tmp_path) == [".b.csv.123-0a1b2c3d", "a.csv", "built"]


def test_who_writes_a_file_takes_no_finished_one_for_left_behind(tmp_path: Path) -> None:
    def meanwhile() -> bool:
        files.write_whole(tmp_path / "a.csv", b"in between")
        return True

    with files.draft(tmp_path / "a.csv", is_wanted=meanwhile) as file:  # asked once all is written
        file.write(b"in the end")
    assert (tmp_path / "a.csv").read_bytes() == b"in the end"
    assert seen_in(tmp_path) == ["a.csv"]


def test_what_a_link_leads_to_is_replaced_and_not_the_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "a.csv").symlink_to("kept/b.csv")
    for content in (b"one", b"two"):
        files.write_whole(tmp_path / "a.csv", content)
    assert (tmp_path / "a.csv").is_symlink()
    assert (tmp_path / "kept" / "b.csv").read_bytes() == b"two"


@pytest.mark.skipif(os.name != "posix", reason="files have no modes there")
def test_the_new_may_be_read_by_whom_the_old_might(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    (tmp_path / "a.csv").chmod(0o600)
    files.write_whole(tmp_path / "a.csv", b"mine again")
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600
    store.save(sample_tables(), tmp_path / "built")
    (tmp_path / "built").chmod(0o750)
    store.save(sample_tables(), tmp_path / "built")
    assert stat.S_IMODE((tmp_path / "built").stat().st_mode) == 0o750


def test_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run `timeline build`"):
        store.load_tables(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n", r"documents\.csv:1: columns a, b where doc_id"),
        (
            "doc_id,path,sha256,language,title,publisher,published,source_url,characters,mentions,kind\nx\n",
            r"documents\.csv:2: 1 cells where 11",
        ),
        (
            "doc_id,path,sha256,language,title,publisher,published,source_url,characters,mentions,kind\na,,,,,,,,many,1,text\n",
            r"documents\.csv:2: column characters: 'many' is no number",
        ),
        ('doc_id,path\n"a', r"documents\.csv"),
        ("", r"documents\.csv:1: columns"),
    ],
)
def test_broken_file_is_named_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    store.save(sample_tables(), tmp_path / "built")
    (tmp_path / "built" / "documents.csv").write_text(content)
    with pytest.raises(TableError, match=message):
        store.load_tables(tmp_path / "built")


def test_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    store.save(sample_tables(), tmp_path / "built")
    (tmp_path / "built" / "events.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(TableError, match=r"events\.csv: not UTF-8 at byte 0"):
        store.load_tables(tmp_path / "built")


def test_a_folder_of_another_version_is_replaced_with_its_texts(tmp_path: Path) -> None:
    (tmp_path / "built" / "texts").mkdir(parents=True)
    (tmp_path / "built" / "documents.csv").write_text("doc_id,path\nold.html,old.html\n")
    (tmp_path / "built" / "texts" / "old.html.txt").write_text("old")
    store.save(sample_tables(), tmp_path / "built")
    assert not (tmp_path / "built" / "texts").exists()


@dataclass(frozen=True)
class Kept(Tables):
    """Tables that carry texts, as a build does."""

    texts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def keeping(*names: str, **versions: str) -> Kept:
    rows = [sample.document_rows()[0] | {"doc_id": name, "mentions": 0} for name in names]
    tables = sample_tables(documents=rows, mentions=[], evidence=[], events=[])
    return Kept(
        tables.documents,
        tables.mentions,
        tables.evidence,
        tables.events,
        texts={name: f"the text of {name}" for name in names},
        versions=versions,
    )


AWKWARD = [
    "a\xa0b.html",
    "15\u202fh.pdf",
    "a\\b.html",
    'what?: "x".html',
    "100%.html",
    "100%25.html",
    "a\nb",
    "%-x",
    "ộ" * 200,
    "ộ" * 201,
    "d/" * 3_000,
    "d/" * 3_000 + "e",
]
CLASHING = ["page.md", "page.md.txt/in.html", "page.md%2Etxt/in.html", "a/b", "a//b", "a/./b", "a/%2F/b"]


@pytest.mark.parametrize("names", [AWKWARD, CLASHING], ids=["awkward", "clashing"])
def test_every_text_is_kept_whatever_its_name(names: list[str], tmp_path: Path) -> None:
    kept = keeping(*names)
    store.save(kept, tmp_path / "built")
    assert store.load_texts(tmp_path / "built", names) == kept.texts
    store.save(kept, tmp_path / "built")  # it is known as a built folder


def test_a_simple_name_stays_as_it_is(tmp_path: Path) -> None:
    store.save(keeping("news.zip/in 2023/Báo mới_1-2.html"), tmp_path / "built")
    assert (tmp_path / "built" / "texts" / "news.zip" / "in 2023" / "Báo mới_1-2.html.txt").is_file()


@pytest.mark.parametrize("name", ["../a.html", "a/../../b.html", "/etc/a.html"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="can't name a file"):
        store.save(keeping(name), tmp_path / "built")
    assert seen_in(tmp_path) == []


def test_the_versions_come_back(tmp_path: Path) -> None:
    store.save(keeping("a", timeline="1.2", knowledge="abc"), tmp_path / "built")
    assert store.load_versions(tmp_path / "built") == {"timeline": "1.2", "knowledge": "abc"}
    store.save(keeping("a"), tmp_path / "built")
    assert store.load_versions(tmp_path / "built") == {}
    (tmp_path / "built" / "build.json").write_text("[1]")
    with pytest.raises(TableError, match=r"build\.json: "):
        store.load_versions(tmp_path / "built")


def test_a_fault_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "none" / "x.csv"
    with pytest.raises(FileNotFoundError) as fault:
        files.write_whole(target, b"")
    assert fault.value.filename == str(target)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError) as fault_of_folder:  # noqa: PT011  (which one depends on the system)
        files.write_folder(tmp_path / "file" / "built", [("a", b"")])
    assert (fault_of_folder.value.filename, fault_of_folder.value.filename2) == (str(tmp_path / "file" / "built"), None)
