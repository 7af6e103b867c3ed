"""A book: its chapters in order, and what is done to it."""

import pytest

from tests.file_samples import epub, packed
from timeline.documents import epub_file
from timeline.errors import InputError

SCHEME = '<EncryptionMethod xmlns="http://www.w3.org/2001/04/xmlenc#" Algorithm="{}"/>'


def locked(scheme: str) -> bytes:
    return epub("<p>x</p>", more={"META-INF/encryption.xml": f"<encryption>{SCHEME.format(scheme)}</encryption>"})


def test_chapters_come_in_the_order_in_which_they_are_read() -> None:
    found = epub_file.read(epub("<h1>One</h1><p>The&nbsp;first <i>words</i>.</p>", "<h1>Two</h1><p>The last.<br/>Line.</p>"), "a.epub")
    assert found.text.split("\n") == ["Border news", "", "One", "The first words.", "", "Two", "The last.", "Line."]
    assert (found.title, found.publisher, found.published) == ("Border news", "A Press", "2024-05-06")


def test_a_book_of_which_only_the_fonts_are_garbled_is_read() -> None:
    assert "x" in epub_file.read(locked("http://www.idpf.org/2008/embedding"), "a.epub").text


def test_entities_of_its_xml_are_not_followed() -> None:
    chapter = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>&a; words</p></body></html>'
    text = epub_file.read(epub("", more={"OPS/text/c 0.xhtml": chapter}), "a.epub").text
    assert "words" in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc"), "encrypted"),
        (epub("<p>x</p>", more={"OPS/big.xhtml": b" " * 30_000_000}), "times its size"),
        (packed({"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>"}), "is damaged"),
        (epub("<p/>", title=""), "holds no text"),
    ],
)
def test_what_cannot_be_read_costs_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        epub_file.read(data, "a.epub")
