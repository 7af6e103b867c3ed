"""What a sentence holds, sorted for those who ask."""

from timeline.events.reading import Mark, Reading
from timeline.events.sentence import Sentence, sentences_of
from timeline.model import NameSpan, Passage, TimeSpan

TEXT = "Since 2019 they met at the gate. It opened on 3 May; talks followed."
MET, OPENED = TEXT.index("met"), TEXT.index("opened")


def time(text: str, value: str) -> TimeSpan:
    start = TEXT.index(text)
    return TimeSpan(start, start + len(text), text, value, "day" if "-" in value else "year", "stated", "rule")


def mark(word: str, kind: str, key: object) -> Mark:
    start = TEXT.index(word)
    return Mark(start, start + len(word), kind, key)


def read() -> list[Sentence]:
    marks = (
        mark("Since", "cue", "subordinate"),
        mark("met", "cue", "met"),
        mark("gate", "word", "gate"),
        mark("opened", "trigger", ("border_gate", "opening")),
        mark("talks", "trigger", ("meeting", "talks")),
    )
    times = (time("2019", "2019"), time("3 May", "2024-05-03"))
    gate = TEXT.index("gate")
    names = (NameSpan(gate, gate + 4, "gate", "gate", "Trà Lĩnh–Longbang", "alias"),)
    end = TEXT.index(".") + 1
    passage = Passage(0, len(TEXT), "body", "en")
    return sentences_of(Reading(passage, marks, times, names, ((0, end), (end + 1, len(TEXT)))), TEXT)


def test_each_sentence_has_what_begins_in_it() -> None:
    first, second = read()
    assert ([m.start for m in first.marked["met"]], list(second.marked["met"])) == ([MET], [])
    assert [(t.start, t.event_type) for t in second.triggers] == [(OPENED, "border_gate"), (TEXT.index("talks"), "meeting")]
    assert [n.name for n in second.gates_told] == [n.name for n in first.named["gate"]] == ["Trà Lĩnh–Longbang"]


def test_a_segment_has_what_begins_in_it() -> None:
    second = read()[1]
    cut = TEXT.index(";") + 1
    assert [t.event_type for t in second.within((cut, len(TEXT))).triggers] == ["meeting"]
    assert second.within((cut, len(TEXT))).times == ()
    assert second.within(second.span) is second


def test_a_time_since_which_something_lasts_is_not_free() -> None:
    first, second = read()
    assert list(first.free_times) == []
    assert [t.date_edtf for t in second.free_times] == ["2024-05-03"]


def test_what_is_said_of_a_list_holds_for_an_item() -> None:
    second = read()[1]
    item = second.within((TEXT.index(";") + 1, len(TEXT)))
    assert not item.is_done
    item.head = Mark(0, 1, "cue", "held")
    assert item.is_done


def test_actors_are_told_with_the_words_before_them_in_their_item() -> None:
    text = "An came; Binh, who met Chi, left"
    people = tuple(NameSpan(text.index(n), text.index(n) + len(n), n, "person", n, "form") for n in ("An", "Binh", "Chi"))
    marks = (
        Mark(3, 7, "trigger", ("visit", "delegation")),
        Mark(text.index("met"), text.index("met") + 3, "trigger", ("meeting", "talks")),
    )
    sentence = Sentence((0, len(text)), marks, (), people, text)
    assert [(n.name, [t.event_type for t in before]) for n, before in sentence.actors] == [("An", []), ("Binh", []), ("Chi", ["meeting"])]
