"""A reader's own texts among the events of a folder."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.app.own_texts import KNOWN, NEW
from timeline import store
from timeline.app.merging import Told, merge, read_anew
from timeline.app.session_texts import Given, Own, read
from timeline.app.source_text import text_of
from timeline.corrections import Correction
from timeline.pipeline import Extractor
from timeline.tables import Tables, check_tables


def told(engine: Extractor, **texts: str) -> Told:
    own: list[Own] = []
    for name, text in texts.items():
        own += [one for one in read(Given(f"{name}.txt", text.encode()), engine, own) if isinstance(one, Own)]
    return Told(tuple(one.document for one in own), tuple(mention for one in own for mention in one.mentions))


def correction(target: str, row: str) -> Correction:
    field, _, value = row.partition(",")
    return Correction("here:1", target, field, value, "A", "2024-06-01", "seen")


def merged(folder: Path, engine: Extractor, own: Told, **options: Any) -> tuple[Tables, Tables, frozenset[str]]:
    tables = store.load_tables(folder)
    again = read_anew(tables, lambda row: text_of(row, folder), engine)
    found, new = merge(tables, again, own, engine, **options)
    check_tables(found.documents, found.mentions, found.evidence, found.events)
    return tables, found, new


class TestMerging:
    def test_what_the_folder_knows_is_joined_and_the_rest_is_added(self, folder: Path, engine: Extractor) -> None:
        tables, found, new = merged(folder, engine, told(engine, known=KNOWN, new=NEW))
        opening = tables.events[tables.events["event_subtype"] == "opening"]["event_id"].item()
        assert set(tables.events["event_id"]) < set(found.events["event_id"])
        rows = found.events.set_index("event_id")
        assert rows.loc[opening, "documents"] == ["folder.txt", "yours/known.txt"]
        assert [rows.loc[one, "date_edtf"] for one in new - {opening}] == ["2023-03-12"]
        assert opening in new

    def test_events_that_have_nothing_to_do_with_it_stay_as_they_stand(self, folder: Path, engine: Extractor) -> None:
        tables, found, new = merged(folder, engine, told(engine, known=KNOWN))
        untouched = tables.events[~tables.events["event_id"].isin(new)].reset_index(drop=True)
        kept = found.events[~found.events["event_id"].isin(new)].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, untouched)

    def test_the_shared_tables_are_not_written_into(self, folder: Path, engine: Extractor) -> None:
        tables, _, _ = merged(folder, engine, told(engine, known=KNOWN, new=NEW))
        again = store.load_tables(folder)
        for name in ("documents", "mentions", "evidence", "events"):
            pd.testing.assert_frame_equal(getattr(tables, name), getattr(again, name))

    def test_where_the_folders_text_is_gone_its_events_stay_and_the_new_stand_beside(self, folder: Path, engine: Extractor) -> None:
        (folder.parent / "folder.txt").write_text("another text")
        tables, found, new = merged(folder, engine, told(engine, known=KNOWN))
        assert new.isdisjoint(tables.events["event_id"])
        assert len(found.events) == len(tables.events) + len(new)

    def test_what_people_have_put_right_is_not_undone(self, folder: Path, engine: Extractor) -> None:
        opening = store.load_tables(folder).events.query("event_subtype == 'opening'")["event_id"].item()
        rows = ("title,Our own title", "date_edtf,2024-05-07")
        lines = ["target,field,value,who,when,why", *(f"{opening},{row},A,2024-06-01,seen" for row in rows)]
        (folder.parent / "corrections.csv").write_text("\n".join(lines))
        engine.build(folder.parent / "folder.txt", corrections=folder.parent / "corrections.csv").save(folder)
        _, found, _ = merged(folder, engine, told(engine, known=KNOWN))
        row = found.events.set_index("event_id").loc[opening]
        assert (row["title"], row["date_edtf"], row["documents"]) == ("Our own title", "2024-05-07", ["folder.txt"])
        corrections = [correction(opening, row) for row in rows]
        _, found, _ = merged(folder, engine, told(engine, known=KNOWN), corrections=corrections)
        row = found.events.set_index("event_id").loc[opening]
        assert (row["title"], row["date_edtf"]) == ("Our own title", "2024-05-07")
        assert row["documents"] == ["folder.txt", "yours/known.txt"]

    @pytest.mark.parametrize("known", [["title,Our own title"], ["date_edtf,2024-05-08", "title,Our own title"], []])
    def test_nor_when_another_file_of_corrections_is_in_force(self, folder: Path, engine: Extractor, known: list[str]) -> None:
        opening = store.load_tables(folder).events.query("event_subtype == 'opening'")["event_id"].item()
        rows = ("title,Our own title", "date_edtf,2024-05-07")
        lines = ["target,field,value,who,when,why", *(f"{opening},{row},A,2024-06-01,seen" for row in rows)]
        (folder.parent / "corrections.csv").write_text("\n".join(lines))
        engine.build(folder.parent / "folder.txt", corrections=folder.parent / "corrections.csv").save(folder)
        other = Correction("here:9", "e000000000000", "title", "Another", "B", "2024-06-02")
        corrections = [other, *(correction(opening, row) for row in known)]
        _, found, _ = merged(folder, engine, told(engine, known=KNOWN), corrections=corrections)
        row = found.events.set_index("event_id").loc[opening]
        assert (row["title"], row["date_edtf"], row["documents"]) == ("Our own title", "2024-05-07", ["folder.txt"])
