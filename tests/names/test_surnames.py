"""A surname alone is its bearer's, in the cases of its language, and no other word is."""

import pytest

from timeline.pipeline import Extractor


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Minister Paul Marcher came to Hanoi on 5 March 2024. To Lam held talks with Marcher.", ["Marcher"]),
        ("ru", "Министр Иван Кравцов прибыл в Ханой. То Лам провёл переговоры с Кравцовым. Кравец уехал.", ["Кравцовым"]),
        ("ru", "По приглашению министра Ивана Кравцова то было. То Лам провёл переговоры с Кравцовым.", ["Кравцовым"]),
        ("en", "Foreign Minister He Lifeng held talks in Hanoi. He signed a memorandum.", []),
    ],
)
def test_surnames(engine: Extractor, language: str, text: str, words: list[str]) -> None:
    readings, _ = engine.reader.read(engine.document(text, language))
    assert [name.text for reading in readings for name in reading.names if name.rule == "surname-of-named"] == words
