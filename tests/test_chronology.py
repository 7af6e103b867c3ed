"""A table that somebody keeps is one more document; what is wrong in it costs the row, never the rest."""

import io
from pathlib import Path

import pandas as pd
import pytest

from timeline.chronology import kind_of_table
from timeline.pipeline import Extractor, Timeline


def built(engine: Extractor, folder: Path, table: str, name: str = "mine.csv", text: str = "") -> Timeline:
    (folder / name).write_text(table, encoding="utf-8")
    paths = [folder / name]
    if text:
        (folder / "page.txt").write_text(text, encoding="utf-8")
        paths.append(folder / "page.txt")
    return engine.build(paths)


def test_a_row_is_a_mention_with_its_words_as_evidence(engine: Extractor, tmp_path: Path) -> None:
    table = "When,Event,Place\n28 December 2023,Upgrade of the Tra Linh - Longbang border gate,Cao Bang\n"
    found = built(engine, tmp_path, table)
    (event,) = found.events.to_dict("records")
    assert (event["event_type"], event["event_subtype"], event["date_edtf"]) == ("border_gate", "upgrade", "2023-12-28")
    assert (event["date_basis"], event["border_gates"], event["provinces"]) == ("curated", ["Trà Lĩnh–Longbang"], ["Cao Bằng", "Guangxi"])
    words = found.evidence.set_index("field")["text"]
    assert words["date_edtf"] == "28 December 2023"


def test_a_table_is_fused_with_the_texts(engine: Extractor, tmp_path: Path) -> None:
    text = (
        "Tra Linh upgraded\n\nOn 28 December 2023 the border gates of Tra Linh - Longbang in Cao Bang were upgraded to international class."
    )
    found = built(engine, tmp_path, "date,what\n2023-12-28,The Trà Lĩnh–Longbang border gates were upgraded\n", text=text)
    assert [event["documents"] for event in found.events.to_dict("records")] == [["mine.csv", "page.txt"]]


def test_names_of_columns_are_those_of_people(engine: Extractor, tmp_path: Path) -> None:
    found = built(engine, tmp_path, "Ngày;Sự kiện;Địa điểm\n12/9/2025;Lễ công bố nâng cấp cửa khẩu Tà Lùng;Cao Bằng\n")
    assert list(found.events["date_edtf"]) == ["2025-09-12"]
    assert found.failures == []


def test_faults_are_named_by_row_and_cost_only_it(engine: Extractor, tmp_path: Path) -> None:
    table = (
        "date,what,type,colour\n"
        "31/2/2025,Talks of Cao Bang and Guangxi,meeting.talks,red\n"
        "2025-09-12,lorem ipsum,,\n"
        "2025-09-13,Talks of Lang Son and Guangxi,meeting,\n"
    )
    found = built(engine, tmp_path, table)
    assert sorted(found.events["date_edtf"]) == ["", "2025-09-13"]
    messages = "\n".join(map(str, found.failures))
    assert "not read: colour" in messages
    assert "row 2: '31/2/2025' is no date" in messages
    assert "row 3: no kind of event in 'lorem ipsum'" in messages


def test_start_and_end_make_a_span(engine: Extractor, tmp_path: Path) -> None:
    found = built(engine, tmp_path, "start,end,what,type\n2023-12-12,2023-12-13,Xi Jinping in Hanoi,visit.state_visit\n")
    assert list(found.events["date_edtf"]) == ["2023-12-12/2023-12-13"]


@pytest.mark.parametrize("table", ["date,place\n2025,Hanoi\n", "", "\x00\x01"])
def test_what_is_no_chronology_costs_only_itself(engine: Extractor, tmp_path: Path, table: str) -> None:
    text = "On 12 May 2022 leaders of Cao Bang province held talks with leaders of Guangxi in Nanning city about border gates."
    found = built(engine, tmp_path, table, text=text)
    assert list(found.documents["doc_id"]) == ["page.txt"]
    assert [failure.where for failure in found.failures] == [str(tmp_path / "mine.csv")]


def test_excel_is_read(engine: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    pd.DataFrame({"date": [pd.Timestamp("2025-09-12")], "what": ["Ta Lung border gate upgraded"]}).to_excel(path, index=False)
    assert list(engine.build(path).events["date_edtf"]) == ["2025-09-12"]


def test_a_comma_too_many_costs_only_its_cell(engine: Extractor, tmp_path: Path) -> None:
    rows = "2025-09-12,Gate upgraded,border_gate,", "2025-10-13,Talks,meeting,Lang Son,too much", "2025-11-01,A fair,exchange"
    table = "\n".join(("date,what,type,where", *rows))
    found = built(engine, tmp_path, table)
    assert list(found.events["date_edtf"]) == ["2025-09-12", "2025-10-13", "2025-11-01"]
    assert ["row 3" in str(fault) for fault in found.failures] == [True]
    assert not any("nan" in text for text in found.mentions["text"])


def test_two_tables_of_one_name_stay_two(engine: Extractor, tmp_path: Path) -> None:
    for k in (1, 2):
        (tmp_path / str(k)).mkdir()
        (tmp_path / str(k) / "m.csv").write_text(f"date,what,type\n2025-0{k}-12,Talks {k},meeting\n", encoding="utf-8")
    assert len(engine.build([tmp_path / "1" / "m.csv", tmp_path / "2" / "m.csv"]).events) == 2


def test_status_is_read_as_people_write_it(engine: Extractor, tmp_path: Path) -> None:
    table = "date,what,type,trạng thái\n2025-09-12,Talks,meeting,Hoãn\n2025-09-14,Talks,meeting,maybe\n"
    found = built(engine, tmp_path, table)
    assert list(found.events["status"]) == ["postponed", "held"]
    assert "'maybe' is no status" in str(found.failures[0])


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ("date what where", "events"),
        ("event_id title event_type date_edtf quote", "events"),
        ("mention_id text event_type", "events"),
        ("Ngày,Sự kiện,Nội dung,Địa điểm", "events"),
        ("Ngày,Nội dung,Cửa khẩu", "events"),
        ("date title description source", "events"),
        ("title text type url", "texts"),
        ("datePublished headline articleBody", "texts"),
        ("Tiêu đề,Ngày đăng,Nội dung,Nguồn", "texts"),
        ("标题,日期,正文", "texts"),
        ("date place", ""),
        ("name price", ""),
    ],
)
def test_columns_alone_tell_a_chronology_from_a_table_of_texts(columns: str, kind: str) -> None:
    assert kind_of_table(columns.split("," if "," in columns else None)) == kind


TEXT = "On 12 May 2022 leaders of Cao Bang province held talks with leaders of Guangxi in Nanning city about border gates."


def test_in_a_folder_both_are_read_and_other_tables_are_told(engine: Extractor, tmp_path: Path) -> None:
    tables = {
        "events.csv": "date,what\n2025-09-12,Ta Lung border gate upgraded\n",
        "texts.csv": f'id,text\nx,"{TEXT}"\n',
        "prices.csv": "a,b\n1,2\n",
    }
    for name, table in tables.items():
        (tmp_path / name).write_text(table, encoding="utf-8")
    found = engine.build(tmp_path)
    assert list(found.documents["doc_id"]) == ["events.csv", "texts.csv/x"]
    assert sorted(found.events["date_edtf"]) == ["2022-05-12", "2025-09-12"]
    assert [Path(fault.where).name for fault in found.failures] == ["prices.csv"]


@pytest.mark.parametrize(
    ("data", "doc_ids"),
    [(b"date,what\n2025-09-12,Ta Lung border gate upgraded\n", ["stdin"]), (f'title,text\nTalks,"{TEXT}"\n'.encode(), ["stdin/2"])],
)
def test_both_are_known_on_standard_input(engine: Extractor, monkeypatch: pytest.MonkeyPatch, data: bytes, doc_ids: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert list(engine.build("-").documents["doc_id"]) == doc_ids


def test_an_end_alone_says_only_when_it_was_over(engine: Extractor, tmp_path: Path) -> None:
    found = built(engine, tmp_path, "start,end,what,type\n,2024-05-06,Works at the Tà Lùng gate,infrastructure.completion\n")
    assert list(found.events["date_edtf"]) == ["../2024-05-06"]


def test_an_events_table_read_as_a_chronology_keeps_its_times(engine: Extractor, seeds: Timeline, tmp_path: Path) -> None:
    table = seeds.events.timeline.to_csv()
    assert table is not None
    found = built(engine, tmp_path, table)
    assert sorted(found.events["date_edtf"]) == sorted(seeds.events["date_edtf"])
    assert not [str(fault) for fault in found.failures if "is no date" in str(fault)]


def test_faults_are_named_by_the_row_in_the_file(engine: Extractor, tmp_path: Path) -> None:
    found = built(engine, tmp_path, "date,what,type\n\n2024-05-06,Talks,meeting\n\nno day,Talks,meeting\n")
    assert any("row 5: 'no day' is no date" in str(fault) for fault in found.failures)
