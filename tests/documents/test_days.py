"""Days and languages as people write them beside a text."""

import pytest

from tests.file_samples import table
from timeline.documents import days
from timeline.documents.container import Member
from timeline.documents.days import day_of, language_code
from timeline.documents.unpacking import unpacked


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-06T23:30:00+07:00", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("2024年5月6日", "2024-05-06"),
        ("06.05.2024 07:30", "2024-05-06"),
        ("10:30 | 6/5/2024", "2024-05-06"),
        ("05/16/2024", "2024-05-16"),  # no other way round
        ("Thứ Hai, ngày 6 tháng 5 năm 2024", "2024-05-06"),
        ("Mon, 06 May 2024 07:00:00 +0700", "2024-05-06"),
        ("6 мая 2024 г.", "2024-05-06"),
        ("1714953600", "2024-05-06"),
        ("1714953600000", "2024-05-06"),
        ("2024-05", "2024-05"),
    ],
)
def test_a_day_is_read_as_it_is_written(written: str, day: str) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize("written", ["", "2024", "yesterday", "31/2/2024", "12", "20241399", "5,000 people came in 2024", "x" * 99])
def test_what_is_no_whole_day_is_none(written: str) -> None:
    assert day_of(written) == ""


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("vi-VN", "vi"), ("vie", "vi"), ("Tiếng Việt", "vi"), ("Vietnamese", "vi"), ("zh_Hans_CN", "zh"), ("中文", "zh"), ("iw", "he")),
        *(("tl", "tl"), ("fil", "tl"), ("nb", "no"), ("und", ""), ("", ""), ("xx", ""), ("written by hand", "")),
    ],
)
def test_a_language_by_its_code_or_its_name(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("202405061230", "2024-05-06"),
        ("20240506123059", "2024-05-06"),
        ("1714953600", "2024-05-06"),
        ("1714953600000", "2024-05-06"),
        ("123456789", ""),
    ],
)
def test_figures_alone_are_a_clock_or_seconds(written: str, day: str) -> None:
    assert day_of(written) == day


def test_what_no_language_explains_is_looked_up_so_often_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set()

    def in_words(text: str) -> str:
        asked.add(text)
        return ""

    monkeypatch.setattr(days, "_in_words", in_words)
    monkeypatch.setattr(days, "MOST_UNREAD", 2)
    rows = [("text", "date"), *(("words", day) for day in ("2024 edition", "1 xa 2024", "1 xa 2024", "1 xb 2024", "1 xc 2024", "6/5/2024"))]
    found = [one.told.published for one in unpacked(table(rows), "a.csv", "a.csv") if isinstance(one, Member)]
    assert asked == {"1 xa 2024", "1 xb 2024"}
    assert found == [*[""] * 5, "2024-05-06"]
