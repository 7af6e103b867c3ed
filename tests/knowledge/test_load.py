"""The loader is the validator: every fault at once, each with its file, line or key."""

import gc
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from timeline.errors import DataError
from timeline.knowledge import Cache, Knowledge, knowledge_path, load

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge with one language, to spoil."""
    copy = tmp_path / "knowledge"
    shutil.copytree(knowledge_path(), copy)
    for path in (copy / "languages").glob("*.toml"):
        if path.name != "en.toml":
            path.unlink()
    return copy


def faults_of(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(folder)
    return "\n".join(caught.value.faults)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_knowledge_that_ships_has_no_fault(knowledge: Knowledge) -> None:
    assert {"vi", "en", "zh", "fr", "ru", "cs", "pl", "he"} <= set(knowledge.languages)
    assert len([p for p in knowledge.tables.provinces.values() if p.country == "VN"]) == 63


def test_thirty_four_units_remain_after_the_mergers(knowledge: Knowledge) -> None:
    vietnamese = [p for p in knowledge.tables.provinces.values() if p.country == "VN"]
    assert len({knowledge.province_now(p.name) for p in vietnamese}) == 34
    assert knowledge.province_now("Hà Giang") == "Tuyên Quang"
    assert knowledge.province_now("Cao Bằng") == "Cao Bằng"


def test_every_row_has_a_source(knowledge: Knowledge) -> None:
    tables = knowledge.tables
    for rows in (tables.provinces, tables.places, tables.gates, tables.actors, tables.series):
        assert [name for name, row in rows.items() if not row.sources] == []


def test_all_faults_are_told_at_once(folder: Path) -> None:
    replace(folder / "provinces.csv", "Cao Bằng,VN,province,VN-04,", "Cao Bằng,VN,province,VN-04,3025-13-99")
    append(folder / "languages" / "en.toml", '\n[[examples]]\ntext = "On 3 May."\ndates = [["4 May", "2025-05-04"]]\n')
    replace(folder / "languages" / "en.toml", "[dates]", '[dates]\ndescriptuon = ["x"]')
    told = faults_of(folder)
    assert "provinces.csv" in told
    assert "languages/en.toml:dates.descriptuon: unknown key" in told
    assert "'4 May' does not stand in the text" in told


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("places.csv", "Nowhere,town,Atlantis,VN,,,,,,x\n", "lies in unknown province 'Atlantis'"),
        ("places.csv", "Nowhere,town\n", "cells under"),
        ("fusion.csv", "new,2,,,\n", "not one between 0 and 1.0"),
        ("legal_documents.csv", "XX,type,,Nobody\n", "names unknown actor 'Nobody'"),
    ],
)
def test_a_bad_row_is_named(folder: Path, file: str, line: str, fault: str) -> None:
    append(folder / file, line)
    told = faults_of(folder)
    assert file in told
    assert fault in told


def test_an_alias_of_two_things_is_refused(folder: Path) -> None:
    header = (folder / "places.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {"name": "Somewhere", "kind": "town", "country": "VN", "aliases": "Kuang-si", "sources": "x"}
    append(folder / "places.csv", ",".join(row.get(column, "") for column in header) + "\n")
    assert "is claimed by" in faults_of(folder)


def test_a_broken_language_file_is_named(folder: Path) -> None:
    (folder / "languages" / "xx.toml").write_text("code = ", encoding="utf-8")
    assert "languages/xx.toml" in faults_of(folder)


def test_a_language_without_examples_does_not_load(folder: Path) -> None:
    (folder / "languages" / "xx.toml").write_text('code = "xx"\nname = "X"\nscript = "Latin"\n', encoding="utf-8")
    assert "languages/xx.toml:examples: at least one" in faults_of(folder)


def test_a_missing_file_and_folder_are_named(folder: Path) -> None:
    (folder / "actors.csv").unlink()
    assert "actors.csv: cannot be read" in faults_of(folder)
    assert "no such folder" in faults_of(folder / "nowhere")


def no_parser(text: str) -> None:
    raise AssertionError("parsed again")


def test_a_language_file_is_parsed_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    first = load(folder, cache)
    with monkeypatch.context() as patch:
        patch.setattr(tomllib, "loads", no_parser)
        again = load(folder, cache)
    assert vars(again.languages["en"]) == vars(first.languages["en"])
    assert (again.version, again.cache) == (first.version, cache)
    replace(folder / "languages" / "en.toml", 'name = "English"', 'name = "Anglais"')
    assert load(folder, cache).languages["en"].name == "Anglais"


def test_what_comes_out_of_the_cache_is_checked_as_a_file_is(folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    load(folder, cache)
    kept = cache.read("languages", "toml")
    (digest,) = kept
    cache.write("languages", "toml", {digest: kept[digest] | {"colour": "red"}})
    with pytest.raises(DataError, match=r"languages/en\.toml:colour: unknown key"):
        load(folder, cache)
    others: list[Any] = [[], {digest: "text"}, {"another": {}}]
    for value in others:
        cache.write("languages", "toml", value)
        assert load(folder, cache).languages["en"].name == "English"


def test_the_collector_goes_on_after_loading(folder: Path) -> None:
    assert gc.isenabled()
    append(folder / "places.csv", "too,few\n")
    with pytest.raises(DataError):
        load(folder)
    assert gc.isenabled()
