"""A saved page: its story, and what its head says of itself."""

from contextlib import suppress
from typing import Any

import pytest

from tests.file_samples import STORY, page
from timeline.documents import PageWords, child_markup, child_page, html_page, lay_out
from timeline.documents.extracted import Extracted
from timeline.errors import InputError

HEAD = (
    '<meta property="og:site_name" content="Báo Cao Bằng">'
    '<meta property="article:published_time" content="2024-05-06T07:00:00+07:00">'
    '<link rel="canonical" href="https://baocaobang.vn/gate-1.html">'
)


def lines_of(found: Extracted) -> list[str]:
    return [line for line in found.text.splitlines() if line]


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


class TestPagesAsNewspapersAndPortalsMakeThem:
    """The structure of sites that report on this border, with words of our own; read here and not in the child, which takes longer."""

    LEAD = "From September the two sides keep the border gate of Tra Linh open for an hour more each day, both provinces say."
    OTHER = "On 2 August the province of Lang Son opened a new car park for lorries at the Huu Nghi border gate."
    TITLE = "Two provinces agree on longer hours"
    MENU = "<ul>" + "".join(f"<li><a href='/{number}'>Rubric {number}</a></li>" for number in range(9)) + "</ul>"
    BODY = "".join(f"<p>{line}</p>" for line in STORY)

    @pytest.fixture(autouse=True)
    def _here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def read_here(_kind: object, data: bytes, _where: str) -> dict[str, Any]:
            return child_page.story(data.decode(), child_markup.lines_of)

        monkeypatch.setattr(html_page, "read_in_child", read_here)

    def read(self, body: str, head: str = "") -> Extracted:
        return read(
            f"<!DOCTYPE html><html><head>{head}</head><body>{body}<footer><p>Licence 12/GP of 12/3/2020, Hanoi.</p></footer></body></html>"
        )

    def test_lead_day_and_source_above_the_text_are_read_with_it_and_the_rest_there_is_not(self) -> None:
        above = f"<div>Share</div><time>Monday, 06/05/2024 - 18:20</time><div>Source: VNA</div><div class='sapo'>{self.LEAD}</div>"
        links = "<ul><li><a href='/1'>Lang Son opens a car park on 2 August</a></li></ul>"
        found = self.read(f"{self.MENU}<div><h1>{self.TITLE}</h1>{above}{links}<div class='body'>{self.BODY}</div></div>")
        assert lines_of(found) == [self.TITLE, "Monday, 06/05/2024 - 18:20", "Source: VNA", self.LEAD, *STORY]
        layout = lay_out(found.text, PageWords(source=("source",)))
        assert (layout.title, layout.publisher, layout.published) == (self.TITLE, "VNA", "2024-05-06")

    def test_boxes_of_other_stories_within_the_text_are_not_read(self) -> None:
        names = ("article-relate", "notebox ncenter", "__MB_ARTICLE_A", "bookList", "tin-lien-quan", "relatedNews")
        box = "<table class='{}'><tr><td><a href='/1'>Car park</a><div>{}</div></td></tr></table>"
        story = "".join(f"<p>{line}</p>{box.format(name, self.OTHER)}" for line, name in zip(STORY * 3, names, strict=True))
        found = self.read(f"<h1>{self.TITLE}</h1><div>{story}<p>{self.LEAD}</p></div>")
        assert lines_of(found) == [self.TITLE, *STORY * 3, self.LEAD]

    def test_a_story_whose_box_is_called_as_if_it_were_another_is_read(self) -> None:
        assert STORY[1] in self.read(f"{self.MENU}<div class='related'>{self.BODY}</div>").text

    def test_the_clock_of_a_site_is_not_the_day_of_a_story(self) -> None:
        clock = "<div class='header'><div class='datetime'>Friday, 28/11/2025 08:30</div></div>"
        day = "<span class='format_time'>18:20</span> <span class='format_date'>06/05/2024</span>"
        found = self.read(f"{clock}{self.MENU}<div class='page'><div><h1>{self.TITLE}</h1><div>{day}</div>{self.BODY}</div></div>")
        assert (found.published, lay_out(found.text).published) == ("", "2024-05-06")

    def test_a_portal_that_is_laid_out_in_a_table_is_read_as_its_story(self) -> None:
        main = (
            f"<div class='title-detail'>{self.TITLE}</div><div>Updated: 06/05/2024 18:20</div><div>{self.LEAD}</div><div>{self.BODY}</div>"
        )
        others = f"<div class='other-news'><ul><li><a href='/1'>{self.OTHER}</a> (02/08/2025)</li></ul></div>"
        page = f"<div class='today'>28/11/2025</div><table><tr><td>{self.MENU}</td><td>{main}{others}</td></tr></table>"
        found = self.read(page, "<title>Portal of the province of Cao Bang</title>")
        assert lines_of(found) == [self.TITLE, "Updated: 06/05/2024 18:20", self.LEAD, *STORY]
        assert (found.title, found.publisher) == (self.TITLE, "Portal of the province of Cao Bang")
        assert (found.published, lay_out(found.text).published) == ("", "2024-05-06")

    def test_a_table_of_the_story_stays_one(self) -> None:
        table = "<table><tr><td><p>Gate</p></td><td><p>Class</p></td></tr><tr><td>Tra Linh</td><td>main</td></tr></table>"
        assert "| Gate | Class |" in self.read(f"<h1>{self.TITLE}</h1><div>{self.BODY}{table}</div>").text

    def test_a_title_goes_without_the_name_of_its_site_and_the_head_tells_who_published(self) -> None:
        head = (
            f"<title>{self.TITLE}-An Agency</title><meta name='source' content='An Agency'><meta name='publishdate' content='2024-05-06'>"
        )
        twice = f"<div><h1><span class='title'>{self.TITLE}</span></h1></div><div><h1>{self.TITLE}</h1></div>"
        found = self.read(f"{twice}<div id='detail'>{self.BODY}</div>", head)
        assert (found.title, found.publisher, found.published) == (self.TITLE, "An Agency", "2024-05-06")

    def test_the_name_of_a_site_is_no_title_though_it_stands_in_the_largest_letters(self) -> None:
        logo = "<div><h1><a href='/'>The Border Paper</a></h1></div>"
        found = self.read(f"{logo}<div><h2>{self.TITLE}</h2>{self.BODY}</div>", f"<title>{self.TITLE} | The Border Paper</title>")
        assert lines_of(found) == [self.TITLE, *STORY]

    def test_what_a_page_reprints_is_that_of_the_address_under_it(self) -> None:
        head = "<meta property='og:site_name' content='Reprints'><link rel='canonical' href='https://reprints.example/1'>"
        under = "<p>Source: <a href='https://news.example/7'>https://news.example/7</a></p>"
        found = self.read(f"<h1>{self.TITLE}</h1><div>{self.BODY}{under}</div><section><h3>More</h3><p>{self.OTHER}</p></section>", head)
        assert (found.publisher, found.source_url) == ("", "https://news.example/7")
        assert "\nSource: https://news.example/7" in found.text
        own = self.read(f"<h1>{self.TITLE}</h1><div>{self.BODY}{under.replace('news', 'reprints')}</div>", head)
        assert (own.publisher, own.source_url) == ("Reprints", "https://reprints.example/1")
