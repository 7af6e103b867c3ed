"""Words are found as if each event's titles and passages were folded and read one by one."""

import pytest

from benchmarks.synthetic_events import synthetic_tables
from timeline.query import Archive
from timeline.query.words import search_documents, search_events
from timeline.tables import Tables
from timeline.text import fold_words


@pytest.fixture(scope="module")
def tables() -> Tables:
    return synthetic_tables(120)


def plain(tables: Tables, words: list[str]) -> list[str]:
    found = []
    for event in tables.events.to_dict("records"):
        passages = tables.mentions["text"][tables.mentions["event_id"] == event["event_id"]]
        told = fold_words("\n".join([event["title"], event["title_vi"], event["title_zh"], *passages]))
        if all(word in told for word in words):
            found.append(event["event_id"])
    return found


@pytest.mark.parametrize("asked", ["CAO bằng", "số 7", "第 会议", "no. 11 upgrade", "2019", "đ", "nothing of the kind", ""])
def test_events_by_words_anywhere_in_their_titles_and_passages(tables: Tables, asked: str) -> None:
    words = fold_words(asked).split()
    keep = search_events(Archive.of(tables)).holding(words)
    assert tables.events["event_id"][keep].tolist() == plain(tables, words)


def test_pieces_that_are_folded_together_stay_apart(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.query.words._AT_ONCE", 7)
    keep = search_events(Archive.of(tables)).holding(["lang", "son"])
    assert tables.events["event_id"][keep].tolist() == plain(tables, ["lang", "son"])


def test_documents_by_title_publisher_and_name(tables: Tables) -> None:
    keep = search_documents(Archive.of(tables)).holding(["xinhua", "no"])
    assert tables.documents["publisher"][keep].unique().tolist() == ["Xinhua"]
