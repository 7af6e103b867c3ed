"""A page's form: which line is what. The pages are of our own making, in the forms that real ones have."""

from time import perf_counter

import pytest

from timeline.documents import Layout, PageWords, lay_out

WORDS = PageWords(
    comments=("Komentarz", "Bình luận", "Comment"),
    source=("Source", "Źródło", "Nguồn", "Источник"),
    related=("Связанные новости", "Tin liên quan", "相关新闻"),
    published=("Updated",),
)
STORY = "The two provinces agreed on Friday to open the gate to travellers of third countries."
MORE = "Officials of both sides then walked along the border and looked at the markers."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(passage.kind, text[passage.start : passage.end]) for passage in lay_out(text, WORDS).passages]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for found, words in kinds(text) if found == kind]


VIETNAM_VN = f"""Vietnam.vn - Nền tảng quảng bá Việt Nam

Độc lập - Tự do - Hạnh phúc

Brama graniczna czeka na podróżnych

{STORY}

Báo Ví DụBáo Ví Dụ24/08/2025

Cửa khẩu đón chờ khách du lịch quốc tế
Delegaci przy bramie granicznej, 8 sierpnia 2025 r.

{MORE}

Cửa khẩu đón chờ khách du lịch quốc tế
Uścisk dłoni na moście

{STORY}

Source: https://www.example.org/story-1.html


Komentarz (0)

No data
No data

W tym samym temacie

Another story altogether was told here by somebody else on the same day.
;
No videos available
"""


def test_a_vietnam_vn_page_is_read() -> None:
    layout = lay_out(VIETNAM_VN, WORDS)
    assert layout.title == "Brama graniczna czeka na podróżnych"
    assert layout.publisher == "Báo Ví Dụ"
    assert layout.published == "2025-08-24"
    assert layout.published_span is not None
    assert VIETNAM_VN[slice(*layout.published_span)] == "24/08/2025"
    assert layout.source_url == "https://www.example.org/story-1.html"


def test_its_furniture_is_told_from_the_story() -> None:
    assert of_kind(VIETNAM_VN, "caption") == ["Delegaci przy bramie granicznej, 8 sierpnia 2025 r.", "Uścisk dłoni na moście"]
    assert of_kind(VIETNAM_VN, "body") == [STORY, MORE, STORY]
    furniture = of_kind(VIETNAM_VN, "furniture")
    assert furniture[:3] == [
        "Vietnam.vn - Nền tảng quảng bá Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Cửa khẩu đón chờ khách du lịch quốc tế",
    ]
    assert "Another story altogether was told here by somebody else on the same day." in furniture


def test_passages_cover_every_line_in_order() -> None:
    text = f"\ufeff  Title of the page about gates \r\n\r\n{STORY}\r{MORE}\n\n"
    assert kinds(text)[1:] == [("body", STORY), ("body", MORE)]
    spans = [(passage.start, passage.end) for passage in lay_out(text).passages]
    assert spans == sorted(spans)
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)


@pytest.mark.parametrize("text", ["", " \n\n", "\r\n"])
def test_a_text_without_words_has_no_passages(text: str) -> None:
    assert lay_out(text) == Layout(passages=())


@pytest.mark.parametrize(
    "heading",
    ["Komentarz (0)", "BÌNH LUẬN", "Kommentare (12)\nNo data"],
)
def test_comments_are_no_part_of_the_story(heading: str) -> None:
    text = f"{STORY}\n{MORE}\n{heading}\nA reader writes that the gate opened last week already."
    assert of_kind(text, "body") == [STORY, MORE]


def test_a_comment_counter_above_the_story_cuts_nothing() -> None:
    text = f"Title of the page about gates\nComment (0)\n{STORY}\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["title", "furniture", "body", "body"]


def test_a_counted_line_in_the_story_cuts_nothing() -> None:
    assert of_kind(f"{STORY}\nBoundary markers (97)\n{MORE}", "body") == [STORY, MORE]


def test_related_stories_in_a_table_are_furniture() -> None:
    text = f"{STORY}\nСВЯЗАННЫЕ НОВОСТИ | |\n![]() | Another story, told elsewhere |\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["body", "furniture", "furniture", "body"]


def test_related_stories_under_a_heading_are_furniture() -> None:
    text = f"{STORY}\nTin liên quan\nLào Cai đón đoàn doanh nghiệp\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["body", "furniture", "furniture", "body"]
    assert [kind for kind, _ in kinds(f"{STORY}\nTin liên quan\n{MORE}")] == ["body", "furniture", "body"]


def test_links_between_paragraphs_are_furniture_but_a_subheading_is_not() -> None:
    text = f"{STORY}\n\nA hospital turns fifty this year\nTwo cities become sisters\n\n{MORE}\n\nWhat comes next\n\n{STORY}"
    assert [kind for kind, _ in kinds(text)] == ["body", "furniture", "furniture", "body", "heading", "body"]


def test_a_list_in_the_story_is_read() -> None:
    text = f"{STORY}\n\n- Tuesday, 15/4/2025: closed in the morning\n- Wednesday, 16/4/2025: open\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["body"] * 4


@pytest.mark.parametrize(
    "caption",
    [
        "The deputy minister at the conference. |",
        "| The deputy minister at the conference. |",
        "The deputy minister at the conference. (Photo: VNA)",
        "The deputy minister at the conference. Photo: VNA",
        "会谈现场(图源:越通社)",
    ],
)
def test_captions_are_known_by_their_form(caption: str) -> None:
    assert of_kind(f"{STORY}\n{caption}\n{MORE}", "caption") == [caption]


def test_a_picture_file_announces_a_caption() -> None:
    text = f"{STORY}\n\ngate_01.jpg\nThe gate in the morning\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["body", "furniture", "caption", "body"]


def test_the_site_clock_is_not_the_date_of_publication() -> None:
    head = "Thứ bảy, 27-4-2024 - 19:45 GMT+7\nTiếng Việt\nEnglish\n中文\nTrang chủ\n\nLạng Sơn mở thêm đường thông quan\n\n"
    assert lay_out(f"{head}Thứ sáu, 29-12-2023\n\n{STORY}").published == "2023-12-29"
    assert lay_out(f"{head}{STORY}").published == ""


def test_the_publisher_may_stand_above_the_date() -> None:
    layout = lay_out(f"Title of the page about gates\n\nBáo Ví Dụ\n16/12/2025\n\n{STORY}")
    assert (layout.publisher, layout.published) == ("Báo Ví Dụ", "2025-12-16")


def test_a_date_in_words_is_marked_for_the_date_finder() -> None:
    text = f"Title of the page about gates\nJune 25, 2023, 10:46 [GMT+7]\n{STORY}"
    assert of_kind(text, "dateline") == ["June 25, 2023, 10:46 [GMT+7]"]
    assert lay_out(text).published == ""


def test_a_stamp_is_parted_from_what_follows_it() -> None:
    text = f" date 2023-12-29 Title of the page about gates\n\n{STORY}"
    assert kinds(text) == [("dateline", "date 2023-12-29"), ("title", "Title of the page about gates"), ("body", STORY)]
    month = lay_out(f"date 2023-06 {STORY}")
    assert (month.published, month.published_month) == ("", "2023-06")


def test_a_given_date_overrules_the_page() -> None:
    assert lay_out(f"Title of the page about gates\n16/12/2025\n{STORY}", published="2025-12-17").published == "2025-12-17"


def test_a_question_of_two_sentences_is_no_title() -> None:
    assert lay_out(f"The conference has just ended. Could you tell us about its results?\n{STORY}").title == ""


def test_a_source_without_an_address_is_marked() -> None:
    assert of_kind(f"{STORY}\nИсточник\nКомментарий (0)", "source") == ["Источник"]
    assert of_kind(f"{STORY}\nŹródło: VNA", "source") == ["Źródło: VNA"]


def test_the_publisher_is_the_source_site_where_nothing_else_tells() -> None:
    assert lay_out(f"{STORY}\nhttps://www.example.org/a?b=1.", WORDS).publisher == "example.org"


def test_menus_at_both_ends_are_furniture() -> None:
    text = f"Home\nNews\nVideo\nContact\n\nTitle of the page about gates\n\n{STORY}\n\nAbout us\nTerms\nImprint\nFollow us"
    assert of_kind(text, "title") == ["Title of the page about gates"]
    assert len(of_kind(text, "furniture")) == 8


def test_a_signature_at_the_end_is_read() -> None:
    assert of_kind(f"{STORY}\nNguyen Van A,\nDirector of the department", "body")[1:] == ["Nguyen Van A,", "Director of the department"]


@pytest.mark.parametrize(
    "unit",
    ["a b. ", "ab\n", "https://x.y/aaaaaaaaaaaaaaaaaaaa\n", "1/2/1/2/1/2/\n", "| ", "( : ", "Abcdefghij klmnopqrst uv\n", "Comment (0)\n"],
)
def test_time_grows_with_length_only(unit: str) -> None:
    def cost(text: str) -> float:
        def once() -> float:
            begin = perf_counter()
            lay_out(text, WORDS)
            return perf_counter() - begin

        return min(once() for _ in range(2))

    short = unit * (12_000 // len(unit))
    assert cost(short * 8) < 30 * cost(short) + 0.05
