"""Dates of publication in figures."""

import pytest

from timeline.documents.datelines import is_textual, numeric_dateline, stamp
from timeline.documents.lines import Line
from timeline.documents.page_words import PageWords

WORDS = PageWords(published=("Updated", "发布时间"))


def line(text: str) -> Line:
    return Line(0, len(text), text, 0)


@pytest.mark.parametrize(
    ("text", "day", "publisher"),
    [
        ("Báo Quốc TếBáo Quốc Tế24/08/2025", "2025-08-24", "Báo Quốc Tế"),
        ("Thời Đại Thời Đại 28/02/2024", "2024-02-28", "Thời Đại"),
        ("Thứ sáu, 29-12-2023", "2023-12-29", ""),
        ("Tân Văn LDO | 28/12/2023 13:52", "2023-12-28", ""),
        ("2024-06-25 10:22", "2024-06-25", ""),
        ("Thứ bảy, 27-4-2024 - 19:45 GMT+7", "2024-04-27", ""),
        ("14.12.2015", "2015-12-14", ""),
        ("08/24/2025", "2025-08-24", ""),
        ("วันที่ 24/08/2025 ข่าวต่างประเทศ", "2025-08-24", ""),
        ("【发布时间:2016/5/26】  【来源:】  【点击:", "2016-05-26", ""),
    ],
)
def test_a_dateline_is_read(text: str, day: str, publisher: str) -> None:
    dateline = numeric_dateline(line(text), WORDS)
    assert dateline is not None
    assert (dateline.day, dateline.publisher) == (day, publisher)


@pytest.mark.parametrize(
    "text",
    [
        "- Thứ Ba, ngày 15/4/2025: 07h00 - 10h00 và 15h30 - 17h30;",
        "Theo Quyết định 12/05/2022/NĐ-CP",
        "Thông tư 09/2025/TT-BNG",
        "31/02/2025",
        "24/08/2568",
        "The gate opened on 24/08/2025.",
        "A headline that says a great deal about what happened at the border gates on 24/08/2025",
        "Hotline 0912.345.678 24/08/2025",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert numeric_dateline(line(text), WORDS) is None


@pytest.mark.parametrize(
    ("text", "textual"),
    [
        ("June 25, 2023, 10:46 [GMT+7]", True),
        ("Opublikowano 24 sierpnia 2025", True),
        ("Hanoi, 24 sierpnia 2025 r.", True),
        ("24/08/2568", True),
        ("24 สิงหาคม 2025 กระทรวง", True),
        ("24 สิงหาคม 2025 กระทรวงการต่างประเทศเวียดนามและจีน", False),
        ("5 of 12025 pages", False),
        ("2023年2月23日 22:00", True),
        ("Meet Korea 2025", False),
        ("The two delegations signed the minutes of 24 August 2025 in Hanoi", False),
        ("In 2025 the 14 gates opened.", False),
    ],
)
def test_a_date_in_words_is_left_to_the_date_finder(text: str, textual: bool) -> None:
    assert is_textual(line(text), WORDS) is textual


def test_a_stamp_is_read_to_the_precision_it_has() -> None:
    full, month = stamp(line("date 2023-12-29 Title of the page")), stamp(line("date 2023-06"))
    assert full is not None
    assert (full.day, full.end) == ("2023-12-29", len("date 2023-12-29"))
    assert month is not None
    assert month.day == "2023-06"
    assert stamp(line("date 2023-13-40 Title")) is None
    assert stamp(line("update 2023-12-29")) is None
