"""Titles are made of the fields, in three languages, and fall back on canonical names."""

from dataclasses import replace

import pytest

from timeline.fusion import event_of
from timeline.knowledge import Knowledge
from timeline.model import Mention

GATE = Mention(
    "m1", "a", "en", 0, 5, "words", "border_gate", "upgrade", "", "held", "2023-12-28", "day", "stated", "",
    ("Cao Bằng", "Guangxi"), ("Trà Lĩnh–Longbang",), (), "", 0.8,
)  # fmt: skip
MEETING = replace(GATE, event_type="meeting", event_subtype="talks", border_gates=())


@pytest.mark.parametrize(
    ("mention", "title", "title_vi", "title_zh"),
    [
        (GATE, "Upgrade: Trà Lĩnh–Longbang", "Nâng cấp cửa khẩu: Trà Lĩnh – Long Bang", "口岸升格：茶岭—龙邦"),
        (
            replace(MEETING, actors=("Cao Bằng People's Committee", "Xi Jinping")),
            "Talks: Cao Bằng People's Committee, Xi Jinping",
            "Hội đàm: Ủy ban nhân dân tỉnh Cao Bằng, Tập Cận Bình",
            "会谈：高平省人民委员会、习近平",
        ),
        (replace(MEETING, actors=("John Doe",)), "Talks: John Doe", "Hội đàm: John Doe", "会谈：John Doe"),
        (
            replace(GATE, event_type="exchange", event_subtype="defence", border_gates=(), ordinal=9),
            "9th defence exchange: Cao Bằng, Guangxi",
            "Giao lưu quốc phòng lần thứ 9: Cao Bằng, Quảng Tây",
            "第9届国防交流：高平、广西",
        ),
        (
            replace(GATE, event_type="conference", event_subtype="conference", border_gates=(), series="Diplomatic Conference", ordinal=32),
            "32nd Diplomatic Conference",
            "Hội nghị Ngoại giao lần thứ 32",
            "第32届越南外交会议",
        ),
    ],
)
def test_titles(knowledge: Knowledge, mention: Mention, title: str, title_vi: str, title_zh: str) -> None:
    event = event_of([mention], {}, knowledge)
    assert (event.title, event.title_vi, event.title_zh) == (title, title_vi, title_zh)


def test_every_type_has_a_title_in_each_language(knowledge: Knowledge) -> None:
    assert [row.name for row in knowledge.tables.event_types.values() if not (row.title and row.title_vi and row.title_zh)] == []
