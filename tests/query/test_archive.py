"""An archive gives back the tables that it was made of, and of some events what goes with them."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from benchmarks.synthetic_events import synthetic_tables, write_parts
from tests.app.sample import sample_tables
from timeline import store
from timeline.errors import InputError, TableError
from timeline.export import narrowed
from timeline.parts import MANIFEST
from timeline.query import Archive, open_archive
from timeline.tables import TABLES, Tables, check_tables, events_frame

NUMBER = 40


def assert_same(found: Tables, wanted: Tables) -> None:
    for name in TABLES:
        assert_frame_equal(getattr(found, name), getattr(wanted, name).reset_index(drop=True))


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder in several parts."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("benchmarks.synthetic_events.EVENTS_PER_PART", 7)
        write_parts(NUMBER, folder)
    return folder


class TestOpening:
    def test_a_folder_of_csv_files_gives_the_tables_that_were_saved(self, tmp_path: Path) -> None:
        store.save(sample_tables(), tmp_path / "built")
        found = open_archive(tmp_path / "built").frames()
        assert_same(found, sample_tables())
        check_tables(found.documents, found.mentions, found.evidence, found.events)

    def test_parts_are_put_in_one_order(self, in_parts: Path) -> None:
        archive, wanted = open_archive(in_parts), synthetic_tables(NUMBER)
        assert_same(archive.frames(), wanted)
        assert archive.events.column("event_id").to_pylist() == wanted.events["event_id"].tolist()
        assert archive.documents.column("doc_id").to_pylist() == wanted.documents["doc_id"].tolist()

    def test_a_damaged_part_is_told_by_its_name(self, in_parts: Path, tmp_path: Path) -> None:
        broken = next((in_parts / "mentions").iterdir())
        for kind in ("documents", "mentions", "evidence", "events"):
            (tmp_path / kind).mkdir()
            for part in (in_parts / kind).iterdir():
                (tmp_path / kind / part.name).write_bytes(b"PAR1" if part == broken else part.read_bytes())
        (tmp_path / MANIFEST).write_bytes((in_parts / MANIFEST).read_bytes())
        with pytest.raises(TableError, match=broken.name):
            open_archive(tmp_path)

    def test_where_there_is_no_room_it_says_so(self, in_parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(**options: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(tempfile, "TemporaryFile", full)
        with pytest.raises(InputError, match=r"No space left on device.*TMPDIR"):
            open_archive(in_parts)


class TestRows:
    def test_rows_come_in_the_order_asked_for(self) -> None:
        events = Archive.of(sample_tables()).events
        rows = events.rows(np.array([3, 0]))
        assert_frame_equal(rows, sample_tables().events.iloc[[3, 0]].reset_index(drop=True))
        assert_frame_equal(events.rows([3], ["provinces", "title"]), rows[["title", "provinces"]].head(1))

    def test_ids_are_found_where_they_stand(self) -> None:
        archive = Archive.of(sample_tables())
        assert "e-fair" in archive.events
        assert "e-none" not in archive.events
        assert None not in archive.events
        place = archive.place_of("e-fair")
        assert place is not None
        assert archive.events.rows([place])["event_id"].tolist() == ["e-fair"]
        assert archive.place_of("e-none") is None

    def test_an_empty_build(self) -> None:
        archive = Archive.of(sample_tables(documents=[], mentions=[], evidence=[], events=[]))
        assert_frame_equal(archive.events.rows(np.arange(0)), events_frame([]))
        assert len(archive.about([]).documents) == 0


@pytest.mark.parametrize("ids", [["e-conference"], ["e-fair", "e-gate"], []])
def test_about_some_events_is_what_goes_with_them(ids: list[str]) -> None:
    tables = sample_tables()
    archive = Archive.of(tables)
    wanted: pd.DataFrame = tables.events[tables.events["event_id"].isin(ids)]
    assert_same(archive.about(archive.events.where("event_id", ids)), narrowed(tables, wanted))
