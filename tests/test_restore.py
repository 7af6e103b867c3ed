"""A correction changes a loaded build as it would change the next one, and nothing else in it."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.app.sample import event_rows, sample_tables
from timeline import knowledge, store
from timeline.corrections import Correction, append_correction, read_corrections
from timeline.fusion import event_id_of
from timeline.knowledge import Knowledge
from timeline.pipeline import Extractor
from timeline.restore import change_log, corrected_tables, restore, with_corrections
from timeline.tables import TABLES, Tables, TimelineLike, check_tables, events_frame, evidence_frame, mentions_frame, sort_rows

BUILT = Path(__file__).parents[1] / "data" / "built"
HEAD = "target,field,value,who,when,why"
TEXT = """Two provinces

On 12 May 2022 leaders of Cao Bang province held talks with leaders of Guangxi in Nanning city about border gates.

On 14 June 2022 the border gate pair of Tra Linh - Longbang in Cao Bang was upgraded to international class.

On 9 July 2022 Decree 58/2022/ND-CP was issued by the Government of Vietnam.
"""


@pytest.fixture(scope="module")
def light() -> Knowledge:
    """The knowledge tables without any language."""
    return Knowledge(knowledge.load_entries(), {}, "", knowledge.knowledge_path())


@pytest.fixture(scope="module")
def plain(engine: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """A build without corrections."""
    return build(engine, tmp_path_factory.mktemp("plain"))


def build(engine: Extractor, folder: Path, *rows: str) -> Tables:
    (folder / "page.txt").write_text(TEXT, encoding="utf-8")
    built = engine.build(folder / "page.txt", corrections=written(folder, *rows) if rows else None)
    return Tables(built.documents, built.mentions, built.evidence, built.events)


def written(folder: Path, *rows: str) -> Path:
    path = folder / "corrections.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def same(found: TimelineLike, wanted: TimelineLike) -> None:
    for name in ("mentions", "evidence", "events"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(wanted, name))
    for column in ("doc_id", "mentions", "characters"):
        assert list(found.documents[column]) == list(wanted.documents[column])


def ids(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.events["event_type"], tables.events["event_id"], strict=True))


def cell(tables: Tables, event_id: str, column: str) -> object:
    return tables.events.set_index("event_id").at[event_id, column]


def test_what_is_restored_lays_out_the_same_tables() -> None:
    tables = store.load_tables(BUILT)
    fused, documents = restore(tables)
    pd.testing.assert_frame_equal(mentions_frame(fused.mentions), tables.mentions)
    pd.testing.assert_frame_equal(evidence_frame(fused.evidence), tables.evidence)
    pd.testing.assert_frame_equal(events_frame(fused.events), tables.events)
    assert [document.source_url for document in documents] == list(tables.documents["source_url"])


@pytest.mark.parametrize(
    "rows",
    [
        ["{border_gate},date_edtf,2022-06-15,Lan,2026-01-05,seen there"],
        ["{meeting},provinces,Hà Giang; Guangxi,,,"],
        ["{policy},status,cancelled,,,", "{policy},actors,Government of Vietnam; Ngô Lê Văn,,,"],
        ["{meeting},drop,,,,"],
        ["{border_gate},merge,{meeting},,2026-01-01,"],
        ["{border_gate},merge,{meeting},,2026-01-01,", "{border_gate},title,Both,,2026-01-02,", "{meeting},form,ceremony,,2026-01-03,"],
        ["{policy},part_of,{meeting},,2026-01-01,", "{border_gate},merge,{meeting},,2026-01-02,"],
        ["{policy},event_type,agreement,,,", "{policy},event_subtype,signing,,,"],
    ],
)
def test_corrections_of_a_loaded_build_are_those_of_a_new_one(
    engine: Extractor, tmp_path: Path, plain: Tables, light: Knowledge, rows: list[str]
) -> None:
    told = [row.format(**ids(plain)) for row in rows]
    wanted = build(engine, tmp_path, *told)
    corrections, faults = read_corrections(written(tmp_path, *told))
    found, wrong = with_corrections(plain, corrections, light)
    assert faults == wrong == []
    same(found, wanted)
    check_tables(found.documents, found.mentions, found.evidence, found.events)
    # Once more, on what has them already, they change nothing.
    again, wrong = with_corrections(wanted, corrections, light)
    assert wrong == []
    same(again, wanted)


def test_a_part_whose_whole_is_dropped_stands_alone(plain: Tables, light: Knowledge) -> None:
    gate, meeting = ids(plain)["border_gate"], ids(plain)["meeting"]
    with_whole, _ = with_corrections(plain, [Correction("", meeting, "part_of", gate)], light)
    assert cell(with_whole, meeting, "part_of") == gate
    found, wrong = with_corrections(with_whole, [Correction("", gate, "drop", "")], light)
    assert wrong == []
    assert cell(found, meeting, "part_of") == ""
    check_tables(found.documents, found.mentions, found.evidence, found.events)


def test_what_was_merged_can_be_split_again(tmp_path: Path, plain: Tables, light: Knowledge) -> None:
    gate, meeting = ids(plain)["border_gate"], ids(plain)["meeting"]
    merged, _ = with_corrections(plain, [Correction("", gate, "merge", meeting)], light)
    assert len(merged.events) == len(plain.events) - 1
    assert cell(merged, gate, "formerly") == [meeting]
    apart = str(plain.mentions.set_index("event_id").at[meeting, "mention_id"])
    split, wrong = with_corrections(merged, [Correction("", gate, "split", apart)], light)
    assert wrong == []
    assert len(split.events) == len(plain.events)


def test_nothing_but_the_corrected_cell_changes(light: Knowledge) -> None:
    tables = store.load_tables(BUILT)
    for event_id, status in zip(tables.events["event_id"], tables.events["status"], strict=True):
        other = "held" if status == "cancelled" else "cancelled"
        found, wrong = with_corrections(tables, [Correction("", event_id, "status", other, why="x")], light)
        assert wrong == []
        wanted = tables.events.copy()
        wanted.loc[wanted["event_id"] == event_id, "status"] = other
        pd.testing.assert_frame_equal(found.events, wanted)
        pd.testing.assert_frame_equal(found.mentions, tables.mentions)
        assert len(found.evidence) == len(tables.evidence) + 1


def test_the_tables_that_are_shared_are_not_written_into(light: Knowledge) -> None:
    tables = sample_tables()
    corrections = [
        Correction("", "e-fair", "merge", "e-deal"),
        Correction("", "e-gate", "drop", ""),
        Correction("", "e-day", "actors", "A; B"),
    ]
    with_corrections(tables, corrections, light)
    before = sample_tables()
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(before, name))


def test_a_title_put_right_before_outlasts_a_later_correction(light: Knowledge) -> None:
    rows = [row | {"title": "As somebody wrote it"} if row["event_id"] == "e-fair" else row for row in event_rows()]
    found, _ = with_corrections(sample_tables(events=rows), [Correction("", "e-fair", "date_edtf", "2023-12-20")], light)
    assert cell(found, "e-fair", "title") == "As somebody wrote it"
    assert cell(found, "e-fair", "date_start") == cell(found, "e-fair", "date_end") == "2023-12-20"
    assert cell(found, "e-fair", "date_basis") == "corrected"


def test_rows_stand_in_the_tables_order_afterwards(light: Knowledge) -> None:
    days = {"e-gate": "", "e-deal": "1999-05", "e-conference": "2030-01-01/..", "e-day": "2023-12-19/2023-12-23", "e-fair": "XXXX-01"}
    corrections = [Correction("", event_id, "date_edtf", day) for event_id, day in days.items()]
    corrections += [Correction("", "m2", "status", "ongoing"), Correction("", "e-session", "merge", "e-decree")]
    found, wrong = with_corrections(sample_tables(), corrections, light)
    assert wrong == []
    assert list(found.events["event_id"]) == ["e-deal", "e-day", "e-session", "e-conference", "e-fair", "e-gate"]
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), sort_rows(name, getattr(found, name)))


def test_an_event_is_found_by_an_id_that_it_might_have_borne(light: Knowledge) -> None:
    found, wrong = with_corrections(sample_tables(), [Correction("", event_id_of("m3"), "status", "ongoing")], light)
    assert wrong == []
    assert cell(found, "e-conference", "status") == "ongoing"


def test_every_event_may_be_dropped(light: Knowledge) -> None:
    tables = sample_tables()
    found, wrong = with_corrections(tables, [Correction("", name, "drop", "") for name in tables.events["event_id"]], light)
    assert wrong == []
    assert len(found.events) == len(found.mentions) == len(found.evidence) == 0
    check_tables(found.documents, found.mentions, found.evidence, found.events)
    assert list(found.documents["mentions"]) == [0, 0, 0]


class TestFile:
    def test_no_file_and_an_empty_one_correct_nothing(self, tmp_path: Path) -> None:
        tables = sample_tables()
        assert corrected_tables(tables, tmp_path / "none.csv") == (tables, [], [])
        (tmp_path / "blank.csv").touch()
        assert corrected_tables(tables, tmp_path / "blank.csv") == (tables, [], [])

    def test_a_file_of_something_else_is_told_and_costs_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        tables = sample_tables()
        found, _, faults = corrected_tables(tables, tmp_path / "other.csv")
        assert found is tables
        assert "has no columns target, field, value" in str(faults[0])

    def test_what_makes_no_sense_is_told_and_the_rest_is_made(self, tmp_path: Path) -> None:
        rows = ("e-fair,status,cancelled,,,", "e-gone,status,held,,,", "e-fair,provinces,Narnia,,,", "e-fair,colour,red,,,")
        found, _, faults = corrected_tables(sample_tables(), written(tmp_path, *rows))
        assert cell(found, "e-fair", "status") == "cancelled"
        assert len(faults) == 3

    def test_the_log_says_what_became_of_each(self, tmp_path: Path) -> None:
        path = written(
            tmp_path,
            "e-fair,status,held,An,2026-01-01,",
            "e-fair,status,cancelled,Lan,2026-01-02,called off",
            "e-gone,status,held,An,2026-01-03,",
            "e-fair,provinces,Narnia,An,2026-01-04,",
            "e-fair,colour,red,An,,",
            "e-deal,drop,,An,2026-01-05,",
            "e-gate,merge,e-day,An,2026-01-06,",
            "m2,date_edtf,2025-08-26,An,2026-01-07,",
        )
        log = change_log(path, corrected_tables(sample_tables(), path)[0])
        assert [(entry.correction.field, entry.correction.value, entry.state, entry.event_id) for entry in log] == [
            ("date_edtf", "2025-08-26", "made", "e-conference"),
            ("merge", "e-day", "made", "e-gate"),
            ("drop", "", "made", ""),
            ("provinces", "Narnia", "refused", "e-fair"),
            ("status", "held", "gone", ""),
            ("status", "cancelled", "made", "e-fair"),
            ("status", "held", "replaced", "e-fair"),
            ("colour", "red", "refused", "e-fair"),
        ]

    def test_a_circle_of_parts_is_refused(self, tmp_path: Path) -> None:
        path = written(tmp_path, "e-conference,part_of,e-fair,An,2026-01-01,", "e-fair,part_of,e-session,An,2026-01-02,")
        found, _, faults = corrected_tables(sample_tables(), path)
        assert [cell(found, name, "part_of") for name in ("e-conference", "e-fair", "e-session")] == ["e-fair", "", "e-conference"]
        assert len(faults) == 1
        assert "a part of it" in str(faults[0])
        assert [entry.state for entry in change_log(path, found)] == ["refused", "made"]

    def test_a_correction_that_waits_is_not_called_made(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        append_correction(path, Correction("", "e-fair", "drop", "", "An", "2026-01-01", "no event"))
        assert [entry.state for entry in change_log(path, sample_tables())] == ["refused"]
        assert [replace(entry.correction, where="") for entry in change_log(path, sample_tables())] == [
            Correction("", "e-fair", "drop", "", "An", "2026-01-01", "no event")
        ]
