"""The chronology that ships: sourced, sound, and fused with texts as one more document."""

from __future__ import annotations

from urllib.parse import urlsplit

import pandas as pd
import pytest

from timeline import edtf
from timeline.diff import diff
from timeline.knowledge import Knowledge
from timeline.pipeline import Extractor, Timeline
from timeline.shipped import chronology_path
from timeline.store import FILES, to_csv


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(chronology_path(), dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def layered(engine: Extractor, seeds: Timeline) -> Timeline:
    from tests.conftest import SEEDS

    return engine.build([SEEDS, chronology_path()], earlier=seeds)


def items(cells: pd.Series) -> set[str]:
    return {item for cell in cells for item in cell.split("; ") if item}


def hosts(cell: str) -> set[str]:
    return {urlsplit(url).hostname or "" for url in cell.split("; ")}


def test_it_is_as_large_and_as_sure_as_it_is_said_to_be(table: pd.DataFrame) -> None:
    assert len(table) >= 200
    assert (table["confirmed"] == "yes").mean() >= 0.6
    assert set(table["confirmed"]) == {"yes", "no"}


def test_each_row_has_sources_and_a_confirmed_one_has_two_publishers(table: pd.DataFrame) -> None:
    assert table["id"].is_unique
    assert all(urlsplit(url).scheme in ("http", "https") for cell in table["sources"] for url in cell.split("; "))
    alone = [row.id for row in table.itertuples() if row.confirmed == "yes" and len(hosts(row.sources)) < 2]
    assert alone == []


def test_its_names_types_and_dates_are_known(table: pd.DataFrame, knowledge: Knowledge) -> None:
    tables = knowledge.tables
    assert items(table["gates"]) <= set(tables.gates)
    assert items(table["provinces"]) <= set(tables.provinces)
    kinds = {f"{row.type}.{row.subtype}".rstrip(".") for row in table.itertuples()}
    assert kinds <= set(tables.event_types)
    assert [cell for cell in table["date"] if not edtf.is_edtf(cell.replace("[", "").replace("]", "").replace(",", "/"))] == []


def test_every_upgrade_and_opening_that_the_gazetteer_dates_is_in_it(table: pd.DataFrame, knowledge: Knowledge) -> None:
    changes = table[table["type"].isin(["border_gate", "policy"])]
    missing = []
    for gate in knowledge.tables.gates.values():
        for name, since in gate.classes:
            if since < "2009" or not since:
                continue
            told = [date for date, gates in zip(changes["date"], changes["gates"], strict=True) if gate.pair in gates.split("; ")]
            if not any(edtf.overlaps(date, since) for date in told if edtf.is_edtf(date)):
                missing.append((gate.pair, name, since))
    assert missing == []


def test_every_row_is_read_and_stays_an_event_of_its_own(table: pd.DataFrame, layered: Timeline) -> None:
    assert [str(failure) for failure in layered.failures] == []
    rows = layered.mentions[layered.mentions["doc_id"] == "chronology.csv"]
    assert len(rows) == len(table)
    assert rows["event_id"].is_unique


def test_undated_changes_of_gates_in_the_seeds_get_their_days(seeds: Timeline, layered: Timeline) -> None:
    told = {one.event.title: one.event for one in diff(seeds, layered).changed}
    wanted = {
        "Upgrade: Trà Lĩnh–Longbang, Nà Đoỏng–Naxi": "2023-12-28",
        "Upgrade: Tà Lùng–Shuikou, Tà Lùng II–Shuikou II": "2025-09-12",
        "Opening: Lý Vạn–Shuolong": "2025-02-27",
        "32nd Diplomatic Conference": "2023-12-19/2023-12-23",
    }
    assert {title: told[title].date_edtf for title in wanted} == wanted
    rows = layered.events.set_index("event_id")
    assert {rows.loc[told[title].event_id, "date_basis"] for title in wanted} == {"curated"}


def test_what_a_text_states_stays_stated_and_quoted(seeds: Timeline, layered: Timeline) -> None:
    before = seeds.events[seeds.events["date_basis"] == "stated"].set_index("event_id")
    after = layered.events.set_index("event_id")
    day = before.index[before["date_precision"] == "day"]
    assert len(day) > 3
    assert (after.loc[day, "date_basis"] == "stated").all()
    assert (after.loc[before.index, "quote"] == before["quote"]).all()


def test_an_event_leads_to_the_address_of_its_row(table: pd.DataFrame, layered: Timeline) -> None:
    own = layered.events[layered.events["documents"].map(lambda names: names == ["chronology.csv"])]
    addresses = {cell.split("; ")[0] for cell in table["sources"]}
    assert set(own["source_url"]) <= addresses
    assert set(own["quote"]) <= set(table["what"])


def test_the_committed_layer_is_what_a_build_gives(layered: Timeline) -> None:
    folder = chronology_path().parents[1]
    for table, name in FILES.items():
        frame = getattr(layered, table)
        if table == "documents":  # a path is where the text was read; the committed build was made in the checkout
            own = {"chronology.csv": "data/reference/chronology.csv"}
            frame = frame.assign(path=[own.get(doc, f"seeds/{doc}") for doc in frame["doc_id"]])
        assert (folder / "with-chronology" / name).read_text(encoding="utf-8") == to_csv(table, frame), name
