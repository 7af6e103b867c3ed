"""A document's own day is read from its first lines, and no date is looked for where none could be that day."""

import pytest

from timeline.dates import Anchor
from timeline.dating import date_document
from timeline.documents import make_document
from timeline.model import Document, TimeSpan
from timeline.pipeline import Extractor

STORY = "Leaders of Cao Bang and Guangxi held talks in Nanning on 5 March about trade and about the gates."


def dated(engine: Extractor, head: str, published: str = "") -> Document:
    return engine.document(f"{head}\n\n{STORY}\n\n{STORY}", "en", published or None)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Hanoi, 12 March 2024 (VNA) – Leaders of the two provinces met in the capital.", "2024-03-12"),
        ("Lang Son, 12 March 2024. Leaders of the two provinces met at the gate in the morning.", "2024-03-12"),
        ("Leaders, 12 March 2024. They", "2024-03-12"),
        ("Posted on 12 March 2024 by the editors", "2024-03-12"),
        ("The gate was opened on 12 March 2024.", ""),
        ("In the old town of Lang Son, 12 March 2024. Leaders of the two provinces met at the gate.", ""),
        ("They met on 12 March 2024 and 14 March 2024", ""),
    ],
)
def test_the_first_lines_tell_the_day(engine: Extractor, head: str, day: str) -> None:
    assert dated(engine, head).published == day


def test_an_opening_is_cut_off_and_its_day_completed_from_the_page(engine: Extractor) -> None:
    document = dated(engine, "Hanoi, 12 March (VNA) – Leaders of the two provinces met in the capital.", "2024-03-13")
    first = document.passages[0]
    assert (document.text[first.start : first.end], first.kind) == ("Hanoi, 12 March (VNA) –", "dateline")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On the morning of 2 May (local time) the governors met in the city of Lang Son."),
        ("ru", "Утром 2 мая (по местному времени) губернаторы встретились в городе Лангшон."),
        ("el", "Το πρωί της 2ας Μαΐου (τοπική ώρα) οι κυβερνήτες συναντήθηκαν στην πόλη Lang Son."),
        ("he", "בבוקר ה-2 במאי (שעון מקומי), נפגשו המושלים בעיר לאנג סון."),
    ],
)
def test_a_local_hour_is_no_agency(engine: Extractor, language: str, text: str) -> None:
    assert [passage.kind for passage in engine.document(text, language, None).passages] == ["body"]


def test_no_date_is_looked_for_in_sentences_without_an_opening(engine: Extractor) -> None:
    def none(text: str, language: str, anchor: Anchor) -> list[TimeSpan]:
        raise AssertionError(text)

    document = make_document("text", f"{STORY}\n\nOn 12 March 2024 the gate was opened.\n\n{STORY}", engine.page_words, engine.language_of)
    assert date_document(document, none) == document
