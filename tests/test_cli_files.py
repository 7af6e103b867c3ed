"""The commands that write and compare what has been built, on real folders."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.app.sample import sample_tables
from tests.test_cli import run
from timeline import store
from timeline.export import FORMATS

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.save(sample_tables(), tmp_path / "tables")
    return tmp_path / "tables"


def test_export_lists_its_formats_and_writes_each(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    status, out, _ = run(capsys, "export", "--list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(FORMATS)
    for name in FORMATS:
        status, out, err = run(capsys, "export", name, str(folder), "--out", str(tmp_path / name))
        assert (status, err) == (0, "")
        assert (tmp_path / name).stat().st_size


def test_export_writes_only_what_is_filtered(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    filters = ["--province", "Cao Bang", "--province", "Lang Son", "--since", "2023", "--until", "2024"]
    status, out, _ = run(capsys, "export", "json", str(folder), *filters, "--out", str(tmp_path / "some.json"), "--json")
    assert (status, json.loads(out)["events"]) == (0, 2)
    assert [event["event_id"] for event in json.loads((tmp_path / "some.json").read_text("utf-8"))] == ["e-gate", "e-fair"]
    run(capsys, "export", "ris", str(folder), *filters, "--out", str(tmp_path / "some.ris"))
    told = (tmp_path / "some.ris").read_text("utf-8")
    assert told.count("TY  -") == len({name for cell in sample_tables().events["documents"].iloc[[0, 3]] for name in cell})


def test_export_to_what_is_no_format_or_no_file_is_told(capsys: Capture, folder: Path) -> None:
    status, _, err = run(capsys, "export", "docx", str(folder), "--out", "x")
    assert status == 2
    assert "docx: there is no such format (one of csv" in err
    status, _, err = run(capsys, "export", "excel", str(folder), "--out", str(folder))
    assert status == 2
    assert "is a folder, not a file" in err


@pytest.mark.parametrize("bound", ["foo", "XXXX-05"])
def test_export_since_what_is_no_time_is_told(capsys: Capture, folder: Path, bound: str) -> None:
    status, _, err = run(capsys, "export", "json", str(folder), "--since", bound)
    assert status == 2
    assert err.startswith("timeline: --since, --until:")
    assert err.count("\n") == 1


def test_diff_tells_what_differs_and_by_its_status_if_asked(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    tables = sample_tables()
    gone = replace(tables, events=tables.events[tables.events["event_id"] != "e-decree"])
    mentions = gone.mentions[gone.mentions["event_id"] != "e-decree"]
    evidence = gone.evidence[gone.evidence["mention_id"].isin(mentions["mention_id"])]
    store.save(replace(gone, mentions=mentions, evidence=evidence), tmp_path / "new")
    status, out, _ = run(capsys, "diff", str(folder), str(tmp_path / "new"), "--exit-code")
    assert status == 1
    assert "- e-decree  Decree 58  (2022)" in out
    status, out, _ = run(capsys, "diff", str(folder), str(tmp_path / "new"), "--json")
    assert (status, [event["event_id"] for event in json.loads(out)["dropped"]]) == (0, ["e-decree"])
    assert run(capsys, "diff", str(folder), str(folder), "--exit-code")[0] == 0


def test_bundle_is_written_and_counted(capsys: Capture, folder: Path, tmp_path: Path) -> None:
    status, out, _ = run(capsys, "bundle", str(folder), "--out", str(tmp_path / "bundle"), "--json")
    files: list[Any] = json.loads(out)["files"]
    assert status == 0
    held = [path.relative_to(tmp_path / "bundle").as_posix() for path in (tmp_path / "bundle").rglob("*") if path.is_file()]
    assert sorted(files) == sorted(held)


def test_explain_as_json_has_the_rows_of_one_event(capsys: Capture, folder: Path) -> None:
    status, out, _ = run(capsys, "explain", "e-fair", "--data", str(folder), "--json")
    told = json.loads(out)
    assert status == 0
    assert [event["title"] for event in told["events"]] == ["Border fair"]
    assert {mention["event_id"] for mention in told["mentions"]} == {"e-fair"}
    assert told["evidence"]
    assert told["events"][0]["ordinal"] is None


def test_build_fuses_a_chronology_and_says_it_in_json(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        "Cao Bang\n\nThe border gates of Tra Linh - Longbang in Cao Bang were upgraded to international class, the province said.",
        encoding="utf-8",
    )
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    arguments = ["build", str(tmp_path), "--with", "chronology", "--out", str(tmp_path / "out"), "--json"]
    status, out, err = run(capsys, *arguments)
    told = json.loads(out)
    assert (status, err) == (1, "")
    assert [Path(failure["where"]).name for failure in told["failures"]] == ["broken.pdf"]
    events = store.load_tables(tmp_path / "out").events
    assert told["events"] == len(events)
    (page,) = [row for row in events.to_dict("records") if "page.txt" in row["documents"]]
    assert (page["date_edtf"], page["date_basis"]) == ("2023-12-28", "curated")
    status, out, err = run(capsys, *arguments[:-1])
    assert status == 1
    assert "1 file of other kinds left aside: old.doc" in err
