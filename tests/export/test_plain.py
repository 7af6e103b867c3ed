import pytest

from timeline.errors import TableError
from timeline.export.plain import disarmed, encoded, one_line, printable


class TestDisarmed:
    @pytest.mark.parametrize("sign", [*"=+-@%|", *"＝＋－＠％｜", *"﹦﹢﹣﹫﹪"])
    def test_no_sign_of_a_formula_leads_a_cell(self, sign: str) -> None:
        assert disarmed(f"{sign}1+1") == f"'{sign}1+1"

    @pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0", "\u200b", "\ufeff", "\u202e", " \u200b "])
    def test_blanks_and_invisible_characters_do_not_hide_it(self, blank: str) -> None:
        assert disarmed(f"{blank}=1") == f"{blank}'=1"

    @pytest.mark.parametrize("mark", [",", ";", "; ", "\t", "\n", "|", '"', '";"'])
    def test_nor_does_it_lead_what_another_separator_would_make_a_cell(self, mark: str) -> None:
        assert disarmed(f"Cao Bằng{mark}=1") == f"Cao Bằng{mark}'=1"

    @pytest.mark.parametrize(
        ("text", "safe"), [("|=1", "'|'=1"), ("a\t=1", "a\t'=1"), ("a,\n\t =1", "a,\n\t '=1"), ("|-|-", "'|'-|'-"), ("=-1", "'=-1")]
    )
    def test_a_sign_that_parts_cells_and_what_stands_behind_it(self, text: str, safe: str) -> None:
        assert disarmed(text) == safe

    @pytest.mark.parametrize(
        "text", ["", "Cao Bằng; Guangxi", "19–23 December", "A = B", "a-b", "https://example.org/@name?a=1", "“-”", "x@y.org"]
    )
    def test_ordinary_text_stays(self, text: str) -> None:
        assert disarmed(text) == text

    def test_what_is_disarmed_stays_so(self) -> None:
        once = disarmed('=1; "=2", -3')
        assert disarmed(once) == once


class TestPrintable:
    def test_control_characters_go_and_newlines_become_one_kind(self) -> None:
        assert printable("\x00\x07a\r\nb\rc\u2028d\x1b[31m\ufffe\x85e ") == "a\nb\nc\nd[31m\ne"

    def test_joiners_and_marks_of_direction_stay(self) -> None:
        assert printable("می\u200cشود \u200fא") == "می\u200cشود \u200fא"

    def test_one_line(self) -> None:
        assert one_line(" a\r\n\tb  c ") == "a b c"


def test_half_a_character_is_one_clear_error() -> None:
    with pytest.raises(TableError, match="half of a character"):
        encoded("a\ud800", "events")
