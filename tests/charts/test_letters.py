"""Lines of a lane's name: none is wider than its room, whatever the script."""

import pytest

from timeline.charts.letters import letters, wrapped


def test_a_chinese_letter_takes_the_room_of_two() -> None:
    assert letters("Guangxi") == 7
    assert 3.5 < letters("广西") < 4


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Cao Bằng", ["Cao Bằng"]),
        ("Tà Lùng II – Thủy Khẩu II", ["Tà Lùng II –", "Thủy Khẩu II"]),
        ("联合国教科文组织世界地质公园网络", ["联合国教科文组织", "世界地质公园网络"]),
        ("Nà Đoỏng—那西", ["Nà Đoỏng—那西"]),
        ("", []),
    ],
)
def test_a_name_breaks_into_lines_of_about_one_length(text: str, lines: list[str]) -> None:
    assert wrapped(text, 22, 2) == lines


@pytest.mark.parametrize("text", ["Hội nghị quốc tế Mạng lưới Công viên địa chất toàn cầu UNESCO", "中国" * 20])
def test_what_has_no_room_is_cut_and_says_so(text: str) -> None:
    lines = wrapped(text, 22, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(letters(line) <= 22 for line in lines)
