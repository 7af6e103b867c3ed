"""Phrases are found where a reader would see them, and nowhere inside other words."""

import pytest

from timeline.knowledge import Lexicon, Phrase
from timeline.text import fold


def found(phrases: list[Phrase], text: str, endings: str = "", prefixes: str = "", spaced: bool = True) -> list[str]:
    lexicon = Lexicon(phrases, frozenset(endings.split()), frozenset(prefixes.split()), spaced)
    return [text[hit.start : hit.end] for hit in lexicon.scan(fold(text), text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("konferenc*", "Na konferenci mluvil", ["konferenci"]),
        ("konferenc*", "minikonferenci", []),
        ("signed … agreement*", "They signed on 3 May the two agreements.", ["signed on 3 May the two agreements"]),
        ("border gate", "the BORDER-GATE there", ["BORDER-GATE"]),
        ("mai", "Le 3 mai, la maison", ["mai"]),
        (
            "ministr* kultur*",
            "ministra kultury, ministr – kultur; ministrova kniha, ministr pro kulturu",
            ["ministra kultury", "ministr – kultur"],
        ),
        ("rad* do", "radili do rána, rady domu", ["radili do"]),
        ("rad* do*", "radili do rána, rady domu", ["radili do", "rady domu"]),
    ],
)
def test_words_and_their_borders(phrase: str, text: str, expected: list[str]) -> None:
    assert found([Phrase(phrase, "word", "x")], text) == expected


def test_a_name_may_take_an_ending_of_the_language() -> None:
    phrase = Phrase("Cao Bang", "name", "x", inflected=True)
    assert found([phrase], "s Cao Bangem a Cao Bangladem", endings="em u") == ["Cao Bangem"]


def test_a_prefix_of_the_language_may_be_glued_in_front() -> None:
    phrase = Phrase("האנוי", "name", "x")
    assert found([phrase], "נפגשו בהאנוי", prefixes="ב וב") == ["האנוי"]
    assert found([phrase], "נפגשו קהאנוי", prefixes="ב וב") == []


def test_scripts_without_blanks_ask_for_no_border() -> None:
    assert found([Phrase("龙邦", "name", "x")], "在龙邦口岸举行", spaced=False) == ["龙邦"]
    assert found([Phrase("龙邦", "name", "x")], "the gate (龙邦)") == ["龙邦"]


def test_diacritics_count_where_the_text_has_them() -> None:
    phrase = Phrase("năm", "word", "x", exact=True)
    assert found([phrase], "Việt Nam năm 2025") == ["năm"]
    assert found([phrase], "hoi nghi nam 2025") == ["nam"]


def test_where_the_tone_mark_stands_does_not_count() -> None:
    assert found([Phrase("thỏa thuận", "word", "x", exact=True)], "ký thoả thuận hợp tác") == ["thoả thuận"]


def test_phrases_that_stand_at_one_place_come_longest_first_and_else_as_they_were_given() -> None:
    phrases = [Phrase(text, "word", key) for text, key in (("rad*", "a"), ("rada … most*", "b"), ("rada města", "c"), ("rada", "d"))]
    text = "rada města a mosty"
    hits = Lexicon(phrases, frozenset(), frozenset(), True).scan(fold(text), text)
    assert [hit.phrase.key for hit in hits] == ["b", "c", "a", "d"]


def test_figures_may_be_glued_to_a_month() -> None:
    phrases = [Phrase("mars", "month", "3", by_figures=True), Phrase("mars", "word", "x")]
    assert found(phrases, "le 15mars2024, fromMars, xmars") == ["mars", "Mars"]


@pytest.mark.parametrize("spaced", [True, False])
def test_long_phrases_that_begin_alike_are_told_apart_up_to_the_end_of_the_text(spaced: bool) -> None:
    texts = ("committee of the", "committee of the people", "committee of the people of the province", "committee of the peoples")
    phrases = [Phrase(text, "word", text) for text in texts]
    assert found(phrases, "the committee of the people", spaced=spaced) == ["committee of the people", "committee of the"]
    assert found(phrases, "the committee of the peoples, committee of the", spaced=spaced) == [
        "committee of the peoples",
        "committee of the",
        "committee of the",
    ]
    assert found(phrases, "the subcommittee of the people", spaced=spaced) == []


def test_a_text_may_end_within_a_long_phrase() -> None:
    for text in ("on the beilun river", "on the beilun river bridge"):  # what is looked for may end in the blank behind the text
        for name in ("beilun river bridges", "the beilun river bridge b", "beilun river b"):
            assert found([Phrase(name, "name", "x"), Phrase("beilun", "name", "y")], text) == ["beilun"]


def test_long_phrases_may_take_endings_and_stand_behind_prefixes() -> None:
    name = Phrase("Okres Horní Dolní Lhota", "name", "x", inflected=True)
    assert found([name], "v Okres Horní Dolní Lhotou", endings="u") == []
    assert found([name], "s Okres Horní Dolní Lhotau", endings="u") == ["Okres Horní Dolní Lhotau"]
    assert found([Phrase("משרד החוץ של וייטנאם", "name", "x")], "במשרד החוץ של וייטנאם", prefixes="ב") == ["משרד החוץ של וייטנאם"]
