"""ACLED's columns, read back by pandas."""

import io

import pandas as pd
import pytest

from tests.export.awkward import FORMULA, document
from tests.export.research import awkward, built, entries, nothing, tables, timed
from timeline.export.acled_like import COLUMNS, EVENT_TYPE, SUB_EVENT_TYPES, acled_like
from timeline.export.plain import one_line
from timeline.publishers import load_publishers
from timeline.tables import Tables

# The codebook's sub-event types of strategic developments that are used here.
_OF_ACLED = {"Agreement", "Change to group/activity", "Other"}


def read(found: Tables) -> pd.DataFrame:
    content = acled_like(found, entries(), load_publishers())
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def row(text: str = "2025-01-01", precision: str = "", **cells: object) -> dict[str, str]:
    (found,) = read(tables(timed("e", text, precision, **cells))).to_dict("records")
    return {str(name): str(cell) for name, cell in found.items()}


class TestTime:
    @pytest.mark.parametrize(
        ("text", "precision", "day", "year", "code"),
        [
            ("2025-09-12", "", "2025-09-12", "2025", "1"),
            ("2025-09-12~", "", "2025-09-12", "2025", "2"),
            ("2023-12-19/2023-12-23", "span", "2023-12-19", "2023", "1"),
            ("2025-09-01/2025-09-07", "period", "2025-09-04", "2025", "2"),
            ("2025-09", "", "2025-09-15", "2025", "3"),
            ("2025-02", "", "2025-02-14", "2025", "3"),
            ("2025-09/2026-01", "span", "2025-09-15", "2025", "3"),
            ("2025-21", "", "", "2025", ""),
            ("2022", "", "", "2022", ""),
            ("2020/2025", "", "", "", ""),
            ("2016/..", "", "", "2016", ""),
            ("../2020", "", "", "", ""),
            ("XXXX-09-12", "", "", "", ""),
            ("", "", "", "", ""),
        ],
    )
    def test_the_codebooks_rule_and_nothing_where_it_has_none(self, text: str, precision: str, day: str, year: str, code: str) -> None:
        found = row(text, precision)
        assert (found["event_date"], found["year"], found["time_precision"]) == (day, year, code)
        assert ("date_edtf: " + text in found["tags"]) == bool(text)


class TestPlace:
    def test_a_gate_is_a_town_nearly_and_a_province_a_region(self) -> None:
        gate = row(border_gates=["Trà Lĩnh–Longbang"], provinces=["Guangxi", "Cao Bằng"], countries=["CN", "VN"])
        assert {name: gate[name] for name in COLUMNS[11:17]} == {
            "country": "Vietnam",
            "admin1": "Cao Bằng",
            "location": "Trà Lĩnh–Longbang",
            "latitude": "22.87",
            "longitude": "106.32",
            "geo_precision": "2",
        }
        assert gate["event_id_cnty"] == "VNMe"
        province = row(provinces=["Guangxi"], countries=["CN"])
        assert (province["country"], province["location"], province["geo_precision"]) == ("China", "Guangxi", "3")
        assert float(province["latitude"]) > 20

    def test_nowhere(self) -> None:
        found = row()
        assert found["event_id_cnty"] == "e"
        assert {found[name] for name in COLUMNS[11:17]} == {""}


class TestActors:
    def test_two_sides_by_country(self) -> None:
        found = row(actors=["Ann Other", "Cao Bằng People's Committee", "Guangxi People's Government", "Ngô Lê Văn"])
        assert [found[name] for name in COLUMNS[7:11]] == [
            "Ann Other",
            "Cao Bằng People's Committee; Ngô Lê Văn",
            "Guangxi People's Government",
            "",
        ]


class TestSources:
    @pytest.mark.parametrize(
        ("hosts", "scale"),
        [(("a.vn",), "National"), (("a.cn",), "International"), (("a.cn", "a.vn"), "National-International"), (("a.example",), "")],
    )
    def test_how_near_they_are(self, hosts: tuple[str, ...], scale: str) -> None:
        cited = tuple(document(host, publisher="", source_url=f"https://{host}/x") for host in hosts)
        (found,) = read(tables(timed("e", "2025", countries=["VN"], documents=list(hosts)), sources=cited)).to_dict("records")
        assert (found["source"], found["source_scale"]) == ("; ".join(hosts), scale)


class TestWhole:
    def test_types_are_acleds_and_ours_stand_in_the_tags(self) -> None:
        found = row(event_type="agreement", event_subtype="signing", status="scheduled")
        assert (found["event_type"], found["sub_event_type"]) == (EVENT_TYPE, "Agreement")
        assert "event_type: agreement; event_subtype: signing; status: scheduled" in found["tags"]
        assert row(event_type="visit")["sub_event_type"] == "Other"
        known = entries().event_types
        assert SUB_EVENT_TYPES.keys() <= known.keys()
        assert set(SUB_EVENT_TYPES.values()) <= _OF_ACLED

    def test_no_events_give_the_heads(self) -> None:
        assert list(read(nothing()).columns) == list(COLUMNS)
        assert len(read(nothing())) == 0

    def test_every_event_of_the_seeds_has_its_row(self) -> None:
        content = built()
        found = read(content)
        assert [key[-11:] for key in found["event_id_cnty"]] == content.events["event_id"].tolist()
        assert all(notes.startswith(title) for notes, title in zip(found["notes"], content.events["title"], strict=True))

    def test_an_event_is_a_line_and_no_cell_a_formula(self) -> None:
        content = awkward()
        lines = acled_like(content).decode().split("\r\n")
        assert len(lines) == len(content.events) + 2
        titles = [one_line(title) for title in content.events["title"]]
        assert [notes[: len(title)] for notes, title in zip(read(content)["notes"], titles, strict=True)] == titles
        found = row(title=FORMULA, actors=[FORMULA, "@x"], provinces=["+1"], border_gates=["-1"])
        assert [found[name][:2] for name in ("actor1", "assoc_actor_1", "admin1", "location", "notes")] == ["'=", "'@", "'+", "'-", "'="]
