"""The command line: what it says, where, and with which exit status. The library behind it is stood in for."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import timeline
from timeline import cli, knowledge
from timeline.errors import DataError, InputError, Remark, TableError

COMMANDS = ("build", "fetch", "watch", "app", "explain", "diff", "dates", "export", "bundle", "check", "new-language", "new-gate")


@dataclass
class Built:
    """As much of a `Timeline` as the commands touch."""

    documents: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"doc_id": ["a.txt"]}))
    mentions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"mention_id": ["m1", "m2"]}))
    events: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"event_id": ["e1"], "mentions": [["m1"]], "formerly": [[]]}))
    failures: list[InputError] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    given: int = 1
    refused: int = 0
    failed: int = 0

    def save(self, folder: Path) -> None:
        self.saved.append(folder)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Built:
    stand_in = Built()
    monkeypatch.setattr(timeline, "build", lambda paths, **options: stand_in)
    monkeypatch.setattr(timeline, "load", lambda folder: stand_in)
    return stand_in


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)
    out, err = capsys.readouterr()
    return int(exit_.value.code or 0), out, err


def test_build_counts_what_it_wrote(capsys: pytest.CaptureFixture[str], built: Built) -> None:
    assert run(capsys, "build", "seeds", "--out", "out") == (0, "1 document, 2 mentions, 1 event in out\n", "")
    assert built.saved == [Path("out")]


def test_build_names_each_text_that_failed_and_writes_the_rest(capsys: pytest.CaptureFixture[str], built: Built) -> None:
    built.failures.append(InputError("b.txt", "it is empty", "leave it out"))
    built.given, built.failed = 2, 1
    status, out, err = run(capsys, "build", "seeds", "--out", "out")
    assert status == 1
    assert err == "timeline: b.txt: it is empty (leave it out)\n"
    assert out.endswith("; of 2 texts, 1 read, 1 could not be read\n")
    assert built.saved


def test_build_tells_what_became_of_every_text(capsys: pytest.CaptureFixture[str], built: Built) -> None:
    built.failures += [InputError("b.txt", "it is empty"), Remark("c.csv/2", "no day")]
    built.given, built.refused, built.failed = 1_005, 1_003, 1
    _, out, _ = run(capsys, "build", "seeds", "--out", "out")
    assert out.endswith("; of 1,005 texts, 1 read, 1,003 refused by the sieve, 1 could not be read; 1 note on rows and corrections\n")
    _, out, _ = run(capsys, "build", "seeds", "--out", "out", "--json")
    assert {name: json.loads(out)[name] for name in ("given", "documents", "refused", "failed")} == {
        "given": 1_005,
        "documents": 1,
        "refused": 1_003,
        "failed": 1,
    }
    built.given = 1_006
    _, out, _ = run(capsys, "build", "seeds", "--out", "out")
    assert "1 unaccounted for" in out


def test_a_name_cannot_write_lines_of_its_own(capsys: pytest.CaptureFixture[str], built: Built) -> None:
    built.failures.append(InputError("a\ntimeline: b.txt\x1b[2J\udcff", "it is empty"))
    _, _, err = run(capsys, "build", "seeds", "--out", "out")
    assert err == "timeline: a\\ntimeline: b.txt\\x1b[2J\\udcff: it is empty\n"


def test_build_of_nothing_writes_nothing(capsys: pytest.CaptureFixture[str], built: Built) -> None:
    built.documents = built.documents.iloc[:0]
    built.failures.append(InputError("seeds", "the folder holds no text (*.txt)"))
    status, out, err = run(capsys, "build", "seeds", "--out", "out")
    assert (status, out, built.saved) == (2, "", [])
    assert "nothing was built" in err


def test_build_needs_to_know_where(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "build", "seeds")
    assert (status, out) == (2, "")
    assert "--out" in err


def test_dates_are_printed_as_csv(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Any] = []

    def find_dates(text: str, language: str | None = None, published: str | None = None) -> pd.DataFrame:
        asked.extend((text, language, published))
        return pd.DataFrame({"start": [0], "end": [11], "text": ["25 sierpnia"], "date_edtf": ["2025-08-25"]})

    monkeypatch.setattr(timeline, "find_dates", find_dates)
    file = tmp_path / "page.txt"
    file.write_text("25 sierpnia", encoding="utf-8")
    status, out, _ = run(capsys, "dates", str(file), "--language", "pl", "--published", "2025-08-26")
    assert (status, out) == (0, "start,end,text,date_edtf\n0,11,25 sierpnia,2025-08-25\n")
    assert asked == ["25 sierpnia", "pl", "2025-08-26"]


def test_a_text_that_is_missing_or_a_day_that_is_none_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = run(capsys, "dates", str(tmp_path / "missing.txt"))
    assert (status, err.count("\n")) == (2, 1)
    assert "there is no such file" in err
    for day in ("25.8.2025", "20250825", "2025-W35-1"):
        status, _, err = run(capsys, "dates", "page.txt", "--published", day)
        assert status == 2
        assert f"{day!r} is not a day" in err


def test_explain_prints_the_reasons(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, built: Built) -> None:
    monkeypatch.setattr("timeline.explain.explain", lambda table, event_id: f"{event_id}: because")
    assert run(capsys, "explain", "e1") == (0, "e1: because\n", "")


def test_explain_of_an_unknown_event_is_told(capsys: pytest.CaptureFixture[str], built: Built) -> None:
    status, out, err = run(capsys, "explain", "e9", "--data", "some/folder")
    assert (status, out) == (2, "")
    assert "some/folder: there is no event 'e9'" in err


def test_a_broken_folder_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def load(folder: Path) -> None:
        raise TableError(f"{folder}: events.csv has no column 'event_id'")

    monkeypatch.setattr(timeline, "load", load)
    status, _, err = run(capsys, "explain", "e1")
    assert status == 2
    assert err.startswith("timeline: data/built: events.csv")


def test_check_prints_what_the_knowledge_holds(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "load", lambda path=None: SimpleNamespace(summary=lambda: "63 provinces"))
    assert run(capsys, "check") == (0, "63 provinces\n", "")


def test_check_prints_every_fault(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def load(path: Path | None = None) -> None:
        raise DataError(["actors.csv:3: no name", "languages/cs.toml:page: unknown key"])

    monkeypatch.setattr(knowledge, "load", load)
    status, out, err = run(capsys, "check")
    assert (status, out) == (1, "")
    assert "actors.csv:3: no name" in err
    assert "languages/cs.toml:page: unknown key" in err


def test_check_reads_the_publishers_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(knowledge.knowledge_path(), tmp_path / "knowledge"))
    with (folder / "publishers.csv").open("a", encoding="utf-8") as file:
        file.write('"a"b,c,VN,,x\n')
    status, _, err = run(capsys, "check", "--knowledge", str(folder))
    assert status == 1
    assert "publishers.csv:" in err


def test_app_serves_the_folder(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: dict[str, Any] = {}

    def call(command: list[str], env: dict[str, str]) -> int:
        called.update(command=command, data=env[cli.DATA_VARIABLE])
        return 0

    monkeypatch.setattr("subprocess.call", call)
    assert run(capsys, "app", str(tmp_path), "--port", "8600")[0] == 0
    assert called["data"] == str(tmp_path.resolve())
    assert "--server.port=8600" in called["command"]
    assert "streamlit_app.py" in called["command"][4]


def test_app_of_a_missing_folder_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = run(capsys, "app", str(tmp_path / "missing"))
    assert status == 2
    assert "there is no such folder" in err


def test_a_folder_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, built: Built) -> None:
    def save(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(built, "save", save)
    assert run(capsys, "build", "seeds", "--out", "out") == (2, "", "timeline: out: Permission denied\n")


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, f"timeline {timeline.__version__} (knowledge {knowledge.version()})\n")
    status, out, _ = run(capsys, "--help")
    assert status == 0
    assert all(f"\n  {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    status, out, _ = run(capsys, command, "--help")
    assert status == 0
    assert f"timeline {command}" in out.replace("\n  ", " ").split("Example")[1]
