"""A saved page: its story, and what its head says of itself."""

from contextlib import suppress

import pytest

from tests.file_samples import STORY, page
from timeline.documents import html_page
from timeline.documents.extracted import Extracted
from timeline.errors import InputError

HEAD = (
    '<meta property="og:site_name" content="Báo Cao Bằng">'
    '<meta property="article:published_time" content="2024-05-06T07:00:00+07:00">'
    '<link rel="canonical" href="https://baocaobang.vn/gate-1.html">'
)


def read(text: str, encoding: str = "utf-8") -> Extracted:
    return html_page.read(text.encode(encoding), "page.html")


def test_the_story_comes_out_without_menu_footer_and_script() -> None:
    assert read(page()).text.splitlines() == ["Gate opened in Cao Bang", *STORY]


def test_the_head_tells_title_publisher_day_and_address() -> None:
    found = read(page(head=HEAD))
    assert found.title == "Gate opened in Cao Bang"
    assert (found.publisher, found.published) == ("Báo Cao Bằng", "2024-05-06")
    assert found.source_url == "https://baocaobang.vn/gate-1.html"
    assert not found.is_plain


def test_a_day_is_taken_from_the_pages_own_address_but_not_from_its_text() -> None:
    assert read(page(head='<link rel="canonical" href="https://x.vn/2019/03/04/a.html">')).published == "2019-03-04"
    assert read(page()).published == ""


def test_markup_in_the_text_stays_text() -> None:
    assert (
        "<script>alert(1)</script>" in read(page(*STORY, "They wrote &lt;script&gt;alert(1)&lt;/script&gt; on the wall of the gate.")).text
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1258", "gb18030"])
def test_the_encoding_is_that_which_the_page_names(encoding: str) -> None:
    words = "口岸开放了，双方代表出席了仪式。" * 4 if encoding == "gb18030" else "Lê khai trương và môt quan hê, đôi bên." * 4
    head = "" if encoding == "utf-16" else f'<meta charset="{encoding}">'
    assert words in read(page(*STORY, words, head=head), encoding).text


@pytest.mark.parametrize("encoding", ["punycode", "utf-7", "idna", "unicode_escape", "raw_unicode_escape", "utf-8-sig", "rot13"])
def test_an_encoding_that_is_none_of_the_web_is_not_followed(encoding: str) -> None:
    words = "Lê khai trương \\u0041 +AEE- của đôi bên. " * 4
    assert words.strip() in read(page(*STORY, words, head=f'<meta charset="{encoding}">')).text


def test_a_page_without_a_story_says_so() -> None:
    with pytest.raises(InputError, match="no running text"):
        read("<!doctype html><html><body><script>var story</script></body></html>")


def test_a_page_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "MAX_PAGE_BYTES", 100)
    with pytest.raises(InputError, match="larger than"):
        read(page())


def test_a_page_of_nothing_but_tags_is_refused_before_it_is_taken_apart() -> None:
    with pytest.raises(InputError, match="tags"):
        read(page("<b>" * html_page.MAX_TAGS))


@pytest.mark.parametrize("body", ["<div>" * 40_000, "<table><tr><td>" * 5_000, "<a href=x>" * 3_000, "&#x110000;\x00" * 99])
def test_a_hostile_page_costs_one_sentence_at_most(body: str) -> None:
    with suppress(InputError):
        assert isinstance(read(f"<!doctype html><html><body>{body}").text, str)
