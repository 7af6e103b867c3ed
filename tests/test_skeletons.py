"""New language files and gates: what a person is asked for, one thing after the other, until the loader is content."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from timeline import cli
from timeline.errors import DataError, InputError
from timeline.knowledge import knowledge_path, load, load_entries
from timeline.knowledge.language import EXAMPLE_KEYS, FREE_SECTIONS, SECTIONS, read_language
from timeline.pipeline import Extractor
from timeline.skeletons import new_gate, new_language, own_folder
from timeline.skeletons.hints import HINTS

# What somebody who speaks Swahili writes, by the key that asks for it.
SWAHILI = {
    "stopwords": '["na", "ya", "wa", "kwa", "ni", "katika", "la", "za", "cha", "kuwa", "hii", "kama", "pia", "baada"]',
    "dates.year": '["mwaka {y}", "mwaka wa {y}"]',
    "dates.range": '["hadi", "mpaka"]',
    "dates.list": '["na"]',
    "words.gate": '["lango la mpaka", "kivuko cha mpaka"]',
    "words.province": '["mkoa", "jimbo"]',
    "words.delegation": '["ujumbe"]',
    "words.document": '["mkataba", "makubaliano"]',
    "words.person": '["mwenyekiti", "waziri", "balozi"]',
    "cues.scheduled": '["itafanyika", "utafanyika"]',
    "cues.held": '["ilifanyika", "ulifanyika"]',
    "triggers.border_gate.upgrade": '["kupandishwa hadhi"]',
    "triggers.agreement.signing": '["saini … mkataba"]',
    "triggers.conference.conference": '["mkutano"]',
    "triggers.visit.delegation": '["alitembelea"]',
    "triggers.meeting.talks": '["mazungumzo"]',
    "examples[0].text": '"Mikoa ya Cao Bằng na Guangxi ilitia saini mkataba wa ushirikiano tarehe 12 Septemba 2023, si jana."',
    "examples[0].dates": '[["12 Septemba 2023", "2023-09-12"], ["jana", "2025-08-24"]]',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the knowledge, and no language."""
    (tmp_path / "languages").mkdir()
    for table in knowledge_path().glob("*.csv"):
        shutil.copy(table, tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)
    out, err = capsys.readouterr()
    return int(exit_.value.code or 0), out, err


def faults_of(folder: Path) -> list[str]:
    try:
        load(folder)
    except DataError as error:
        return error.faults
    return []


def test_a_new_language_is_guided_to_one_that_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = new_language("sw", folder)
    asked = []
    while faults := faults_of(folder):
        name, key, want = re.fullmatch(r"(\S+?):(\S+): is still to be filled in: (.+)", faults[0]).groups()  # type: ignore[union-attr]
        assert name == "languages/sw.toml"
        text = file.read_text(encoding="utf-8")
        line = next(line for line in text.splitlines() if f"FILL IN: {want}" in line)
        left = line.partition(" = ")[0]
        assert left.strip('"') == re.sub(r"^(words|cues|dates|triggers|examples\[0\])\.", "", key)
        file.write_text(text.replace(line, f"{left} = {SWAHILI[key]}"), encoding="utf-8")
        asked.append(key)
    assert asked == list(SWAHILI)

    status, out, _ = run(capsys, "check", "--knowledge", str(folder), "--examples", "sw")
    assert status == 0
    assert "1 languages: sw" in out
    found = Extractor(load(folder)).find_dates("Lango lilifunguliwa tarehe 3 Mei 2021 na mwaka wa 2022.", "sw")
    assert [(time.text, time.date_edtf) for time in found] == [("3 Mei 2021", "2021-05-03"), ("mwaka wa 2022", "2022")]
    with pytest.raises(InputError, match="has its file already"):
        new_language("sw", folder)


def test_an_example_that_does_not_hold_is_a_fault_of_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = '[[examples]]\ntext = "Tarehe 12 Septemba 2023."\ndates = [["12 Septemba 2023", "2023-09-13"]]\n'
    (folder / "languages" / "sw.toml").write_text(f'code = "sw"\nname = "Swahili"\nscript = "Latin"\n{example}', encoding="utf-8")
    assert run(capsys, "check", "--knowledge", str(folder))[0] == 0
    status, out, _ = run(capsys, "check", "--knowledge", str(folder), "--examples", "sw", "--json")
    assert status == 1
    assert "languages/sw.toml:examples[0]: date '12 Septemba 2023' should be '2023-09-13'" in json.loads(out)["faults"][0]
    assert run(capsys, "check", "--knowledge", str(folder), "--examples", "xx")[0] == 2


def test_a_day_that_toml_does_not_read_as_text_is_told(folder: Path) -> None:
    file = new_language("sw", folder)
    text = re.sub(r"FILL IN: [^\"']+", "x", file.read_text(encoding="utf-8"))
    file.write_text(text.replace('published = "2025-08-25"', "published = 2025-08-25"), encoding="utf-8")
    assert 'languages/sw.toml:examples[0].published: must be a day in quotes, as "2025-08-25", not 2025-08-25' in faults_of(folder)


def test_every_key_that_a_language_file_may_hold_stands_in_a_new_one(folder: Path) -> None:
    bare = re.sub(r'^# ((?:\w+|"[\w.]+") = )', r"\1", new_language("sl", folder).read_text(encoding="utf-8"), flags=re.M)
    raw = tomllib.loads(bare)
    raw[""] = raw.keys() - SECTIONS.keys() - {*FREE_SECTIONS, "examples"}
    assert {section: set(raw[section]) for section in SECTIONS} == {section: set(keys) for section, keys in SECTIONS.items()}
    assert {section: set(keys) for section, keys in HINTS.items()} == {section: set(keys) for section, keys in SECTIONS.items()}
    del raw[""]
    assert (raw["names_capitalised"], raw["postpositions"]) == (False, True)  # what a language is not as a rule
    types = load_entries(folder).event_types
    assert set(raw["triggers"]) == set(types)
    assert set(raw["at_event"]) == {"any"} | {row.event_type for row in types.values()}
    assert set(raw["examples"][0]) == set(EXAMPLE_KEYS)
    faults: list[str] = []
    assert read_language("languages/sl.toml", raw, faults)
    assert [fault for fault in faults if "is still to be filled in" not in fault] == []


def test_what_is_known_of_a_language_stands_in_its_file(folder: Path) -> None:
    raw = tomllib.loads(new_language("mn", folder).read_text(encoding="utf-8"))
    assert (raw["name"], raw["script"], raw["dates"]["order"]) == ("Mongolian", "Cyrillic", "ymd")
    assert raw["dates"]["relative"]["day-1"] == ["өчигдөр"]
    assert raw["dates"]["steps"]["day-"] == ["{n} өдрийн өмнө"]
    assert not raw["dates"]["months"]  # CLDR has them


def test_months_that_cldr_lacks_are_asked_for(folder: Path) -> None:
    months = tomllib.loads(new_language("ba", folder).read_text(encoding="utf-8"))["dates"]["months"]
    assert months["5"] == ["FILL IN: May"]
    assert "languages/ba.toml:dates.months.12: is still to be filled in: December" in faults_of(folder)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("xx", "is no language that CLDR knows"),
        ("Swahili", "such as sw"),
        ("sw-TZ", "is no language that CLDR knows"),
        ("../sw", "is no language that CLDR knows"),
        ("fil", "is called 'tl' here"),
        ("ka", "letters that the tool does not read (Georgian)"),
    ],
)
def test_a_language_that_cannot_be_begun_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], code: str, why: str) -> None:
    status, out, err = run(capsys, "new-language", code, "--knowledge", str(folder))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert why in err
    assert list((folder / "languages").iterdir()) == []


def test_the_knowledge_of_an_installed_package_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.skeletons.folder.knowledge_path", lambda: tmp_path / "_data" / "knowledge")
    with pytest.raises(InputError, match=r"copy that folder and name the copy with --knowledge"):
        new_language("sw")
    monkeypatch.setattr("timeline.skeletons.folder.knowledge_path", lambda: tmp_path / "data" / "knowledge")
    assert own_folder() == tmp_path / "data" / "knowledge"
    with pytest.raises(InputError, match="there is no such folder"):
        new_gate("A–B", tmp_path / "nowhere")


def test_a_new_gate_is_one_row_more_and_check_says_what_it_lacks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_language("sw", folder).write_text('code = "sw"\nname = "Swahili"\nscript = "Latin"\n[[examples]]\ntext = "x"\n', encoding="utf-8")
    table = folder / "border_gates.csv"
    before = table.read_bytes()
    options = [
        "--vn-province",
        "Cao Bằng",
        "--hanzi",
        "新口",
        "--class",
        "bilateral",
        "--class",
        "international@2023",
        "--notes",
        'a "b", c',
    ]
    status, out, _ = run(capsys, "new-gate", "Bản Mới - Xinkou", *options, "--knowledge", str(folder), "--json")
    said = json.loads(out)
    assert (status, said["pair"], said["lacks"]) == (0, "Bản Mới–Xinkou", ["cn_province", "sources"])
    row = 'Bản Mới–Xinkou,Bản Mới,Xinkou,新口,,Cao Bằng,,,bilateral; international@2023,,,,,,,,,,"a ""b"", c",\n'
    assert table.read_bytes() == before + row.encode()
    assert said["line"] == len(table.read_text(encoding="utf-8").splitlines())
    assert faults_of(folder) == [
        "border_gates.csv: 'Bản Mới–Xinkou' lacks cn_province: the Chinese one, as provinces.csv names it",
        "border_gates.csv: 'Bản Mới–Xinkou' lacks sources: a public address (https://…) that tells of it",
    ]
    table.write_bytes(before)
    new_gate("Bản Mới-Xinkou", folder, vn_province="Cao Bằng", cn_province="Guangxi", sources=["https://example.org/a"])
    assert faults_of(folder) == []


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_a_new_gate_keeps_to_the_files_ends_of_lines(folder: Path, end: bytes) -> None:
    table = folder / "border_gates.csv"
    data = table.read_bytes()
    table.write_bytes(data.removesuffix(b"\n") if not end else data.replace(b"\n", end))
    new_gate("Bản Mới–Xinkou", folder)
    rows = table.read_bytes().split(end or b"\n")
    assert (rows[-2], rows[-1]) == ("Bản Mới–Xinkou,Bản Mới,Xinkou".encode() + b"," * 17, b"")
    assert b"".join(rows[:-2]) == data.replace(b"\n", b"")


@pytest.mark.parametrize(
    ("pair", "cells", "why"),
    [
        ("tra linh-longbang", {}, "stands in border_gates.csv already, as 'Trà Lĩnh–Longbang'"),
        ("Trà Lĩnh Longbang", {}, "is no pair of gates (write it as Vietnamese side–Chinese side)"),
        ("Bản Mới–", {}, "is no pair of gates"),
        ("Bản Mới–Xinkou", {"cn_aliases": ["龙邦口岸"]}, "'Trà Lĩnh–Longbang' in border_gates.csv is called '龙邦口岸' too"),
        ("Lạng Sơn–Xinkou", {}, "'Lạng Sơn' in provinces.csv is called 'Lạng Sơn' too"),
        ("Bản Mới–Xinkou", {"vn_province": "Cao Bang"}, "lies in unknown province 'Cao Bang'; is it 'Cao Bằng'?"),
        ("Bản Mới–Xinkou", {"vn_province": "Guangxi"}, "which is no Vietnamese province"),
        ("Bản Mới–Xinkou", {"class_": "bilatral"}, "has unknown class 'bilatral'"),
        ("Bản Mới–Xinkou", {"since": "12/9/2020"}, "has a time that is none"),
        ("Bản Mới–Xinkou", {"sources": "page.html"}, "no public address"),
        ("Bản Mới–Xinkou", {"colour": "red"}, "a gate has no 'colour'"),
    ],
)
def test_a_gate_that_is_there_or_makes_no_sense_is_refused(folder: Path, pair: str, cells: dict[str, str], why: str) -> None:
    before = (folder / "border_gates.csv").read_bytes()
    with pytest.raises(InputError) as caught:
        new_gate(pair, folder, **cells)
    assert why in str(caught.value)
    assert (folder / "border_gates.csv").read_bytes() == before


def test_a_spelling_that_means_other_things_too_may_be_weak(folder: Path) -> None:
    assert new_gate("Lạng Sơn–Xinkou", folder, weak_aliases=["Lạng Sơn"]).gate.weak_aliases == ("Lạng Sơn",)
