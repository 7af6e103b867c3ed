"""What the loader finds wrong with names that only readers see."""

from dataclasses import replace

import pytest

from timeline.knowledge import Knowledge, Office, Tables
from timeline.knowledge.shown_names import shown_name_faults


def faults(tables: Tables) -> str:
    return "\n".join(shown_name_faults(tables))


def with_actor(knowledge: Knowledge, name: str, *vietnamese: str) -> Tables:
    rows = knowledge.tables.actors
    return replace(knowledge.tables, actors=rows | {name: replace(rows[name], vietnamese=vietnamese)})


def test_every_body_and_series_that_ships_has_names_in_both_languages(knowledge: Knowledge) -> None:
    bodies = [row for row in knowledge.tables.actors.values() if row.kind == "body"]
    assert [row.name for row in bodies if not row.vietnamese or not row.hanzi] == []
    assert [row.name for row in knowledge.tables.series.values() if not row.title_vi or not row.title_zh] == []
    assert [row.name for row in knowledge.tables.provinces.values() if row.country == "CN" and not (row.vietnamese and row.hanzi)] == []


@pytest.mark.parametrize(
    ("name", "vietnamese", "fault"),
    [
        ("Ngô Lê Văn", ["Ngô Lê Văn"], "is a Vietnamese name already"),
        ("Politburo", ["Bộ Chính trị", "BCT"], "has 2 Vietnamese names"),
        ("{province} People's Committee", ["Ủy ban nhân dân"], "has no {province} in 'Ủy ban nhân dân'"),
        ("Politburo", ["Bộ Ngoại giao"], "'Bộ Ngoại giao' is the vietnamese of"),
    ],
)
def test_a_wrong_vietnamese_name_is_told(knowledge: Knowledge, name: str, vietnamese: list[str], fault: str) -> None:
    assert fault in faults(with_actor(knowledge, name, *vietnamese))


def test_a_province_of_vietnam_needs_no_other_name(knowledge: Knowledge) -> None:
    rows = knowledge.tables.provinces
    told = faults(replace(knowledge.tables, provinces=rows | {"Cao Bằng": replace(rows["Cao Bằng"], vietnamese="Cao Bằng")}))
    assert "'Cao Bằng' lies in Vietnam" in told


def test_two_series_of_one_title_are_told(knowledge: Knowledge) -> None:
    rows = knowledge.tables.series
    told = faults(replace(knowledge.tables, series=rows | {"Meet Korea": replace(rows["Meet Korea"], title_zh="相约日本")}))
    assert "'相约日本' is the title_zh of 'Meet Korea' and 'Meet Japan'" in told


@pytest.mark.parametrize(
    ("office", "fault"),
    [
        (Office("King of {realm}", "Vua {realm}", "{realm}国王"), "has an unknown slot {realm}"),
        (Office("King of {country}", "Vua", "{country}国王"), "has other slots than 'Vua'"),
        (Office("King of {country} and {country}", "{country}{country}", "{country}{country}"), "has a slot twice"),
    ],
)
def test_an_office_keeps_its_slots(knowledge: Knowledge, office: Office, fault: str) -> None:
    assert fault in faults(replace(knowledge.tables, offices={office.name: office}))
