"""Large patterns are kept for the next process, and never read wrongly."""

import hashlib
import re
from pathlib import Path

import pytest

from timeline.knowledge import regexes
from timeline.knowledge.cache import Cache

WORDS = [f"word{number:03d}" for number in range(400)]
LARGE = rf"(?P<first>{'|'.join(WORDS)})[ \n]{{0,2}}(?P<second>\d{{1,2}}(?!\d))?(?:là|[à-ỹ]+)?"
TEXT = "word007 12là, word399\nđầy word400"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIMELINE_CACHE", str(tmp_path))
    regexes.kept_pattern.cache_clear()
    regexes._make_room.cache_clear()
    return tmp_path / "patterns"


def found(pattern: re.Pattern[str]) -> list[tuple[tuple[int, int], dict[str, str | None], str | None]]:
    return [(match.span(), match.groupdict(), match.lastgroup) for match in pattern.finditer(TEXT)]


def again(source: str) -> re.Pattern[str]:
    """As the next process has it."""
    regexes.kept_pattern.cache_clear()
    return regexes.kept_pattern(source)


def key_of(source: str) -> str:
    return f"{regexes._engine()}-{hashlib.sha256(source.encode()).hexdigest()}"


def test_code_that_stands_in_another_pattern_s_place_is_not_taken(folder: Path) -> None:
    other = LARGE.replace("word", "name")
    regexes.kept_pattern(LARGE)
    (own,) = folder.iterdir()
    again(other)
    (file,) = set(folder.iterdir()) - {own}
    file.write_bytes(own.read_bytes())
    assert found(again(other)) == found(re.compile(other)) == []


def test_a_kept_pattern_finds_what_a_compiled_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = re.compile(LARGE)
    regexes.kept_pattern(LARGE)
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(regexes, "_made", None)  # nothing is compiled any more
    kept = again(LARGE)
    assert found(kept) == found(expected) != []
    assert (kept.pattern, kept.flags, kept.groups, kept.groupindex) == (
        expected.pattern,
        expected.flags,
        expected.groups,
        expected.groupindex,
    )


@pytest.mark.parametrize("kept", [None, [], [32, 10**12, {}, ""], [32, 2, {"first": 9}, "AAAA"], [32, 2, {}, "not base64"], [32, 2, {}, 7]])
def test_what_is_no_code_of_a_pattern_is_compiled_anew(folder: Path, kept: object) -> None:
    regexes.kept_pattern(LARGE)
    (file,) = folder.iterdir()
    Cache(folder).write(file.name.split(".")[0], key_of(LARGE), kept)
    assert found(again(LARGE)) == found(re.compile(LARGE))


def test_code_of_another_pattern_that_is_cut_short_is_compiled_anew(folder: Path) -> None:
    flags, groups, names, code = regexes._made(LARGE)
    regexes.kept_pattern(LARGE)
    (file,) = folder.iterdir()
    Cache(folder).write(file.name.split(".")[0], key_of(LARGE), [flags, groups, names, code[: len(code) // 8 * 4]])
    assert found(again(LARGE)) == found(re.compile(LARGE))


def test_without_a_cache_and_without_the_engine_s_code_patterns_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regexes, "_made", lambda source: None)
    assert found(again(LARGE)) == found(re.compile(LARGE))
    monkeypatch.setenv("TIMELINE_CACHE", "")
    assert found(again(LARGE)) == found(re.compile(LARGE))


def test_files_of_old_versions_make_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regexes, "_MOST_FILES", 2)
    for number in range(4):
        regexes._make_room.cache_clear()
        regexes.kept_pattern(LARGE + f"(?:{number})?")
    assert len(list(folder.iterdir())) <= 3
