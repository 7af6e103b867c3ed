"""Which reader a file gets, by what it contains, and what comes out of each."""

import io

import pytest
from docx import Document
from docx.table import _Cell

from tests.file_samples import STORY, docx, epub, feed, json_lines, mail, packed, page, pdf, sheet, table, warc
from tests.in_time import in_time
from timeline.documents import extract_text, format_of
from timeline.documents.word_file import MAX_TABLE_DEPTH
from timeline.errors import InputError


def text_of(data: bytes, name: str = "a") -> str:
    return extract_text(data, name, name).text


class TestFormatIsToldByContent:
    @pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.docx", "a"])
    def test_whatever_the_name_says(self, name: str) -> None:
        assert format_of(page().encode(), name) == "html"
        assert format_of(pdf(STORY), name) == "pdf"
        assert format_of(docx("x"), name) == "docx"
        assert format_of(packed({"a.txt": "x"}), name) == "zip"

    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (epub("<p>x</p>"), "epub"),
            (mail("x"), "mail"),
            (b"From nobody Mon May  6 2024\nSubject: x\nTo: y\n\nwords", "mail"),
            (json_lines({"text": "x"}), "json"),
            (b'\xef\xbb\xbf[ {"text": "x"} ]', "json"),
            (feed("<title>x</title>"), "feed"),
            (b'<?xml version="1.0"?><!-- a --><feed xmlns="http://www.w3.org/2005/Atom"/>', "feed"),
            (warc(is_packed=False) + b"WARC/1.0\r\n", "warc"),
            (sheet([("text",)]), "sheet"),
            (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "sheet"),
            (table([("title", "text"), ("a", "b")]), "delimited"),
        ],
    )
    def test_without_a_name_as_on_standard_input(self, data: bytes, kind: str) -> None:
        assert format_of(data, "stdin") == kind

    def test_what_only_looks_like_another_format_is_a_text(self) -> None:
        for text in (
            "Subject: the gate was opened.\nIt was a long day.",
            "[Photo] The gate.",
            "{the gate}",
            "Title, and text",
            "<rss> is a tag",
        ):
            assert format_of(text.encode(), "a.txt") == "text"
        assert format_of(b"title,text\na,b\n", "a.txt") == "text"

    def test_a_page_may_begin_with_a_mark_a_declaration_and_comments(self) -> None:
        for start in ("\ufeff", '<?xml version="1.0" encoding="utf-8"?>\n', "\n <!-- saved from -->\n", "<HTML>"):
            assert format_of((start + page()).encode(), "a.txt") == "html"
        assert format_of(page().encode("utf-16"), "a.txt") == "html"

    def test_any_number_of_comments_is_read_once(self) -> None:
        code = 'from timeline.documents import format_of; print(format_of(b"<!---->" * 2_000 + b"x", "a.txt"))'
        assert in_time(code) == "text"
        assert format_of(b"<!---->\n" * 200 + page().encode(), "a.txt") == "html"
        assert format_of(b"<!-- no end " + page().encode(), "a.txt") == "text"

    def test_a_text_that_only_speaks_of_markup_is_a_text(self) -> None:
        assert format_of(b"The <p> tag and <!doctype html> are explained here.", "a.txt") == "text"
        assert format_of(b"A text without any tag.", "a.html") == "text"
        assert format_of(b"A piece of a page.<p>Another.</p>", "a.html") == "html"

    def test_a_text_about_pdf_is_a_text(self) -> None:
        assert format_of(b"All about it. " * 20 + b"%PDF-1.4", "a.txt") == "text"


class TestWhatIsNoneOfThemSaysWhatToDo:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (packed({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "save it as DOCX"),
            (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "save it as DOCX"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "save it as DOCX"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
            (b"\x89PNG\r\n\x1a\n", "a picture"),
            (packed({"a.txt": "x"}), "take the text out"),
        ],
    )
    def test_in_one_sentence(self, data: bytes, said: str) -> None:
        with pytest.raises(InputError, match=said) as fault:
            extract_text(data, "a.txt", "a.txt")
        assert fault.value.where == "a.txt"
        assert fault.value.remedy


def test_a_plain_text_comes_out_as_it_stands() -> None:
    text = "  One\r\n\n\ttwo\u00a0 \n" * 20 + "\x07"
    found = extract_text(text.encode(), "a.txt", "a.txt")
    assert (found.text, found.is_plain) == (text, True)


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"a" * 5_000_001), ("a.txt", b"a" * 21_000_000), ("a.md", b"a" * 5_000_001)])
def test_a_text_longer_than_any_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match=r"at most 5,000,000 are read at once|larger than 20 MB"):
        extract_text(data, name, name)


class TestWord:
    def test_paragraphs_and_tables_keep_their_order(self) -> None:
        data = docx("One.", "", "Two\nthree.", table=[["Gate", "Class"], ["Tra Linh", ""]])
        assert text_of(data) == "One.\n\nTwo\nthree.\nGate | Class\nTra Linh\nAfter the table."

    def test_every_script_comes_through(self) -> None:
        words = "Cửa khẩu 龙邦口岸 שער הגבול ឡុងបាង"
        assert text_of(docx(words)) == words

    def test_a_cell_that_spans_any_number_of_columns_comes_once(self) -> None:
        data = spanning(docx("One.", table=[["Gate", "Class"], ["Tra Linh", "main"]]), 20_000_000)
        assert text_of(data) == "One.\nGate | Class\nTra Linh | main\nAfter the table."

    def test_a_table_in_a_cell_is_read_with_it_and_one_too_deep_is_left_out(self) -> None:
        data = nested(MAX_TABLE_DEPTH + 1)
        assert text_of(data) == " ".join(f"level {number}" for number in range(MAX_TABLE_DEPTH))

    def test_what_unpacks_too_far_is_refused_before_it_is_read(self) -> None:
        bomb = packed({"[Content_Types].xml": "<x/>", "word/document.xml": b" " * 40_000_000})
        with pytest.raises(InputError, match="times its size"):
            text_of(bomb)

    def test_a_damaged_document_costs_one_sentence(self) -> None:
        with pytest.raises(InputError, match="the DOCX is damaged"):
            text_of(packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<broken"}))

    def test_an_empty_document_is_told(self) -> None:
        with pytest.raises(InputError, match="holds no text"):
            text_of(docx())

    def test_entities_of_its_xml_are_not_followed(self) -> None:
        document = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&a;</w:document>'
        types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        with pytest.raises(InputError, match="damaged"):
            text_of(packed({"[Content_Types].xml": types, "word/document.xml": document}))


def spanning(data: bytes, columns: int) -> bytes:
    """The document with the first cell of its table set to span that many columns."""
    document = Document(io.BytesIO(data))
    document.tables[0].cell(0, 0)._tc.grid_span = columns
    return saved(document)


def nested(depth: int) -> bytes:
    """A document of a table in a table in a table …"""
    document = Document()
    cell: _Cell = document.add_table(rows=1, cols=1).cell(0, 0)
    for level in range(depth):
        cell.text = f"level {level}"
        cell = cell.add_table(rows=1, cols=1).cell(0, 0)
    return saved(document)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
