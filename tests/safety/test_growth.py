"""Work grows with the length of a text, whatever stands in it, in every language; calls are counted, no time is measured."""

import pytest

from tests.safety.growth import MOST, SIGNS, Grown, calls, counted, grown, of_language
from tests.safety.strategies import LANGUAGES

_SIZE = 2_500  # characters of the shortest text: longer than what is weighed word against word
_KINDS = ("days and months", "words", "a sentence without end")
_FEW = 200  # calls, below which nothing grows


def fast(rows: list[Grown]) -> list[str]:
    return [f"{row.what}: {row.work}" for row in rows if row.ratio > MOST and row.work[2] - row.work[1] > _FEW]


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_grows_with_a_text_of_the_words_of_a_language(language: str) -> None:
    pieces = of_language(language)
    assert fast(counted(language, [(name, pieces[name]) for name in _KINDS], _SIZE)) == []


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_work_grows_with_a_text_of_signs(language: str) -> None:
    assert fast(counted(language, SIGNS.items(), _SIZE)) == []


def test_what_grows_with_the_square_is_seen() -> None:
    def square(text: str) -> None:
        for place in range(len(text)):
            for _ in range(place):
                text.isdigit()

    assert fast([grown("", square, "a", 50, calls)])
    assert not fast([grown("", lambda text: [char.isdigit() for char in text], "a", 500, calls)])
