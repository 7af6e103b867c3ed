"""What people put right holds at every build, says whose it is, and is never lost silently."""

from pathlib import Path

import pytest

from timeline.corrections import read_corrections
from timeline.explain import explain
from timeline.pipeline import Extractor, Timeline

TEXT = """Two provinces

On 12 May 2022 leaders of Cao Bang province held talks with leaders of Guangxi in Nanning city about border gates.

On 14 June 2022 the border gate pair of Tra Linh - Longbang in Cao Bang was upgraded to international class.
"""


def build(engine: Extractor, folder: Path, *rows: str) -> Timeline:
    (folder / "page.txt").write_text(TEXT, encoding="utf-8")
    if not rows:
        return engine.build(folder / "page.txt")
    (folder / "corrections.csv").write_text("\n".join(("target,field,value,who,when,why", *rows)) + "\n", encoding="utf-8")
    return engine.build(folder / "page.txt", corrections=folder / "corrections.csv")


@pytest.fixture
def ids(engine: Extractor, tmp_path: Path) -> dict[str, str]:
    events = build(engine, tmp_path).events
    return dict(zip(events["event_type"], events["event_id"], strict=True))


def cell(built: Timeline, event_id: str, column: str) -> object:
    return built.events.set_index("event_id").at[event_id, column]


def test_a_corrected_date_holds_and_says_whose_it_is(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    gate = ids["border_gate"]
    built = build(engine, tmp_path, f"{gate},date_edtf,2022-06-15,Lan,2026-01-05,seen there")
    assert cell(built, gate, "date_edtf") == cell(built, gate, "date_start") == "2022-06-15"
    assert cell(built, gate, "date_basis") == "corrected"
    assert "correction by Lan of 2026-01-05: seen there" in explain(built, gate)


def test_corrected_lists_carry_what_follows_from_them(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    built = build(engine, tmp_path, f"{ids['meeting']},provinces,Hà Giang; Guangxi,,,")
    assert cell(built, ids["meeting"], "provinces_now") == ["Tuyên Quang", "Guangxi"]


def test_drop_merge_and_split(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    gate, meeting = ids["border_gate"], ids["meeting"]
    assert list(build(engine, tmp_path, f"{meeting},drop,,,,").events["event_id"]) == [gate]
    merged = build(engine, tmp_path, f"{gate},merge,{meeting},,,")
    assert list(merged.events["event_id"]) == [gate]
    assert cell(merged, gate, "formerly") == [meeting]
    apart = merged.events["mentions"].iloc[0][0]
    again = build(engine, tmp_path, f"{gate},merge,{meeting},,2026-01-01,", f"{gate},split,{apart},,2026-01-02,")
    assert len(again.events) == 2


def test_of_two_contradictions_the_later_holds_and_both_are_named(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    gate = ids["border_gate"]
    built = build(engine, tmp_path, f"{gate},status,scheduled,An,2026-02-01,", f"{gate},status,cancelled,Lan,2026-01-05,")
    assert cell(built, gate, "status") == "scheduled"
    assert any("contradicts" in str(fault) and "cancelled" in str(fault) and "scheduled" in str(fault) for fault in built.failures)


def test_a_correction_whose_target_is_gone_is_reported(engine: Extractor, tmp_path: Path) -> None:
    built = build(engine, tmp_path, "e000,drop,,,,")
    assert len(built.events) == 2
    assert [fault.why for fault in built.failures] == ["'e000' is gone: nothing in this build bears that id"]


def test_rows_that_make_no_sense_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(
        "target,field,value,who,when,why\ne1,colour,red,,,\ne1,date_edtf,yesterday,,,\ne1,status,done,,,\ne1,drop,,,5 May,\n",
        encoding="utf-8",
    )
    found, faults = read_corrections(path)
    assert found == []
    assert [fault.where.rsplit(":", 1)[1] for fault in faults] == ["2", "3", "4", "5"]


@pytest.mark.parametrize("action", ["merge", "split", "drop", "date_edtf"])
def test_corrections_hold_however_often_a_folder_is_built_again(
    engine: Extractor, tmp_path: Path, ids: dict[str, str], action: str
) -> None:
    gate, meeting = ids["border_gate"], ids["meeting"]
    first = build(engine, tmp_path)
    told = first.events.set_index("event_id").at[meeting, "mentions"]
    rows = {
        "merge": [f"{gate},merge,{meeting},,2026-01-01,", f"{gate},title,Both,,2026-01-02,"],
        "split": [f"{gate},merge,{meeting},,2026-01-01,", f"{gate},split,{told[0]},,2026-01-02,"],
        "drop": [f"{meeting},drop,,,,"],
        "date_edtf": [f"{gate},date_edtf,2022-06-15,,,"],
    }[action]
    built = build(engine, tmp_path, *rows)
    again = built
    for _ in range(2):
        again = engine.build(tmp_path / "page.txt", corrections=tmp_path / "corrections.csv", earlier=again)
        assert again.failures == []
    assert list(again.events["event_id"]) == list(built.events["event_id"])
    assert list(again.events["title"]) == list(built.events["title"])


@pytest.mark.parametrize("row", ["event_type,banana", "event_type,", "series,Foo", "provinces,Narnia", "ordinal,²", "part_of,e000"])
def test_a_value_that_the_knowledge_does_not_know_is_named(engine: Extractor, tmp_path: Path, ids: dict[str, str], row: str) -> None:
    built = build(engine, tmp_path, f"{ids['meeting']},{row},,,")
    assert len(built.failures) == 1
    assert list(built.events["event_id"]) == list(build(engine, tmp_path).events["event_id"])


def test_a_correction_of_what_was_merged_goes_with_it(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    gate, meeting = ids["border_gate"], ids["meeting"]
    before, merge, after = (
        f"{meeting},actors,An,,2026-01-01,",
        f"{gate},merge,{meeting},,2026-01-02,",
        f"{meeting},form,ceremony,,2026-01-03,",
    )
    built = build(engine, tmp_path, before, merge, after)
    assert built.failures == []
    assert (cell(built, gate, "actors"), cell(built, gate, "form")) == (["An"], "ceremony")
