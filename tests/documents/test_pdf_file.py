"""A PDF: its words in paragraphs, and a reader that a hostile file can't take along."""

import pytest

from tests.file_samples import STORY, pdf
from tests.in_time import in_time
from timeline.documents import in_child, pdf_file
from timeline.documents.pdf_file import read, text_of_pages
from timeline.errors import InputError

WRAPPED = (
    "On 5 May 2024 the Tra Linh - Longbang border gate was opened to",
    "travellers of third countries, said the leading committee of the",
    "province of Cao Bang.",
    "The ceremony was attended by leaders of both provinces; they ag-",
    "reed to meet again.",
)


class TestWords:
    def test_lines_are_joined_to_paragraphs(self) -> None:
        assert read(pdf(WRAPPED), "a.pdf").text.split("\n") == [
            "On 5 May 2024 the Tra Linh - Longbang border gate was opened to travellers of third countries, "
            "said the leading committee of the province of Cao Bang.",
            "The ceremony was attended by leaders of both provinces; they agreed to meet again.",
        ]

    def test_a_paragraph_goes_on_over_a_page_but_not_its_number(self) -> None:
        text = text_of_pages(["\n".join([*WRAPPED[:1], "- 12 -"]), "\n".join([*WRAPPED[1:3], "13/20"])])
        assert "12" not in text
        assert "13" not in text
        assert WRAPPED[2] in text

    def test_what_heads_every_page_is_left_out(self) -> None:
        pages = [f"Report of the Department\nStory {number} of the year is told here in full.\n{number}" for number in range(4)]
        text = text_of_pages(pages)
        assert "Report of the Department" not in text
        assert "Story 3 of the year" in text

    def test_chinese_lines_are_joined_without_a_blank(self) -> None:
        line = "二〇二四年五月五日龙邦口岸正式对第三国人员开放并举行了隆重的仪式"
        assert text_of_pages([f"{line}\n{line}\n完。"]) == f"{line}{line}完。"

    def test_a_paragraph_of_any_number_of_lines_is_joined_in_one_go(self) -> None:
        line = "On 5 May 2024 the gate was opened to travellers of third countries"
        code = f"from timeline.documents.pdf_file import text_of_pages; print(len(text_of_pages(['\\n'.join(['{line}'] * 50_000)])))"
        assert in_time(code) == str(50_000 * (len(line) + 1) - 1)

    def test_a_list_of_short_lines_stays_a_list(self) -> None:
        assert text_of_pages(["Tra Linh\nTa Lung\nSoc Giang"]) == "Tra Linh\nTa Lung\nSoc Giang"

    def test_pages_of_pictures_are_told(self) -> None:
        with pytest.raises(InputError, match="OCR"):
            read(pdf([]), "a.pdf")


class TestLocks:
    def test_a_password_is_one_clear_sentence(self) -> None:
        with pytest.raises(InputError) as fault:
            read(pdf(STORY, password="secret"), "a.pdf")
        assert str(fault.value) == "a.pdf: it is protected by a password (save a copy without the password)"

    def test_one_that_only_forbids_printing_is_read(self) -> None:
        assert "Longbang" in read(pdf(STORY, owner="secret"), "a.pdf").text


class TestHostileFiles:
    def test_a_damaged_file_costs_one_sentence(self) -> None:
        for data in (b"%PDF-1.4 nothing", pdf(STORY)[:200], b"%PDF-" + b"<<" * 100_000):
            with pytest.raises(InputError):
                read(data, "a.pdf")

    def test_more_pages_or_characters_than_anybody_reads_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_file, "MAX_PAGES", 1)
        with pytest.raises(InputError, match="pages"):
            read(pdf(STORY, STORY), "a.pdf")
        monkeypatch.setattr(in_child, "MAX_CHARACTERS", 10)
        with pytest.raises(InputError, match="characters"):
            read(pdf(STORY), "a.pdf")
        monkeypatch.setattr(pdf_file, "MAX_PDF_BYTES", 10)
        with pytest.raises(InputError, match="larger than"):
            read(pdf(STORY), "a.pdf")
