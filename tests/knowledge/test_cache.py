"""A cache that is missing, damaged, somebody else's or cannot be written is as none."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from timeline.knowledge.cache import Cache, cache_folder

VALUE = {"heads": ["ký", "签署"], "ends": [1, 2]}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "new" / "cache")


def file_of(cache: Cache) -> Path:
    assert cache.folder is not None
    return cache.folder / "vi.json.z"


def test_what_was_kept_is_found_again(cache: Cache) -> None:
    cache.write("vi", "key", VALUE)
    assert cache.read("vi", "key") == VALUE


def test_what_was_made_of_something_else_is_not(cache: Cache) -> None:
    cache.write("vi", "key", VALUE)
    assert cache.read("vi", "other key") is None
    assert cache.read("cs", "key") is None


def test_the_folder_is_the_users_alone(cache: Cache) -> None:
    cache.write("vi", "key", VALUE)
    if os.name == "posix":
        assert file_of(cache).parent.stat().st_mode & 0o077 == 0
    assert [path.name for path in file_of(cache).parent.iterdir()] == ["vi.json.z"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b" key ", b" another "),
        lambda data: data[:-20] + bytes(20),
        lambda data: data.replace(b"timeline-cache-", b"another-cache-"),
        lambda data: data + b" ",
        lambda data: b"\x80\x04N.",
        lambda data: data.partition(b"\n")[2],
    ],
)
def test_a_damaged_file_is_as_none(cache: Cache, damage: Callable[[bytes], bytes]) -> None:
    cache.write("vi", "key", VALUE)
    file_of(cache).write_bytes(damage(file_of(cache).read_bytes()))
    assert cache.read("vi", "key") is None
    cache.write("vi", "key", VALUE)
    assert cache.read("vi", "key") == VALUE


def test_a_file_of_another_user_is_as_none(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("vi", "key", VALUE)
    if os.name != "posix":
        pytest.skip("files have no such owners here")
    if os.geteuid() == 0:
        os.chown(file_of(cache), 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cache.read("vi", "key") is None


def test_a_folder_that_cannot_be_written_to_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file" / "cache")
    cache.write("vi", "key", VALUE)
    assert cache.read("vi", "key") is None


def test_what_json_cannot_hold_is_not_kept(cache: Cache) -> None:
    cache.write("vi", "key", {"published": object()})
    assert cache.read("vi", "key") is None


def test_without_a_folder_nothing_is_kept() -> None:
    Cache().write("vi", "key", VALUE)
    assert Cache().read("vi", "key") is None


HOME = os.path.expanduser("~")


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", Path(HOME, ".cache", "timeline")),
        ({"XDG_CACHE_HOME": "/var/caches"}, "linux", Path("/var/caches/timeline")),
        ({}, "darwin", Path(HOME, "Library", "Caches", "timeline")),
        ({"LOCALAPPDATA": "/appdata"}, "win32", Path("/appdata/timeline")),
        ({"XDG_CACHE_HOME": "/var/caches", "TIMELINE_CACHE": "/here"}, "linux", Path("/here")),
        ({"TIMELINE_CACHE": ""}, "linux", None),
        ({"XDG_CACHE_HOME": "relative"}, "linux", None),
    ],
)
def test_where_the_cache_is(environ: dict[str, str], platform: str, expected: Path | None) -> None:
    assert cache_folder(environ, platform) == expected
