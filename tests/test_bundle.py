"""What a paper can cite: whole, the same each time, and built again from what it says."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

import timeline
from tests.app.sample import sample_tables
from timeline.bundle import SUMS, bundle_files, write_bundle
from timeline.errors import InputError


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
    tables = sample_tables()
    kinds = tables.documents.assign(kind=["chronology" if name == "vi.txt" else "text" for name in tables.documents["doc_id"]])
    kinds["kind"] = kinds["kind"].astype("string")
    files = bundle_files(replace(tables, documents=kinds), tmp_path / "mine.csv")
    told = files["README.md"].decode("utf-8")
    assert f"timeline-border=={timeline.__version__}" in told
    assert "--with vi.txt --corrections corrections.csv" in told
    assert files["corrections.csv"] == b"target,field,value\n"
    assert [name for name in files if name not in told and name != "README.md"] == []
    assert b"provinces.csv," in files["knowledge.csv"]


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
