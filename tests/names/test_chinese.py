"""People outside the gazetteer whose names are formed, or written, as Chinese ones."""

import pytest

from timeline import find_names


def people(text: str, language: str) -> list[tuple[str, str]]:
    found = find_names(text, language)
    return [(row.text, row.name) for row in found.itertuples() if row.kind == "person"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mayor Xu Weiming and Lu Chengjun inspected the yard.", "en", [("Xu Weiming", "Xu Weiming"), ("Lu Chengjun", "Lu Chengjun")]),
        ("Il sindaco Deng Bo ha aperto la fiera.", "it", [("Deng Bo", "Deng Bo")]),
        ("Bürgermeisterin Qiu Lan kam.", "de", [("Qiu Lan", "Qiu Lan")]),
        ("防城港市市长孙一和书记陶晓军出席仪式。", "zh", [("孙一", "Sun Yi"), ("陶晓军", "Tao Xiaojun")]),
        ("发言人韦志明说，口岸已经恢复。", "zh", [("韦志明", "Wei Zhiming")]),
        ("越南国防部副部长黎伟山上将", "zh", [("黎伟山", "Lê Vĩ Sơn")]),  # a Vietnamese office
        ("副主席阮氏香兰说", "zh", [("阮氏香兰", "Nguyễn Thị Hương Lan")]),
        ("Deputy secretary Dai Lan Hua spoke", "en", [("Dai Lan Hua", "Dai Lanhua")]),
    ],
)
def test_names_are_found_and_written_in_pinyin(text, language, expected):
    assert people(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She Came to the fair in Hong Kong; He Made a speech.", "en"),  # words that are syllables too
        ("Song Contest, Long Beach and Tang Dynasty", "en"),
        ("Deng Bo", "en"),  # two syllables and no role: as well Vietnamese
        ("市长和书记出席了会议，部长说。", "zh"),
    ],
)
def test_other_words_are_no_names(text, language):
    assert people(text, language) == []
