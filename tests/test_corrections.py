"""What people put right holds at every build, says whose it is, and is never lost silently."""

import csv
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from timeline.corrections import (
    COLUMNS,
    Correction,
    Overtaken,
    Signature,
    all_corrections,
    append_correction,
    is_correction,
    read_corrections,
    signature_of,
)
from timeline.errors import InputError
from timeline.explain import explain
from timeline.files import lock_of
from timeline.pipeline import Extractor, Timeline

ROOT = Path(__file__).parents[1]
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
    assert isinstance(told, list)
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


UNKNOWN = ("recurrence,weekly", "form,banana", "title,", "ordinal,0", f"ordinal,{'1' * 23}", f"ordinal,{'1' * 5_000}")


@pytest.mark.parametrize(
    "row", ["event_type,banana", "event_type,", "series,Foo", "provinces,Narnia", "ordinal,²", "part_of,e000", *UNKNOWN]
)
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


def test_what_the_knowledge_knows_is_taken(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    rows = [f"{ids['meeting']},{cells},,," for cells in ("form,seminar", "recurrence,biennial", "ordinal,999")]
    built = build(engine, tmp_path, *rows)
    assert built.failures == []
    assert [cell(built, ids["meeting"], name) for name in ("form", "recurrence", "ordinal")] == ["seminar", "biennial", 999]


def test_no_event_is_a_part_of_itself_or_of_its_own_part(engine: Extractor, tmp_path: Path, ids: dict[str, str]) -> None:
    gate, meeting = ids["border_gate"], ids["meeting"]
    built = build(engine, tmp_path, f"{gate},part_of,{gate},,,")
    assert len(built.failures) == 1
    assert cell(built, gate, "part_of") == ""
    built = build(engine, tmp_path, f"{gate},part_of,{meeting},,2026-01-01,", f"{meeting},part_of,{gate},,2026-01-02,")
    assert len(built.failures) == 1
    assert (cell(built, gate, "part_of"), cell(built, meeting, "part_of")) == (meeting, "")


@pytest.mark.parametrize("turned", [False, True])
def test_what_becomes_one_with_its_whole_is_no_part_of_itself(engine: Extractor, tmp_path: Path, ids: dict[str, str], turned: bool) -> None:
    gate, meeting = ids["border_gate"], ids["meeting"]
    kept, gone = (meeting, gate) if turned else (gate, meeting)
    built = build(engine, tmp_path, f"{gate},part_of,{meeting},,2026-01-01,", f"{kept},merge,{gone},,2026-01-02,")
    assert list(built.events["event_id"]) == [kept]
    assert cell(built, kept, "part_of") == ""


def row(target: str = "e1", field: str = "title", value: str = "A", why: str = "seen") -> Correction:
    return Correction("", target, field, value, "Lan", "2026-01-05", why)


# A process of its own, for a lock must hold between processes and not only in one.
APPEND = """
import sys
from timeline.corrections import Correction, append_correction
path, name, count = sys.argv[1:]
for k in range(int(count)):
    append_correction(path, Correction("", f"{name}{k}", "title", "A", "Lan", "2026-01-05", "seen"))
"""


class TestWriting:
    def test_a_new_file_gets_its_head_and_the_row_comes_back(self, tmp_path: Path) -> None:
        path = tmp_path / "kept" / "corrections.csv"
        append_correction(path, row(value='1+1, "quoted"; Cao Bằng', why="第一"))
        assert path.read_text(encoding="utf-8").splitlines() == [
            ",".join(COLUMNS),
            'e1,title,"1+1, ""quoted""; Cao Bằng",Lan,2026-01-05,第一',
        ]
        found, faults = read_corrections(path)
        assert faults == []
        assert [(c.target, c.value, c.why) for c in found] == [("e1", '1+1, "quoted"; Cao Bằng', "第一")]

    def test_what_stands_in_the_file_stays_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        old = b"\xef\xbb\xbf# kept by Lan, do not sort\r\nnote,target,field,value,why\r\n"
        old += b"mine,e1,status,held,x\r\n# a thought\r\n\r\nyours,e2,drop,,y"
        path.write_bytes(old)
        append_correction(path, row())
        lines = path.read_bytes().split(b"\r\n")
        assert lines[1] == b"note,target,field,value,why,who,when"
        assert lines[:1] + lines[2:6] == old.split(b"\r\n")[:1] + old.split(b"\r\n")[2:]
        assert lines[6:] == [b",e1,title,A,seen,Lan,2026-01-05", b""]
        found, faults = read_corrections(path)
        assert faults == []
        assert [(c.where.rsplit(":", 1)[1], c.target, c.who) for c in found] == [("3", "e1", ""), ("6", "e2", ""), ("7", "e1", "Lan")]

    def test_two_processes_at_once_lose_nothing(self, tmp_path: Path) -> None:
        path, count = tmp_path / "corrections.csv", 40
        writers = [subprocess.Popen([sys.executable, "-c", APPEND, str(path), name, str(count)], cwd=ROOT) for name in ("a", "b")]
        assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
        found, faults = read_corrections(path)
        assert faults == []
        assert {c.target for c in found} == {f"{name}{k}" for name in ("a", "b") for k in range(count)}

    def test_who_cannot_get_at_the_file_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        with lock_of(path), pytest.raises(InputError, match="somebody else is writing it"):
            append_correction(path, row(), timeout=0.05)
        assert not path.exists()

    def test_cells_become_one_line_each(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        append_correction(path, row(value="A\n\tB\u2028C\x00", why="one\r\ntwo"))
        assert len(path.read_text(encoding="utf-8").splitlines()) == 2
        assert [(c.value, c.why) for c in all_corrections(path)] == [("A B C", "one two")]

    def test_a_file_of_something_else_is_never_written_into(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.csv"
        for text in ("name,price\ntea,3\n", 'target,field,value\ne1,title,"never closed\n'):
            path.write_text(text, encoding="utf-8")
            with pytest.raises(InputError):
                append_correction(path, row())
            assert path.read_text(encoding="utf-8") == text
        assert sorted(entry.name for entry in tmp_path.iterdir() if entry.name != ".corrections.csv.lock") == ["corrections.csv"]

    @pytest.mark.parametrize(
        "wrong",
        [
            Correction("", "e1", "date_edtf", "yesterday"),
            Correction("", "e1", "colour", "red"),
            Correction("", "", "title", "A"),
            Correction("", "#e1", "title", "A"),
            Correction("", "e1", "title", "A" * 2001),
            Correction("", "e1", "title", ""),
            *(Correction("", "e1", "ordinal", number) for number in ("0", "1000", "1" * 23, "1" * 5_000, "-1")),
            *(Correction("", "e1", "title", "A", f"{sign}1+1") for sign in ("=", "+", "-", "@", "\t=", "\u200b=", "＝")),
            Correction("", "e1", "title", "A", "Lan", "2026-01-05", "=1+1"),
            Correction("", "e1", "title", "=1+1"),
            Correction("", "e1", "title", "A", "Ann of 2024-99-99: x", "2026-01-05", "seen"),
            Correction("", "e1", "title", "A", "Ann of 2024-01-01: x", "2026-01-05", "seen"),
            Correction("", "e1", "title", "A", "Ann: x", "2026-01-05", "seen"),
        ],
    )
    def test_a_row_that_makes_no_sense_is_refused(self, tmp_path: Path, wrong: Correction) -> None:
        with pytest.raises(InputError):
            append_correction(tmp_path / "corrections.csv", wrong)
        assert not (tmp_path / "corrections.csv").exists()

    def test_a_link_stays_a_link_and_the_rights_stay(self, tmp_path: Path) -> None:
        real, link = tmp_path / "real.csv", tmp_path / "link.csv"
        append_correction(real, row("e1"))
        assert stat.S_IMODE(real.stat().st_mode) == 0o644
        real.chmod(0o660)
        link.symlink_to(real)
        append_correction(link, row("e2"))
        assert link.is_symlink()
        assert stat.S_IMODE(real.stat().st_mode) == 0o660
        assert [c.target for c in all_corrections(real)] == ["e1", "e2"]


@pytest.mark.parametrize("who", ["", "Lan", "Lan of Hanoi"])
@pytest.mark.parametrize("when", ["", "2026-01-05"])
@pytest.mark.parametrize("why", ["", "seen: there", "of 2025-01-01"])
def test_a_rule_says_again_who_when_and_why(who: str, when: str, why: str) -> None:
    assert signature_of(Correction("", "e1", "title", "A", who, when, why).rule) == Signature(who, when, why)


@pytest.mark.parametrize("day", ["2024-99-99", "2024-02-31", "0000-01-01"])
def test_a_day_that_is_none_stays_with_the_name(day: str) -> None:
    assert signature_of(f"correction by Ann of {day}: x") == Signature(f"Ann of {day}", "", "x")
    assert signature_of(f"correction of {day}") == Signature(f"of {day}", "", "")


class TestOvertaken:
    """Of two who write, the second may not undo unseen what the first has put right."""

    def refused(self, path: Path, mine: Correction, seen: list[Correction]) -> bool:
        before = path.read_bytes()
        try:
            append_correction(path, mine, seen=seen)
        except Overtaken:
            assert path.read_bytes() == before
            return True
        return False

    @pytest.mark.parametrize(
        ("theirs", "mine"),
        [
            (row("e1", "title", "B"), row("e1", "title", "C")),
            (row("e1", "event_type", "visit"), row("e1", "event_subtype", "talks")),
            (row("e1", "drop", ""), row("e1", "title", "C")),
            (row("e2", "merge", "e1"), row("e1", "title", "C")),
            (row("e1", "title", "B"), row("e1", "drop", "")),
            (row("e3", "drop", ""), row("e1", "merge", "e3")),
            (row("e2", "merge", "e3"), row("e1", "merge", "e3")),
        ],
    )
    def test_what_somebody_put_right_meanwhile_is_refused_until_it_is_seen(
        self, tmp_path: Path, theirs: Correction, mine: Correction
    ) -> None:
        path = tmp_path / "corrections.csv"
        append_correction(path, row("e9"))
        seen, _ = read_corrections(path)
        append_correction(path, theirs)
        assert self.refused(path, mine, seen)
        assert not self.refused(path, mine, read_corrections(path)[0])

    @pytest.mark.parametrize("theirs", [row("e1", "status", "held"), row("e2", "title", "B"), row("e2", "drop", "")])
    def test_what_concerns_something_else_is_no_hindrance(self, tmp_path: Path, theirs: Correction) -> None:
        path = tmp_path / "corrections.csv"
        append_correction(path, theirs)
        assert not self.refused(path, row("e1", "title", "C"), [])


def test_other_rules_are_no_corrections() -> None:
    assert not any(map(is_correction, ("stated", "same-day-place:m1", "corrections", "correctional: x")))


def test_a_file_that_is_not_there_holds_no_corrections(tmp_path: Path) -> None:
    assert all_corrections(tmp_path / "none.csv") == []


def test_a_cell_too_long_to_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    before = csv.field_size_limit(131_072)  # the module's own; reading tables raises it
    path.write_text(f"target,field,value\ne1,title,{'x' * 200_000}\n", encoding="utf-8")
    try:
        found, faults = read_corrections(path)
    finally:
        csv.field_size_limit(before)
    assert found == []
    assert "field larger" in str(faults[0])
