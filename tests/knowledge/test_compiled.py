"""Phrases that come out of the cache are those that were put in, and whatever else comes out of it is not used."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from timeline.events import Reader
from timeline.knowledge import Cache, Hit, Knowledge, Phrase, compiled, lexicon_of
from timeline.knowledge.kept import from_plain, to_plain
from timeline.knowledge.phrases import Grouped
from timeline.text import fold

TEXT = "They signed the US agreement."


class Named(NamedTuple):
    """A key as `NameKey` is one."""

    name: str
    side: str = ""


CLASSES = {"Named": Named}
PHRASES = [
    Phrase("sign*", "trigger", ("agreement", "signing")),
    Phrase("US", "name", Named("United States"), weak=True, cased=True),
    Phrase("agreement", "word", 5, exact=True),
]
BY_HEAD = {" sign": PHRASES[:1], " us": PHRASES[1:2], " agreement": PHRASES[2:], " accord": PHRASES[2:]}
GROUPS = Grouped(list(BY_HEAD), list(BY_HEAD.values()), exact=True)


@pytest.fixture
def fresh(knowledge: Knowledge, tmp_path: Path) -> Knowledge:
    """The knowledge with an empty cache."""
    return replace(knowledge, cache=Cache(tmp_path))


def hits(knowledge: Knowledge, phrases: Callable[[], list[Phrase]]) -> list[Hit]:
    lexicon = lexicon_of("test", phrases, knowledge.languages["en"], knowledge, CLASSES)
    return lexicon.scan(fold(TEXT), TEXT)


def never() -> list[Phrase]:
    raise AssertionError("made again")


@pytest.mark.parametrize("code", ["he", "ko"])
def test_a_language_reads_alike_with_the_cache_and_without(code: str, fresh: Knowledge) -> None:
    made, kept, bare = (Reader(one).tools(code).lexicon for one in (fresh, fresh, replace(fresh, cache=Cache())))
    text = "\n".join(example.text for example in fresh.languages[code].examples)
    found = made.scan(fold(text), text)
    assert found
    assert kept.scan(fold(text), text) == bare.scan(fold(text), text) == found
    assert [type(hit.phrase.key) for hit in kept.scan(fold(text), text)] == [type(hit.phrase.key) for hit in found]


def test_phrases_are_made_once(fresh: Knowledge) -> None:
    found = hits(fresh, lambda: PHRASES)
    assert [hit.phrase for hit in found] == PHRASES
    assert hits(fresh, never) == found


def test_other_knowledge_is_compiled_anew(fresh: Knowledge) -> None:
    found = hits(fresh, lambda: PHRASES)
    assert hits(replace(fresh, version="another"), lambda: PHRASES[:1]) == found[:1]


def test_while_its_code_is_being_edited_nothing_is_kept(fresh: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_code", compiled._code.__wrapped__)
    monkeypatch.setattr(compiled, "_sources", dict)
    found = hits(fresh, lambda: PHRASES)
    assert hits(fresh, lambda: PHRASES[:1]) == found[:1]


def test_a_damaged_cache_is_made_again(fresh: Knowledge, tmp_path: Path) -> None:
    found = hits(fresh, lambda: PHRASES)
    path = tmp_path / "test.json.z"
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    assert hits(fresh, lambda: PHRASES) == found
    assert path.read_bytes() == whole


def test_phrases_come_back_with_their_heads_and_classes() -> None:
    groups = from_plain(to_plain(GROUPS, CLASSES), CLASSES)
    assert groups is not None
    assert groups.exact
    assert {head: groups.phrases[k] for k, head in enumerate(groups.heads)} == BY_HEAD
    assert type(groups.phrases[1][0].key) is Named
    assert groups.phrases[2][0] is groups.phrases[3][0]


def test_keys_of_unknown_classes_are_not_kept() -> None:
    assert to_plain(GROUPS, {}) is None


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("heads", [" sign"]),
        ("heads", None),
        ("heads", [1, 2, 3, 4]),
        ("texts", ["sign*"]),
        ("members", [0, 1, 2, 3]),
        ("members", [0, 1, 2, -1]),
        ("means", [0, 1, 9]),
        ("means", [0, 1, "2"]),
        ("meanings", [["trigger"]]),
        ("meanings", [["trigger", ["system", "rm"]]] * 3),
        ("meanings", [["trigger", []]] * 3),
        ("meanings", 7),
    ],
)
def test_what_was_not_written_here_is_not_used(part: str, value: Any) -> None:
    plain = to_plain(GROUPS, CLASSES)
    assert plain is not None
    assert from_plain(deepcopy(plain), CLASSES) is not None
    assert from_plain(plain | {part: value}, CLASSES) is None
    assert from_plain({name: held for name, held in plain.items() if name != part}, CLASSES) is None


@pytest.mark.parametrize("kept", [None, [], "text", {}])
def test_something_else_altogether_is_not_used(kept: Any) -> None:
    assert from_plain(kept, CLASSES) is None
