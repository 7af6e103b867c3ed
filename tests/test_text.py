"""Folding keeps offsets; sentences end where a reader would end them."""

import pytest

from timeline.text import fold, fold_words, is_written_in, leading_script, script_counts, sentences
from timeline.text.breaks import rejoined


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Thủy Khẩu", "THUỶ KHẨU"),
        ("Thủy Khẩu", "Thuy Khau"),
        ("Trà Lĩnh–Long Bang", "Tra Linh - Long Bang"),
        ("２０２５", "2025"),
        ("٢٠٢٥", "2025"),
        ("Kuang-si", "kuang‑si"),
        ("Лёд", "ЛЕД"),
    ],
)
def test_spellings_of_one_name_fold_alike(left: str, right: str) -> None:
    assert fold_words(left) == fold_words(right)


def test_folding_keeps_one_character_for_one() -> None:
    text = "Đồng Đăng — “Hữu Nghị” 友谊关 ﻿"
    folded = fold(text)
    assert folded.offsets is not None  # the zero-width mark is dropped
    assert [folded.source(k) for k in range(4)] == [0, 1, 2, 3]


def test_decomposed_text_points_back_at_its_own_characters() -> None:
    text = "la\u0323ng so\u031bn 12/9"  # Lạng Sơn typed with combining marks
    folded = fold(text)
    start = folded.text.index("12/9")
    assert text[folded.source(start) : folded.source_end(start + 4)] == "12/9"


def test_words_and_text_stand_one_blank_apart() -> None:
    folded = fold("Tế24/08/2025")
    assert folded.words[1:-1].replace(" ", "/") == folded.text


def test_scripts_are_counted() -> None:
    assert script_counts("Лунбан 龙邦 ok 12") == {"Cyrillic": 6, "Han": 2, "Latin": 2}


@pytest.mark.parametrize(
    ("text", "scripts", "so"),
    [
        ("Лунбан, 12", ("Cyrillic",), True),
        ("Лунбан ok", ("Cyrillic",), False),
        ("龙邦の", ("Kana", "Han"), True),
        ("3 × 4", ("Latin",), False),
    ],
)
def test_a_text_in_one_script_is_told_without_counting(text: str, scripts: tuple[str, ...], so: bool) -> None:
    assert is_written_in(text, *scripts) == so
    assert (leading_script(text) in scripts) or not so


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sešli se 15. září v Hanoji. Potom odjeli.", 2),
        ("Sešli se 15. Září bylo teplé.", 1),  # the dot of an ordinal
        ("V roce 2023. Potom odjeli.", 2),
        ("Přijel (Čína).Ministerstvo jednalo.", 2),  # a lost blank
        ("Jednali o tom i onom...Potom odjeli.", 2),
        ("Los puertos abrieron en 2020.Antes estaban cerrados.", 2),  # and behind a year
        ("Tak zní jejich plán.A ministerstvo souhlasí.", 2),
        ("Č. 5 platí dál.", 1),
        ("两国举行会谈。双方签署协议。", 2),
        ("대표단이 방문했다.이날 양측은 만났다.", 2),
        ("한국은 한.중.일 회담을 열었다.", 1),
        ("Adresa www.priklad.cz zůstává.", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text, 0, len(text), frozenset({"č"}), ordinal_dot=True)) == count


def test_sentence_spans_cover_the_words() -> None:
    text = "  První věta. Druhá věta.\n"
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == ["První věta.", "Druhá věta."]


def test_a_sentence_beyond_measure_is_cut_where_a_clause_ends() -> None:
    text = "they met in Hanoi on 5 May 2024 and signed, " * 500 + "x" * 12_000 + "."
    spans = sentences(text, 0, len(text))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert max(b - a for a, b in spans) <= 5_000
    assert all(text[a:b].endswith("signed,") for a, b in spans[:4])


def test_a_cut_is_what_the_piece_alone_folds_to() -> None:
    text = "Ngày 12/9, tại Trà Lĩnh: מַעֲבָר הַגְּבוּל. Đã mở"
    whole = fold(text)
    for start, end in [(0, 9), (11, 40), (25, len(text)), (30, 30)]:
        alone, cut = fold(text[start:end]), whole.cut(start, end)
        assert (cut.text, cut.words) == (alone.text, alone.words)
        assert [cut.source(k) for k in range(len(cut.text))] == [alone.source(k) for k in range(len(alone.text))]


def test_a_line_that_breaks_off_in_a_sentence_goes_on() -> None:
    text = (
        "Guards of both provinces meet at the border\n"
        "Lao Cai (VNA) - Guards of Lao Cai and those of the town of Mengzi on\n"
        "December 7 held a meeting about the patrols that they have\n"
        "taken up again, and of those that the two sides plan,\n"
        "all of them along the border.\n"
        "In Mong Cai nothing was held."
    )
    read = rejoined(text)
    assert len(read) == len(text)
    assert [line[:12] for line in read.split("\n")] == ["Guards of bo", "Lao Cai (VNA", "In Mong Cai "]


def test_a_headline_and_a_list_keep_their_lines() -> None:
    text = "Hội nghị công tác đối ngoại địa phương trong giai đoạn mới\nBộ Ngoại giao chủ trì hội nghị.\nTin khác\nvăn hóa\nthể thao"
    assert rejoined(text) is text


def test_a_sentence_ends_behind_a_name_with_a_number_though_the_blank_is_lost() -> None:
    text = "Le poste a fermé à cause du COVID-19.Le trafic a repris."
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == ["Le poste a fermé à cause du COVID-19.", "Le trafic a repris."]
