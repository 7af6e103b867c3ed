"""Files out of the app and into it: every download read back by another program, and uploads that are refused in a sentence."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import bibtexparser
import openpyxl
import pytest
import rispy
from PIL import Image
from pypdf import PdfReader

from tests.app.browser.walking import LANGUAGES, Reader, expect
from tests.file_samples import STORY, packed, pdf
from timeline import store

Make = Callable[..., Reader]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_hold_exactly_what_is_filtered(reader: Make, events: Any, language: str) -> None:
    one = reader(language=language)
    one.open("table", province=["Guangxi", "Cao Bằng"], sort="-event")
    left = events.timeline.filter(province=["Guangxi", "Cao Bằng"])
    expect(one.page.locator("p.tl-count b")).to_have_text(str(len(left)))
    one.page.get_by_test_id("stPopoverButton").first.click()
    ids = sorted(left["event_id"])

    exact = one.download("csv-machine").decode("utf-8")
    assert sorted(store.from_csv("events", exact.splitlines(keepends=True), "download")["event_id"]) == ids
    assert sorted(row["event_id"] for row in json.loads(one.download("json"))) == ids
    people = one.download("csv").decode("utf-8-sig").splitlines()
    assert one.say("Event") in people[0]
    sheet = openpyxl.load_workbook(BytesIO(one.download("excel"))).worksheets[0]
    assert sheet.max_row - 1 == len(people) - 1 == len(left)
    documents = {name for names in left["documents"] for name in names}
    assert len(rispy.loads(one.download("ris").decode("utf-8"))) == len(documents)
    assert len(bibtexparser.parse_string(one.download("bibtex").decode("utf-8")).entries) == len(documents)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_sorted_has_columns_of_choice_and_opens_events(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open("table", province="Cao Bằng")
    one.choose("Sort by", one.say("Event"))
    one.sees_query(province="Cao Bằng", sort="event")
    one.page.get_by_text(one.say("Last first"), exact=True).click()
    one.sees_query(province="Cao Bằng", sort="-event")
    one.settle()
    one.page.get_by_test_id("stDataFrame").first.click(position={"x": 15, "y": 50})
    one.sees_event("Trà Lĩnh–Longbang upgraded")
    one.close_event()
    one.page.get_by_text(one.say("Plain table"), exact=True).click()
    expect(one.page.get_by_role("cell", name="Patrol along the markers")).to_be_visible()
    one.choose("Open an event of this page", "Patrol along the markers")
    one.sees_event("Patrol along the markers")
    one.close_event()
    one.choose("Columns", one.say("Confidence"))
    one.sees_query(province="Cao Bằng", sort="-event", columns="confidence")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_is_a_file_in_four_formats(reader: Make, language: str) -> None:
    one = reader(language=language)
    one.open(province="Lạng Sơn")
    one.page.locator(".st-key-chart-files").get_by_test_id("stPopoverButton").click()
    drawn = "".join(ET.fromstring(one.download("svg", "chart")).itertext())
    assert "Border fair" in drawn
    assert "Decree 58" not in drawn
    assert Image.open(BytesIO(one.download("png", "chart"))).width >= 1000
    assert len(PdfReader(BytesIO(one.download("pdf", "chart"))).pages) == 1
    assert "vega-lite" in json.loads(one.download("json", "chart"))["$schema"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_cannot_be_read_costs_a_sentence_and_no_other_file(reader: Make, language: str, tmp_path: Path) -> None:
    files = {
        "locked.pdf": pdf(STORY, password="secret"),
        "bomb.zip": packed({"a.txt": b"0" * 30_000_000}),
        "story.txt": " ".join(STORY).encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    one = reader(language=language)
    one.open("add")
    one.page.get_by_role("tab", name=one.say("Upload files")).click()
    one.page.locator("input[type=file]").set_input_files([tmp_path / name for name in files])
    expect(one.page.get_by_test_id("stFileChip")).to_have_count(len(files))
    one.press("Read the files")
    refused = one.page.get_by_test_id("stAlert").filter(has_text="bomb.zip")
    expect(refused).to_be_visible(timeout=60_000)
    for fault in ("it is protected by a password", "save a copy without the password", "pack the texts again"):
        expect(refused).to_contain_text(one.say(fault), ignore_case=True)
    expect(one.page.get_by_role("main")).to_contain_text(one.words.ngettext("{n} text was read.", "{n} texts were read.", 1).format(n=1))


def test_a_file_of_200_mb_is_refused_before_it_is_sent(reader: Make, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)
    one = reader()
    one.open("add")
    one.page.get_by_role("tab", name="Upload files").click()
    one.page.locator("input[type=file]").set_input_files(tmp_path / "huge.txt")
    expect(one.page.get_by_test_id("stFileUploader")).to_contain_text("50.0MB")
    one.press("Read the files")
    expect(one.page.get_by_test_id("stAlert").filter(has_text="There is no file in the field yet.")).to_be_visible()
