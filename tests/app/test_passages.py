import pytest

from tests.app.drawer import rich_tables
from timeline.app.passages import Found, borrowed, elsewhere, found_of, legend, mark, quote, safe_link
from timeline.app.state import plain
from timeline.i18n import words
from timeline.query import Archive


def test_evidence_is_marked_with_its_kind_and_value() -> None:
    found = [Found(14, 19, "provinces", "Hà Nội", "Hanoi"), Found(23, 27, "date_edtf", "2025", "2025")]
    marked = mark("in Hanoi in 2025.", 11, found)
    assert marked == (
        'in <mark class="tl place" title="place: Hà Nội">Hanoi</mark> in <mark class="tl date" title="date: 2025">2025</mark>.'
    )


def test_text_and_values_are_escaped() -> None:
    marked = mark('<b>"x"</b>', 0, [Found(3, 6, "actors", '"><script>', '"x"')])
    assert "<b>" not in marked
    assert "<script>" not in marked
    assert marked.startswith("&lt;b&gt;<mark")


def test_shorter_of_two_overlapping_pieces_is_shown() -> None:
    marked = mark("Hanoi police", 0, [Found(0, 12, "actors", "Hà Nội Police", ""), Found(0, 5, "provinces", "Hà Nội", "")])
    assert marked.index('class="tl place"') < marked.index('class="tl actor"')
    assert marked.count("<mark") == 2


def test_words_that_give_several_cells_are_marked_once_with_all() -> None:
    found = [Found(0, 4, "provinces", "Guangxi", ""), Found(0, 4, "border_gates", "A–B", ""), Found(0, 4, "date_edtf", "2025", "")]
    assert mark("gate", 0, found) == '<mark class="tl place" title="place: Guangxi, A–B; date: 2025">gate</mark>'


def test_chinese_stands_in_chinese_marks() -> None:
    found = [Found(0, 4, "provinces", "Guangxi", ""), Found(0, 4, "border_gates", "A–B", ""), Found(0, 4, "date_edtf", "2025", "")]
    title = mark("gate", 0, found, words("zh")).split('"')[3]
    assert "：广西、A–B；" in title
    assert not set(title) & set(",;:")


def test_evidence_outside_the_passage_is_told_apart() -> None:
    found = [Found(0, 4, "date_edtf", "2025", "2025"), Found(12, 14, "actors", "X", "ab")]
    assert elsewhere("ab cd", 12, found) == found[:1]
    assert mark("ab cd", 12, found).count("<mark") == 1


def test_borrowed_evidence_is_not_marked() -> None:
    found = [Found(0, 2, "date_edtf", "2025", "ab", is_borrowed=True), Found(0, 2, "event_id", "e", "ab", is_borrowed=True)]
    assert mark("ab", 0, found) == "ab"
    assert elsewhere("cd", 9, found) == []
    assert borrowed(found) == ["date"]


def test_line_breaks_are_kept_and_empty_text_is_nothing() -> None:
    assert mark("a\nb", 0, []) == "a<br>b"
    assert mark("", 0, []) == ""


def test_only_web_addresses_become_links() -> None:
    assert safe_link('https://example.org/?a=1&b="') == "https://example.org/?a=1&amp;b=%22"
    assert safe_link(" https://example.org/tin tức") == "https://example.org/tin%20t%E1%BB%A9c"
    assert safe_link("https://") == ""
    assert safe_link("javascript:alert(1)") == ""
    assert safe_link("http://[bad") == ""
    assert safe_link("") == ""


def test_markdown_is_shown_as_it_stands() -> None:
    assert plain("12:30, a:b, 5-6") == r"12\:30, a\:b, 5\-6"
    assert plain("*a* [x](y) :red[z] $1$") == r"\*a\* \[x\]\(y\) \:red\[z\] \$1\$"


def test_evidence_is_gathered_by_mention_and_what_another_gave_is_borrowed() -> None:
    found = found_of(Archive.of(rich_tables()), ["m3", "m8"])
    assert list(found) == ["m3", "m8"]
    assert [one.value for one in found["m8"]] == ["Hai bên"]
    assert borrowed(found["m3"]) == ["date"]
    assert {one.field for one in found["m3"] if one.is_borrowed} == {"event_id", "date_edtf"}


def test_a_quotation_keeps_its_language_and_tells_what_stands_elsewhere() -> None:
    mention = {"text": "<i>שלום</i>", "start": 10, "language": "he"}
    beside = [Found(0, 4, "actors", "A", "<b>"), Found(0, 4, "provinces", "B", "<b>"), Found(10, 11, "date_edtf", "2025", "<", True)]
    assert quote(mention, beside) == (
        '<blockquote lang="he" dir="rtl">&lt;i&gt;שלום&lt;/i&gt;</blockquote>'
        "<p>who, place: <bdi>“&lt;b&gt;”</bdi>; date: from another passage</p>"
    )
    assert quote(mention | {"language": '"x'}, []).startswith('<blockquote lang="&quot;x" dir="ltr">')


def test_the_legend_names_every_kind_of_mark() -> None:
    assert [part.split('"')[0] for part in legend().split('class="tl ')[1:]] == ["trigger", "actor", "place", "date"]


@pytest.mark.parametrize(
    "made",
    ["https://a.b", "HTTP://a.b", "www.a.b", "WWW.a.b", "lan@a.b", ":material/delete:", ":smile:", ":+1:", "->", "<->", "--", ">=", "~="],
)
def test_what_streamlit_makes_of_words_that_markdown_has_read_is_kept_apart(made: str) -> None:
    assert made not in plain(made).replace("\\", "")
    assert plain(made).replace("\\", "").replace("\u2060", "") == made
