"""What a paper can cite: whole, the same each time, and built again from what it says."""

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

import timeline
from tests.app.sample import sample_tables
from timeline import cli, knowledge, pipeline
from timeline.bundle import SUMS, bundle_files, write_bundle
from timeline.errors import InputError
from timeline.pipeline import Extractor, Timeline
from timeline.shipped import chronology_path
from timeline.tables import TABLES, Tables


def test_each_time_the_same_bytes_in_a_folder_and_in_a_zip(tmp_path: Path) -> None:
    names = write_bundle(sample_tables(), tmp_path / "bundle")
    write_bundle(sample_tables(), tmp_path / "again.zip")
    with ZipFile(tmp_path / "again.zip") as archive:
        assert sorted(archive.namelist()) == sorted(names)
        for name in names:
            assert archive.read(name) == (tmp_path / "bundle" / name).read_bytes()
    first = (tmp_path / "again.zip").read_bytes()
    write_bundle(sample_tables(), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == first
    tables = sample_tables()
    elsewhere = tables.documents.assign(path=("/another/machine/" + tables.documents["doc_id"]).astype("string"))
    write_bundle(replace(tables, documents=elsewhere), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == first


def test_its_data_are_a_built_folder_and_its_checksums_hold(tmp_path: Path) -> None:
    write_bundle(sample_tables(), tmp_path / "bundle")
    assert timeline.load(tmp_path / "bundle" / "data").events.equals(sample_tables().events)
    for line in (tmp_path / "bundle" / SUMS).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "bundle" / name).read_bytes()).hexdigest() == digest


def test_it_says_by_which_versions_and_how_it_is_built_again(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("target,field,value\n", encoding="utf-8")
    files = bundle_files(with_chronology("vi.txt"), tmp_path / "mine.csv")
    told = files["README.md"].decode("utf-8")
    assert f"timeline-border=={timeline.__version__}" in told
    assert "--with chronologies/vi.txt --corrections corrections.csv" in told
    assert files["corrections.csv"] == b"target,field,value\n"
    assert [name for name in files if name not in told and name != "README.md"] == []
    assert b"provinces.csv," in files["knowledge.csv"]


def with_chronology(name: str, path: str = "") -> Tables:
    """The sample, whose `vi.txt` is a chronology of this name."""
    documents = sample_tables().documents
    changed = documents["doc_id"] == "vi.txt"
    documents = documents.assign(kind=documents["kind"].mask(changed, "chronology"), path=documents["path"].mask(changed, path))
    documents = documents.assign(doc_id=documents["doc_id"].mask(changed, name))
    tables = sample_tables()
    mentions = tables.mentions.assign(doc_id=tables.mentions["doc_id"].replace("vi.txt", name))
    cells = [[name if one == "vi.txt" else one for one in cell] for cell in tables.events["documents"]]
    return replace(tables, documents=documents, mentions=mentions, events=tables.events.assign(documents=cells))


CHRONOLOGY = "date,what,where\n2023-12-28,Tra Linh - Longbang border gates upgraded to international class,Cao Bang\n"
OTHER = "date,what,where\n2022-05-02,Trade fair opened,Ha Giang\n2021-03-04,Friendship exchange held,Lang Son\n"
TEXT = "Cao Bang\n\nOn 28 December 2023 the Tra Linh - Longbang border gates in Cao Bang were upgraded to international class."
PLACES = {
    "texts/a/page.txt": TEXT,
    "texts/b/page.txt": f"{TEXT} On 5 March 2024 Lang Son and Guangxi held talks in Lang Son city.",
    "lists/mine/own list.csv": CHRONOLOGY,
    "lists/yours/own list.csv": OTHER,
}


@pytest.fixture
def made(engine: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Timeline:
    """A build of texts and chronologies that share their names; the command line reads with the same knowledge."""
    for name, content in PLACES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setattr(pipeline, "extractor", lambda knowledge: engine)
    first = engine.build([tmp_path / "texts/b", *sorted((tmp_path / "lists").rglob("*.csv"))])
    return engine.build([tmp_path / "texts", *sorted((tmp_path / "lists").rglob("*.csv"))], earlier=first)


def follow(readme: str) -> None:
    """Do in the working directory what the commands of a read-me file say, but for installing."""
    block = readme.split("```")[1]
    for command in (shlex.split(line, comments=True) for line in block.strip().splitlines()):
        if command[:2] == ["cp", "-r"]:
            shutil.copytree(command[2], command[3])
        elif command[0] == "timeline":
            with pytest.raises(SystemExit) as left:
                cli.main(command[1:])
            assert not left.value.code, command


def test_what_it_says_to_do_gives_the_same_tables(made: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bundle(made, tmp_path / "bundle")
    shutil.move(tmp_path / "texts", tmp_path / "bundle" / "texts")
    shutil.rmtree(tmp_path / "lists")
    monkeypatch.chdir(tmp_path / "bundle")
    follow((tmp_path / "bundle" / "README.md").read_text(encoding="utf-8"))
    again = timeline.load("rebuilt")
    assert set(again.documents["doc_id"]) == {"a/page.txt", "b/page.txt", "mine/own list.csv", "yours/own list.csv"}
    for name in TABLES:
        one, other = (getattr(t, name).drop(columns="path", errors="ignore") for t in (made, again))
        pd.testing.assert_frame_equal(one, other)


def test_a_chronology_that_is_gone_is_named_and_one_that_leads_out_is_left(made: Timeline, tmp_path: Path) -> None:
    (tmp_path / "lists/mine/own list.csv").write_text("another")
    files = bundle_files(made)
    assert [name for name in files if name.startswith("chronologies/")] == ["chronologies/yours/own list.csv"]
    digest = hashlib.sha256(CHRONOLOGY.encode()).hexdigest()
    assert f"`chronologies/mine/own list.csv` (SHA-256 {digest})" in files["README.md"].decode("utf-8")
    inside = with_chronology("../../x.csv", path=str(tmp_path / "lists/yours/own list.csv"))
    digests = inside.documents["sha256"].mask(inside.documents["kind"] == "chronology", hashlib.sha256(OTHER.encode()).hexdigest())
    files = bundle_files(replace(inside, documents=inside.documents.assign(sha256=digests)))
    assert not [name for name in files if ".." in name]


def test_the_chronology_that_ships_is_found_wherever_it_was_read() -> None:
    tables = with_chronology("chronology.csv", path="/another/machine/chronology.csv")
    content = chronology_path().read_bytes()
    digests = tables.documents["sha256"].mask(tables.documents["kind"] == "chronology", hashlib.sha256(content).hexdigest())
    files = bundle_files(replace(tables, documents=tables.documents.assign(sha256=digests)))
    assert files["chronologies/chronology.csv"] == content


def test_it_claims_no_versions_but_those_of_the_build(made: Timeline, tmp_path: Path) -> None:
    files = bundle_files(made)
    assert json.loads(files["data/build.json"]) == {"knowledge": made.versions["knowledge"], "timeline": timeline.__version__}
    assert "Made by timeline" in files["README.md"].decode("utf-8")
    assert "do not say whether the same versions" in bundle_files(sample_tables())["README.md"].decode("utf-8")
    with pytest.raises(InputError, match=r"knowledge older \(here: .*build it again"):
        write_bundle(replace(made, versions={**made.versions, "knowledge": "older"}), tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_knowledge_of_ones_own_is_in_the_bundle(tmp_path: Path) -> None:
    own = shutil.copytree(knowledge.knowledge_path(), tmp_path / "own", ignore=shutil.ignore_patterns("languages"))
    (own / "languages").mkdir()
    tables = sample_tables()
    files = bundle_files(tables, knowledge_folder=own)
    assert files["knowledge/provinces.csv"] == (own / "provinces.csv").read_bytes()
    assert "timeline build texts --knowledge knowledge --out rebuilt" in files["README.md"].decode("utf-8")
    assert f'version: "{timeline.__version__}-{knowledge.version(own)}-' in files["CITATION.cff"].decode("utf-8")


def test_an_archive_of_ones_own_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "mine.zip"
    mine.write_bytes(b"no archive at all")
    with pytest.raises(InputError, match="no earlier bundle"):
        write_bundle(sample_tables(), mine)
    with ZipFile(mine, "w") as archive:
        archive.writestr("photo.jpg", b"")
    before = mine.read_bytes()
    with pytest.raises(InputError, match="no earlier bundle"):
        write_bundle(sample_tables(), mine)
    assert mine.read_bytes() == before


def test_a_folder_of_ones_own_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    write_bundle(sample_tables(), folder)
    write_bundle(sample_tables(), folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="no earlier bundle"):
        write_bundle(sample_tables(), folder)
    assert (folder / "notes.txt").read_text() == "mine"
    with pytest.raises(InputError, match="cannot be read"):
        write_bundle(sample_tables(), tmp_path / "other", corrections=tmp_path / "none.csv")
    assert not (tmp_path / "other").exists()
