import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import frictionless
import pandas as pd
import pytest

from tests.app.sample import event_rows, sample_tables
from tests.export.awkward import document
from tests.export.written import BUILT, hostile_tables
from timeline import edtf, store
from timeline.errors import TableError
from timeline.export.data_package import data_package
from timeline.export.table_schema import codes, table_schema
from timeline.knowledge import load_entries
from timeline.model import Basis, Precision, Status
from timeline.tables import TABLES, Tables, build_frame, documents_frame, events_frame, evidence_frame, mentions_frame

NONE = Tables(documents_frame([]), mentions_frame([]), evidence_frame([]), events_frame([]))
GIVEN = {"sample": sample_tables(), "built": BUILT, "hostile": hostile_tables(), "none": NONE}


def saved(content: bytes, folder: Path) -> str:
    file = folder / "package.zip"
    file.write_bytes(content)
    return str(file)


def faults(report: frictionless.Report) -> list[list[Any]]:
    return list(report.flatten(["rowNumber", "fieldName", "type", "note"]))


def rows_of(package: frictionless.Package, table: str) -> list[dict[str, Any]]:
    return [row.to_dict() for row in package.get_table_resource(table).read_rows()]


def some(events: Callable[[pd.DataFrame], "pd.Series[bool]"]) -> Tables:
    given = sample_tables()
    return replace(given, events=given.events[events(given.events)])


@pytest.mark.parametrize("given", GIVEN.values(), ids=list(GIVEN))
class TestReadBack:
    def test_frictionless_finds_no_fault_and_the_same_tables(self, given: Tables, tmp_path: Path) -> None:
        package = frictionless.Package(saved(data_package(given, load_entries()), tmp_path))
        report = package.validate()
        assert (faults(report), report.warnings, report.stats["tasks"]) == ([], [], 5)
        for table, specs in TABLES.items():
            rows = rows_of(package, table)
            cells = {spec.name: [_value(spec.kind, row[spec.name]) for row in rows] for spec in specs}
            pd.testing.assert_frame_equal(build_frame(table, cells), getattr(given, table))

    def test_its_folder_of_data_is_a_built_folder(self, given: Tables, tmp_path: Path) -> None:
        with ZipFile(io.BytesIO(data_package(given))) as archive:
            archive.extractall(tmp_path)
        read = store.load_tables(tmp_path / "data")
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(read, table), getattr(given, table))


def _value(kind: str, cell: Any) -> Any:
    if kind == "list":
        return store.split_list(cell or "")
    if kind == "text":
        return str(cell or "")
    return None if cell is None else float(cell) if kind == "number" else cell


class TestFiltered:
    def test_mentions_and_evidence_of_other_events_stay_out(self, tmp_path: Path) -> None:
        content = data_package(some(lambda events: events["event_id"] == "e-fair"))
        package = frictionless.Package(saved(content, tmp_path))
        assert faults(package.validate()) == []
        ids = {name: [row["mention_id"] for row in rows_of(package, name)] for name in ("mentions", "evidence")}
        assert ids == {"mentions": ["m4"], "evidence": ["m4"]}

    def test_a_part_without_its_whole_is_no_fault(self, tmp_path: Path) -> None:
        package = frictionless.Package(saved(data_package(some(lambda events: events["event_id"] == "e-session")), tmp_path))
        assert faults(package.validate()) == []
        assert [row["part_of"] for row in rows_of(package, "events")] == ["e-conference"]

    def test_a_part_refers_to_its_whole_where_both_are_here(self) -> None:
        descriptor = descriptor_of(data_package(sample_tables()))
        keys = next(resource for resource in descriptor["resources"] if resource["name"] == "events")["schema"]["foreignKeys"]
        assert keys == [{"fields": ["part_of"], "reference": {"resource": "", "fields": ["event_id"]}}]


class TestSchema:
    """That `frictionless` says nothing is worth something only if it would say something."""

    @pytest.mark.parametrize(
        ("column", "cell", "fault"),
        [
            ("status", "perhaps", "constraint-error"),
            ("event_type", "party", "constraint-error"),
            ("date_precision", "", "constraint-error"),
            ("date_edtf", "25/8/2025", "constraint-error"),
            ("date_start", "2025-02-30", "type-error"),
            ("ordinal", "first", "type-error"),
            ("confidence", "1.5", "constraint-error"),
            ("event_id", "", "primary-key"),
            ("event_id", "e-fair", "primary-key"),
            ("part_of", "nowhere", "foreign-key"),
        ],
    )
    def test_a_wrong_cell_is_found(self, column: str, cell: str, fault: str) -> None:
        head, *rows = csv.reader(io.StringIO(store.to_csv("events", sample_tables().events), newline=""))
        rows[-1][head.index(column)] = cell
        resource = frictionless.Resource(data=[head, *rows], schema=frictionless.Schema.from_descriptor(table_schema("events")))
        assert fault in {found[2] for found in faults(resource.validate())}

    @pytest.mark.parametrize(
        "text",
        [
            *("2025-09-12", "2024-11", "2022", "2025-21", "202X", "XXXX-09-12", "2025-12~", "2025?", "2020%"),
            *("2020/2025", "2023-12-19/2023-12-23", "XXXX-09-12/XXXX-09-14", "2016~/2020?", "../2016", "2016/..", "/2016", "2016/"),
        ],
    )
    def test_every_form_of_time_passes(self, text: str) -> None:
        assert edtf.is_edtf(text)
        schema = frictionless.Schema.from_descriptor(table_schema("events"))
        assert schema.get_field("date_edtf").read_cell(text) == (text, None)

    def test_codes_are_those_of_the_model(self) -> None:
        assert codes()["status"] == get_args(Status)
        assert (codes()["date_precision"], codes()["date_basis"]) == (get_args(Precision), get_args(Basis))

    def test_lists_say_how_they_are_joined(self) -> None:
        fields = {field["name"]: field for field in table_schema("events")["fields"]}
        assert (fields["actors"]["type"], fields["actors"]["listDelimiter"], fields["actors"]["listEscape"]) == ("string", "; ", "\\")
        assert "listDelimiter" not in fields["title"]


class TestAbout:
    def test_the_codebook_tells_of_every_column(self) -> None:
        rows = list(csv.DictReader(io.StringIO(file_of(data_package(NONE), "codebook.csv"))))
        told = [(row["table"], row["column"], row["about"]) for row in rows]
        assert told == [(table, spec.name, spec.about) for table, specs in TABLES.items() for spec in specs]
        found = {row["column"]: row for row in rows if row["table"] == "events"}
        assert found["status"]["codes"].split("; ") == list(get_args(Status))
        assert (found["mentions"]["refers_to"], found["event_id"]["unique"]) == ("mentions.mention_id", "yes")

    def test_the_read_me_file_tells_of_every_column_code_and_licence(self) -> None:
        text = file_of(data_package(BUILT, load_entries()), "README.md")
        named = [spec.name for specs in TABLES.values() for spec in specs] + [code for found in codes().values() for code in found]
        assert [name for name in named if f"`{name}`" not in text] == []
        assert f"| `data/events.csv` | {len(BUILT.events)} |" in text
        assert "they belong to their publishers" in text
        assert "a gate is raised to a higher class" in text

    def test_sources_are_named_with_addresses_that_the_standard_allows(self) -> None:
        rows = [
            document("a", title="News"),
            document("b", title="", publisher="", source_url="javascript:alert(1)"),
            document("c", source_url="https://example.org/a..b"),
        ]
        descriptor = descriptor_of(data_package(replace(NONE, documents=documents_frame(rows))))
        assert descriptor["sources"] == [
            {"title": "News (A paper)", "path": "https://example.org/a"},
            {"title": "b"},
            {"title": "News (A paper)"},
        ]
        assert [licence["name"] for licence in descriptor["licenses"]] == ["Apache-2.0"]

    @pytest.mark.parametrize(
        ("path", "told"), [("/home/lan/seeds/a.txt", "a.txt"), ("C:\\Users\\Lan\\a.txt", "a.txt"), ("seeds/a.txt", "seeds/a.txt"), ("", "")]
    )
    def test_the_place_of_a_file_on_somebodys_machine_is_left_out(self, path: str, told: str) -> None:
        content = data_package(replace(NONE, documents=documents_frame([document("a", path=path)])))
        assert [row["path"] for row in csv.DictReader(io.StringIO(file_of(content, "data/documents.csv")))] == [told]

    def test_types_of_event_are_those_that_the_knowledge_names(self, tmp_path: Path) -> None:
        known = load_entries()
        more = replace(known, event_types=known.event_types | {"strike": replace(known.event_types["visit"], event_type="strike")})
        rows = [row | {"event_type": "strike"} if row["event_id"] == "e-fair" else row for row in event_rows()]
        content = data_package(replace(sample_tables(), events=events_frame(rows)), more)
        assert faults(frictionless.Package(saved(content, tmp_path)).validate()) == []


class TestBytes:
    def test_the_same_tables_give_the_same_bytes_and_no_clock_stands_in_them(self) -> None:
        given = sample_tables()
        content = data_package(given)
        assert data_package(replace(given, events=given.events.iloc[::-1], documents=given.documents.iloc[::-1])) == content
        with ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "created" not in descriptor_of(content)


class TestRefused:
    def test_events_alone(self) -> None:
        with pytest.raises(TableError, match="all four tables"):
            data_package(replace(NONE, events=sample_tables().events))

    def test_events_that_do_not_even_name_their_documents(self) -> None:
        events = sample_tables().events
        with pytest.raises(TableError, match="all four tables"):
            data_package(replace(NONE, events=events.assign(documents=[[] for _ in events.index])))

    @pytest.mark.parametrize(
        ("cells", "said"),
        [({"status": "perhaps"}, "none of held"), ({"actors": ["a\0b"]}, "NUL"), ({"title": "x", "event_type": "party"}, "none of")],
    )
    def test_tables_that_break_their_contract(self, cells: dict[str, Any], said: str) -> None:
        rows = [row | cells if row["event_id"] == "e-fair" else row for row in event_rows()]
        with pytest.raises(TableError, match=said):
            data_package(replace(sample_tables(), events=events_frame(rows)))


def file_of(content: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def descriptor_of(content: bytes) -> dict[str, Any]:
    return dict(json.loads(file_of(content, "datapackage.json")))
