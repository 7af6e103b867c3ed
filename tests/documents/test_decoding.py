"""Bytes → text: what is read, and what is refused with which words."""

import codecs

import pytest

from timeline.documents import decode
from timeline.errors import InputError

MIXED = "Lễ công bố – церемония – טקס – 仪式\r\nsecond line\n"

RUSSIAN = "Пограничные службы двух провинций договорились открыть новый пункт пропуска и построить мост через реку. " * 6
HEBREW = "נציגי שני המחוזות נפגשו ליד הגבול וחתמו על הסכם לפתיחת מעבר חדש לסחורות ולנוסעים בקיץ הקרוב. " * 6
CHINESE = "两省代表在边境口岸举行会谈,就新建桥梁和通关便利化达成一致,并签署了会谈纪要。" * 12


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_unicode_is_read_as_it_stands_without_its_mark(encoding: str, mark: bytes) -> None:
    assert decode(mark + MIXED.encode(encoding), "page.txt") == MIXED


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (RUSSIAN, "iso8859_5"), (HEBREW, "cp1255"), (CHINESE, "gb18030")],
)
def test_a_legacy_encoding_is_read_where_the_bytes_tell_it(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "page.txt") == text


def test_an_unclear_encoding_is_refused_with_its_candidates() -> None:
    with pytest.raises(InputError) as caught:
        decode("Krátký text o hraničním přechodu.".encode("iso8859_2"), "page.txt")
    assert caught.value.where == "page.txt"
    assert "not UTF-8" in caught.value.why
    assert "UTF-8" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"text\x00more", "NUL"),
        ("plain text".encode("utf-16-le"), "UTF-16 without its mark"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "its mark says utf-16-le"),
        (b"\x01\x02\x03\x04\x05text", "binary"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04...", "office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes(range(128, 256)) * 8, "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        decode(data, "page.txt")
    assert caught.value.where == "page.txt"
    assert caught.value.remedy


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    text = "A stray mark\x02 in it. " + "A long paragraph, copied from some page. " * 10
    assert decode(text.encode(), "page.txt") == text
